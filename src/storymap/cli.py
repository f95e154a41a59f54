"""The commands. The only file that prints or exits; heavy rooms are imported only by the command that needs them."""

from __future__ import annotations

import gc
import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from storymap import __version__
from storymap.problems import Problem, StoryError, ToolError, as_text

if TYPE_CHECKING:
    from storymap.places import Edges
    from storymap.report import Outcome
    from storymap.scene import Finding, Unchecked

FINE, CLAIM_FAILS, BAD_INPUT, MACHINE_AT_FAULT = 0, 1, 2, 3
_HOW_MANY = 'give one place or two; a position is one, in quotes: "43.1112, 131.8819"'
_FOR_PEOPLE = ("text", "github")  # forms of `check` that are told story by story
_STORIES = click.argument("stories", nargs=-1, type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storymap")
def cli() -> None:
    """Compile YAML stories into interactive map pages, and check their claims against the earth.

    Without a STORY, commands take every story in the project's stories/ folder.

    Exit codes: 0 fine; 1 a claim fails; 2 bad input or usage; 3 the machine is at fault.
    """


@cli.command()
@_STORIES
@click.option("-o", "--out", default="build", show_default=True, type=click.Path(path_type=Path), help="Output folder.")
def build(stories: Sequence[Path], out: Path) -> None:
    """Check STORIES and write their pages to OUT/<story>/index.html.

    A story with an error leaves its old page as it was. Example: storymap build stories/kim-in-russia.yaml
    """
    from storymap.compiler import build_file  # noqa: PLC0415
    from storymap.publish import apart  # noqa: PLC0415
    from storymap.report import as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    def one(path: Path) -> bool:
        built, page = build_file(path, out)
        _warn(built.checked.warnings)
        for line in as_lines(built.checked.findings.values(), catalogue()):
            click.echo(line)
        click.echo(f"open {page}\n")
        _tell_fails(path, list(built.checked.findings.values()))
        return built.checked.passes

    paths = _stories(stories)
    try:
        apart(paths, out)
    except StoryError as error:
        _warn(error.problems)
        sys.exit(BAD_INPUT)
    sys.exit(_each(paths, one))


@cli.command()
@_STORIES
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
            _say(outcome, form)
            _tell_fails(path, outcome.findings)
        return checked.passes and not (strict and checked.warnings)

    def wrong(path: Path, problems: Sequence[Problem]) -> None:
        outcomes.append((Outcome(shown_path(path), (), tuple(problems), strict), ()))
        if form in _FOR_PEOPLE:
            _say(outcomes[-1][0], form)

    code = _each(_stories(stories), one, wrong)
    if form == "json":
        data = [as_data(o.path, o.findings, unchecked, o.problems, catalogue()) for o, unchecked in outcomes]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif form == "junit":
        # As bytes: UTF-8, as it says of itself, whatever the terminal speaks.
        click.echo(as_junit([outcome for outcome, _ in outcomes], catalogue()), nl=False)
    sys.exit(code)


class _TakesMinus(click.Command):
    """A command whose arguments may begin with a minus, as positions of the south and the west do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write such a minus as the sign of mathematics, which begins no option."""
        return super().parse_args(ctx, [re.sub(r"^-(?=\.?[0-9])", "−", arg) for arg in args])


@cli.command(cls=_TakesMinus)
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
    from storymap.ruler import RulerError, alone, as_data, as_lines, between, read_all, swap_hint  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if not places or len(places) > 2 or (along and len(places) < 2):
        raise click.UsageError(_HOW_MANY if not along else "--along goes with two places")
    try:
        given = [*places, *([along] if along else [])]
        asked, warnings = read_all(given, Path.cwd(), places_file, edges=edges, uncertainty=uncertainty)
        found = alone(asked[0]) if len(places) == 1 else between(asked[0], asked[1], asked[2] if along else None)
    except RulerError as error:
        _stop(f"{error.message} ({error.help})" if error.help else error.message, BAD_INPUT)
    except StoryError as error:
        _warn(error.problems)
        sys.exit(BAD_INPUT)
    except ToolError as error:
        _stop(str(error), MACHINE_AT_FAULT)
    _warn(warnings)
    if form == "json":
        click.echo(json.dumps(as_data(found, catalogue()), ensure_ascii=False, indent=2))
    else:
        for line in as_lines(found, catalogue()):
            click.echo(line)
    if hint := swap_hint(found, catalogue()):
        click.echo(hint, err=True)


@cli.command()
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

    sys.exit(_each([story], one))


@cli.command()
@click.option("--write", is_flag=True, help="Write storymap.schema.json at the project's root instead of printing.")
def schema(write: bool) -> None:  # noqa: FBT001
    """Print the JSON Schema of the story format, with which editors complete and check."""
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
        _stop(str(error), MACHINE_AT_FAULT)
    click.echo(f"wrote {path}")


@cli.command()
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
def serve(story: Path, port: int) -> None:
    """Serve STORY on this machine only, built afresh when its files change. Stop with Ctrl+C."""
    from storymap.preview import serve as run  # noqa: PLC0415

    def one(path: Path) -> bool:
        run(path, port, say=click.echo)
        return True

    sys.exit(_each([story], one))


def _stories(given: Sequence[Path]) -> list[Path]:
    from storymap.inputs import stories_of  # noqa: PLC0415

    found = list(given) or stories_of(Path.cwd())
    if not found:
        _stop("there are no stories here: give a path, or put one into stories/", BAD_INPUT)
    return found


def _each(
    paths: Sequence[Path],
    one: Callable[[Path], bool],
    wrong: Callable[[Path, Sequence[Problem]], None] = lambda _, problems: _warn(problems),
) -> int:
    """Run a command on every story and return the gravest exit code; a bad story does not stop the next."""
    code = FINE
    for path in paths:
        try:
            if not one(path):
                code = max(code, CLAIM_FAILS)
        except StoryError as error:
            code = max(code, BAD_INPUT)
            wrong(path, error.problems)
        except ToolError as error:
            code = MACHINE_AT_FAULT
            click.echo(f"storymap: {error}", err=True)
    return code


def _warn(problems: Sequence[Problem]) -> None:
    from storymap.inputs import texts_of  # noqa: PLC0415

    if problems:
        click.echo(as_text(problems, texts_of(problems)), err=True)


def _tell_fails(path: Path, findings: Sequence[Finding]) -> None:
    from storymap.inputs import shown_path  # noqa: PLC0415
    from storymap.report import what_fails  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if fails := what_fails(findings, catalogue()):
        click.echo(f"{shown_path(path)}: {fails}", err=True)


def _say(outcome: Outcome, form: str) -> None:
    """Print a story's problems and findings for people, the problems as workflow commands where GitHub reads them."""
    from storymap.report import as_github, as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    if form == "github":
        for command in as_github(outcome, catalogue()):
            click.echo(command)
    else:
        _warn(outcome.problems)
    lines = as_lines(outcome.findings, catalogue())
    if not lines and not any(problem.level == "error" for problem in outcome.problems):
        lines = [f"no claims  {outcome.path}"]
    for line in lines:
        click.echo(line)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"storymap: {message}", err=True)
    sys.exit(code)


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
        _stop("stopped", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(BAD_INPUT)
    except OSError as error:
        _stop(str(error), MACHINE_AT_FAULT)
