"""All that keeps its size in pixels on a static map: dots, names and numbers, placed for one width of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot

import numpy as np
from numpy.typing import NDArray

from storymap.basemap.grid import Box
from storymap.page.map import labels as placing
from storymap.page.map.drawing import Measured, StepDrawing
from storymap.page.map.journeys import FAR_HEAD, HEAD
from storymap.page.map.labels import Label, Placed, Rect
from storymap.page.map.letters import LINE, capitals, text_px
from storymap.page.map.naming import Name, Path
from storymap.page.map.spots import in_view

DOT_RADIUS = {"city": 4.5, "town": 3.25, "station": 4.5, "end": 4.5}
RING_PX = 15.0
EDGE_PX = 12.0  # the words of a line do not stand nearer to the edge of the picture if it goes on inside
NEAR_PX = 24.0  # a number that finds no room on its line stands no farther from its middle
RING_BELOW_PX = 24  # a shorter measured line gets a ring round it, or nobody would see it


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot at percents of the picture."""

    x: str
    y: str
    radius: float
    css: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a label at percents of the picture, moved down by lines of its own letters."""

    x: str
    y: str
    anchor: str
    css: str
    text: str
    lang: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Pill:
    """The number on a measured line: its box in pixels round a spot in percents."""

    x: str
    y: str
    left: float
    top: float
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """An arrowhead at percents of the picture, turned by degrees clockwise from the east."""

    x: str
    y: str
    turn: int
    css: str
    d: str


@dataclass(frozen=True, slots=True)
class Lettering:
    """All that keeps its size in pixels: dots, arrowheads, names, numbers, for one width of the picture."""

    css: str
    dots: tuple[Dot, ...]
    texts: tuple[Text, ...]
    pills: tuple[Pill, ...]
    heads: tuple[Head, ...] = ()
    stands: tuple[tuple[Name, Placed], ...] = ()


def lettering(
    css: str,
    drawing: StepDrawing,
    box: Box,
    zoom: float,
    size: tuple[int, int],
    *,
    right: bool = False,
    least_px: float = 0.0,
) -> Lettering:
    """Return all that is written on a picture of `size` pixels that shows `box` of the page's grid at `zoom`.

    Its letters are as high as their style has them, and at least `least_px`; those of a picture with such a least
    height are shown on wider ones and on paper as well.
    """
    per_px = (box.right - box.left) / size[0]
    whole = (size[0], (box.bottom - box.top) / per_px)  # `size` is in whole pixels
    margin = EDGE_PX * per_px
    sight = Box(box.left + margin, box.top + margin, box.right - margin, box.bottom - margin)

    def px(x: float, y: float) -> tuple[float, float]:
        return (x - box.left) / per_px, (y - box.top) / per_px

    dots: list[Dot] = []
    scale = scale_room(size, right=right, least_px=least_px)
    marks: list[tuple[float, float]] = []
    heads: list[Head] = []
    for arrow, css_class, d in (
        *((arrow, "arrow", HEAD) for arrow in drawing.arrows),
        *((m.arrow, "arrow end", FAR_HEAD) for m in drawing.measured if m.arrow and not m.twin),
    ):
        x, y = px(arrow.x, arrow.y)
        if 0 <= x <= size[0] and 0 <= y <= size[1]:
            heads.append(Head(percent(x, whole[0]), percent(y, whole[1]), arrow.turn, css_class, d))
            marks.append((x, y))
    corner = np.array([box.left, box.top])
    lines = {
        m.claim_id: np.concatenate([placing.along((_row(path) - corner) / per_px, size) for path in m.paths])
        for m in drawing.measured
    }
    pills: list[Label] = []
    rings: list[tuple[float, float]] = []
    for measured in (m for m in drawing.measured if not m.again):
        short = is_short(measured, per_px) and not measured.twin
        for end in measured.ends:
            x, y = px(*end)
            if not short and not measured.twin:
                dots.append(_dot(x, y, "end", whole))
            marks.append((x, y))
        clear = _clear_of(measured, per_px, least_px)
        (x, y), *further = [px(*spot) for spot in _number_spots(measured, sight, on_it=not clear)]
        if short:
            dots.append(Dot(percent(x, whole[0]), percent(y, whole[1]), RING_PX, "ring"))
            rings.append((x, y))
        if measured.pill:
            others = [rects for claim, rects in lines.items() if claim != measured.claim_id and not _on(x, y, rects)]
            avoid = np.concatenate([*others, _squares([px(*end) for end in measured.ends])])
            pills.append(Label(measured.pill, "pill", x, y, clear, avoid, tuple(further), least_px=least_px))
    names = [
        (n, replace(_label(n, [px(*spot) for spot in _spots(n, sight)], rings), least_px=least_px))
        for n in drawing.names
        if n.from_zoom <= zoom <= n.to_zoom
    ]
    on_map = placing.apart([x for _, x in names if 0 <= x.x <= size[0] and 0 <= x.y <= size[1]])
    alone = {id(label) for label in on_map}
    guarded = [lines[m.claim_id] for m in drawing.measured if not m.again]
    placed = placing.place([*pills, *on_map], [scale], size, np.concatenate([_squares(marks), *guarded]))
    named = {id(p.label) for p in placed}
    places = [
        _dot(x.x, x.y, n.dot, whole)
        for n, x in names
        if n.dot and (id(x) in named or (x.style == "subject" and id(x) in alone))
    ]
    dots += places
    names_by_label = {id(x): n for n, x in names}
    texts = [t for p in placed if p.label.style != "pill" for t in _texts(p, names_by_label[id(p.label)], whole)]
    return Lettering(
        css,
        tuple(dots),
        tuple(texts),
        tuple(_pill(p, whole) for p in placed if p.label.style == "pill"),
        tuple(heads),
        tuple((names_by_label[id(p.label)], p) for p in placed if p.label.style != "pill"),
    )


@lru_cache(maxsize=64)
def _row(path: Path) -> NDArray[np.float64]:
    return np.array(path, np.float64)


def scale_room(size: tuple[int, int], *, right: bool, least_px: float = 0.0) -> Rect:
    """Return where the scale bar stands on a picture: in its left corner, or in its right."""
    width, height = size[0] / 5 + 12, 46 + max(least_px - 12, 0)  # map.css: its letters have 12 px
    return Rect(size[0] - width if right else 0, size[1] - height, size[0] if right else width, size[1])


def shared(some: Sequence[Lettering]) -> tuple[Lettering, tuple[Lettering, ...]]:
    """Return what is the same at all widths of a picture, and the letterings without that."""
    first, *others = some
    marks = [[dot for dot in one.dots if dot.css in ("end", "ring")] for one in some]  # places' dots stand on these
    same = Lettering(
        "",
        tuple(
            one for one in first.dots if all(one in other.dots for other in others) and marks == marks[:1] * len(some)
        ),
        tuple(one for one in first.texts if all(one in other.texts for other in others)),
        tuple(one for one in first.pills if all(one in other.pills for other in others)),
        tuple(one for one in first.heads if all(one in other.heads for other in others)),
    )
    rest = (
        replace(
            one,
            dots=tuple(dot for dot in one.dots if dot not in same.dots),
            texts=tuple(text for text in one.texts if text not in same.texts),
            pills=tuple(pill for pill in one.pills if pill not in same.pills),
            heads=tuple(head for head in one.heads if head not in same.heads),
        )
        for one in some
    )
    return same, tuple(rest)


def in_capitals(some: Lettering, language: str) -> Lettering:
    """Return a lettering for a picture that knows no CSS for capitals, of a story in a language (BCP 47 tag)."""
    texts = (
        replace(text, text=capitals(text.text, text.lang or language)) if text.css == "country" else text
        for text in some.texts
    )
    return replace(some, texts=tuple(texts))


def _squares(spots: Sequence[tuple[float, float]]) -> placing.Rows:
    at = np.array(spots).reshape(-1, 2)
    return np.hstack((at - 6, at + 6))


def _on(x: float, y: float, line: placing.Rows) -> bool:
    """Return whether a spot lies on a line: two of one course share the ground for their numbers."""
    left, top, right, bottom = line.T
    return bool(((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any())


def _number_spots(measured: Measured, sight: Box, *, on_it: bool) -> Sequence[tuple[float, float]]:
    """Return where a number may stand: on the middle of its line, or, `on_it`, along what is seen of that."""
    return (measured.anchor,) if measured.inside else in_view(measured.anchor, measured.paths, sight, more=on_it)


def is_short(measured: Measured, per_px: float) -> bool:
    """Return whether a measured line gets a ring round it on a picture of so many grid units a pixel."""
    return _length_px(measured, per_px) < RING_BELOW_PX


def _clear_of(measured: Measured, per_px: float, least_px: float) -> float:
    """Return how far a number keeps from the middle of its line: it stands on a long one and beside a short one."""
    length = _length_px(measured, per_px)
    return 0.0 if length > text_px(measured.pill, "pill", least_px) + 58 else max(16.0, min(length / 2, NEAR_PX))


def _length_px(measured: Measured, per_px: float) -> float:
    box = measured.box
    return hypot(box.right - box.left, box.bottom - box.top) / per_px


def _spots(name: Name, sight: Box) -> Sequence[tuple[float, float]]:
    """Return where a name may stand, those in sight first."""
    if name.further:
        spots = ((name.x, name.y), *name.further)
        return [s for s in spots if sight.left <= s[0] <= sight.right and sight.top <= s[1] <= sight.bottom] or spots
    return in_view((name.x, name.y), name.paths, sight)


def _label(name: Name, spots: Sequence[tuple[float, float]], rings: Sequence[tuple[float, float]]) -> Label:
    at = spots[0]
    if not name.dot:
        return Label(name.text, name.style, *at, further=tuple(spots[1:]), local=name.local)
    far = (hypot(at[0] - x, at[1] - y) for x, y in rings)  # in the ring of a short line a name stands outside of it
    clear = max([DOT_RADIUS[name.dot] + 1.5, *(RING_PX + d for d in far if d < RING_PX)])
    return Label(name.text, name.style, *at, clear, local=name.local)


def _dot(x: float, y: float, css: str, size: tuple[float, float]) -> Dot:
    return Dot(percent(x, size[0]), percent(y, size[1]), DOT_RADIUS[css], css)


def _texts(placed: Placed, name: Name, size: tuple[float, float]) -> list[Text]:
    last = len(placed.lines) - 1
    line_px = (placed.rect.bottom - placed.rect.top) / (last + 1)
    in_ems = placed.label.least_px > 0 and last > 0  # then lines stay together whatever the picture's width
    middle = percent(placed.y + last * line_px / 2, size[1])
    return [
        Text(
            percent(placed.x, size[0]),
            middle if in_ems else percent(placed.y + i * line_px, size[1]),
            placed.anchor,
            placed.label.style,
            line,
            name.local_lang if name.local and i == last else name.lang,
            f"{(i - last / 2) * LINE:.2g}em".replace("0.", ".") if in_ems else "",
        )
        for i, line in enumerate(placed.lines)
    ]


def _pill(placed: Placed, size: tuple[float, float]) -> Pill:
    rect = placed.rect
    middle_x, middle_y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
    width, height = rect.right - rect.left, rect.bottom - rect.top
    return Pill(
        percent(middle_x, size[0]),
        percent(middle_y, size[1]),
        round(-width / 2, 1),
        -height / 2,
        round(width, 1),
        height,
        placed.label.text,
    )


def percent(value: float, whole: float) -> str:
    """Return a part of a whole as CSS and SVG write it."""
    return f"{value / whole * 100:.2f}".rstrip("0").rstrip(".") + "%"
