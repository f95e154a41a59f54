"""The ruler: what an argument means, what is measured of it, and how it is told. It never differs from a claim."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from pyproj import Geod

from storymap import earth
from storymap.compiler import check
from storymap.places import Atlas, read_places
from storymap.problems import ToolError
from storymap.ruler import (
    Alone,
    Asked,
    Between,
    RulerError,
    alone,
    as_data,
    as_lines,
    between,
    read_asked,
    read_atlas,
    read_uncertainty,
    swap_hint,
)
from storymap.ruler.degrees import AS_TYPED, as_decimal, as_dms, half_digit_m
from storymap.scene import Verdict
from storymap.strings import catalogue
from tests.unit.making import BORDER, ISLAND, PLACES, PLACES_FILE, STATION, made, place, step
from tests.unit.test_words import STRANGE, english_in

SCHEMATIC = place("sketch", BORDER, schematic=True)
ON_ISLAND = place("camp", {"type": "Point", "coordinates": [131.85, 42.98]}, source="a map", license="CC0-1.0")
RAIL = place("rail", {"type": "LineString", "coordinates": [[131.88, 43.11], [131, 43.2], [130.65, 42.4]]})
PUBLISHED = {"length_m": 190_000, "uncertainty_m": 500, "source": "made up"}
TRACK = place("track", RAIL["geometry"], schematic=True, stated=PUBLISHED)
BARE = place("bare", {"type": "Point", "coordinates": [132, 43]}, uncertainty_m=None)
ATLAS = read_places(
    json.dumps({"type": "FeatureCollection", "features": [*PLACES, SCHEMATIC, ON_ISLAND, RAIL, TRACK, BARE]}).encode(),
    "p",
)[0]
ENGLISH = catalogue()


def asked(text: str) -> Asked:
    return read_asked(text, lambda: ATLAS)


def two(a: str, b: str, line: str | None = None) -> Between:
    return between(asked(a), asked(b), asked(line) if line else None)


def one(text: str) -> Alone:
    return alone(asked(text))


def no_places() -> Atlas:
    raise AssertionError("no id was asked for")


# What an argument means


def test_an_id_is_a_place_of_the_places_file() -> None:
    found = asked("station")
    assert (found.place, found.origin, found.basis) == (ATLAS["station"], "places", "places")
    assert asked("bare").basis == "unknown"


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("43.1112, 131.8819", 43.1112, 131.8819),
        ("43.1112,131.8819", 43.1112, 131.8819),
        ("43.1112 131.8819", 43.1112, 131.8819),
        ("(43.1112, 131.8819)", 43.1112, 131.8819),
        ("[43.1112, 131.8819]", 43.1112, 131.8819),
        ("  43.1112,\u00a0131.8819\n", 43.1112, 131.8819),
        ("-33.86, 151.21", -33.86, 151.21),
        ("−33.86, −151.21", -33.86, -151.21),
        (".5, -.5", 0.5, -0.5),
        ("43°06′40″N 131°52′55″E", 43 + 6 / 60 + 40 / 3600, 131 + 52 / 60 + 55 / 3600),
        ("43°06'40\"N, 131°52'55\"E", 43 + 6 / 60 + 40 / 3600, 131 + 52 / 60 + 55 / 3600),
        ("131° 52’ 55” E 43° 6’ 40” S", -(43 + 6 / 60 + 40 / 3600), 131 + 52 / 60 + 55 / 3600),
        ("33.86° S, 151.21° E", -33.86, 151.21),
    ],
)
def test_a_position_is_read_as_people_copy_it_latitude_first(text: str, lat: float, lon: float) -> None:
    found = read_asked(text, no_places)
    at = found.place.geometry
    assert isinstance(at, shapely.Point)
    assert (at.y, at.x) == pytest.approx((lat, lon), abs=1e-12)
    assert (found.origin, found.basis) == ("typed", "digits")


@pytest.mark.parametrize(
    ("text", "u"),
    [
        ("0, 0", math.hypot(55_287, 55_660)),
        ("43.1112, 131.8819", math.hypot(5.554, 4.069)),
        ("43.11, 131.8819", math.hypot(555.4, 4.069)),
        ("43.10, 131.80", math.hypot(555.4, 407.0)),
        ("43.11123, 131.88191", 1.0),
        ("43.111234567890123, 131.88190123456789", 1.0),
        ("43°06′40″N 131°52′55″E", math.hypot(15.43, 11.30)),
        ("43°06′40.0″N 131°52′55.0″E", math.hypot(1.543, 1.130)),
        ("43°06.7′N 131°52.9′E", math.hypot(92.57, 67.8)),
        ("43°N 131°E", math.hypot(55_540, 40_760)),
        ("90, 0", 55_847),
    ],
)
def test_a_typed_position_is_good_to_half_its_last_digit_and_to_a_metre_at_best(text: str, u: float) -> None:
    """Worked out with 111,089 m and 81,390 m for a degree at 43.11° N; both directions count, by Pythagoras."""
    assert read_asked(text, no_places).place.uncertainty_m == pytest.approx(u, rel=0.003)


@pytest.mark.parametrize(
    ("text", "why", "help"),
    [
        ("statoin", "there is no place 'statoin'", "did you mean 'station'?"),
        ("isl", "there is no place 'isl'", "did you mean 'island'?"),
        ("a", "there is no place 'a'", "did you mean 'station', 'island', 'camp', 'rail', 'track' or 1 more?"),
        (
            "Ωμέγα",
            "there is no place 'Ωμέγα'",
            'name the id of a place of the places file (or another file: --places), or type "43.1112',
        ),
        ("131.8819, 43.1112", "it looks swapped", 'type "43.1112, 131.8819": latitude first, then longitude'),
        ("95, 200", "is no place on earth", 'type "43.1112, 131.8819", latitude first'),
        ("43.1112,", "'43.1112,' is no position", "put quotes round the whole"),
        ("131.8819", "is no position", "put quotes round the whole"),
        ("43°06′40″N", "is no position", "put quotes round the whole"),
        ("43,1112, 131,8819", "is no position", 'type "43.1112, 131.8819": a point before decimals'),
        ("43.1, 131.9, 20", "is no position", 'type "43.1112, 131.8819", latitude first'),
        ("43°06′40″N 44°06′40″N", "is no position", 'type "43.1112, 131.8819", latitude first'),
        ("nowhere.geojson", "there is no file 'nowhere.geojson'", "check the path"),
        ("nowhere.json#a", "there is no file 'nowhere.json'", "check the path"),
    ],
)
def test_what_means_no_place_is_told_with_what_to_type(text: str, why: str, help: str) -> None:
    with pytest.raises(RulerError) as caught:
        asked(text)
    assert why in caught.value.message
    assert help in caught.value.help


def test_the_places_of_a_project_are_found_from_any_folder_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "stories").mkdir()
    (tmp_path / "other.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [place("rock", STATION)]})
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RulerError, match="belongs to no project"):
        read_atlas(tmp_path, None)
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    assert set(read_atlas(tmp_path / "stories", None)[0]) == {"station", "border", "island"}
    assert set(read_atlas(tmp_path, "other.geojson")[0]) == {"rock"}


@pytest.mark.parametrize(("text", "metres"), [("100m", 100), ("100 m", 100), ("1.5km", 1500), ("1 mile", 1609.344)])
def test_an_uncertainty_is_a_length(text: str, metres: float) -> None:
    assert read_uncertainty(text) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["", "100", "about 100 m", "1-2 km", "3 h", "0 m", "-5 m"])
def test_what_is_no_length_is_no_uncertainty(text: str) -> None:
    with pytest.raises(RulerError, match="--uncertainty"):
        read_uncertainty(text)


def test_an_uncertainty_given_is_for_positions_that_do_not_say_it() -> None:
    for text, expected, basis in (("station", 50, "places"), ("43.1, 131.9", 70, "option"), ("bare", 70, "option")):
        found = asked(text).or_known_to(70)
        assert (found.place.uncertainty_m, found.basis) == (expected, basis)
    assert asked("bare").or_known_to(None).basis == "unknown"


# GeoJSON files

File = Callable[[Any], str]
SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
BESIDE = [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """A function that writes data as a file and returns its path."""

    def write(data: Any) -> str:
        path = tmp_path / "shape.geojson"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return str(path)

    return write


def feature(geometry: Any, **members: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": geometry, **members}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


@pytest.mark.parametrize(
    "data",
    [
        STATION,
        feature(STATION),
        feature(STATION, properties=None),
        feature(STATION, properties={"source": 3, "license": [], "kind": 1, "min_zoom": "x"}),
        collection(feature(STATION)),
        {"type": "GeometryCollection", "geometries": [STATION]},
    ],
)
def test_a_file_may_be_a_feature_a_collection_or_a_bare_geometry(file: File, data: Any) -> None:
    found = read_asked(file(data), no_places)
    assert shapely.equals(found.place.geometry, shapely.Point(131.88, 43.11))
    assert (found.place.name, found.origin, found.basis) == ("shape", "file", "unknown")


def test_the_features_of_a_file_are_one_place_together(file: File) -> None:
    one_kind = read_asked(file(collection(feature(STATION), feature(STATION))), no_places)
    assert one_kind.place.geometry.geom_type == "MultiPoint"
    all_kinds = read_asked(file(collection(*map(feature, (STATION, BORDER, ISLAND)))), no_places)
    assert all_kinds.place.geometry.geom_type == "GeometryCollection"
    found = alone(all_kinds)
    assert None not in (found.length, found.area, found.perimeter)


def test_areas_that_share_an_edge_or_overlap_count_once(file: File) -> None:
    def size(*rings: Any) -> float:
        polygons = [feature({"type": "Polygon", "coordinates": ring}) for ring in rings]
        area = alone(read_asked(file(collection(*polygons)), no_places)).area
        assert area is not None
        return area.measured.value

    assert size(SQUARE, SQUARE) == pytest.approx(size(SQUARE), rel=1e-12)
    assert size(SQUARE, BESIDE) == pytest.approx(size(SQUARE) + size(BESIDE), rel=1e-12)


def test_one_feature_of_a_file_is_named_by_its_id_or_its_name(file: File) -> None:
    named = feature(ISLAND, properties={"name": "Île d’Or"})
    data = collection(feature(STATION, id="a"), feature(BORDER, properties={"id": "b"}), named, feature(STATION, id=7))
    path = file(data)
    for name, kind in (("a", "Point"), ("b", "LineString"), ("Île d’Or", "Polygon"), ("7", "Point")):
        assert read_asked(f"{path}#{name}", no_places).place.geometry.geom_type == kind
    with pytest.raises(RulerError, match="has no feature 'Ile d'Or'") as caught:
        read_asked(f"{path}#Ile d'Or", no_places)
    assert caught.value.help == "did you mean 'Île d’Or'?"


def test_a_file_says_its_uncertainty_for_all_or_for_each(file: File) -> None:
    near, far = (feature(STATION, properties={"uncertainty_m": u}) for u in (10, 90))
    for data, u in (
        (near, 10),
        (collection(near, far), 90),
        (collection(near, feature(STATION)), None),
        (collection(near, feature(STATION), defaults={"uncertainty_m": 40}), 40),
    ):
        found = read_asked(file(data), no_places)
        assert (found.place.uncertainty_m, found.basis) == (u, "unknown" if u is None else "file")
        assert found.or_known_to(5).place.uncertainty_m == (u or 5)


def test_edges_are_those_of_the_file_else_those_asked_for(file: File) -> None:
    said = feature(BORDER, properties={"edges": "geodesic"})
    assert read_asked(file(BORDER), no_places).place.edges == "planar"
    assert read_asked(file(BORDER), no_places, edges="geodesic").place.edges == "geodesic"
    assert read_asked(file(said), no_places, edges="planar").place.edges == "geodesic"
    with pytest.raises(RulerError, match="some edges are planar and some geodesic"):
        read_asked(file(collection(said, feature(BORDER))), no_places)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "is not GeoJSON"),
        ({}, "is not GeoJSON"),
        (collection(), "holds no feature"),
        ({"type": "FeatureCollection"}, "holds no feature"),
        (collection(3), "'feature-1': 'geometry' must be an object"),
        ({"type": "Topology"}, "there is no geometry type 'Topology'"),
        (feature(None), "there is no geometry"),
        (feature({"type": "Point", "coordinates": [43.11, 131.88]}), "is outside the world"),
        (feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}), "is not closed"),
        (feature(STATION, properties={"uncertainty_m": 0}), "'uncertainty_m' must be a number of metres above 0"),
        (collection(feature(STATION), crs={"properties": {"name": "EPSG:3857"}}), "another coordinate system"),
    ],
)
def test_a_file_that_cannot_be_measured_says_why(file: File, data: Any, why: str) -> None:
    with pytest.raises(RulerError) as caught:
        read_asked(file(data), no_places)
    assert why in caught.value.message
    assert "shape.geojson" in caught.value.message
    assert caught.value.help


def test_a_file_that_the_machine_cannot_read_is_its_fault(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").mkdir()
    with pytest.raises(RulerError, match="is not a file"):
        read_asked(str(tmp_path / "a.geojson"), no_places)
    (tmp_path / "loop.geojson").symlink_to("loop.geojson")
    with pytest.raises(ToolError, match="cannot read"):
        read_asked(str(tmp_path / "loop.geojson"), no_places)


# What is measured


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        ({"distance": {"from": "station", "to": "border"}}, lambda: two("station", "border").distance),
        ({"distance": {"from": "border", "to": "island"}}, lambda: two("border", "island").distance),
        (
            {"distance": {"from": "island", "to": "border", "along": "rail"}},
            lambda: two("island", "border", "rail").along,
        ),
        ({"length": "border"}, lambda: one("border").length),
        ({"area": "island"}, lambda: one("island").area),
        ({"perimeter": "island"}, lambda: one("island").perimeter),
    ],
)  # fmt: skip
def test_the_ruler_measures_what_a_claim_measures(measure: dict[str, Any], found: Callable[[], Any]) -> None:
    claims = [{"quote": "short", "expect": "none", **measure}]
    (finding,) = check(made(step(claims=claims), places=[*PLACES, RAIL])).findings.values()
    assert found().measured == finding.headline.measurement
    assert found().known


def test_bearings_are_those_of_the_geodesic_at_either_end() -> None:
    there, back, _ = Geod(ellps="WGS84").inv(131.8819, 43.1112, -118.24, 34.05)
    direction = two("43.1112, 131.8819", "34.05, -118.24").direction
    assert direction is not None
    assert (direction.there_deg, direction.back_deg) == pytest.approx((there % 360, back % 360), abs=1e-9)


def test_a_bearing_is_as_uncertain_as_the_places_and_none_within_their_reach() -> None:
    found = two("station", "border")
    assert found.direction is not None
    u = found.distance.measured.high - found.distance.measured.value
    assert found.direction.u_deg == pytest.approx(math.degrees(math.asin(u / found.distance.measured.value)))
    assert two("43.11, 131.88", "43.12, 131.88").direction is None
    assert two("station", "station").direction is None


def test_nearest_points_lie_on_both_places_at_the_distance() -> None:
    found = two("border", "island")
    assert earth.inverse(found.on_a, found.on_b) == pytest.approx(found.distance.measured.value, abs=1e-3)
    for position, name in ((found.on_a, "border"), (found.on_b, "island")):
        assert earth.nearest(shapely.Point(position), ATLAS[name].geometry).distance_m < 1e-3


@pytest.mark.parametrize(
    ("a", "b", "margin", "says"),
    [
        ("camp", "island", 1, "yes, inside Island"),
        ("island", "camp", 1, "yes, inside Island"),
        ("station", "island", None, "no, outside of Island"),
        ("42.95, 131.8", "island", 0, "in part: it crosses or touches the edge of Island"),
        (
            "42.951, 131.80",
            "island",
            1,
            "too close to say: drawn inside Island, nearer to its edge than the uncertainty",
        ),
    ],
)
def test_of_an_area_it_says_whether_the_other_lies_inside(a: str, b: str, margin: int | None, says: str) -> None:
    found = two(a, b)
    assert found.inside is not None
    assert found.inside.area.id == "island"
    figure = found.inside.margin
    assert (figure and (figure.measured.value > 0) - (figure.measured.value < 0)) == margin
    assert any(line.endswith(says) for line in as_lines(found, ENGLISH) if line.startswith("inside"))


def test_a_point_has_a_position_and_a_line_two_ends() -> None:
    assert one("station").at == (131.88, 43.11)
    assert one("border").ends == ((130.64, 42.42), (130.7, 42.29))
    assert (one("island").at, one("island").ends) == (None, None)


def test_a_sketch_without_a_published_length_is_not_measured() -> None:
    with pytest.raises(RulerError, match="drawn schematically"):
        one("sketch")
    with pytest.raises(RulerError, match="not a line"):
        two("station", "border", "island")


def test_without_an_uncertainty_the_value_stands_and_no_interval() -> None:
    found = two("bare", "station")
    assert not found.distance.known
    lines = as_lines(found, ENGLISH)
    assert "distance        15.65 km, uncertainty unknown" in lines
    assert "uncertainty     unknown  Bare; say --uncertainty 100m, or give it an uncertainty_m" in lines
    data = as_data(found, ENGLISH)
    assert (data["distance"]["low"], data["distance"]["high"]) == (None, None)
    assert data["bearing"]["uncertainty_deg"] is None
    assert data["claim"] is None


def test_a_position_that_is_far_off_only_as_it_was_typed_is_suspected() -> None:
    """43 N 80 E and 80 N 43 E are both places on earth; nothing but the distance tells them apart."""
    found = two("43.1, 80.0", "80.1, 43.2")
    assert swap_hint(found, ENGLISH).startswith(
        "hint: latitude and longitude may be swapped in 43.1, 80.0 or in 80.1, 43.2: they would be 12 km apart."
    )
    for a, b in (("43.1, 80.0", "43.2, 80.1"), ("station", "34.05, -118.24"), ("10, 50", "60, -70")):
        assert swap_hint(two(a, b), ENGLISH) == ""
    assert swap_hint(one("station"), ENGLISH) == ""


# How it is told


def test_two_places_are_told_in_short_lines() -> None:
    assert as_lines(two("camp", "border"), ENGLISH) == [
        "Straight line from Camp to the nearest point of Border",
        "",
        "distance        117.0 km ± 0.1 km",
        "                72.73 miles ± 0.07 miles",
        "                63.20 nautical miles ± 0.06 nautical miles",
        "nearest points  42.9800, 131.8500  Camp",
        "                42.4200, 130.6400  Border",
        "bearing         238° (west-south-west), and back 57° (east-north-east)",
        "uncertainty     50 m  Camp",
        "                50 m  Border",
        "source          a map (CC0-1.0)",
        "                made up",
        "",
        "As a claim, with the words of your text as the quote:",
        "- quote: about 120 km",
        "  distance: {from: camp, to: border}",
    ]


def test_a_point_is_told_as_a_position_to_copy() -> None:
    assert as_lines(one("station"), ENGLISH)[2:4] == [
        "position     43.1100, 131.8800",
        "             43°06′36.0″N 131°52′48.0″E",
    ]
    assert as_lines(one("-33.86, 151.21"), ENGLISH)[2:5] == [
        "position     -33.86, 151.21",
        "             33°51′36″S 151°12′36″E",
        "uncertainty  800 m  -33.86, 151.21, half of its last digit",
    ]


def test_what_another_row_says_is_not_told_again() -> None:
    lines = as_lines(one("island"), ENGLISH)
    assert not any("is known to 50 m" in line for line in lines)
    assert "uncertainty  50 m  Island" in lines


def test_a_position_typed_too_finely_is_told_so() -> None:
    lines = as_lines(one("43.1112345, 131.8819012"), ENGLISH)
    assert lines[2] == "position     43.11123, 131.88190"
    assert lines[4].endswith("1 m  43.1112345, 131.8819012, the best that a typed position is taken for")


def test_a_line_drawn_coarsely_is_told_with_both_ends_of_its_interval() -> None:
    lines = as_lines(one("rail"), ENGLISH)
    assert any("so it lies in" in line for line in lines)
    assert not any("so it lies in" in line for line in as_lines(one("border"), ENGLISH))


@pytest.mark.parametrize("u", [0.5, 1, 6.9, 20, 100, 200, 450, 3_000, 20_000, 200_000, None])
@pytest.mark.parametrize("position", [(131.88190123, 43.11123456), (-0.00004, -0.00004), (-179.99999, 89.99999)])
def test_a_position_that_is_copied_moves_by_less_than_its_uncertainty(
    position: tuple[float, float], u: float | None
) -> None:
    """So what `measure` prints can be given to `measure` again. Without an uncertainty a metre is kept."""
    for text in (as_decimal(position, u), as_dms(position, u)):
        at = read_asked(text, no_places).place.geometry
        assert isinstance(at, shapely.Point)
        assert earth.inverse((at.x, at.y), position) < (2.5 if u is None else u / 3)


@pytest.mark.parametrize("text", ["43.1112, 131.8819", "-33.86, 151.21", "0, 0", "89.5, 0.5", "60.0, -120.0"])
def test_a_typed_position_keeps_its_digits(text: str) -> None:
    lat, lon = (float(number) for number in text.split(","))
    u = half_digit_m(text, (lon, lat))
    assert as_decimal((lon, lat), u, spare=AS_TYPED) == text


@pytest.mark.parametrize("text", ["43°06′40″N 131°52′55″E", "33°51′36.5″S 151°12′36.5″E", "43°06′N 131°52′W"])
def test_so_do_degrees_minutes_and_seconds(text: str) -> None:
    found = alone(read_asked(text, no_places))
    assert found.at is not None
    assert as_dms(found.at, found.asked.place.uncertainty_m, spare=AS_TYPED) == text


@pytest.mark.parametrize(
    "found",
    [two("station", "border"), two("camp", "island"), two("station", "border", "track"), one("border"), one("island")],
    ids=["distance", "within", "along", "length", "area"],
)
def test_the_claim_that_is_told_holds_when_it_is_pasted(found: Between | Alone) -> None:
    lines = as_lines(found, ENGLISH)
    (claim,) = yaml.safe_load(
        "\n".join(lines[lines.index("As a claim, with the words of your text as the quote:") + 1 :])
    )
    checked = check(made(step(f"It is {claim['quote']}.", claims=[claim]), places=[*PLACES, ON_ISLAND, TRACK]))
    assert [finding.verdict for finding in checked.findings.values()] == [Verdict.HOLDS]
    assert checked.warnings == ()


@pytest.mark.parametrize(
    "found", [two("station", "43.1, 131.9"), two("bare", "station"), two("station", "station"), one("station")]
)
def test_what_no_story_could_claim_is_told_without_a_claim(found: Between | Alone) -> None:
    assert not any("quote" in line for line in as_lines(found, ENGLISH))


def test_all_words_come_from_the_catalogue(file: File) -> None:
    shapes = (("q", STATION), ("w", BORDER), ("z", ISLAND))
    greek = [place(name, shape, name="Όρ", source="Πη") for name, shape in shapes]
    atlas = read_places(json.dumps(collection(*greek)).encode(), "p")[0]
    q, w, z = (read_asked(name, lambda: atlas) for name in "qwz")
    inside, unsure = read_asked("42.98, 131.85", no_places), read_asked("42.951, 131.80", no_places)
    mixed = read_asked(file(collection(*map(feature, (STATION, BORDER, ISLAND)))), no_places)
    found = [between(q, w), between(q, w, w), between(inside, z), between(unsure, z), between(q, z), between(q, mixed)]
    everything: list[Between | Alone] = [*found, *map(alone, (q, w, z))]
    shown = [line for told in everything for line in as_lines(told, STRANGE)]
    # The keys of a claim, and a file's name, are the same in every language.
    told = [line for line in shown if ": " not in line and "shape" not in line]
    assert len(told) > 60
    assert {line for line in told if english_in(line)} == set()


def test_the_data_are_plain_and_in_si_units() -> None:
    data = json.loads(json.dumps(as_data(two("station", "border", "rail"), ENGLISH), allow_nan=False))
    assert data["from"]["id"] == "station"
    assert data["from"]["uncertainty_m"] == 50
    assert data["distance"]["value"] == pytest.approx(127_200, rel=0.01)
    assert data["distance"]["high"] - data["distance"]["value"] == pytest.approx(100)
    assert data["distance"]["shown"][0] == "127.2 km ± 0.1 km"
    assert data["distance_along"]["value"] > data["distance"]["value"]
    assert data["nearest"][0] == {"lat": 43.11, "lon": 131.88}
    assert data["along"]["id"] == "rail"
    assert data["inside"] is None
    area = json.loads(json.dumps(as_data(one("island"), ENGLISH), allow_nan=False))
    assert (area["area"]["unit"], area["perimeter"]["unit"], area["length"]) == ("m²", "m", None)
    assert area["claim"].startswith("- quote: about ")
