"""All the files of one story, read into memory: from here on the compiler works on bytes, and touches no disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storymap.editions import Edition, editions_of, original_of, tag_of
from storymap.misnaming import in_another_language, misnamed
from storymap.problems import Problem, Span, StoryError, ToolError, did_you_mean
from storymap.source import Loc, Source, read_yaml, size_fault
from storymap.story import (
    StoryDoc,
    read_sound_parts,
    read_story,
    read_translation,
    translated,
)
from storymap.story.house_css import MAX_CSS_BYTES

DEFAULT_PLACES = "data/places.geojson"
MAX_PLACES_BYTES = 64_000_000
MAX_DETAIL_BYTES = 20_000_000
MAX_PICTURE_BYTES = 20_000_000
MAX_RECORDING_BYTES = 100_000_000
MAX_CAPTIONS_BYTES = 300_000

_MEDIA_BYTES = {
    "image": MAX_PICTURE_BYTES,
    "poster": MAX_PICTURE_BYTES,
    "audio": MAX_RECORDING_BYTES,
    "video": MAX_RECORDING_BYTES,
    "captions": MAX_CAPTIONS_BYTES,
}

# What to do where a file has too many bytes, by the key that names it.
_SMALLER = {
    "places": "leave out places that no story shows, and simplify the shapes of the others",
    "detail": "cut smaller windows, and simplify their lines",
    "borders": "keep the lines that the story's maps show, and simplify them",
    "css": "keep the rules that the page needs",
    "image": "save it 1360 pixels wide, as JPEG; wider ones are not shown",
    "audio": "cut it, or export it as MP3 or M4A with fewer kilobits a second",
    "video": "cut it, or export it in 720p; or let a host play it: youtube: or vimeo:",
    "captions": "cut the recording into parts, each with its own captions",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and the name under which problems show it."""

    path: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Translation:
    """What a translated story was before: its original and that one's file; and its own file, and names of places."""

    original: StoryDoc
    original_source: Source = field(repr=False)
    source: Source = field(repr=False)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a story is made of. `media` go by the name that the story gives them.

    `faults` are what is wrong with the story's keys, and the files it names that cannot be had: `compiler.check`
    raises them with all other faults. With them `story` holds only the parts that are sound, and `source` has the
    spans of those. `editions` are the languages that the story is in, if there are several. Of a translation `story`
    is in its words.
    """

    name: str
    source: Source = field(repr=False)
    story: StoryDoc
    places: File | None
    detail: File | None
    borders: File | None
    media: Mapping[str, File]
    faults: tuple[Problem, ...] = ()
    css: File | None = None
    editions: tuple[Edition, ...] = ()
    translation: Translation | None = None


def read(path: Path) -> Inputs:
    """Return a story's files in memory.

    Raises:
        StoryError: the story is no file, no YAML, or so wrong that nothing more can be said of it than this.
        ToolError: the machine cannot read the story's own file.
    """
    return gather(_bytes_of_story(path), path)


def gather(raw: bytes, path: Path) -> Inputs:
    """Return a story's files in memory, the story itself given as `raw` YAML; raises as `read` does.

    `path` is where it stands or would stand: the files that it names are sought from there.
    """
    original = original_of(path)
    source = read_yaml(raw, shown_path(path))
    if problem := misnamed(source, path, shown_path):
        raise StoryError([problem])
    story, sound, problems, translation = _translated(source, path, original) if original else _story_of(source)
    root = project_of(path)
    help = f"paths are relative to {shown_path(path)} and stay inside the project"

    def wanted(name: str, loc: Loc, limit: int, folder: Path = path.parent) -> File | None:
        try:
            return _file(folder / name, name, root, limit)
        except _TooLarge as error:
            smaller = _SMALLER["image" if loc[-1:] == ("poster",) else str(loc[-1]) if loc else "places"]
            problems.append(Problem(sound.span_of(loc), "file-too-large", str(error), smaller))
            return None
        except ValueError as error:
            instead = _instead(name, path.parent, root) if loc else ""
            problems.append(Problem(sound.span_of(loc), "file-missing", str(error), instead or help))
            return None

    places = detail = None
    if story.places:
        places = wanted(story.places, ("places",), MAX_PLACES_BYTES)
    elif os.path.lexists(root / DEFAULT_PLACES) and not any(did_you_mean(key, ["places"]) for key in sound.data):
        places = wanted(DEFAULT_PLACES, (), MAX_PLACES_BYTES, root)
    if story.basemap.detail:
        detail = wanted(story.basemap.detail, ("basemap", "detail"), MAX_DETAIL_BYTES)
    borders = None
    if isinstance(story.basemap.borders, str):
        borders = wanted(story.basemap.borders, ("basemap", "borders"), MAX_DETAIL_BYTES)
    named = _media_named(story).items()
    media = {name: file for name, loc in named if (file := wanted(name, loc, _MEDIA_BYTES[str(loc[-1])]))}
    css = None
    if story.theme and story.theme.css:
        css = wanted(story.theme.css, ("theme", "css"), MAX_CSS_BYTES)
    name = f"{original.stem}/{tag_of(path)}" if original else path.stem
    editions = editions_of(path, (translation.original if translation else story).language)
    return Inputs(name, sound, story, places, detail, borders, media, tuple(problems), css, editions, translation)


def project_of(path: Path) -> Path:
    """Return the nearest folder above with `storymap.yaml` or `data/places.geojson`.

    Where there is none, it is the folder that holds the story's `stories/`, else the story's own.
    """
    folder = _resolved(path).parent
    for candidate in (folder, *folder.parents):
        if (candidate / "storymap.yaml").is_file() or (candidate / DEFAULT_PLACES).is_file():
            return candidate
    return folder.parent if folder.name == "stories" else folder


def stories_of(folder: Path) -> list[Path]:
    """Return the project's stories, `stories/*.yaml`, in the order of their names; hidden files are left out."""
    found = (project_of(folder / "any") / "stories").glob("[!.]*")
    return sorted(path for path in found if path.suffix in (".yaml", ".yml"))


