"""The rule: a measured interval against what the words accept. The same for every kind of claim.

holds: the value lies in the core and the whole interval in the support. fails: the whole interval lies
outside the support. Everything else is too close to call, with reasons. The outcome "inconclusive" is that
of ISO 10576-1, the interval taken off the limit that of the guard bands in ILAC-G8.
"""

from __future__ import annotations

import math

from storymap.quantity import Expectation, Interval
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
    verdict = _verdict(measurement, core, support)
    return Reading(
        label=label,
        measurement=measurement,
        expectation=expectation,
        verdict=verdict,
        margin=core.depth(measurement.value, measurement.value),
        margin_at_worst=support.depth(measurement.low, measurement.high),
        reasons=_reasons(measurement, core, support) if verdict == Verdict.TOO_CLOSE else (),
    )


def _verdict(measured: Measurement, core: Interval, support: Interval) -> Verdict:
    if "not-independent" in measured.cautions:  # what was drawn from the answer cannot prove or refute it
        return Verdict.TOO_CLOSE
    if support.apart_from(measured.low, measured.high):
        return Verdict.FAILS
    if core.contains(measured.value) and support.covers(measured.low, measured.high):
        return Verdict.HOLDS
    return Verdict.TOO_CLOSE


def _reasons(measured: Measurement, core: Interval, support: Interval) -> tuple[str, ...]:
    """Return why it is too close: the words leave it open (definition), or the measurement does."""
    if "not-independent" in measured.cautions:
        return ("not-independent",)
    reasons = []
    if support.contains(measured.value) and not core.contains(measured.value):
        reasons.append("definition")
    if not support.covers(measured.low, measured.high):
        reasons.append("uncertainty")
        if "edge-model" in measured.cautions:
            reasons.append("edge-model")
        if "scale" in measured.cautions and not support.contains(measured.high):  # detail only ever adds length
            reasons.append("scale")
    return tuple(reasons)
