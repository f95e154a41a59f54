"""The list of steps: every step by its title, for three steps or sixty, by finger, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, SIZES, SMALL, Stage
from tests.unit.making import made, step

FRAMED = ((640, 500), (390, 600))
LISTED = """() => [...document.querySelectorAll("#sm_dots a")].map((link) => link.innerText.trim())"""
# Whether the focused element can be seen: nothing lies over its middle.
SEEN = """() => { const e = document.activeElement, { left, top, width, height } = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(left + width / 2, top + height / 2)); }"""


@pytest.fixture(scope="session")
def page_of_steps(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """A function that returns the page of a story of so many steps."""

    @cache
    def page(count: int) -> Path:
        steps = [{**step("It goes on.", show=["station"]), "title": f"Day {n}"} for n in range(1, count + 1)]
        path = tmp_path_factory.mktemp("many") / "index.html"
        path.write_text(build(made(*steps)).html, encoding="utf-8")
        return path

    return page


@pytest.fixture
def story_of(page_of_steps: Callable[[int], Path], open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens a story of so many steps."""

    def open_(count: int, size: tuple[int, int], **how: Any) -> Stage:
        width, height = size
        return Stage(open_page(page_of_steps(count), width=width, height=height, reduced_motion=True, **how).page)

    return open_


def test_a_short_story_has_marks_and_a_long_one_has_the_list_alone(story_of: Callable[..., Stage]) -> None:
    for count, marks in ((3, 3), (11, 11), (12, 0), (60, 0)):
        story = story_of(count, PHONE)
        assert len(story.boxes("#sm_dots a")) == marks
        assert story.page.locator("#sm_count").inner_text() == f"1 of {count}"


@pytest.mark.parametrize("query", ["", "?embed=1"], ids=["alone", "framed"])
@pytest.mark.parametrize("size", [*SIZES, (844, 390), *FRAMED], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("count", [3, 60])
def test_the_list_has_every_title_fits_the_window_and_shows_where_one_is(
    story_of: Callable[..., Stage], count: int, size: tuple[int, int], query: str
) -> None:
    story = story_of(count, size, fragment=f"{query}#day-3")
    story.page.locator("#sm_list").click()
    assert story.page.evaluate(LISTED) == [f"Day {n}" for n in range(1, count + 1)]
    (whole,) = story.boxes("#sm_dots")
    assert whole.left >= 0
    assert whole.top >= 0
    assert whole.right <= size[0]
    bar = story.boxes("#sm_next")[0]
    assert whole.bottom <= bar.top
    links = story.boxes("#sm_dots a")
    assert min(link.bottom - link.top for link in links) >= 44
    assert max(link.right for link in links) <= whole.right + 0.5
    current = story.page.locator("#sm_dots [aria-current]")
    assert current.inner_text() == "Day 3"
    assert story.focused()["href"] == "#day-3"
    assert story.page.evaluate(SEEN)
    weights = story.page.evaluate(
        "[...document.querySelectorAll('#sm_dots a')].map((link) => getComputedStyle(link).fontWeight)"
    )
    assert [n for n, weight in enumerate(weights, 1) if weight == "700"] == [3], "marked by more than colour"
    story.page.locator("#sm_dots a").last.click()
    assert story.at == f"day-{count}"
    assert story.focused()["id"] == f"day-{count}"
    assert story.page.locator("#sm_list").get_attribute("aria-expanded") == "false"
    assert story.boxes("#sm_dots a") == [] or count == 3


def test_keys_go_about_in_the_list_and_esc_gives_the_focus_back(story_of: Callable[..., Stage]) -> None:
    story = story_of(60, DESKTOP, fragment="#day-30")
    story.page.locator("#sm_list").focus()
    story.page.keyboard.press("Enter")
    assert story.page.locator("#sm_list").get_attribute("aria-expanded") == "true"
    for key, number in (
        ("ArrowDown", 31),
        ("ArrowUp", 30),
        ("Tab", 31),
        ("Home", 1),
        ("ArrowUp", 1),
        ("End", 60),
        ("ArrowDown", 60),
    ):
        story.page.keyboard.press(key)
        assert story.focused()["href"] == f"#day-{number}", key
        assert story.page.evaluate(SEEN), key
    assert story.at == "day-30"
    story.page.keyboard.press("Escape")
    assert story.focused()["id"] == "sm_list"
    assert story.page.locator("#sm_list").get_attribute("aria-expanded") == "false"
    story.page.keyboard.press("Enter")
    story.page.keyboard.press("End")
    story.page.keyboard.press("Enter")
    assert story.at == story.focused()["id"] == "day-60"


def test_esc_closes_the_list_and_leaves_an_open_claim_open(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP, fragment="#border")
    story.claims()[0].click()
    story.page.locator("#sm_list").click()
    story.page.keyboard.press("Escape")
    assert story.page.locator("#sm_list").get_attribute("aria-expanded") == "false"
    assert story.page.locator(".step.current .panel").is_visible()


def test_the_list_closes_when_the_reader_turns_to_something_else(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE, fragment="#border")
    button = story.page.locator("#sm_list")
    turns: list[Callable[[], object]] = [
        lambda: story.page.mouse.click(200, 20),  # the map
        lambda: story.page.keyboard.press("Shift+Tab"),  # from the first link, out of the bar
        button.click,
    ]
    for turn in turns:
        button.click()
        assert button.get_attribute("aria-expanded") == "true"
        story.page.keyboard.press("Home")
        turn()
        assert button.get_attribute("aria-expanded") == "false"
    assert story.at == "border"


def test_the_list_says_what_it_is_and_whether_it_is_open(stage: Callable[..., Stage]) -> None:
    story = stage(SMALL)
    button = story.page.get_by_role("button", name="Steps of the story 1 of 11")
    assert button.get_attribute("aria-controls") == "sm_dots"
    links = story.page.get_by_role("navigation", name="Steps of the story").get_by_role("link")
    closed = links.all_inner_texts()
    button.click()
    assert len(closed) == links.count() == 11
    assert all(links.all_inner_texts())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("count", [3, 60])
def test_axe_finds_nothing_wrong_while_the_list_is_open(
    story_of: Callable[..., Stage], axe: Callable[[Any], list[str]], count: int, theme: str
) -> None:
    for size, query in ((DESKTOP, ""), (SMALL, ""), (FRAMED[0], "?embed=1")):
        story = story_of(count, size, theme=theme, fragment=query)
        story.page.locator("#sm_list").click()
        assert axe(story.page) == []
