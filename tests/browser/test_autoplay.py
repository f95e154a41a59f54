"""A story that plays by itself does so only when asked, and stops when its reader does anything.

Time is the test's own: a clock that stands until it is told to go on.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.making import made, step

STEPS = [{**step("It goes on.", show=["station"]), "title": f"Day {n}"} for n in range(1, 5)]


@pytest.fixture(scope="session")
def playing_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story of four steps, eight seconds each."""
    path = tmp_path_factory.mktemp("playing") / "index.html"
    path.write_text(build(made(*STEPS, autoplay="8s")).html, encoding="utf-8")
    return path


@pytest.fixture
def opened(playing_page: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens it under a clock that stands still."""

    def open_(query: str = "", size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        width, height = size
        page = open_page(playing_page, width=width, height=height, **how).page
        page.clock.install(time=0)
        page.clock.pause_at(1)
        page.goto(playing_page.resolve().as_uri() + query)
        return Stage(page)

    return open_


def said(story: Stage) -> str:
    return story.page.locator("#sm_playing").inner_text()


def plays(story: Stage) -> bool:
    return story.page.locator("#sm_play").get_attribute("aria-label") == "Pause"


def test_the_button_plays_to_the_last_step_and_says_so_once(opened: Callable[..., Stage]) -> None:
    story = opened()
    story.page.clock.run_for(60_000)
    assert (story.at, plays(story), said(story)) == ("day-1", False, "")
    story.page.locator("#sm_play").click()
    story.page.evaluate(
        """() => { const box = document.querySelector("#sm_playing"); window.heard = [];
        new MutationObserver(() => heard.push(box.textContent)).observe(box, { childList: true, subtree: true }); }"""
    )
    assert (plays(story), said(story)) == (True, "Playing")
    story.page.clock.run_for(7_900)
    assert story.at == "day-1"
    story.page.clock.run_for(200)
    assert (story.at, story.page.evaluate("location.hash")) == ("day-2", "#day-2")
    story.page.clock.run_for(8_000)
    assert (story.at, plays(story)) == ("day-3", True)
    story.page.clock.run_for(8_000)
    assert (story.at, plays(story), said(story)) == ("day-4", False, "Paused")
    assert story.page.evaluate("heard") == ["Paused"]
    story.page.locator("#sm_play").click()
    assert (story.at, plays(story)) == ("day-1", True), "at the end it begins again"


@pytest.mark.parametrize(
    ("query", "seconds"), [("?play", 8), ("?play=5s", 5), ("?play=5", 5), ("?play=3s", 8), ("?embed=1&play=0.1", 8)]
)
def test_the_address_starts_it_at_its_own_pace_within_the_limits(
    opened: Callable[..., Stage], query: str, seconds: int
) -> None:
    story = opened(query)
    story.page.wait_for_function("() => document.querySelector('#sm_play.on')")
    story.page.clock.run_for(seconds * 1000 - 100)
    assert story.at == "day-1"
    story.page.clock.run_for(200)
    assert story.at == "day-2"


def test_under_reduced_motion_the_address_starts_nothing_and_the_button_does(opened: Callable[..., Stage]) -> None:
    story = opened("?play", reduced_motion=True)
    story.page.clock.run_for(60_000)
    assert (story.at, plays(story)) == ("day-1", False)
    story.page.locator("#sm_play").click()
    story.page.clock.run_for(8_100)
    assert (story.at, plays(story)) == ("day-2", True)


INPUTS: dict[str, Callable[[Any], object]] = {
    "a key": lambda page: page.keyboard.press("Shift"),
    "an arrow on the button": lambda page: page.keyboard.press("ArrowUp"),
    "a click": lambda page: page.mouse.click(900, 400),
    "the wheel": lambda page: page.mouse.wheel(0, 10),
    "the wheel over the button": lambda page: page.locator("#sm_play").dispatch_event("wheel"),
    "a touch": lambda page: page.evaluate(
        "() => { const target = document.querySelector('h1'), one = new Touch({ identifier: 1, target });"
        " target.dispatchEvent(new TouchEvent('touchstart', { touches: [one], bubbles: true })); }"
    ),
    "the focus": lambda page: page.keyboard.press("Tab"),
    "the button": lambda page: page.locator("#sm_play").click(),
    "the button by key": lambda page: page.keyboard.press("Enter"),
    "another tab": lambda page: page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    ),
}


@pytest.mark.parametrize("how", INPUTS)
def test_it_stops_on(opened: Callable[..., Stage], how: str) -> None:
    story = opened()
    story.page.locator("#sm_play").focus()
    story.page.keyboard.press("Enter")
    story.page.clock.run_for(9_000)
    assert (story.at, plays(story)) == ("day-2", True)
    INPUTS[how](story.page)
    story.page.wait_for_function("() => !document.querySelector('#sm_play.on')")
    assert said(story) == "Paused"
    at = story.at
    story.page.clock.run_for(60_000)
    assert (story.at, plays(story)) == (at, False)


def test_far_down_an_article_it_waits_until_somebody_sees_it(
    playing_page: Path, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    article = tmp_path / "article.html"
    article.write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title><link rel="icon" '
        'href="data:,"></head><body><p>Before</p><div style="height: 3000px"></div><iframe title="story" '
        f'sandbox="allow-scripts" width="640" height="500" src="{playing_page.resolve().as_uri()}?embed=1&amp;play=4">'
        "</iframe></body></html>",
        encoding="utf-8",
    )
    shown = open_page(article)
    shown.requests.clear()
    story = Stage.within(shown.page.frames[1])
    story.page.wait_for_selector(".leaflet-names-pane > span", state="attached")
    assert not plays(story)
    shown.page.locator("iframe").scroll_into_view_if_needed()
    story.page.wait_for_function("() => document.querySelector('#sm_play.on')")


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (320, 640)], ids=["desktop", "phone", "small"])
def test_the_buttons_of_a_playing_story_are_44_pixels_high_and_stand_in_one_row(
    opened: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = opened("#day-4", size)
    buttons = story.boxes("#sm_bar button")
    assert len(buttons) == 4
    assert len({box.top for box in buttons}) == 1
    assert min(box.bottom - box.top for box in buttons) >= 44
    assert all(one.right <= other.left for one, other in pairwise(buttons))
    assert buttons[-1].right <= size[0]


def test_axe_finds_nothing_wrong_while_it_plays(opened: Callable[..., Stage], axe: Callable[[Any], list[str]]) -> None:
    story = opened("?play", PHONE)
    story.page.wait_for_function("() => document.querySelector('#sm_play.on')")
    story.page.clock.resume()
    assert axe(story.page) == []


def test_a_story_that_does_not_ask_for_it_has_nothing_of_it(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="?play")
    assert story.page.locator("#sm_play").count() == 0
    assert "IntersectionObserver" not in story.page.content()
