"""On paper: each step whole with its map, all verdicts, addresses spelled out, on A4 and on Letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from storymap.compiler import Built, build
from storymap.page.palette import LIGHT
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.making import BORDER, STATION, made, place
from tests.unit.making import step as story_step

FORMATS = ["A4", "Letter"]
# CSS pixels between the margins that the style sheet asks for: 16 mm at the sides, 15 mm above, 18 mm below.
ROOM = {"A4": (672, 998), "Letter": (695, 931)}


def _pdf(story: Stage, paper: str) -> bytes:
    return story.page.pdf(format=paper, prefer_css_page_size=False)


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", pdf))


@pytest.mark.parametrize("paper", FORMATS)
def test_the_story_takes_few_sheets_and_no_more_with_the_script(stage: Callable[..., Stage], paper: str) -> None:
    """Eleven steps stand on four or five, a few shared; the list of checks and how each was made take the rest."""
    live = _pages(_pdf(stage(DESKTOP, fragment="#hanoi"), paper))
    still = _pages(_pdf(stage(DESKTOP, javascript=False), paper))
    assert live == still
    assert 8 <= live <= 15


@pytest.mark.parametrize("paper", FORMATS)
@pytest.mark.parametrize("name", ["kim-in-russia", "kim-in-russia.ko"])
def test_no_sheet_holds_a_line_or_two(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any], name: str, paper: str
) -> None:
    page = open_page(page_named(name)[1]).page
    sheets = PdfReader(BytesIO(page.pdf(format=paper, prefer_css_page_size=False))).pages
    lines = [len([line for line in sheet.extract_text().splitlines() if line.strip()]) for sheet in sheets]
    assert min(lines) > 20, lines


@pytest.mark.parametrize("paper", FORMATS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_map_is_cut_or_split(stage: Callable[..., Stage], paper: str, size: tuple[int, int]) -> None:
    story = stage(size, theme="dark")
    width, height = ROOM[paper]
    story.page.emulate_media(media="print")
    story.page.set_viewport_size({"width": width, "height": height})
    steps = story.page.locator(".step").all()
    assert len(steps) == len(story.ids)
    for step in steps:
        box, chart = step.bounding_box(), step.locator("svg.map").bounding_box()
        assert box is not None
        assert chart is not None
        assert chart["width"] > 250
        assert box["x"] <= chart["x"]
        assert chart["x"] + chart["width"] <= width + 0.5
        assert chart["y"] + chart["height"] <= box["y"] + box["height"]
        assert box["height"] < height / 2, "two steps stand on a sheet"
        assert step.evaluate("(e) => getComputedStyle(e).breakInside") == "avoid"
        text = step.locator(".prose").bounding_box()
        assert text is not None
        assert text["x"] + text["width"] <= chart["x"], "words stand beside their map"
    assert story.page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_printed_page_is_light_has_its_number_and_wastes_no_ink(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP, theme="dark", fragment="?theme=dark#border")
    story.page.emulate_media(media="print")
    fill = "(s) => getComputedStyle(document.querySelector(s)).fill"
    paper = "rgb(255, 255, 255)"
    assert LIGHT["paper"] == "#ffffff"
    assert story.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    assert [story.page.evaluate(fill, part) for part in (".still .pill-box", ".defs path.land")] == [paper, paper]
    rules = story.page.evaluate(
        """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
          .flatMap((rule) => [...(rule.cssRules ?? [])]).filter((rule) => rule.type === CSSRule.PAGE_RULE)
          .map((rule) => rule.cssText)"""
    )
    assert [rule for rule in rules if "counter(page)" in rule]


def _unspelled(story: Stage) -> list[str]:
    """The links that a reader sees on paper whose address stands there not once."""
    assert story.page.locator(".entry .rows a:visible, .prose a[href^=http]:visible").count()
    wrong: list[str] = story.page.evaluate(
        """() => [...document.querySelectorAll("a[href^=http]")].filter((a) => {
          const { content } = getComputedStyle(a, "::after");
          const words = a.textContent + (content === "none" ? "" : content.slice(1, -1));
          const bare = decodeURI(a.getAttribute("href")).replace(/^https?:..(www.)?|.$/g, "");
          return a.checkVisibility() && decodeURI(words).split(bare).length !== 2;
        }).map((a) => a.outerHTML)"""
    )
    return wrong


def test_on_paper_addresses_are_spelled_out_and_buttons_are_gone(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP)
    story.page.emulate_media(media="print")
    assert _unspelled(story) == []
    assert story.page.locator("button:visible").count() == 0
    assert story.page.locator(".table tr:visible").count() > 10
    assert story.page.locator(".entry .rows:visible").count() > 10


def test_a_link_that_is_its_address_says_it_once_on_paper_and_every_other_spells_it_out(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    text = "<https://a.example/one>, [words](https://a.example/two), [https://a.example/3](https://a.example/3): far."
    source = "published at https://a.example/table and in www.example.org/list/"
    station = place("station", STATION, source=source, license="CC-BY-4.0")
    other = place("border", BORDER, source="GeoNames 2013348", license="CC-BY-4.0")
    claim = {"quote": "far", "distance": {"from": "station", "to": "border"}, "expect": "none"}
    origin = {"title": "An article", "url": "https://a.example/article"}
    story = made(story_step(text, show=["station"], claims=[claim]), places=[station, other], source=origin)
    page = tmp_path / "page.html"
    page.write_text(build(story).html, encoding="utf-8")
    opened = Stage(open_page(page).page)
    opened.page.emulate_media(media="print")
    assert _unspelled(opened) == []
    assert opened.page.locator(".prose a.bare").count() == 2
