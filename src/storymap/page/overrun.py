"""Whether a story draws what its files need client/globe.js for: areas of several rings, or what crosses ±180°."""

from __future__ import annotations

import re
from itertools import accumulate

from storymap.basemap.grid import WORLD_UNITS
from storymap.page.map.drawing import Drawing

_NUMBER = re.compile(r"-?\d+")


def needs_globe(drawing: Drawing, origin_x: int) -> bool:
    """Return whether a shape has several rings, or leaves the longitudes from -180° to 180°.

    `origin_x` is that of the shapes' grid (units).
    """
    least, most = -WORLD_UNITS // 2 - origin_x, WORLD_UNITS // 2 - origin_x
    spots = [name.x for step in drawing.steps.values() for name in step.names]
    if spots and not least <= min(spots) <= max(spots) <= most:
        return True
    for shape in drawing.shapes:
        if shape.id.startswith("u_"):  # ground on which something may lie is in no file
            continue
        lines = shape.d.split("M")[1:]
        if len(lines) > 1 and "z" in shape.d:
            return True
        for line in lines:
            xs = list(accumulate(map(int, _NUMBER.findall(line)[::2])))
            if min(xs) < least or max(xs) > most:
                return True
    return False
