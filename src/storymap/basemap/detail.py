"""An author's own coast: a GeoJSON file that is finer than Natural Earth within the windows it names."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from storymap.basemap.grid import MAX_LATITUDE, Bounds
from storymap.basemap.pack import LAYERS, Geometries, Layer
from storymap.meridian import unwrapped
from storymap.problems import Problem, Span, StoryError

MAX_BYTES = 20_000_000
_LAYER_OF_WORD: dict[str, Layer] = {"land": "land", "lake": "lakes", "border": "borders"}
_KINDS = {"land": ("Polygon", "MultiPolygon"), "lakes": ("Polygon", "MultiPolygon")}
_LINES = ("LineString", "MultiLineString")
_MAX_LON = 540.0  # as in a places file: longitudes may run on across ±180
_WINDOW_HELP = (
    f"[west, south, east, north] in degrees, west < east, south < north, within ±{MAX_LATITUDE:g}° of latitude"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """What a detail file holds: windows (degrees), and per layer its polygons or lines in (lon, lat) degrees."""

    windows: tuple[Bounds, ...]
    layers: dict[Layer, Geometries]
    credit: str
    license: str
    source: str
    retrieved: str

    def read_window(self, layer: Layer, window: Bounds) -> Geometries:
        """Return the shapes of a layer whose bounds meet the window, unclipped, in (lon, lat) degrees."""
        shapes = self.layers[layer]
        return shapes[shapely.intersects(shapely.envelope(shapes), shapely.box(*window.box))]


@dataclass(frozen=True, slots=True)
class BorderFile:
    """An author's borders, in place of all that the basemap has: lines in (lon, lat) degrees, and whose they are."""

    lines: Geometries
    credit: str
    license: str
    source: str
    retrieved: str

    def read_window(self, layer: Layer, window: Bounds) -> Geometries:
        """Return the lines whose bounds meet the window, unclipped, in (lon, lat) degrees; `layer` is borders."""
        del layer
        return self.lines[shapely.intersects(shapely.envelope(self.lines), shapely.box(*window.box))]


def read_border_file(raw: bytes, path: str) -> BorderFile:
    """Return an author's borders; every fault in the file is a problem of the one StoryError that is raised.

    The file is a detail file without `windows`, all of whose features are lines of the layer border. An empty list of
    features draws none. `path` is the name to show.
    """
    text = _text_of(raw, path)
    found = _Reader(text, path, ("borders",)).read(_document(text, path))
    return BorderFile(found.layers["borders"], found.credit, found.license, found.source, found.retrieved)


def read_detail(raw: bytes, path: str) -> Detail:
    """Return the detail file's content; every fault in it is a problem of the one StoryError that is raised.

    The file is a FeatureCollection with members `windows` ([[west, south, east, north], …]), `credit`, `license`,
    `source`, `retrieved`; each feature's `properties.layer` is land, lake (polygons) or border (lines). Inside a
    window the file is the whole truth: what it does not draw is sea. `path` is the name to show.
    """
    text = _text_of(raw, path)
    return _Reader(text, path, LAYERS).read(_document(text, path))


