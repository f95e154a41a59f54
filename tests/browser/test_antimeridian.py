"""A story across the 180th meridian is a story like any other, and no map of any story shows where the basemap ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.basemap.grid import WORLD_UNITS, Box, mercator
from storymap.compiler import Built, build
from tests.browser.conftest import EVERY
from tests.browser.stage import DESKTOP, MAP, MOVING, PHONE, TABLET, Stage
from tests.unit.making import made, place, step

ULTRA_WIDE = (2560, 1080)
FAR = {"quote": "more than 700 km", "distance": {"from": "anadyr", "to": "nome"}}


def point(name: str, lon: float, lat: float) -> dict[str, Any]:
    return place(name, {"type": "Point", "coordinates": [lon, lat]}, kind="town")


PLACES = [
    point("anadyr", 177.51, 64.73),
    point("nome", -165.41, 64.5),
    point("suva", 178.44, -18.14),
    point("apia", -171.76, -13.83),
    point("reykjavik", -21.9, 64.1),
    point("auckland", 174.8, -36.8),
    place(
        "halves",
        {
            "type": "MultiPolygon",
            "coordinates": [
                [[[178, 60], [180, 60], [180, 62], [178, 62], [178, 60]]],
                [[[-180, 60], [-177, 60], [-177, 62], [-180, 62], [-180, 60]]],
            ],
        },
        kind="region",
    ),
]
STEPS = [
    step("It is more than 700 km.", id="line", show=["anadyr", "nome"], claims=[FAR]),
    step("Halves.", id="area", show=["halves"]),
    step("Islands.", id="islands", show=["suva", "apia"]),
    step("All of it.", id="ocean", show=["suva", "anadyr", "nome", "auckland"]),
]
ROUND = [
    step("It is more than 700 km.", id="near", show=["reykjavik"], view={"fit": ["reykjavik"]}, claims=[FAR]),
    step("Far.", id="far", show=["reykjavik", "auckland", "nome"]),
]


@pytest.fixture(scope="session")
def oceans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of a story of the Pacific, and of one that sees the whole world."""
    folder = tmp_path_factory.mktemp("oceans")
    pages = {}
    for name, steps in (("ocean", STEPS), ("world", ROUND)):
        pages[name] = folder / f"{name}.html"
        pages[name].write_text(build(made(*steps, places=PLACES)).html, encoding="utf-8")
    return pages


@pytest.fixture
def opened(
    oceans: dict[str, Path], page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> Callable[[str, tuple[int, int]], Stage]:
    """A function that opens a story in a window of a size: one of ours by its file's name, or one of the two above."""

    def open_(name: str, size: tuple[int, int] = DESKTOP) -> Stage:
        page = oceans[name] if name in oceans else page_named(name)[1]
        return Stage(open_page(page, width=size[0], height=size[1], reduced_motion=True).page)

    return open_


def zoom_out(stage: Stage) -> None:
    """Zoom out by hand as far as the page lets one."""
    stage.page.evaluate(
        f"() => {{ const map = {MAP}; map.fire('dragstart'); map.setZoom(map.getMinZoom(), {{ animate: false }}); }}"
    )
    stage.rest()


# The maps that reach farthest across and up, and for the stories above all others as well.
LOOKED_AT = [(name, size) for name in (*EVERY, "ocean", "world") for size in (PHONE, ULTRA_WIDE)]
LOOKED_AT += [(name, size) for name in ("ocean", "world") for size in (DESKTOP, TABLET)]
# What the map shows of each step, of the step zoomed out as far as the page lets one, and of each of its claims, in
# degrees, less the outermost pixel: Leaflet stands on whole ones.
_WALK = f"""async () => {{
  const map = {MAP}, looks = [], frame = () => new Promise(requestAnimationFrame);
  async function look(at, whole) {{
    do {{ await frame(); await frame(); }} while (document.querySelector("{MOVING}"));
    const {{ x, y }} = map.getSize(), ends = [[1, 1], [x - 1, y - 1]].map((px) => map.containerPointToLatLng(px));
    looks.push([at, whole, ...ends.map(({{ lng, lat }}) => [lng, lat])]);
  }}
  for (const link of document.querySelectorAll("#sm_dots a")) {{
    link.click();
    await look(link.hash, false);
    map.fire("dragstart");
    map.setZoom(map.getMinZoom(), {{ animate: false }});
    await look(link.hash + " from afar", true);
    for (const claim of document.querySelectorAll(".step.current a.claim")) {{
      claim.click();
      await look(claim.hash, false);
    }}
  }}
  return looks;
}}"""


@pytest.mark.parametrize(("name", "size"), LOOKED_AT, ids=lambda part: str(part).strip("()").replace(", ", "x"))
def test_no_reader_sees_where_the_basemap_ends(opened: Callable[..., Stage], name: str, size: tuple[int, int]) -> None:
    """Neither on the map of any step or claim, nor after zooming out of it as far as the page lets one."""
    story = opened(name, size)
    windows = [Box(*tier["box"]) for tier in story.data["tiers"]]
    x, y = story.data["origin"]
    looks = story.page.evaluate(_WALK)
    assert len(looks) == 2 * len(story.ids) + story.page.locator("a.claim").count()
    for at, whole, (west, north), (east, south) in looks:
        (left, right), (top, bottom) = mercator([west, east], [north, south])
        seen = Box(float(left), float(top), float(right), float(bottom)).moved(-x, -y)
        assert any(window.contains(seen) for window in (windows[:1] if whole else windows)), at


def test_each_step_across_the_meridian_is_framed_the_short_way(opened: Callable[..., Stage]) -> None:
    story = opened("ocean")
    for ident, middle, width in (("line", 186, 17), ("area", 180.5, 5), ("islands", 183, 10), ("ocean", 184.5, 20)):
        story.go(ident)
        view = story.view()
        assert view["lng"] % 360 == pytest.approx(middle, abs=1)
        assert width < view["east"] - view["west"] < 6 * width + 90 * (ident == "ocean")


def test_an_area_in_two_halves_is_drawn_as_one(opened: Callable[..., Stage]) -> None:
    """Its outline is one ring, and no stroke runs along the meridian."""
    story = opened("ocean")
    assert (story.page.locator("#p_halves").get_attribute("d") or "").count("M") == 1


def test_the_ends_of_a_line_and_their_names_stand_on_both_sides_of_the_meridian(opened: Callable[..., Stage]) -> None:
    story = opened("ocean")
    story.go("line")
    west, east = (next(box for box in story.labels() if box.text == name) for name in ("Anadyr", "Nome"))
    assert 100 < east.left - west.right < 880
    data = next(one for one in story.data["steps"] if one["id"] == "line")
    (measured,) = data["measured"]
    assert measured["box"][2] - measured["box"][0] < WORLD_UNITS / 18


def test_a_view_wider_than_the_world_repeats_the_land(opened: Callable[..., Stage]) -> None:
    story = opened("world", (2560, 800))
    story.go("far")
    zoom_out(story)
    view = story.view()
    assert view["east"] - view["west"] > 360
    assert sum("land" in css.split() for css in story.layers()) >= 2
