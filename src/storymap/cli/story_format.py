"""`schema`: the story format for editors."""

from __future__ import annotations

from pathlib import Path

import click

from storymap.cli.telling import MACHINE_AT_FAULT, stop
from storymap.problems import ToolError


@click.command()
@click.option("--write", is_flag=True, help="Write both schemas at the project's root instead of printing one.")
@click.option("--translation", is_flag=True, help="Print that of translations, <story>.<language>.yaml.")
def schema(write: bool, translation: bool) -> None:  # noqa: FBT001
    """Print the JSON Schema of the story format, with which editors complete and check.

    With --write the files are storymap.schema.json and storymap-translation.schema.json.
    """
    import json  # noqa: PLC0415

    from storymap.inputs import project_of  # noqa: PLC0415
    from storymap.publish import publish  # noqa: PLC0415
    from storymap.story import StoryDoc, TranslationDoc, json_schema  # noqa: PLC0415

    texts = {
        name: json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in (("storymap", StoryDoc), ("storymap-translation", TranslationDoc))
    }
    if not write:
        click.echo(texts["storymap-translation" if translation else "storymap"], nl=False)
        return
    for name, text in texts.items():
        path = project_of(Path.cwd() / "any") / f"{name}.schema.json"
        try:
            publish(path, text)
        except ToolError as error:
            stop(str(error), MACHINE_AT_FAULT)
        click.echo(f"wrote {path}")
