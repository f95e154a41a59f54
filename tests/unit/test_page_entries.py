"""What the page says of each finding."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storymap.compiler import build, check
from storymap.page.entries import Entry, Record, described, entry, tally
from storymap.strings import catalogue
from tests.unit.making import PLACES, letters, made, place, step

WORDS = catalogue()
ROUGH = place("rough", {"type": "Point", "coordinates": [131.88, 43.11]}, uncertainty_m=30_000, license="CC0")


def entry_of(quote: str, **claim: Any) -> Entry:
    checked = check(made(step(f"It is {quote}.", claims=[{"quote": quote, **claim}]), places=[*PLACES, ROUGH]))
    (one,) = checked.resolved.scenes[0].claims
    return entry(one, checked.findings[one.id], one.places, WORDS)


def told(record: Record) -> dict[str, str]:
    return {row.name: row.said for row in record.rows}


def rows_of(quote: str, **claim: Any) -> dict[str, str]:
    return told(entry_of(quote, **claim).record)


TO_BORDER = {"distance": {"from": "station", "to": "border"}}


def test_a_claim_that_holds() -> None:
    found = entry_of("less than 150 km", note="As the crow flies.", **TO_BORDER)
    record = found.record
    assert (record.verdict, record.word, record.number, record.unit) == ("holds", "Holds", "127.2", "km")
    assert record.needed.own == "under 150\u00a0km"
    assert record.authors_note == "As the crow flies."
    assert (found.quote, found.pill.own, found.drawn) == ("less than 150 km", "127.2 km", True)


def test_the_rows_give_test_measurement_uncertainty_margin_method_ends_and_sources() -> None:
    rows = rows_of("less than 150 km", **TO_BORDER)
    assert list(rows) == [
        "Our test", "Measured", "Uncertainty", "Interval", "Margin", "Method", "Edges", "Workings",
        "From – to", "Sources",
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
    assert found.needed.own.replace("\u00a0", " ") == "110–130 km; with its uncertainty 100–140 km"
    assert told(found)["Our test"] == "“about 120 km”: 110–130 km; with its uncertainty 100–140 km."


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
    assert found.record.margin.own == "27.18 km beyond the limit"


def test_words_without_a_limit_get_no_test_and_no_margin() -> None:
    record = entry_of("far away", expect="none", **TO_BORDER).record
    assert (record.verdict, record.needed.own, record.margin.own) == ("too-loose", "no limit given", "")
    assert "Our test" not in told(record)


def test_true_or_false_needs_no_number() -> None:
    record = entry_of("on the island", within={"place": "station", "area": "island"}).record
    assert (record.verdict, record.needed.own) == ("fails", "above 0, uncertainty and all")
    assert told(record)["Our test"] == "Above 0, uncertainty and all."


def test_a_line_is_placed_the_finer_the_shorter_it_is_or_the_better_known() -> None:
    def ends(uncertainty_m: float, metres: float) -> str:
        near = place("near", {"type": "Point", "coordinates": [131.88, 43.11]}, uncertainty_m=uncertainty_m)
        far = place("far", {"type": "Point", "coordinates": [131.88, 43.11 + metres / 111_000]}, uncertainty_m=900)
        claim = {"quote": "far", "expect": "none", "distance": {"from": "near", "to": "far"}}
        checked = check(made(step("It is far.", claims=[claim]), places=[*PLACES, near, far]))
        (one,) = checked.resolved.scenes[0].claims
        return told(entry(one, checked.findings[one.id], one.places, WORDS).record)["From – to"]

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
    assert list(told(also)) == list(told(found.record))


def test_the_page_folds_further_readings_gives_each_number_its_uncertainty_and_names_the_manual() -> None:
    claim = {"quote": "less than 150 km", "also": [{"label": "From the island", "from": "island"}], **TO_BORDER}
    page = letters(build(made(step("It is less than 150 km.", claims=[claim]))).html)
    (folded,) = re.findall(r"<details class=also><summary>.*?</summary>.*?</details>", page, re.DOTALL)
    assert "<dt>Interval<dd" in folded
    table = page[page.index('<table class="table"') : page.index("</table>")]
    assert len(re.findall(r">± [\d.]+ km<", table)) == 2
    assert "docs/claims.md" in page


def test_a_time_has_no_line_on_the_map() -> None:
    found = entry_of("two days", interval={"from": "2019-04-24", "to": "2019-04-26"})
    assert not found.drawn
    assert "From – to" not in told(found.record)


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
    assert described(scene, [], WORDS).own == said


def test_the_description_of_a_map_names_what_is_measured_on_it() -> None:
    found = entry_of("less than 150 km", **TO_BORDER)
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    said = described(scene, [found], WORDS).own
    assert said.startswith("The map shows Station.")
    assert "127.2 km" in said


def test_what_is_measured_twice_is_described_once() -> None:
    found = entry_of("less than 150 km", **TO_BORDER)
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    assert described(scene, [found, found], WORDS) == described(scene, [found], WORDS)


def test_a_direction_is_described_without_brackets_in_brackets() -> None:
    found = entry_of("north", direction={"from": "station", "to": "border"})
    scene = check(made(step(show=["station"]))).resolved.scenes[0]
    said = described(scene, [found], WORDS).own
    assert "((" not in said
    assert "))" not in said
    assert re.search(r"\([\d.]+°, [a-z-]+\)", said)


def test_the_edges_of_lines_and_areas_are_told_and_of_points_there_are_none() -> None:
    assert rows_of("less than 150 km", **TO_BORDER)["Edges"] == "Straight in degrees (planar)."
    far = place("far", {"type": "Point", "coordinates": [135.0, 43.0]})
    bent = place("bent", {"type": "LineString", "coordinates": [[100, 60], [140, 60]]}, edges="geodesic")
    claims = [
        {"quote": "250 km", "distance": {"from": "station", "to": "far"}},
        {"quote": "2,100 km", "distance": {"from": "station", "to": "bent"}},
        {"quote": "meets", "crosses": {"line": "bent", "over": "border"}},
    ]
    checked = check(made(step("It is 250 km. It is 2,100 km. It meets.", claims=claims), places=[*PLACES, far, bent]))
    points, line, both = (
        told(entry(one, checked.findings[one.id], one.places, WORDS).record)
        for one in checked.resolved.scenes[0].claims
    )
    assert "Edges" not in points
    assert line["Edges"] == (
        "Shortest on the earth (geodesic). The other way of reading them changes the value; the interval covers both."
    )
    assert both["Edges"].startswith("Bent: Shortest on the earth (geodesic). Border: Straight in degrees (planar).")


def test_what_has_no_two_ends_has_the_corners_of_what_is_drawn() -> None:
    rows = rows_of("90 km²", area="island")
    assert rows["Corners"] == "42.9500° N 131.7000° E – 43.0500° N 131.9000° E"
    assert "From – to" not in rows


def test_a_position_south_and_west_says_so_for_those_who_copy_it() -> None:
    south = place("south", {"type": "Point", "coordinates": [-58.4, -34.6]})
    claim = {"quote": "far", "expect": "none", "distance": {"from": "south", "to": "station"}}
    checked = check(made(step("It is far.", claims=[claim]), places=[*PLACES, south]))
    (one,) = checked.resolved.scenes[0].claims
    (row,) = (row for row in entry(one, checked.findings[one.id], one.places, WORDS).record.rows if row.spots)
    assert [spot.signs for spot in row.spots] == [" s w", ""]
    assert row.spots[0].text == "34.60000° S 58.40000° W"


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("GeoNames 2013348", ["https://www.geonames.org/2013348"]),
        ("see https://example.org/a_(b)?c=1.", ["https://example.org/a_(b)?c=1"]),
        ("(github.com/some/one, nodes 1 and 2)", ["https://github.com/some/one"]),
        ("made up; e.g. and/or, 3.5/4, a.b", []),
    ],
)
def test_a_source_that_has_an_address_is_a_link_and_its_address_can_be_read(source: str, links: list[str]) -> None:
    spot = place("spot", {"type": "Point", "coordinates": [131.5, 43.11]}, source=source)
    claim = {"quote": "far", "expect": "none", "distance": {"from": "spot", "to": "station"}}
    checked = check(made(step("It is far.", claims=[claim]), places=[*PLACES, spot]))
    (one,) = checked.resolved.scenes[0].claims
    (row,) = (row for row in entry(one, checked.findings[one.id], one.places, WORDS).record.rows if row.pieces)
    assert [piece.url for piece in row.pieces if piece.url] == links
    assert source.rstrip(".") in row.said


def test_the_tally_counts_each_verdict_with_the_right_verb() -> None:
    verdicts = ["holds"] * 10 + ["too-loose", "fails", "not-checked", "not-checked"]
    assert tally(verdicts, WORDS) == "10 hold, 1 does not hold, 1 is too loose to test and 2 were not checked"
    assert tally([], WORDS) == ""
