"""A measurement against its limit as a small picture: axis, accepted zone, limits, interval, value, all in percents."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

from storymap.quantity import Interval, Unit, show_quantity, turn_towards
from storymap.scene import Reading
from storymap.strings import Catalogue
from storymap.wording import figures_of, fineness_of


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis with its words; `anchor` keeps the words on the picture."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the gauge template draws. `zone`, `support`, `bar` are (start, width) in percents; `ends` the axis' words.

    `support` is what is not yet wrong, where that is more than the zone. A crowded mark has no words.
    """

    zone: tuple[str, str] | None
    support: tuple[str, str] | None
    bar: tuple[str, str]
    point: Tick
    limits: tuple[Tick, ...]
    ends: tuple[str, str]


def gauge(reading: Reading, unit: Unit, words: Catalogue) -> Gauge:
    """Return the gauge of a reading, its axis in `unit`, which is the reading's; limits are told as in its record."""
    measured = reading.measurement
    turn = 0.0
    if measured.dimension == "direction" and reading.expectation:  # across north, an axis goes on below 0 or over 360
        turn = turn_towards(measured.value, reading.expectation.core)
    value, low, high = ((v + turn) / unit.si for v in (measured.value, measured.low, measured.high))
    core = support = _free(measured.dimension)
    if reading.expectation:
        core, support = _scaled(reading.expectation.core, unit), _scaled(reading.expectation.support, unit)
    marks = [v for v in (value, low, high, *core, *support) if isfinite(v)]
    start, end = _axis(marks, measured.dimension)
    if measured.dimension == "count":
        start, end = 0.0, max(1.0, ceil(max(marks) * 1.25))

    def at(v: float) -> float:
        return min(100.0, max(0.0, (v - start) / (end - start) * 100))

    def span(low: float, high: float) -> tuple[str, str]:
        return f"{at(low):.1f}%", f"{at(high) - at(low):.1f}%"

    def said(v: float) -> str:
        return show_quantity(v * unit.si, 0.0, unit, how)

    how, told = words.section("quantity"), figures_of(reading, words).core_ends
    limits = [Tick(f"{at(v):.1f}%", text, _anchor(at(v))) for v, text in zip(core, told, strict=True) if isfinite(v)]
    if len(limits) > 1 and _meet(limits[0], limits[1]):
        limits[1] = Tick(limits[1].x, "", "middle")
    ends = [Tick("0%", said(start), "start"), Tick("100%", said(end), "end")]
    left, right = ("" if any(_meet(end, limit) for limit in limits) else end.text for end in ends)
    bar = span(low, high)
    number = show_quantity(measured.value, fineness_of(measured), unit, how)
    return Gauge(
        span(*core) if core != (-inf, inf) else None,
        span(*support) if support != core else None,
        (bar[0], max(bar[1], "0.6%", key=_number)),
        Tick(f"{at(value):.1f}%", number, _anchor(at(value))),
        tuple(limits),
        (left, right),
    )


def _meet(one: Tick, other: Tick) -> bool:
    """Return whether the words of two marks would touch on a gauge of 290 px, where a letter is 2.3 % wide."""
    if not one.text or not other.text:
        return False
    low, high = sorted((_extent(one), _extent(other)))
    return high[0] < low[1] + 3


def _extent(tick: Tick) -> tuple[float, float]:
    x, width = _number(tick.x), 2.3 * len(tick.text)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[tick.anchor]
    return left, left + width


def _number(percent: str) -> float:
    return float(percent.removesuffix("%"))


def _scaled(interval: Interval, unit: Unit) -> tuple[float, float]:
    return interval.low / unit.si, interval.high / unit.si


def _free(dimension: str) -> tuple[float, float]:
    return (0.0, inf) if dimension == "truth" else (-inf, inf)


def _axis(values: list[float], dimension: str) -> tuple[float, float]:
    """Return round ends of an axis that holds all values with room: from zero, unless they crowd far from it.

    Directions end at a wind.
    """
    low, high = min(values), max(values)
    if dimension == "direction":
        return floor((low - 10) / 45) * 45.0, ceil((high + 10) / 45) * 45.0
    span = (high - low) or abs(high) or 1.0
    start, end = low - span * 0.25, high + span * 0.25
    if dimension != "truth" and start < high * 0.4:
        start = 0.0
        end = max(high, span) * 1.25
    step = 10 ** floor(log10(end - start)) / 2
    return floor(start / step) * step, -floor(-end / step) * step


def _anchor(percent: float) -> str:
    return "start" if percent < 12 else "end" if percent > 88 else "middle"
