"""How a reading is put into words, the same at the terminal and on the page."""

from __future__ import annotations

import re
from datetime import date, datetime

from storymap.quantity import Unit, sensible_unit, show_interval, show_range
from storymap.scene import Amount, Message, Reading, Verdict
from storymap.strings import Catalogue


def unit_of(reading: Reading) -> Unit:
    """Return the unit in which a reading is shown: that of the words, or the one a reader would choose."""
    measured, expected = reading.measurement, reading.expectation
    return sensible_unit(measured.dimension, measured.value, said=expected.unit if expected else None)


def uncertainty_of(reading: Reading) -> float:
    """Return how far the measured interval reaches to its farther side of the value, in SI units."""
    measured = reading.measurement
    return max(measured.high - measured.value, measured.value - measured.low)


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
    return show_range(value.low, value.high, value.unit, value.u, words.section("quantity"))


# Measures hand on moments as they stand in the story file; readers get them in words.
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\b")


def _moment(text: str, words: Catalogue) -> str:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = said_date(when.date(), words)
    return words.say("page.moment", time=text[-5:], date=day) if ":" in text else day
