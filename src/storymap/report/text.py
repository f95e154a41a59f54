"""Findings for people at a terminal: a line for each reading."""

from __future__ import annotations

from collections.abc import Iterable

from storymap.scene import Finding, Reading
from storymap.strings import Catalogue
from storymap.wording import needed_by, spread_of, value_of


def as_lines(findings: Iterable[Finding], words: Catalogue) -> list[str]:
    """Return a line a claim: verdict, value ± u, what is claimed, quote and place; further readings below it."""
    lines = []
    for finding in findings:
        where = f"{finding.span.path}:{finding.span.line}"
        said = finding.authors_verdict
        surprise = "" if said is None else f" ({words.say('report.author', verdict=said)})"
        lines.append(f"{_line(finding.headline, words)}  “{one_line(finding.quote)}”{surprise}  {where}")
        lines += [
            f"{_line(reading, words)}    {words.say('report.also', label=one_line(reading.label))}"
            for reading in finding.also
        ]
    return lines


def in_short(finding: Finding, words: Catalogue) -> str:
    """Return a claim's verdict with its figures as one sentence, and what its author said of it."""
    reading, said = finding.headline, finding.authors_verdict
    sentence = words.say(
        "report.outcome",
        verdict=words.say(f"verdict.{reading.verdict}"),
        measured=_measured(reading, words),
        needed=needed_by(reading, words, both="report.needed"),
    )
    return sentence if said is None else f"{sentence} ({words.say('report.author', verdict=said)})"


def what_fails(findings: Iterable[Finding], words: Catalogue) -> str:
    """Return in one line how many claims make a check fail, and what to do where that is meant; "" where none does."""
    wrong = [finding for finding in findings if not finding.as_the_author_says]
    failing = sum(finding.authors_verdict is None for finding in wrong)
    said = [
        words.say(f"report.{key}", count=number)
        for key, number in (("fails", failing), ("other", len(wrong) - failing))
        if number
    ]
    return "; ".join(said)


def one_line(text: str) -> str:
    """Return an author's words on one line, so that none of them can begin a line of a log."""
    return " ".join(text.split())


def _line(reading: Reading, words: Catalogue) -> str:
    reasons = f" [{', '.join(reading.reasons)}]" if reading.reasons else ""
    verdict = words.say(f"verdict.{reading.verdict}")
    return f"{verdict:<18}{_measured(reading, words):<23} {needed_by(reading, words, both='report.needed')}{reasons}"


def _measured(reading: Reading, words: Catalogue) -> str:
    return f"{value_of(reading, words)} {spread_of(reading, words)}"
