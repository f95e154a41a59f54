"""The map in a reader's hands: it moves, it comes back, and it never shows where its own data end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from storymap.page.map.viewport import WORLD
from tests.browser.stage import DESKTOP, MAP, PHONE, SIZES, Stage, away_px


def _middle(story: Stage) -> tuple[float, float]:
    window = story.boxes("#sm_map")[0]
    return (window.left + window.right) / 2, (window.top + window.bottom) / 2


def _drag(story: Stage, dx: float, dy: float) -> None:
    x, y = _middle(story)
    mouse = story.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2, steps=3)
    mouse.move(x + dx, y + dy, steps=3)
    mouse.up()
    story.rest()


def _beyond_px(story: Stage) -> float:
    """Return how far the view reaches beyond the window of the coarsest tier, in pixels; negative inside."""
    view, (x, y) = story.view(), story.data["origin"]
    left, top, right, bottom = story.data["window"]
    west, north = (float(v) for v in WORLD.project(view["west"], view["north"]))
    east, south = (float(v) for v in WORLD.project(view["east"], view["south"]))
    beyond = max(left - (west - x), top - (north - y), (east - x) - right, (south - y) - bottom)
    return float(beyond / 2 ** (15 - view["zoom"]))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_after_a_pan_a_button_leads_back_to_the_step(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size, fragment="#rail-route")
    home, back = story.view(), story.page.get_by_role("button", name="Back to this step")
    assert not back.is_visible()
    _drag(story, -80, 60)
    assert away_px(story.view(), home) > 50
    assert back.is_visible()
    back.click()
    story.rest()
    assert away_px(story.view(), home) < 1.5
    assert not back.is_visible()
    assert story.focused()["id"] == "sm_next", "a button that vanishes must not take the focus along"


def test_after_a_zoom_too_and_the_next_step_forgets_it(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#rail-route")
    home, back = story.view(), story.page.locator("#sm_reset")
    story.page.locator(".leaflet-control-zoom-out").click()
    story.rest()
    assert story.view()["zoom"] < home["zoom"]
    assert back.is_visible()
    story.page.locator("#sm_next").click()
    assert not back.is_visible()
    story.page.locator("#sm_back").click()
    assert away_px(story.view(), home) < 1.5


def test_ctrl_and_wheel_zooms_and_the_wheel_alone_scrolls_the_page(stage: Callable[..., Stage]) -> None:
    story = stage((1280, 600))
    home = story.view()
    story.page.mouse.move(*_middle(story))
    story.page.mouse.wheel(0, 150)
    story.page.wait_for_function("() => scrollY > 100")
    assert away_px(story.view(), home) < 1
    story.page.keyboard.down("Control")
    story.page.mouse.wheel(0, -300)
    story.page.locator("#sm_reset").wait_for()
    story.page.keyboard.up("Control")
    story.page.wait_for_function(f"() => {MAP}.getZoom() > {home['zoom']}")  # Leaflet gathers turns of the wheel
    story.rest()
    zoomed = story.view()
    assert zoomed["zoom"] > home["zoom"] + 0.1
    story.page.mouse.wheel(0, -100)
    story.page.wait_for_function("() => scrollY < 100")
    story.rest()
    assert story.view()["zoom"] == zoomed["zoom"]


@pytest.mark.parametrize("size", [*SIZES, (2560, 1300)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_step_and_no_open_claim_shows_the_end_of_the_basemap(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size)
    for step in story.ids:
        story.go(step)
        assert _beyond_px(story) < 1, step
        for claim in story.claims():
            claim.click()
            assert _beyond_px(story) < 1, claim.inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_zoomed_out_and_dragged_far_the_map_still_shows_land_and_water(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size, fragment="#hanoi")
    out = story.page.locator(".leaflet-control-zoom-out")
    for _ in range(12):
        if "leaflet-disabled" in (out.get_attribute("class") or ""):
            break
        out.click()
        story.rest()
        assert _beyond_px(story) < 1
    assert story.view()["zoom"] == pytest.approx(story.view()["least"])
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (-1, 0), (0, -1), (0, -1), (1, 1)):
        _drag(story, dx * 0.4 * story.view()["width"], dy * 0.4 * story.view()["height"])
        assert _beyond_px(story) < 1
    for key in ["ArrowLeft"] * 8 + ["ArrowUp"] * 8:
        story.page.locator(".folium-map").press(key)
        story.rest()
    assert _beyond_px(story) < 1


def _press(story: Stage, sign: str, *, until: float = 99.0) -> float:
    """Press + (in) or − (out) until it ends, or until a zoom is reached; return the zoom."""
    button = story.page.locator(f".leaflet-control-zoom-{sign}")
    while "leaflet-disabled" not in (button.get_attribute("class") or ""):
        if sign == "out" and story.view()["zoom"] <= until:
            break
        button.click()
        story.rest()
    return story.view()["zoom"]


def _tiers_here(story: Stage) -> list[dict[str, Any]]:
    """The tiers whose windows hold the middle of the map."""
    view, (x, y) = story.view(), story.data["origin"]
    here_x, here_y = (float(v) for v in WORLD.project(view["lng"], view["lat"]))

    def holds(left: float, top: float, right: float, bottom: float) -> bool:
        return bool(left <= here_x - x <= right and top <= here_y - y <= bottom)

    return [tier for tier in story.data["tiers"] if holds(*tier["box"])]


def test_only_within_finer_data_may_a_reader_come_close(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#station")
    assert _press(story, "in") == story.data["closest"] == 14
    for _ in range(2):
        _press(story, "out", until=13)
        for _ in range(14):  # half a degree
            _drag(story, 440, 0)
        assert any(tier["detail"] for tier in _tiers_here(story)), "close up, the map ends where the finer data end"
    _press(story, "out", until=10)
    for _ in range(4):
        _drag(story, 440, 0)
    assert not any(tier["detail"] for tier in _tiers_here(story))
    assert _press(story, "in") == 10
    story.page.locator("#sm_next").click()
    story.go("station")
    assert _press(story, "in") == 14


def test_a_coast_drawn_for_a_continent_is_not_looked_at_like_a_town(stage: Callable[..., Stage]) -> None:
    """Three zooms past its own, a tier's lines are off by 4 pixels; no reader comes closer, nor pans there close up."""
    story = stage(fragment="#hanoi")
    coarse = story.data["tiers"][0]["zoom"]
    assert coarse < 6
    _drag(story, 200, 0)  # away from where the other steps are
    assert _press(story, "in") == coarse + 3
    story.go("rail-route")
    assert _press(story, "in") > coarse + 4
    for _ in range(10):
        _drag(story, -440, 0)
        zoom = story.view()["zoom"]
        assert any(tier["detail"] or tier["zoom"] + 3 >= zoom for tier in _tiers_here(story))


