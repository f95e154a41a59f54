"""What the page says of each finding."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storymap.compiler import build, check
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
        "Our test", "Measured", "Uncertainty", "Interval", "Margin", "Method", "Workings", "From – to", "Sources",
    ]  # fmt: skip
    assert rows["Our test"] == "“less than 150 km”: under 150 km, uncertainty and all."
    assert rows["Uncertainty"] == "± 0.10 km"
    assert rows["Margin"] == "22.81 km to spare; with its uncertainty 22.71 km"
    assert rows["From – to"].startswith("43.11000° N 131.88000° E – ")
    assert rows["Sources"] == "Station: made up (–). Border: made up (–)."


def test_an_author_who_reads_the_words_is_named() -> None:
    rows = rows_of("quite near", expect="at most 130 km", **TO_BORDER)
    assert rows["Our test"] == "We take this to mean at most 130 km, uncertainty and all."


def test_a_hedge_says_what_the_value_and_what_its_uncertainty_must_keep_to() -> None:
    found = entry_of("about 120 km", **TO_BORDER).record
    assert found.needed == "110–130 km; with its uncertainty 100–140 km"
    assert dict(found.rows)["Our test"] == f"“about 120 km”: {found.needed}."


def test_too_close_to_call_says_why() -> None:
    rows = rows_of("less than 130 km", distance={"from": "rough", "to": "border"})
    assert rows["Why"] == "The limit 130 km lies inside the interval."


def test_words_that_leave_it_open_say_so_and_which_limit_the_interval_reaches() -> None:
    rows = rows_of("about 110 km", distance={"from": "rough", "to": "border"})
    assert rows["Why"] == (
        "The value lies outside 100–120 km, but inside 90–130 km: the words leave it open. "
        "The limit 130 km lies inside the interval."
    )


def test_a_margin_that_the_uncertainty_eats_says_how_far_that_reaches_beyond() -> None:
    rows = rows_of("less than 130 km", distance={"from": "rough", "to": "border"})
    assert rows["Margin"] == "2 km to spare; with its uncertainty 27 km beyond the limit"


def test_a_claim_that_fails_says_by_how_much() -> None:
    found = entry_of("less than 100 km", **TO_BORDER)
    assert found.record.word == "Does not hold"
    assert found.record.margin == "27.18 km beyond the limit"


def test_words_without_a_limit_get_no_test_and_no_margin() -> None:
    record = entry_of("far away", expect="none", **TO_BORDER).record
    assert (record.verdict, record.needed, record.margin) == ("too-loose", "no limit given", "")
    assert "Our test" not in dict(record.rows)


def test_true_or_false_needs_no_number() -> None:
    record = entry_of("on the island", within={"place": "station", "area": "island"}).record
    assert (record.verdict, record.needed) == ("fails", "above 0, uncertainty and all")
    assert dict(record.rows)["Our test"] == "Above 0, uncertainty and all."


def test_a_line_is_placed_the_finer_the_shorter_it_is_or_the_better_known() -> None:
    def ends(uncertainty_m: float, metres: float) -> str:
        near = place("near", {"type": "Point", "coordinates": [131.88, 43.11]}, uncertainty_m=uncertainty_m)
        far = place("far", {"type": "Point", "coordinates": [131.88, 43.11 + metres / 111_000]}, uncertainty_m=900)
        claim = {"quote": "far", "expect": "none", "distance": {"from": "near", "to": "far"}}
        checked = check(made(step("It is far.", claims=[claim]), places=[*PLACES, near, far]))
        (one,) = checked.resolved.scenes[0].claims
        return dict(entry(one, checked.findings[one.id], one.places, WORDS).record.rows)["From – to"]

    assert ends(5_000, 90_000).startswith("43.1100° N 131.8800° E")
    assert ends(50, 90_000).startswith("43.11000° N 131.88000° E")
    assert ends(5_000, 20).startswith("43.110000° N 131.880000° E")


def test_further_readings_have_records_of_their_own() -> None:
    found = entry_of("less than 150 km", also=[{"label": "From the island", "from": "island"}], **TO_BORDER)
    (also,) = found.also
    assert also.label == "From the island"
    assert also.number != found.record.number
    assert also.authors_note == ""
    assert also.notes == ()
    assert [name for name, _ in also.rows] == [name for name, _ in found.record.rows]


def test_the_page_folds_further_readings_gives_each_number_its_uncertainty_and_names_the_manual() -> None:
    claim = {"quote": "less than 150 km", "also": [{"label": "From the island", "from": "island"}], **TO_BORDER}
    page = build(made(step("It is less than 150 km.", claims=[claim]))).html
    (folded,) = re.findall(r'<details class="also"><summary>.*?</summary>.*?</details>', page, re.DOTALL)
    assert "<dt>Interval</dt>" in folded
    table = page[page.index('<table class="table"') : page.index("</table>")]
    assert len(re.findall(r">± [\d.]+ km<", table)) == 2
    assert "docs/claims.md" in page


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


def test_what_is_measured_twice_is_described_once() -> None:
    found = entry_of("less than 150 km", **TO_BORDER)
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    assert described(scene, [found, found], WORDS) == described(scene, [found], WORDS)


def test_a_direction_is_described_without_brackets_in_brackets() -> None:
    found = entry_of("north", direction={"from": "station", "to": "border"})
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    said = described(scene, [found], WORDS)
    assert "((" not in said
    assert "))" not in said
    assert re.search(r"\([\d.]+°, [a-z-]+\)", said)
