"""`schema`: the story format for editors."""

from __future__ import annotations

from pathlib import Path

import click

from storymap.cli.telling import MACHINE_AT_FAULT, stop
from storymap.problems import ToolError


@click.command()
@click.option("--write", is_flag=True, help="Write storymap.schema.json at the project's root instead of printing.")
def schema(write: bool) -> None:  # noqa: FBT001
    """Print the JSON Schema of the story format, with which editors complete and check."""
    import json  # noqa: PLC0415

    from storymap.inputs import project_of  # noqa: PLC0415
    from storymap.publish import publish  # noqa: PLC0415
    from storymap.story import json_schema  # noqa: PLC0415

    text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
    if not write:
        click.echo(text, nl=False)
        return
    path = project_of(Path.cwd() / "any") / "storymap.schema.json"
    try:
        publish(path, text)
    except ToolError as error:
        stop(str(error), MACHINE_AT_FAULT)
    click.echo(f"wrote {path}")
