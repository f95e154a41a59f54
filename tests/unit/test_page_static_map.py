"""The picture of a step without any script: measured lines, dots, names and a scale that is true."""

from __future__ import annotations

import re
from functools import cache
from math import cos, radians

import pytest

from storymap import earth
from storymap.basemap import Basemap, compose
from storymap.compiler import check
from storymap.inputs import Inputs
from storymap.page.document import frames
from storymap.page.map.drawing import Drawing, draw
from storymap.page.map.scale import all_said, length_said
from storymap.page.map.static_map import StaticMap, scale_bar, static_map
from storymap.page.map.strokes import Stroke, at_zoom
from storymap.page.map.viewport import STATIC_PX, Frame, units_per_px
from storymap.strings import catalogue
from tests.unit.making import BORDER, PLACES, STATION, made, place, step

LONG = {"quote": "long", "distance": {"from": "station", "to": "border"}, "expect": "none"}


@cache
def drawn(*claims: str, show: tuple[str, ...] = ("station", "border"), borders: bool = True) -> StaticMap:
    near = {"quote": "near", "distance": {"from": "station", "to": "quay"}, "expect": "none"}
    again = {"quote": "again", "distance": {"from": "station", "to": "border"}, "expect": "none"}
    known = {"long": LONG, "near": near, "again": again}
    places = [*PLACES, place("quay", {"type": "Point", "coordinates": [131.8805, 43.1104]})]
    story = made(
        step("It is long and near again.", show=list(show), claims=[known[c] for c in claims]),
        places=places,
        basemap={"borders": "true" if borders else "false"},
    )
    return _map_of(*_parts(story))


def _parts(story: Inputs) -> tuple[Drawing, list[Frame], Basemap]:
    checked = check(story)
    framed = frames(checked.resolved.scenes, checked.findings, None)
    basemap = compose([frame.view for frame in framed], borders=False, detail=None)
    pills = dict.fromkeys(checked.findings, "127 km")
    return draw(checked.resolved.scenes, framed, checked.findings, pills, (), basemap.grid), framed, basemap


def _map_of(drawing: Drawing, framed: list[Frame], basemap: Basemap) -> StaticMap:
    return static_map(drawing.steps["one"], framed[0], basemap)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_a_long_line_has_dots_at_both_ends_and_its_number_on_it() -> None:
    for lettering in drawn("long").letterings:
        ends = [dot for dot in lettering.dots if dot.css == "end"]
        assert len(ends) == 2
        (pill,) = lettering.pills
        middle = sum(percent(dot.x) for dot in ends) / 2
        assert abs(percent(pill.x) - middle) < 8


def test_a_line_too_short_to_see_gets_a_ring_and_its_number_beside_it() -> None:
    (wide, _) = drawn("long", "near").letterings
    (ring,) = [dot for dot in wide.dots if dot.css == "ring"]
    assert len(wide.pills) == 2
    for pill in wide.pills:
        x = (percent(ring.x) - percent(pill.x)) / 100 * STATIC_PX[0]
        y = (percent(ring.y) - percent(pill.y)) / 100 * STATIC_PX[1]
        assert not (pill.left < x < pill.left + pill.width and pill.top < y < pill.top + pill.height)


def test_a_line_that_is_measured_twice_is_drawn_once() -> None:
    assert len(drawn("long", "again").measured) == 1
    assert [len(lettering.pills) for lettering in drawn("long", "again").letterings] == [1, 1]


def test_each_picture_has_lettering_for_wide_and_narrow_columns() -> None:
    assert [lettering.css for lettering in drawn("long").letterings] == ["wide", "narrow"]


def test_everything_lies_in_the_picture() -> None:
    for lettering in drawn("long", "near").letterings:
        spots = [(spot.x, spot.y) for kind in (lettering.dots, lettering.texts, lettering.pills) for spot in kind]
        assert spots
        assert all(0 <= percent(axis) <= 100 for spot in spots for axis in spot)


