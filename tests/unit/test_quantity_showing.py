"""What readers see of a quantity."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.quantity import (
    Dimension,
    Figures,
    Interval,
    figures,
    fineness,
    read_expect,
    sensible_unit,
    show_interval,
    show_margin,
    show_quantity,
    show_range,
    show_spread,
    show_uncertainty,
)
from storymap.strings import catalogue

WORDS = catalogue().numbers
KM = read_expect("1 km", "length").unit
M = read_expect("1 m", "length").unit
KM2 = read_expect("1 km²", "area").unit
ONE = sensible_unit("count", 1)
DEGREE = sensible_unit("direction", 1)
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
        (400, 478, "6,021.8 km", "−0.4 / +0.5 km"),
        (460, 478, "6,021.8 km", "± 0.5 km"),
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


def test_both_ends_of_an_interval_have_the_digits_of_the_value_and_are_rounded_outward() -> None:
    assert show_range(127_249, 127_849, KM, 300, WORDS) == "127.2–127.9 km"
    assert show_range(16_991, 18_010, KM, 431, WORDS) == "16.9–18.1 km"
    assert show_range(-340, 120, M, 230, WORDS) == "−340 to 120 m"
    assert show_range(17_000, 18_000, KM, 500, WORDS) == "17.0–18.0 km"


def test_a_margin_is_cut_off_towards_its_limit_but_never_to_nothing() -> None:
    assert show_margin(4_578e6, 2, KM2, WORDS) == "4,500 km²"
    assert show_margin(-22_459, -2, KM, WORDS) == "22.45 km"
    assert show_margin(27, -1, KM, WORDS) == "0.027 km"
    assert show_margin(0, -1, KM, WORDS) == "0.0 km"


def held(text: str, dimension: Dimension, value: float, low: float, high: float) -> Figures:
    words = read_expect(text, dimension)
    return figures(value, low, high, words.unit, WORDS, (words.core, words.support))


def test_a_reading_gets_the_digits_that_tell_it_from_its_limits() -> None:
    """Two digits of the uncertainty as a rule; as many more as it takes."""
    plain = held("less than 150 km", "length", 127_549, 127_247, 127_851)
    assert (plain.measured, plain.uncertainty) == ("127.55 km", "± 0.31 km")
    assert (plain.interval, plain.core, plain.crossed) == ("127.24–127.86 km", "under 150 km", ())
    close = held("less than 127.247 km", "length", 127_246.2, 127_245.2, 127_246.9)
    assert (close.measured, close.interval, close.crossed) == ("127.2462 km", "127.2452–127.2469 km", ())
    area = held("about 103,000 km²", "area", 102_428e6, 97_610e6, 107_246e6)
    assert (area.interval, area.support, area.crossed) == ("97,600–107,300 km²", "97,850–108,150 km²", ("97,850 km²",))
    far = held("290 km", "length", 293_660, 287_200, 300_120)
    assert (far.interval, far.support, far.crossed) == ("287.2–300.2 km", "280–300 km", ("300 km",))


def test_both_sides_of_an_uncertainty_are_given_where_they_differ_in_print() -> None:
    border = held("17 km", "length", 17_391, 16_991, 17_869)
    assert (border.uncertainty, border.interval) == ("−0.40 / +0.48 km", "16.99–17.87 km")
    count = figures(3, 3, 4, ONE, WORDS)
    assert (count.measured, count.uncertainty, count.interval, count.core) == ("3", "−0 / +1", "3–4", "")
    assert figures(5, 5, 5, ONE, WORDS).uncertainty == "± 0"


def test_what_is_exact_has_no_empty_digits() -> None:
    six_hours = held("six hours", "duration", 21_600, 21_600, 21_600)
    assert (six_hours.measured, six_hours.uncertainty, six_hours.interval) == ("6 h", "± 0 h", "6 h")


def test_a_direction_is_printed_within_the_circle_however_it_was_turned() -> None:
    north = figures(-4.6, -16.2, 7.3, DEGREE, WORDS, (Interval(-22.5, 22.5), Interval(-45, 45)))
    assert (north.measured, north.interval) == ("355°", "343–8°, across north")
    assert (north.core, north.core_ends) == ("337.5–22.5°, across north", ("337.5°", "22.5°"))
    behind = figures(170, 20, 320, DEGREE, WORDS, (Interval(-22.5, 22.5), Interval(-45, 45)))
    assert behind.crossed == ("315°", "45°")


def of_print(text: str, symbol: str) -> tuple[float, float]:
    """Return the two ends (or the one number twice) that stand in print."""
    numbers = text.removesuffix(symbol).strip().replace(",", "").replace("−", "-")
    low, _, high = numbers.replace(" to ", "–").partition("–")
    return float(low), float(high or low)


def accepted_in_print(text: str) -> Interval:
    """Return the interval that words in print accept: "16–18 m", "under 5 m", "at least 7 m"."""
    for word, side, is_open in (("under", 1, True), ("at most", 1, False), ("over", 0, True), ("at least", 0, False)):
        if text.startswith(f"{word} "):
            end, _ = of_print(text.removeprefix(word), "m")
            return (
                Interval(end, math.inf, low_open=is_open) if side == 0 else Interval(-math.inf, end, high_open=is_open)
            )
    return Interval(*of_print(text, "m"))


NUMBERS = st.integers(-10_000_000, 10_000_000)


@settings(max_examples=500, deadline=None)
@given(
    measured=st.lists(NUMBERS, min_size=3, max_size=3).map(sorted),
    limits=st.lists(NUMBERS, min_size=4, max_size=4, unique=True).map(sorted),
    nearly=st.sampled_from([0, 1, 3]),
    scale=st.sampled_from([0.001, 1.0, 1000.0]),
    shape=st.sampled_from(["a to b", "under b", "at most b", "over a", "at least a"]),
)
def test_the_verdict_follows_from_what_is_printed(
    measured: list[int], limits: list[int], nearly: int, scale: float, shape: str
) -> None:
    """Core against value, support against interval, as docs/claims.md has it, by nothing but the printed numbers."""
    low, value, high = (number * scale for number in measured)
    if nearly:  # an end just beside a limit of the support
        high = (limits[3] + nearly - 2) * scale
        low, value = min(low, high), min(value, high)
    outer, inner, upper, outermost = (limit * scale for limit in limits)
    core, support = Interval(inner, upper), Interval(outer, outermost)
    if shape in ("under b", "at most b"):
        core, support = (Interval(-math.inf, one.high, high_open="under" in shape) for one in (core, support))
    elif shape in ("over a", "at least a"):
        core, support = (Interval(one.low, math.inf, low_open="over" in shape) for one in (core, support))
    shown = figures(value, low, high, M, WORDS, (core, support))
    printed_core, printed_support = accepted_in_print(shown.core), accepted_in_print(shown.support)
    (said, _), ends = of_print(shown.measured, "m"), of_print(shown.interval, "m")
    assert printed_core.contains(said) == core.contains(value)
    assert printed_support.covers(*ends) == support.covers(low, high)
    assert printed_support.apart_from(*ends) == support.apart_from(low, high)


@settings(max_examples=300, deadline=None)
@given(value=st.floats(-1e7, 1e7), below=st.floats(0.01, 1e6), above=st.floats(0.01, 1e6))
def test_no_rounding_makes_a_measurement_look_better_than_it_is(value: float, below: float, above: float) -> None:
    shown = figures(value, value - below, value + above, M, WORDS)
    (said, _), (low, high) = of_print(shown.measured, "m"), of_print(shown.interval, "m")
    digit = 1.001 * 10.0**shown.place
    assert value - below - digit <= low <= value - below + 1e-5 * digit
    assert value + above - 1e-5 * digit <= high <= value + above + digit
    assert abs(said - value) <= 0.51 * digit
    sides = [float(part.strip("−+± ").replace(",", "")) for part in shown.uncertainty.removesuffix("m").split("/")]
    assert sides[0] >= below - 1e-5 * digit
    assert sides[-1] >= above - 1e-5 * digit


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
    units = {"days": {"one": "{count} Tag", "other": "{count} Tage"}}
    words = replace(WORDS, sentences={"at-most": "höchstens {high}"}, units=units, decimal=",")
    assert show_interval(Interval(-math.inf, 1 * 86_400), DAYS, words) == "höchstens 1 Tag"
    assert show_interval(Interval(-math.inf, 2.5 * 86_400), DAYS, words) == "höchstens 2,5 Tage"


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


def test_an_interval_that_ends_just_inside_a_limit_is_not_printed_as_ending_on_it() -> None:
    """Surtsey: 33.973 km and a support up to 34 km."""
    accepted = (Interval(30_400, 33_600), Interval(30_000, 34_000))
    assert figures(32_373, 30_773, 33_973, KM, WORDS, accepted).interval == "30.77–33.98 km"
    assert figures(32_400, 30_800, 34_000, KM, WORDS, accepted).interval == "30.8–34.0 km"
