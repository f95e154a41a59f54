"""Findings for machines: plain data, in SI units and as shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storymap.problems import Problem, as_record
from storymap.scene import Finding, Reading, Unchecked
from storymap.strings import Catalogue
from storymap.wording import figures_of, margin_of, spread_of, value_of, why


def as_data(
    path: str,
    findings: Iterable[Finding],
    unchecked: Iterable[Unchecked],
    problems: Iterable[Problem],
    words: Catalogue,
) -> dict[str, Any]:
    """Return one story's findings and problems as plain data (SI units, and as shown)."""
    problems = list(problems)
    return {
        "story": path,
        "claims": [_finding(finding, words) for finding in findings],
        "unchecked": [{"quote": u.quote, "why": u.why, "step": u.step_id} for u in unchecked],
        "errors": [as_record(problem) for problem in problems if problem.level == "error"],
        "warnings": [as_record(problem) for problem in problems if problem.level == "warning"],
    }


def _finding(finding: Finding, words: Catalogue) -> dict[str, Any]:
    return {
        "id": finding.claim_id,
        "step": finding.step_id,
        "kind": finding.kind,
        "quote": finding.quote,
        **_reading(finding.headline, words),
        "authors_verdict": finding.authors_verdict,
        "as_the_author_says": finding.as_the_author_says,
        "also": [{"label": reading.label, **_reading(reading, words)} for reading in finding.also],
        "path": finding.span.path,
        "line": finding.span.line,
        "column": finding.span.column,
    }


def _reading(reading: Reading, words: Catalogue) -> dict[str, Any]:
    measured, expected, shown = reading.measurement, reading.expectation, figures_of(reading, words)
    return {
        "verdict": reading.verdict,
        "reasons": list(reading.reasons),
        "dimension": measured.dimension,
        "value": measured.value,
        "low": measured.low,
        "high": measured.high,
        "core": expected and _ends(expected.core.low, expected.core.high),
        "words": expected and expected.words,
        "by_author": expected and expected.by_author,
        "support": expected and _ends(expected.support.low, expected.support.high),
        "margin": reading.margin,
        "places": list(measured.places),
        "shown": {
            "value": value_of(reading, words),
            "uncertainty": spread_of(reading, words),
            "interval": shown.interval,
            "claimed": None if expected is None else shown.core,
            "allowed": None if expected is None else shown.support,
            "margin": margin_of(reading, words),
            "why": why(reading, words),
        },
    }


def _ends(low: float, high: float) -> list[float | None]:
    """Return an interval's ends; JSON has no infinity, so no limit is null."""
    return [end if abs(end) != float("inf") else None for end in (low, high)]
