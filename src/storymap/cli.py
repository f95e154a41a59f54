"""The commands. The only file that prints or exits; heavy rooms are imported only by the command that needs them."""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from storymap import __version__
from storymap.problems import Problem, StoryError, ToolError, as_text

if TYPE_CHECKING:
    from storymap.scene import Finding

FINE, CLAIM_FAILS, BAD_INPUT, MACHINE_AT_FAULT = 0, 1, 2, 3
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
        _tell_fails(path, built.checked.findings.values())
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
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
@click.option("--strict", is_flag=True, help="A warning fails too, such as that a claim is too close to call.")
def check(stories: Sequence[Path], form: str, strict: bool) -> None:  # noqa: FBT001  (click passes flags so)
    """Measure the claims of STORIES and print a verdict for each; write nothing.

    Example: storymap check stories/kim-in-russia.yaml --format json
    """
    from storymap.compiler import check_file  # noqa: PLC0415
    from storymap.inputs import shown_path  # noqa: PLC0415
    from storymap.report import as_data, as_lines  # noqa: PLC0415
    from storymap.strings import catalogue  # noqa: PLC0415

    records: list[dict[str, Any]] = []

    def one(path: Path) -> bool:
        checked = check_file(path)
        findings = list(checked.findings.values())
        if form == "json":
            unchecked, warnings = checked.resolved.unchecked, checked.warnings
            records.append(as_data(shown_path(path), findings, unchecked, warnings, catalogue()))
        else:
            _warn(checked.warnings)
            for line in as_lines(findings, catalogue()) or [f"no claims  {shown_path(path)}"]:
                click.echo(line)
            _tell_fails(path, findings)
        return checked.passes and not (strict and checked.warnings)

    def wrong(path: Path, problems: Sequence[Problem]) -> None:
        if form == "json":
            records.append(as_data(shown_path(path), (), (), problems, catalogue()))
        else:
            _warn(problems)

    code = _each(_stories(stories), one, wrong)
    if form == "json":
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    sys.exit(code)


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


def _tell_fails(path: Path, findings: Iterable[Finding]) -> None:
    """Say on one line how many claims make the command fail, and what to do where that is meant."""
    from storymap.inputs import shown_path  # noqa: PLC0415

    wrong = [finding for finding in findings if not finding.as_the_author_says]
    failing = sum(finding.authors_verdict is None for finding in wrong)
    other = len(wrong) - failing
    said = []
    if failing:
        said.append(f"{_claims(failing, 'does', 'do')} not hold; say `verdict: fails` where that is meant")
    if other:
        said.append(f"{_claims(other, 'turns', 'turn')} out other than 'verdict' says; correct one of them")
    if said:
        click.echo(f"{shown_path(path)}: {'; '.join(said)}", err=True)


def _claims(number: int, one: str, more: str) -> str:
    return f"1 claim {one}" if number == 1 else f"{number} claims {more}"


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
