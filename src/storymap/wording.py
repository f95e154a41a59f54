"""How a reading is put into words, the same at the terminal and on the page."""

from __future__ import annotations

from storymap.quantity import Unit, sensible_unit, show_interval
from storymap.scene import Message, Reading, Verdict
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
        return show_interval(reading.expectation.core, unit_of(reading))
    loose = reading.verdict is Verdict.TOO_LOOSE
    return words.say("needed.none" if loose else f"needed.{reading.measurement.dimension}")


def said(message: Message, words: Catalogue) -> str:
    """Return a message in the catalogue's language."""
    return words.say(message.key, **message.values)