def texts_of(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the text of every file that problems point into, for their excerpts; no file, or a vast one, has none."""
    texts = {}
    for path in {problem.span.path for problem in problems}:
        try:
            about = Path(path).stat()
            if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_PLACES_BYTES:  # a pipe would wait for ever
                texts[path] = Path(path).read_bytes().decode("utf-8-sig", errors="replace")
        except OSError:
            continue
    return texts


def shown_path(path: Path) -> str:
    """Return a path as people type it: relative to the working folder where it lies below it."""
    resolved = _resolved(path)
    here = Path.cwd()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else path.as_posix()


def _bytes_of_story(path: Path) -> bytes:
    shown = shown_path(path)
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode):
            if fault := size_fault(shown, about.st_size):
                raise StoryError([fault])
            return path.read_bytes()
    except FileNotFoundError:
        raise StoryError([Problem(Span(shown), "file-missing", "there is no such story", "check the path")]) from None
    except OSError as error:
        raise ToolError(f"cannot read {shown}: {error.strerror}") from error
    raise StoryError([Problem(Span(shown), "file-missing", "this is not a file", "give the path of a .yaml file")])


def _media_named(story: StoryDoc) -> dict[str, Loc]:
    """Return the files of pictures, recordings and videos, each with the place that names it first."""
    named: dict[str, Loc] = {}
    for i, step in enumerate(story.steps):
        for j, medium in enumerate(step.media):
            for key, name in medium.files():
                named.setdefault(name, ("steps", i, "media", j, key))
    return named


def _story_of(source: Source) -> tuple[StoryDoc, Source, list[Problem], None]:
    """Return the story, or what is sound of it with its spans, and what is wrong; StoryError if too little is sound."""
    try:
        return read_story(source), source, [], None
    except StoryError as error:
        sound = read_sound_parts(source) if isinstance(source.data, dict) else None
        if sound is None:
            raise
        return *sound, list(error.problems), None


def _translated(own: Source, path: Path, original: Path) -> tuple[StoryDoc, Source, list[Problem], Translation]:
    """Return a story in the words of a translation, the spans of both, what is wrong, and what it was.

    Raises StoryError where its original is wrong, or too little of the translation is sound.
    """
    source = read_yaml(_bytes_of_story(original), shown_path(original))
    story, words = read_story(source), read_translation(own)
    done, spans, problems = translated(story, source, words, own)
    message, help = in_another_language(words.language, story, source, path, shown_path(original))
    if message:
        problems.append(Problem(own.span_of(("language",)), "translation-language", message, help))
    return done, spans, problems, Translation(story, source, own, words.places)


class _TooLarge(ValueError):
    """A file has more bytes than are read."""


def _file(path: Path, name: str, root: Path, limit: int) -> File:
    """Return a file that a story names `name`; ValueError says why not."""
    if "\\" in name:
        raise ValueError(f"'{name}' has a backslash; type / between folders")
    target = _resolved(path)
    if Path(name).is_absolute() or not target.is_relative_to(root):
        raise ValueError(f"'{name}' lies outside of the project")
    try:
        about = target.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ValueError(f"'{name}' is not a regular file")
        if about.st_size > limit:
            raise _TooLarge(f"'{name}' has {about.st_size:,} bytes; at most {limit:,} are read")
        return File(shown_path(target), target.read_bytes())
    except FileNotFoundError:
        raise ValueError(f"there is no file '{name}'") from None
    except OSError as error:
        raise ValueError(f"cannot read '{name}': {error.strerror}") from error


def _instead(name: str, folder: Path, root: Path) -> str:
    """Return what to type for the name of a file that cannot be had, where that can be guessed; else ""."""
    if "://" in name:
        return "download the file first; pages make no request"
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    for tail in (parts, parts[-1:]):
        for start in (folder, root):
            found = _whatever_its_case(_resolved(start), tail)
            if found is not None and found.is_file() and _resolved(found).is_relative_to(root):
                right = Path(os.path.relpath(found, _resolved(folder))).as_posix()
                return f"type {right}" if right != name else ""
    return _nearest(name, folder, root)


def _nearest(name: str, folder: Path, root: Path) -> str:
    """Return the name of a file there that a misspelt name may mean, as a question; else ""."""
    beside = _resolved(folder / name).parent
    try:
        names = [path.name for path in beside.iterdir() if path.is_file()] if beside.is_relative_to(root) else []
    except (OSError, ValueError):
        return ""
    stem = Path(name).stem  # endings are alike too often to tell anything
    near = sorted(found for found in names if did_you_mean(stem, [Path(found).stem]))
    return did_you_mean(name, [(Path(name).parent / found).as_posix() for found in near])


def _whatever_its_case(folder: Path, parts: Iterable[str]) -> Path | None:
    """Return the file below a folder that these names lead to, capitals or not."""
    for part in parts:
        try:
            names = sorted(folder.iterdir())
        except OSError:
            return None
        found = next((path for path in names if path.name.casefold() == part.casefold()), None)
        if found is None:
            return None
        folder = found
    return folder


def _resolved(path: Path) -> Path:
    # Not Path.resolve(): before Python 3.13 a circle of links makes it raise a RuntimeError.
    return Path(os.path.realpath(path))
