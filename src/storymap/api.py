"""The Python door: a story made step by step in code, checked and built by the same path as a YAML file."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storymap.compiler import Built, Checked, build, check, write
from storymap.inputs import Inputs, gather, shown_path
from storymap.problems import Problem, Span, StoryError
from storymap.publish import page_of
from storymap.story import has_overview

if TYPE_CHECKING:
    import folium


class ThirdPartyWarning(UserWarning):
    """The page will ask other hosts for something, each of which then learns its readers' addresses."""


class Story:
    """A story in the making. Keys are those of the story file; `folder` is where its file paths start.

    >>> story = Story("A short border").step("The river", "It flows to the sea.")
    >>> story.check().passes
    True
    """

    def __init__(self, title: str, *, folder: Path | str = ".", name: str = "story", **keys: Any) -> None:
        self._data: dict[str, Any] = {"title": title, **keys, "steps": []}
        self._path = Path(folder) / f"{name}.yaml"
        self._layers: dict[int, list[object]] = {}

    def step(
        self, title: str, text: str, *, show: Sequence[object] = (), layers: Sequence[object] = (), **keys: Any
    ) -> Story:
        """Add a step and return the story.

        Args:
            title: its heading.
            text: what it says, in Markdown.
            show: ids of places.
            layers: layers that folium made, which the map has while this step shows.
            keys: those of a step in a story file.

        Raises:
            LayerRefused: something among `layers` that a step cannot show.
        """
        if layers:
            from storymap.page import copied  # noqa: PLC0415  (a story without such layers need not load folium)

            for layer in layers:
                copied(layer)  # what is wrong is told where it was written
            before = len(self._data["steps"]) + has_overview(self._data.get("overview"))
            self._layers[before + 1] = list(layers)
        step = {"title": title, "text": text, **keys}
        if show:
            step["show"] = show if isinstance(show, str) else list(show)  # the reader says what is wrong with a text
        self._data["steps"].append(step)
        return self

    def check(self) -> Checked:
        """Return the story with its claims measured; StoryError where it is wrong."""
        return check(self._inputs())

    def build(self, out: Path | str = "build") -> Path:
        """Write the page with its pictures and return the page's path.

        Warns (`ThirdPartyWarning`) where a reader's browser will ask other hosts for something.

        Raises:
            StoryError: the story is wrong.
            ToolError: the disk refuses.
        """
        page = page_of(self._path, Path(out))
        write(self._built(), page)
        return page

    def to_html(self) -> str:
        """Return the page as one HTML document, pictures and recordings in it; warns as `build` does."""
        return self._built(one_file=True).html

    def to_map(self) -> folium.Map:
        """Return the story as a folium map, with a group for each step: its places, measured lines and own layers.

        It is folium's own map, which notebooks show and to which anything of folium's can be added. Its scripts come
        from elsewhere, unlike those of the page.
        """
        from storymap.page import folium_map  # noqa: PLC0415

        return folium_map(build(self._inputs()).parts, self._layers)

    def _built(self, *, one_file: bool = False) -> Built:
        built = build(self._inputs(), self._layers, one_file=one_file)
        for request in built.requests:
            warnings.warn(request, ThirdPartyWarning, stacklevel=3)
        return built

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
