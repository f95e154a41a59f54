"""The main path, one line a stage: read → resolve → measure → render → write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.claims import measure
from storymap.inputs import Inputs, read
from storymap.naming import places_named
from storymap.places import Atlas, PlaceWarning, read_places, swapped_positions
from storymap.problems import Problem, StoryError
from storymap.publish import apart, page_of, publish
from storymap.reach import beyond_the_map
from storymap.resolve import resolve
from storymap.scene import Finding, Resolved, Verdict
from storymap.strings import catalogue
from storymap.wording import needed_by, spread_of, value_of, why

if TYPE_CHECKING:
    from storymap.basemap import Detail


@dataclass(frozen=True, slots=True)
class Checked:
    """A story whose claims have been measured."""

    inputs: Inputs
    resolved: Resolved
    findings: Mapping[str, Finding]
    warnings: tuple[Problem, ...]
    detail: Detail | None = None

    @property
    def passes(self) -> bool:
        """Whether every claim turns out as its author says."""
        return all(finding.as_the_author_says for finding in self.findings.values())


@dataclass(frozen=True, slots=True)
class Built:
    """A checked story and its page."""

    checked: Checked
    html: str


def check(inputs: Inputs) -> Checked:
    """Return a story with its claims measured; StoryError with all that is wrong with its files, places and words."""
    problems = list(inputs.faults)
    atlas = None if inputs.faults or inputs.places else Atlas([])
    lint: list[Problem] = []
    if inputs.places:
        with _gathered(problems):
            atlas, warnings = read_places(inputs.places.raw, inputs.places.path)
            lint += warnings
    used = places_named(inputs.story, atlas or Atlas(()))  # of others the makers of other stories hear
    lint, problems = _about(used, lint), _about(used, problems)
    lint += swapped_positions(place for name, place in (atlas or {}).items() if name in used)
    detail = None
    if inputs.detail:
        from storymap.basemap import read_detail  # noqa: PLC0415  (only a story with a coast of its own pays for it)

        with _gathered(problems):
            detail = read_detail(inputs.detail.raw, inputs.detail.path)
    pictures = {name: file.raw for name, file in inputs.pictures.items()}
    with _gathered(problems):
        resolved = resolve(inputs.story, inputs.source, atlas, pictures)
    if inputs.faults:  # warnings may only come of what has been left out
        problems = [problem for problem in problems if problem.level == "error"]
    if problems:
        raise StoryError([*lint, *problems])
    findings = {}
    for claim in (claim for scene in resolved.scenes for claim in scene.claims):
        with _gathered(problems):
            findings[claim.id] = measure(claim)
    if problems:
        raise StoryError([*lint, *resolved.warnings, *problems])
    close = (_close_call(f) for f in findings.values() if f.verdict == Verdict.TOO_CLOSE != f.authors_verdict)
    beyond = beyond_the_map(resolved.scenes, findings, inputs.source)
    return Checked(inputs, resolved, findings, (*lint, *resolved.warnings, *beyond, *close), detail)


def build(inputs: Inputs) -> Built:
    """Return a story's page: the same bytes for the same inputs, wherever and whenever it is built."""
    from storymap.basemap import compose  # noqa: PLC0415  (check draws nothing)
    from storymap.page import frames, render  # noqa: PLC0415

    checked = check(inputs)
    framed = frames(checked.resolved.scenes, checked.findings, checked.detail)
    basemap = compose([frame.view for frame in framed], borders=inputs.story.basemap.borders, detail=checked.detail)
    html = render(inputs.story, checked.resolved, checked.findings, framed, basemap)
    return Built(checked, html)


def build_file(path: Path, out: Path) -> tuple[Built, Path]:
    """Build the story at `path` into `out`/<story>/index.html; return it and where its page is."""
    page = page_of(path, out)
    built = build(read(path))
    publish(page, built.html)
    return built, page


def check_file(path: Path) -> Checked:
    """Return the story at `path`, its claims measured."""
    return check(read(path))


def build_many(paths: Iterable[Path], out: Path, executor: Executor | None = None) -> Iterator[tuple[Built, Path]]:
    """Build many stories, each by one call, here or on any executor; results come in the order of `paths`.

    Raises StoryError before anything is built where two stories would have one page.
    """
    run: Callable[..., Iterator[Any]] = map if executor is None else executor.map
    paths = list(paths)
    apart(paths, out)
    yield from run(build_file, paths, [out] * len(paths))


def _close_call(finding: Finding) -> Problem:
    """Return the warning that a claim is too close to call; its author may know better words or better data."""
    reading, words = finding.headline, catalogue()
    measured = f"{value_of(reading, words)} {spread_of(reading, words)}"
    needed = needed_by(reading, words, both="report.needed")
    message = f"too close to call: measured {measured}, needed {needed}. {why(reading, words)}"
    help = "reword the claim, find better data, or say `verdict: too-close`"
    return Problem(finding.span, "too-close", message, help, "warning")


def _about(used: set[str], problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without warnings about places that the story does not use."""
    return [one for one in problems if not isinstance(one, PlaceWarning) or one.place in used]


@contextmanager
def _gathered(problems: list[Problem]) -> Iterator[None]:
    """Gather what is wrong here, so that what comes after is looked at too."""
    try:
        yield
    except StoryError as error:
        problems += error.problems
