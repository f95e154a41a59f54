"""The numbers of each claim in SI units, as the page's own downloads hand them on (client/download.js)."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isfinite, log10
from typing import Any

from storymap.scene import Finding, Reading
from storymap.wording import fineness_of, reach_of

# A margin is metres: true above 0.
_SI = {"length": "m", "truth": "m", "area": "m²", "duration": "s", "speed": "m/s", "count": "1", "direction": "°"}
_DIGITS = 3  # of the uncertainty: what lies beyond is nobody's measurement


def facts(findings: Mapping[str, Finding]) -> dict[str, list[Any]]:
    """Return for each claim its kind, its SI unit, and the numbers of its readings, the headline first.

    The numbers are the value, how far its interval reaches below it, and above it where that differs.
    """
    return {claim_id: _fact(finding) for claim_id, finding in findings.items()}


def _fact(finding: Finding) -> list[Any]:
    readings = [_numbers(reading) for reading in (finding.headline, *finding.also)]
    return [finding.kind, _SI[finding.headline.measurement.dimension], *readings]


def _numbers(reading: Reading) -> list[float]:
    measured = reading.measurement
    u = fineness_of(measured)
    place = floor(log10(u)) - _DIGITS + 1 if u > 0 and isfinite(u) else -6
    value, below, above = (_rounded(number, place) for number in (measured.value, *reach_of(measured)))
    return [value, below] if below == above else [value, below, above]


def _rounded(number: float, place: int) -> float:
    """Return a number to the digit of 10**`place`, an int where that says the same."""
    near = round(number, -place)
    return int(near) if near == int(near) else near
