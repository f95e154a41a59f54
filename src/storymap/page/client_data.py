"""What the client is told, as JSON in the page: a list with one row to a line.

The first row is an object, the second has all numbers in other units, the third those of the claims; then comes a row
for each step, and one for each name that several steps have. These are lists whose values have a place each: 0 stands
for what is not worth saying, and nothing for that at the end. client/rows.js reads a row when it is first asked for,
and makes of it what client/types.d.ts describes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from storymap.basemap.grid import Box
from storymap.basemap.tiers import Basemap
from storymap.page.columns import columns
from storymap.page.facts import facts
from storymap.page.map.drawing import Drawing, Measured, StepDrawing
from storymap.page.map.journeys import Arrow
from storymap.page.map.lettering import DOT_RADIUS
from storymap.page.map.letters import text_lines
from storymap.page.map.naming import Name
from storymap.page.map.scale import all_said
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


@dataclass
class _Numbers:
    """What is said by its number, since it is said often: each value once, in the order of its first use."""

    _found: dict[Any, int] = field(default_factory=dict)

    def of(self, value: Any) -> int:
        return self._found.setdefault(value, len(self._found))

    def all(self) -> list[Any]:
        return list(self._found)


@dataclass
class _Tables:
    """The values that rows refer to: kinds of names (style and dot), strokes of one shape, the names of many maps."""

    kinds: _Numbers = field(default_factory=_Numbers)
    strokes: _Numbers = field(default_factory=_Numbers)
    names: Mapping[Name, int] = field(default_factory=dict)


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
    uses = Counter(name for scene in scenes for name in drawing.steps[scene.id].names)
    shared = [name for name, count in uses.items() if count > 1]
    tables = _Tables(names={name: number for number, name in enumerate(shared)})
    steps = [
        _step(drawing.steps[scene.id], frame, origin, tables, pills, guess=guess)
        for scene, frame in zip(scenes, frames, strict=True)
    ]
    names = [_name(name, tables) for name in shared]
    claims = facts({claim.id: findings[claim.id] for scene in scenes for claim in scene.claims})
    units = {system: "|".join(told) for system, told in book.lists().items()}
    head = {
        "origin": origin,
        "tiers": tiers,
        "window": _box(basemap.window.moved(-origin[0], -origin[1])),
        "closest": basemap.max_zoom,
        "dots": DOT_RADIUS,
        "words": {key: words.sentences[sentence] for key, sentence in _WORDS.items()} | _scale(words),
        "ids": [scene.id for scene in scenes],
        "files": columns(words),
        "kinds": tables.kinds.all(),
        "strokes": tables.strokes.all(),
    }
    return script_rows([head, units, claims, *steps, *names])


def _scale(words: Catalogue) -> dict[str, str]:
    """Return what client/scale.js tells, which only other languages than English have."""
    return {} if words.language == "en" else {"scale": all_said(words.numbers)}


def script_rows(rows: Sequence[Any]) -> str:
    """Return a JSON list with a row to a line, in which nothing can end a script element or begin a comment."""
    text = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"[{text}]"


def _row(*values: Any) -> list[Any]:
    """Return values with 0 for those that are not worth saying, and none of them at the end."""
    row = [0 if value in ("", None, False) else value for value in values]
    while row and not row[-1]:
        row.pop()
    return row


def _step(
    drawing: StepDrawing,
    frame: Frame,
    origin: tuple[int, int],
    tables: _Tables,
    pills: Mapping[str, Told],
    *,
    guess: bool,
) -> list[Any]:
    return [
        _box(frame.content.moved(-origin[0], -origin[1])),
        frame.closest,
        _strokes(drawing.strokes, tables),
        [tables.names[name] if name in tables.names else _name(name, tables) for name in drawing.names],
        [_measured(measured, pills[measured.claim_id], tables, guess=guess) for measured in drawing.measured],
        [_ground(ground) for ground in drawing.grounds],
        [_arrow(arrow) for arrow in drawing.arrows],
    ]


def _strokes(strokes: Sequence[Stroke], tables: _Tables) -> list[str | int]:
    """Return each shape that is drawn, and behind it the number of its strokes."""
    found: list[str | int] = []
    for shape, some in groupby(strokes, lambda stroke: stroke.shape):
        found += [shape, tables.strokes.of(tuple(stroke.css for stroke in some))]
    return found


def _name(name: Name, tables: _Tables) -> list[Any]:
    """Return text, kind, spot, zooms (0: all), how far its other spots lie from it, side, line, and its languages."""
    zooms = [int(zoom) if zoom == int(zoom) else zoom for zoom in (name.from_zoom, name.to_zoom)]
    return _row(
        "\n".join(text_lines(name.text, name.style)) if name.style == "sea" else name.text,
        tables.kinds.of((name.style, name.dot) if name.dot else (name.style,)),
        (name.x, name.y),
        zooms != [0, 30] and zooms,
        [move for x, y in name.further for move in (x - name.x, y - name.y)] or 0,
        name.side,
        name.line,
        name.lang,
        name.local,
        name.local_lang,
    )


def _measured(measured: Measured, pill: Told, tables: _Tables, *, guess: bool) -> list[Any]:
    """Return claim, stroke, words, spot, ends, box (0: that of the ends), other readings, and what is particular."""
    also = [[_strokes([one.stroke], tables), _box(one.box)] if one else 0 for one in measured.also]
    box, ends = _box(measured.box), measured.ends
    return _row(
        measured.claim_id,
        _strokes([measured.stroke], tables),
        measured.pill,
        pill.versions.get("miles"),
        measured.anchor,
        ends,
        box != _round(ends) and box,
        any(also) and also,
        int(measured.inside),
        int(measured.again),
        measured.twin,
        measured.arrow and _arrow(measured.arrow),
        pill.versions.get("km"),
        int(guess),
    )


def _round(spots: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the box of some spots: left, top, right, bottom; nothing where there are none."""
    return tuple(most(values) for most in (min, max) for values in zip(*spots, strict=True))


def _ground(ground: Ground) -> dict[str, Any]:
    return {"at": ground.at, "radius": ground.radius, **({"shape": ground.shape} if ground.shape else {})}


def _arrow(arrow: Arrow) -> tuple[int, int, int]:
    return arrow.x, arrow.y, arrow.turn


def _box(box: Box) -> tuple[int, int, int, int]:
    return round(box.left), round(box.top), round(box.right), round(box.bottom)
