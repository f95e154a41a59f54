"""Which parts of a long story wait as text: a page of a thousand steps then opens as fast as one of ten.

A parked chunk stands in a `<noscript>` element: markup for readers without JavaScript and for crawlers, one text for a
browser that runs scripts, until client/parked.js unpacks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from storymap.page.entries import Entry
from storymap.page.map.drawing import Drawing, StepDrawing
from storymap.page.map.shapes import Shape
from storymap.page.steps import Step

LONG = 40  # steps; up to here a story is in the page as it is
AT_ONCE = 10  # steps of a long story that are not parked
STEPS = 10  # in a chunk: unpacking it must not be felt in a step
ENTRIES = 24
SHAPES = 80


@dataclass(frozen=True, slots=True)
class Chunk:
    """Parts of the page in a row, and the tags round them: none where they are not parked."""

    parts: Sequence[Step] | Sequence[Entry] | Sequence[Shape]
    open: str | Markup = ""
    close: str | Markup = ""


@dataclass(frozen=True, slots=True)
class Parking:
    """The steps, entries and shapes of a page in chunks, and the tags round its table and round its list of steps."""

    steps: Sequence[Chunk]
    entries: Sequence[Chunk]
    table: Chunk
    links: Chunk
    shapes: Sequence[Chunk]


def parked(steps: Sequence[Step], entries: Sequence[Entry], rows: int, drawing: Drawing) -> Parking:
    """Return what a long story shows at once and what waits; the table has so many `rows`."""
    at_once = {shape for one in steps[:AT_ONCE] for shape in _drawn(drawing.steps[one.id])}
    later = [shape for shape in drawing.shapes if shape.id not in at_once]
    chunks = [steps[at : at + STEPS] for at in range(AT_ONCE, len(steps), STEPS)]
    shapes = [later[at : at + SHAPES] for at in range(0, len(later), SHAPES)]
    found = [entries[at : at + ENTRIES] for at in range(0, len(entries), ENTRIES)]
    return Parking(
        [Chunk(steps[:AT_ONCE]), *(_parked(chunk, [one.id for one in chunk]) for chunk in chunks)],
        [_parked(chunk, [f"sm_{one.claim_id}" for one in chunk]) for chunk in found],
        _parked(entries, (), rows),
        _parked(steps, ()),
        [
            Chunk([shape for shape in drawing.shapes if shape.id in at_once]),
            *(_parked(chunk, [one.id for one in chunk]) for chunk in shapes),
        ],
    )


def whole(steps: Sequence[Step], entries: Sequence[Entry], drawing: Drawing) -> Parking:
    """Return the parts of a story that is not long, none of which waits."""
    return Parking([Chunk(steps)], [Chunk(entries)], Chunk(entries), Chunk(steps), [Chunk(drawing.shapes)])


def _drawn(step: StepDrawing) -> set[str]:
    """Return the ids of the shapes that a step's map draws."""
    also = [one.stroke for measured in step.measured for one in measured.also if one]
    strokes = [*step.strokes, *(measured.stroke for measured in step.measured), *also]
    return {stroke.shape for stroke in strokes} | {ground.shape for ground in step.grounds if ground.shape}


def _parked(parts: Sequence[Step] | Sequence[Entry] | Sequence[Shape], ids: Sequence[str], rows: int = 0) -> Chunk:
    """Return parts that can be unpacked by their ids, or are all the `rows` of a table."""
    tag = Markup('<noscript data-for="{}"').format(" ".join(ids))
    count = Markup(' data-rows="{}"').format(rows) if rows else ""
    return Chunk(parts, tag + count + Markup(">"), Markup("</noscript>"))
