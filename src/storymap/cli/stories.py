"""Which stories a command takes, and how they are taken one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from storymap.cli.telling import BAD_INPUT, CLAIM_FAILS, FINE, MACHINE_AT_FAULT, stop, warn
from storymap.problems import Problem, StoryError, ToolError

STORIES = click.argument("stories", nargs=-1, type=click.Path(path_type=Path))


def stories_given(given: Sequence[Path]) -> list[Path]:
    """Return the stories that are named, or all of the project, with their translations; stop where there are none."""
    from storymap.editions import together  # noqa: PLC0415
    from storymap.inputs import stories_of  # noqa: PLC0415

    found = together(list(given) or stories_of(Path.cwd()))
    if not found:
        stop("there are no stories here: give a path, or put one into stories/", BAD_INPUT)
    return found


def tell_new(path: Path, problems: Sequence[Problem], new: Sequence[Problem]) -> None:
    """Print what is wrong with a story but for what has been told of another; `new` are those of its `problems`."""
    from storymap.inputs import shown_path  # noqa: PLC0415

    warn(new)
    if not new:
        click.echo(f"{shown_path(path)}: stopped by {problems[0].span}, see above", err=True)


def each(
    paths: Sequence[Path],
    one: Callable[[Path], bool],
    wrong: Callable[[Path, Sequence[Problem], Sequence[Problem]], None] = tell_new,
    told: set[Problem] | None = None,
) -> int:
    """Run a command on every story and return the gravest exit code; a bad story does not stop the next.

    What is wrong with a story is wrong with its translations, too: `wrong` is handed all of it, and what of it is
    not yet among those `told`, to which it is added.
    """
    code, told = FINE, set() if told is None else told
    for path in paths:
        try:
            if not one(path):
                code = max(code, CLAIM_FAILS)
        except StoryError as error:
            code = max(code, BAD_INPUT)
            new = [problem for problem in error.problems if problem not in told]
            told.update(new)
            wrong(path, error.problems, new)
        except ToolError as error:
            code = MACHINE_AT_FAULT
            click.echo(f"storymap: {error}", err=True)
    return code
