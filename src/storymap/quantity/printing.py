"""The numbers of one reading as they stand in print, with digits enough that they alone give its verdict.

The value is rounded to the nearest, its uncertainty up, the ends of its interval outward: to two digits of the
uncertainty. Where that moves a number to the other side of a limit, or onto it, all of them get a digit more, and
another, until each stands to each limit as it does unrounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from storymap.quantity.forms import NumberForms
from storymap.quantity.kinds import Interval, Unit
from storymap.quantity.showing import (
    fineness,
    limit_place,
    limit_text,
    nearest,
    number_text,
    outward,
    rounded_up,
    show_ends,
    show_limits,
    uneven,
    with_unit,
    without_zeros,
)

_MORE = 9  # digits beyond two of the uncertainty; what still lies on a limit then, lies on it
_SIX = 5  # an exact value has six digits
_EXACT, _SMALLEST = 14, -12  # digits that a float holds; and what no measurement goes below, in any unit


@dataclass(frozen=True, slots=True)
class Figures:
    """One reading in print, to the digit of 10**`place`. `core` and `support` are empty where words set no limit.

    `core_ends` are the core's two limits, `crossed` those of the support that lie inside
    the interval.
    """

    measured: str
    uncertainty: str
    interval: str
    place: int
    core: str = ""
    support: str = ""
    core_ends: tuple[str, str] = ("", "")
    crossed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value and its interval against what words accept, in one unit."""

    value: float
    low: float
    high: float
    core: Interval
    support: Interval

    def sides(self) -> tuple[tuple[int, bool], ...]:
        """Return on which side of each limit each number lies that the rule compares, and whether it lies on one."""
        compared = ((self.value, self.core), *((number, self.support) for number in (self.low, self.value, self.high)))
        return tuple((_side(number, one), number in (one.low, one.high)) for number, one in compared)


def figures(
    value_si: float,
    low_si: float,
    high_si: float,
    unit: Unit,
    words: NumberForms,
    accepted: tuple[Interval, Interval] | None = None,
    digits: int = 6,
) -> Figures:
    """Return the numbers of a reading (SI) for print in `unit`, `accepted` being the core and the support of its words.

    Directions are turned already to where they are compared. A single limit that is no round number in `unit` has
    `digits`.
    """
    core, support = accepted or (Interval(-math.inf, math.inf), Interval(-math.inf, math.inf))
    exact = _Reading(
        value_si / unit.si, low_si / unit.si, high_si / unit.si, _scaled(core, unit), _scaled(support, unit)
    )
    least = _place(exact, unit)
    finer = range(least, max(least - _MORE, _finest(exact)) - 1, -1)
    place = next((at for at in finer if _rounded(exact, unit, at, digits).sides() == exact.sides()), least)
    shown = _rounded(exact, unit, place, digits)
    number = shown.value % 360.0 if unit.dimension == "direction" else shown.value
    measured, interval = number_text(number, place), show_ends(shown.low, shown.high, unit, place, words)
    if exact.low == exact.high:
        measured = without_zeros(measured)
        interval = with_unit(measured, unit, words)
    spread = _spread((value_si - low_si, high_si - value_si), unit, place, words)
    if accepted is None:
        return Figures(with_unit(measured, unit, words), spread, interval, place)
    places = [limit_place(one, unit, place, digits) for one in (core, support)]
    ends = [_ends(one, unit, at) for one, at in zip((core, support), places, strict=True)]
    return Figures(
        with_unit(measured, unit, words),
        spread,
        interval,
        place,
        _said(core, ends[0], unit, places[0], words),
        _said(support, ends[1], unit, places[1], words),
        (with_unit(ends[0][0], unit, words), with_unit(ends[0][1], unit, words)),
        tuple(with_unit(end, unit, words) for end in _crossed(exact, ends[1], unit)),
    )


def _place(reading: _Reading, unit: Unit) -> int:
    """Return the digit of the numbers of a reading: two of its uncertainty, but whole things and degrees at least."""
    if unit.dimension == "count":
        return 0
    u = fineness(reading.value - reading.low, reading.high - reading.value)
    if u > 0 and math.isfinite(u):
        place = math.floor(math.log10(u) + 1e-9) - 1
    else:
        place = math.floor(math.log10(abs(reading.value))) - _SIX if reading.value else 0
    place = max(place, _finest(reading))
    return min(place, 0) if unit.dimension == "direction" else place


def _finest(reading: _Reading) -> int:
    """Return the last digit in which the numbers of a reading still differ as floats."""
    ends = (reading.core.low, reading.core.high, reading.support.low, reading.support.high)
    numbers = [abs(number) for number in (reading.value, reading.low, reading.high, *ends) if math.isfinite(number)]
    largest = max(numbers)
    return max(math.floor(math.log10(largest)) - _EXACT, _SMALLEST) if largest > 0 else _SMALLEST


def _rounded(reading: _Reading, unit: Unit, place: int, digits: int) -> _Reading:
    """Return a reading and its limits as they are in print to the digit of 10**`place`."""
    low, high = outward(reading.low, reading.high, place)
    core, support = (_shown(one, unit, place, digits) for one in (reading.core, reading.support))
    return _Reading(nearest(reading.value, place), low, high, core, support)


def _shown(interval: Interval, unit: Unit, place: int, digits: int) -> Interval:
    si = Interval(interval.low * unit.si, interval.high * unit.si, interval.low_open, interval.high_open)
    at = limit_place(si, unit, place, digits)
    low, high = (end if math.isinf(end) else _as_said(end, at) for end in (interval.low, interval.high))
    return Interval(low, high, interval.low_open, interval.high_open)


def _as_said(end: float, place: int | None) -> float:
    """Return a limit as it is in print."""
    return (
        nearest(end, place) if place is not None else float(number_text(end, None).replace(",", "").replace("−", "-"))
    )


def _scaled(interval: Interval, unit: Unit) -> Interval:
    return Interval(interval.low / unit.si, interval.high / unit.si, interval.low_open, interval.high_open)


def _side(number: float, interval: Interval) -> int:
    if interval.contains(number):
        return 0
    return -1 if number <= interval.low else 1


def _spread(sides_si: tuple[float, float], unit: Unit, place: int, words: NumberForms) -> str:
    """Return how far an interval reaches below and above, rounded up; with one sign where a last digit tells them."""
    if max(sides_si) == 0:
        place = 0
    below, above = (rounded_up(side, unit, place) for side in sides_si)
    if abs(sides_si[1] - sides_si[0]) / unit.si < 10.0**place:
        return "± " + with_unit(rounded_up(max(sides_si), unit, place), unit, words)
    return uneven(below, above, unit, words)


def _ends(interval: Interval, unit: Unit, place: int | None) -> tuple[str, str]:
    return limit_text(interval.low, unit, place), limit_text(interval.high, unit, place)


def _said(interval: Interval, ends: tuple[str, str], unit: Unit, place: int | None, words: NumberForms) -> str:
    if unit.dimension == "direction":
        return show_ends(interval.low, interval.high, unit, place, words)
    return show_limits(interval, ends, unit, words)


def _crossed(reading: _Reading, ends: tuple[str, str], unit: Unit) -> list[str]:
    """Return the limits of the support that lie inside the interval; directions may reach them either way round."""
    crossed = set()
    for turn in (-360.0, 0.0, 360.0) if unit.dimension == "direction" else (0.0,):
        low, high = (_side(end + turn, reading.support) for end in (reading.low, reading.high))
        crossed |= {0} if low == -1 < high else set()
        crossed |= {1} if low < 1 == high else set()
    return [ends[end] for end in sorted(crossed)]
