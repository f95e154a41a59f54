"""Any GeoJSON file → one place: a Feature, a bare geometry, or all features of a collection together."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.places import Edges, Place, read_places
from storymap.problems import StoryError, ToolError, did_you_mean
from storymap.ruler.asked import Asked, RulerError
from storymap.story.values import shown

MAX_BYTES = 64_000_000
# What a foreign file can tell us; its other properties may mean anything.
_OURS = ("uncertainty_m", "edges", "stated", "derived", "schematic", "scale")


def read_file(text: str, edges: Edges) -> Asked:
    """Return what a GeoJSON file holds as one place; `text` is its path, with "#id" for one feature of it.

    The uncertainty of a collection is the largest of its features', unknown if one has none.

    Raises:
        RulerError: no such file or feature, no GeoJSON, or a shape that cannot be measured.
        ToolError: the machine cannot read the file.
    """
    path, _, wanted = (text, "", "") if Path(text).is_file() else text.partition("#")
    data = _data(path)
    features = list(_features(data))
    if wanted:
        features = _wanted(features, wanted, path)
    if not features:
        raise RulerError(f"{path} holds no feature", "export at least one")
    strict = [_strict(number, feature, Path(path).stem) for number, feature in enumerate(features, start=1)]
    collection = {
        "type": "FeatureCollection",
        "defaults": {"edges": edges, **_ours(data.get("defaults"))},
        "features": strict,
    }
    if "crs" in data:
        collection["crs"] = data["crs"]
    try:
        atlas, _ = read_places(json.dumps(collection).encode(), path)
    except StoryError as error:
        first = error.problems[0]
        raise RulerError(f"{path}: {first.message}", first.help) from None
    return _together(list(atlas.values()), text, Path(path).stem)


def _together(places: Sequence[Place], text: str, stem: str) -> Asked:
    """Return places as one, named after the file where they are several."""
    if len({place.edges for place in places if place.geometry.geom_type not in ("Point", "MultiPoint")}) > 1:
        raise RulerError(f"{text}: some edges are planar and some geodesic", "measure its features one by one: file#id")
    known = [place.uncertainty_m for place in places if place.uncertainty_m is not None]
    u = max(known) if len(known) == len(places) else None
    first = places[0]
    if len(places) > 1:
        shapes = [place.geometry for place in places]
        first = replace(first, geometry=_joined(shapes), name=stem, in_text=None, stated=None, schematic=False)
    return Asked(replace(first, id=text, uncertainty_m=u), "file", "unknown" if u is None else "file")


def _joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return shapes as one: a Multi… where they are of one kind, areas that overlap or share edges melted together."""
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    kinds = {part.geom_type for part in parts}
    if kinds == {"Polygon"}:
        together = shapely.MultiPolygon(parts)
        return together if together.is_valid else shapely.union_all(parts)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(parts)
    return shapely.MultiPoint(parts) if kinds == {"Point"} else shapely.GeometryCollection(parts)


def read_raw(path: Path) -> bytes:
    """Return the bytes of a GeoJSON file.

    Raises:
        RulerError: no such file, or one that is too large.
        ToolError: the machine cannot read it.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise RulerError(f"{path} is not a file", "give a GeoJSON file")
        if about.st_size > MAX_BYTES:
            raise RulerError(f"{path} has {about.st_size:,} bytes; at most {MAX_BYTES:,} are read", "simplify it")
        return path.read_bytes()
    except FileNotFoundError:
        raise RulerError(f"there is no file {shown(str(path))}", "check the path") from None
    except OSError as error:
        raise ToolError(f"cannot read {path}: {error.strerror}") from error


def _data(path: str) -> dict[str, Any]:
    try:
        data = json.loads(read_raw(Path(path)).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise RulerError(f"{path} is not JSON", "export it as GeoJSON (UTF-8)") from None
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise RulerError(f"{path} is not GeoJSON", 'it must be an object with a "type", such as "Feature"')
    return data


def _features(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the features of a collection, a feature, or a bare geometry; a GeometryCollection's parts one by one."""
    if not isinstance(data, dict):
        yield {"geometry": data}
    elif data.get("type") == "FeatureCollection":
        members = data.get("features")
        for member in members if isinstance(members, list) else []:
            yield from _features(member)
    elif data.get("type") == "Feature":
        for geometry in _geometries(data.get("geometry")):
            yield {**data, "geometry": geometry}
    else:
        for geometry in _geometries(data):
            yield {"geometry": geometry}


def _geometries(geometry: Any) -> list[Any]:
    inner = geometry.get("geometries") if isinstance(geometry, dict) else None
    return [part for one in inner for part in _geometries(one)] if isinstance(inner, list) else [geometry]


def _wanted(features: Sequence[dict[str, Any]], wanted: str, path: str) -> list[dict[str, Any]]:
    """Return the features that are called `wanted`, by their id or their name."""
    found = [feature for feature in features if wanted in _names(feature)]
    if not found:
        help = did_you_mean(wanted, {name for feature in features for name in _names(feature)})
        raise RulerError(
            f"{path} has no feature {shown(wanted)}", help or "type the 'id' or the 'name' of a feature after the #"
        )
    return found


def _names(feature: dict[str, Any]) -> list[str]:
    properties = _properties(feature)
    values = (feature.get("id"), properties.get("id"), properties.get("name"))
    return [str(value) for value in values if isinstance(value, str | int) and str(value)]


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    given = feature.get("properties")
    return given if isinstance(given, dict) else {}


def _ours(properties: object) -> dict[str, Any]:
    given = properties if isinstance(properties, dict) else {}
    return {key: given[key] for key in _OURS if given.get(key) is not None}


def _strict(number: int, feature: dict[str, Any], stem: str) -> dict[str, Any]:
    """Return a foreign feature as one of a places file, with an id and a name; without its own, that of the file."""
    names = _names(feature)
    properties = {"name": names[-1] if names else stem, **_ours(_properties(feature))}
    return {
        "type": "Feature",
        "id": f"feature-{number}",
        "properties": properties,
        "geometry": feature.get("geometry"),
    }
