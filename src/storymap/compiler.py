"""The main path, one line a stage: read → resolve → measure → render → write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from storymap.claims import measure
from storymap.editions import above, families
from storymap.inputs import Inputs, read
from storymap.meridian import central_meridian
from storymap.naming import called, places_named
from storymap.places import Atlas, PlaceWarning, read_places, swapped_positions
from storymap.problems import Problem, StoryError
from storymap.publish import apart, page_of, publish, publish_maps, publish_media, tidy_media
from storymap.reach import beyond_the_map
from storymap.resolve import resolve
from storymap.scene import Finding, Resolved, Verdict
from storymap.story import read_css
from storymap.strings import catalogue
from storymap.wording import needed_by, spread_of, value_of, why

if TYPE_CHECKING:
    from storymap.basemap import Basemap, BorderFile, Detail
    from storymap.page import Frame, StoryParts


@dataclass(frozen=True, slots=True)
class Checked:
    """A story whose claims have been measured."""

    inputs: Inputs
    resolved: Resolved
    findings: Mapping[str, Finding]
    warnings: tuple[Problem, ...]
    detail: Detail | None = None
    borders: BorderFile | None = None
    house_css: str = ""

    @property
    def passes(self) -> bool:
        """Whether every claim turns out as its author says."""
        return all(finding.as_the_author_says for finding in self.findings.values())


@dataclass(frozen=True, slots=True)
class Built:
    """A checked story and its page.

    `parts` are what pictures of its steps are made from, `requests` what the page asks of other hosts, `files` what
    stands beside it, by address.
    """

    checked: Checked
    html: str
    parts: StoryParts
    requests: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def check(inputs: Inputs) -> Checked:
    """Return a story with its claims measured; StoryError with all that is wrong with its files, places and words."""
    problems, translation = list(inputs.faults), inputs.translation
    atlas = None if inputs.faults or inputs.places else Atlas([])
    lint: list[Problem] = []
    if inputs.places:
        with _gathered(problems):
            atlas, warnings = read_places(inputs.places.raw, inputs.places.path, inputs.story.language)
            lint += warnings
            if translation:
                atlas = called(atlas, translation.places, translation.source)
    used = places_named(inputs.story, atlas or Atlas(()))  # of others the makers of other stories hear
    lint, problems = _about(used, lint), _about(used, problems)
    lint += swapped_positions(place for name, place in (atlas or {}).items() if name in used)
    detail = borders = None
    if inputs.detail or inputs.borders:
        from storymap.basemap import read_border_file, read_detail  # noqa: PLC0415  (few stories pay for it)

        with _gathered(problems):
            detail = read_detail(inputs.detail.raw, inputs.detail.path) if inputs.detail else None
        with _gathered(problems):
            borders = read_border_file(inputs.borders.raw, inputs.borders.path) if inputs.borders else None
    house_css = ""
    with _gathered(problems):
        house_css = read_css(inputs.css.raw, inputs.css.path) if inputs.css else ""
    with _gathered(problems):
        resolved = _resolved(inputs, atlas)
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
    if any(problem.level == "error" for problem in beyond):
        raise StoryError([*lint, *resolved.warnings, *beyond])
    doubts = (*lint, *resolved.warnings, *beyond, *close)
    if translation:  # of its original, and of places, one hears from the original
        doubts = tuple(one for one in resolved.warnings if one.span.path == translation.source.path)
    return Checked(inputs, resolved, findings, doubts, detail, borders, house_css)


def _resolved(inputs: Inputs, atlas: Atlas | None) -> Resolved:
    """Return the scenes of a story; what the words of a translation must mean is read from those of its original."""
    before = inputs.translation
    if before is None:
        return resolve(inputs.story, inputs.source, atlas, inputs.media)
    resolve(before.original, before.original_source, atlas, inputs.media)  # what is wrong with it comes first
    return resolve(inputs.story, inputs.source, atlas, inputs.media, before.original)


def build(inputs: Inputs, layers: Mapping[int, Sequence[Any]] | None = None, *, one_file: bool = False) -> Built:
    """Return a story's page: the same bytes for the same inputs, wherever and whenever it is built.

    Args:
        inputs: the story.
        layers: what its author has made with folium, by the number of the step that shows it, counted from 1.

    Raises:
        StoryError: all that is wrong with the story, or a layer that no step can show.
    """
    from storymap.page import render  # noqa: PLC0415  (check draws nothing)

    checked = check(inputs)
    framed, basemap = lay_out(checked)
    page = render(
        inputs.story,
        checked.resolved,
        checked.findings,
        framed,
        basemap,
        layers or {},
        checked.detail,
        one_file=one_file,
        house_css=checked.house_css,
        editions=inputs.editions,
    )
    return Built(checked, page.html, page.parts, (*page.requests, *basemap.notes), page.files)


def lay_out(checked: Checked) -> tuple[list[Frame], Basemap]:
    """Return what each step's map frames, and the map beneath them all."""
    from storymap.basemap import compose  # noqa: PLC0415
    from storymap.page import borders_drawn, frames  # noqa: PLC0415

    meridian = central_meridian(checked.resolved.scenes, checked.findings)
    framed = frames(checked.resolved.scenes, checked.findings, checked.detail, meridian)
    basemap = compose(
        [frame.view for frame in framed],
        borders=checked.borders or checked.inputs.story.basemap.borders is True,
        detail=checked.detail,
        meridian=meridian,
        own_borders=borders_drawn(checked.resolved),
        beside=[view for frame in framed for view in frame.views[1:]],
    )
    return framed, basemap


