"""Puts the page together: the document with all words and static maps, then the scripts that bring it to life."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from storymap import __version__
from storymap.basemap import Basemap, Detail
from storymap.page import leaflet
from storymap.page.client_data import client_data
from storymap.page.credits import credit_lines, data_line, day, map_credits
from storymap.page.drawing import StepDrawing, draw
from storymap.page.entries import Entry, described, entry
from storymap.page.interactive import live_map
from storymap.page.linker import link
from storymap.page.locator import locator
from storymap.page.palette import palette_css
from storymap.page.policy import CSP_SLOT, script_safe, with_policy
from storymap.page.static_map import StaticMap, static_map
from storymap.page.viewport import WHOLE_WORLD, Frame, frame
from storymap.places import Place
from storymap.prose import Mark, mark_quotes
from storymap.scene import Finding, Picture, Resolved, Scene
from storymap.story import StoryDoc
from storymap.strings import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class _Step:
    id: str
    number: int
    title: str
    count: str
    html: Markup
    pictures: tuple[dict[str, str], ...]
    map: StaticMap
    alt: str


def frames(scenes: Sequence[Scene], findings: Mapping[str, Finding], detail: Detail | None) -> list[Frame]:
    """Return what each scene's map frames, in order."""
    windows = detail.windows if detail else ()
    found = [frame(scene, [findings[claim.id] for claim in scene.claims], windows) for scene in scenes]
    # A step that shows nothing stays where the one before it was; the first such steps are where the first map is.
    last = next((one for one in found if one is not None), WHOLE_WORLD)
    kept = []
    for one in found:
        last = one or last
        kept.append(last)
    return kept


def render(
    story: StoryDoc, resolved: Resolved, findings: Mapping[str, Finding], framed: Sequence[Frame], basemap: Basemap
) -> str:
    """Return the whole page as HTML, with its Content-Security-Policy."""
    words = catalogue(story.language)
    scenes = resolved.scenes
    claims = [claim for scene in scenes for claim in scene.claims]
    places: dict[str, Place] = {place.id: place for claim in claims for place in claim.places.values()}
    entries = {claim.id: entry(claim, findings[claim.id], places, words) for claim in claims}
    pills = {claim_id: e.pill for claim_id, e in entries.items()}
    drawing = draw(scenes, framed, findings, pills, resolved.context, basemap.grid)
    map_html, map_js = live_map()
    shown = [item.place for scene in scenes for item in scene.shown]
    drawn = [*shown, *resolved.context, *places.values()]
    own = _lang(story, words)
    html = (
        _templates()
        .get_template("document.html.j2")
        .render(
            page=_page(story, scenes, words),
            words=words,
            own=own,
            told=Markup(' lang="{}"').format(story.language) if own else "",
            csp_slot=CSP_SLOT,
            css=Markup(_css()),
            boot=Markup(script_safe(_client("boot"))),
            basemap=basemap,
            shapes=drawing.shapes,
            steps=[
                _step(scene, len(scenes), drawing.steps[scene.id], frame, basemap, entries, words, own)
                for scene, frame in zip(scenes, framed, strict=True)
            ],
            entries=[entries[claim.id] for claim in claims],
            unchecked=resolved.unchecked,
            map_html=Markup(map_html),
            locator=locator(framed, basemap, resolved.context),
            credits=map_credits(basemap.credits, drawn),
            credit_lines=credit_lines(basemap.credits, drawn, [p for s in scenes for p in s.pictures], words),
            source=_source(story, words),
            data_as_of=data_line(story.data_as_of, drawn, words),
            leaflet_license=leaflet.license_text(),
            data=Markup(client_data(scenes, framed, drawing, basemap, words)),
            leaflet_js=Markup(script_safe(leaflet.script())),
            client_js=Markup(script_safe(link("main", _client))),
            map_js=Markup(script_safe(map_js)),
        )
    )
    return with_policy(html)


@cache
def _templates() -> Environment:
    # autoescape=True, not select_autoescape(): that one leaves names such as page.html.j2 unescaped.
    return Environment(
        loader=PackageLoader("storymap.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _client(name: str) -> str:
    return files(__package__).joinpath("client", f"{name}.js").read_text(encoding="utf-8")


@cache
def _css() -> str:
    own = files(__package__).joinpath("client", "page.css").read_text(encoding="utf-8")
    own = re.sub(r"/\*.*?\*/", "", own, flags=re.DOTALL)
    own = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", own)).replace(": ", ":").replace(";}", "}").strip()
    return script_safe(palette_css() + leaflet.style() + own)


def _page(story: StoryDoc, scenes: Sequence[Scene], words: Catalogue) -> dict[str, str]:
    summary = story.summary or story.subtitle or scenes[0].prose.text.split("\n")[0]
    return {
        "title": story.title,
        "subtitle": story.subtitle or "",
        "byline": " · ".join(part for part in (story.byline, day(story.published, words)) if part),
        "description": summary if len(summary) <= 300 else summary[:299] + "…",
        "language": story.language,
        "version": __version__,
    }


def _step(
    scene: Scene,
    total: int,
    drawing: StepDrawing,
    framed: Frame,
    basemap: Basemap,
    entries: Mapping[str, Entry],
    words: Catalogue,
    own: Markup,
) -> _Step:
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
    return _Step(
        scene.id,
        scene.number,
        scene.title,
        words.say("page.count", n=str(scene.number), total=str(total)),
        Markup(mark_quotes(scene.prose, marks)),  # prose is safe HTML by its making, marks are ours
        tuple(_picture(picture) for picture in scene.pictures),
        static_map(drawing, framed, basemap),
        described(scene, [entries[claim.id] for claim in scene.claims], words),
    )


def _lang(story: StoryDoc, words: Catalogue) -> Markup:
    """Return the attribute for our own words in a story of another language, or nothing."""
    same = story.language.split("-", maxsplit=1)[0].lower() == words.language
    return Markup("") if same else Markup(' lang="{}"').format(words.language)


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


def _source(story: StoryDoc, words: Catalogue) -> dict[str, str] | None:
    if story.source is None:
        return None
    parts = (story.source.author, story.source.title, day(story.source.date, words))
    return {"text": ", ".join(part for part in parts if part), "url": story.source.url or ""}
