"""The languages of a story: `trip.ko.yaml` beside `trip.yaml` is its translation into Korean, with its own page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_SUFFIXES = (".yaml", ".yml")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Edition:
    """A story in one language, and where its page is, relative to the page that says so: "" for that page itself."""

    language: str
    address: str
    original: bool = False


def original_of(path: Path) -> Path | None:
    """Return the story that the file at `path` translates, by their names; None for a story of its own."""
    stem, _, tag = path.stem.rpartition(".")
    if path.suffix not in _SUFFIXES or not stem or stem.startswith(".") or not _TAG.fullmatch(tag):
        return None
    candidates = (path.with_name(stem + suffix) for suffix in _SUFFIXES)
    return next((one for one in candidates if one.is_file()), None)


def tag_of(path: Path) -> str:
    """Return the language that the name of a translation says: "ko" for trip.ko.yaml."""
    return path.stem.rpartition(".")[2]


def translations_of(path: Path) -> list[Path]:
    """Return the translations that stand beside a story, in the order of their names."""
    found = (one for one in path.parent.glob("[!.]*.y*ml") if one.name.startswith(f"{path.stem}."))
    return sorted(one for one in found if (base := original_of(one)) is not None and base.name == path.name)


def stories_beside(path: Path) -> list[Path]:
    """Return the stories beside a file, no translations, in the order of their names."""
    found = (one for one in path.parent.glob("[!.]*.y*ml") if one.suffix in _SUFFIXES and one.name != path.name)
    return sorted(one for one in found if one.is_file() and original_of(one) is None)


def editions_of(path: Path, language: str) -> tuple[Edition, ...]:
    """Return the languages of the story or translation at `path`, the story's own `language` first; none if it has one.

    Addresses hold for `publish.page_of`: <story>/index.html and <story>/<language>/index.html.
    """
    original = original_of(path) or path
    others = translations_of(original)
    if not others:
        return ()
    up = "" if path == original else "../"
    found = [Edition(language, f"{up}index.html" if up else "", original=True)]
    return (*found, *(Edition(tag_of(o), "" if o == path else f"{up}{tag_of(o)}/index.html") for o in others))


def above(editions: Sequence[Edition]) -> str:
    """Return how a page of these editions gets to the folder of the story's own page: "" where it is that one."""
    return "../" if any(not one.address and not one.original for one in editions) else ""


def together(paths: list[Path]) -> list[Path]:
    """Return stories with their translations behind them, each file once."""
    stories = [path for path in paths if (base := original_of(path)) is None or base not in paths or original_of(base)]
    return list(dict.fromkeys(one for path in stories for one in (path, *translations_of(path))))


def families(paths: Iterable[Path]) -> list[list[Path]]:
    """Return which of the files are one story in several languages, each family where its first file stands."""
    found: dict[Path, list[Path]] = {}
    for path in paths:
        found.setdefault(original_of(path) or path, []).append(path)
    return list(found.values())
