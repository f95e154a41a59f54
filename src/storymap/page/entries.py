"""The words about each finding: verdict, number, what was measured, and the rows of its record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from storymap.page.credits import Credit, Line, in_pieces, sourced
from storymap.page.gauge import Gauge, gauge
from storymap.page.units import Told, Versions, in_all, plain, versions
from storymap.places import Place
from storymap.quantity import System
from storymap.scene import Claim, Finding, LonLat, Measurement, Reading, Scene, Verdict
from storymap.strings import Catalogue
from storymap.wording import (
    figures_of,
    margin_of,
    needed_by,
    number_and_unit_of,
    reach_of,
    said,
    spread_of,
    value_of,
    why,
)

VERDICTS = ("holds", "too-close", "fails", "too-loose", "not-checked")
"""What a claim can come out as, in the order in which a page explains it."""

_GAP = Credit(" ")
_WIND = re.compile(r"(.*?) ?[(（](.*)[)）]")  # a direction and its wind, as a catalogue's `wind.with` says them
_FINE_M, _FINEST_M = 1000.0, 50.0  # from here down a position is told to a metre, to a decimetre


@dataclass(frozen=True, slots=True)
class Spot:
    """A position as readers see it; `signs` has " s" and " w" for the half of the earth that its numbers leave open.

    client/claims.js makes of it what they copy: "43.11085, 131.88167" is latitude, longitude.
    """

    text: str
    signs: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a record: its name and its words (`before` them the author's), or pieces with links, or positions."""

    name: str
    text: Told = field(default_factory=lambda: plain(""))
    before: str = ""
    pieces: Line = ()
    spots: tuple[Spot, ...] = ()

    @property
    def said(self) -> str:
        """The words, in the story's own units."""
        parts = "".join(piece.text for piece in self.pieces) or " – ".join(spot.text for spot in self.spots)
        return self.before + self.text.own or parts.strip()


