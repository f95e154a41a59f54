"""Names of context beside a story's own: from the table in the wheel, where the story leaves room for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil, cos, floor, hypot, pi, radians

from storymap.basemap import Box, Detail, Grid
from storymap.basemap.grid import WORLD_UNITS
from storymap.basemap.names import KINDS, Kind, Sight, Toponym, names_for
from storymap.page.map.drawing import Drawing, StepDrawing
from storymap.page.map.labels import side_of
from storymap.page.map.lettering import Lettering, lettering
from storymap.page.map.naming import Name
from storymap.page.map.viewport import REFERENCE_PX, STATIC_PX, Frame, fit

_ROUND = 2  # how many whole zooms below and above a step's own are looked at
_WATERS = ("strait", "passage", "channel")  # say nothing about which
_PHONE_PX = (390, 370)
# A town of the table this near to a place of the story is that place, whatever it is called there.
_SAME_PX, _SAME_M = 14.0, 8_000.0
_UNIT_M = 2 * pi * 6378137.0 / WORLD_UNITS  # on the equator


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a story wants named beside its own places: in which language, what, and whether as the people there do."""

    language: str = "en"
    kinds: tuple[Kind, ...] = KINDS
    local_names: bool = False
    detail: Detail | None = None


def with_context(drawing: Drawing, framed: Sequence[Frame], wanted: Wanted, grid: Grid) -> Drawing:
    """Return a drawing with names of context on each step's map, after all of the story's own names.

    `framed` are the steps' frames, in order. What the story names itself is not named again.
    """
    paths = {shape.id: shape.d for shape in drawing.shapes}
    sights = [_sight(step, paths, frame, grid) for step, frame in zip(drawing.steps.values(), framed, strict=True)]
    found = names_for(sights, wanted.language, wanted.kinds, local_names=wanted.local_names, detail=wanted.detail)
    steps: Mapping[str, StepDrawing] = {
        step_id: _standing(replace(step, names=(*step.names, *_new(step.names, some, grid, sight.zoom))), frame, grid)
        for (step_id, step), some, sight, frame in zip(drawing.steps.items(), found, sights, framed, strict=True)
    }
    return replace(drawing, steps=steps)


def names_towns(drawing: Drawing) -> bool:
    """Return whether a town of the table is named anywhere: its source wants to be credited."""
    return any(name.of_table and name.dot for step in drawing.steps.values() for name in step.names)


def _sight(step: StepDrawing, paths: Mapping[str, str], frame: Frame, grid: Grid) -> Sight:
    box, zoom = frame.view
    gap = 12 * 2.0 ** (15 - zoom)
    shapes = {s.shape for s in step.strokes if "subject" in s.css and not s.closed}
    runs = [run for shape in sorted(shapes) for run in _runs(paths[shape])]
    runs += [list(path) for measured in step.measured for path in measured.paths]
    spots = [spot for run in runs for spot in (*_dense(run, gap), run[-1])]
    spots += [(name.x, name.y) for name in step.names if name.from_zoom <= zoom <= name.to_zoom]
    # One of those that share a few pixels.
    apart = {(round(x / gap), round(y / gap)): (x + grid.origin_x, y + grid.origin_y) for x, y in spots}
    (wide, _), (phone, least) = (fit(frame.content, size, frame.closest) for size in (STATIC_PX, _PHONE_PX))
    core = Box(
        max(wide.left, phone.left),
        max(wide.top, phone.top),
        min(wide.right, phone.right),
        min(wide.bottom, phone.bottom),
    )
    return Sight(box, zoom, core, least, tuple(apart.values()))


def _runs(path: str) -> Iterator[list[tuple[float, float]]]:
    """Return the positions on the grid along each line of an SVG path of ours: `M` to a spot, then steps after `l`."""
    for line in path.split("M")[1:]:
        numbers = [int(n) for n in re.findall(r"-?[0-9]+", line)]
        yield list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))


def _dense(run: Sequence[tuple[float, float]], step: float) -> Iterator[tuple[float, float]]:
    """Return a line's positions, and more between those that are far apart."""
    for (x1, y1), (x2, y2) in pairwise(run):
        count = min(500, max(1, round(hypot(x2 - x1, y2 - y1) / step)))
        yield from ((x1 + (x2 - x1) * k / count, y1 + (y2 - y1) * k / count) for k in range(count))


