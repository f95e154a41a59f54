"""Quantities as a reader sees them: no digit that the uncertainty does not carry, one unit, one dash.

`words` are a language's own: its sentences for one-sided intervals ("under": "under {high}"), and its words for
those units that are words ("days", "1 days"). Symbols that it does not hold, such as km, stand as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from storymap.quantity.kinds import Interval, Unit

_SLACK = 0.03  # of the last digit: an uncertainty of 0.302 km still reads ± 0.3


def show_quantity(value_si: float, u_si: float, unit: Unit, words: Mapping[str, str]) -> str:
    """Return a value with its unit, to the digit that its uncertainty `u_si` (SI, ≥ 0) reaches: "127.5 km".

    That digit is the first of the uncertainty, or the second where the first is 1 or 2 and more follows
    (± 1.7 km: 126.6 km; ± 2 km: 127 km).
    """
    place = _digit(u_si, unit)
    if unit.dimension == "direction":
        return _with_unit(_bearing(value_si, place), unit, words)
    return _with_unit(_number(value_si / unit.si, place), unit, words)


def show_uncertainty(u_si: float, unit: Unit, words: Mapping[str, str]) -> str:
    """Return an uncertainty (SI, ≥ 0), rounded up to its last shown digit: "± 0.3 km"."""
    return "± " + _with_unit(_rounded_up(u_si, unit), unit, words)


def show_spread(below_si: float, above_si: float, unit: Unit, words: Mapping[str, str]) -> str:
    """Return how far an interval reaches below and above its value (SI, ≥ 0): "± 0.3 km", "−5 / +2,400 km".

    One sign for both where neither side is more than twice the other; it is then the wider.
    """
    sides = (below_si, above_si)
    if max(sides) <= 2 * min(sides):
        return show_uncertainty(max(sides), unit, words)
    below, above = (_rounded_up(side, unit) for side in sides)
    return f"−{below} / +{_with_unit(above, unit, words)}"


def fineness(below_si: float, above_si: float) -> float:
    """Return the uncertainty (SI) whose digits a value carries: that of its better known side, within reason."""
    wide, narrow = max(below_si, above_si), min(below_si, above_si)
    return wide if wide <= 2 * narrow or narrow == 0 else max(narrow, wide / 1000)


def show_range(low_si: float, high_si: float, unit: Unit, u_si: float, words: Mapping[str, str]) -> str:
    """Return the two ends of a measured interval (SI), with the digits of `show_quantity`: "127.2–127.8 km"."""
    place = _digit(u_si, unit)
    if unit.dimension == "direction":
        return _sector(low_si, high_si, place, unit, words)
    low, high = (_number(end / unit.si, place) for end in (low_si, high_si))
    # A dash between signed numbers cannot be read.
    signed = words["between-signed"].format(low=low, high=high) if low_si < 0 else ""
    joined = low if low == high else signed or f"{low}–{high}"
    return _with_unit(joined, unit, words)


def show_interval(interval: Interval, unit: Unit, words: Mapping[str, str]) -> str:
    """Return what words accept: "under 150 km", "16.5–17.5 km", "at most 400 m", "15.3 to under 17 km"."""
    ends = interval.low / unit.si, interval.high / unit.si
    if unit.dimension == "direction":
        return _sector(*ends, None, unit, words)
    low, high = (_trimmed(_number(end, _place_between(*ends))) for end in ends)
    if math.isinf(interval.low):
        key = "under" if interval.high_open else "at-most"
    elif math.isinf(interval.high):
        key = "over" if interval.low_open else "at-least"
    elif interval.low_open or interval.high_open:
        key = f"over-to{'-under' * interval.high_open}" if interval.low_open else "to-under"
    else:
        return _with_unit(low if low == high else f"{low}–{high}", unit, words)
    sentence = words[key]
    if "{high}" in sentence:
        return sentence.format(low=low, high=_with_unit(high, unit, words))
    return sentence.format(low=_with_unit(low, unit, words))


def _sector(low_deg: float, high_deg: float, place: int | None, unit: Unit, words: Mapping[str, str]) -> str:
    """Return the directions between two: "22.5–67.5°", "350–10°, across north"."""
    if high_deg - low_deg >= 360.0:
        return words["any-direction"]
    low, high = _bearing(low_deg, place), _bearing(high_deg, place)
    if float(high) == 0 < float(low):  # up to north, not over it
        high = _number(360.0, place)
    sector = _with_unit(low if low == high else f"{low}–{high}", unit, words)
    return words["across-north"].format(sector=sector) if float(low) > float(high) else sector


def _bearing(bearing_deg: float, place: int | None) -> str:
    """Return the number of a direction, turned to 0..360: 359.8 to whole degrees is 0."""
    number = _number(bearing_deg % 360.0, place)
    return _number(0.0, place) if float(number) == 360 else number


def _place_between(low: float, high: float) -> int | None:
    """Return the digit to which the ends of an interval are shown: two digits of its width tell them apart.

    None, as many as they have, where four say both, or one end is no limit.
    """
    if math.isinf(high - low) or high == low:
        return None
    short = all(abs(float(f"{end:.4g}") - end) <= 1e-9 * abs(end) for end in (low, high))
    return None if short else math.floor(math.log10(high - low)) - 1


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _digit(u_si: float, unit: Unit) -> int | None:
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


def _number(value: float, place: int | None) -> str:
    """Return a number with "," between thousands; `place` None: six digits if they say it all, else three."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if place is None:
        first = math.floor(math.log10(abs(value))) if value else 0
        place = max(first - 5, -9)
        if abs(round(value, -place) - value) > 1e-9 * abs(value):
            place = max(min(first - 2, 0), -9)
        text = f"{_rounded(value, place):,.{max(-place, 0)}f}"
        text = _trimmed(text)
    else:
        text = f"{_rounded(value, place):,.{max(-place, 0)}f}"
    text = text.removeprefix("-") if float(text.replace(",", "")) == 0 else text
    return text.replace("-", "−")


def _rounded_up(u_si: float, unit: Unit) -> str:
    u, place = u_si / unit.si, _digit(u_si, unit)
    if place is None:
        return _number(u, None)
    return _number(math.ceil(u / 10.0**place - _SLACK) * 10.0**place, place)


def _rounded(value: float, place: int) -> float:
    """Return a value at the digit of 10**place, halves away from zero, as readers round (Python's goes to even)."""
    steps = math.floor(abs(value) / 10.0**place + 0.5 + 1e-9)
    return math.copysign(steps * 10.0**place, value)


def _with_unit(number: str, unit: Unit, words: Mapping[str, str]) -> str:
    """Return "17 km"; where the language has its own words for "1 days" or for the symbol, those."""
    if not unit.symbol or unit.symbol == "°":
        return number + unit.symbol
    known = words.get(f"{number} {unit.symbol}")
    # A speed may be made of two units ("km/days"), each a word of its own.
    return known or f"{number} {'/'.join(words.get(part, part) for part in unit.symbol.split('/'))}"
