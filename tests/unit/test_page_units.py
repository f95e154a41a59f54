"""A reader may have every number in km or in miles: told by the same rules, never by turning words into others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.compiler import build, check
from storymap.page.unit_book import PHRASE, UnitBook, read
from storymap.page.units import SYSTEMS, Told, converted, in_all, plain, systems, versions
from storymap.quantity import System, show_quantity, show_range, unit_in
from storymap.quantity.units import KILOMETRE, METRE, UNITS, speed_unit
from storymap.scene import Finding
from storymap.strings import catalogue
from storymap.wording import accepted_by, figures_of
from tests.unit.making import made, step

WORDS = catalogue()
TO_BORDER = {"distance": {"from": "station", "to": "border"}}


def found(quote: str, **claim: Any) -> Finding:
    checked = check(made(step(f"It is {quote}.", claims=[{"quote": quote, **claim}])))
    (finding,) = checked.findings.values()
    return finding


def _in_a_sentence(value_m: float, u_m: float) -> Told:
    own = METRE if value_m < 1000 else KILOMETRE
    units = {None: own, "km": own, "miles": unit_in("miles", own)}
    return in_all(
        lambda system: (
            f"It is {show_quantity(value_m, u_m, units[system], WORDS.numbers)}, "
            f"{show_range(value_m - u_m, value_m + u_m, units[system], u_m, WORDS.numbers)}."
        )
    )


def page(*quotes: str, **keys: Any) -> str:
    claims = [{"quote": quote, **TO_BORDER} for quote in quotes]
    return build(made(step(f"It is {' and '.join(quotes)}.", claims=claims), **keys)).html


@pytest.mark.parametrize(
    ("name", "km", "miles"),
    [
        ("km", "km", "miles"),
        ("m", "m", "ft"),
        ("cm", "cm", "in"),
        ("mile", "km", "miles"),
        ("foot", "m", "ft"),
        ("yard", "m", "yd"),
        ("nautical mile", "km", "miles"),
        ("km2", "km²", "square\u00a0miles"),
        ("acre", "ha", "acres"),
        ("hectare", "ha", "acres"),
        ("square mile", "km²", "square\u00a0miles"),
        ("kmh", "km/h", "mph"),
        ("mph", "km/h", "mph"),
        ("knot", "km/h", "mph"),
        ("hour", "h", "h"),
        ("day", "days", "days"),
    ],
)
def test_every_unit_has_its_own_in_both_systems(name: str, km: str, miles: str) -> None:
    assert (unit_in("km", UNITS[name]).symbol, unit_in("miles", UNITS[name]).symbol) == (km, miles)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_unit_keeps_its_dimension_and_stays_in_its_system(system: System) -> None:
    for unit in UNITS.values():
        other = unit_in(system, unit)
        assert other.dimension == unit.dimension
        assert unit_in(system, other) == other


def test_a_speed_of_two_units_changes_its_length_and_keeps_its_time() -> None:
    assert unit_in("miles", speed_unit(UNITS["km"], UNITS["day"])) == speed_unit(UNITS["mile"], UNITS["day"])


def test_numbers_in_miles_are_rounded_from_the_measurement_not_from_the_km_that_stand_beside_them() -> None:
    """127.18 km would be 79.026 miles."""
    told = versions(found("less than 150 km", **TO_BORDER).headline).tell(lambda one: figures_of(one, WORDS).measured)
    assert (told.own, told.km, told.miles) == ("127.18 km", "127.18 km", "79.029 miles")


@pytest.mark.parametrize("quote", ["about 120 km", "127.2 km", "less than 150 km", "127.1 km", "under 79 miles"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_verdict_follows_from_the_numbers_of_either_system_alone(quote: str, system: System) -> None:
    reading = converted(found(quote, **TO_BORDER).headline, system)
    shown, accepted = figures_of(reading, WORDS), accepted_by(reading)
    assert accepted is not None
    unit = {"km": "km", "miles": "miles"}[system]
    assert shown.measured.endswith(unit)
    value = float(shown.measured.split()[0]) * UNITS[unit.removesuffix("s") if unit == "miles" else unit].si
    core = accepted[0]
    assert core.contains(value) == core.contains(reading.measurement.value)


def test_the_words_of_the_story_stay_and_what_was_measured_does_not() -> None:
    finding = found("about 120 km", note="That is 75 miles.", **TO_BORDER)
    for system in SYSTEMS:
        reading = converted(finding.headline, system)
        assert reading.expectation == finding.headline.expectation
        assert reading.measurement.value == finding.headline.measurement.value
        assert reading.verdict == finding.verdict


def test_what_has_no_unit_of_a_system_is_told_as_it_is() -> None:
    reading = found("two days", interval={"from": "2019-04-24", "to": "2019-04-26"}).headline
    assert all(each is reading for each in versions(reading))


def test_a_mark_says_nothing_where_the_client_can_put_the_words_together_and_all_where_it_cannot() -> None:
    book = UnitBook()
    assert book.mark(plain("48°")) == ""
    assert book.mark(Told("5 km", "5 km", "3.1 miles")) == " data-u"
    assert book.mark(Told("5 km", "5 km", '3.1 "miles" <b>')) == ' data-u data-miles="3.1 &#34;miles&#34; &lt;b&gt;"'
    assert book.lists() == {"miles": ["km=miles", "3.1", ""]}


@settings(deadline=None)
@given(st.lists(st.builds(_in_a_sentence, st.floats(0.001, 1e7), st.floats(0.001, 1e4)), min_size=1, max_size=5))
def test_what_the_client_reads_is_what_was_told(sentences: list[Told]) -> None:
    book = UnitBook()
    marks = [book.mark(told) for told in sentences]
    for system in SYSTEMS:
        units, *numbers = book.lists().get(system, [""])
        usual = dict(pair.split("=") for pair in units.split(",") if pair)
        listed = iter(numbers)
        for told, mark in zip(sentences, marks, strict=True):
            if f"data-{system}" in mark or not mark:
                [next(listed, "") for _ in PHRASE.findall(told.own) if mark]
                continue
            own = [next(listed, "") for _ in PHRASE.findall(told.own)]
            assert read(told.own, own, usual) == told.of(system)


def test_a_story_in_one_system_offers_the_other_and_one_in_both_its_own_as_well() -> None:
    def pressed(html: str) -> list[tuple[str, str]]:
        tools = html[html.index('id="sm_tools"') : html.index('class="saves')]
        return re.findall(r'value="(\w*)" aria-pressed="(\w+)"', tools)

    assert pressed(page("less than 150 km")) == [("km", "true"), ("miles", "false")]
    assert pressed(page("less than 150 km", "under 90 miles")) == [("", "true"), ("km", "false"), ("miles", "false")]


def test_a_story_without_lengths_has_no_switch() -> None:
    claim = {"quote": "two days", "interval": {"from": "2019-04-24", "to": "2019-04-26"}}
    html = build(made(step("It took two days.", claims=[claim]))).html
    assert 'class="units"' not in html
    assert systems(in_all(lambda _: "2 days")) == ()
