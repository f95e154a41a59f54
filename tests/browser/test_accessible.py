"""axe-core finds nothing wrong with the page, in whatever state a reader may have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, SMALL, Stage
from tests.conftest import axe_source
from tests.unit.making import made, step

Axe = Callable[[Page], list[str]]
FRAME = (640, 500)
LOOKS: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {
    "desktop": (DESKTOP, {}),
    "dark": (DESKTOP, {"theme": "dark"}),
    "phone": (PHONE, {}),
    "small-dark": (SMALL, {"theme": "dark"}),
    "framed": (FRAME, {"fragment": "?embed=1"}),
    "framed-dark": (FRAME, {"fragment": "?embed=1", "theme": "dark"}),
}


# Every step at once, each as it is while it is the current one: so one run of axe sees them all.
ALL_STEPS = "document.querySelector('.steps').classList.add('measuring')"


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_whatever_state_the_reader_leaves_the_page(
    stage: Callable[..., Stage], axe: Axe, look: str
) -> None:
    size, how = LOOKS[look]
    story = stage(size, **(how | {"fragment": f"{how.get('fragment', '')}#how-close"}))
    story.page.locator(".step.current .share").click()
    story.page.locator(".folium-map").focus()
    story.page.keyboard.press("ArrowUp")
    story.claims()[0].click()
    story.page.locator(".panel summary").first.click()
    story.rest()
    assert axe(story.page) == [], "a claim and another reading of it are open"

    story.page.keyboard.press("Escape")
    for _ in story.ids:
        story.page.keyboard.press("ArrowRight")
    story.page.locator("#sm_next").click()
    assert story.page.locator("#sm_checks").is_visible()
    # What a frame shows that may not keep files; this page is in none, and would keep one.
    story.page.evaluate(
        """() => { const box = document.querySelector(".saved"); box.hidden = false;
        box.querySelector("textarea").ariaLabel = "checks.csv"; }"""
    )
    assert axe(story.page) == [], "the list of checks with its text to copy"


def test_axe_finds_nothing_at_any_step_of_any_story(stage_of_each: Callable[..., Stage], axe: Axe) -> None:
    story = stage_of_each()
    story.page.evaluate(ALL_STEPS)
    assert len(story.boxes(".step h2")) == len(story.ids)
    assert axe(story.page) == []


@cache
def _page(language: str, title: str, text: str, quote: str) -> str:
    claim = {"quote": quote, "distance": {"from": "station", "to": "border"}, "expect": "less than 150 km"}
    first = {**step(text, show=["station", "border"], claims=[claim]), "title": title}
    return build(made(first, {**step(text), "title": f"{title} 2"}, title=title, language=language, overview=True)).html


@pytest.mark.parametrize("look", ["phone", "framed-dark"])
@pytest.mark.parametrize(
    "language, title, text, quote",
    [("ar", "الحدود", "المسافة 127 كيلومترا.", "127"), ("zh-Hans", "边界", "距离127公里。", "127")],
    ids=["ar", "zh-Hans"],
)
def test_axe_finds_nothing_in_other_writings_and_at_an_overview(
    tmp_path: Path, open_page: Callable[..., Any], axe: Axe, language: str, title: str, text: str, quote: str, look: str
) -> None:
    path, (size, how) = tmp_path / "page.html", LOOKS[look]
    path.write_text(_page(language, title, text, quote), encoding="utf-8")
    story = Stage(open_page(path, width=size[0], height=size[1], reduced_motion=True, **how).page)
    story.page.locator("#sm_next").click()
    story.claims()[0].click()
    story.page.evaluate(ALL_STEPS)
    assert story.page.locator("#overview h2").is_visible()
    assert axe(story.page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_without_javascript_in_the_document_itself(
    tmp_path: Path, stage: Callable[..., Stage], open_page: Callable[..., Any], axe: Axe, language: str
) -> None:
    """axe needs scripts, so the class that our boot script sets is taken away again: the document's own look."""
    if language == "en":
        story = stage(fragment="?theme=light")
    else:
        path = tmp_path / "page.html"
        path.write_text(_page("ar", "الحدود", "المسافة 127 كيلومترا.", "127"), encoding="utf-8")
        story = Stage(open_page(path).page)
    story.page.evaluate("document.documentElement.classList.remove('js')")
    assert axe(story.page) == []


