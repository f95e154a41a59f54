"""Where a name has most room: the cells for its middle, and how large it will be."""

from __future__ import annotations

from math import ceil

import numpy as np

from storymap.basemap.names_cells import CELL_PX, Mask, Shares

_SCRAP_PX2 = 400.0  # of a country that is hardly seen there is nothing to name
SPOTS = 3  # a name that stands on ground gets so many, so that it finds room in views of other shapes


def best_spots(
    mask: Mask, core: Mask, larger: float, label_px: tuple[float, float], least: float
) -> list[tuple[int, int]]:
    """Return the best cells (row, column) for the middle of a name: most room round it first.

    The second is the best on a small map, which shows the core with letters so much larger, if there is one.
    """
    width, height = label_px
    shares = Shares(mask)
    fits = shares.of(width, height)
    fitting = mask & (fits >= least)
    if not fitting.any():
        return []
    score = 2 * fits + 0.6 * shares.of(2 * width, 3 * height) + 0.4 * shares.of(3.5 * width, 8 * height)
    score += 0.4 * shares.of(7 * width, 20 * height) + 0.15 * core
    small = Shares(mask & core).of(larger * width, larger * height) >= max(least, 0.6)
    score[~fitting] = -1
    found: list[tuple[int, int]] = []
    while len(found) < SPOTS and score.max() > 0:
        inner = np.where(small, score, -1)
        some = inner if found and not any(small[spot] for spot in found) and inner.max() > 0 else score
        row, column = divmod(int(some.argmax()), score.shape[1])
        found.append((row, column))
        score[around((row, column), (width * 2.2, height * 5), mask.shape)] = -1
    return found


def beside(mask: Mask, label_px: tuple[float, float]) -> Mask:
    """Return the cells where the middle of a label stands near islands; none for a scrap or a coast that goes on."""
    near = np.zeros_like(mask)
    rows, columns = np.nonzero(mask)
    goes_on = mask[[0, -1]].any() or mask[:, [0, -1]].any()
    if goes_on or len(rows) * CELL_PX**2 < _SCRAP_PX2:
        return near
    down, across = (ceil(size / CELL_PX * share) for size, share in zip(reversed(label_px), (1.0, 0.6), strict=True))
    top, left = max(0, rows.min() - down), max(0, columns.min() - across)
    near[top : rows.max() + down + 1, left : columns.max() + across + 1] = True
    return near


def around(spot: tuple[int, int], label_px: tuple[float, float], shape: tuple[int, ...]) -> Mask:
    """Return the cells that a label covers, and one more on every side."""
    half_w, half_h = (size / CELL_PX / 2 + 1 for size in label_px)
    rows, columns = np.arange(shape[0]), np.arange(shape[1])
    return (np.abs(rows - spot[0]) <= half_h)[:, None] & (np.abs(columns - spot[1]) <= half_w)[None, :]


def size_px(text: str, letter_px: float, height_px: float, local: str) -> tuple[float, float]:
    """Return about how wide and high a name is, with 15 % to spare: readers' fonts differ."""
    widest = max(sum(14.0 if ord(c) > 0x2E7F else letter_px for c in line) for line in (text, local))
    return 1.15 * widest, height_px * (2 if local else 1)


def halves(text: str) -> tuple[str, ...]:
    """Return the lines of the name of a water: it breaks near its middle."""
    parts = text.split()
    if len(parts) < 2:
        return (text,)
    cut = min(range(1, len(parts)), key=lambda i: abs(len(" ".join(parts[:i])) - len(" ".join(parts[i:]))))
    return " ".join(parts[:cut]), " ".join(parts[cut:])
