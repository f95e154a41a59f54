"""How a reading is put into words, the same at the terminal and on the page."""

from __future__ import annotations

import re
from datetime import date, datetime

from storymap.quantity import (
    Unit,
    fineness,
    sensible_unit,
    show_interval,
    show_quantity,
    show_range,
    show_spread,
    wind_of,
)
from storymap.scene import Amount, Measurement, Message, Reading, Verdict
from storymap.strings import Catalogue


def unit_of(reading: Reading) -> Unit:
    """Return the unit in which a reading is shown: that of the words, or the one a reader would choose."""
    measured, expected = reading.measurement, reading.expectation
    # A margin may be 0 or small beside its uncertainty, which is then what must be readable.
    size = max(abs(measured.value), *reach_of(measured)) if measured.dimension == "truth" else measured.value
    return sensible_unit(measured.dimension, size, said=expected.unit if expected else None)


def reach_of(measured: Measurement) -> tuple[float, float]:
    """Return how far the measured interval reaches below and above the value, in SI units."""
    return measured.value - measured.low, measured.high - measured.value


def fineness_of(measured: Measurement) -> float:
    """Return the uncertainty (SI) whose digits the value is shown with."""
    return fineness(*reach_of(measured))


def value_of(reading: Reading, words: Catalogue) -> str:
    """Return the measured value with its unit, to the digits that it is known to: "127.5 km", "48° (north-east)"."""
    measured = reading.measurement
    return _value(measured.value, fineness_of(measured), unit_of(reading), words)


def spread_of(reading: Reading, words: Catalogue) -> str:
    """Return how far the truth may lie from the value: "± 0.3 km", "−5 / +2,400 km"."""
    return show_spread(*reach_of(reading.measurement), unit_of(reading), words.section("quantity"))


def needed_by(reading: Reading, words: Catalogue) -> str:
    """Return what the words demand: an interval, or the sentence for claims without a number."""
    if reading.expectation is not None:
        return show_interval(reading.expectation.core, unit_of(reading), words.section("quantity"))
    return words.say("needed.none" if reading.verdict is Verdict.TOO_LOOSE else "needed.truth")


def said(message: Message, words: Catalogue) -> str:
    """Return a message in the catalogue's language, its first letter large."""
    values = {name: _filled(value, words) for name, value in message.values.items()}
    text = words.say(message.key, **values)
    return text[:1].upper() + text[1:]


def said_date(when: date, words: Catalogue) -> str:
    """Return a date in words: "25 April 2019"."""
    month = words.say(f"month.{when.month}")
    return words.say("page.date", day=str(when.day), month=month, year=str(when.year))


def _filled(value: str | Amount, words: Catalogue) -> str:
    if isinstance(value, str):
        return _MOMENT.sub(lambda found: _moment(found[0], words), value)
    if value.low == value.high:
        return _value(value.low, value.u, value.unit, words)
    return show_range(value.low, value.high, value.unit, value.u, words.section("quantity"))


def _value(value: float, u: float, unit: Unit, words: Catalogue) -> str:
    number = show_quantity(value, u, unit, words.section("quantity"))
    if unit.dimension != "direction":
        return number
    return words.say("wind.with", bearing=number, wind=words.say(f"wind.{wind_of(value)}"))


# Measures hand on moments as they stand in the story file; readers get them in words.
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\b")


def _moment(text: str, words: Catalogue) -> str:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = said_date(when.date(), words)
    return words.say("page.moment", time=text[-5:], date=day) if ":" in text else day
