"""Story → Scenes: ids become places, quotes are found in the prose, phrases become expectations.

Every fault is gathered with its span; warnings come back beside the scenes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely

from storymap import earth
from storymap.claim_stub import how_to_claim
from storymap.coverage import stands_in, uncovered
from storymap.expected import expected
from storymap.fitness import Unfit, named_twice, unfit, unfit_to_count, unreadable
from storymap.inputs import File
from storymap.media import medium_of
from storymap.meridian import whole
from storymap.naming import LINE, of_kind, parts_of
from storymap.overview import overview
from storymap.places import Atlas, Place
from storymap.problems import Level, Problem, StoryError, did_you_mean
from storymap.prose import Found, Prose, QuoteError, find_quote, overlaps, read_prose
from storymap.quantity import Expectation
from storymap.scene import Claim, Journey, Medium, Resolved, Scene, Shown, Unchecked, Verdict, View
from storymap.source import Loc, Source
from storymap.story import (
    AlsoDoc,
    ClaimDoc,
    CountDoc,
    MeasureDoc,
    MediaDoc,
    OverviewDoc,
    StepDoc,
    StoryDoc,
)

_SAME_M = 1.0
_STUBS = 40  # warnings of one step that come with a claim to paste; nobody pastes more


def resolve(
    story: StoryDoc,
    source: Source,
    atlas: Atlas | None,
    media: Mapping[str, File],
    original: StoryDoc | None = None,
) -> Resolved:
    """Return the scenes of a story, every name and quote found.

    `atlas` is None where the places cannot be read: then all else is looked at. `media` go by the name in the
    story; of those that are missing nothing is said here. What the words of a translation must mean is read from those
    of its `original`. Raises StoryError with every fault.
    """
    work = _Work(source, atlas, media, story.language, original)
    first = 1 if story.overview is None else 2
    scenes = tuple(work.scene(i, first + i, step) for i, step in enumerate(story.steps))
    if story.overview is not None:
        scenes = (work.overview(story.overview, scenes), *scenes)
    context = tuple(p for i, name in enumerate(story.context) if (p := work.place(name, ("context", i))))
    unchecked = tuple(work.unchecked(i, entry.quote, entry.why, scenes) for i, entry in enumerate(story.unchecked))
    ids = [scene.id for scene in scenes]
    asked = [0] * (first - 1) + [len(step.claims) for step in story.steps]
    for scene, claims in zip(scenes, asked, strict=True):
        work.dead_links(scene, ids, (*scene.loc, "text"))
        if original is None and len(scene.claims) == claims:  # else a quote is missing, which is told already
            work.uncovered(scene, unchecked, (*scene.loc, "text"))
    errors = [p for p in work.problems if p.level == "error"]
    if errors:
        raise StoryError(work.problems)
    return Resolved(scenes, context, unchecked, tuple(work.problems))


@dataclass(slots=True)
class _Work:
    source: Source
    atlas: Atlas | None
    media: Mapping[str, File]
    language: str
    original: StoryDoc | None = None
    problems: list[Problem] = field(default_factory=list)
    claims: int = 0

    def scene(self, i: int, number: int, step: StepDoc) -> Scene:
        loc: Loc = ("steps", i)
        prose = self.prose(step.text, (*loc, "text"))
        shown = []
        for j, item in enumerate(step.show):
            place = self.place(item.place, (*loc, "show", j, "place"))
            if place is not None:
                journey = self.journey(place, item.towards, (*loc, "show", j, "towards"))
                shown.append(Shown(place, _label(place, item.label), item.style, journey))
        view = View()
        if step.view is not None:
            fit = [self.place(name, (*loc, "view", "fit", j)) for j, name in enumerate(step.view.fit)]
            view = View(tuple(p for p in fit if p), step.view.center, step.view.zoom)
        claims = self.all_claims(step, prose, loc)
        media = [self.medium(entry, (*loc, "media", j)) for j, entry in enumerate(step.media)]
        return Scene(
            step.id,
            number,
            step.title,
            prose,
            tuple(shown),
            view,
            claims,
            tuple(one for one in media if one),
            self.source.span_of(loc),
            loc,
        )

    def overview(self, doc: OverviewDoc, scenes: Sequence[Scene]) -> Scene:
        prose = self.prose(doc.text or "", ("overview", "text"))
        return overview(doc, prose, scenes, self.language, self.source.span_of(("overview",)))

    def prose(self, text: str, loc: Loc) -> Prose:
        prose = read_prose(text)
        for fault in prose.faults:
            self.problem(loc, fault.code, fault.message, fault.help, words=fault.words)
        return prose

    def place(self, name: str, loc: Loc) -> Place | None:
        place = self.atlas.get(name) if self.atlas is not None else None
        if place is None and self.atlas is not None:
            help = did_you_mean(name, self.atlas) or "add it to the places file"
            if not self.atlas:
                help = "the project has no places file; make data/places.geojson"
            self.problem(loc, "unknown-place", f"there is no place '{name}'", help)
        return place

    def journey(self, line: Place, towards: str | None, loc: Loc) -> Journey | None:
        """Return which way a line is gone along whose one end is nearer to the place `towards`."""
        if towards is None:
            return None
        goal = self.place(towards, loc)
        drawn = whole(line.geometry)
        if drawn.geom_type != "LineString":
            kind = "several lines" if drawn.geom_type == "MultiLineString" else "no line"
            help = "leave 'towards' out, or show a line that is drawn in one piece from one end to the other"
            self.problem(loc, "bad-journey", f"'{line.id}' is {kind}, so that it has no end to go towards", help)
            return None
        if goal is None:
            return None
        ends = (shapely.Point(drawn.coords[n]) for n in (0, -1))
        start, end = (earth.nearest(one, goal.geometry).distance_m for one in ends)
        if abs(start - end) <= _SAME_M:
            message = f"both ends of '{line.id}' are as near to '{goal.id}'"
            self.problem(loc, "bad-journey", message, "name a place at the end where the journey ends")
            return None
        return "backward" if start < end else "forward"

    def all_claims(self, step: StepDoc, prose: Prose, loc: Loc) -> tuple[Claim, ...]:
        found: list[tuple[Found, str]] = []
        claims = []
        for j, doc in enumerate(step.claims):
            at = (*loc, "claims", j)
            spot = self.quote(prose, doc, (*at, "quote"))
            clash = next((quote for other, quote in found if spot and overlaps(spot, other)), None)
            if clash is not None:
                message = f"this quote overlaps the quote '{clash}'"
                self.problem((*at, "quote"), "quote-overlap", message, "quote words that no other claim quotes")
            if spot is not None:
                found.append((spot, doc.quote))
            claim = self.claim(step.id, doc, spot, prose, at)
            if claim is not None:
                claims.append(claim)
        return tuple(claims)

    def quote(self, prose: Prose, doc: ClaimDoc, loc: Loc) -> Found | None:
        try:
            return find_quote(prose, doc.quote, doc.nth)
        except QuoteError as error:
            self.problem(loc, error.code, error.message, error.help)
            return None

    def claim(self, step_id: str, doc: ClaimDoc, spot: Found | None, prose: Prose, loc: Loc) -> Claim | None:
        self.claims += 1
        kind = doc.claim_kind
        places = self.measured(doc.measure, (*loc, kind))
        also = []
        for k, reading in enumerate(doc.also):
            measure = reading.applied_to(doc.measure)
            places |= self.measured(measure, (*loc, "also", k), only=reading)
            also.append((reading.label, measure))
        if self.original is None:
            expectation, doubt = expected(doc, around=_around(prose, spot), language=self.language)
        else:
            expectation, doubt = _as_meant(doc, self.original, loc), None
        if doubt is not None:
            self.problem((*loc, doubt.key), doubt.code, doubt.message, doubt.help, doubt.level)
        if spot is None:
            return None
        return Claim(
            id=f"c{self.claims}",
            step_id=step_id,
            quote=doc.quote,
            start=spot.start,
            end=spot.end,
            measure=doc.measure,
            places=places,
            expectation=expectation,
            span=self.source.span_of((*loc, "quote")),
            too_loose=doc.expect == "none",
            also=tuple(also),
            authors_verdict=Verdict(doc.verdict) if doc.verdict else None,
            note=doc.note,
        )

    def measured(self, measure: MeasureDoc, loc: Loc, only: AlsoDoc | None = None) -> dict[str, Place]:
        """Return the places that a measure asks, each fit to be measured. `only`: report what this reading names."""
        changed = None if only is None else only.model_dump(by_alias=True, exclude_none=True).keys()
        places: dict[str, Place] = {}
        for key, name, types in parts_of(measure):
            if changed is not None and key[0] not in changed:
                if self.atlas and name in self.atlas:
                    places[name] = self.atlas[name]
                continue
            place = self.place(name, (*loc, *key))
            if place is None:
                continue
            places[name] = place
            self.unfit(unfit(place, types), (*loc, *key))
        if isinstance(measure, CountDoc) and self.atlas is not None:
            places |= of_kind(measure.kind, self.atlas)
            if changed is None or "kind" in changed:
                self.unfit(unfit_to_count(measure.kind, self.atlas), (*loc, "kind"))
        self.unfit(unreadable(measure), loc)
        self.unfit(named_twice(measure), loc)
        return places

    def unfit(self, faults: Iterable[Unfit], loc: Loc) -> None:
        for fault in faults:
            self.problem((*loc, *fault.key), fault.code, fault.message, fault.help, fault.level)

    def medium(self, entry: MediaDoc, loc: Loc) -> Medium | None:
        medium, faults = medium_of(entry, self.media)
        for fault in faults:
            span = fault.span or self.source.span_of((*loc, fault.key))
            self.problems.append(Problem(span, fault.code, fault.message, fault.help, fault.level))
        return medium

    def unchecked(self, i: int, quote: str, why: str, scenes: Iterable[Scene]) -> Unchecked:
        loc: Loc = ("unchecked", i, "quote")
        step_id = next((s.id for s in scenes if stands_in(quote, s.prose.text)), None)
        if step_id is None:
            message = "these unchecked words stand in no step"
            self.problem(loc, "unchecked-missing", message, "correct the quote, or delete the entry", "warning")
        return Unchecked(quote, why, step_id, self.source.span_of(loc))

    def uncovered(self, scene: Scene, unchecked: Iterable[Unchecked], loc: Loc) -> None:
        """Warn of phrases that measure something, and that nobody has claimed or set aside."""
        claimed = [(claim.start, claim.end) for claim in scene.claims]
        for n, phrase in enumerate(uncovered(scene.prose.text, claimed, [entry.quote for entry in unchecked])):
            message = f"'{phrase.words}' measures something and is not checked"
            help = "list it under 'unchecked' with the reason, or claim it"
            if scene.loc[0] != "steps":  # the overview has no claims
                help = "list it under 'unchecked' with the reason, or say it in a step that claims it"
            elif n < _STUBS:
                help = how_to_claim(scene.prose, phrase, self.atlas or {}, self.language, first=not scene.claims)
            self.problem(loc, "unchecked-measure", message, help, "warning", words=phrase.words)

    def dead_links(self, scene: Scene, ids: Sequence[str], loc: Loc) -> None:
        for target in scene.prose.steps:
            if target not in ids and target not in _words_in_steps(self.source):
                help = did_you_mean(f"#{target}", [f"#{name}" for name in ids]) or f"for example #{ids[0]}"
                message = f"the link to '#{target}' leads to no step of this story"
                self.problem(loc, "link-refused", message, help, words=f"#{target}")

    def problem(
        self, loc: Loc, code: str, message: str, help: str = "", level: Level = "error", *, words: str = ""
    ) -> None:
        span = self.source.span_within(loc, words) if words else self.source.span_of(loc)
        self.problems.append(Problem(span, code, message, help, level))


def _words_in_steps(source: Source) -> set[str]:
    """Return the texts that stand right under a step's keys: one under a misspelt key may be meant as the step's id."""
    steps = [step for step in source.data["steps"] if isinstance(step, dict)]
    return {text for step in steps for text in step.values() if isinstance(text, str)}


def _as_meant(doc: ClaimDoc, original: StoryDoc, loc: Loc) -> Expectation | None:
    """Return what the words of a translated claim at `loc` let us expect: what those of its original do."""
    _, i, _, j = loc
    step = original.steps[int(i)]
    said, prose = step.claims[int(j)], read_prose(step.text)
    around = _around(prose, find_quote(prose, said.quote, said.nth))
    meant, _ = expected(said, around=around, language=original.language)
    return replace(meant, words=doc.quote) if meant and not meant.by_author else meant


def _around(prose: Prose, spot: Found | None) -> tuple[str, str] | None:
    """Return what stands before and after a quote in its block of the text."""
    if spot is None:
        return None
    return prose.text[: spot.start].rpartition("\n")[2], prose.text[spot.end :].partition("\n")[0]


def _label(place: Place, label: str | None) -> str:
    """Return the words on the map: lines stay without a name unless the author gives one, or it is a bridge."""
    if label is not None:
        return label
    quiet = place.geometry.geom_type in LINE and place.kind != "bridge"
    return "" if quiet else place.name
