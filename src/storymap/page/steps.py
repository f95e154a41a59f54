"""A step as the page's templates show it: its prose with the claims marked, its media, its map in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from storymap.basemap import Basemap
from storymap.page.entries import Entry, described, shown, value_said
from storymap.page.map.drawing import StepDrawing
from storymap.page.map.legend import Sign
from storymap.page.map.static_map import StaticMap, static_map
from storymap.page.map.telling import told
from storymap.page.map.viewport import Frame
from storymap.page.media import Item
from storymap.page.units import Told
from storymap.prose import Mark, mark_quotes
from storymap.scene import Finding, Scene
from storymap.strings import Catalogue

MOST_LISTED = 15  # more steps would fill a screen before the first of them
LONG_WORD = 24  # letters; the last word of a claim stays beside its sign, but for one that no line may hold


@dataclass(frozen=True, slots=True)
class Step:
    """What the templates need of a step.

    `alt` is its map in a sentence or two, of which `shows` is said aloud when the step comes; `told` is all of it.
    """

    id: str
    number: int
    title: str
    count: str
    html: Markup
    media: tuple[Item, ...]
    map: StaticMap
    alt: Told
    shows: str
    told: Told
    legend: tuple[Sign, ...] = ()


def step(
    scene: Scene,
    total: int,
    drawing: StepDrawing,
    framed: Frame,
    basemap: Basemap,
    entries: Mapping[str, Entry],
    findings: Mapping[str, Finding],
    words: Catalogue,
    own: Markup,
    media: tuple[Item, ...],
    *,
    guess: bool = False,
) -> Step:
    """Return a step of `total` for the templates; `own` is the lang attribute of our words in another language.

    Where readers `guess` first, neither its text nor its map gives a verdict away.
    """
    marks = [
        Mark(
            claim.start,
            claim.end,
            f'<a class="claim" data-claim="{claim.id}" href="#sm_{claim.id}">',
            '<span class="nb">' if len(claim.quote.split()[-1]) <= LONG_WORD else '<span class="">',
            _question(words, own) if guess else _sign(entries[claim.id], words, own),
        )
        for claim in scene.claims
    ]
    if guess:
        drawing = replace(drawing, measured=())
    drawn = [entries[claim.id] for claim in scene.claims if entries[claim.id].drawn and not guess]
    values = {e.claim_id: value_said(e.record, words) for e in drawn}
    return Step(
        scene.id,
        scene.number,
        scene.title,
        words.say("page.count", n=str(scene.number), total=str(total)),
        Markup(mark_quotes(scene.prose, marks)),  # prose is safe HTML by its making, marks are ours
        media,
        static_map(drawing, framed, basemap, forms=words.numbers),
        described(scene, drawn, words),
        "".join(shown(scene, words)),
        told(scene, framed, findings, values, words, basemap.grid.meridian),
    )


def contents(scenes: Sequence[Scene], summary: str, words: Catalogue, own: Markup) -> Markup:
    """Return what an overview says whose author gives it no text: the story in short, and the steps that follow.

    Args:
        scenes: the steps behind the overview; of more than MOST_LISTED only how many they are.
        summary: the story in a sentence or two, "" where its author wrote none.
        words: our words, and `own` their lang attribute in a story of another language.
        own: see `words`.
    """
    said = Markup("<p>{}</p>\n").format(summary) if summary else Markup("")
    said += Markup("<p{}>{}</p>\n").format(own, words.say("page.follows", count=len(scenes)))
    if len(scenes) > MOST_LISTED:
        return said
    links = Markup("\n").join(Markup('<li><a href="#{}">{}</a></li>').format(one.id, one.title) for one in scenes)
    return said + Markup("<ul>\n{}\n</ul>\n").format(links)


def _question(words: Catalogue, own: Markup) -> str:
    return f'</span><span class="vh"{own}> ({escape(words.say("page.check-claim"))})</span></a>'


def _sign(entry: Entry, words: Catalogue, own: Markup) -> str:
    record = entry.record
    heard = escape(words.say("page.checked", verdict=record.word.lower()))
    return (
        f'<svg class="sign" aria-hidden="true"><use href="#v_{record.verdict}"/></svg></span>'
        f'<span class="vh"{own}> ({heard})</span></a>'
    )
