"""Puts the page together: the document with all words and static maps, then the scripts that bring it to life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from storymap import __version__
from storymap.basemap import Basemap, Detail
from storymap.basemap.names_table import TOWNS_CREDIT
from storymap.editions import Edition, above
from storymap.page import leaflet, scripts, styles
from storymap.page.ascii import in_ascii
from storymap.page.client_data import client_data
from storymap.page.credits import credit_lines, data_line, day, map_credits, picture_credits, towns_line
from storymap.page.entries import entry, tally
from storymap.page.languages import attributes, others
from storymap.page.live.author_layers import NO_LAYERS, Layers
from storymap.page.live.interactive import live_map
from storymap.page.map.drawing import draw
from storymap.page.map.handover import handover
from storymap.page.map.legend import legends
from storymap.page.map.locator import locator
from storymap.page.map.toponyms import Wanted, names_towns, with_context
from storymap.page.map.viewport import WHOLE_WORLD, Frame, frame
from storymap.page.media import story_media
from storymap.page.overrun import needs_globe
from storymap.page.parking import LONG, parked, whole
from storymap.page.pictures.parts import StepParts, StoryParts, story_parts
from storymap.page.policy import CSP_SLOT, script_safe, with_policy
from storymap.page.shell import templates
from storymap.page.steps import contents, step
from storymap.page.theme import theme_css
from storymap.page.tiles import street_map, tiles_credit, tiles_request
from storymap.page.unit_book import UnitBook
from storymap.page.units import systems
from storymap.places import Place
from storymap.scene import Finding, Resolved, Scene
from storymap.story import StoryDoc, theme_of, tile_source
from storymap.story.colours import PALETTES
from storymap.strings import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    `parts` are what pictures of its story are made from, `requests` what it asks of other hosts, in sentences, `files`
    what stands beside it, by address.
    """

    html: str
    parts: StoryParts
    requests: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def frames(
    scenes: Sequence[Scene], findings: Mapping[str, Finding], detail: Detail | None, meridian: float = 0.0
) -> list[Frame]:
    """Return what each scene's map frames, in order; `meridian` (degrees) is in the middle of the story's maps."""
    windows = detail.windows if detail else ()
    found = [frame(scene, [findings[claim.id] for claim in scene.claims], windows, meridian) for scene in scenes]
    # A step that shows nothing stays where the one before it was; the first such steps are where the first map is.
    last = next((one for one in found if one is not None), WHOLE_WORLD)
    kept = []
    for one in found:
        last = one or last
        kept.append(last)
    return kept


