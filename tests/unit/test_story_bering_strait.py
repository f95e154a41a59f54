"""The story “Where Russia and America meet”: how each claim turns out, and what its figures are held against."""

import math
from functools import cache
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from storymap.compiler import Checked, check_file
from storymap.places import read_places
from storymap.scene import Finding
from storymap.story import (
    AreaDoc,
    CountDoc,
    CrossesDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    WithinDoc,
)

DATA = Path(__file__).parents[2] / "data"
STORY = DATA.parent / "stories" / "bering-strait.yaml"
PLACES = DATA / "bering-strait.geojson"


@cache
def checked() -> Checked:
    return check_file(STORY)


def finding(step: str, quote: str) -> Finding:
    (found,) = (f for f in checked().findings.values() if (f.step_id, f.quote) == (step, quote))
    return found


@cache
def shape(name: str) -> BaseGeometry:
    return read_places(PLACES.read_bytes(), PLACES.name)[0][name].geometry


def test_every_figure_of_the_prose_is_claimed_or_set_aside_and_every_verdict_is_the_expected_one() -> None:
    assert checked().warnings == ()
    assert checked().passes


@pytest.mark.parametrize(
    "step,quote,kind,verdicts",
    [
        ("strait", "about 82 kilometres", "distance", "holds"),
        ("strait", "53 miles", "distance", "too-close"),
        ("strait", "about 55 miles", "distance", "fails, too-close"),
        ("diomedes", "to the north-west of Little Diomede", "direction", "holds"),
        ("diomedes", "3.8 kilometres", "distance", "too-close"),
        ("diomedes", "2 miles", "distance", "too-close"),
        ("diomedes", "less than three miles apart", "distance", "holds"),
        ("swim", "2.7-mile stretch of water", "distance", "too-close"),
        ("swim", "less than a mile from either shore", "distance", "holds, holds"),
        ("swim", "about 2 km from each island", "distance", "fails, fails"),
        ("in-sight", "about 27 miles away", "distance", "holds"),
        ("in-sight", "about 25 miles from the mainland of Alaska", "distance", "too-close"),
        ("in-sight", "about 40 kilometres", "distance", "holds"),
        ("st-lawrence", "more than 115 miles", "distance", "holds"),
        ("st-lawrence", "45 miles", "distance", "holds"),
        ("st-lawrence", "36 miles", "distance", "fails, fails"),
        ("st-lawrence", "50 nautical miles", "distance", "fails, fails"),
        ("friendship-flight", "45 minutes later", "interval", "holds"),
        ("friendship-flight", "230 miles away", "distance", "holds"),
        ("friendship-flight", "100 miles below the Arctic Circle", "distance", "fails, fails"),
        (
            "friendship-flight",
            "The two are the only towns of more than 2,000 people within 300 km of Little Diomede",
            "count",
            "holds",
        ),
        ("line", "crosses the 180th meridian", "crosses", "holds"),
        ("line", "about 640 km", "length", "holds"),
        ("line", "about 170 km from either", "distance", "holds, holds"),
        ("attu", "in the eastern hemisphere", "within", "holds"),
        ("attu", "some 1,500 miles away", "distance", "holds"),
        ("attu", "to the north-east", "direction", "holds"),
        ("attu", "about 210 miles away", "distance", "holds"),
        ("wrangel", "cuts across Wrangel Island", "crosses", "holds"),
        ("wrangel", "7,608 square kilometres", "area", "too-close"),
        ("wrangel", "140 km from the mainland", "distance", "holds"),
        ("alaska", "nearly 600,000 square miles", "area", "holds"),
        ("alaska", "More than six and a half months later", "interval", "holds"),
        ("alaska", "more than 4,000 km", "distance", "holds"),
    ],
)
def test_each_claim_and_each_further_reading_of_it_has_this_verdict(
    step: str, quote: str, kind: str, verdicts: str
) -> None:
    found = finding(step, quote)
    assert found.kind == kind
    assert ", ".join(reading.verdict for reading in (found.headline, *found.also)) == verdicts


