"""Layers that an author has made with folium, as a page takes them: copied, looked through, and what they will load.

A page asks for nothing by itself. A heat map or a cluster brings a script of its own from elsewhere: then the page's
policy names that host and no other, and the author hears of it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Element, MacroElement
from folium.elements import JSCSSMixin

from storymap.page.live.turns import turn
from storymap.page.policy import ORIGIN, Loads
from storymap.problems import StorymapError

Layers = Mapping[int, Sequence[Any]]  # by the number of the step, counted from 1
NO_LAYERS: Layers = MappingProxyType({})

_FOREIGN = (
    JSCSSMixin,
    folium.TileLayer,
    folium.WmsTileLayer,
    folium.raster_layers.ImageOverlay,
    folium.features.CustomIcon,
)
_REFUSED: tuple[tuple[type, str], ...] = (
    (folium.Map, "a map is no layer: add its layers one by one"),
    (folium.LayerControl, "the steps choose what is shown: leave the control out"),
    (folium.raster_layers.VideoOverlay, "a page's policy lets no video in: use folium.raster_layers.ImageOverlay"),
    (folium.Icon, "folium.Icon needs files from four hosts: use folium.CircleMarker, DivIcon or CustomIcon"),
)
_ADDRESS = re.compile(r"https?://[^\s\"'`<>\\]+")


class LayerRefused(StorymapError):
    """Something that cannot be a layer of a step; its words say what to use instead."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a page with an author's layers loads from elsewhere: addresses of scripts and styles, hosts of pictures."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def loads(self) -> Loads:
        """All that, for the page's policy."""
        scripts, styles = (tuple(dict.fromkeys(map(_file, urls))) for urls in (self.scripts, self.styles))
        return Loads(scripts, styles, tuple(dict.fromkeys(map(_origin, (*self.pictures, *self.styles)))))

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that a reader's browser will ask, each once."""
        return tuple(dict.fromkeys(map(_origin, (*self.scripts, *self.styles, *self.pictures))))


def copied(layer: object, meridian: float = 0.0) -> MacroElement:
    """Return a copy of a folium layer, so that the author's own stays as it is and a second build gives the same page.

    It lies where it is nearest to the meridian (degrees) in the middle of the story's maps.

    Raises:
        LayerRefused: it is no layer of folium, or holds something that a step cannot show.
    """
    if not isinstance(layer, MacroElement):
        raise LayerRefused(f"{type(layer).__name__} is no folium layer: add one such as folium.GeoJson(…)")
    for part in tree(layer):
        for kind, instead in _REFUSED:
            if isinstance(part, kind):
                raise LayerRefused(instead)
    # A layer that has been shown on a map keeps what that map has put into it; the parent must not be copied along.
    parent, layer._parent = layer._parent, None  # noqa: SLF001  (folium has no other door)
    try:
        made = copy.deepcopy(layer)
    finally:
        layer._parent = parent  # noqa: SLF001
    for part in tree(made):
        turn(part, meridian)
    return made


def tree(element: Element) -> Iterator[Element]:
    """Yield an element and all that hangs on it, in a fixed order: children, and parts such as a popup's words."""
    seen: set[int] = set()

    def walk(one: Element) -> Iterator[Element]:
        if id(one) in seen:
            return
        seen.add(id(one))
        yield one
        parts = [value for name, value in vars(one).items() if name != "_parent" and isinstance(value, Element)]
        for child in (*parts, *one._children.values()):  # noqa: SLF001
            yield from walk(child)

    yield from walk(element)


def name_in_order(root: Element) -> None:
    """Name an element and all that hangs on it by number, so that the same story is the same text every time.

    folium names elements at random; some keep a child's name as a key, and children copy names when first rendered.
    """
    elements = list(tree(root))
    renamed = {}
    for number, element in enumerate(elements):
        before = element.get_name()
        element._id = f"sm{number:03d}"  # noqa: SLF001  (folium has no other door)
        renamed[before] = element.get_name()
    for element in elements:
        children = element._children  # noqa: SLF001
        kept = [(renamed.get(key, key), child) for key, child in children.items()]
        children.clear()
        children.update(kept)


def foreign(elements: Iterable[Element]) -> Foreign:
    """Return what some elements load: files that folium names for them, and the addresses of tiles and pictures.

    Raises:
        LayerRefused: one of the addresses is not https.
    """
    scripts: dict[str, None] = {}
    styles: dict[str, None] = {}
    pictures: dict[str, None] = {}
    for part in (part for element in elements for part in tree(element)):
        if isinstance(part, JSCSSMixin) and not isinstance(part, folium.Map):
            scripts |= dict.fromkeys(url for _, url in part.default_js)
            styles |= dict.fromkeys(url for _, url in part.default_css)
        if isinstance(part, folium.TileLayer):
            pictures |= dict.fromkeys(_tile_hosts(part))
        elif isinstance(part, _FOREIGN):
            found = (_ADDRESS.findall(value) for value in vars(part).values() if isinstance(value, str))
            pictures |= dict.fromkeys(_origin(url) for urls in found for url in urls)
    return Foreign(tuple(scripts), tuple(styles), tuple(pictures))


def _tile_hosts(layer: folium.TileLayer) -> list[str]:
    letters = str(layer.options.get("subdomains", "abc")) if "{s}" in layer.tiles else "-"
    return [_origin(layer.tiles.replace("{s}", letter)) for letter in letters]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if parts.scheme != "https":
        raise LayerRefused(f"{url} is not https: a page that is read by https may not load it")
    if not ORIGIN.fullmatch(origin):
        raise LayerRefused(f"{url} names no host that a page could load from")
    return origin


def _file(url: str) -> str:
    return url.partition("?")[0].partition("#")[0]