@pytest.fixture
def touched(browser: Browser, story_page: Path) -> Iterator[Stage]:
    """The story on a phone, under a finger."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(story_page.resolve().as_uri() + "#rail-route")
    yield Stage(page)
    context.close()


def _pinch(story: Stage, start_px: float, end_px: float, *, moved_px: float = 0) -> None:
    """Put two fingers on the map, move them apart or together, and sideways, and lift them."""
    x, y = _middle(story)
    session = story.page.context.new_cdp_session(story.page)
    for step in range(9):
        half, shift = (start_px + (end_px - start_px) * step / 8) / 2, moved_px * step / 8
        points = [{"x": x + shift - half, "y": y, "id": 0}, {"x": x + shift + half, "y": y, "id": 1}]
        kind = "touchMove" if step else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        story.page.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    story.rest()


def test_one_finger_scrolls_the_page_and_two_move_the_map(touched: Stage) -> None:
    chart = touched.page.locator(".folium-map")
    assert chart.evaluate("(element) => getComputedStyle(element).touchAction") == "pan-x pan-y"
    home = touched.view()
    x, y = _middle(touched)
    session = touched.page.context.new_cdp_session(touched.page)
    for kind, dy in (("touchStart", 0), ("touchMove", -40), ("touchMove", -90), ("touchMove", -140)):
        point = {"x": x, "y": y + dy}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touched.page.wait_for_function("() => scrollY > 50")
    assert away_px(touched.view(), home) < 1
    touched.page.evaluate("scrollTo(0, 0)")
    _pinch(touched, 80, 200)
    assert touched.view()["zoom"] > home["zoom"] + 0.5
    assert touched.page.locator("#sm_reset").is_visible()


def test_two_fingers_too_never_find_the_end_of_the_basemap(touched: Stage) -> None:
    touched.go("hanoi")
    for _ in range(3):
        _pinch(touched, 260, 60, moved_px=100)
        assert _beyond_px(touched) < 1
    _pinch(touched, 100, 110, moved_px=-180)
    assert _beyond_px(touched) < 1
