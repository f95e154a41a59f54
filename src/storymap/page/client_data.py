"""What the client is told, as JSON in the page; the types stand in `client/types.d.ts`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from storymap.basemap.grid import Box
from storymap.basemap.tiers import Basemap
from storymap.page.facts import facts
from storymap.page.map.drawing import Drawing, Measured, StepDrawing
from storymap.page.map.journeys import Arrow
from storymap.page.map.labels import text_lines
from storymap.page.map.lettering import DOT_RADIUS
from storymap.page.map.naming import Name
from storymap.page.map.strokes import Stroke
from storymap.page.map.uncertainty import Ground
from storymap.page.map.viewport import Frame
from storymap.page.unit_book import UnitBook
from storymap.page.units import Told
from storymap.scene import Finding, Scene
from storymap.strings import Catalogue

_WORDS = {
    "next": "page.next",
    "checks": "page.all-checks",
    "count": "page.count",
    "status": "page.status",
    "close": "page.close",
    "zoomIn": "page.zoom-in",
    "zoomOut": "page.zoom-out",
    "fingers": "page.hint-touch",
    "wheel": "page.hint-wheel",
    "share": "page.share",
    "copied": "page.link-copied",
    "copy": "page.copy",
    "textCopied": "page.copied",
}


def client_data(
    scenes: Sequence[Scene],
    frames: Sequence[Frame],
    drawing: Drawing,
    basemap: Basemap,
    words: Catalogue,
    findings: Mapping[str, Finding],
    pills: Mapping[str, Told],
    book: UnitBook,
    *,
    guess: bool = False,
) -> str:
    """Return the client's data as JSON that is safe inside a script element.

    `findings` and `pills` (the words on a measured line) go by claim id; `book` knows all numbers that are written into
    the page before. Readers `guess` where lines wait for them.
    """
    origin = (basemap.grid.origin_x, basemap.grid.origin_y)
    tiers = [
        {
            "id": f"t_{tier.name}",
            "zoom": tier.zoom,
            "box": _box(tier.window.moved(-origin[0], -origin[1])),
            "scale": tier.scale,
            "detail": tier.detail,
            **({"wraps": True} if tier.wraps else {}),
        }
        for tier in basemap.tiers
    ]
    # Each name stands once, steps have its number: most are on many maps.
    every = dict.fromkeys(name for scene in scenes for name in drawing.steps[scene.id].names)
    numbers = {name: number for number, name in enumerate(every)}
    data = {
        "origin": origin,
        "tiers": tiers,
        "window": _box(basemap.window.moved(-origin[0], -origin[1])),
        "closest": basemap.max_zoom,
        "dots": DOT_RADIUS,
        "names": [_name(name) for name in numbers],
        "steps": [
            _step(scene, frame, drawing.steps[scene.id], origin, numbers, pills, guess=guess)
            for scene, frame in zip(scenes, frames, strict=True)
        ],
        **_said(units={system: "|".join(told) for system, told in book.lists().items()}),
        **_said(claims=facts({claim.id: findings[claim.id] for scene in scenes for claim in scene.claims})),
        "words": {key: words.sentences[sentence] for key, sentence in _WORDS.items()},
    }
    return script_json(data)


def script_json(data: Any) -> str:
    """Return JSON in which nothing can end a script element, begin a comment, or end a line of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _step(
    scene: Scene,
    frame: Frame,
    drawing: StepDrawing,
    origin: tuple[int, int],
    numbers: Mapping[Name, int],
    pills: Mapping[str, Told],
    *,
    guess: bool,
) -> dict[str, Any]:
    return {
        "id": scene.id,
        "box": _box(frame.content.moved(-origin[0], -origin[1])),
        "closest": frame.closest,
        "strokes": [_stroke(stroke) for stroke in drawing.strokes],
        "names": [numbers[name] for name in drawing.names],
        "measured": [
            _measured(measured, pills[measured.claim_id]) | _said(hidden=guess) for measured in drawing.measured
        ],
        "grounds": [_ground(ground) for ground in drawing.grounds],
        "arrows": [_arrow(arrow) for arrow in drawing.arrows],
    }


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"shape": stroke.shape, "css": stroke.css, **_said(closed=stroke.closed)}


def _name(name: Name) -> dict[str, Any]:
    zooms = [int(zoom) if zoom == int(zoom) else zoom for zoom in (name.from_zoom, name.to_zoom)]
    text = "\n".join(text_lines(name.text, name.style)) if name.style == "sea" else name.text
    told = {
        "dot": name.dot,
        "line": name.line,
        "also": name.further,
        "side": name.side,
        "lang": name.lang,
        "local": name.local,
        "localLang": name.local_lang,
    }
    always = {"text": text, "style": name.style, "at": (name.x, name.y), "zooms": zooms}
    return always | {key: value for key, value in told.items() if value}


def _measured(measured: Measured, pill: Told) -> dict[str, Any]:
    return {
        "claim": measured.claim_id,
        "stroke": _stroke(measured.stroke),
        "pill": measured.pill,
        **pill.versions,
        "at": measured.anchor,
        "ends": measured.ends,
        "box": _box(measured.box),
        **_said(
            inside=measured.inside,
            again=measured.again,
            twin=measured.twin,
            arrow=_arrow(measured.arrow) if measured.arrow else None,
            also=[{"stroke": _stroke(one.stroke), "box": _box(one.box)} if one else None for one in measured.also],
        ),
    }


def _said(**facts: Any) -> dict[str, Any]:
    """Return what is worth saying: the facts that are not false, empty or missing."""
    return {key: value for key, value in facts.items() if value}


def _ground(ground: Ground) -> dict[str, Any]:
    return {"at": ground.at, "radius": ground.radius, **_said(shape=ground.shape)}


def _arrow(arrow: Arrow) -> tuple[int, int, int]:
    return arrow.x, arrow.y, arrow.turn


def _box(box: Box) -> tuple[int, int, int, int]:
    return round(box.left), round(box.top), round(box.right), round(box.bottom)
