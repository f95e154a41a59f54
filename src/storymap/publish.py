"""Writes a finished file so that readers see the old one or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from storymap.problems import ToolError


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
