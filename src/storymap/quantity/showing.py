"""Quantities as a reader sees them: no digit that the uncertainty does not carry, one unit, one dash.

A value is rounded to the nearest, an uncertainty up, the ends of an interval outward, a margin towards its limit: no
rounding makes a measurement look better than it is.

`words` are a language's own (`NumberForms`): how it writes numbers and units, and its sentences for intervals.
"""

from __future__ import annotations

import math

from storymap.quantity.forms import NumberForms
from storymap.quantity.kinds import Interval, Unit

_SLACK = 0.03  # of the last digit: an uncertainty of 0.302 km still reads ± 0.3
_ALIKE = 0.05  # of an uncertainty: its two sides differ by so little that one sign says both
_SHORT = 5  # digits: a limit that has no more is said in full
_NOISE = 1e-6  # of the last digit, what sums of floats may be off


def show_quantity(value_si: float, u_si: float, unit: Unit, words: NumberForms) -> str:
    """Return a value with its unit, to the digit that its uncertainty `u_si` (SI, ≥ 0) reaches: "127.5 km".

    That digit is the first of the uncertainty, or the second where the first is 1 or 2 and more follows
    (± 1.7 km: 126.6 km; ± 2 km: 127 km).
    """
    place = digit(u_si, unit)
    if unit.dimension == "direction":
        return with_unit(_bearing(value_si, place), unit, words)
    return with_unit(number_text(value_si / unit.si, place), unit, words)


def show_uncertainty(u_si: float, unit: Unit, words: NumberForms) -> str:
    """Return an uncertainty (SI, ≥ 0), rounded up to its last shown digit: "± 0.3 km"."""
    return "± " + with_unit(rounded_up(u_si, unit, digit(u_si, unit), _SLACK), unit, words)


def show_spread(below_si: float, above_si: float, unit: Unit, words: NumberForms) -> str:
    """Return how far an interval reaches below and above its value (SI, ≥ 0): "± 0.3 km", "−5 / +2,400 km".

    One sign for both where they look the same, or hardly differ: by less than `_ALIKE` of the wider.
    """
    wide, narrow = max(below_si, above_si), min(below_si, above_si)
    place = digit(fineness(below_si, above_si), unit)
    below, above = (rounded_up(side, unit, place, _SLACK) for side in (below_si, above_si))
    if below == above or wide - narrow <= _ALIKE * wide:
        return "± " + with_unit(rounded_up(wide, unit, digit(wide, unit), _SLACK), unit, words)
    return uneven(below, above, unit, words)


def uneven(below: str, above: str, unit: Unit, words: NumberForms) -> str:
    """Return two plain numbers as what lies below and above a value: "−5 / +2,400 km"."""
    shown = f"{words.number(f'−{below}')} / {words.number(f'+{above}')}"
    return words.with_unit(shown, unit.symbol, words.plural(above))


def fineness(below_si: float, above_si: float) -> float:
    """Return the uncertainty (SI) whose digits a value carries: that of its better known side, within reason."""
    wide, narrow = max(below_si, above_si), min(below_si, above_si)
    return wide if wide <= 2 * narrow or narrow == 0 else max(narrow, wide / 1000)


def show_range(low_si: float, high_si: float, unit: Unit, u_si: float, words: NumberForms) -> str:
    """Return the two ends of a measured interval (SI), outward to the digit of `show_quantity`: "127.2–127.9 km"."""
    place = digit(u_si, unit)
    low, high = outward(low_si / unit.si, high_si / unit.si, place)
    return show_ends(low, high, unit, place, words)


def show_ends(low: float, high: float, unit: Unit, place: int | None, words: NumberForms) -> str:
    """Return two numbers, in `unit` and rounded to 10**`place`, as one interval: "127.2–127.9 km", "−340 to 120 m"."""
    if unit.dimension == "direction":
        return _sector(low, high, place, unit, words)
    return range_with_unit(number_text(low, place), number_text(high, place), unit, words)


def show_interval(interval: Interval, unit: Unit, words: NumberForms) -> str:
    """Return what words accept: "under 150 km", "16.5–17.5 km", "at most 400 m", "15.3 to under 17 km"."""
    place = limit_place(interval, unit)
    if unit.dimension == "direction":
        return _sector(interval.low, interval.high, place, unit, words)
    return show_limits(
        interval, (limit_text(interval.low, unit, place), limit_text(interval.high, unit, place)), unit, words
    )


def show_limits(interval: Interval, ends: tuple[str, str], unit: Unit, words: NumberForms) -> str:
    """Return what words accept, the numbers of both ends being said already."""
    low, high = ends
    if math.isinf(interval.low):
        key = "under" if interval.high_open else "at-most"
    elif math.isinf(interval.high):
        key = "over" if interval.low_open else "at-least"
    elif interval.low_open or interval.high_open:
        key = f"over-to{'-under' * interval.high_open}" if interval.low_open else "to-under"
    else:
        return range_with_unit(low, high, unit, words)
    sentence = words.sentences[key]
    if "{high}" in sentence:
        return sentence.format(low=words.number(low), high=with_unit(high, unit, words))
    return sentence.format(low=with_unit(low, unit, words))


def show_margin(margin_si: float, place: int, unit: Unit, words: NumberForms) -> str:
    """Return the size of a margin (SI) in `unit`, cut off towards the limit at the digit of 10**`place`: "22.45 km".

    One that this would cut to nothing has two digits of its own.
    """
    size = abs(margin_si) / unit.si
    if 0 < size < 10.0**place:
        place = math.floor(math.log10(size)) - 1
    return with_unit(number_text(math.floor(size / 10.0**place + _NOISE) * 10.0**place, place), unit, words)


