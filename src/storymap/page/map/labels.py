"""Where labels go so that none covers another: greedy, by rank, eight places round a point or more, then hidden.

The client places its own labels by the same rule with measured sizes (`client/labels.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]  # rectangles: left, top, right, bottom
Anchor = Literal["start", "middle", "end"]

# Advance widths of Helvetica and its metric twins (Arial, Liberation Sans) in thousandths of an em.
_NARROW = dict.fromkeys("ijl.,:;'|!", 250) | dict.fromkeys(" ftI/()-[]", 300) | dict.fromkeys("r", 340)
_WIDE = dict.fromkeys("mMW%@", 880) | dict.fromkeys("wGOQCDHNRUABEKPSVXY&", 700)
_WIDE |= dict.fromkeys("ЖМФШЩЮЫжмфшщюыΩ", 860) | dict.fromkeys("АБВГДЕЗИЙКЛНОПРСТУХЦЧЭЯΑΒΓΔΕΖΗΘΚΛΜΝΞΟΠΡΣΥΦΧΨ", 690)
_SPARE = 1.15  # readers' fonts differ

_STYLE_PX = {"country": 12.0, "sea": 13.0, "river": 13.0, "city": 13.0, "town": 12.5, "subject": 13.0, "pill": 13.0}
_LINE = 1.22
_LOOSE = ("subject", "town")  # the name of a line or an area may also stand beside its middle
_FARTHER_PX = 14.0  # what a step is about may be named so much farther off its dot,
_FAR_PX = (30.0, 60.0)  # and a number so much farther off the middle of its line
NO_RECTS: Rows = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels of the map."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Whether two rectangles share ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name to place. `x`, `y` in pixels; `radius` is the dot it belongs to, 0 for a name that stands on its spot.

    A number keeps clear of `avoid` where it can. One without a dot may stand at `further` spots as well. `local` is a
    line more, below the others.
    """

    text: str
    style: str
    x: float
    y: float
    radius: float = 0.0
    avoid: Rows = field(default_factory=lambda: NO_RECTS, compare=False)
    further: tuple[tuple[float, float], ...] = ()
    local: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: `x`, `y` is the middle of the first line at its anchor."""

    label: Label
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor
    rect: Rect


@lru_cache(maxsize=4096)
def text_px(text: str, style: str) -> float:
    """Return the estimated width of a text in pixels, with room to spare. Names of countries are set in capitals."""
    text = text.upper() if style == "country" else text
    units = sum(1000 if ord(c) > 0x2E7F else _NARROW.get(c, _WIDE.get(c, 556)) for c in text)
    spacing = 0.16 * len(text) if style == "country" else 0.0
    heavy = 1.06 if style in ("city", "subject", "pill", "country") else 1.0
    return (units / 1000 * heavy + spacing) * _STYLE_PX[style] * _SPARE


def text_lines(text: str, style: str) -> tuple[str, ...]:
    """Return the lines of a label: names of seas and bays break near the middle, others stay whole."""
    words = text.split()
    if style != "sea" or len(words) < 2:
        return (text,)
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:cut]), " ".join(words[cut:])


def capitals(text: str, language: str) -> str:
    """Return a text in the capitals of its language: the Turkish and Azerbaijani i keeps its dot."""
    return (text.replace("i", "İ") if language.split("-", maxsplit=1)[0] in ("tr", "az") else text).upper()


def place(
    labels: Sequence[Label], obstacles: Iterable[Rect], size_px: tuple[int, int], lines: Rows = NO_RECTS
) -> list[Placed]:
    """Return the labels that find room, each clear of the others, of `obstacles` and of the map's edge.

    Labels come by rank, numbers first; a name that stands already is not set again. Names keep clear of `lines` as
    well; that of what a step is about lies on one where nothing else is free. For such a name that finds no room
    numbers are moved, if all of them still stand.
    """
    fixed = _rows(obstacles)
    found = _placed(labels, range(len(labels)), fixed, lines, size_px)
    lost = [i for i, label in enumerate(labels) if label.style == "subject" and i not in found]
    numbers = [i for i, label in enumerate(labels) if label.style == "pill"]
    if lost and numbers:
        order = [*lost, *(i for i in range(len(labels)) if i not in lost)]
        other = _placed(labels, order, fixed, lines, size_px)
        if all(i in other for i in numbers if i in found) and any(i in other for i in lost):
            found = other
    return [found[i] for i in sorted(found)]


def _placed(
    labels: Sequence[Label], order: Sequence[int], obstacles: Rows, lines: Rows, size_px: tuple[int, int]
) -> dict[int, Placed]:
    """Return the labels that find room when they come in an order of their numbers."""
    taken: list[Rect] = []
    dots = [Rect(x.x - x.radius, x.y - x.radius, x.x + x.radius, x.y + x.radius) for x in labels if x.radius]
    named: set[tuple[str, str]] = set()
    placed: dict[int, Placed] = {}
    for number in order:
        label = labels[number]
        is_number = label.style == "pill"
        if not is_number and (label.text, label.style) in named:
            continue
        spots, size = _spots(label)
        choices = _rects(spots, size)
        (left, top, right, bottom) = choices.T
        inside = (left >= 4) & (top >= 4) & (right <= size_px[0] - 4) & (bottom <= size_px[1] - 4)
        # Its own dot is no obstacle; a name on its spot has none, however near another one's is.
        owns = label.radius > 0 or is_number
        others = [d for d in dots if not (owns and d.left < label.x < d.right and d.top < label.y < d.bottom)]
        clear = inside & ~_met(choices, _rows(taken)) & ~_met(choices, obstacles)
        off_dots = clear & ~_met(choices, _rows(others))
        best = off_dots & ~_met(choices, label.avoid if is_number else lines)
        tries = [best, off_dots, clear] if is_number else [best, off_dots] if label.style == "subject" else [best]
        free = next((some for some in tries if some.any()), None)
        if free is not None:
            chosen = int(free.argmax())
            placed[number] = _at(label, *spots[chosen], *size)
            taken.append(placed[number].rect)
            named |= set() if is_number else {(label.text, label.style)}
    return placed


def _rows(rects: Iterable[Rect]) -> Rows:
    return np.array([(r.left, r.top, r.right, r.bottom) for r in rects], np.float64).reshape(-1, 4)


def _met(choices: Rows, rects: Rows) -> NDArray[np.bool_]:
    """Return which of some rectangles share ground with any of others."""
    (left, top, right, bottom), (l2, t2, r2, b2) = choices.T[:, :, None], rects.T[:, None, :]
    met: NDArray[np.bool_] = ((left < r2) & (l2 < right) & (top < b2) & (t2 < bottom)).any(axis=1)
    return met


def apart(labels: Sequence[Label]) -> list[Label]:
    """Return the labels without those whose dot would lie on the dot of an earlier one."""
    kept: list[Label] = []
    for label in labels:
        close = (
            hypot(k.x - label.x, k.y - label.y) < k.radius + label.radius for k in kept if k.radius and label.radius
        )
        if not any(close):
            kept.append(label)
    return kept


def side_of(placed: Placed) -> int:
    """Return on which of the places round its dot a label stands, counted as `place` tries them."""
    spots, size = _spots(placed.label)
    return next(i for i, spot in enumerate(spots) if _at(placed.label, *spot, *size).rect == placed.rect)


def along(points: Rows, size_px: tuple[int, int], every_px: float = 12.0) -> Rows:
    """Return small squares along a line of (x, y) rows in pixels, which names keep clear of, where it is in view."""
    a, b = points[:-1], points[1:]
    seen = ((np.maximum(a, b) >= -every_px) & (np.minimum(a, b) <= np.array(size_px) + every_px)).all(axis=1)
    a, b = a[seen], b[seen]
    count = np.clip(np.ceil(np.hypot(*(b - a).T) / every_px), 1, 200).astype(np.int64)
    part = (np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)) / np.repeat(count, count)
    at = np.repeat(a, count, axis=0) + np.repeat(b - a, count, axis=0) * part[:, None]
    return np.hstack((at - 3, at + 3))


Spot = tuple[float, float, Anchor]


def _spots(label: Label) -> tuple[list[Spot], tuple[tuple[str, ...], float, float]]:
    """Return where a label may stand, best first, as its middle's height at an anchor; and its lines and size."""
    lines = text_lines(label.text, label.style)
    if label.local:
        lines += (label.local,)
    width = max(text_px(line, label.style) for line in lines)
    line_px = _STYLE_PX[label.style] * _LINE
    height = line_px * len(lines)
    is_number = label.style == "pill"
    if is_number:
        width, height = width + 18, 26.0
    moves: list[Spot] = []
    if not label.radius:
        on_it: list[Spot] = [(0, 0, "middle")]
        if is_number:
            on_it += [(0, -34, "middle"), (0, 34, "middle"), (24, 0, "start"), (-24, 0, "end")]
        elif label.style in _LOOSE:
            slants: list[tuple[float, Anchor]] = [(10, "start"), (-10, "end")]
            beside: list[Spot] = [(dx, dy, a) for dx, a in slants for dy in (-8 - height / 2, 8 + height / 2)]
            on_it += [(14, 0, "start"), (-14, 0, "end"), *beside]
        moves = [
            (x - label.x + dx, y - label.y + dy, a)
            for x, y in ((label.x, label.y), *label.further)
            for dx, dy, a in on_it
        ]
    gap = label.radius + (8 if is_number else 4)
    if label.radius or is_number:
        moves += _round(gap, height)
    for farther in _FAR_PX if is_number else (_FARTHER_PX,) if label.style == "subject" else ():
        moves += _round(gap + farther, height)
    return [(label.x + dx, label.y + dy, a) for dx, dy, a in moves], (lines, width, height)


def _round(gap: float, height: float) -> list[Spot]:
    """Return the eight places round a spot: right, left, the four slants, above, below."""
    up = gap + height / 2
    slants: list[tuple[float, Anchor]] = [(gap * 0.8, "start"), (-gap * 0.8, "end")]
    return [
        (gap, 0, "start"),
        (-gap, 0, "end"),
        *((dx, dy * 0.8, anchor) for dx, anchor in slants for dy in (-up, up)),
        (0, -up, "middle"),
        (0, up, "middle"),
    ]


def _rects(spots: Sequence[Spot], size: tuple[tuple[str, ...], float, float]) -> Rows:
    _, width, height = size
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}
    left = np.array([x - share[anchor] * width for x, _, anchor in spots])
    top = np.array([y - height / 2 for _, y, _ in spots])
    return np.column_stack((left, top, left + width, top + height))


def _at(
    label: Label, x: float, y: float, anchor: Anchor, lines: tuple[str, ...], width: float, height: float
) -> Placed:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    rect = Rect(left, y - height / 2, left + width, y + height / 2)
    return Placed(label, lines, x, y - height / 2 + height / len(lines) / 2, anchor, rect)
