"""The live map, made by folium: a map without folium's own scripts and styles, and our step control on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template


class StepMap(folium.Map):
    """A folium map that brings no foreign files: Leaflet comes from the page, there are no tiles unless added."""

    def __init__(self) -> None:
        super().__init__(
            location=[0.0, 0.0],
            zoom_start=2,
            tiles=None,
            zoom_control=False,
            zoom_snap=0,
            scroll_wheel_zoom=False,
            attribution_control=False,
            max_bounds_viscosity=1.0,
            zoom_animation_threshold=2,
        )
        # Lists of its own: folium's are one mutable list that all maps of a process share.
        self.default_js, self.default_css = [], []


class StepControl(MacroElement):
    """Hands the map to our client, which draws the steps on it."""

    _template = Template("{% macro script(this, kwargs) %}$$main.start({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca types only some of its functions
        self._name = "StepControl"


def live_map() -> tuple[str, str]:
    """Return the map's element (HTML) and the script that makes it, the same for the same story every time."""
    chart = StepMap()
    StepControl().add_to(chart)
    figure = cast("Figure", chart.get_root())
    # folium names elements at random and its children copy the names when first rendered: name them before.
    for number, element in enumerate(_tree(figure)):
        element._id = f"sm{number:03d}"  # noqa: SLF001  (folium has no other door)
    chart.render()  # type: ignore[no-untyped-call]  # as above
    return _inside(figure.html), _inside(figure.script)


def _tree(element: Element) -> Iterator[Element]:
    yield element
    for part in ("header", "html", "script"):
        if isinstance(element, Figure):
            yield from _tree(getattr(element, part))
    for child in element._children.values():  # noqa: SLF001
        yield from _tree(child)


def _inside(element: Element) -> str:
    return "\n".join(child.render().strip() for child in element._children.values())  # noqa: SLF001