def _own_word(text: str, own: Sequence[Name]) -> bool:
    """Return whether the story names this water in other words: its "North Atlantic" is the "Atlantic Ocean"."""
    words = {word for word in text.casefold().split() if len(word) > 5 and word not in _WATERS}
    return any(words & set(name.text.casefold().split()) for name in own if name.style == "sea")


def _standing(step: StepDrawing, frame: Frame, grid: Grid) -> StepDrawing:
    """Return a step whose names of context are those that find room on the reference map, at the zooms where they do.

    Looked at are the step's own zoom and the whole zooms round it. A name keeps the zooms beyond those if it stands
    at the last of them, and the side of its dot that was free in the step's own view.
    """
    own = frame.view[1]
    zooms = sorted({own, *(float(z) for z in range(ceil(own) - _ROUND, floor(own) + _ROUND + 1) if z > 0)})
    stands: dict[Name, list[float]] = {}
    sides: dict[Name, int] = {}
    for zoom in zooms:
        for name, placed in _laid(step, frame, zoom, grid).stands:
            stands.setdefault(name, []).append(zoom)
            if name.dot and (zoom == own or name not in sides):
                sides[name] = side_of(placed)
    kept = []
    for name in step.names:
        if not name.of_table:
            kept.append(name)
        elif name in stands:
            low, high = _span(name, stands[name], zooms, frame, grid)
            low, high = max(name.from_zoom, low), min(name.to_zoom, high)
            kept.append(replace(name, from_zoom=low, to_zoom=high, side=sides.get(name, 0)))
    return replace(step, names=tuple(kept))


def _span(name: Name, stands: Sequence[float], zooms: Sequence[float], frame: Frame, grid: Grid) -> tuple[float, float]:
    """Return the zooms between which a name stands or is out of sight, up to half-way to one where it does not."""
    own = frame.view[1]
    best = zooms.index(min(stands, key=lambda zoom: abs(zoom - own)))
    fine = [zoom in stands or not _in_sight(name, _seen(frame, zoom, grid)) for zoom in zooms]
    first, last = best, best
    while first > 0 and fine[first - 1]:
        first -= 1
    while last < len(zooms) - 1 and fine[last + 1]:
        last += 1
    low = (zooms[first - 1] + zooms[first]) / 2 if first else 0.0
    high = (zooms[last] + zooms[last + 1]) / 2 if last < len(zooms) - 1 else 30.0
    return round(low, 1), round(high, 1)


def _in_sight(name: Name, box: Box) -> bool:
    spots = ((name.x, name.y), *name.further)
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in spots)


def _seen(frame: Frame, zoom: float, grid: Grid) -> Box:
    """Return what the reference map shows of the page's grid when a reader zooms it on the spot."""
    x, y = frame.content.middle
    half_w, half_h = (px / 2 * 2.0 ** (15 - zoom) for px in REFERENCE_PX)
    return Box(x - half_w, y - half_h, x + half_w, y + half_h).moved(-grid.origin_x, -grid.origin_y)


def _laid(step: StepDrawing, frame: Frame, zoom: float, grid: Grid) -> Lettering:
    return lettering("", step, _seen(frame, zoom, grid), zoom, REFERENCE_PX)


def _new(own: Sequence[Name], table: Iterable[Toponym], grid: Grid, zoom: float) -> Iterator[Name]:
    taken = {name.text.casefold() for name in own if name.from_zoom <= zoom <= name.to_zoom}
    dots = [(name.x, name.y) for name in own if name.dot]
    reach_px = _SAME_PX * 2.0 ** (15 - zoom)
    for one in table:
        spots = tuple((round(x - grid.origin_x), round(y - grid.origin_y)) for x, y in one.spots)
        x, y = spots[0]
        is_town = one.style in ("city", "town")
        reach = max(reach_px, _SAME_M / (_UNIT_M * cos(radians(float(grid.unproject(x, y)[1])))))
        here = is_town and any(hypot(x - a, y - b) < reach for a, b in dots)
        if here or one.text.casefold() in taken or (one.style == "sea" and _own_word(one.text, own)):
            continue
        taken.add(one.text.casefold())
        yield Name(
            one.text,
            one.style,
            x,
            y,
            "town" if is_town else "",  # the dots of context are small: what the story is about is larger
            round(one.from_zoom, 1),
            one.to_zoom,
            further=spots[1:],
            lang=one.lang,
            local=one.local,
            local_lang=one.local_lang,
            of_table=True,
        )
