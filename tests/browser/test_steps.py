"""The map shows the step that the text tells, however the reader came there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.stage import DESKTOP, PHONE, Stage, away_px


@pytest.fixture
def fresh(stage: Callable[..., Stage]) -> Callable[[str], Stage]:
    """A function that opens one step in a new page."""
    return lambda step: stage(fragment=f"#{step}")


def test_fifty_rapid_steps_end_as_the_last_one_opened_afresh(
    stage: Callable[..., Stage], fresh: Callable[[str], Stage]
) -> None:
    story = stage(reduced_motion=False)
    walk = _wandering(len(story.ids))
    last = story.ids[0]
    for _ in range(50):
        last = story.ids[next(walk)]
        # All in one turn of the page's own loop would be kinder than any reader: each goes through the browser.
        story.page.evaluate("(id) => document.querySelector(`#sm_dots a[href='#${id}']`).click()", last)
    story.rest()
    expected = fresh(last)
    assert story.at == expected.at == last
    assert story.layers() == expected.layers()
    assert away_px(story.view(), expected.view()) < 1.5
    assert [label.text for label in story.labels()] == [label.text for label in expected.labels()]
    assert story.page.evaluate("location.hash") == f"#{last}"


def _wandering(count: int) -> Iterator[int]:
    """Yield indexes that jump about, the same each time, and never stay."""
    at = 0
    while True:
        at = (at + 4) % count
        yield at


def test_a_step_draws_its_own_layers_and_leaves_none_behind(
    stage: Callable[..., Stage], fresh: Callable[[str], Stage]
) -> None:
    """Forwards, then backwards: every layer of every step, against the same step in a page that knew no other."""
    story = stage()
    expected = {}
    for step in story.ids:
        story.go(step)
        expected[step] = story.layers()
        for kind in ("land", "lakes", "borders"):
            assert expected[step].count(f"{kind} leaflet-path") + expected[step].count(kind) == 1, step
    for step in reversed(story.ids):
        story.go(step)
        assert story.layers() == expected[step]
    for step in ("departure", "station", "hanoi"):
        assert fresh(step).layers() == expected[step]


def test_with_reduced_motion_a_view_is_final_at_once(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.watch_flights()
    for _ in story.ids[1:]:
        # The click and the look are one turn of the page's loop: no frame, no timer in between.
        story.page.evaluate("document.querySelector('#sm_next').click()")
        at_once = story.view()
        story.rest()
        assert away_px(at_once, story.view()) < 0.01
    assert story.flights() == 0


def test_with_motion_some_steps_fly(stage: Callable[..., Stage]) -> None:
    """So that the test above can fail."""
    story = stage(reduced_motion=False)
    story.watch_flights()
    for step in story.ids:
        story.go(step)
    assert story.flights() > 0


def test_a_swipe_over_the_card_steps_and_a_slanted_one_does_not(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE)
    swipe = """([dx, dy]) => { const card = document.querySelector("#sm_card");
      const touch = (x, y) => new Touch({ identifier: 1, target: card, clientX: x, clientY: y });
      card.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(300, 600)], bubbles: true }));
      const changedTouches = [touch(300 + dx, 600 + dy)];
      card.dispatchEvent(new TouchEvent("touchend", { changedTouches, bubbles: true })); }"""
    story.page.evaluate(swipe, [-120, 10])
    assert story.at == story.ids[1]
    story.page.evaluate(swipe, [-120, 100])
    story.page.evaluate(swipe, [-40, 0])
    assert story.at == story.ids[1]
    story.page.evaluate(swipe, [120, -10])
    assert story.at == story.ids[0]


def test_the_last_step_leads_to_the_list_of_checks_and_it_leads_back(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP, fragment="#hanoi")
    story.page.locator("#sm_next").click()
    assert story.focused()["id"] == "sm_checks"
    assert abs(story.boxes("#sm_checks")[0].top) < 1
    story.page.locator('#sm_checks a[href="#hanoi"]').first.click()
    assert story.at == "hanoi"
    assert story.page.evaluate("scrollY") == 0