def test_what_changes_is_said_to_a_screen_reader(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.page.locator("#sm_next").click()
    status = story.page.get_by_role("status")
    title = story.page.locator(".step.current h2").inner_text()
    assert status.inner_text() == (
        f"Step 2 of {len(story.ids)}: {title}. The map shows the border between Russia and North Korea, "
        "the point where the three countries meet and the mouth of the Tumen."
    )
    assert story.page.locator('#sm_dots [aria-current="step"]').get_attribute("href") == "#border"
    claim = story.claims()[0]
    assert claim.get_attribute("role") == "button"
    assert claim.get_attribute("aria-expanded") == "false"
    claim.click()
    assert claim.get_attribute("aria-expanded") == "true"
    assert status.inner_text() == "Holds: 17.4 km"


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
def test_prose_on_a_phone_is_never_under_16_px(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    for fragment in ("", "?embed=1"):
        story = stage(size, fragment=fragment)
        sizes = story.page.evaluate(
            "[...document.querySelectorAll('.prose, .prose *:not(svg, svg *, .vh)')]"
            ".map((element) => parseFloat(getComputedStyle(element).fontSize))"
        )
        assert len(sizes) > 50
        assert min(sizes) >= 16


TARGETS = """async () => (await axe.run({ runOnly: ["target-size"] })).violations.flatMap((v) => v.nodes)
  .map((node) => node.html)"""
MAIN = "#sm_back, #sm_list, #sm_next, #sm_reset"


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_every_target_has_24_px_to_itself_and_the_main_ones_are_44_high(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    """WCAG 2.2, 2.5.8, as axe reads it: a link in a sentence may have the sentence's height."""
    story = stage(size, fragment="#how-close")
    story.claims()[0].click()
    story.page.locator(".panel summary").first.click()
    story.rest()
    story.page.locator(".folium-map").focus()
    story.page.keyboard.press("ArrowUp")
    main = story.boxes(MAIN)
    assert len(main) == 4
    assert [box for box in main if box.bottom - box.top < 44 - 0.01] == []
    story.page.evaluate(axe_source())
    assert story.page.evaluate(TARGETS) == []
    story.page.locator("#sm_list").click()
    assert [box for box in story.boxes("#sm_dots a") if box.bottom - box.top < 44 - 0.01] == []


def test_the_systems_own_colours_leave_signs_focus_and_the_current_step_to_be_seen(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#how-close")
    story.page.emulate_media(forced_colors="active")
    story.claims()[0].focus()
    story.page.keyboard.press("Enter")
    seen: dict[str, str] = story.page.evaluate(
        """() => { const of = (css, what, pseudo) => getComputedStyle(document.querySelector(css), pseudo)[what];
        return { paper: of("html", "backgroundColor"), sign: of(".panel .verdict .sign", "fill"),
          focus: of(":focus", "outlineColor"), gauge: of(".panel .g-point", "fill"), line: of(".measured", "stroke"),
          now: of("#sm_dots [aria-current]", "backgroundColor", "::before"),
          other: of("#sm_dots a:not([aria-current])", "backgroundColor", "::before") }; }"""
    )
    paper, other = seen.pop("paper"), seen.pop("other")
    assert paper not in {*seen.values(), other}
    assert seen["now"] != other
    assert story.focused()["outline"] >= 2


def test_less_motion_is_none_at_all(stage: Callable[..., Stage]) -> None:
    moving = "() => document.getAnimations().length"
    story = stage()
    story.watch_flights()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        story.page.keyboard.press(key)
        assert story.page.evaluate(moving) == 0
    story.claims()[0].click()
    assert story.page.evaluate(moving) == 0
    story.rest()
    assert story.flights() == 0
    lively = stage(reduced_motion=False)
    lively.watch_flights()
    for _ in lively.ids:
        lively.page.keyboard.press("ArrowRight")
        lively.rest()
    assert lively.flights() > 0, "others see it move"
