"""A claim is a test item: `pytest stories/` measures every claim of the project's stories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storymap.problems import Problem, StorymapError, as_line

if TYPE_CHECKING:
    from storymap.scene import Finding


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the YAML files of a project's stories folder, and no other YAML."""
    if file_path.suffix not in (".yaml", ".yml") or file_path.parent.name != "stories":
        return None
    from storymap.inputs import stories_of  # noqa: PLC0415  (only a run that meets a story pays for the compiler)

    if file_path.resolve() not in stories_of(file_path.parent):
        return None
    story: pytest.Collector = StoryFile.from_parent(parent, path=file_path)
    return story


class StoryFile(pytest.File):
    """A story: its claims are the items; a story with errors fails as a whole, one with warnings warns."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item a claim."""
        from storymap.compiler import check_file  # noqa: PLC0415

        checked = check_file(self.path)
        close = {problem.span: problem for problem in checked.warnings if problem.code == "too-close"}
        for problem in checked.warnings:
            if problem.code != "too-close":
                self.warn(StoryWarning(as_line(problem)))
        for finding in checked.findings.values():
            name = f"{finding.step_id}/{finding.claim_id}"
            yield ClaimItem.from_parent(self, name=name, finding=finding, warning=close.get(finding.span))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002
        """Show a story's problems as its author knows them."""
        return _told(excinfo) or super().repr_failure(excinfo)


class ClaimItem(pytest.Item):
    """One claim: passes where the finding is as the author says."""

    def __init__(self, *, finding: Finding, warning: Problem | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.finding = finding
        self.warning = warning

    def runtest(self) -> None:
        """Fail where the claim does not turn out as the author says; warn where it is too close to call."""
        if not self.finding.as_the_author_says:
            raise ClaimFailure(self.finding)
        if self.warning is not None:
            self.warn(StoryWarning(as_line(self.warning)))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Point at the claim's line in the story."""
        return self.path, self.finding.span.line - 1, f"“{self.finding.quote}”"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the finding in one line."""
        return _told(excinfo) or super().repr_failure(excinfo, style)


class StoryWarning(pytest.PytestWarning):
    """What `storymap check` warns of; an error under `-W error::storymap.pytest_plugin.StoryWarning`."""


class ClaimFailure(Exception):
    """A claim that does not turn out as its author says."""

    def __init__(self, finding: Finding) -> None:
        from storymap.report import as_lines  # noqa: PLC0415
        from storymap.strings import catalogue  # noqa: PLC0415

        super().__init__("\n".join(as_lines([finding], catalogue())))


def _told(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    error = excinfo.value
    problems = getattr(error, "problems", ())
    if problems:
        return "\n".join(as_line(problem) for problem in problems)
    return str(error) if isinstance(error, ClaimFailure | StoryWarning | StorymapError) else ""
