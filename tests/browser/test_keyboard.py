"""A reader with a keyboard alone reaches everything, sees where they are, and is never held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.stage import DESKTOP, PHONE, SIZES, SMALL, Stage, away_px

# Whether some line of the focused element can be seen: it is in the window and nothing lies over its middle.
SEEN = """() => { const e = document.activeElement;
  return [...e.getClientRects()].some(({ left, top, width, height }) => {
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there && (e.contains(there) || there.contains(e) && !there.matches("#sm_map, #sm_bar")); }); }"""


def press(story: Stage, key: str) -> dict[str, Any]:
    """Press a key; return what has the focus then, and whether it can be seen."""
    story.page.keyboard.press(key)
    return story.focused() | {"seen": story.page.evaluate(SEEN)}


def walk(story: Stage) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; return what had it."""
    stops = []
    while (stop := press(story, "Tab"))["tag"] != "BODY":
        stops.append(stop)
        assert len(stops) < 120, f"the focus never leaves the page: {stops[-3:]}"
    return stops


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_tab_reaches_claims_steps_buttons_map_checks_and_the_last_link(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size, fragment="#rail-route")
    stops = walk(story)
    ids = [stop["id"] for stop in stops]
    assert [stop["css"] for stop in stops[:3]] == ["share", "claim", "claim"], "the story comes first, then the map"
    assert ids[3:6] == ["sm_back", "sm_list", "sm_next"], "the marks of the bar are no stops: the list has each step"
    assert "sm_more" in ids
    assert len([stop for stop in stops if "folium-map" in stop["css"]]) == 1
    assert stops[-1]["tag"] == "SUMMARY"
    assert [stop for stop in stops if stop["outline"] < 2] == []
    assert [stop for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_backwards_too_nothing_holds_the_focus_or_hides_it(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size, fragment="#rail-route")
    forwards = walk(story)
    backwards = [press(story, "Shift+Tab") for _ in forwards]
    assert [stop["text"] for stop in reversed(backwards)] == [stop["text"] for stop in forwards]
    assert [stop for stop in backwards if not stop["seen"]] == []


def test_tabbing_through_the_map_moves_nothing(stage: Callable[..., Stage]) -> None:
    story = stage()
    before = story.view()
    walk(story)
    assert away_px(story.view(), before) < 1
    assert not story.page.locator("#sm_reset").is_visible()


@pytest.mark.parametrize("query", ["", "?embed=1"], ids=["alone", "framed"])
@pytest.mark.parametrize("focus", ["body", "#sm_next"])
def test_arrows_home_and_end_step_wherever_in_the_story_the_focus_is(
    stage: Callable[..., Stage], focus: str, query: str
) -> None:
    story = stage(fragment=query)
    story.page.locator(focus).focus()
    story.page.keyboard.press("ArrowRight")
    story.page.keyboard.press("ArrowRight")
    assert story.at == story.ids[2]
    story.page.keyboard.press("ArrowLeft")
    assert story.at == story.ids[1]
    story.page.keyboard.press("End")
    assert story.at == story.ids[-1]
    story.page.keyboard.press("ArrowRight")
    assert story.at == story.ids[-1]
    story.page.keyboard.press("Home")
    assert story.at == story.ids[0]
    for key in ("ArrowRight", "End"):
        for held in ("Control", "Shift"):
            story.page.keyboard.press(f"{held}+{key}")
            assert story.at == story.ids[0]


def test_at_the_last_step_end_scrolls_on_and_below_the_story_home_and_end_are_the_browsers(
    stage: Callable[..., Stage],
) -> None:
    story, below = stage(fragment="#border"), "() => scrollY > 2 * innerHeight"
    story.rest()
    story.page.keyboard.press("End")
    assert story.at == story.ids[-1]
    story.page.keyboard.press("End")
    story.page.wait_for_function(below)
    story.page.keyboard.press("Home")
    story.page.wait_for_function("() => scrollY === 0")
    assert story.at == story.ids[-1], "the one way back up moved no step"
    story.page.keyboard.press("Home")
    assert story.at == story.ids[0]
    story.page.locator("#sm_checks a").nth(3).focus()
    story.page.keyboard.press("End")
    story.page.wait_for_function(below)
    assert story.at == story.ids[0]


def test_the_browsers_back_gives_the_focus_back_to_the_link_that_was_left(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE, fragment="#station")
    link = story.page.locator('#sm_checks a[href="#campus"]').first
    link.focus()
    story.page.keyboard.press("Enter")
    assert (story.at, story.focused()["css"]) == ("campus", "claim")
    story.page.locator("#sm_list").focus()
    for key in ("Enter", "Home", "Enter"):
        story.page.keyboard.press(key)
    assert story.at == story.focused()["id"] == story.ids[0]
    for _ in range(2):
        story.page.go_back()
        assert (story.at, story.focused()["href"]) == ("campus", f"#{story.ids[0]}"), "its mark in the bar"
        story.page.go_back()
        assert story.at == "station"
        assert link.evaluate("(e) => e === document.activeElement")
        assert story.page.evaluate(SEEN)
        story.page.go_forward()
        assert story.at == "campus"
        story.page.go_forward()
        assert story.at == story.focused()["id"] == story.ids[0]
        assert story.page.evaluate("scrollY") == 0


def test_back_from_a_claim_of_the_step_one_is_at_and_from_the_credits(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE, fragment="#border")
    for link in ('#sm_checks a[href="#border"]', "#sm_more"):
        left = story.page.locator(link).first
        left.focus()
        story.page.keyboard.press("Enter")
        assert not left.evaluate("(e) => e === document.activeElement")
        story.page.go_back()
        assert story.at == "border"
        assert left.evaluate("(e) => e === document.activeElement")
        assert story.page.evaluate(SEEN)
    story.page.go_forward()
    assert story.focused()["id"] == "sm_credits"


def test_forward_to_a_step_after_the_reader_went_on_in_it_takes_the_focus_there(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#station")
    story.page.locator('#sm_checks a[href="#campus"]').first.click()
    story.page.keyboard.press("ArrowLeft")
    step = story.at
    story.page.go_back()
    story.page.go_forward()
    assert story.at == story.focused()["id"] == step
    assert story.page.evaluate("scrollY") == 0


def test_where_one_reads_to_the_left_the_left_arrow_is_forwards(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.page.evaluate("document.documentElement.dir = 'rtl'")
    story.page.keyboard.press("ArrowLeft")
    assert story.at == story.ids[1]
    story.page.keyboard.press("ArrowRight")
    assert story.at == story.ids[0]


@pytest.mark.parametrize("key", ["PageDown", " "], ids=["PageDown", "Space"])
def test_page_down_and_space_stay_the_browsers(stage: Callable[..., Stage], key: str) -> None:
    story = stage()
    story.page.keyboard.press(key)
    story.page.wait_for_function("() => scrollY > 100")
    assert story.at == story.ids[0]


def test_arrows_pan_the_map_when_it_has_the_focus_and_do_not_step(stage: Callable[..., Stage]) -> None:
    story = stage()
    before = story.view()
    story.page.locator(".folium-map").focus()
    story.page.keyboard.press("ArrowRight")
    story.rest()
    assert story.at == story.ids[0]
    assert story.view()["lng"] > before["lng"]
    assert story.page.locator("#sm_reset").is_visible()


@pytest.mark.parametrize("key", ["Enter", " "], ids=["Enter", "Space"])
def test_enter_and_space_open_a_claim_and_esc_closes_it_and_gives_the_focus_back(
    stage: Callable[..., Stage], key: str
) -> None:
    story = stage(PHONE)
    for _ in range(3):  # past the other language and the step's own link
        story.page.keyboard.press("Tab")
    claim = story.focused()
    assert claim["css"] == "claim"
    story.page.keyboard.press(key)
    panel = story.page.locator(".step.current .panel")
    assert panel.is_visible()
    story.page.keyboard.press("Tab")
    assert story.focused()["css"] == "close"
    story.page.keyboard.press("Escape")
    assert panel.count() == 0
    assert story.focused()["text"] == claim["text"]
    story.page.keyboard.press(key)
    story.page.keyboard.press(key)
    assert panel.count() == 0
    assert story.at == story.ids[0]


def test_a_claim_chosen_in_the_list_of_checks_takes_the_focus_along(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#hanoi")
    link = story.page.locator('#sm_checks a[href="#border"]').first
    link.focus()
    story.page.keyboard.press("Enter")
    assert story.at == "border"
    assert story.focused()["css"] == "claim"
    assert story.page.evaluate("document.activeElement.closest('.step').id") == "border"
    assert story.page.evaluate("scrollY") == 0


def test_who_steps_on_from_within_a_step_is_taken_along(stage: Callable[..., Stage]) -> None:
    story = stage()
    for key, where in (("ArrowRight", 1), ("ArrowLeft", 0)):
        story.claims()[0].focus()
        story.page.keyboard.press(key)
        assert story.page.evaluate("document.activeElement.id") == story.at
        assert story.page.evaluate("[...document.querySelectorAll('.step')].indexOf(document.activeElement)") == where
