"""What the pictures of a story are made from once its page is drawn: a file for a step, a preview of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storymap.basemap.tiers import Basemap
from storymap.page.credits import Credit
from storymap.page.entries import Entry
from storymap.page.map.drawing import Drawing, StepDrawing
from storymap.page.map.legend import Sign
from storymap.page.map.static_map import StaticMap
from storymap.page.map.viewport import Frame
from storymap.story.theme import NO_THEME, Theme


@dataclass(frozen=True, slots=True)
class StepParts:
    """One step: its words, what its map draws and frames, its picture in the page, its claims, its legend."""

    id: str
    title: str
    alt: str
    drawing: StepDrawing
    frame: Frame
    still: StaticMap
    entries: tuple[Entry, ...]
    legend: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryParts:
    """One story: its words, the geometry of its page by id, the credits that a map must carry, its steps, its look."""

    title: str
    language: str
    kicker: str
    basemap: Basemap
    shapes: Mapping[str, str]
    credits: tuple[str, ...]
    steps: Mapping[str, StepParts]
    theme: Theme = NO_THEME


def story_parts(
    title: str,
    language: str,
    kicker: str,
    basemap: Basemap,
    drawing: Drawing,
    credits: Sequence[Credit],
    steps: Sequence[StepParts],
    theme: Theme = NO_THEME,
) -> StoryParts:
    """Return the parts of a story; `credits` are those that stand on its maps."""
    return StoryParts(
        title,
        language,
        kicker,
        basemap,
        {shape.id: shape.d for shape in drawing.shapes},
        tuple(credit.text for credit in credits),
        {step.id: step for step in steps},
        theme,
    )


def credits_of(story: StoryParts, tier: str) -> str:
    """Return the credits of a picture that is drawn on a tier: the sources of its map, then those of its places."""
    (base, *more) = story.basemap.credits
    detail, borders = (more[:1], more[1:]) if any(one.detail for one in story.basemap.tiers) else ([], more)
    detailed = any(one.name == tier and one.detail for one in story.basemap.tiers)
    texts = ", ".join(text for text, _ in (base, *(detail if detailed else ()), *borders))
    return ", ".join([texts, *(credit for credit in story.credits if credit not in texts)])
