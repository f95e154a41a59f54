"""Where labels go so that none covers another: greedy, by rank, eight places round a point or more, then hidden.

The client places its own labels by the same rule with measured sizes (`client/labels.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from storymap.page.map.letters import LINE, STYLE_PX, broken, text_lines, text_px

Rows = NDArray[np.float64]  # rectangles: left, top, right, bottom
Anchor = Literal["start", "middle", "end"]
Spot = tuple[float, float, Anchor]
_Size = tuple[tuple[str, ...], float, float]  # lines, width, height
_Way = tuple[list[Spot], _Size]

_FIRM = ("subject", "pill")  # what must stand before any name of context
_MOST_MOVED = 2
_NEXT_PX = 12.0  # so near to a dot a name seems to belong to it
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
    line more, below the others. No letter is lower than `least_px`.
    """

    text: str
    style: str
    x: float
    y: float
    radius: float = 0.0
    avoid: Rows = field(default_factory=lambda: NO_RECTS, compare=False)
    further: tuple[tuple[float, float], ...] = ()
    local: str = ""
    least_px: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place: `x`, `y` is the middle of the first line at its anchor."""

    label: Label
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Anchor
    rect: Rect


def place(
    labels: Sequence[Label], obstacles: Iterable[Rect], size_px: tuple[int, int], lines: Rows = NO_RECTS
) -> list[Placed]:
    """Return the labels that find room, each clear of the others, of `obstacles` and of the map's edge.

    Labels come by rank, numbers first; a name that stands already is not set again. Names keep clear of `lines` as
    well; that of what a step is about lies on one where nothing else is free. For such a name that finds no room
    numbers are moved, if all of them still stand.
    """
    options = [_options(labels, i, _rows(obstacles), lines, size_px) for i in range(len(labels))]
    found = _placed(options, range(len(labels)))
    numbers = [i for i, label in enumerate(labels) if label.style == "pill"]
    lost = [i for i, label in enumerate(labels) if label.style == "subject" and i not in found]
    if lost and numbers:
        other = _placed(options, [*lost, *(i for i in range(len(labels)) if i not in lost)])
        if all(i in other for i in numbers if i in found) and any(i in other for i in lost):
            found = other
    for i, label in sorted(enumerate(labels), key=lambda one: one[1].style != "subject"):
        if label.least_px and label.style in _FIRM and i not in found:
            found = _with(options, i, found) or found
    over = [p.rect for p in found.values() if p.label.least_px and p.label.style in _FIRM]
    return [found[i] for i in sorted(found) if labels[i].style in _FIRM or not _covered(labels[i], over)]


def _covered(label: Label, rects: Sequence[Rect]) -> bool:
    """Whether a label's dot is under one of some rectangles."""
    return any(dot.meets(rect) for dot in _dots([label]) for rect in rects)


@dataclass(frozen=True, slots=True)
class _Options:
    """Where a label may stand if it were alone, best first: rectangles, and how to make what stands there."""

    label: Label
    rects: Rows
    made: tuple[tuple[Spot, _Size], ...]

    def at(self, which: int) -> Placed:
        """The label in one of its places."""
        spot, size = self.made[which]
        return _at(self.label, *spot, *size)

    def free(self, placed: Iterable[Placed]) -> NDArray[np.int64]:
        """Which places are clear of other labels."""
        return np.flatnonzero(~_met(self.rects, _rows(p.rect for p in placed)))


def _with(
    options: Sequence[_Options], number: int, found: dict[int, Placed], fixed: frozenset[int] = frozenset()
) -> dict[int, Placed] | None:
    """Return where labels stand with one more, or None: where that could be, others go if they find room elsewhere.

    Names of context go in any case. `fixed` are those that made room already.
    """
    text = options[number].label.text
    if options[number].label.style == "subject" and any(found[i].label.text == text for i in found):
        return None
    for which in range(len(options[number].made)):
        here = options[number].at(which)
        met = [i for i, placed in found.items() if placed.rect.meets(here.rect)]
        firm = [i for i in met if options[i].label.style in _FIRM]
        if fixed & set(firm) or len(firm) > _MOST_MOVED:
            continue
        stay = {i: placed for i, placed in found.items() if i not in met}
        light = [i for i, one in enumerate(options) if one.label.style not in _FIRM]
        other = _placed(options, [*firm, *(i for i in light if i not in stay)], {**stay, number: here})
        missing = [i for i in firm if i not in other]
        if len(missing) == 1 and len(fixed) < _MOST_MOVED:
            other = _with(options, missing[0], other, fixed | {number}) or other
        if all(i in other for i in firm):
            return other
    return None


