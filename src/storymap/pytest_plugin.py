"""A claim is a test item: `pytest stories/` measures every claim of the project's stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """A story: its claims are the items, and where more than a claim is to be told, the story is one too."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item a claim; before them one for the story, if it cannot be checked or `check` would warn of it.

        Nothing is raised or warned of here: pytest would run no test of any story.
        """
        from storymap.compiler import check_file  # noqa: PLC0415

        try:
            checked = check_file(self.path)
        except StorymapError as error:
            yield StoryItem.from_parent(self, name="story", fault=error, warnings=())
            return
        close = {problem.span: problem for problem in checked.warnings if problem.code == "too-close"}
        warnings = [problem for problem in checked.warnings if problem.code != "too-close"]
        if warnings:
            yield StoryItem.from_parent(self, name="story", fault=None, warnings=warnings)
        for finding in checked.findings.values():
            name = f"{finding.step_id}/{finding.claim_id}"
            yield ClaimItem.from_parent(self, name=name, finding=finding, warning=close.get(finding.span))


class StoryItem(pytest.Item):
    """A story as a whole: fails where it cannot be checked, else passes with its warnings."""

    def __init__(self, *, fault: StorymapError | None, warnings: Sequence[Problem], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fault = fault
        self.warnings = warnings

    def runtest(self) -> None:
        """Fail with all that is wrong with the story, or warn."""
        if self.fault is not None:
            raise self.fault
        refused = [line for line in map(as_line, self.warnings) if self._refuses(line)]
        if refused:
            raise StoryWarning("\n".join(refused))

    def _refuses(self, line: str) -> bool:
        """Warn, and return whether warnings are errors in this run."""
        try:
            self.warn(StoryWarning(line))
        except StoryWarning:
            return True
        return False

    def reportinfo(self) -> tuple[Path, int, str]:
        """Point at the first line where something is wrong, if it is in the story."""
        problems = self.warnings if self.fault is None else getattr(self.fault, "problems", ())
        lines = [problem.span.line for problem in problems if Path(problem.span.path).name == self.path.name]
        return self.path, min(lines, default=1) - 1, "story"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show a story's problems as its author knows them."""
        return _told(excinfo) or super().repr_failure(excinfo, style)


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