def limit_place(interval: Interval, unit: Unit, coarsest: int | None = None, digits: int = 6) -> int | None:
    """Return the digit to which the ends of an interval are shown: two digits of its width tell them apart.

    None, as many as they have, where five say both, and for directions. A single limit has `digits`, or all before the
    point. The digit is never coarser than `coarsest`.
    """
    low, high = interval.low / unit.si, interval.high / unit.si
    finite = [end for end in (low, high) if math.isfinite(end)]
    short = all(abs(float(f"{end:.{_SHORT}g}") - end) <= 1e-9 * abs(end) for end in finite)
    if short or unit.dimension == "direction":
        return None
    if len(finite) == 2 and high > low:
        first = math.floor(math.log10(high - low) + 1e-9) - 1
    else:
        first = min(math.floor(math.log10(abs(finite[0]))) - digits + 1, 0)
    return first if coarsest is None else min(first, coarsest)


def _sector(low_deg: float, high_deg: float, place: int | None, unit: Unit, words: NumberForms) -> str:
    """Return the directions between two: "22.5–67.5°", "350–10°, across north"."""
    if high_deg - low_deg >= 360.0:
        return words.sentences["any-direction"]
    low, high = _bearing(low_deg, place), _bearing(high_deg, place)
    if float(high) == 0 < float(low):  # up to north, not over it
        high = number_text(360.0, place)
    sector = range_with_unit(low, high, unit, words)
    return words.sentences["across-north"].format(sector=sector) if float(low) > float(high) else sector


def _bearing(bearing_deg: float, place: int | None) -> str:
    """Return the number of a direction, turned to 0..360: 359.8 to whole degrees is 0."""
    number = number_text(bearing_deg % 360.0, place)
    return number_text(0.0, place) if float(number) == 360 else number


def limit_text(end_si: float, unit: Unit, place: int | None) -> str:
    """Return the number of a limit (SI) in `unit`; `place` None is in full."""
    return _bearing(end_si, place) if unit.dimension == "direction" else number_text(end_si / unit.si, place)


def outward(low: float, high: float, place: int | None) -> tuple[float, float]:
    """Return an interval widened to the digits of 10**place; None leaves it as it is."""
    if place is None:
        return low, high
    step = 10.0**place
    ends = math.floor(low / step + _NOISE) * step, math.ceil(high / step - _NOISE) * step
    return round(ends[0], max(-place, 0)), round(ends[1], max(-place, 0))


def nearest(value: float, place: int | None) -> float:
    """Return a value rounded to the digit of 10**place."""
    return value if place is None else round(_rounded(value, place), max(-place, 0))


def without_zeros(number: str) -> str:
    """Return a number without zeros after its point that say nothing."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def digit(u_si: float, unit: Unit) -> int | None:
    """Return the power of ten of the last digit to show: things are counted in whole numbers.

    Directions are shown in whole degrees at least, for their interval often reaches far to one side only.
    """
    place = _place(u_si / unit.si)
    if unit.dimension == "count":
        return 0
    return min(place, 0) if unit.dimension == "direction" and place is not None else place


def _place(u: float) -> int | None:
    """Return the power of ten of the last digit worth showing for an uncertainty; None for an exact value."""
    if u <= 0 or not math.isfinite(u):
        return None
    first = math.floor(math.log10(u) + 1e-9)
    size = u / 10.0**first  # 1 to 10
    return first - 1 if size < 3 and abs(size - round(size)) > _SLACK else first


def number_text(value: float, place: int | None) -> str:
    """Return a number with "," between thousands; `place` None: six digits if they say it all, else three."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if place is None:
        first = math.floor(math.log10(abs(value))) if value else 0
        place = max(first - 5, -9)
        if abs(round(value, -place) - value) > 1e-9 * abs(value):
            place = max(min(first - 2, 0), -9)
        text = f"{_rounded(value, place):,.{max(-place, 0)}f}"
        text = without_zeros(text)
    else:
        text = f"{_rounded(value, place):,.{max(-place, 0)}f}"
    text = text.removeprefix("-") if float(text.replace(",", "")) == 0 else text
    return text.replace("-", "−")


def rounded_up(u_si: float, unit: Unit, place: int | None, slack: float = _NOISE) -> str:
    """Return the number of an uncertainty (SI) in `unit`, up to the digit of 10**place; `slack` is of that digit."""
    u = u_si / unit.si
    if place is None:
        return number_text(u, None)
    return number_text(math.ceil(u / 10.0**place - slack) * 10.0**place, place)


def _rounded(value: float, place: int) -> float:
    """Return a value at the digit of 10**place, halves away from zero, as readers round (Python's goes to even)."""
    steps = math.floor(abs(value) / 10.0**place + 0.5 + 1e-9)
    return math.copysign(steps * 10.0**place, value)


def with_unit(number: str, unit: Unit, words: NumberForms) -> str:
    """Return a plain number with its unit as the language writes both: "17 km", "1 day"."""
    return words.with_unit(words.number(number), unit.symbol, words.plural(number))


def range_with_unit(low: str, high: str, unit: Unit, words: NumberForms) -> str:
    """Return two plain numbers with their unit as one range, or as one number where they are the same."""
    if low == high:
        return with_unit(low, unit, words)
    return words.with_unit(words.between(low, high), unit.symbol, words.category(low, high))
