"""`check` and `build`: what a story claims is measured, and its page is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.stories import STORIES, each, stories_given
from storymap.cli.telling import BAD_INPUT, say, tell_fails, warn
from storymap.problems import Problem, StoryError

if TYPE_CHECKING:
    from storymap.report import Outcome
    from storymap.scene import Unchecked

_FOR_PEOPLE = ("text", "github")  # forms of `check` that are told story by story


@click.command()
@STORIES
@click.option("-o", "--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Output folder.")
def build(stories: Sequence[Path], out: Path) -> None:
    """Check STORIES and write their pages to OUT/<story>/index.html.

    A story with an error leaves its old page as it was. Example: storymap build stories/kim-in-russia.yaml
    """
    from storymap.compiler import build_file  # noqa: PLC0415
    from storymap.inputs import shown_path  # noqa: PLC0415
    from storymap.publish import apart, size_of  # noqa: PLC0415
    from storymap.report import as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    def one(path: Path) -> bool:
        built, page = build_file(path, out)
        warn(built.checked.warnings)
        for request in built.requests:
            click.echo(f"{shown_path(path)}: note: {request}", err=True)
        if built.files:
            size = catalogue().say("report.files", size=size_of(built.files.values()))
            click.echo(f"{shown_path(path)}: note: {size}", err=True)
        for line in as_lines(built.checked.findings.values(), catalogue()):
            click.echo(line)
        click.echo(f"open {page}\n")
        tell_fails(path, list(built.checked.findings.values()))
        return built.checked.passes

    paths = stories_given(stories)
    try:
        apart(paths, out)
    except StoryError as error:
        warn(error.problems)
        sys.exit(BAD_INPUT)
    sys.exit(each(paths, one))


@click.command()
@STORIES
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "junit", "github"]),
    help="For people, for programs, for test reports (JUnit XML), or as workflow commands of GitHub.",
)
@click.option("--strict", is_flag=True, help="A warning fails too, such as that a claim is too close to call.")
def check(stories: Sequence[Path], form: str, strict: bool) -> None:  # noqa: FBT001  (click passes flags so)
    """Measure the claims of STORIES and print a verdict for each; write nothing.

    Example: storymap check stories/kim-in-russia.yaml --format json
    """
    import json  # noqa: PLC0415

    from storymap.compiler import check_file  # noqa: PLC0415
    from storymap.inputs import shown_path  # noqa: PLC0415
    from storymap.report import Outcome, as_data, as_junit  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    outcomes: list[tuple[Outcome, Sequence[Unchecked]]] = []

    def one(path: Path) -> bool:
        checked = check_file(path)
        outcome = Outcome(shown_path(path), tuple(checked.findings.values()), checked.warnings, strict)
        outcomes.append((outcome, checked.resolved.unchecked))
        if form in _FOR_PEOPLE:
            say(outcome, form)
            tell_fails(path, outcome.findings)
        return checked.passes and not (strict and checked.warnings)

    def wrong(path: Path, problems: Sequence[Problem]) -> None:
        outcomes.append((Outcome(shown_path(path), (), tuple(problems), strict), ()))
        if form in _FOR_PEOPLE:
            say(outcomes[-1][0], form)

    code = each(stories_given(stories), one, wrong)
    if form == "json":
        data = [as_data(o.path, o.findings, unchecked, o.problems, catalogue()) for o, unchecked in outcomes]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif form == "junit":
        # As bytes: UTF-8, as it says of itself, whatever the terminal speaks.
        click.echo(as_junit([outcome for outcome, _ in outcomes], catalogue()), nl=False)
    sys.exit(code)
