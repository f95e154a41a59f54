"""`check` and `build`: what a story claims is measured, and its page is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.stories import STORIES, each, stories_given, tell_new
from storymap.cli.telling import BAD_INPUT, say, tell_fails, warn
from storymap.problems import Problem, StoryError

if TYPE_CHECKING:
    from storymap.compiler import Built
    from storymap.report import Outcome
    from storymap.scene import Unchecked

_FOR_PEOPLE = ("text", "github")  # forms of `check` that are told story by story


@click.command()
@STORIES
@click.option("-o", "--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Output folder.")
def build(stories: Sequence[Path], out: Path) -> None:
    """Check STORIES and write their pages to OUT/<story>/index.html.

    A story with an error, or a translation with one, leaves its old pages as they were.
    Example: storymap build stories/kim-in-russia.yaml
    """
    from storymap.compiler import build as built_of  # noqa: PLC0415
    from storymap.compiler import write  # noqa: PLC0415
    from storymap.editions import families  # noqa: PLC0415
    from storymap.inputs import read, shown_path  # noqa: PLC0415
    from storymap.publish import apart, page_of, size_of  # noqa: PLC0415
    from storymap.report import as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    told: set[Problem] = set()

    def family(paths: Sequence[Path]) -> int:
        """Build a story and its translations, write them if all of them can be built, and return the exit code."""
        ready: dict[Path, Built] = {}

        def prepare(path: Path) -> bool:
            ready[path] = built_of(read(path))
            return True

        if code := each(paths, prepare, told=told):
            bad = ", ".join(shown_path(path) for path in paths if path not in ready)
            for path in ready:
                click.echo(f"{shown_path(path)}: not written, for what is wrong in {bad}", err=True)
            return code
        return each(paths, lambda path: one(path, ready[path]))

    def one(path: Path, built: Built) -> bool:
        page = page_of(path, out)
        write(built, page)
        warn(built.checked.warnings)
        for request in built.requests:
            click.echo(f"{shown_path(path)}: note: {request}", err=True)
        if built.files and not built.checked.inputs.translation:  # whose files are those of its story
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
    sys.exit(max(map(family, families(paths))))


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

    def wrong(path: Path, problems: Sequence[Problem], new: Sequence[Problem]) -> None:
        outcomes.append((Outcome(shown_path(path), (), tuple(new or problems[:1]), strict), ()))
        if form == "github" and new:
            say(outcomes[-1][0], form)
        elif form in _FOR_PEOPLE:
            tell_new(path, problems, new)

    code = each(stories_given(stories), one, wrong)
    if form == "json":
        data = [as_data(o.path, o.findings, unchecked, o.problems, catalogue()) for o, unchecked in outcomes]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif form == "junit":
        # As bytes: UTF-8, as it says of itself, whatever the terminal speaks.
        click.echo(as_junit([outcome for outcome, _ in outcomes], catalogue()), nl=False)
    sys.exit(code)
