"""A step as the page's templates show it: its prose with the claims marked, its pictures, its map in words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from storymap.basemap import Basemap
from storymap.page.entries import Entry, described
from storymap.page.map.drawing import StepDrawing
from storymap.page.map.legend import Sign
from storymap.page.map.static_map import StaticMap, static_map
from storymap.page.map.viewport import Frame
from storymap.prose import Mark, mark_quotes
from storymap.scene import Picture, Scene
from storymap.strings import Catalogue


@dataclass(frozen=True, slots=True)
class Step:
    """What the templates need of a step."""

    id: str
    number: int
    title: str
    count: str
    html: Markup
    pictures: tuple[dict[str, str], ...]
    map: StaticMap
    alt: str
    legend: tuple[Sign, ...] = ()


def step(
    scene: Scene,
    total: int,
    drawing: StepDrawing,
    framed: Frame,
    basemap: Basemap,
    entries: Mapping[str, Entry],
    words: Catalogue,
    own: Markup,
) -> Step:
    """Return a step of `total` for the templates; `own` is the lang attribute of our words in another language."""
    marks = [
        Mark(
            claim.start,
            claim.end,
            f'<a class="claim" data-claim="{claim.id}" href="#sm_{claim.id}">',
            '<span class="nb">',
            _sign(entries[claim.id], words, own),
        )
        for claim in scene.claims
    ]
    return Step(
        scene.id,
        scene.number,
        scene.title,
        words.say("page.count", n=str(scene.number), total=str(total)),
        Markup(mark_quotes(scene.prose, marks)),  # prose is safe HTML by its making, marks are ours
        tuple(_picture(picture) for picture in scene.pictures),
        static_map(drawing, framed, basemap),
        described(scene, [entries[claim.id] for claim in scene.claims], words),
    )


def _sign(entry: Entry, words: Catalogue, own: Markup) -> str:
    record = entry.record
    heard = escape(words.say("page.checked", verdict=record.word.lower()))
    return (
        f'<svg class="sign" aria-hidden="true"><use href="#v_{record.verdict}"/></svg></span>'
        f'<span class="vh"{own}> ({heard})</span></a>'
    )


def _picture(picture: Picture) -> dict[str, str]:
    caption = " ".join(part for part in (picture.caption, picture.credit) if part)
    source = f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
    return {"src": source, "alt": picture.alt, "caption": caption}