def test_no_claim_is_missing_in_that_table_and_eight_kinds_are_in_use() -> None:
    claims = [claim for scene in checked().resolved.scenes for claim in scene.claims]
    assert len(claims) == 34
    assert {type(claim.measure) for claim in claims} == {
        AreaDoc,
        CountDoc,
        CrossesDoc,
        DirectionDoc,
        DistanceDoc,
        IntervalDoc,
        LengthDoc,
        WithinDoc,
    }


@pytest.mark.parametrize(
    "step,quote,published,within",
    [
        ("strait", "about 82 kilometres", 82e3, 1e3),  # NASA Earth Observatory
        ("diomedes", "3.8 kilometres", 3.85e3, 0.3e3),  # NASA 3.8, ViewSpace 3.9
        ("in-sight", "about 40 kilometres", 40e3, 3e3),  # NASA Earth Observatory
        ("st-lawrence", "45 miles", 72e3, 1.5e3),  # Alaska Earthquake Center
        ("friendship-flight", "230 miles away", 230 * 1609.344, 8e3),  # UPI; Alaska Beacon
        ("attu", "about 210 miles away", 208 * 1609.344, 11e3),  # Wikipedia
        ("attu", "some 1,500 miles away", 1500 * 1609.344, 45e3),  # Wikipedia
        ("wrangel", "140 km from the mainland", 140e3, 1e3),  # Wikipedia
        ("wrangel", "7,608 square kilometres", 7608e6, 250e6),  # World Heritage list
        ("alaska", "nearly 600,000 square miles", 586_412 * 2.589988e6, 15e9),  # land and inland waters
    ],
)
def test_what_is_measured_agrees_with_what_others_published(
    step: str, quote: str, published: float, within: float
) -> None:
    assert finding(step, quote).headline.measurement.value == pytest.approx(published, abs=within)


def test_three_places_and_the_boundary_lie_on_both_sides_of_180_degrees_in_one_piece() -> None:
    """What crosses 180° keeps counting its degrees, so that no edge runs back round the earth."""
    for name in ("wrangel-island", "boundary"):
        west, _, east, _ = shape(name).bounds
        assert west < 180 < east
        assert east - west < 10
    west, _, east, _ = shape("alaska").bounds
    assert west < -180 < east < -129
    assert shape("wrangel-island").geom_type == "Polygon"


def test_the_boundary_keeps_to_the_arcs_and_the_rhumb_line_by_which_the_agreement_explains_its_points() -> None:
    """Points 36 and 37 lie 200 nautical miles from one centre, 38 and 39 from another; 37 and 38 on one rhumb line."""
    points = shapely.get_coordinates(shape("boundary"))
    assert len(points) == 24
    for centre, pair in (
        ((360 - _degrees(173, 6, 54), _degrees(60, 38, 23)), points[6:8]),
        ((_degrees(179, 5, 34), _degrees(62, 16, 9)), points[8:10]),
    ):
        for point in pair:
            assert _distance_km(centre, tuple(point)) == pytest.approx(200 * 1.852, abs=0.8)
    start, end = (188.0, _degrees(64, 5, 8)), tuple(shapely.get_coordinates(shape("midway-point"))[0])
    for lon, lat in points[7:9]:
        share = (_isometric(lat) - _isometric(start[1])) / (_isometric(end[1]) - _isometric(start[1]))
        assert lon == pytest.approx(start[0] + share * (end[0] - start[0]), abs=0.0005)


def _degrees(degrees: int, minutes: int, seconds: int) -> float:
    return degrees + minutes / 60 + seconds / 3600


def _isometric(latitude: float) -> float:
    phi, e = math.radians(latitude), 0.0818192
    return math.asinh(math.tan(phi)) - e * math.atanh(e * math.sin(phi))


def _distance_km(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the distance on a sphere of the radius that the ellipsoid has near 60° (mean of both curvatures)."""
    a, b = math.radians(one[1]), math.radians(other[1])
    turn = math.sin((a - b) / 2) ** 2
    turn += math.cos(a) * math.cos(b) * math.sin(math.radians(one[0] - other[0]) / 2) ** 2
    return 2 * 6388.0 * math.asin(math.sqrt(turn))


def test_the_data_files_stay_small_enough_to_be_read_at_every_build() -> None:
    assert PLACES.stat().st_size < 200_000
    assert (DATA / "coast" / "diomede-islands.geojson").stat().st_size < 10_000