def _text_of(raw: bytes, path: str) -> str:
    if len(raw) > MAX_BYTES:
        _refuse(
            Span(path), f"the file has {len(raw):,} bytes", f"keep it under {MAX_BYTES:,}: fewer or smaller windows"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(Span(path), f"byte {error.start} is not UTF-8", "save the file as UTF-8")


def _document(text: str, path: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        _refuse(Span(path, error.lineno, error.colno), f"not JSON: {error.msg}", "export it as GeoJSON again")
    except (ValueError, RecursionError) as error:
        _refuse(Span(path), f"not JSON that a map can hold: {error}", "export it as GeoJSON again")


def _refuse(span: Span, message: str, help_: str) -> NoReturn:
    raise StoryError([Problem(span, "bad-detail-file", message, help_)])


def _window(box: object) -> Bounds | None:
    """Return [west, south, east, north] as bounds with an area, or None for anything else."""
    if not isinstance(box, list) or len(box) != 4 or not all(isinstance(side, int | float) for side in box):
        return None
    west, south, east, north = (float(side) for side in box)
    fits = -180 <= west < east <= 180 and -MAX_LATITUDE <= south < north <= MAX_LATITUDE
    return Bounds(west, south, east, north) if fits else None


def _within_one_turn(shapes: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the parts of valid shapes, cut at ±180°, where their longitudes may run on."""
    for part in map(_run_on, shapely.get_parts(shapes)):
        whole = part if part.is_valid else shapely.make_valid(part)
        west, _, east, _ = whole.bounds
        if west >= -180 and east <= 180:
            yield from shapely.get_parts(whole)
            continue
        for turn in range(math.floor((west + 180) / 360), math.ceil((east - 180) / 360) + 1):
            inside = shapely.clip_by_rect(translate(whole, -360.0 * turn), -180, -90, 180, 90)
            yield from (piece for piece in shapely.get_parts(inside) if not piece.is_empty)


def _run_on(part: BaseGeometry) -> BaseGeometry:
    """Return a line or polygon whose edges go the short way round the world; one round a pole comes back as it is."""
    if not isinstance(part, shapely.Polygon):
        lonlat = shapely.get_coordinates(part)
        return shapely.LineString(np.column_stack((unwrapped(lonlat[:, 0]), lonlat[:, 1])))
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(part)]
    shell, *holes = [np.column_stack((unwrapped(ring[:, 0]), ring[:, 1])) for ring in rings]
    if any(ring[0, 0] != ring[-1, 0] for ring in (shell, *holes)):
        return part
    middle = shell[:, 0].mean()
    return shapely.Polygon(shell, [hole - (360 * np.rint((hole[:, 0].mean() - middle) / 360), 0) for hole in holes])


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


class _Reader:
    """Gathers the problems of one file, so that the author sees all of them at once."""

    def __init__(self, text: str, path: str, allowed: Sequence[Layer]) -> None:
        self.text = text
        self.path = path
        self.allowed = allowed
        self.problems: list[Problem] = []

    def read(self, document: object) -> Detail:
        if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
            _refuse(Span(self.path), "not a GeoJSON FeatureCollection", 'begin with {"type": "FeatureCollection", …')
        windows = tuple(self._windows(document.get("windows"))) if "land" in self.allowed else ()
        words = {name: self._words(document, name) for name in ("credit", "license", "source", "retrieved")}
        found: dict[Layer, list[BaseGeometry]] = {layer: [] for layer in LAYERS}
        features = document.get("features")
        if not isinstance(features, list):
            features = []
            self._say(self._at_key("features"), "`features` is not a list", 'type "features": […]')
        for number, feature in enumerate(features):
            self._feature(number, feature, found)
        if self.problems:
            raise StoryError(self.problems)
        layers = {layer: np.array(shapes, dtype=object) for layer, shapes in found.items()}
        return Detail(windows, layers, **words)

    def _windows(self, value: object) -> Iterator[Bounds]:
        if not isinstance(value, list) or not value:
            self._say(
                self._at_key("windows"), "`windows` is missing", "[[west, south, east, north]]: what the file covers"
            )
            return
        for box in value:
            window = _window(box)
            if window is None:
                self._say(self._at_key("windows"), f"{json.dumps(box)[:60]} is not a window", _WINDOW_HELP)
            else:
                yield window

    def _words(self, document: dict[str, Any], name: str) -> str:
        value = document.get(name)
        if not isinstance(value, str) or not value.strip():
            self._say(
                self._at_key(name),
                f"`{name}` is missing",
                "say whose data it is, under what licence, and when it was taken",
            )
            return ""
        return value.strip()

    def _feature(self, number: int, feature: object, found: dict[Layer, list[BaseGeometry]]) -> None:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        word = properties.get("layer") if isinstance(properties, dict) else None
        layer = _LAYER_OF_WORD.get(word) if isinstance(word, str) else None
        if layer is None or layer not in self.allowed:
            words = [word for word, its in _LAYER_OF_WORD.items() if its in self.allowed]
            known = ", ".join(words[:-1]) + f" or {words[-1]}" if words[1:] else f"type {words[0]}"
            message = f"feature {number + 1} has no `properties.layer`"
            if layer is not None:
                message = f"feature {number + 1} is of the layer {word}, and this file is for borders"
            elif word is not None:
                message = f"feature {number + 1} has the unknown layer {json.dumps(word, ensure_ascii=False)[:40]}"
            self._say(self._at_feature(number), message, known)
            return
        kinds = _KINDS.get(layer, _LINES)
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict) or geometry.get("type") not in kinds:
            message = f"feature {number + 1} ({word}) is not a {' or '.join(kinds)}"
            self._say(self._at_feature(number), message, "draw land and lakes as areas, borders as lines")
            return
        try:
            made = shape(geometry)
            lonlat = shapely.get_coordinates(made)
            fits = len(lonlat) > 0 and bool((np.abs(lonlat) <= (_MAX_LON, 90.0)).all())
        except (TypeError, ValueError, KeyError, IndexError, OverflowError, shapely.errors.ShapelyError):
            fits = False
        if not fits:
            self._say(
                self._at_feature(number),
                f"feature {number + 1} ({word}) has coordinates that are no place on Earth",
                "lines of [longitude, latitude], two positions or more"
                if layer == "borders"
                else "rings of [longitude, latitude], four positions or more, the last the same as the first",
            )
            return
        found[layer].extend(_within_one_turn(made))

    def _say(self, span: Span, message: str, help_: str) -> None:
        self.problems.append(Problem(span, "bad-detail-file", message, help_))

    def _at_key(self, name: str) -> Span:
        found = re.search(rf'"{name}"\s*:', self.text)
        return self._span(found.start(), len(name) + 2) if found else Span(self.path)

    def _at_feature(self, number: int) -> Span:
        """Return where the feature with this number begins: its `"type": "Feature"`, counted from 0."""
        found = next(islice(re.finditer(r'"type"\s*:\s*"Feature"', self.text), number, None), None)
        return self._span(found.start(), len(found.group())) if found else self._at_key("features")

    def _span(self, offset: int, length: int) -> Span:
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return Span(self.path, line, column, line, column + length)
