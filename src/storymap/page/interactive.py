"""The live map, made by folium: a map without folium's own scripts and styles, and our step control on it."""

from __future__ import annotations

from collections.abc import Iterator

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template


class StepMap(folium.Map):  # type: ignore[misc]  # folium ships no types for its base classes
    """A folium map that brings no foreign files: Leaflet comes from the page, there are no tiles unless added."""

    # Lists of its own: folium's are one mutable list that all maps of a process share.
    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []

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


class StepControl(MacroElement):  # type: ignore[misc]  # as above
    """Hands the map to our client, which draws the steps on it."""

    _template = Template("{% macro script(this, kwargs) %}$$main.start({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()
        self._name = "StepControl"


def live_map() -> tuple[str, str]:
    """Return the map's element (HTML) and the script that makes it, the same for the same story every time."""
    chart = StepMap()
    StepControl().add_to(chart)
    figure: Figure = chart.get_root()
    # folium names elements at random and its children copy the names when first rendered: name them before.
    for number, element in enumerate(_tree(figure)):
        element._id = f"sm{number:03d}"  # noqa: SLF001  (folium has no other door)
    chart.render()
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
