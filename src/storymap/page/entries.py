"""The words about each finding: verdict, number, what was measured, and the rows of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storymap.page.gauge import Gauge, gauge
from storymap.places import Place
from storymap.quantity import Unit, show_interval, show_quantity, show_range, show_uncertainty
from storymap.scene import Claim, Finding, LonLat, Reading, Scene, Verdict
from storymap.strings import Catalogue
from storymap.wording import needed_by, said, uncertainty_of, unit_of


@dataclass(frozen=True, slots=True)
class Record:
    """One reading as a reader sees it: verdict, number, picture, and (name, words) rows."""

    verdict: str
    word: str
    meaning: str
    label: str
    number: str
    unit: str
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
    unit, uncertainty = unit_of(reading), uncertainty_of(reading)
    number, symbol = show_quantity(measured.value, uncertainty, unit, words.section("quantity")).rsplit(" ", 1)
    needed = needed_by(reading, words)
    return Record(
        verdict=reading.verdict.value,
        word=words.say(f"verdict.{reading.verdict}"),
        meaning=words.say(f"verdict.{reading.verdict}-means"),
        label=reading.label,
        number=number,
        unit=symbol,
        what=said(measured.what, words),
        needed=needed,
        margin=_margin(reading, unit, uncertainty, words),
        gauge=gauge(reading, unit, words.section("quantity")),
        authors_note=finding.note if reading is finding.headline else "",
        notes=tuple(said(message, words) for message in measured.notes),
        rows=tuple(_rows(reading, needed, unit, uncertainty, places, words)),
    )


def _rows(
    reading: Reading, needed: str, unit: Unit, uncertainty: float, places: Mapping[str, Place], words: Catalogue
) -> list[tuple[str, str]]:
    measured, how = reading.measurement, words.section("quantity")
    rows = []
    if reading.expectation is not None:
        rows.append((words.say("row.limit"), _limit(reading, needed, unit, words)))
    rows.append((words.say("row.measured"), show_quantity(measured.value, uncertainty / 10, unit, how)))
    rows.append((words.say("row.uncertainty"), show_uncertainty(uncertainty, unit, how)))
    rows.append((words.say("row.interval"), show_range(measured.low, measured.high, unit, uncertainty, how)))
    margin = _margin(reading, unit, uncertainty, words)
    if margin:
        rows.append((words.say("row.margin"), margin))
    if reading.verdict is Verdict.TOO_CLOSE and reading.reasons:
        rows.append((words.say("row.reason"), " ".join(words.say(f"reason.{code}") for code in reading.reasons)))
    rows.append((words.say("row.method"), said(measured.method, words)))
    if measured.lines and len(measured.lines) == 1:
        rows.append((words.say("row.ends"), " – ".join(_position(measured.lines[0][i], words) for i in (0, -1))))
    sources = dict.fromkeys(_source(places[i], words) for i in measured.places)
    if sources:
        rows.append((words.say("row.sources"), " ".join(sources)))
    return rows


def _limit(reading: Reading, needed: str, unit: Unit, words: Catalogue) -> str:
    expectation = reading.expectation
    assert expectation is not None  # noqa: S101  (the caller asks only where there is one)
    key = "row.limit-author" if expectation.by_author else "row.limit-quote"
    core = words.say(key, words=expectation.words, interval=needed)
    if expectation.support == expectation.core:
        return core
    support = show_interval(expectation.support, unit, words.section("quantity"))
    return f"{core} {words.say('row.limit-support', interval=support)}"


def _margin(reading: Reading, unit: Unit, uncertainty: float, words: Catalogue) -> str:
    if reading.margin is None or "not-independent" in reading.reasons:
        return ""  # what proves nothing has nothing to spare
    how = words.section("quantity")
    # A margin far below the uncertainty would be shown as 0.
    size = show_quantity(abs(reading.margin), min(uncertainty, abs(reading.margin) or uncertainty), unit, how)
    if reading.margin < 0:
        return words.say("margin.over", value=size)
    spare = words.say("margin.spare", value=size)
    worst = reading.margin_at_worst
    if worst is None or reading.expectation is None or worst > reading.margin / 2:
        return spare
    key = "margin.worst" if worst >= 0 else "margin.worst-over"
    return f"{spare} {words.say(key, value=show_quantity(abs(worst), min(uncertainty, abs(worst)), unit, how))}"


def _source(place: Place, words: Catalogue) -> str:
    source = place.source or words.say("row.no-source")
    scale = words.say("row.scale", scale=place.scale) if place.scale else ""
    license = place.license or "–"
    return words.say("row.source", place=place.name, source=source.rstrip("."), scale=scale, license=license)


def _position(at: LonLat, words: Catalogue) -> str:
    lon, lat = at
    north, east = (f"compass.{'n' if lat >= 0 else 's'}", f"compass.{'e' if lon >= 0 else 'w'}")
    return f"{abs(lat):.4f}° {words.say(north)} {abs(lon):.4f}° {words.say(east)}"


def described(scene: Scene, entries: Sequence[Entry], words: Catalogue) -> str:
    """Return what a step's map shows, in a sentence or two, for readers who cannot see it."""
    names = list(dict.fromkeys(item.place.phrase for item in scene.shown if item.role == "subject"))
    parts = [words.say("page.map-shows", places=_listed(names, words))] if names else []
    parts += [
        words.say("page.map-measures", value=f"{e.record.number} {e.record.unit}", what=e.record.what)
        for e in entries
        if e.drawn
    ]
    return " ".join(parts) or words.say("page.map-of", title=scene.title)


def _listed(names: Sequence[str], words: Catalogue) -> str:
    if len(names) == 1:
        return names[0]
    return words.say("page.and", first=", ".join(names[:-1]), last=names[-1])