def render(
    story: StoryDoc,
    resolved: Resolved,
    findings: Mapping[str, Finding],
    framed: Sequence[Frame],
    basemap: Basemap,
    layers: Layers = NO_LAYERS,
    detail: Detail | None = None,
    *,
    one_file: bool = False,
    house_css: str = "",
    editions: Sequence[Edition] = (),
) -> Page:
    """Return the whole page as HTML, with its Content-Security-Policy, and the parts of its pictures."""
    words = catalogue(story.language)
    scenes = resolved.scenes
    claims = [claim for scene in scenes for claim in scene.claims]
    places: dict[str, Place] = {place.id: place for claim in claims for place in claim.places.values()}
    entries = {claim.id: entry(claim, findings[claim.id], places, words) for claim in claims}
    guess = story.claims.reveal == "click"
    scrolls = story.layout == "scroll"
    book = UnitBook()
    outcomes = [e.record.verdict for e in entries.values()]
    pills = {claim_id: e.pill for claim_id, e in entries.items()}
    own_pills = {claim_id: pill.own for claim_id, pill in pills.items()}
    drawing = draw(scenes, framed, findings, own_pills, resolved.context, basemap.grid)
    wanted = Wanted(story.language, story.basemap.labels, story.basemap.local_names, detail)
    drawing = with_context(drawing, framed, wanted, basemap.grid)
    live = live_map(layers, basemap.grid.meridian)
    shown = [item.place for scene in scenes for item in scene.shown]
    drawn = [*shown, *resolved.context, *places.values()]
    own = _lang(story, words)
    media = story_media(scenes, words, above(editions), one_file=one_file)
    steps = [
        step(
            scene,
            len(scenes),
            drawing.steps[scene.id],
            framing,
            basemap,
            entries,
            findings,
            words,
            own,
            its,
            guess=guess,
        )
        for scene, framing, its in zip(scenes, framed, media.steps, strict=True)
    ]
    if scenes[0].loc == ("overview",) and not scenes[0].prose.text:
        steps[0] = replace(steps[0], html=contents(scenes[1:], story.summary or "", words, own))
    signs = legends(scenes, [drawing.steps[scene.id] for scene in scenes], [one.map for one in steps], words)
    steps = [replace(one, legend=own_signs) for one, own_signs in zip(steps, signs, strict=True)]
    credits = map_credits(basemap.credits, drawn)
    credited = [medium for scene in scenes for medium in scene.media]
    lines = credit_lines(basemap.credits, drawn, credited, words, de_facto=story.basemap.borders is True)
    towns = names_towns(drawing)
    if towns:
        lines.insert(len(basemap.credits), towns_line(*TOWNS_CREDIT, words))
    tiles = tile_source(story.tiles) if story.tiles else None
    theme = theme_of(story.theme, house_css)
    # What scrolls by is all there, and so is what is covered until a reader has guessed.
    long = len(steps) > LONG and not scrolls and not guess
    found = [entries[claim.id] for claim in claims]
    rows = len(resolved.unchecked) + sum(1 + len(one.also) for one in found)
    asked = {
        "autoplay": story.autoplay,
        "download": claims,
        "parked": long,
        "reveal": guess,
        "scale": words.language != "en",
        "scroll": scrolls,
        "globe": claims and needs_globe(drawing, basemap.grid.origin_x),
        "units": claims,
    }
    extras = [name for name, is_asked in asked.items() if is_asked]
    styled = {"parked": long, "reveal": guess, "scroll": scrolls, "tiles": tiles}
    sheets = [name for name, is_asked in styled.items() if is_asked]
    html = (
        templates()
        .get_template("document.html.j2")
        .render(
            page=_page(story, scenes, words),
            words=words,
            own=own,
            told=attributes(story.language, words.language) if own else "",
            others=others(editions),
            csp_slot=CSP_SLOT,
            first=handover(framed[0], steps[0].map, basemap),
            css=Markup(styles.style((*sheets, *media.sheets, *styles.writing(story.language)), whole=live.layered)),
            theme_css=Markup(theme_css(theme, tiled=tiles is not None)),
            papers=[(mode, palette["paper"]) for mode, palette in PALETTES.items()],
            boot=Markup(scripts.boot()),
            narrow=Markup(scripts.narrow()) if media.files else "",
            basemap=basemap,
            steps=steps,
            entries=found,
            parking=parked(steps, found, rows, drawing) if long else whole(steps, found, drawing),
            unchecked=resolved.unchecked,
            tally=tally([*outcomes, *("not-checked" for _ in resolved.unchecked)], words),
            systems=systems(list(entries.values())),
            guess=guess,
            units=book,
            scrolls=scrolls,
            map_html=Markup(live.html),
            locator=locator(framed, basemap, resolved.context, story.language, named="countries" in wanted.kinds),
            credits=credits,
            credit_lines=[*lines, tiles_credit(tiles, words)] if tiles else lines,
            tiles=street_map(tiles, words) if tiles else None,
            pace_s=f"{story.autoplay:g}" if story.autoplay else "",
            source=_source(story, words),
            data_as_of=data_line(story.data_as_of, drawn, words),
            leaflet_license=leaflet.license_text(),
            # Called when all else is written: the book has every number then.
            data=lambda: Markup(
                client_data(scenes, framed, drawing, basemap, words, findings, pills, book, guess=guess)
            ),
            leaflet_js=Markup(script_safe(leaflet.script(whole=live.layered))),
            # Media first: a gallery takes away what a scroll would have found its place by.
            client_js=Markup(scripts.client([*media.extras, *extras])),
            tiles_js=Markup(scripts.tiles()) if tiles else "",
            map_js=Markup(script_safe(live.script)),
            foreign=live.foreign,
        )
    )
    parts = [
        StepParts(
            scene.id,
            scene.title,
            one.told.own,
            replace(drawing.steps[scene.id], measured=()) if guess else drawing.steps[scene.id],
            frame,
            one.map,
            () if guess else tuple(entries[claim.id] for claim in scene.claims),
            one.legend,
        )
        for scene, one, frame in zip(scenes, steps, framed, strict=True)
    ]
    kicker = words.say("page.kicker")
    html = with_policy(
        html if live.layered else in_ascii(html),  # nothing of an author's scripts is written anew
        tiles.url.origins(tiles.subdomains) if tiles else (),
        live.foreign.loads if live.layered else None,
        media.own,
        media.frames,
    )
    thanks = picture_credits(drawn, towns=towns)
    pictures = story_parts(story.title, story.language, kicker, basemap, drawing, thanks, parts, theme)
    requests = [*([tiles_request(tiles, words)] if tiles else []), *media.requests, *drawing.notes]
    if live.foreign.hosts:
        requests.append(words.say("report.layers-request", hosts=", ".join(live.foreign.hosts)))
    return Page(html, pictures, tuple(requests), media.files)


def _page(story: StoryDoc, scenes: Sequence[Scene], words: Catalogue) -> dict[str, str]:
    first = next((scene.prose.text for scene in scenes if scene.prose.text), "")
    summary = story.summary or story.subtitle or first.split("\n")[0]
    return {
        "title": story.title,
        "subtitle": story.subtitle or "",
        "byline": " · ".join(words.listed([part]) for part in (story.byline, day(story.published, words)) if part),
        "description": summary if len(summary) <= 300 else summary[:299] + "…",
        "language": story.language,
        "attributes": attributes(story.language),
        "version": __version__,
    }


def _lang(story: StoryDoc, words: Catalogue) -> Markup:
    """Return the attribute for our own words in a story of another language, or nothing."""
    same = story.language.split("-", maxsplit=1)[0].lower() == words.language
    return Markup("") if same else attributes(words.language, story.language)


def _source(story: StoryDoc, words: Catalogue) -> dict[str, str] | None:
    if story.source is None:
        return None
    parts = (story.source.author, story.source.title, day(story.source.date, words))
    return {"text": ", ".join(words.listed([part]) for part in parts if part), "url": story.source.url or ""}
