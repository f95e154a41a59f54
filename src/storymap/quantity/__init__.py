"""Quantities in people's words: from a phrase to an interval in SI units, and from SI units to print."""

from storymap.quantity.checkable import find_measures
from storymap.quantity.directions import turn_towards, wind_of
from storymap.quantity.forms import Forms, NumberForms, Numeral
from storymap.quantity.kinds import Dimension, Expectation, Interval, QuantityError, Unit
from storymap.quantity.phrases import Phrase
from storymap.quantity.printing import Figures, figures
from storymap.quantity.reading import read_duration, read_expect, read_length, read_quote, read_speed
from storymap.quantity.showing import (
    fineness,
    show_interval,
    show_margin,
    show_quantity,
    show_range,
    show_spread,
    show_uncertainty,
)
from storymap.quantity.units import System, sensible_unit, unit_in

__all__ = [
    "Dimension",
    "Expectation",
    "Figures",
    "Forms",
    "Interval",
    "NumberForms",
    "Numeral",
    "Phrase",
    "QuantityError",
    "System",
    "Unit",
    "figures",
    "find_measures",
    "fineness",
    "read_duration",
    "read_expect",
    "read_length",
    "read_quote",
    "read_speed",
    "sensible_unit",
    "show_interval",
    "show_margin",
    "show_quantity",
    "show_range",
    "show_spread",
    "show_uncertainty",
    "turn_towards",
    "unit_in",
    "wind_of",
]