@dataclass(frozen=True, slots=True)
class Record:
    """One reading as a reader sees it: verdict, number, picture, and rows. `value` is `number`, `gap` and `unit`."""

    verdict: str
    word: str
    meaning: str
    label: str
    number: str
    gap: str
    unit: str
    value: Told
    uncertainty: Told
    what: Told
    needed: Told
    margin: Told
    gauge: Gauge
    authors_note: str
    notes: tuple[Told, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in the list of checks: its record, further readings, and the words on its line."""

    claim_id: str
    step_id: str
    quote: str
    record: Record
    also: tuple[Record, ...]
    pill: Told
    drawn: bool


def entry(claim: Claim, finding: Finding, places: Mapping[str, Place], words: Catalogue) -> Entry:
    """Return what the page says of one finding. `places` holds at least the places that were measured."""
    headline = record(finding.headline, finding, places, words)
    also = tuple(record(reading, finding, places, words) for reading in finding.also)
    pill = versions(finding.headline).tell(lambda reading: _pill(reading, words))
    drawn = bool(finding.headline.measurement.lines)
    return Entry(finding.claim_id, finding.step_id, claim.quote, headline, also, pill, drawn)


def record(reading: Reading, finding: Finding, places: Mapping[str, Place], words: Catalogue) -> Record:
    """Return the words for one reading of a finding."""
    told = versions(reading)
    number, unit, gap = number_and_unit_of(reading, words)
    return Record(
        verdict=reading.verdict.value,
        word=words.say(f"verdict.{reading.verdict}"),
        meaning=words.say(f"verdict.{reading.verdict}-means"),
        label=reading.label,
        number=number,
        gap=gap,
        unit=unit,
        value=told.tell(lambda one: value_of(one, words)),
        uncertainty=told.tell(lambda one: spread_of(one, words)),
        what=told.tell(lambda one: said(one.measurement.what, words)),
        needed=told.tell(lambda one: _needed(one, words)),
        margin=told.tell(lambda one: margin_of(one, words)),
        gauge=gauge(told, words),
        authors_note=finding.note if reading is finding.headline else "",
        notes=tuple(told.tell(partial(_note, n, words)) for n in range(len(reading.measurement.notes))),
        rows=tuple(_rows(told, places, words)),
    )


def _note(number: int, words: Catalogue, reading: Reading) -> str:
    return said(reading.measurement.notes[number], words)


def _needed(reading: Reading, words: Catalogue) -> str:
    """Return what the words demand, no line ending between a number and its unit."""
    unit = number_and_unit_of(reading, words)[1]
    return needed_by(reading, words).replace(f" {unit}", f"\u00a0{unit}") if unit else needed_by(reading, words)


def _pill(reading: Reading, words: Catalogue) -> str:
    label = reading.measurement.short_label
    return said(label, words) if label is not None else value_of(reading, words)


def _rows(told: Versions, places: Mapping[str, Place], words: Catalogue) -> list[Row]:
    reading, measured = told.own, told.own.measurement
    of = [places[i] for i in measured.places]
    rows = [
        ("measured", told.tell(lambda one: figures_of(one, words).measured)),
        ("uncertainty", told.tell(lambda one: figures_of(one, words).uncertainty)),
        ("interval", told.tell(lambda one: figures_of(one, words).interval)),
        ("margin", told.tell(lambda one: margin_of(one, words))),
        ("reason", told.tell(lambda one: why(one, words))),
        ("method", told.tell(lambda one: said(one.measurement.method, words))),
        ("edges", plain(_edges(of, reading, words))),
        ("workings", told.tell(lambda one: words.together(said(step, words) for step in one.measurement.workings))),
    ]
    found = [Row(words.say(f"row.{name}"), text) for name, text in rows if text]
    if reading.verdict is not Verdict.TOO_LOOSE:
        found.insert(0, _limit(told, words))
    key, spots = _spots(measured, words)
    if spots:
        found.append(Row(words.say(f"row.{key}"), spots=spots))
    sources = list(dict.fromkeys(_source(place, words) for place in of))
    if sources:
        first, *others = sources
        pieces = (*first, *chain.from_iterable((_GAP, *one) for one in others))
        found.append(Row(words.say("row.sources"), pieces=pieces))
    return found


def _limit(told: Versions, words: Catalogue) -> Row:
    """Return what the words were taken to mean, and the words themselves before that."""
    expectation = told.own.expectation

    def needed(reading: Reading) -> str:
        interval = needed_by(reading, words)
        if expectation is None:
            return words.say("row.limit-none", interval=interval[:1].upper() + interval[1:])
        return words.say("row.limit-all", interval=interval) if expectation.support == expectation.core else interval

    name, interval = words.say("row.limit"), told.tell(needed)
    if expectation is None:
        return Row(name, interval)
    key = "row.limit-author" if expectation.by_author else "row.limit-quote"
    before, found, after = words.say(key, words=expectation.words, interval="\0").partition("\0")
    return Row(name, in_all(lambda system: interval.of(system) + after), before if found else "")


def _edges(places: Sequence[Place], reading: Reading, words: Catalogue) -> str:
    """Return what the edges of the lines and areas that were measured are, and whether that matters; "" for points."""
    drawn = [place for place in places if not place.geometry.geom_type.endswith("Point")]
    models = list(dict.fromkeys(place.edges for place in drawn))
    if len(models) == 1:
        said = words.say(f"row.edges-{models[0]}")
    else:
        each = (words.say("claims.label-along", line=p.name, value=words.say(f"row.edges-{p.edges}")) for p in drawn)
        said = words.together(dict.fromkeys(each))
    if "edge-model" in reading.measurement.cautions:
        said = words.together((said, words.say("row.edges-matter")))
    return said


def _spots(measured: Measurement, words: Catalogue) -> tuple[str, tuple[Spot, ...]]:
    """Return the name of a row and where a measured line begins and ends; of others, two corners of what is drawn.

    The positions are as fine as the length or its uncertainty asks for.
    """
    if not measured.lines:
        return "", ()
    decimals = 4
    if measured.dimension in ("length", "truth"):
        size_m = min(abs(measured.value), *reach_of(measured))
        decimals = 6 if size_m < _FINEST_M else 5 if size_m < _FINE_M else 4
    line = measured.lines[0]
    if len(measured.lines) == 1 and line[0] != line[-1]:  # a ring has no ends
        return "ends", tuple(_spot(line[end], decimals, words) for end in (0, -1))
    lons, lats = zip(*chain.from_iterable(measured.lines), strict=True)
    if max(lons) - min(lons) > 180.0:  # what is cut at the 180th meridian goes on beyond it
        lons = tuple(lon % 360.0 for lon in lons)
    corners = (min(lons), min(lats)), (max(lons), max(lats))
    return "extent", tuple(_spot(corner, decimals, words) for corner in corners)


def _source(place: Place, words: Catalogue) -> Line:
    scale = words.say("row.scale", scale=place.scale) if place.scale else ""
    source = sourced((place.source or words.say("row.no-source")).rstrip("."))
    parts = words.parts("row.source", place=place.name, source=source, scale=scale, license=place.license or "–")
    return in_pieces(parts)


def _spot(at: LonLat, decimals: int, words: Catalogue) -> Spot:
    lon, lat = (at[0] + 180.0) % 360.0 - 180.0, at[1]
    north, east = (f"compass.{'n' if lat >= 0 else 's'}", f"compass.{'e' if lon >= 0 else 'w'}")
    y, x = (words.number(f"{abs(degrees):.{decimals}f}°") for degrees in (lat, lon))
    text = f"{y} {words.say(north)} {x} {words.say(east)}"
    return Spot(text, " s" * (lat < 0) + " w" * (lon < 0))


def described(scene: Scene, entries: Sequence[Entry], words: Catalogue) -> Told:
    """Return what a step's map shows, in a sentence or two, for readers who cannot see it."""
    shows = shown(scene, words)

    def said_in(system: System | None) -> str:
        measured = [
            words.say("page.map-measures", value=value_said(e.record, words).of(system), what=e.record.what.of(system))
            for e in entries
            if e.drawn
        ]
        # Two claims may measure the same.
        return words.together(dict.fromkeys([*shows, *measured])) or words.say("page.map-of", title=scene.title)

    return in_all(said_in)


def shown(scene: Scene, words: Catalogue) -> list[str]:
    """Return the sentence that names what a step is about on its map, if there is such."""
    names = list(dict.fromkeys(item.place.phrase for item in scene.shown if item.role == "subject"))
    return [words.say("page.map-shows", places=words.listed(names))] if names else []


def value_said(record: Record, words: Catalogue) -> Told:
    """Return a number with its unit to stand in brackets: a direction's own would be one pair too many."""

    def said_in(system: System | None) -> str:
        value = record.value.of(system)
        wind = _WIND.fullmatch(value)
        return words.say("wind.bare", bearing=wind[1], wind=wind[2]) if wind else value

    return in_all(said_in)


def tally(verdicts: Iterable[str], words: Catalogue) -> str:
    """Return how many claims have which verdict, as a list in words: "10 hold, 1 is too close to call"."""
    counts = Counter(verdicts)
    return words.listed([words.say(f"verdict.{kind}-tally", count=counts[kind]) for kind in VERDICTS if counts[kind]])
