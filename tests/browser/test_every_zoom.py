"""At any whole zoom of any story that a reader can come to, each word on the map can be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.stage import DESKTOP, MAP, PHONE, Box, Stage, collisions

# One look a zoom, from the farthest that the page allows to the closest, at the middle of the step.
_LOOKS = f"""() => {{
  const map = {MAP}, middle = map.getCenter(), looks = [];
  const here = document.querySelector("#sm_map").getBoundingClientRect();
  for (let zoom = Math.ceil(map.getMinZoom()); zoom <= Math.floor(map.getMaxZoom()); zoom++) {{
    map.setView(middle, zoom, {{ animate: false }});
    const boxes = [...document.querySelectorAll(".leaflet-names-pane > span:not([hidden])")].map((element) => {{
      const {{ left, top, right, bottom }} = element.getBoundingClientRect();
      return {{ text: element.textContent, left, top, right, bottom }};
    }});
    const seen = (b) => b.left < here.right && b.right > here.left && b.top < here.bottom && b.bottom > here.top;
    looks.push([zoom, boxes.filter(seen)]);
  }}
  return looks;
}}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_two_labels_overlap_at_any_whole_zoom(stage_of_each: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage_of_each(size)
    seen = 0
    for step in story.ids:
        story.go(step)
        for zoom, found in story.page.evaluate(_LOOKS):
            labels = [Box(**box) for box in found]
            assert collisions(labels) == [], (step, zoom)
            seen += len(labels)
    assert seen > 10 * len(story.ids), "hardly a name on any map: the test looks at nothing"
