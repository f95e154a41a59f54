"""The story “The Trans-Siberian Railway, measured”: how its claims turn out, and what its figures are held against."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import shapely

from storymap.compiler import Checked, check_file
from storymap.places import Atlas, read_places
from storymap.scene import Finding
from storymap.story import LinksDoc, MeasureDoc, PerimeterDoc, TouchesDoc, WithinDoc

DATA = Path(__file__).parents[2] / "data"
PLACES = DATA / "trans-siberian.geojson"
STORY = DATA.parent / "stories" / "trans-siberian.yaml"


@cache
def checked() -> Checked:
    return check_file(STORY)


@cache
def atlas() -> Atlas:
    return read_places(PLACES.read_bytes(), PLACES.name)[0]


def finding(step: str, quote: str) -> Finding:
    (found,) = (f for f in checked().findings.values() if (f.step_id, f.quote) == (step, quote))
    return found


def test_every_figure_of_the_prose_is_claimed_or_set_aside_and_every_verdict_is_the_expected_one() -> None:
    assert checked().warnings == ()
    assert checked().passes


@pytest.mark.parametrize(
    "step,quote,kind,verdicts",
    [
        ("line", "9,288.2 km", "length", "holds"),
        ("line", "9,289 kilometres", "length", "too-close"),
        ("line", "almost a quarter of the way round the earth", "length", "holds"),
        ("shortest-way", "about 6,430 km", "distance", "holds"),
        ("shortest-way", "to the east of Moscow", "direction", "too-close"),
        ("shortest-way", "cuts across the north-east of China", "crosses", "holds"),
        ("two-continents", "about 40 km from Yekaterinburg", "distance", "holds"),
        ("two-continents", "33 km", "distance", "too-close"),
        ("two-continents", "west of the city", "direction", "holds"),
        ("great-cities", "five cities", "count", "fails"),
        ("great-cities", "there are six", "count", "holds"),
        ("great-cities", "less than 70 years later", "interval", "holds"),
        ("baikal", "636 kilometres", "length", "too-close"),
        ("baikal", "about 605 km", "distance", "holds"),
        ("baikal", "31,722 square kilometres", "area", "too-close"),
        ("baikal", "3.15 million hectares", "area", "too-close"),
        ("ferry", "about 75 kilometres", "distance", "holds"),
        ("ferry", "about 160 kilometres", "length", "holds"),
        ("manchuria", "to the south-east", "direction", "holds"),
        ("manchuria", "about 1,700 km away", "distance", "holds"),
        ("manchuria", "almost 1,500 kilometres", "length", "holds"),
        ("manchuria", "For thirteen years", "interval", "holds"),
        ("amur", "30 km away", "distance", "too-close"),
        ("amur", "more than 25 years", "interval", "holds"),
        ("days", "Taking eight days", "travel", "fails, fails"),
        ("days", "a little over six days", "travel", "holds"),
        ("far-east", "about 6,430 km", "distance", "holds"),
        ("far-east", "about 6,150 km", "distance", "holds"),
    ],
)
def test_each_claim_and_each_further_reading_of_it_has_this_verdict(
    step: str, quote: str, kind: str, verdicts: str
) -> None:
    found = finding(step, quote)
    assert found.kind == kind
    assert ", ".join(reading.verdict for reading in (found.headline, *found.also)) == verdicts


def test_these_are_all_its_claims_and_all_kinds_but_four_are_in_use() -> None:
    claims = [claim for scene in checked().resolved.scenes for claim in scene.claims]
    assert len(claims) == 28
    unused = {LinksDoc, TouchesDoc, WithinDoc, PerimeterDoc}
    assert {type(claim.measure) for claim in claims} == set(get_args(MeasureDoc)) - unused


@pytest.mark.parametrize(
    "step,quote,published,within",
    [
        ("line", "9,288.2 km", 9_288.2e3, 0.0),  # Russian Railways
        ("baikal", "636 kilometres", 636e3, 7e3),  # the shortest way by water, says a Russian handbook
        ("baikal", "31,722 square kilometres", 31_500e6, 100e6),  # UNESCO, without Olkhon
        ("ferry", "about 160 kilometres", 165e3, 4e3),  # kilometre posts of Slyudyanka and Mysovaya
        ("manchuria", "almost 1,500 kilometres", 935e3 + 548e3, 0.0),  # Wikipedia, the two halves of the line
    ],
)
def test_what_is_measured_agrees_with_what_others_published(
    step: str, quote: str, published: float, within: float
) -> None:
    assert finding(step, quote).headline.measurement.value == pytest.approx(published, abs=within)


def test_a_city_of_a_million_lies_on_the_railway_or_far_from_it() -> None:
    """So the count of six does not hang on the 60 km up to which a city counts as lying on the line."""
    line = atlas()["trans-siberian"].geometry
    degrees_off = sorted(line.distance(place.geometry) for place in atlas().values() if place.kind == "city")
    assert len(degrees_off) == 16
    assert degrees_off[5] < 0.1
    assert degrees_off[6] > 1.5


def test_the_railway_is_drawn_through_enough_towns_to_follow_its_bends_and_stays_out_of_the_lake() -> None:
    line, lake = atlas()["trans-siberian"].geometry, atlas()["baikal"].geometry
    assert len(line.coords) > 150
    assert not line.intersects(lake)
    assert line.coords[0] == atlas()["moscow-yaroslavskaya"].geometry.coords[0]
    assert line.coords[-1] == atlas()["vladivostok-station"].geometry.coords[0]


def test_the_way_over_lake_baikal_stays_on_the_water_and_is_longer_than_the_crow_s() -> None:
    way, lake = atlas()["baikal-by-water"].geometry, atlas()["baikal"].geometry
    assert lake.buffer(0.01).covers(way)  # 700 m: the way was sought on a coarser shore
    assert not lake.buffer(0.01).covers(shapely.LineString([way.coords[0], way.coords[-1]]))


def test_the_station_at_its_end_is_that_of_the_seed_story() -> None:
    seed = read_places((DATA / "places.geojson").read_bytes(), "places.geojson")[0]["vladivostok-station"]
    assert atlas()["vladivostok-station"].geometry.equals(seed.geometry)


def test_every_place_says_where_it_comes_from() -> None:
    assert [name for name, place in atlas().items() if not place.source] == []


def test_the_data_file_stays_small_enough_to_be_read_at_every_build() -> None:
    assert PLACES.stat().st_size < 100_000
