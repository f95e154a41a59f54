"""What the page says of each finding."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.compiler import check
from storymap.page.entries import Entry, described, entry
from storymap.strings import catalogue
from tests.unit.making import PLACES, made, place, step

WORDS = catalogue()
ROUGH = place("rough", {"type": "Point", "coordinates": [131.88, 43.11]}, uncertainty_m=30_000, license="CC0")


def entry_of(quote: str, **claim: Any) -> Entry:
    checked = check(made(step(f"It is {quote}.", claims=[{"quote": quote, **claim}]), places=[*PLACES, ROUGH]))
    (one,) = checked.resolved.scenes[0].claims
    return entry(one, checked.findings[one.id], one.places, WORDS)


def rows_of(quote: str, **claim: Any) -> dict[str, str]:
    return dict(entry_of(quote, **claim).record.rows)


TO_BORDER = {"distance": {"from": "station", "to": "border"}}


def test_a_claim_that_holds() -> None:
    found = entry_of("less than 150 km", note="As the crow flies.", **TO_BORDER)
    record = found.record
    assert (record.verdict, record.word, record.number, record.unit) == ("holds", "Holds", "127.2", "km")
    assert record.needed == "under 150 km"
    assert record.authors_note == "As the crow flies."
    assert (found.quote, found.pill, found.drawn) == ("less than 150 km", "127.2 km", True)


def test_the_rows_give_test_measurement_uncertainty_margin_method_ends_and_sources() -> None:
    rows = rows_of("less than 150 km", **TO_BORDER)
    assert list(rows) == [
        "Our test", "Measured", "Uncertainty", "Interval", "Margin", "Method", "From – to", "Sources",
    ]  # fmt: skip
    assert rows["Our test"] == "“less than 150 km”: under 150 km."
    assert rows["Uncertainty"] == "± 0.1 km"
    assert rows["Margin"].startswith("22.8 km to spare")
    assert rows["From – to"].startswith("43.1100° N 131.8800° E – ")
    assert rows["Sources"] == "Station: made up (–). Border: made up (–)."


def test_an_author_who_reads_the_words_is_named() -> None:
    rows = rows_of("quite near", expect="at most 130 km", **TO_BORDER)
    assert rows["Our test"] == "We take this to mean at most 130 km."


def test_a_hedge_says_from_where_on_it_is_wrong() -> None:
    assert "Rounded words allow a little more: " in rows_of("about 120 km", **TO_BORDER)["Our test"]


def test_too_close_to_call_says_why() -> None:
    rows = rows_of("less than 130 km", distance={"from": "rough", "to": "border"})
    assert rows["Why"] == WORDS.say("reason.uncertainty")


def test_a_margin_that_the_uncertainty_eats_says_what_is_left_at_worst() -> None:
    rows = rows_of("less than 130 km", distance={"from": "rough", "to": "border"})
    assert rows["Margin"] == "2.8 km to spare (at worst 27 km beyond it)"


def test_a_claim_that_fails_says_by_how_much() -> None:
    found = entry_of("less than 100 km", **TO_BORDER)
    assert found.record.word == "Does not hold"
    assert found.record.margin == "27.2 km beyond the limit"


def test_words_without_a_limit_get_no_test_and_no_margin() -> None:
    record = entry_of("far away", expect="none", **TO_BORDER).record
    assert (record.verdict, record.needed, record.margin) == ("too-loose", "no limit given", "")
    assert "Our test" not in dict(record.rows)


def test_true_or_false_needs_no_number() -> None:
    record = entry_of("on the island", within={"place": "station", "area": "island"}).record
    assert (record.verdict, record.needed) == ("fails", "clear of the edge")


def test_further_readings_have_records_of_their_own() -> None:
    found = entry_of("less than 150 km", also=[{"label": "From the island", "from": "island"}], **TO_BORDER)
    (also,) = found.also
    assert also.label == "From the island"
    assert also.number != found.record.number
    assert also.authors_note == ""
    assert also.notes == ()


def test_a_time_has_no_line_on_the_map() -> None:
    found = entry_of("two days", interval={"from": "2019-04-24", "to": "2019-04-26"})
    assert not found.drawn
    assert "From – to" not in dict(found.record.rows)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (["station"], "The map shows Station."),
        (["station", "border", "island"], "The map shows Station, Border and Island."),
        ([{"place": "station", "style": "context"}], "Map for “One”."),
        ([], "Map for “One”."),
    ],
)
def test_a_map_is_described_for_those_who_do_not_see_it(shown: list[Any], said: str) -> None:
    scene = check(made(step(show=shown))).resolved.scenes[0]
    assert described(scene, [], WORDS) == said


def test_the_description_of_a_map_names_what_is_measured_on_it() -> None:
    found = entry_of("less than 150 km", **TO_BORDER)
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    said = described(scene, [found], WORDS)
    assert said.startswith("The map shows Station.")
    assert "127.2 km" in said
