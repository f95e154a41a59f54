"""What a page tells its client, read as the client reads it: in the order that client/rows.js says."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

_ROWS = files("storymap.page").joinpath("client", "rows.js").read_text(encoding="utf-8")


def told(html: str) -> dict[str, Any]:
    """Return what client/types.d.ts calls StoryData, with all of its `steps`."""
    (text,) = re.findall(r'<script type="application/json" id="sm_data">(.*?)</script>', html, re.DOTALL)
    return from_rows(text)


def from_rows(text: str) -> dict[str, Any]:
    """Return the same of the text of the page's data alone."""
    head, units, claims, *rows = json.loads(text)
    count = len(head["ids"])
    kinds, strokes = head.pop("kinds"), head.pop("strokes")

    def drawn(some: list[Any]) -> list[dict[str, Any]]:
        pairs = zip(some[::2], some[1::2], strict=True)
        return [{"shape": shape, "css": css} for shape, number in pairs for css in strokes[number]]

    def name(row: list[Any]) -> dict[str, Any]:
        found = _keyed("nameOf", row)
        x, y = found["at"]
        moves = found.pop("moves", [])
        also = [[x + right, y + down] for right, down in zip(moves[::2], moves[1::2], strict=True)]
        style, *dot = kinds[found.pop("kind", 0)]
        more = {"also": also} if also else {}
        return {"zooms": [0, 30], "style": style, **({"dot": dot[0]} if dot else {}), **found, **more}

    def measured(row: list[Any]) -> dict[str, Any]:
        found = _keyed("measuredOf", row)
        (stroke,) = drawn(found["stroke"])
        also = [one and {"stroke": drawn(one[0])[0], "box": one[1]} for one in found.pop("also", [])]
        rim = [most(values) for most in (min, max) for values in zip(*found["ends"], strict=True)]
        return {"box": rim, "pill": "", **found, "stroke": stroke, **({"also": also} if also else {})}

    def step(step_id: str, row: list[Any]) -> dict[str, Any]:
        found = dict(zip(_order("stepOf"), row, strict=True))
        lines = [measured(one) for one in found["measured"]]
        names = [name(rows[count + one] if isinstance(one, int) else one) for one in found["names"]]
        return {"id": step_id, **found, "strokes": drawn(found["strokes"]), "names": names, "measured": lines}

    return {
        **head,
        "units": units,
        "claims": claims,
        "steps": [step(*one) for one in zip(head["ids"], rows[:count], strict=True)],
    }


def _keyed(reader: str, row: list[Any]) -> dict[str, Any]:
    """Return what a row says, by the names that the client's `reader` of such rows has for its places."""
    order = _order(reader)
    assert len(row) <= len(order)
    return {key: value for key, value in zip(order, row, strict=False) if value != 0}


def _order(reader: str) -> list[str]:
    (places,) = re.findall(rf"const {reader} = \(\[([^\]]*)\]", _ROWS)
    return str(places).split(", ")
