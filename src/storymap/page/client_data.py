"""What the client is told, as JSON in the page; the types stand in `client/types.d.ts`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from storymap.basemap.tiers import Basemap
from storymap.page.drawing import Drawing, Measured, StepDrawing
from storymap.page.labels import text_lines
from storymap.page.lettering import DOT_RADIUS
from storymap.page.naming import Name
from storymap.page.strokes import Stroke
from storymap.page.viewport import WORLD, Box, Frame
from storymap.scene import Scene
from storymap.strings import Catalogue

_WORDS = {
    "next": "page.next",
    "checks": "page.all-checks",
    "count": "page.count",
    "status": "page.status",
    "close": "page.close",
    "zoomIn": "page.zoom-in",
    "zoomOut": "page.zoom-out",
}


def client_data(
    scenes: Sequence[Scene], frames: Sequence[Frame], drawing: Drawing, basemap: Basemap, words: Catalogue
) -> str:
    """Return the client's data as JSON that is safe inside a script element."""
    origin = (basemap.grid.origin_x, basemap.grid.origin_y)
    tiers = [
        {
            "id": f"t_{tier.name}",
            "zoom": tier.zoom,
            "box": _window(tier.bounds.box, origin),
            "scale": tier.scale,
            "detail": tier.detail,
        }
        for tier in basemap.tiers
    ]
    data = {
        "origin": origin,
        "tiers": tiers,
        "window": tiers[0]["box"],
        "closest": basemap.max_zoom,
        "dots": DOT_RADIUS,
        "steps": [
            _step(scene, frame, drawing.steps[scene.id], origin) for scene, frame in zip(scenes, frames, strict=True)
        ],
        "words": {key: words.sentences[sentence] for key, sentence in _WORDS.items()},
    }
    return script_json(data)


def script_json(data: Any) -> str:
    """Return JSON in which nothing can end a script element, begin a comment, or end a line of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _step(scene: Scene, frame: Frame, drawing: StepDrawing, origin: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": scene.id,
        "box": _box(frame.content.moved(-origin[0], -origin[1])),
        "closest": frame.closest,
        "strokes": [_stroke(stroke) for stroke in drawing.strokes],
        "names": [_name(name) for name in drawing.names],
        "measured": [_measured(measured) for measured in drawing.measured],
    }


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"shape": stroke.shape, "css": stroke.css, "closed": stroke.closed}


def _name(name: Name) -> dict[str, Any]:
    zooms = (name.from_zoom, name.to_zoom)
    text = "\n".join(text_lines(name.text, name.style)) if name.style == "sea" else name.text
    spot = {"at": (name.x, name.y), "dot": name.dot, "zooms": zooms, "line": name.line}
    return {"text": text, "style": name.style, **spot}


def _measured(measured: Measured) -> dict[str, Any]:
    return {
        "claim": measured.claim_id,
        "stroke": _stroke(measured.stroke),
        "pill": measured.pill,
        "at": measured.anchor,
        "ends": measured.ends,
        "box": _box(measured.box),
        "inside": measured.inside,
        "again": measured.again,
    }


def _box(box: Box) -> tuple[int, int, int, int]:
    return round(box.left), round(box.top), round(box.right), round(box.bottom)


def _window(lonlat: tuple[float, float, float, float], origin: tuple[int, int]) -> tuple[int, int, int, int]:
    west, south, east, north = lonlat
    left, top = WORLD.project(west, north)
    right, bottom = WORLD.project(east, south)
    return _box(Box(float(left), float(top), float(right), float(bottom)).moved(-origin[0], -origin[1]))
