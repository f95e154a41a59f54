"""`picture`: the map of one step as a file, for a newsletter or beside a link."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from storymap.cli.stories import each
from storymap.cli.telling import warn
from storymap.problems import did_you_mean

Form = Literal["svg", "png"]


@click.command()
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--step", "step_id", metavar="ID", help="The step, by its id; without it the first.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "png"]),
    help="svg: the map, for newsletters; png: 1200 × 630 with the title. Without it, as FILE ends.",
)
@click.option("-o", "--out", required=True, metavar="FILE", type=click.Path(path_type=Path), help="The file to write.")
def picture(story: Path, step_id: str | None, form: Form | None, out: Path) -> None:
    """Write the map of one step of STORY to FILE.

    Example: storymap picture stories/kim-in-russia.yaml --step border -o border.png
    """
    from storymap.compiler import build as built_of  # noqa: PLC0415
    from storymap.compiler import picture as picture_of  # noqa: PLC0415
    from storymap.inputs import read, shown_path  # noqa: PLC0415
    from storymap.publish import publish  # noqa: PLC0415

    wanted = _form(out, form)

    def one(path: Path) -> bool:
        built = built_of(read(path))
        steps = list(built.parts.steps)
        if step_id is not None and step_id not in steps:
            hint = did_you_mean(step_id, steps) or f"its steps are {', '.join(steps)}"
            message = f"{shown_path(path)} has no step '{step_id}'; {hint}"
            raise click.BadParameter(message, param_hint="'--step'")
        warn(built.checked.warnings)
        publish(out, picture_of(built, step_id or steps[0], wanted))
        click.echo(f"wrote {out}")
        return True

    sys.exit(each([story], one))


def _form(out: Path, form: Form | None) -> Form:
    """Return which of the two forms is meant; refuse a file whose name says another."""
    ending = out.suffix.lower()
    if ending in (".svg", ".png"):
        named: Form = "png" if ending == ".png" else "svg"
        if form not in (None, named):
            raise click.BadParameter(f"{out} ends in {ending}; name it .{form}", param_hint="'--format'")
        return named
    if form is None:
        raise click.BadParameter(f"{out} ends in neither .svg nor .png; add --format", param_hint="'--out'")
    return form
