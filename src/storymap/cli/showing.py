"""`serve` and `embed`: a page in this machine's browser, and in an article."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from storymap.cli.stories import each
from storymap.problems import StoryError


@click.command()
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
def serve(story: Path, port: int) -> None:
    """Serve STORY on this machine only, built afresh when its files change. Stop with Ctrl+C."""
    from storymap.preview import serve as run  # noqa: PLC0415

    def one(path: Path) -> bool:
        run(path, port, say=click.echo)
        return True

    sys.exit(each([story], one))


@click.command()
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--url", help="Where the page will be; without it the snippet has a relative address.")
@click.option("--height", default=640, show_default=True, type=click.IntRange(200, 2000), help="Height in pixels.")
def embed(story: Path, url: str | None, height: int) -> None:
    """Print an iframe with which an article holds STORY."""
    from urllib.parse import quote  # noqa: PLC0415

    from storymap.embedding import page_fault, snippet  # noqa: PLC0415
    from storymap.inputs import read  # noqa: PLC0415

    why, help = page_fault(url) if url is not None else ("", "")
    if why:
        raise click.BadParameter(f"{url!r} {why}; {help}", param_hint="'--url'")

    def one(path: Path) -> bool:
        inputs = read(path)
        if inputs.faults:
            raise StoryError(inputs.faults)
        click.echo(snippet(inputs.story, url or f"{quote(inputs.name)}/index.html", height))
        return True

    sys.exit(each([story], one))
