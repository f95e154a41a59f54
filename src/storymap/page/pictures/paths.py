"""The geometry of a picture that stands alone: the page's shapes, cut to what the picture shows, in its own pixels.

A file cannot `<use>` the page's shapes, and many programs that draw SVG know no strokes that keep their width.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from storymap.basemap.grid import Box

_BEYOND_PX = 12.0  # as far outside the picture nothing of a stroke reaches into it
_TOLERANCE_PX = 0.3
_SPECK_PX2 = 1.0
_STEPS_PER_PX = 10  # one decimal is written

_RUN = re.compile(r"M([^Mz]*)(z?)")
_NUMBER = re.compile(r"-?\d+")
Rows = NDArray[np.float64]


@lru_cache(maxsize=256)
def read_d(d: str) -> tuple[tuple[Rows, bool], ...]:
    """Return the runs of (x, y) rows in a path as the page writes it, `M12 34l5-6…`, each with whether it is closed."""
    runs = []
    for numbers, end in _RUN.findall(d):
        steps = np.array(_NUMBER.findall(numbers), np.float64).reshape(-1, 2)
        runs.append((np.cumsum(steps, axis=0), bool(end)))
    return tuple(runs)


def in_picture(d: str, scale: int, view: Box, width_px: float) -> str:
    """Return what a picture shows of a path, in its pixels with one decimal; "" where it shows nothing.

    Args:
        d: the path in the page, in units of `scale` grid units.
        scale: grid units a unit of the path.
        view: what the picture shows, on the page's grid.
        width_px: the picture's width.
    """
    per_px = (view.right - view.left) / width_px
    height_px = (view.bottom - view.top) / per_px
    window = (-_BEYOND_PX, -_BEYOND_PX, width_px + _BEYOND_PX, height_px + _BEYOND_PX)
    parts = []
    for run, closed in read_d(d):
        px = (run * scale - (view.left, view.top)) / per_px
        (left, top), (right, bottom) = px.min(axis=0).tolist(), px.max(axis=0).tolist()
        if left > window[2] or right < window[0] or top > window[3] or bottom < window[1]:
            continue
        if closed and (right - left) * (bottom - top) < _SPECK_PX2:
            continue
        if closed:
            parts.append(_written(_ring(_cut(px, window)), closed=True))
        elif len(px) > 1:
            seen = shapely.simplify(shapely.clip_by_rect(shapely.LineString(px), *window), _TOLERANCE_PX)
            lines = [part for part in shapely.get_parts(seen) if part.geom_type == "LineString"]
            parts += [_written(shapely.get_coordinates(line), closed=False) for line in lines]
    return "".join(parts)


def disc(at: tuple[float, float], radius: float, view: Box, width_px: float) -> str:
    """Return a disc of the page's grid as a path in the pixels of a picture that shows `view`."""
    per_px = (view.right - view.left) / width_px
    x, y, r = ((at[0] - view.left) / per_px, (at[1] - view.top) / per_px, radius / per_px)
    return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"


def _cut(ring: Rows, window: tuple[float, float, float, float]) -> Rows:
    """Return a ring cut at the four sides of a window (left, top, right, bottom) by Sutherland and Hodgman.

    What lies inside stays inside by the even-odd rule, also of a ring that touches itself and of rings in rings.
    """
    for axis, limit, sign in ((0, window[0], 1), (1, window[1], 1), (0, window[2], -1), (1, window[3], -1)):
        depth = (ring[:, axis] - limit) * sign
        after = np.roll(depth, -1)
        kept, crosses = depth >= 0, (depth >= 0) != (after >= 0)
        if not crosses.any():
            if not kept.any():
                return ring[:0]
            continue
        share = np.divide(depth, depth - after, out=np.zeros_like(depth), where=crosses)
        border = ring + share[:, None] * (np.roll(ring, -1, axis=0) - ring)
        ring = np.stack((ring, border), axis=1)[np.stack((kept, crosses), axis=1)]
    return ring


def _ring(px: Rows) -> Rows:
    """Return a ring without corners that nobody sees; nothing where it is a speck."""
    if len(px) < 3 or shapely.area(shapely.Polygon(px)) < _SPECK_PX2:
        return px[:0]
    closed = shapely.LineString(np.concatenate((px, px[:1])))
    return shapely.get_coordinates(shapely.simplify(closed, _TOLERANCE_PX))[:-1]


def _written(px: Rows, *, closed: bool) -> str:
    steps = np.rint(px * _STEPS_PER_PX).astype(np.int64)
    moved = np.any(steps[1:] != steps[:-1], axis=1)
    steps = steps[np.concatenate(([True], moved))] if len(steps) else steps
    if len(steps) < (3 if closed else 2):
        return ""
    numbers = [_number(n) for n in np.diff(steps, axis=0, prepend=0).reshape(-1).tolist()]
    first, rest = numbers[:2], numbers[2:]
    return f"M{_joined(first)}l{_joined(rest)}{'z' if closed else ''}"


def _number(tenths: int) -> str:
    text = f"{tenths / _STEPS_PER_PX:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _joined(numbers: list[str]) -> str:
    # A minus sign parts two numbers as well as a space does.
    return "".join(n if n.startswith("-") else f" {n}" for n in numbers).lstrip()
