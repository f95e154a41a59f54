"""A measurement against its limit as a small picture: axis, accepted zone, limits, interval, value, all in percents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, inf, isfinite, log10
from unicodedata import category, east_asian_width

from storymap.page.units import SYSTEMS, Told, Versions, in_all, plain
from storymap.quantity import Interval, System, Unit, show_quantity, turn_towards
from storymap.scene import Reading
from storymap.strings import Catalogue
from storymap.wording import figures_of, fineness_of, unit_of

_LETTER = 3.1  # percents that a digit or a letter of 16 px takes of the narrowest gauge, 264 px


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis, and its words: `text_x` and `anchor` keep them on the picture and as near as they can be."""

    x: str
    text: Told
    text_x: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the gauge template draws. `zone`, `support`, `bar` are (start, width) in percents; `ends` the axis' words.

    `support` is what is not yet wrong, where that is more than the zone. Two limits that have no room for the words of
    both share one label, and the axis' ends give way. Readers change the words' units, the picture stays.
    """

    zone: tuple[str, str] | None
    support: tuple[str, str] | None
    bar: tuple[str, str]
    point: Tick
    limits: tuple[Tick, ...]
    ends: tuple[Told, Told]


def gauge(told: Versions, words: Catalogue) -> Gauge:
    """Return the gauge of a reading, its axis in the story's own unit; limits are told as in its record."""
    reading, unit = told.own, unit_of(told.own)
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
        return _percent(at(low)), _percent(at(high) - at(low))

    def said(v: float) -> Told:
        """Return the words at an end of the axis, which is round in the story's own unit only."""
        fine = (end - start) * unit.si / 100 if v else 0.0

        def in_its_unit(one: Reading) -> str:
            return show_quantity(v * unit.si, 0.0 if unit_of(one) == unit else fine, unit_of(one), how)

        return told.tell(in_its_unit)

    how = words.numbers
    ends = [told.tell(lambda one, end=end: figures_of(one, words).core_ends[end]) for end in (0, 1)]  # type: ignore[misc]
    limits = [_tick(at(v), text) for v, text in zip(core, ends, strict=True) if isfinite(v)]
    if len(limits) > 1 and any(_meet(limits[0], limits[1], system) for system in (None, *SYSTEMS)):
        both = told.tell(lambda one: figures_of(one, words).core)
        label = _tick((_number(limits[0].x) + _number(limits[1].x)) / 2, both)
        limits = [replace(label, x=limits[0].x), replace(limits[1], text=plain(""))]
    corners = [_tick(at(v), said(v)) for v in (start, end)]
    left, right = (_beside(one, limits) for one in corners)
    bar = span(low, high)
    number = told.tell(lambda one: show_quantity(measured.value, fineness_of(measured), unit_of(one), how))
    return Gauge(
        span(*core) if core != (-inf, inf) else None,
        span(*support) if support != core else None,
        (bar[0], max(bar[1], ".6%", key=_number)),
        _tick(at(value), number),
        tuple(limits),
        (left, right),
    )


def _tick(at: float, text: Told) -> Tick:
    """Return a mark whose words stand under it, or as near to that as the ends of the picture let them."""
    half = _widest(text) / 2
    x, anchor = (0.0, "start") if at < half else (100.0, "end") if at > 100 - half else (at, "middle")
    return Tick(_percent(at), text, _percent(x), anchor)


def _beside(corner: Tick, limits: Sequence[Tick]) -> Told:
    """Return the words at an end of the axis; "" in those units in which a limit's words have taken their room."""
    return in_all(
        lambda system: "" if any(_meet(corner, limit, system) for limit in limits) else corner.text.of(system)
    )


def _meet(one: Tick, other: Tick, system: System | None) -> bool:
    """Return whether the words of two marks would touch."""
    if not one.text or not other.text:
        return False
    low, high = sorted((_extent(one, system), _extent(other, system)))
    return high[0] < low[1] + 3


def _extent(tick: Tick, system: System | None) -> tuple[float, float]:
    x, width = _number(tick.text_x), _LETTER * _letters(tick.text.of(system))
    left = {"start": x, "middle": x - width / 2, "end": x - width}[tick.anchor]
    return left, left + width


def _widest(text: Told) -> float:
    """Return how many percents of a gauge of 264 px the longest version of some words takes."""
    return max(_LETTER * _letters(version) for version in (text.own, text.km, text.miles))


def _letters(text: str) -> int:
    """Return how many letters wide some words are: those of China and Korea count twice, marks of direction not."""
    return sum(0 if category(c) == "Cf" else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _percent(value: float) -> str:
    """Return percents as CSS and SVG write them, to a tenth."""
    return f"{value:.1f}".removesuffix(".0").removeprefix("0" if 0.05 <= value < 0.95 else "") + "%"


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
