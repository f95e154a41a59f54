"""The rule: a measured interval against what the words accept. The same for every kind of claim.

holds: the value lies in the core and the whole interval in the support. fails: the whole interval lies
outside the support. Everything else is too close to call, with reasons. The outcome "inconclusive" is that
of ISO 10576-1, the interval taken off the limit that of the guard bands in ILAC-G8.

Reasons: the words leave it open (definition), or a limit lies in the interval; then what brings it there, positions
(uncertainty) or what was added for other causes (scale, edge-model, definition).

Directions go round: they are turned by full circles until the value lies as near as may be to what the words accept,
and one that reaches that by the other way round does not fail.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from storymap.quantity import Expectation, Interval, turn_towards
from storymap.scene import Measurement, Reading, Verdict, Widening

TRUE = Interval(0.0, math.inf, low_open=True)
"""What a claim without a number accepts: a margin above zero."""


def judge(
    measurement: Measurement, expectation: Expectation | None, *, label: str = "", too_loose: bool = False
) -> Reading:
    """Return the verdict on a measurement; `expectation` is None for what is true or false without a number.

    `too_loose`: the words set no limit, so the measurement stands without verdict and margin.
    """
    if too_loose:
        return Reading(label, measurement, None, Verdict.TOO_LOOSE, None, None, ())
    if expectation is None and measurement.dimension != "truth":
        raise ValueError(f"a {measurement.dimension} needs an expectation")
    if expectation is not None and expectation.dimension != measurement.dimension:
        raise ValueError(f"a {measurement.dimension} cannot be held against a {expectation.dimension}")
    core, support = (TRUE, TRUE) if expectation is None else (expectation.core, expectation.support)
    held = _turned(measurement, core)
    verdict = _verdict(held, core, support)
    return Reading(
        label=label,
        measurement=measurement,
        expectation=expectation,
        verdict=verdict,
        margin=core.depth(held.value, held.value),
        margin_at_worst=support.depth(held.low, held.high),
        reasons=_reasons(held, core, support) if verdict == Verdict.TOO_CLOSE else (),
    )


def _turned(measured: Measurement, core: Interval) -> Measurement:
    if measured.dimension != "direction":
        return measured
    turn = turn_towards(measured.value, core)
    return replace(measured, value=measured.value + turn, low=measured.low + turn, high=measured.high + turn)


def _apart(measured: Measurement, support: Interval) -> bool:
    turns = (-360.0, 0.0, 360.0) if measured.dimension == "direction" else (0.0,)
    return all(support.apart_from(measured.low + turn, measured.high + turn) for turn in turns)


def _open(measured: Measurement, support: Interval) -> bool:
    """Return whether a limit lies inside the interval, so that it is on neither side of it as a whole."""
    return not support.covers(measured.low, measured.high) and not _apart(measured, support)


def _verdict(measured: Measurement, core: Interval, support: Interval) -> Verdict:
    if "not-independent" in measured.cautions:  # what was drawn from the answer cannot prove or refute it
        return Verdict.TOO_CLOSE
    if _apart(measured, support):
        return Verdict.FAILS
    if core.contains(measured.value) and support.covers(measured.low, measured.high):
        return Verdict.HOLDS
    return Verdict.TOO_CLOSE


def _reasons(measured: Measurement, core: Interval, support: Interval) -> tuple[str, ...]:
    """Return why it is too close: the words leave it open (definition), or what makes the interval does."""
    if "not-independent" in measured.cautions:
        return ("not-independent",)
    reasons = []
    if support.contains(measured.value) and not core.contains(measured.value):
        reasons.append("definition")
    if _open(measured, support):
        reasons += _what_opens(measured, support)
    return tuple(dict.fromkeys(reasons))


def _what_opens(measured: Measurement, support: Interval) -> list[str]:
    """Return what brings a limit into the interval: positions alone, or else what was added for other causes.

    Of these each without which no limit would lie in it; all of them, where each does it by itself.
    """
    if _open(_narrowed(measured, measured.widenings), support):
        return ["uncertainty"]
    codes = [each.code for each in measured.widenings]
    return [each.code for each in measured.widenings if not _open(_narrowed(measured, [each]), support)] or codes


def _narrowed(measured: Measurement, by: Sequence[Widening]) -> Measurement:
    below, above = sum(each.below for each in by), sum(each.above for each in by)
    return replace(measured, low=measured.low + below, high=measured.high - above)
