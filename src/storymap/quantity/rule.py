"""The rule that turns words into intervals: a core (surely true) in a wider support (not yet false).

A limit is taken literally. A bare number means its last digit that counts. A hedge widens by multiples of that, since
what people mean by a hedge depends on the size and the roundness of the number (Ferson et al. 2015); the multiples
are ours. docs/claims.md works out examples.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from storymap.quantity.hint_words import Hint
from storymap.quantity.kinds import Dimension, Interval, QuantityError
from storymap.quantity.numerals import dotted_thousands, has_too_many_digits
from storymap.quantity.phrases import Phrase

_FINE_UNITS = frozenset({"mm", "cm", "m", "in", "ft", "yd", "m²", "ft²", "s"})
_ROUNDING = 1e-9
_COUNTED = 10  # so many things people count one by one
_EXAMPLES: dict[Dimension, str] = {
    "length": "at most 400 m",
    "area": "about 97 km²",
    "duration": "2..6 h",
    "speed": "50..60 km/h",
    "count": "at least 3",
    "direction": "north-east",
}

Accepted = tuple[Interval, Interval]


def say_expect(dimension: Dimension) -> str:
    """Return what an author can always do where the words do not say it."""
    return f"say what the words mean with `expect:`, such as `expect: {_EXAMPLES[dimension]}`"


def accepted(phrase: Phrase) -> Accepted:
    """Return the core and the support of a phrase (SI). Raises `QuantityError` where it can be read in two ways."""
    way_out = say_expect(phrase.dimension)
    dotted = dotted_thousands(phrase.words)
    # "80.000" may be 80,000: nobody measures metres to the third decimal, or writes a last 0 without need.
    if dotted and (dotted.endswith("0") or phrase.unit.symbol in _FINE_UNITS):
        one, other = f"{float(dotted):g}", dotted.replace(".", ",")
        raise QuantityError(f"'{dotted}' can be {one} or {other}", f"write {one} or {other}, or {way_out}")
    if not phrase.clear and has_too_many_digits(phrase.words):
        raise QuantityError(f"the number of '{phrase.words}' has too many digits", f"round it, or {way_out}")
    if not phrase.clear:
        advice = f"write it as in 1,500 or 1.5, or {way_out}"
        raise QuantityError(f"the number of '{phrase.words}' can be read in two ways", advice)
    if phrase.hint == "unclear":
        raise QuantityError(f"'{phrase.words}' can be read in two ways", way_out)
    if phrase.doubt:
        message = f"'{phrase.words}' can be read in two ways beside '{' '.join(phrase.doubt.split())}'"
        raise QuantityError(message, way_out)
    if phrase.apart:
        raise QuantityError(f"the two units of '{phrase.words}' do not agree", f"correct one of them, or {way_out}")
    if phrase.low != phrase.high:
        core, support = _of_range(phrase)
    elif phrase.dimension == "count" and phrase.low <= _COUNTED and phrase.hint in ("bare", "exactly"):
        core, support = _crisp(Interval(phrase.low, phrase.low))
    else:
        core, support = _RULES[phrase.hint](phrase.low, phrase.half_low)
    return _in_whole_numbers(core, support) if phrase.dimension == "count" else (core, support)


def _in_whole_numbers(core: Interval, support: Interval) -> Accepted:
    """Return intervals of counts drawn in to whole numbers; as they are where the core holds none ("nearly three")."""
    inner, outer = _drawn_in(core), _drawn_in(support)
    return (core, support) if inner is None or outer is None else (inner, outer)


def _drawn_in(interval: Interval) -> Interval | None:
    low = interval.low if math.isinf(interval.low) else math.ceil(interval.low - _ROUNDING)
    high = interval.high if math.isinf(interval.high) else math.floor(interval.high + _ROUNDING)
    empty = low > high or (low == high and (interval.low_open or interval.high_open))
    return None if empty else replace(interval, low=float(low), high=float(high))


def _of_range(phrase: Phrase) -> Accepted:
    """A range is taken literally; "about" widens each of its ends as it widens a number."""
    if phrase.hint in ("bare", "exactly"):
        return _crisp(Interval(phrase.low, phrase.high))
    if phrase.hint != "about":
        raise QuantityError(
            f"'{phrase.words}' sets a limit to a range, which can be read in two ways", say_expect(phrase.dimension)
        )
    core_low, support_low = _about(phrase.low, phrase.half_low)
    core_high, support_high = _about(phrase.high, phrase.half_high)
    return Interval(core_low.low, core_high.high), Interval(support_low.low, support_high.high)


def _about(x: float, h: float) -> Accepted:
    core, support = (min(max(width, 0.05 * x), 0.2 * x) for width in (2 * h, 4 * h))
    return Interval(x - core, x + core), Interval(x - support, x + support)


def _crisp(interval: Interval) -> Accepted:
    return interval, interval


# Number x and the half-width h of its last digit → (core, support).
_RULES: dict[Hint, Callable[[float, float], Accepted]] = {
    "bare": lambda x, h: (Interval(x - h, x + h), Interval(x - 2 * h, x + 2 * h)),
    "exactly": lambda x, h: _crisp(Interval(x - h, x + h)),
    "about": _about,
    "nearly": lambda x, _: (Interval(0.9 * x, x, high_open=True), Interval(0.85 * x, 1.02 * x)),
    # As "nearly", but these words name the side of the limit, and that is taken literally.
    "just-under": lambda x, _: (Interval(0.9 * x, x, high_open=True), Interval(0.85 * x, x, high_open=True)),
    "just-over": lambda x, _: (Interval(x, 1.1 * x, low_open=True), Interval(x, 1.15 * x, low_open=True)),
    "under": lambda x, _: _crisp(Interval(-math.inf, x, high_open=True)),
    "at-most": lambda x, _: _crisp(Interval(-math.inf, x)),
    "over": lambda x, _: _crisp(Interval(x, math.inf, low_open=True)),
    "at-least": lambda x, _: _crisp(Interval(x, math.inf)),
    # Surely true only beyond the reach of "just", not yet false on the right side of the number.
    "well-under": lambda x, _: (Interval(-math.inf, 0.9 * x), Interval(-math.inf, x, high_open=True)),
    "well-over": lambda x, _: (Interval(1.1 * x, math.inf), Interval(x, math.inf, low_open=True)),
}
