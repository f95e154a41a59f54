"""The numbers of each claim in SI units, as the page's own downloads hand them on (client/download.js)."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isfinite, log10
from typing import Any

from storymap.quantity import turn_towards
from storymap.scene import Finding, Reading
from storymap.wording import accepted_by, fineness_of, reach_of

# A margin is metres: true above 0.
_SI = {"length": "m", "truth": "m", "area": "m²", "duration": "s", "speed": "m/s", "count": "1", "direction": "°"}
_DIGITS = 3  # of the uncertainty: what lies beyond is nobody's measurement
_FINEST = -6  # decimals of an SI unit

Limits = list[float | None]


def facts(findings: Mapping[str, Finding]) -> dict[str, list[Any]]:
    """Return for each claim its kind, its SI unit, its limits, and the numbers of its readings, the headline first.

    The limits are what the words claim, from and to (None: no limit); there are none where the words set none. The
    numbers of a reading are the value, how far its interval reaches below it, and above it where that differs. A
    direction is held against limits on its own turn; those of a further reading come behind all its numbers where they
    differ from the headline's.
    """
    return {claim_id: _fact(finding) for claim_id, finding in findings.items()}


def _fact(finding: Finding) -> list[Any]:
    limits = _limits(finding.headline)
    readings = [_numbers(reading, limits) for reading in (finding.headline, *finding.also)]
    return [finding.kind, _SI[finding.headline.measurement.dimension], limits, *readings]


def _numbers(reading: Reading, limits: Limits) -> list[float | None]:
    measured = reading.measurement
    u = fineness_of(measured)
    place = floor(log10(u)) - _DIGITS + 1 if u > 0 and isfinite(u) else _FINEST
    value, below, above = (_rounded(number, place) for number in (measured.value, *reach_of(measured)))
    own = _limits(reading)
    if own != limits:
        return [value, below, above, *own]
    return [value, below] if below == above else [value, below, above]


def _limits(reading: Reading) -> Limits:
    """Return what the words claim of a reading, from and to."""
    accepted = accepted_by(reading)
    if accepted is None:
        return []
    core, _ = accepted
    measured = reading.measurement
    turn = turn_towards(measured.value, core) if measured.dimension == "direction" else 0.0
    return [_limit(core.low - turn), _limit(core.high - turn)]


def _limit(number: float) -> float | None:
    """Return a limit; JSON has no infinity, so that no limit is None."""
    return _rounded(number, _FINEST) if isfinite(number) else None


def _rounded(number: float, place: int) -> float:
    """Return a number to the digit of 10**`place`, an int where that says the same."""
    near = round(number, -place)
    return int(near) if near == int(near) else near
