"""The words about each finding: verdict, number, what was measured, and the rows of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storymap.page.gauge import Gauge, gauge
from storymap.places import Place
from storymap.scene import Claim, Finding, LonLat, Measurement, Reading, Scene, Verdict
from storymap.strings import Catalogue
from storymap.wording import figures_of, margin_of, needed_by, reach_of, said, spread_of, unit_of, value_of, why

_FINE_M, _FINEST_M = 1000.0, 50.0  # from here down a position is told to a metre, to a decimetre


@dataclass(frozen=True, slots=True)
class Record:
    """One reading as a reader sees it: verdict, number, picture, and (name, words) rows."""

    verdict: str
    word: str
    meaning: str
    label: str
    number: str
    unit: str
    uncertainty: str
    what: str
    needed: str
    margin: str
    gauge: Gauge
    authors_note: str
    notes: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in the list of checks: its record, further readings, and the words on its line."""

    claim_id: str
    step_id: str
    quote: str
    record: Record
    also: tuple[Record, ...]
    pill: str
    drawn: bool


def entry(claim: Claim, finding: Finding, places: Mapping[str, Place], words: Catalogue) -> Entry:
    """Return what the page says of one finding. `places` holds at least the places that were measured."""
    headline = record(finding.headline, finding, places, words)
    also = tuple(record(reading, finding, places, words) for reading in finding.also)
    measured = finding.headline.measurement
    pill = f"{headline.number} {headline.unit}"
    if measured.short_label is not None:
        pill = said(measured.short_label, words)
    return Entry(finding.claim_id, finding.step_id, claim.quote, headline, also, pill, bool(measured.lines))


def record(reading: Reading, finding: Finding, places: Mapping[str, Place], words: Catalogue) -> Record:
    """Return the words for one reading of a finding."""
    measured = reading.measurement
    number, _, symbol = value_of(reading, words).partition(" ")
    return Record(
        verdict=reading.verdict.value,
        word=words.say(f"verdict.{reading.verdict}"),
        meaning=words.say(f"verdict.{reading.verdict}-means"),
        label=reading.label,
        number=number,
        unit=symbol,
        uncertainty=spread_of(reading, words),
        what=said(measured.what, words),
        needed=needed_by(reading, words),
        margin=margin_of(reading, words),
        gauge=gauge(reading, unit_of(reading), words),
        authors_note=finding.note if reading is finding.headline else "",
        notes=tuple(said(message, words) for message in measured.notes),
        rows=tuple(_rows(reading, places, words)),
    )


def _rows(reading: Reading, places: Mapping[str, Place], words: Catalogue) -> list[tuple[str, str]]:
    measured, shown = reading.measurement, figures_of(reading, words)
    rows = [
        ("limit", _limit(reading, words) if reading.verdict is not Verdict.TOO_LOOSE else ""),
        ("measured", shown.measured),
        ("uncertainty", shown.uncertainty),
        ("interval", shown.interval),
        ("margin", margin_of(reading, words)),
        ("reason", why(reading, words)),
        ("method", said(measured.method, words)),
        ("workings", " ".join(said(message, words) for message in measured.workings)),
        ("ends", _ends(measured, words)),
        ("sources", " ".join(dict.fromkeys(_source(places[i], words) for i in measured.places))),
    ]
    return [(words.say(f"row.{name}"), text) for name, text in rows if text]


def _limit(reading: Reading, words: Catalogue) -> str:
    needed, expectation = needed_by(reading, words), reading.expectation
    if expectation is None:
        return words.say("row.limit-none", interval=needed[:1].upper() + needed[1:])
    if expectation.support == expectation.core:
        needed = words.say("row.limit-all", interval=needed)
    key = "row.limit-author" if expectation.by_author else "row.limit-quote"
    return words.say(key, words=expectation.words, interval=needed)


def _ends(measured: Measurement, words: Catalogue) -> str:
    """Return where a measured line begins and ends, as finely as its length or its uncertainty asks for."""
    if len(measured.lines) != 1 or measured.lines[0][0] == measured.lines[0][-1]:  # a ring has no ends
        return ""
    decimals = 4
    if measured.dimension in ("length", "truth"):
        size_m = min(abs(measured.value), *reach_of(measured))
        decimals = 6 if size_m < _FINEST_M else 5 if size_m < _FINE_M else 4
    return " – ".join(_position(measured.lines[0][end], decimals, words) for end in (0, -1))


def _source(place: Place, words: Catalogue) -> str:
    source = place.source or words.say("row.no-source")
    scale = words.say("row.scale", scale=place.scale) if place.scale else ""
    license = place.license or "–"
    return words.say("row.source", place=place.name, source=source.rstrip("."), scale=scale, license=license)


def _position(at: LonLat, decimals: int, words: Catalogue) -> str:
    lon, lat = at
    north, east = (f"compass.{'n' if lat >= 0 else 's'}", f"compass.{'e' if lon >= 0 else 'w'}")
    return f"{abs(lat):.{decimals}f}° {words.say(north)} {abs(lon):.{decimals}f}° {words.say(east)}"


def described(scene: Scene, entries: Sequence[Entry], words: Catalogue) -> str:
    """Return what a step's map shows, in a sentence or two, for readers who cannot see it."""
    names = list(dict.fromkeys(item.place.phrase for item in scene.shown if item.role == "subject"))
    parts = [words.say("page.map-shows", places=_listed(names, words))] if names else []
    parts += [words.say("page.map-measures", value=_value(e.record), what=e.record.what) for e in entries if e.drawn]
    # Two claims may measure the same.
    return " ".join(dict.fromkeys(parts)) or words.say("page.map-of", title=scene.title)


def _value(record: Record) -> str:
    """Return a number with its unit to stand in brackets: a direction's own would be one pair too many."""
    return f"{record.number} {record.unit}".strip().replace(" (", ", ").removesuffix(")")


def _listed(names: Sequence[str], words: Catalogue) -> str:
    if len(names) == 1:
        return names[0]
    return words.say("page.and", first=", ".join(names[:-1]), last=names[-1])
