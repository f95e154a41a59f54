"""The story “Iceland, measured”: how each of its claims turns out, and what its figures are held against."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from storymap.compiler import Checked, check_file
from storymap.places import read_places
from storymap.scene import Finding
from storymap.story import LinksDoc, MeasureDoc

DATA = Path(__file__).parents[2] / "data"
STORY = DATA.parent / "stories" / "iceland-measured.yaml"


@cache
def checked() -> Checked:
    return check_file(STORY)


def finding(step: str, quote: str) -> Finding:
    (found,) = (f for f in checked().findings.values() if (f.step_id, f.quote) == (step, quote))
    return found


def test_every_figure_of_the_prose_is_claimed_or_set_aside_and_every_verdict_is_the_expected_one() -> None:
    assert checked().warnings == ()
    assert checked().passes


@pytest.mark.parametrize(
    "step,quote,kind,verdicts",
    [
        ("size", "about 103,000 square kilometres", "area", "too-close"),
        ("size", "103,592 square kilometres", "area", "too-close"),
        ("size", "approximately 500 km", "distance", "holds"),
        ("coast", "6,542.4 km", "perimeter", "too-close"),
        ("coast", "about 6,087 km", "perimeter", "too-close, too-close, too-close, too-close"),
        ("coast", "4,970 km", "perimeter", "too-close, fails"),
        ("coast", "40,652.5 miles", "perimeter", "fails"),
        ("greenland", "286 km away", "distance", "too-close"),
        ("greenland", "to the west", "direction", "too-close"),
        ("greenland", "north-west of Iceland’s", "direction", "holds, holds"),
        ("south-east", "420 km to the Faroe Islands", "distance", "too-close"),
        ("south-east", "795 km to Scotland", "distance", "fails, fails, fails"),
        ("south-east", "430 km", "distance", "holds"),
        ("south-east", "950 km to Norway", "distance", "fails, fails"),
        ("south-east", "970 km", "distance", "holds"),
        ("arctic-circle", "touches Iceland only here", "touches", "too-close, fails"),
        ("arctic-circle", "runs across the northern part of the island", "crosses", "too-close, too-close"),
        ("arctic-circle", "the northern tip of the island is still in the Arctic", "within", "holds, holds"),
        ("surtsey", "three and a half years", "interval", "holds"),
        ("surtsey", "approximately 32 km from the south coast", "distance", "holds"),
        ("towns", "Five more towns within 50 km of it", "count", "holds"),
        ("ring-road", "about 250 km from Reykjavík", "distance", "holds"),
        ("ring-road", "about 390 km", "length", "holds"),
        ("ring-road", "290 km", "distance", "too-close"),
        ("ring-road", "about four and a half hours", "travel", "holds"),
    ],
)
def test_each_claim_and_each_further_reading_of_it_has_this_verdict(
    step: str, quote: str, kind: str, verdicts: str
) -> None:
    found = finding(step, quote)
    assert found.kind == kind
    assert ", ".join(reading.verdict for reading in (found.headline, *found.also)) == verdicts


def test_shores_drawn_more_and_more_coarsely_are_too_close_for_their_detail_alone() -> None:
    found = finding("coast", "about 6,087 km")
    assert [reading.reasons for reading in (found.headline, *found.also)] == [("scale",)] * 4


def test_every_kind_of_claim_is_in_use_but_links() -> None:
    claims = [claim for scene in checked().resolved.scenes for claim in scene.claims]
    assert {type(claim.measure) for claim in claims} == set(get_args(MeasureDoc)) - {LinksDoc}


@pytest.mark.parametrize(
    "step,quote,published,within",
    [
        ("size", "about 103,000 square kilometres", 102_592e6, 300e6),  # National Land Survey, 2015
        ("south-east", "970 km", 970e3, 2e3),  # European Environment Agency
        ("south-east", "430 km", 430e3, 2e3),  # Icelandic Times, 29 January 2024
        ("greenland", "286 km away", 286e3, 1.5e3),  # Visit Iceland; others 287 km
        ("surtsey", "approximately 32 km from the south coast", 32e3, 1e3),  # UNESCO
        ("ring-road", "290 km", 294e3, 1e3),  # Wikipedia in German, “Varmahlíð”
    ],
)
def test_what_is_measured_agrees_with_what_others_published(
    step: str, quote: str, published: float, within: float
) -> None:
    assert finding(step, quote).headline.measurement.value == pytest.approx(published, abs=within)


def test_the_arctic_circle_lies_where_the_tilt_of_the_axis_puts_it_on_that_day() -> None:
    """The mean tilt of IAU 2006 is 23.43578° in November 2026; nutation adds 7.1″ then, the node being at 325°."""
    atlas = read_places((DATA / "iceland.geojson").read_bytes(), "iceland.geojson")[0]
    mean = atlas["arctic-circle-mean"].geometry.bounds[1]
    assert mean == pytest.approx(90 - 23.43578, abs=1e-5)
    assert mean - atlas["arctic-circle"].geometry.bounds[1] == pytest.approx(7.1 / 3600, abs=0.2 / 3600)


def test_the_data_files_stay_small_enough_to_be_read_at_every_build() -> None:
    assert (DATA / "iceland.geojson").stat().st_size < 250_000
    assert (DATA / "coast" / "icelandic-islands.geojson").stat().st_size < 50_000
