"""Where pages go, and how they get there: readers see the old one or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from storymap.inputs import shown_path
from storymap.problems import Problem, Span, StoryError, ToolError


def page_of(path: Path, out: Path) -> Path:
    """Return where the page of the story at `path` goes: `out`/<story>/index.html."""
    if path.stem.startswith("."):
        message = f"'{path.name}' begins with a dot, and cannot name a page"
        raise StoryError([Problem(Span(shown_path(path)), "bad-id", message, "rename the file")])
    return out / path.stem / "index.html"


def apart(paths: Iterable[Path], out: Path) -> None:
    """Raise StoryError where two different stories would have one page."""
    first: dict[str, Path] = {}
    problems = []
    for path in paths:
        # Some disks take a name in capitals and in small letters for one.
        other = first.setdefault(str(page_of(path, out)).casefold(), path)
        if shown_path(other) != shown_path(path):
            message = f"this story and {shown_path(other)} would both be {page_of(path, out)}"
            help = "rename one of the two files, or build them into different folders"
            problems.append(Problem(Span(shown_path(path)), "duplicate-id", message, help))
    if problems:
        raise StoryError(problems)


def publish(path: Path, text: str) -> None:
    """Put `text` (UTF-8) at `path` in one move; folders are made.

    Raises:
        ToolError: the disk refuses, or what stands at `path` is no regular file. What was there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise ToolError(f"will not write over {path}: it is not a regular file")
        # In the same folder, so that the last step is a rename and not a copy.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ToolError(f"cannot write {path}: {error.strerror or error}") from error
