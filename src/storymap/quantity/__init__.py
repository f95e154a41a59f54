"""Quantities in people's words: from a phrase to an interval in SI units, and from SI units to print."""

from storymap.quantity.kinds import Dimension, Expectation, Interval, QuantityError, Unit
from storymap.quantity.phrases import Phrase, find_measures
from storymap.quantity.reading import read_duration, read_expect, read_quote, read_speed
from storymap.quantity.showing import show_interval, show_quantity, show_range, show_uncertainty
from storymap.quantity.units import sensible_unit

__all__ = [
    "Dimension",
    "Expectation",
    "Interval",
    "Phrase",
    "QuantityError",
    "Unit",
    "find_measures",
    "read_duration",
    "read_expect",
    "read_quote",
    "read_speed",
    "sensible_unit",
    "show_interval",
    "show_quantity",
    "show_range",
    "show_uncertainty",
]
