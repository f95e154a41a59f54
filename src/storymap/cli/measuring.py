"""`measure`: places without a story."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storymap.cli.minus import TakesMinus
from storymap.cli.telling import BAD_INPUT, MACHINE_AT_FAULT, stop, warn
from storymap.problems import StoryError, ToolError

if TYPE_CHECKING:
    from storymap.places import Edges

_HOW_MANY = 'give one place or two; a position is one, in quotes: "43.1112, 131.8819"'


@click.command(cls=TakesMinus)
@click.argument("places", nargs=-1, metavar="PLACE [PLACE]")
@click.option("--along", metavar="LINE", help="A place that is a line, such as a railway, to measure along.")
@click.option("--uncertainty", metavar="LENGTH", help="How far positions may be off that do not say it: 100m.")
@click.option(
    "--edges",
    default="planar",
    show_default=True,
    type=click.Choice(["planar", "geodesic"]),
    help="What a line between two points is, in GeoJSON files that do not say it.",
)
@click.option("--places", "places_file", metavar="FILE", help="The places file, instead of the project's.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
def measure(
    places: Sequence[str],
    along: str | None,
    uncertainty: str | None,
    edges: Edges,
    places_file: str | None,
    form: str,
) -> None:
    """Measure how far it is between two places, or how long or large one is.

    A PLACE is an id of the places file, a position "43.1112, 131.8819" (latitude first) or
    "43°06′40″N 131°52′55″E", or a GeoJSON file; file.geojson#id is one feature of it.

    \b
    Examples:
      storymap measure vladivostok-station tumen-border
      storymap measure "43.1112, 131.8819" russky-island
      storymap measure coast.geojson
    """
    import json  # noqa: PLC0415

    from storymap.ruler import RulerError, alone, as_data, as_lines, between, read_all, swap_hint  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if not places or len(places) > 2 or (along and len(places) < 2):
        raise click.UsageError(_HOW_MANY if not along else "--along goes with two places")
    try:
        given = [*places, *([along] if along else [])]
        asked, warnings = read_all(given, Path.cwd(), places_file, edges=edges, uncertainty=uncertainty)
        found = alone(asked[0]) if len(places) == 1 else between(asked[0], asked[1], asked[2] if along else None)
    except RulerError as error:
        stop(f"{error.message} ({error.help})" if error.help else error.message, BAD_INPUT)
    except StoryError as error:
        warn(error.problems)
        sys.exit(BAD_INPUT)
    except ToolError as error:
        stop(str(error), MACHINE_AT_FAULT)
    warn(warnings)
    if form == "json":
        click.echo(json.dumps(as_data(found, catalogue()), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(found, catalogue()):
            click.echo(line)
    if hint := swap_hint(found, catalogue()):
        click.echo(hint, err=True)