def _placed(
    options: Sequence[_Options], order: Iterable[int], standing: Mapping[int, Placed] | None = None
) -> dict[int, Placed]:
    """Return the labels that find room when they come in an order of their numbers, after those that stand."""
    placed = dict(standing or {})
    for number in order:
        label = options[number].label
        named = {(p.label.text, p.label.style) for p in placed.values() if p.label.style != "pill"}
        if (label.text, label.style) not in named:
            free = options[number].free(placed.values())
            if free.size:
                placed[number] = options[number].at(int(free[0]))
    return placed


def _options(labels: Sequence[Label], number: int, obstacles: Rows, lines: Rows, size_px: tuple[int, int]) -> _Options:
    """Return where a label may stand beside the dots of all and what is on the map."""
    label = labels[number]
    is_number, is_subject = label.style == "pill", label.style == "subject"
    # Its own dot is no obstacle; a name on its spot has none, however near another one's is.
    owns = label.radius > 0 or is_number
    # In large letters what the step is about may cover the dot of a name of context, which then goes.
    others = [one for one in labels if one.style in _FIRM] if label.least_px and label.style in _FIRM else labels
    dots = [d for d in _dots(others) if not (owns and d.left < label.x < d.right and d.top < label.y < d.bottom)]
    found: list[tuple[int, Rows, tuple[Spot, _Size]]] = []
    for turn, (spots, size) in enumerate(_ways(label)):
        choices = _rects(spots, size)
        (left, top, right, bottom) = choices.T
        inside = (left >= 4) & (top >= 4) & (right <= size_px[0] - 4) & (bottom <= size_px[1] - 4)
        clear = inside & ~_met(choices, obstacles)
        if label.least_px and label.radius and not is_number and dots:  # or it would seem to name the other
            other = np.min([_far(choices, (d.left + d.right) / 2, (d.top + d.bottom) / 2) for d in dots], axis=0)
            clear &= (_far(choices, label.x, label.y) < other) | (other > _NEXT_PX)
        off_dots = clear & ~_met(choices, _rows(dots))
        best = off_dots & ~_met(choices, label.avoid if is_number else lines)
        worst = clear if is_number else off_dots if is_subject else best
        rank = np.where(best, 0, np.where(off_dots, 2, 4)) + turn
        found += [(int(rank[i]), choices[i], (spots[i], size)) for i in np.flatnonzero(worst)]
    found.sort(key=lambda one: one[0])
    return _Options(label, np.array([rect for _, rect, _ in found]).reshape(-1, 4), tuple(made for *_, made in found))


def _far(rects: Rows, x: float, y: float) -> NDArray[np.float64]:
    """Return how far rectangles are from a spot in pixels."""
    (left, top, right, bottom) = rects.T
    far: NDArray[np.float64] = np.hypot(x - np.clip(x, left, right), y - np.clip(y, top, bottom))
    return far


def _dots(labels: Sequence[Label]) -> list[Rect]:
    return [Rect(x.x - x.radius, x.y - x.radius, x.x + x.radius, x.y + x.radius) for x in labels if x.radius]


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


def _ways(label: Label) -> list[_Way]:
    """Return the ways to set a label: whole, and, in large letters on a small picture, in two lines."""
    whole = _spots(label)
    lines = broken(label.text)
    if not label.least_px or label.style in ("sea", "river", "pill") or label.local or len(lines) < 2:
        return [whole]
    return [whole, _spots(label, lines)]


def _spots(label: Label, halves: tuple[str, ...] = ()) -> _Way:
    """Return where a label may stand, best first, as its middle's height at an anchor; and its lines and size."""
    lines = halves or text_lines(label.text, label.style)
    if label.local:
        lines += (label.local,)
    width = max(text_px(line, label.style, label.least_px) for line in lines)
    line_px = max(STYLE_PX[label.style], label.least_px) * LINE
    height = line_px * len(lines)
    is_number = label.style == "pill"
    if is_number:
        width, height = width + (8 if label.least_px else 18), float(round(line_px + 10))  # as high as map.css draws it
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
    if label.least_px and (label.radius or is_number):
        up = gap + height / 2
        moves += [(part * width, dy, "middle") for dy in (-up, up) for part in (-0.25, 0.25, -0.4, 0.4)]
        if is_number:
            parts = (0, -0.3, 0.3, -0.6, 0.6)
            moves += [(part * width, dy, "middle") for y in (42, 50, 58, 66, 74) for dy in (-y, y) for part in parts]
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


def _rects(spots: Sequence[Spot], size: _Size) -> Rows:
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
