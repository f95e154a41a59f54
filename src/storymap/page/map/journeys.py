"""Arrowheads that say in which direction a line is gone along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np

from storymap.basemap.grid import Box

APART_PX = 110.0  # from one arrowhead to the next, about
SHORTEST_PX = 40.0  # a shorter piece has none
_SAMPLES = 100_000  # of a line that runs far beyond the view
_REACH_PX = 6.0  # to either side of an arrowhead: its direction is that of so much of the line
HEAD = "M-5-5.5 7 0-5 5.5z"  # about the spot, to the east
FAR_HEAD = "M-19-6-6 0-19 6z"  # before the spot, where a dot may stand

Path = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrowhead: its spot on the page's grid, and its turn in degrees, clockwise from the east as on a screen."""

    x: int
    y: int
    turn: int


def arrows_along(path: Path, view: Box, units_per_px: float) -> tuple[Arrow, ...]:
    """Return the arrowheads of a line in its own direction, evenly along each piece of it that is in view.

    Two on a piece at least, if it is long enough, so that none stands in its middle, where its number is.
    """
    rows = np.array(path, np.float64)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(rows, axis=0).T))])

    def at(distance: float) -> tuple[float, float]:
        return float(np.interp(distance, along, rows[:, 0])), float(np.interp(distance, along, rows[:, 1]))

    found: list[Arrow] = []
    for start, end in _seen(rows, along, view, units_per_px * 2):
        length_px = (end - start) / units_per_px
        if length_px >= SHORTEST_PX:
            count = 2 * max(1, round(length_px / APART_PX / 2)) if length_px >= APART_PX else 1
            for k in range(count):
                distance = start + (end - start) * ((k + 0.5) / count if count > 1 else 0.75)
                (x, y), reach = at(distance), _REACH_PX * units_per_px
                (x0, y0), (x1, y1) = at(distance - reach), at(distance + reach)
                found.append(Arrow(round(x), round(y), round(degrees(atan2(y1 - y0, x1 - x0)))))
    return tuple(found)


def heading(path: Path) -> Arrow:
    """Return the arrowhead at the far end of a line, in the direction in which it arrives."""
    (x0, y0), (x, y) = path[-2], path[-1]
    return Arrow(round(x), round(y), round(degrees(atan2(y - y0, x - x0))))


def _seen(
    rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    along: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    view: Box,
    step: float,
) -> list[tuple[float, float]]:
    """Return the stretches of a line that lie in view, as distances along it, to one `step`."""
    distances = np.linspace(0.0, along[-1], min(max(2, int(along[-1] / step)), _SAMPLES))
    x, y = np.interp(distances, along, rows[:, 0]), np.interp(distances, along, rows[:, 1])
    inside = (view.left <= x) & (x <= view.right) & (view.top <= y) & (y <= view.bottom)
    turns = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8)))
    return [(float(distances[a]), float(distances[b - 1])) for a, b in zip(turns[::2], turns[1::2], strict=True)]
