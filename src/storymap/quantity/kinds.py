"""What a quantity is made of: dimensions, units, intervals, and what a phrase lets us expect. All values are SI."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Dimension = Literal["length", "area", "duration", "speed", "count", "direction", "truth"]
"""SI units: m, m², s, m/s, 1; a direction is in degrees from north by way of east, its intervals going on below 0 or
over 360 where they reach over north; "truth" is a signed margin in metres, true above zero."""


class QuantityError(ValueError):
    """Words that do not give exactly one quantity: `message` says what is wrong, `help` what to write."""

    def __init__(self, message: str, advice: str = "") -> None:
        self.message = message
        self.help = advice
        super().__init__(message)

    def __reduce__(self) -> tuple[type[QuantityError], tuple[str, str]]:
        return QuantityError, (self.message, self.help)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, and how many SI units it holds."""

    symbol: str
    dimension: Dimension
    si: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the number line; an open end does not belong to it, an infinite end is no limit."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"no interval from {self.low} to {self.high}")

    def contains(self, x: float) -> bool:
        """Return whether `x` lies in the interval."""
        return not (self._below(x) or self._above(x))

    def covers(self, low: float, high: float) -> bool:
        """Return whether all of [low, high] lies in the interval."""
        return self.contains(low) and self.contains(high)

    def apart_from(self, low: float, high: float) -> bool:
        """Return whether no point of [low, high] lies in the interval."""
        return self._below(high) or self._above(low)

    def depth(self, low: float, high: float) -> float:
        """Return how far the nearer limit lies outside [low, high]; negative where [low, high] passes it."""
        return min(low - self.low, self.high - high)

    def _below(self, x: float) -> bool:
        return x < self.low or (self.low_open and x == self.low)

    def _above(self, x: float) -> bool:
        return x > self.high or (self.high_open and x == self.high)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What words let us expect, in SI: surely true in `core`, not yet false in `support`.

    `words` are the very words that were read, `unit` is theirs, `by_author` says that the author gave
    them in `expect:` and they do not stand in the prose.
    """

    words: str
    dimension: Dimension
    unit: Unit
    core: Interval
    support: Interval
    by_author: bool = False
