"""The moving map and the picture in the document show the same thing, pixel by pixel, at every step of every story.

Both are made 640 × 400 px, where they frame the same by the one rule of what a step frames. Letters stay out of it:
readers' fonts place them, and other tests watch them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from storymap.compiler import Built
from tests.browser.conftest import EVERY, SEED
from tests.browser.pixels import pixels_apart
from tests.browser.stage import Stage

WIDTH, HEIGHT = 640, 400
# Of 256,000: what Leaflet's whole pixels leave, on maps full of coasts. What is missing or has moved is more.
APART_PX = 250

# The two maps side by side, without what keeps its size in pixels and waits for letters.
_SIDE_BY_SIDE = f"""() => {{
  const put = (element, style) => {{
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, "important");
  }};
  const place = {{ position: "fixed", top: "0", width: "{WIDTH}px", height: "{HEIGHT}px", margin: "0", border: "0" }};
  put(document.getElementById("sm_map"), {{ ...place, left: "0", "z-index": "999" }});
  for (const figure of document.querySelectorAll(".still"))
    put(figure, {{ ...place, left: "{WIDTH}px", display: "block", "clip-path": "none", "z-index": "999" }});
  for (const picture of document.querySelectorAll("svg.map")) put(picture, {{ display: "block" }});
  for (const part of document.querySelectorAll(
    ".leaflet-names-pane, .leaflet-control-container, .locator, .credit, .reset, .map > :not([viewBox], .water), "
      + "#sm_tiles, #sm_first, #sm_full, .legend"))
    put(part, {{ display: "none" }});
}}"""
# Dots and arrows keep their size; dashes begin where Leaflet cuts a line. Lines of one broad width have a core of their
# own colour wherever between two pixels they fall.
_PLAIN = """() => {
  for (const dot of document.querySelectorAll("path.dot, path.ring, path.arrow"))
    dot.style.setProperty("display", "none", "important");
  for (const line of document.querySelectorAll(".leaflet-overlay-pane path, .map use, .map circle, .defs path")) {
    line.style.setProperty("stroke-dasharray", "none", "important");
    line.style.setProperty("stroke-width", "4px", "important");
  }
}"""
_SIZED = f"""() => {{ const map = Object.values(window).find((value) => window.L && value instanceof L.Map);
  const size = map.getSize(); return size.x === {WIDTH} && size.y === {HEIGHT}; }}"""


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def side_by_side(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> Callable[[str], Stage]:
    """A function that opens a story, by its file's name, with its moving map beside its pictures."""

    def opened(name: str) -> Stage:
        story = Stage(open_page(page_named(name)[1], width=2 * WIDTH, height=600, reduced_motion=True).page)
        story.page.evaluate(_SIDE_BY_SIDE)
        story.page.wait_for_function(_SIZED)
        return story

    return opened


def _apart(story: Stage, blank: Page, step: str) -> int:
    """Return how many pixels of the two maps have no match, once the moving one stands at a step."""
    story.page.evaluate(f"() => document.querySelector('#sm_dots a[href=\"#{step}\"]').click()")
    story.rest()
    return _compared(story, blank)


def _compared(story: Stage, blank: Page) -> int:
    story.page.evaluate(_PLAIN)
    both = story.page.screenshot(clip={"x": 0, "y": 0, "width": 2 * WIDTH, "height": HEIGHT})
    return pixels_apart(blank, both, reach=2)


@pytest.mark.parametrize("name", EVERY)
def test_both_maps_show_the_same_at_every_step(side_by_side: Callable[[str], Stage], blank: Page, name: str) -> None:
    story = side_by_side(name)
    apart = {step: _apart(story, blank, step) for step in story.ids}
    assert {step: count for step, count in apart.items() if count > APART_PX} == {}


# Faults of the picture: what spoils it (selector, property, value), and a step in which that is to be seen.
HIDDEN = ("display", "none")
FAULTS = {
    "no measured line": (".map use:is(.measured, .halo)", *HIDDEN, "how-close"),
    "no line of a place": (".map use:is(.rail, .line)", *HIDDEN, "timetable"),
    "no area of a place": (".map use.area", *HIDDEN, "russky-island"),
    "no basemap": (".map use[href^='#t_']", *HIDDEN, "station"),
    "no borders": (".defs .borders", *HIDDEN, "border"),
    "no lakes": (".defs .lakes", *HIDDEN, "border"),
    "three pixels to the right": (".map > svg", "transform", "translate(3px, 0)", "border"),
    "three pixels down": (".map > svg", "transform", "translate(0, 3px)", "how-close"),
}
_SET = """([selector, name, value]) => { for (const part of document.querySelectorAll(selector))
  value ? part.style.setProperty(name, value, "important") : part.style.removeProperty(name); }"""


def test_what_is_missing_or_has_moved_is_seen(side_by_side: Callable[[str], Stage], blank: Page) -> None:
    """The comparison above can fail: each fault in one of the two maps is more than it lets pass."""
    story = side_by_side(SEED.stem)
    passed = {}
    for fault, (selector, name, value, step) in FAULTS.items():
        sound = _apart(story, blank, step)
        story.page.evaluate(_SET, [selector, name, value])
        spoilt = _compared(story, blank)
        story.page.evaluate(_SET, [selector, name, ""])
        if sound > APART_PX or spoilt <= APART_PX:
            passed[fault] = (sound, spoilt)
    assert passed == {}
