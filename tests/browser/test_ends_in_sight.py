"""What is measured can be seen from end to end: nothing on the map hides an end of its line, or its number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built
from tests.browser.stage import SIZES, Stage

CONTROLS = ".leaflet-control-zoom, .leaflet-control-scale-line, #sm_full, #sm_reset, #sm_legend, #sm_locator, .credit"
# Of the claim that is open: what another has put aside may lie anywhere.
ENDS, NUMBERS = ".leaflet-overlay-pane path.end:not(.dim, .arrow)", ".pill:not([hidden], .dim)"


def hidden(story: Stage, measured: str) -> list[str]:
    """What is covered or out of the map, as words."""
    (window,) = story.boxes("#sm_map")
    controls, found = story.boxes(CONTROLS), story.boxes(measured)
    gone = [f"{one} is out of the map" for one in found if not window.holds(one)]
    return gone + [
        f"{control.text or control} hides {one}" for one in found for control in controls if control.covers(one)
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name, least", [("kim-in-russia", 20), ("iceland-measured", 30)])
def test_nothing_on_the_map_hides_an_end_of_what_is_measured_nor_its_number(
    page_named: Callable[[str], tuple[Built, Path]],
    open_page: Callable[..., Any],
    size: tuple[int, int],
    name: str,
    least: int,
) -> None:
    """Not even "Back to this step", which comes as soon as a reader takes hold of the map."""
    story = Stage(open_page(page_named(name)[1], width=size[0], height=size[1], reduced_motion=True).page)
    faults, ends = [], 0
    steps = story.page.locator(".step").count()
    for step in range(steps):
        if step:
            story.page.locator("#sm_next").click()
        for claim in story.claims():
            claim.click()
            story.rest()
            # As after a touch that has moved nothing yet.
            story.page.evaluate("document.getElementById('sm_reset').hidden = false")
            ends += len(story.boxes(ENDS))
            faults += [f"{story.at}, {claim.inner_text()}: {fault}" for fault in hidden(story, f"{ENDS}, {NUMBERS}")]
            story.page.keyboard.press("Escape")
    assert faults == []
    assert ends >= least, "there was something to see"
