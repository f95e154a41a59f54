"""The figures of the seed story, against values that were measured independently of this program."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storymap.claims import measure
from storymap.places import Atlas, read_places
from storymap.problems import Span
from storymap.quantity import Dimension, read_expect
from storymap.scene import Claim, Finding
from storymap.story import DistanceDoc, IntervalDoc, LengthDoc, LinksDoc, TravelDoc, WithinDoc

PLACES = Path(__file__).parents[2] / "data" / "places.geojson"


@cache
def atlas() -> Atlas:
    return read_places(PLACES.read_bytes(), PLACES.name)[0]


def finding(doc: object, words: str | None, dimension: Dimension = "length") -> Finding:
    expectation = read_expect(words, dimension) if words else None
    loose = words is None and not isinstance(doc, WithinDoc | LinksDoc)
    return measure(Claim("c", "s", words or "", 0, 1, doc, atlas(), expectation, Span("s"), too_loose=loose))


def distance(start: str, end: str = "tumen-border", **more: Any) -> DistanceDoc:
    return DistanceDoc.model_validate({"from": start, "to": end, **more})


@pytest.mark.parametrize(
    "doc,words,value_km,within_km,u_km,verdict",
    [
        (distance("vladivostok-station"), "less than 150 km", 127.55, 0.01, 0.3, "holds"),
        (distance("vladivostok-city"), "less than 150 km", 126.6, 0.05, 1.7, "holds"),
        (distance("trudovoye"), "less than 150 km", 153.3, 0.05, 1.2, "fails"),
        (distance("vladivostok-station", along="rail-route"), "less than 150 km", 327, 0.05, 1.3, "fails"),
        (LengthDoc(of="tumen-border"), "17 kilometres", 17.391, 0.002, 0.44, "holds"),
        (distance("vladivostok-station", "golden-horn-quay"), "at most 400 m", 0.098, 0.005, 0.175, "holds"),
    ],
)
def test_distances_and_lengths(
    doc: object, words: str, value_km: float, within_km: float, u_km: float, verdict: str
) -> None:
    found = finding(doc, words)
    m = found.headline.measurement
    assert m.value / 1000 == pytest.approx(value_km, abs=within_km)
    assert (m.high - m.low) / 2000 == pytest.approx(u_km, abs=0.005)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    "doc,words,truths_m",
    [
        (WithinDoc(place="fefu-campus", area="russky-island"), None, (655, 748)),
        (distance("vladivostok-mainland", "russky-island"), "at most 5 km", (1_200, 1_500)),
    ],
)
def test_what_other_shorelines_give_lies_in_the_interval(
    doc: object, words: str | None, truths_m: tuple[float, float]
) -> None:
    found = finding(doc, words)
    m = found.headline.measurement
    assert m.low < min(truths_m) < max(truths_m) < m.high
    assert found.verdict == "holds"


@pytest.mark.parametrize("line,reason", [("russky-bridge-road", "uncertainty"), ("russky-bridge", "not-independent")])
def test_the_bridge_is_tested_by_a_line_of_its_own(line: str, reason: str) -> None:
    """Points of the road beyond both shores were mapped apart from them; how coarse the shores are is another thing."""
    reading = finding(LinksDoc(line=line, areas=["vladivostok-mainland", "russky-island"]), None).headline
    assert reading.measurement.value > 0
    assert (reading.verdict, reading.reasons) == ("too-close", (reason,))


def test_a_few_hours_by_rail_sets_no_limit() -> None:
    found = finding(TravelDoc(along="rail-route", speed="50..60 km/h"), None)
    m = found.headline.measurement
    assert (m.low / 3600, m.high / 3600) == pytest.approx((326 / 60, 328 / 50))
    assert found.verdict == "too-loose"


@pytest.mark.parametrize("words,verdict", [("about two months", "holds"), ("two months", "too-close")])
def test_two_months_after_hanoi(words: str, verdict: str) -> None:
    doc = IntervalDoc.model_validate({"from": "2019-02-27..2019-02-28", "to": "2019-04-25"})
    found = finding(doc, words, "duration")
    assert found.headline.measurement.value / 86400 == 56.5
    assert found.verdict == verdict