def build_file(path: Path, out: Path) -> tuple[Built, Path]:
    """Build the story at `path` into `out`/<story>/index.html; return it and where its page is."""
    page = page_of(path, out)
    built = build(read(path))
    write(built, page)
    return built, page


def write(built: Built, page: Path) -> None:
    """Put a story's page where it goes, and its pictures beside it: maps/<step>.svg, and a preview of the first step.

    Files of media/ that the page needs are there before it is, and those that no page needs go after it is. A
    translation has them where its story's page has them, a folder above, and takes none away that this one may need.

    Raises ToolError as `publish` does.
    """
    # All is drawn before anything is written: what cannot be drawn leaves the old files as they are.
    maps = {step: picture(built, step).decode() for step in built.parts.steps}
    preview = picture(built, next(iter(built.parts.steps)), "png")
    shared = bool(above(built.checked.inputs.editions))
    publish_media(page.parent.parent if shared else page.parent, built.files)
    publish(page, built.html)
    tidy_media(page.parent / "media", {} if shared else built.files)
    publish_maps(page.parent / "maps", maps)
    publish(page.parent / "preview.png", preview)


def picture(built: Built, step_id: str, form: Literal["svg", "png"] = "svg") -> bytes:
    """Return the map of one step as a file: an SVG 640 px wide, or a preview of 1200 × 630 px with the title.

    Raises KeyError where the story has no such step.
    """
    from storymap.page import picture_svg, preview_png  # noqa: PLC0415  (check draws nothing)

    step = built.parts.steps[step_id]
    return preview_png(built.parts, step) if form == "png" else picture_svg(built.parts, step).encode()


def check_file(path: Path) -> Checked:
    """Return the story at `path`, its claims measured."""
    return check(read(path))


def build_many(paths: Iterable[Path], out: Path, executor: Executor | None = None) -> Iterator[tuple[Built, Path]]:
    """Build many stories, here or on any executor; results come in the order of `paths`.

    A story and its translations are built by one call, and none of them is written unless all of them can be.

    Raises StoryError before anything is built where two stories would have one page.
    """
    run: Callable[..., Iterator[Any]] = map if executor is None else executor.map
    paths = list(paths)
    apart(paths, out)
    asked = families(paths)
    results = zip(asked, run(_build_family, asked, [out] * len(asked)), strict=True)
    done: dict[Path, tuple[Built, Path]] = {}
    for path in paths:
        if path not in done:  # then it is of the next family: they come in the order of their first files
            done.update(zip(*next(results), strict=True))
        yield done.pop(path)


def _build_family(paths: Sequence[Path], out: Path) -> list[tuple[Built, Path]]:
    """Build a story with its translations; StoryError with what is wrong with all of them, and nothing is written."""
    problems: list[Problem] = []
    family = []
    for path in paths:
        with _gathered(problems):
            family.append((build(read(path)), page_of(path, out)))
    if problems:
        raise StoryError(dict.fromkeys(problems))  # what is wrong with a story is wrong with its translations, too
    for built, page in family:
        write(built, page)
    return family


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
