"""Where labels go so that none covers another: greedy, by rank, eight places round a point, then hidden.

The client places its own labels by the same rule with measured sizes (`client/labels.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot
from typing import Literal

Anchor = Literal["start", "middle", "end"]

# Advance widths of Helvetica and its metric twins (Arial, Liberation Sans) in thousandths of an em.
_NARROW = dict.fromkeys("ijl.,:;'|!", 250) | dict.fromkeys(" ftI/()-[]", 300) | dict.fromkeys("r", 340)
_WIDE = dict.fromkeys("mMW%@", 880) | dict.fromkeys("wGOQCDHNRUABEKPSVXY&", 700)
_WIDE |= dict.fromkeys("ЖМФШЩЮЫжмфшщюыΩ", 860) | dict.fromkeys("АБВГДЕЗИЙКЛНОПРСТУХЦЧЭЯΑΒΓΔΕΖΗΘΚΛΜΝΞΟΠΡΣΥΦΧΨ", 690)
_SPARE = 1.15  # readers' fonts differ

_STYLE_PX = {"country": 12.0, "sea": 13.0, "river": 13.0, "city": 13.0, "town": 12.5, "subject": 13.0, "pill": 13.0}
_LINE = 1.22
_LOOSE = ("subject", "town")  # the name of a line or an area may also stand beside its middle


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

    One that `must` stand keeps clear of `avoid` where it can. One without a dot may stand at `further` spots as well.
    `local` is a line more, below the others.
    """

    text: str
    style: str
    x: float
    y: float
    radius: float = 0.0
    must: bool = False
    avoid: tuple[Rect, ...] = ()
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


def text_px(text: str, style: str) -> float:
    """Return the estimated width of a text in pixels, with room to spare."""
    units = sum(1000 if ord(c) > 0x2E7F else _NARROW.get(c, _WIDE.get(c, 556)) for c in text)
    spacing = 0.16 * len(text) if style == "country" else 0.0
    heavy = 1.06 if style in ("city", "subject", "pill", "country") else 1.0
    return (units / 1000 * heavy + spacing) * _STYLE_PX[style] * _SPARE


def text_lines(text: str, style: str) -> tuple[str, ...]:
    """Return the lines of a label: names of seas and bays break near the middle, others stay whole."""
    words = text.split()
    if style != "sea" or len(words) < 2:
        return (text.upper(),) if style == "country" else (text,)
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:cut]), " ".join(words[cut:])


def place(labels: Sequence[Label], obstacles: Iterable[Rect], size_px: tuple[int, int]) -> list[Placed]:
    """Return the labels that find room, each clear of the others, of `obstacles` and of the map's edge.

    Labels come by rank; a name that stands already is not set again. One that `must` stand takes its first place on
    the map if none is clear; only names, not numbers on lines, keep clear of `obstacles`.
    """
    taken: list[Rect] = []
    fixed = list(obstacles)
    dots = [Rect(x.x - x.radius, x.y - x.radius, x.x + x.radius, x.y + x.radius) for x in labels if x.radius]
    placed: list[Placed] = []
    for label in labels:
        if not label.must and any(p.label.text == label.text and p.label.style == label.style for p in placed):
            continue
        choices = [c for c in _choices(label) if _inside(c.rect, size_px)]
        # Its own dot is no obstacle; a name on its spot has none, however near another one's is.
        owns = label.radius > 0 or label.must
        others = [d for d in dots if not (owns and d.left < label.x < d.right and d.top < label.y < d.bottom)]
        clear = [c for c in choices if not _blocked(c, (*taken, *others, *(() if label.must else fixed)))]
        best = next((c for c in clear if not _blocked(c, label.avoid)), clear[0] if clear else None)
        if best is None and label.must and choices:
            best = choices[0]
        if best is not None:
            placed.append(best)
            taken.append(best.rect)
    return placed


def _blocked(placed: Placed, rects: Iterable[Rect]) -> bool:
    return any(placed.rect.meets(rect) for rect in rects)


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
    return next(i for i, choice in enumerate(_choices(placed.label)) if choice.rect == placed.rect)


def along(points: Sequence[tuple[float, float]], every_px: float = 12.0) -> list[Rect]:
    """Return small squares along a line (pixels), which names keep clear of."""
    rects = []
    for (x1, y1), (x2, y2) in pairwise(points):
        count = max(1, ceil(hypot(x2 - x1, y2 - y1) / every_px))
        for i in range(min(count, 200)):
            x, y = x1 + (x2 - x1) * i / count, y1 + (y2 - y1) * i / count
            rects.append(Rect(x - 3, y - 3, x + 3, y + 3))
    return rects


def _choices(label: Label) -> list[Placed]:
    lines = text_lines(label.text, label.style)
    if label.local:
        lines += (label.local.upper() if label.style == "country" else label.local,)
    width = max(text_px(line, label.style) for line in lines)
    line_px = _STYLE_PX[label.style] * _LINE
    height = line_px * len(lines)
    if label.style == "pill":
        width, height = width + 18, 26.0
    if not label.radius and label.style != "pill":
        on_it: list[tuple[float, float, Anchor]] = [(0, 0, "middle")]
        if label.style in _LOOSE:
            slants: list[tuple[float, Anchor]] = [(10, "start"), (-10, "end")]
            on_it += [
                (14, 0, "start"),
                (-14, 0, "end"),
                *((dx, dy, a) for dx, a in slants for dy in (-8 - height / 2, 8 + height / 2)),
            ]
        return [
            _at(label, lines, x + dx, y + dy, anchor, width, height)
            for x, y in ((label.x, label.y), *label.further)
            for dx, dy, anchor in on_it
        ]
    gap = label.radius + (4 if label.style != "pill" else 8)
    side, up = gap + height / 2, gap + height / 2
    spots: list[tuple[float, float, Anchor]] = [
        (gap, 0, "start"),
        (-gap, 0, "end"),
        (gap * 0.8, -side * 0.8, "start"),
        (gap * 0.8, side * 0.8, "start"),
        (-gap * 0.8, -side * 0.8, "end"),
        (-gap * 0.8, side * 0.8, "end"),
        (0, -up, "middle"),
        (0, up, "middle"),
    ]
    if label.style == "pill" and not label.radius:
        spots = [(0, 0, "middle"), (0, -34, "middle"), (0, 34, "middle"), (24, 0, "start"), (-24, 0, "end"), *spots]
    return [_at(label, lines, label.x + dx, label.y + dy, anchor, width, height) for dx, dy, anchor in spots]


def _at(
    label: Label, lines: tuple[str, ...], x: float, y: float, anchor: Anchor, width: float, height: float
) -> Placed:
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    rect = Rect(left, y - height / 2, left + width, y + height / 2)
    return Placed(label, lines, x, y - height / 2 + height / len(lines) / 2, anchor, rect)


def _inside(rect: Rect, size_px: tuple[int, int]) -> bool:
    return rect.left >= 4 and rect.top >= 4 and rect.right <= size_px[0] - 4 and rect.bottom <= size_px[1] - 4
