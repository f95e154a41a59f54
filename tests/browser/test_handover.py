"""What a reader sees before scripts run is the first step's map, and the moving map takes over in the same place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.pixels import pixels_apart
from tests.browser.stage import DESKTOP, PHONE, TABLET, Stage

FRAMED = (640, 500)
VIEWS = [(DESKTOP, ""), (TABLET, ""), (PHONE, ""), (FRAMED, "?embed=1")]
NAMES = ["desktop", "tablet", "phone", "framed"]

# All that the moving map has beyond the picture: what keeps its size, and what stands over the map.
_BARE = """() => { for (const part of document.querySelectorAll(
  ".leaflet-names-pane, .leaflet-control-container, path.dot, path.ring, .locator, .credit, .reset, .full"))
  part.style.setProperty("display", "none", "important"); }"""
# Where the corners of the measured lines are on the screen, without their strokes.
_LINES = """(selector) => [...document.querySelectorAll(selector)].map((line) => {
  const { x, y, width, height } = line.getBBox(), at = line.getScreenCTM();
  const [a, b] = [[x, y], [x + width, y + height]].map(([u, v]) => new DOMPoint(u, v).matrixTransform(at));
  return [a.x, a.y, b.x, b.y]; })"""


@pytest.fixture
def waiting(story_page: Path, tmp_path: Path) -> Path:
    """The page of the seed story as it is while its scripts have not come yet: the first one has run."""
    html = story_page.read_text(encoding="utf-8")
    head, body = html.split("<body>")
    path = tmp_path / "index.html"
    path.write_text(f"{head}<body>{re.sub('<script>.*?</script>', '', body, flags=re.DOTALL)}", encoding="utf-8")
    return path


@pytest.fixture
def pair(waiting: Path, stage: Callable[..., Stage], open_page: Callable[..., Any]) -> Callable[..., list[Stage]]:
    """A function that opens the page before its scripts, and after."""

    def opened(size: tuple[int, int], fragment: str = "") -> list[Stage]:
        before = Stage(open_page(waiting, width=size[0], height=size[1], reduced_motion=True, fragment=fragment).page)
        return [before, stage(size, fragment=fragment)]

    return opened


@pytest.mark.parametrize(("size", "fragment"), VIEWS, ids=NAMES)
def test_the_measured_lines_do_not_move_by_more_than_a_pixel(
    pair: Callable[..., list[Stage]], size: tuple[int, int], fragment: str
) -> None:
    before, after = pair(size, fragment)
    first = before.page.evaluate(_LINES, "#sm_first .measured")
    moving = after.page.evaluate(_LINES, ".leaflet-overlay-pane .measured")
    assert len(first) == len(moving) > 0
    for one, other in zip(first, moving, strict=True):
        # Leaflet puts the map on a whole pixel, and then each corner of a line.
        assert one == pytest.approx(other, abs=1.05)


@pytest.mark.parametrize(("size", "fragment"), VIEWS, ids=NAMES)
def test_coasts_and_all_else_stay_where_they_are(
    browser: Browser, pair: Callable[..., list[Stage]], size: tuple[int, int], fragment: str
) -> None:
    shots = []
    for story in pair(size, fragment):
        story.page.evaluate(_BARE)
        shots.append(story.page.locator("#sm_map").screenshot())
    blank = browser.new_page()
    assert pixels_apart(blank, *shots, reach=1) < 1e-3 * size[0] * size[1]
    blank.close()


def test_the_picture_is_gone_once_the_map_is_there(pair: Callable[..., list[Stage]]) -> None:
    before, after = pair(DESKTOP)
    assert before.page.locator("#sm_first").is_visible()
    assert after.page.locator("#sm_first").count() == 0


@pytest.mark.parametrize(("fragment", "seen"), [("#border", False), ("#departure", True), ("#?secret=1", True)])
def test_who_comes_for_another_step_does_not_see_the_first(
    waiting: Path, open_page: Callable[..., Any], fragment: str, seen: bool
) -> None:
    page = open_page(waiting, fragment=fragment).page
    assert page.locator("#sm_first").is_visible() == seen


def test_without_scripts_and_on_paper_there_is_no_second_picture(stage: Callable[..., Stage]) -> None:
    still = stage(javascript=False)
    assert not still.page.locator("#sm_first").is_visible()
    still.page.emulate_media(media="print")
    assert not still.page.locator("#sm_first").is_visible()
