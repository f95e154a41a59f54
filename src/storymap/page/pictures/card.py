"""The words of a preview, laid out on its panel: what the story is, what we measured, whose map it is.

What the font cannot draw is left out whole: a word with holes in it says something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storymap.page.entries import Entry
from storymap.page.pictures.font import Font
from storymap.page.pictures.parts import StepParts, StoryParts, credits_of

PANEL_PX, PAD_PX = 440, 40
_ROOM_PX = PANEL_PX - 2 * PAD_PX
_TOP_PX, _BOTTOM_PX = 62, 606
_TITLES = ((46, 4), (40, 5), (34, 6), (29, 7))  # type size and lines that it may take
_GAP_PX = 26


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins in px, its type and the name of its colour; `small` follows at half size."""

    y: float
    size: float
    text: str
    colour: str = "ink"
    weight: int = 400
    style: str = "normal"
    x: float = PAD_PX
    small: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on the panel; `sign` is a verdict and the top of its sign, `rule` the top of the rule."""

    lines: tuple[Line, ...]
    sign: tuple[str, float] | None
    rule: float


def card(story: StoryParts, step: StepParts, font: Font) -> Card | None:
    """Return the panel of a step's preview; None where the font has neither its title nor a number to draw."""
    title = next((text for text in (story.title, step.title) if font.covers(text)), "")
    found = headline(step)
    if not title and not found:
        return None
    lines: list[Line] = list(_stacked(font, credits_of(story, step.still.tier), 13, 1.3, _BOTTOM_PX, "ink2", most=3))
    sign, rule, floor = None, 0.0, min([line.y - line.size for line in lines], default=_BOTTOM_PX)
    if found:
        told, sign, rule = _finding(found, font, floor - _GAP_PX)
        lines += told
        floor = rule
    room = floor - _GAP_PX - _TOP_PX
    if font.covers(story.kicker):
        lines.append(Line(_TOP_PX, 20, story.kicker, "ink2", 700))
    lines += _headed(font, title, step.title if step.title != title else "", room)
    return Card(tuple(lines), sign, rule)


def headline(step: StepParts) -> Entry | None:
    """Return what a preview tells of a step's claims: the first that is drawn, else the first."""
    drawn = [measured.claim_id for measured in step.drawing.measured if not measured.again]
    return next((e for e in step.entries if e.claim_id in drawn), next(iter(step.entries), None))


def _headed(font: Font, title: str, below: str, room_px: float) -> Iterable[Line]:
    """Yield the title in the largest type that has room for it, and a step's title below it if there is room left."""
    size, lines = 0.0, []
    for size, most in _TITLES:
        lines = font.lines(title, size, _ROOM_PX)
        if len(lines) <= most and len(lines) * size * 1.14 <= room_px and _fit(font, lines, size):
            break
    lines = _shortened(font, lines, size, int(room_px / size / 1.14))
    y = _TOP_PX + 12.0
    for line in lines:
        y += size * 1.14
        yield Line(round(y, 1), size, line, weight=700)
    further = font.lines(below, 22, _ROOM_PX) if font.covers(below) else []
    if y + 14 + len(further) * 28 <= _TOP_PX + room_px:
        for i, line in enumerate(further, 1):
            yield Line(round(y + 14 + i * 28, 1), 22, line, "ink2")


def _finding(entry: Entry, font: Font, floor_px: float) -> tuple[list[Line], tuple[str, float] | None, float]:
    """Return the lines of a finding that end at `floor_px`, its sign, and the top of the rule above it."""
    record = entry.record
    lines = list(_stacked(font, f"“{entry.quote}”", 21, 1.3, floor_px, "ink", most=3, style="italic"))
    top = lines[0].y - 21 if lines else floor_px
    sign = None
    if font.covers(record.word):
        base = top - 14
        lines.append(Line(base, 25, record.word, weight=700, x=PAD_PX + 38))
        sign, top = (record.verdict, base - 22), base - 25
    number, unit = record.number, record.unit
    if font.covers(number + unit):
        size = next((s for s in (72, 60, 48, 38) if _wide(font, number, unit, s) <= _ROOM_PX), 30)
        base = top - 16
        lines.append(Line(base, size, number, "acc", 700, small=unit))
        top = base - size * 0.75
    return lines, sign, round(top - 26, 1)


def _wide(font: Font, number: str, unit: str, size: float) -> float:
    return font.width_px(number, size) + font.width_px(f" {unit}", size / 2)


def _stacked(
    font: Font,
    text: str,
    size: float,
    leading: float,
    floor_px: float,
    colour: str,
    *,
    most: int,
    style: str = "normal",
) -> Iterable[Line]:
    """Yield a text in lines of which the last stands on `floor_px`; nothing where the font lacks a letter of it."""
    lines = _shortened(font, font.lines(text, size, _ROOM_PX), size, most) if font.covers(text) else []
    for i, line in enumerate(lines):
        y = floor_px - (len(lines) - 1 - i) * size * leading
        yield Line(round(y, 1), size, line, colour, style=style)


def _shortened(font: Font, lines: list[str], size: float, most: int) -> list[str]:
    """Return at most so many lines, each cut with an ellipsis where it ends early or is too wide."""
    kept = lines[: max(1, most)]
    if len(kept) < len(lines):
        kept[-1] = kept[-1].rstrip(".,;:”") + "…"
    return [_cut(font, line, size) for line in kept]


def _cut(font: Font, line: str, size: float) -> str:
    while len(line) > 1 and font.width_px(line, size) > _ROOM_PX:
        line = line.rstrip("…")[:-1].rstrip() + "…"
    return line


def _fit(font: Font, lines: list[str], size: float) -> bool:
    return all(font.width_px(line, size) <= _ROOM_PX for line in lines)
