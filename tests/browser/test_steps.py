"""The map shows the step that the text tells, however the reader came there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.stage import DESKTOP, PHONE, Stage, away_px


@pytest.fixture
def fresh(stage: Callable[..., Stage]) -> Callable[[str], Stage]:
    """A function that opens one step in a new page."""
    return lambda step: stage(fragment=f"#{step}")


@pytest.mark.parametrize("how", ["links", "held keys", "keys and links"])
def test_fifty_rapid_steps_end_as_the_last_one_opened_afresh(
    stage: Callable[..., Stage], fresh: Callable[[str], Stage], how: str
) -> None:
    """With animation on: camera, layers, names, address, buttons, and what a screen reader is told.

    Each way ends where no sign of the legend shows: as each is explained once in a visit, that depends on the way.
    """
    story = stage(reduced_motion=False)
    walk = _wandering(len(story.ids))
    for n in range(50):
        # All in one turn of the page's own loop would be kinder than any reader: each goes through the browser.
        if how == "links" or (how == "keys and links" and n % 7 == 0):
            story.page.evaluate(
                "(id) => document.querySelector(`#sm_dots a[href='#${id}']`).click()", story.ids[next(walk)]
            )
        elif n % 25 < 13:
            story.page.keyboard.down("ArrowRight")
        else:
            story.page.keyboard.down("ArrowLeft")
    story.rest()
    last = story.at
    expected = fresh(last)
    assert expected.at == last
    assert story.layers() == expected.layers()
    assert away_px(story.view(), expected.view()) < 1.5
    assert [label.text for label in story.labels()] == [label.text for label in expected.labels()]
    assert story.page.evaluate("location.hash") == f"#{last}"
    assert story.page.locator("#sm_dots [aria-current]").get_attribute("href") == f"#{last}"
    signs = "[...document.querySelectorAll('#sm_legend li')].map((sign) => sign.textContent)"
    assert story.page.evaluate(signs) == expected.page.evaluate(signs)
    number, title = story.ids.index(last) + 1, story.page.locator(f"#{last} h2").inner_text()
    status = story.page.locator("#sm_status").text_content() or ""
    assert status.startswith(f"Step {number} of {len(story.ids)}: {title}")
    assert story.page.locator("#sm_count").inner_text() == f"{number} of {len(story.ids)}"


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


SWIPE = """([selector, dx, dy]) => { const target = document.querySelector(selector);
  const touch = (x, y) => new Touch({ identifier: 1, target, clientX: x, clientY: y });
  target.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(200, 600)], bubbles: true }));
  const changedTouches = [touch(200 + dx, 600 + dy)];
  target.dispatchEvent(new TouchEvent("touchend", { changedTouches, bubbles: true })); }"""


@pytest.mark.parametrize(("way", "ahead"), [("ltr", -120), ("rtl", 120)])
def test_a_swipe_over_the_card_steps_as_one_reads_and_a_slanted_one_does_not(
    stage: Callable[..., Stage], way: str, ahead: int
) -> None:
    story = stage(PHONE)
    story.page.evaluate(f"document.documentElement.dir = '{way}'")
    story.page.evaluate(SWIPE, ["#sm_card", ahead, 10])
    assert story.at == story.ids[1]
    story.page.evaluate(SWIPE, ["#sm_card", ahead, 100])
    story.page.evaluate(SWIPE, ["#sm_card", ahead / 3, 0])
    story.page.evaluate(SWIPE, [".folium-map", ahead, 0])
    assert story.at == story.ids[1]
    story.page.evaluate(SWIPE, [".step.current h2", -ahead, -10])
    assert story.at == story.ids[0]


def test_a_fingers_swipe_back_is_a_step_and_not_the_browsers_back(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE, fragment="#border")
    session = story.page.context.new_cdp_session(story.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})
    for x in range(100, 320, 20):
        kind = "touchStart" if x == 100 else "touchMove"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 600}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    story.rest()
    assert story.at == story.ids[0]
    assert story.page.url.endswith(f"#{story.ids[0]}")
    assert story.page.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorX") == "none"


def test_a_swipe_over_what_slides_itself_and_one_on_a_zoomed_page_do_not_step(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE)
    story.page.evaluate(
        """() => { const row = document.createElement("div"), wide = document.createElement("p");
        row.id = "row"; row.style.overflowX = "auto"; wide.id = "wide"; wide.style.width = "3000px";
        wide.textContent = "wide"; row.append(wide); document.querySelector(".step.current .prose").append(row); }"""
    )
    story.page.evaluate(SWIPE, ["#wide", -120, 0])
    assert story.at == story.ids[0]
    story.page.context.new_cdp_session(story.page).send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    story.page.wait_for_function("() => visualViewport.scale === 2")
    story.page.evaluate(SWIPE, ["#sm_card", -120, 0])
    assert story.at == story.ids[0]


def test_the_last_step_leads_to_the_list_of_checks_and_it_leads_back(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP, fragment="#hanoi")
    story.page.locator("#sm_next").click()
    assert story.focused()["id"] == "sm_checks"
    assert abs(story.boxes("#sm_checks")[0].top) < 1
    story.page.locator('#sm_checks a[href="#hanoi"]').first.click()
    assert story.at == "hanoi"
    assert story.page.evaluate("scrollY") == 0