def test_places_are_named_where_they_are() -> None:
    (wide, _) = drawn("long").letterings
    assert "Station" in [text.text for text in wide.texts]


@pytest.mark.parametrize("latitude", [0.0, 43.0, -60.0, 80.0])
@pytest.mark.parametrize("zoom", [1.0, 5.5, 9.6, 14.0])
def test_the_scale_bar_is_as_long_as_it_says(latitude: float, zoom: float) -> None:
    """Along a parallel, on the sphere that web maps are drawn on; true to 0.7 % of the ellipsoid."""
    bar = scale_bar(latitude, zoom)
    units_m = {"km": 1000, "m": 1, "mi": 1609.344, "ft": 0.3048}
    for text, width in ((bar.text, bar.width), (bar.miles, bar.miles_width)):
        number, unit = text.split()
        metres = float(number.replace(",", "")) * units_m[unit]
        width_px = percent(width) / 100 * STATIC_PX[0]
        degrees = width_px * units_per_px(zoom) * 360 / 2**23
        if degrees < 5:  # farther along, a parallel is no shortest line
            assert metres == pytest.approx(earth.inverse((0.0, latitude), (degrees, latitude)), rel=0.007)
        assert metres == pytest.approx(degrees / 360 * 40_075_017 * cos(radians(latitude)), rel=0.001)
        assert 5 < percent(width) <= 20.01
        assert number.replace(",", "").lstrip("1235").strip("0") == ""
    assert bar.text.endswith("m")
    assert bar.miles.endswith(("mi", "ft"))


def test_the_drawing_holds_each_geometry_once_and_all_that_is_used() -> None:
    story = made(
        step("It is long.", show=["station", "border"], claims=[LONG]),
        {"title": "Two", "text": "More.", "show": ["border", "island"]},
    )
    drawing, _, _ = _parts(story)
    ids = [shape.id for shape in drawing.shapes]
    assert sorted(ids) == ["m_c1", "p_border", "p_island"]
    used = {stroke.shape for one in drawing.steps.values() for stroke in one.strokes}
    used |= {measured.stroke.shape for one in drawing.steps.values() for measured in one.measured}
    assert used == set(ids)


def test_paths_are_relative_and_whole_numbers() -> None:
    drawing, (frame,), basemap = _parts(made(step(show=["border"])))
    (shape,) = drawing.shapes
    x, y = (float(v) for v in basemap.grid.project(*BORDER["coordinates"][0]))
    start = [int(number) for number in re.findall(r"-?\d+", shape.d)[:2]]
    assert start == pytest.approx([x, y], abs=units_per_px(frame.drawn_for) / 8)
    assert set(shape.d) <= set("Ml z-0123456789")


@pytest.mark.parametrize(
    ("kind", "geometry", "style"),
    [
        ("railway", BORDER, ["rail subject", "rail inlay"]),
        ("bridge", BORDER, ["bridge casing", "bridge subject"]),
        ("river-border", BORDER, ["river subject", "border subject"]),
        ("path", BORDER, ["line casing", "line subject"]),
        ("island", PLACES[2]["geometry"], ["area subject"]),
    ],
)
def test_a_place_is_drawn_as_what_it_is(kind: str, geometry: dict[str, object], style: list[str]) -> None:
    drawing, _, _ = _parts(made(step(show=["x"]), places=[place("x", geometry, kind=kind)]))
    assert [stroke.css for stroke in drawing.steps["one"].strokes] == style


@pytest.mark.parametrize("kind", ["path", "railway", "border", "bridge", "river"])
def test_a_line_drawn_by_hand_is_dashed_whatever_it_is_and_so_is_what_is_measured_along_it(kind: str) -> None:
    stated = {"length_m": 17_000, "uncertainty_m": 100, "source": "a table"}
    sketch = place("x", BORDER, kind=kind, schematic=True, stated=stated)
    claim = {"quote": "long", "length": "x", "expect": "none"}
    for style in ("subject", "context"):
        shown = [{"place": "x", "style": style}]
        drawing, _, _ = _parts(made(step("It is long.", show=shown, claims=[claim]), places=[sketch]))
        (line,) = [s.css for s in drawing.steps["one"].strokes if s.css.split()[1] == style]
        assert "schematic" in line
        assert "schematic" in drawing.steps["one"].measured[0].stroke.css


