"""What readers see of a quantity."""

import math

import pytest

from storymap.quantity import (
    Interval,
    fineness,
    read_expect,
    sensible_unit,
    show_interval,
    show_quantity,
    show_range,
    show_spread,
    show_uncertainty,
)
from storymap.strings import catalogue

WORDS = catalogue().section("quantity")
KM = read_expect("1 km", "length").unit
M = read_expect("1 m", "length").unit
DAYS = read_expect("1 day", "duration").unit


@pytest.mark.parametrize(
    "value,u,shown,uncertainty",
    [
        (127_549, 300, "127.5 km", "± 0.3 km"),
        (126_600, 1_700, "126.6 km", "± 1.7 km"),
        (17_391, 431, "17.4 km", "± 0.5 km"),
        (9_288_000, 2_000, "9,288 km", "± 2 km"),
        (326_600, 15_000, "327 km", "± 15 km"),
        (326_600, 30_000, "330 km", "± 30 km"),
        (98, 0.95, "0.0980 km", "± 0.0010 km"),
        (302, 302, "0.3 km", "± 0.3 km"),
        (-8, 150, "−0.01 km", "± 0.15 km"),
        (0.2, 150, "0.00 km", "± 0.15 km"),
    ],
)
def test_the_last_digit_shown_is_the_first_that_is_uncertain(
    value: float, u: float, shown: str, uncertainty: str
) -> None:
    assert show_quantity(value, u, KM, WORDS) == shown
    assert show_uncertainty(u, KM, WORDS) == uncertainty


def test_an_uncertainty_is_never_shown_smaller_than_it_is() -> None:
    for u in (201, 249, 333, 449, 951, 1049, 1951):
        shown = float(show_uncertainty(u, KM, WORDS).removeprefix("± ").removesuffix(" km")) * 1000
        assert shown >= u * 0.97


@pytest.mark.parametrize(
    "below,above,value,spread",
    [
        (300, 300, "6,021.8 km", "± 0.3 km"),
        (400, 478, "6,021.8 km", "± 0.5 km"),
        (4_600, 2_400_000, "6,022 km", "−5 / +2,400 km"),
        (0, 2_400_000, "6,000 km", "−0 / +2,400 km"),
        (300, 900, "6,021.8 km", "−0.3 / +0.9 km"),
    ],
)
def test_an_interval_that_reaches_further_to_one_side_says_so(
    below: float, above: float, value: str, spread: str
) -> None:
    """Nobody may read that a coast could be half as long as it is drawn, where it can only be longer."""
    assert show_quantity(6_021_830, fineness(below, above), KM, WORDS) == value
    assert show_spread(below, above, KM, WORDS) == spread


def test_both_ends_of_an_interval_have_the_digits_of_the_value() -> None:
    assert show_range(127_249, 127_849, KM, 300, WORDS) == "127.2–127.8 km"
    assert show_range(16_991, 18_010, KM, 431, WORDS) == "17.0–18.0 km"
    assert show_range(-340, 120, M, 230, WORDS) == "−340 to 120 m"


@pytest.mark.parametrize(
    "text,shown",
    [
        ("less than 150 km", "under 150 km"),
        ("at most 400 m", "at most 400 m"),
        ("over 1,000 km", "over 1,000 km"),
        ("at least 5 km", "at least 5 km"),
        ("17 km", "16.5–17.5 km"),
        ("nearly 17 km", "15.3 to under 17 km"),
        ("just over 20 km", "over 20 to 22 km"),
        ("1.5 million km", "1,450,000–1,550,000 km"),
        ("less than 1,234,567 km", "under 1,234,567 km"),
        ("127.55 km", "127.545–127.555 km"),
    ],
)
def test_what_words_accept_is_said_in_their_own_unit(text: str, shown: str) -> None:
    found = read_expect(text, "length")
    assert show_interval(found.core, found.unit, WORDS) == shown


def test_what_no_few_digits_can_say_is_rounded_to_two_digits_of_its_width() -> None:
    about_two_months = read_expect("about 2 months", "duration").core
    assert show_interval(about_two_months, DAYS, WORDS) == "55–67 days"


def test_one_day_is_not_one_days() -> None:
    assert show_quantity(86_400, 40_000, DAYS, WORDS) == "1.0 days"
    assert show_interval(Interval(-math.inf, 86_400), DAYS, WORDS) == "at most 1 day"


def test_another_language_brings_its_own_words() -> None:
    words = {"at-most": "höchstens {high}", "days": "Tage", "1 days": "1 Tag"}
    assert show_interval(Interval(-math.inf, 2 * 86_400), DAYS, words) == "höchstens 2 Tage"


def test_an_interval_knows_its_ends() -> None:
    under = Interval(-math.inf, 150, high_open=True)
    assert under.contains(149.9)
    assert not under.contains(150)
    assert under.covers(0, 149)
    assert not under.covers(0, 150)
    assert under.apart_from(150, 151)
    assert not under.apart_from(149.9, 151)
    assert Interval(0, 150).contains(150)
    assert Interval(10, 20).depth(12, 19) == 1
    assert Interval(10, 20).depth(12, 23) == -3
    with pytest.raises(ValueError, match="no interval"):
        Interval(2, 1)
    with pytest.raises(ValueError, match="no interval"):
        Interval(math.nan, 1)


@pytest.mark.parametrize(
    "dimension,value,symbol",
    [
        ("length", 999, "m"),
        ("length", 1000, "km"),
        ("truth", -655, "m"),
        ("area", 50_000, "m²"),
        ("area", 98.52e6, "km²"),
        ("duration", 90 * 60, "min"),
        ("duration", 91 * 60, "h"),
        ("duration", 72 * 3600, "h"),
        ("duration", 73 * 3600, "days"),
        ("speed", 20, "km/h"),
    ],
)
def test_a_unit_is_chosen_as_people_would(dimension: str, value: float, symbol: str) -> None:
    assert sensible_unit(dimension, value).symbol == symbol  # type: ignore[arg-type]
