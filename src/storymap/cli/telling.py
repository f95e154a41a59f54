"""What the commands say, and where they stop: findings to standard output, problems to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from storymap.problems import Problem, as_text

if TYPE_CHECKING:
    from storymap.report import Outcome
    from storymap.scene import Finding

FINE, CLAIM_FAILS, BAD_INPUT, MACHINE_AT_FAULT = 0, 1, 2, 3


def warn(problems: Sequence[Problem]) -> None:
    """Print problems with the lines they stand on, where there are any."""
    from storymap.inputs import texts_of  # noqa: PLC0415

    if problems:
        click.echo(as_text(problems, texts_of(problems)), err=True)


def tell_fails(path: Path, findings: Sequence[Finding]) -> None:
    """Print how many claims of a story do not hold, where there are any."""
    from storymap.inputs import shown_path  # noqa: PLC0415
    from storymap.report import what_fails  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if fails := what_fails(findings, catalogue()):
        click.echo(f"{shown_path(path)}: {fails}", err=True)


def say(outcome: Outcome, form: str) -> None:
    """Print a story's problems and findings for people, the problems as workflow commands where GitHub reads them."""
    from storymap.report import as_github, as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if form == "github":
        for command in as_github(outcome, catalogue()):
            click.echo(command)
    else:
        warn(outcome.problems)
    lines = as_lines(outcome.findings, catalogue())
    if not lines and not any(problem.level == "error" for problem in outcome.problems):
        lines = [f"no claims  {outcome.path}"]
    for line in lines:
        click.echo(line)


def stop(message: str, code: int) -> NoReturn:
    """Print one line and end with an exit code."""
    click.echo(f"storymap: {message}", err=True)
    sys.exit(code)
