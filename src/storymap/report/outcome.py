"""What came of one story, as every report takes it."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.problems import Problem
from storymap.scene import Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """A story's findings and problems. `strict`: a warning fails too."""

    path: str
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    strict: bool = False

    def fails(self, finding: Finding) -> bool:
        """Whether a claim fails: it turns out other than its author says, or, if strict, is too close to call."""
        warned = self.strict and any(_is_about(problem, finding) for problem in self.problems)
        return warned or not finding.as_the_author_says

    def problems_beside(self, level: str) -> list[Problem]:
        """Return the problems of a level that are not told by a claim's own verdict."""
        return [
            problem
            for problem in self.problems
            if problem.level == level and not any(_is_about(problem, finding) for finding in self.findings)
        ]


def _is_about(problem: Problem, finding: Finding) -> bool:
    return problem.code == "too-close" and problem.span == finding.span
