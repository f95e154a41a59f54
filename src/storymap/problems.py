"""What can be wrong, where it is, and how it is shown.

Every fault that a person can cause becomes a `Problem` with a place in a file. Problems are gathered
and raised together as one `StoryError`; a fault of the machine (disk, missing tool) is a `ToolError`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count characters and start at 1; the end is exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where, a permanent kebab-case code, what is wrong, and what to type instead.

    `help` may have several lines: words that end in a colon, and below them lines of YAML to paste.
    """

    span: Span
    code: str
    message: str
    help: str = ""
    level: Level = "error"


class StorymapError(Exception):
    """The one error that callers of storymap need to catch."""


class StoryError(StorymapError):
    """The author's input is wrong; `problems` holds every fault that was found, at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=lambda p: p.span))
        super().__init__("\n".join(as_line(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[StoryError], tuple[tuple[Problem, ...]]]:
        return StoryError, (self.problems,)  # so that it crosses a process pool whole


class ToolError(StorymapError):
    """The machine is at fault (disk, permission, a missing tool), not the story."""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the choice nearest to `word`, or an empty string."""
    import difflib  # noqa: PLC0415  (a command that goes well need not load it)

    near = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def as_line(problem: Problem) -> str:
    """Return a problem on one line: file:line:column: level: message (the first line of the help) [code]."""
    advice = problem.help.partition("\n")[0].rstrip(":")
    tail = f" ({advice})" if advice else ""
    return f"{problem.span}: {problem.level}: {problem.message}{tail} [{problem.code}]"


def as_excerpt(problem: Problem, text: str | None) -> str:
    """Return a problem with the source line it stands on, a caret under it, and the help below.

    `text` is the whole source file, or None where it cannot be shown.
    """
    span = problem.span
    shown = [f"{span}: {problem.level}: {problem.message} [{problem.code}]"]
    # Not splitlines(): it also breaks at U+2028, form feeds and the like, which do not count as lines here.
    lines = [] if text is None else text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if 0 < span.line <= len(lines):
        start, width, line = _window(lines[span.line - 1], span)
        gutter = str(span.line)
        shown.append(f"  {gutter} | {line}")
        shown.append(f"  {' ' * len(gutter)} | {' ' * start}{'^' * width}")
    if problem.help:
        shown.append("  help: " + problem.help.replace("\n", "\n    "))
    return "\n".join(shown)


def _window(line: str, span: Span, columns: int = 100) -> tuple[int, int, str]:
    """Return (caret start, caret width, the part of the line to show): long lines are cut around the caret.

    Start and width count the columns of a terminal, where a Korean letter takes two.
    """
    clean = "".join(c if c.isprintable() else " " for c in line)
    start = min(max(span.column - 1, 0), len(clean))
    same_line = span.end_line in (0, span.line)
    end = span.end_column - 1 if same_line and span.end_column else len(clean)
    end = max(start, min(end, len(clean)))
    edges = list(accumulate(map(_columns, clean), initial=0))  # the columns before each character
    cut = max(0, min(edges[start] - columns // 3, edges[-1] - columns))
    left = bisect_left(edges, cut)
    right = bisect_right(edges, edges[left] + columns) - 1
    width = max(1, min(edges[end], edges[right]) - edges[start])
    return edges[start] - edges[left], width, clean[left:right]


def _columns(character: str) -> int:
    """Return how many columns of a terminal a character takes: marks and the inner parts of a split syllable none."""
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def as_text(problems: Sequence[Problem], sources: Mapping[str, str]) -> str:
    """Return all problems as excerpts, one blank line between, for a terminal."""
    return "\n\n".join(as_excerpt(problem, sources.get(problem.span.path)) for problem in problems)


def as_record(problem: Problem) -> dict[str, object]:
    """Return a problem as plain data: path, line, column, end, code, level, message, help."""
    span = problem.span
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line or span.line,
        "end_column": span.end_column or span.column,
        "code": problem.code,
        "level": problem.level,
        "message": problem.message,
        "help": problem.help,
    }
