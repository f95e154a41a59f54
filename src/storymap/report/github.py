"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

The commands and their escapes: GitHub's documentation, "Workflow commands for GitHub Actions", and `command.ts` of
its package @actions/core.
"""

from __future__ import annotations

from storymap.problems import Span
from storymap.report.outcome import Outcome
from storymap.report.text import in_short, one_line
from storymap.strings import Catalogue

_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def as_github(outcome: Outcome, words: Catalogue) -> list[str]:
    """Return one command for each claim that fails, each error and each warning; what is fine has none."""
    commands = []
    told = set()
    for finding in filter(outcome.fails, outcome.findings):
        message = f"“{one_line(finding.quote)}”: {in_short(finding, words)}"
        commands.append(_command("error", finding.span, words.say(f"verdict.{finding.verdict}"), message))
        told.add(finding.span)
    for problem in outcome.problems:
        if problem.code == "too-close" and problem.span in told:
            continue
        level = "error" if outcome.strict else problem.level
        message = f"{problem.message}\n{problem.help}" if problem.help else problem.message
        commands.append(_command(level, problem.span, problem.code, message))
    return commands


def _command(level: str, span: Span, title: str, message: str) -> str:
    properties = {"file": span.path, "line": str(span.line), "col": str(span.column), "title": title}
    listed = ",".join(f"{name}={value.translate(_IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{level} {listed}::{message.translate(_IN_MESSAGES)}"
