"""Where pages go, and how they get there: readers see the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from storymap.editions import original_of, tag_of
from storymap.inputs import shown_path
from storymap.problems import Problem, Span, StoryError, ToolError

_OURS = b'<svg xmlns="http://www.w3.org/2000/svg" class="storymap" '  # how a picture of ours begins

_OUR_MEDIA = re.compile(r"[a-z0-9-]+-([0-9a-f]{8})(?:-[0-9]+)?\.[a-z0-9]+")


def page_of(path: Path, out: Path) -> Path:
    """Return where the page of the story at `path` goes: `out`/<story>/index.html, of a translation a folder deeper."""
    if path.stem.startswith("."):
        message = f"'{path.name}' begins with a dot, and cannot name a page"
        raise StoryError([Problem(Span(shown_path(path)), "bad-id", message, "rename the file")])
    original = original_of(path)
    folder = Path(path.stem) if original is None else Path(original.stem, tag_of(path))
    return out / folder / "index.html"


def apart(paths: Iterable[Path], out: Path) -> None:
    """Raise StoryError where two different stories would have one page."""
    first: dict[str, Path] = {}
    problems = []
    for path in paths:
        # Some disks take a name in capitals and in small letters for one.
        other = first.setdefault(str(page_of(path, out)).casefold(), path)
        # Two translations of one story into one language are refused when they are read.
        if shown_path(other) != shown_path(path) and (not original_of(path) or original_of(path) != original_of(other)):
            message = f"this story and {shown_path(other)} would both be {page_of(path, out)}"
            help = "rename one of the two files, or build them into different folders"
            problems.append(Problem(Span(shown_path(path)), "duplicate-id", message, help))
    if problems:
        raise StoryError(problems)


def publish_maps(folder: Path, maps: Mapping[str, str]) -> None:
    """Put pictures into `folder` by their names, and take away ours of steps that are no more; other files stay.

    Raises ToolError as `publish` does.
    """
    for name, svg in maps.items():
        publish(folder / f"{name}.svg", svg)
    try:
        for path in sorted(folder.glob("*.svg")):
            if path.stem not in maps and path.is_file() and not path.is_symlink() and _is_ours(path):
                path.unlink(missing_ok=True)
    except OSError as error:
        raise ToolError(f"cannot tidy {folder}: {error.strerror or error}") from error


def publish_media(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into `folder` by their addresses; one that is there already, and the same, is left as it is.

    Raises ToolError as `publish` does.
    """
    for address, data in files.items():
        path = folder / address
        try:
            same = path.is_file() and not path.is_symlink() and path.stat().st_size == len(data)
            same = same and path.read_bytes() == data
        except OSError:
            same = False
        if not same:
            publish(path, data)


def tidy_media(folder: Path, files: Mapping[str, bytes]) -> None:
    """Take away media of ours that are not among `files`; what another hand has put or changed there stays.

    Ours have a part of the hash of what is in them in their names. Raises ToolError as `publish` does.
    """
    kept = {address.rpartition("/")[2] for address in files}
    try:
        for path in sorted(folder.glob("*")) if folder.is_dir() and not folder.is_symlink() else ():
            named = _OUR_MEDIA.fullmatch(path.name)
            spare = named and path.name not in kept and path.is_file() and not path.is_symlink()
            if named and spare and hashlib.sha256(path.read_bytes()).hexdigest()[:8] == named[1]:
                path.unlink(missing_ok=True)
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
    except FileNotFoundError:  # another build into this folder has taken it away
        return
    except OSError as error:
        raise ToolError(f"cannot tidy {folder}: {error.strerror or error}") from error


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_OURS)) == _OURS
    except FileNotFoundError:  # another build into this folder has taken it away
        return False


def publish(path: Path, content: str | bytes) -> None:
    """Put `content` (a text as UTF-8) at `path` in one move; folders are made.

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
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ToolError(f"cannot write {path}: {error.strerror or error}") from error


def size_of(files: Iterable[bytes]) -> str:
    """Return how large files are together, in words for a terminal."""
    total = sum(map(len, files))
    return f"{total / 1e6:.1f} MB" if total >= 1e6 else f"{max(1, round(total / 1000))} kB"
