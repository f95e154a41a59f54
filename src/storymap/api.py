"""The Python door: a story made step by step in code, checked and built by the same path as a YAML file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from storymap.compiler import Checked, build, check
from storymap.inputs import Inputs, gather, shown_path
from storymap.problems import Problem, Span, StoryError
from storymap.publish import page_of, publish


class Story:
    """A story in the making. Keys are those of the story file; `folder` is where its file paths start.

    >>> story = Story("A short border").step("The river", "It flows to the sea.")
    >>> story.check().passes
    True
    """

    def __init__(self, title: str, *, folder: Path | str = ".", name: str = "story", **keys: Any) -> None:
        self._data: dict[str, Any] = {"title": title, **keys, "steps": []}
        self._path = Path(folder) / f"{name}.yaml"

    def step(self, title: str, text: str, *, show: Sequence[object] = (), **keys: Any) -> Story:
        """Add a step and return the story. `show` are place ids; `keys` are those of a step in a story file."""
        step = {"title": title, "text": text, **keys}
        if show:
            step["show"] = show if isinstance(show, str) else list(show)  # the reader says what is wrong with a text
        self._data["steps"].append(step)
        return self

    def check(self) -> Checked:
        """Return the story with its claims measured; StoryError where it is wrong."""
        return check(self._inputs())

    def build(self, out: Path | str = "build") -> Path:
        """Write the page and return its path; StoryError where the story is wrong, ToolError where the disk refuses."""
        page = page_of(self._path, Path(out))
        publish(page, build(self._inputs()).html)
        return page

    def to_html(self) -> str:
        """Return the page as one HTML document."""
        return build(self._inputs()).html

    def _inputs(self) -> Inputs:
        span, help = Span(shown_path(self._path)), "give it a value, or leave it out"
        if missing := [Problem(span, "missing-value", f"{where} is None", help) for where in _nones(self._data)]:
            raise StoryError(missing)
        # JSON is YAML: written so, the story gets spans, and the same checks, as one from a file. Dates and paths
        # are written as text, and half characters are left to the reader, who refuses them.
        text = json.dumps(self._data, ensure_ascii=False, indent=2, default=str)
        return gather(text.encode(errors="surrogatepass"), self._path)


def _nones(data: object, where: str = "") -> Iterator[str]:
    """Yield where None stands, such as `steps[0].text`: YAML would make it the word "null"."""
    if data is None:
        yield where
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _nones(value, f"{where}.{key}" if where else str(key))
    elif isinstance(data, list | tuple):
        for i, value in enumerate(data):
            yield from _nones(value, f"{where}[{i}]")
