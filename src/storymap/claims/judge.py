"""The rule: a measured interval against what the words accept. The same for every kind of claim.

holds: the value lies in the core and the whole interval in the support. fails: the whole interval lies
outside the support. Everything else is too close to call, with reasons. The outcome "inconclusive" is that
of ISO 10576-1, the interval taken off the limit that of the guard bands in ILAC-G8.

Directions go round: they are turned by full circles until the value lies as near as may be to what the words accept,
and one that reaches that by the other way round does not fail.
"""

from __future__ import annotations

import math
from dataclasses import replace

from storymap.quantity import Expectation, Interval, turn_towards
from storymap.scene import Measurement, Reading, Verdict

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


def _verdict(measured: Measurement, core: Interval, support: Interval) -> Verdict:
    if "not-independent" in measured.cautions:  # what was drawn from the answer cannot prove or refute it
        return Verdict.TOO_CLOSE
    if _apart(measured, support):
        return Verdict.FAILS
    if core.contains(measured.value) and support.covers(measured.low, measured.high):
        return Verdict.HOLDS
    return Verdict.TOO_CLOSE


def _reasons(measured: Measurement, core: Interval, support: Interval) -> tuple[str, ...]:
    """Return why it is too close: the words leave it open (definition), or the measurement does."""
    if "not-independent" in measured.cautions:
        return ("not-independent",)
    reasons = []
    settled = support.covers(measured.low, measured.high)
    # A direction says itself where it can be meant in several ways that lie further apart than the positions blur it.
    in_several_ways = not settled and "definition" in measured.cautions
    if in_several_ways or (support.contains(measured.value) and not core.contains(measured.value)):
        reasons.append("definition")
    if not settled:
        if not in_several_ways:
            reasons.append("uncertainty")
        if "edge-model" in measured.cautions:
            reasons.append("edge-model")
        if "scale" in measured.cautions and not support.contains(measured.high):  # detail only ever adds length
            reasons.append("scale")
    return tuple(reasons)
