"""A detail file as text: one feature a line, the same bytes from the same shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from storymap.coast.calm import polygons
from storymap.coast.windows import Window

_DIGITS = 5  # 1 m

CREDIT, LICENSE = "GSHHG", "LGPL-3.0-or-later"


def detail_text(
    windows: Sequence[Window],
    shapes: Iterable[tuple[str, BaseGeometry]],
    *,
    source: str,
    retrieved: str,
    credit: str = CREDIT,
    license: str = LICENSE,
) -> str:
    """Return a detail file with (layer, polygon or line) in (lon, lat) degrees, rounded to 1 m, in a fixed order.

    `retrieved` is a date, year-month-day. What vanishes by rounding is left out.
    """
    head = {
        "type": "FeatureCollection",
        "windows": [half for window in windows for half in window.halves],
        "credit": credit,
        "license": license,
        "source": source,
        "retrieved": retrieved,
    }
    lines = sorted({line for layer, shape in shapes for line in _features(layer, shape)})
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    return opening + ',\n "features": [\n' + ",\n".join(lines) + "\n ]\n}\n"


def _features(layer: str, shape: BaseGeometry) -> list[str]:
    exact = shapely.set_precision(shape, 10.0**-_DIGITS)
    parts = polygons(exact) if layer != "border" else [p for p in shapely.get_parts(exact) if not p.is_empty]
    return [_feature(layer, part) for part in parts]


def _feature(layer: str, part: BaseGeometry) -> str:
    plain = shapely.to_geojson(shapely.normalize(part))
    geometry = json.loads(plain, parse_float=lambda number: round(float(number), _DIGITS))
    feature = {"type": "Feature", "properties": {"layer": layer}, "geometry": geometry}
    return "  " + json.dumps(feature, separators=(",", ":"))
