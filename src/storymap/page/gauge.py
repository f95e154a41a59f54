"""A measurement against its limit as a small picture: axis, accepted zone, limits, interval, value, all in percents."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf, isfinite, log10

from storymap.quantity import Interval, Unit, show_quantity
from storymap.scene import Reading
from storymap.wording import uncertainty_of


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis with its words; `anchor` keeps the words on the picture."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the gauge template draws. `zone` and `bar` are (start, width) in percents; `ends` the axis' two words."""

    zone: tuple[str, str] | None
    bar: tuple[str, str]
    point: Tick
    limits: tuple[Tick, ...]
    ends: tuple[str, str]


def gauge(reading: Reading, unit: Unit) -> Gauge:
    """Return the gauge of a reading, its axis in `unit`."""
    measured = reading.measurement
    value, low, high = (v / unit.si for v in (measured.value, measured.low, measured.high))
    core = _scaled(reading.expectation.core, unit) if reading.expectation else _free(measured.dimension)
    start, end = _axis([v for v in (value, low, high, *core) if isfinite(v)], from_zero=measured.dimension != "truth")

    def at(v: float) -> float:
        return min(100.0, max(0.0, (v - start) / (end - start) * 100))

    limits = tuple(
        Tick(f"{at(v):.1f}%", show_quantity(v * unit.si, 0.0, unit), _anchor(at(v))) for v in core if isfinite(v)
    )
    zone = (at(core[0]), at(core[1])) if core != (-inf, inf) else None
    bar = (at(low), at(high))
    crowded = [float(t.x[:-1]) for t in limits]
    ends = (
        "" if any(x < 22 for x in crowded) else show_quantity(start * unit.si, 0.0, unit),
        "" if any(x > 78 for x in crowded) else show_quantity(end * unit.si, 0.0, unit),
    )
    number = show_quantity(measured.value, uncertainty_of(reading), unit)
    return Gauge(
        (f"{zone[0]:.1f}%", f"{zone[1] - zone[0]:.1f}%") if zone else None,
        (f"{bar[0]:.1f}%", f"{max(bar[1] - bar[0], 0.6):.1f}%"),
        Tick(f"{at(value):.1f}%", number, _anchor(at(value))),
        limits if len(limits) < 2 or abs(crowded[1] - crowded[0]) > 24 else limits[:1],
        ends,
    )


def _scaled(interval: Interval, unit: Unit) -> tuple[float, float]:
    return interval.low / unit.si, interval.high / unit.si


def _free(dimension: str) -> tuple[float, float]:
    return (0.0, inf) if dimension == "truth" else (-inf, inf)


def _axis(values: list[float], *, from_zero: bool) -> tuple[float, float]:
    """Return round ends of an axis that holds all values with room: from zero, unless they crowd far from it."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    start, end = low - span * 0.25, high + span * 0.25
    if from_zero and start < high * 0.4:
        start = 0.0
        end = max(high, span) * 1.25
    step = 10 ** floor(log10(end - start)) / 2
    return floor(start / step) * step, -floor(-end / step) * step


def _anchor(percent: float) -> str:
    return "start" if percent < 12 else "end" if percent > 88 else "middle"
