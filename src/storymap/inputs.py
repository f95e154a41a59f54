"""All the files of one story, read into memory: from here on the compiler works on bytes, and touches no disk."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storymap.problems import Problem, Span, StoryError, ToolError
from storymap.source import Source, read_yaml
from storymap.story import StoryDoc, read_story

MAX_PLACES_BYTES = 64_000_000
MAX_DETAIL_BYTES = 20_000_000
MAX_PICTURE_BYTES = 400_000


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and the name under which problems show it."""

    path: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a story is made of. `pictures` go by the name that the story gives them."""

    name: str
    source: Source
    story: StoryDoc
    places: File | None
    detail: File | None
    pictures: Mapping[str, File]


def read(path: Path) -> Inputs:
    """Return a story's files in memory.

    Raises:
        StoryError: the story is wrong, or it names a file that is missing, too large or outside of the project.
        ToolError: the machine cannot read the story's own file.
    """
    return gather(_bytes_of_story(path), path)


def gather(raw: bytes, path: Path) -> Inputs:
    """Return a story's files in memory, the story itself given as `raw` YAML; raises as `read` does.

    `path` is where it stands or would stand: the files that it names are sought from there.
    """
    source = read_yaml(raw, _shown(path))
    story = read_story(source)
    root = project_of(path)
    problems: list[Problem] = []

    def wanted(name: str, loc: tuple[str | int, ...], limit: int) -> File | None:
        try:
            return _beside(path, name, root, limit)
        except ValueError as error:
            problems.append(Problem(source.span_of(loc), "file-missing", str(error), _file_help(path)))
            return None

    places = wanted(story.places, ("places",), MAX_PLACES_BYTES) if story.places else _default_places(root)
    detail = None
    if story.basemap.detail:
        detail = wanted(story.basemap.detail, ("basemap", "detail"), MAX_DETAIL_BYTES)
    pictures = {}
    for i, step in enumerate(story.steps):
        for j, media in enumerate(step.media):
            picture = wanted(media.image, ("steps", i, "media", j, "image"), MAX_PICTURE_BYTES)
            if picture is not None:
                pictures[media.image] = picture
    if problems:
        raise StoryError(problems)
    return Inputs(path.stem, source, story, places, detail, pictures)


def project_of(path: Path) -> Path:
    """Return the nearest folder above with `storymap.yaml` or `data/places.geojson`, else the story's own."""
    folder = path.resolve().parent
    for candidate in (folder, *folder.parents):
        if (candidate / "storymap.yaml").is_file() or (candidate / "data" / "places.geojson").is_file():
            return candidate
    return folder


def stories_of(folder: Path) -> list[Path]:
    """Return the project's stories, `stories/*.yaml`, in the order of their names."""
    return sorted((project_of(folder / "any") / "stories").glob("*.y*ml"))


def _bytes_of_story(path: Path) -> bytes:
    if not path.exists():
        raise StoryError([Problem(Span(_shown(path)), "file-missing", "there is no such story", "check the path")])
    if not path.is_file():
        help = "give the path of a .yaml file"
        raise StoryError([Problem(Span(_shown(path)), "file-missing", "this is not a file", help)])
    try:
        return path.read_bytes()
    except OSError as error:
        raise ToolError(f"cannot read {_shown(path)}: {error.strerror}") from error


def _default_places(root: Path) -> File | None:
    path = root / "data" / "places.geojson"
    return File(_shown(path), path.read_bytes()) if path.is_file() else None


def _beside(story: Path, name: str, root: Path, limit: int) -> File:
    """Return a file that a story names; ValueError says why not."""
    target = (story.parent / name).resolve()
    if Path(name).is_absolute() or "\\" in name or not target.is_relative_to(root):
        raise ValueError(f"'{name}' lies outside of the project")
    try:
        about = target.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ValueError(f"'{name}' is not a regular file")
        if about.st_size > limit:
            raise ValueError(f"'{name}' has {about.st_size:,} bytes; at most {limit:,} are read")
        return File(_shown(target), target.read_bytes())
    except FileNotFoundError:
        raise ValueError(f"there is no file '{name}'") from None
    except OSError as error:
        raise ValueError(f"cannot read '{name}': {error.strerror}") from error


def _file_help(story: Path) -> str:
    return f"paths are relative to {_shown(story)} and stay inside the project"


def _shown(path: Path) -> str:
    """Return a path as people type it: relative to the working folder where it lies below it."""
    resolved = path.resolve()
    here = Path.cwd()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else path.as_posix()
