"""The commands. The only room that prints or exits; heavy rooms are imported only by the command that needs them."""

from __future__ import annotations

import gc
import io
import sys

import click

from storymap import __version__
from storymap.cli.checking import build, check
from storymap.cli.coasts import basemap
from storymap.cli.measuring import measure
from storymap.cli.picturing import picture
from storymap.cli.showing import embed, serve
from storymap.cli.story_format import schema
from storymap.cli.telling import BAD_INPUT, MACHINE_AT_FAULT, stop

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storymap")
def cli() -> None:
    """Compile YAML stories into interactive map pages, and check their claims against the earth.

    Without a STORY, commands take every story in the project's stories/ folder.

    Exit codes: 0 fine; 1 a claim fails; 2 bad input or usage; 3 the machine is at fault.
    """


for command in (basemap, build, check, embed, measure, picture, schema, serve):
    cli.add_command(command)


def main() -> None:
    """Run the command line; no traceback for what a user can cause."""
    # A command makes much and drops little: looking for garbage would be a tenth of its time.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without curly quotes is no reason to fail
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        stop("stopped", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(BAD_INPUT)
    except OSError as error:
        stop(str(error), MACHINE_AT_FAULT)