@pytest.mark.parametrize(
    ("zoom", "drawn_as"), [(9.0, {"river"}), (10.0, {"river near"}), (11.0, {"river near closer"})]
)
def test_a_river_is_broader_on_a_closer_map(zoom: float, drawn_as: set[str]) -> None:
    assert {at_zoom(Stroke("x", "river", closed=False), zoom).css} == drawn_as
    assert at_zoom(Stroke("x", "line subject", closed=False), zoom).css == "line subject"


def test_several_points_of_one_place_have_its_name() -> None:
    several = place("ferries", {"type": "MultiPoint", "coordinates": [[131.8, 43.1], [131.9, 43.2]]})
    drawing, _, _ = _parts(made(step(show=["ferries", "station"]), places=[several, place("station", STATION)]))
    assert sorted(name.text for name in drawing.steps["one"].names) == ["Ferries", "Station"]


def test_a_measured_line_has_ends_on_the_places_it_joins() -> None:
    drawing, _, basemap = _parts(made(step("It is long.", claims=[LONG])))
    (measured,) = drawing.steps["one"].measured
    x, y = basemap.grid.project(*STATION["coordinates"])
    assert (round(float(x)), round(float(y))) in measured.ends
    assert len(measured.ends) == 2


@pytest.mark.parametrize(
    "language,said",
    [
        ("en", ["50 km", "30 mi", "500 m"]),
        ("fr", ["50\u202fkm", "30\u00a0miles", "500\u202fm"]),
        ("ru", ["50\u00a0км", "30\u00a0миль", "500\u00a0м"]),
        ("ar", ["50\u00a0كم", "30\u00a0ميلاً", "500\u00a0متر"]),
        ("ko", ["50km", "30마일", "500m"]),
        ("zh", ["50公里", "30英里", "500米"]),
    ],
)
def test_a_scale_bar_speaks_the_pages_language(language: str, said: list[str]) -> None:
    """On a static map, and on the moving one, which is told of every length that its bar can come to."""
    forms = catalogue(language).numbers
    lengths = [length_said(count, unit, forms) for count, unit in ((50, "km"), (30, "mi"), (500, "m"))]
    assert [length.replace(" ", "\u00a0") for length in lengths] == [one.replace(" ", "\u00a0") for one in said]
    told = dict(pair.split("=") for pair in all_said(forms).split("|") if pair)
    plain = ("50 km", "30 mi", "500 m")
    assert [told.get(one, one) for one in plain] == lengths
    assert all(one != other for one, other in told.items())


def test_a_scale_bar_stands_in_the_other_corner_where_a_line_ends_under_it() -> None:
    """From the south-west to the north-east, at the width of a phone."""
    far = place("far", {"type": "Point", "coordinates": [125.75, 39.03]})
    near = place("near", {"type": "Point", "coordinates": [131.88, 43.11]})
    claim = {"quote": "long", "distance": {"from": "far", "to": "near"}, "expect": "none"}
    story = made(step("It is long.", show=["far", "near"], claims=[claim]), places=[far, near])
    bar = _map_of(*_parts(story)).scale
    assert percent(bar.x) + percent(bar.longer) == pytest.approx(98.8)


def test_what_is_lettered_alike_at_both_widths_is_written_once() -> None:
    picture = drawn("long")
    for whole, own in zip(picture.letterings, picture.own, strict=True):
        assert set(whole.dots) == {*picture.shared.dots, *own.dots}
        assert set(whole.texts) == {*picture.shared.texts, *own.texts}
        assert set(whole.pills) == {*picture.shared.pills, *own.pills}
        assert not {*picture.shared.dots, *picture.shared.texts} & {*own.dots, *own.texts}
    assert picture.shared.dots
