"""Figures with the digits that their uncertainty carries, in the units that reporters need."""

from __future__ import annotations

import math

from storymap.quantity import Unit, sensible_unit, show_quantity, show_range, show_spread, show_uncertainty
from storymap.quantity.units import UNITS
from storymap.ruler.measuring import Figure
from storymap.strings import Catalogue
from storymap.wording import fineness_of, reach_of

_DIGITS_UNKNOWN = 4
_ASYMMETRIC = 0.05  # of the uncertainty: below it both sides are printed alike
_OTHERS = {"km": ("miles", "nautical miles"), "m": ("feet",), "km²": ("square miles",), "m²": ("acres",)}


def in_other_units(figure: Figure, words: Catalogue) -> list[str]:
    """Return a figure in its metric unit and then in miles and the like: "127.5 km ± 0.3 km"."""
    metric = sensible_unit(figure.measured.dimension, figure.measured.value)
    # "nautical miles" holds a space that does not break on a page; at a terminal it would only be hard to search for.
    return [
        _shown(figure, unit, words).replace("\u00a0", " ")
        for unit in (metric, *(UNITS[name] for name in _OTHERS[metric.symbol]))
    ]


def in_unit(value_si: float, unit: Unit, words: Catalogue) -> str:
    """Return an uncertainty alone, in the digits in which uncertainties are shown: "100 m"."""
    return show_uncertainty(value_si, unit, words.numbers).removeprefix("± ")


def shown_reach(figure: Figure, words: Catalogue) -> str:
    """Return the interval of a figure that reaches further to one side than to the other, else ""."""
    measured = figure.measured
    down, up = reach_of(measured)
    if abs(up - down) <= _ASYMMETRIC * max(up, down):
        return ""
    unit = sensible_unit(measured.dimension, measured.value)
    reach = show_range(measured.low, measured.high, unit, fineness_of(measured), words.numbers)
    return words.say("ruler.reach", interval=reach)


def _shown(figure: Figure, unit: Unit, words: Catalogue) -> str:
    how, value = words.numbers, figure.measured.value
    if figure.known:
        number = show_quantity(value, fineness_of(figure.measured), unit, how)
        return f"{number} {show_spread(*reach_of(figure.measured), unit, how)}"
    size = value / unit.si
    last = 10.0 ** (math.floor(math.log10(abs(size))) + 1 - _DIGITS_UNKNOWN) if size else 1.0
    return words.say("ruler.unknown", value=show_quantity(value, last * unit.si, unit, how))
