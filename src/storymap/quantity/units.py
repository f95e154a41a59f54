"""The units that we read and print, with their exact SI size, and the words by which people call them.

Sizes: international yard and pound agreement of 1959 (foot 0.3048 m), nautical mile 1852 m (First
Extraordinary Hydrographic Conference, 1929), acre 43,560 square feet; a year is the mean Gregorian
365.2425 days and a month a twelfth of it.
"""

from __future__ import annotations

from typing import Literal

from storymap.quantity.kinds import Dimension, Unit

System = Literal["km", "miles"]
"""What readers count in: metric units, or miles, feet and acres."""

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
_YEAR_S = 365.2425 * _DAY_S
_MILE_M = 1609.344
_NAUTICAL_MILE_M = 1852.0

METRE = Unit("m", "length", 1.0)
KILOMETRE = Unit("km", "length", 1000.0)
SQUARE_METRE = Unit("m²", "area", 1.0)
SQUARE_KILOMETRE = Unit("km²", "area", 1e6)
MINUTE = Unit("min", "duration", 60.0)
HOUR = Unit("h", "duration", _HOUR_S)
DAY = Unit("days", "duration", _DAY_S)
KILOMETRE_PER_HOUR = Unit("km/h", "speed", 1000 / _HOUR_S)
ONE = Unit("", "count", 1.0)
DEGREE = Unit("°", "direction", 1.0)

_MILLIMETRE = Unit("mm", "length", 0.001)
_CENTIMETRE = Unit("cm", "length", 0.01)
_INCH = Unit("in", "length", 0.0254)
_FOOT = Unit("ft", "length", 0.3048)
_YARD = Unit("yd", "length", 0.9144)
_FATHOM = Unit("fathoms", "length", 6 * 0.3048)
_MILE = Unit("miles", "length", _MILE_M)
_FURLONG = Unit("furlongs", "length", _MILE_M / 8)
_NAUTICAL_MILE = Unit("nautical\u00a0miles", "length", _NAUTICAL_MILE_M)
_SQUARE_MILE = Unit("square\u00a0miles", "area", _MILE_M**2)
_SQUARE_FOOT = Unit("ft²", "area", 0.3048**2)
_SQUARE_YARD = Unit("yd²", "area", 0.9144**2)
_HECTARE = Unit("ha", "area", 1e4)
_ACRE = Unit("acres", "area", 43_560 * 0.3048**2)
_MILE_PER_HOUR = Unit("mph", "speed", _MILE_M / _HOUR_S)
_METRE_PER_SECOND = Unit("m/s", "speed", 1.0)
_KNOT = Unit("knots", "speed", _NAUTICAL_MILE_M / _HOUR_S)

_NAMES: dict[Unit, tuple[str, ...]] = {
    _MILLIMETRE: ("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    _CENTIMETRE: ("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    METRE: ("m", "metre", "metres", "meter", "meters"),
    KILOMETRE: ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    _INCH: ("inch", "inches"),
    _FOOT: ("ft", "foot", "feet"),
    _YARD: ("yd", "yds", "yard", "yards"),
    _MILE: ("mi", "mile", "miles", "statute mile", "statute miles", "land mile", "land miles"),
    _FATHOM: ("fathom", "fathoms"),
    _FURLONG: ("furlong", "furlongs"),
    _NAUTICAL_MILE: ("nmi", "nautical mile", "nautical miles", "sea mile", "sea miles"),
    SQUARE_METRE: ("m²", "m2", "sqm", "sq m", "square metre", "square metres", "square meter", "square meters"),
    _HECTARE: ("ha", "hectare", "hectares"),
    SQUARE_KILOMETRE: (
        *("km²", "km2", "sqkm", "sq km", "square km", "square kms"),
        *("square kilometre", "square kilometres", "square kilometer", "square kilometers"),
    ),
    _SQUARE_FOOT: ("ft²", "ft2", "sqft", "sq ft", "sq feet", "square foot", "square feet"),
    _SQUARE_YARD: ("yd²", "yd2", "sq yd", "sq yds", "square yard", "square yards"),
    _ACRE: ("acre", "acres"),
    _SQUARE_MILE: ("mi²", "mi2", "sq mi", "sq mile", "sq miles", "square mile", "square miles"),
    Unit("s", "duration", 1.0): ("s", "sec", "secs", "second", "seconds"),
    MINUTE: ("min", "mins", "minute", "minutes"),
    HOUR: ("h", "hr", "hrs", "hour", "hours"),
    DAY: ("day", "days"),
    Unit("weeks", "duration", 7 * _DAY_S): ("week", "weeks"),
    Unit("fortnights", "duration", 14 * _DAY_S): ("fortnight", "fortnights"),
    Unit("months", "duration", _YEAR_S / 12): ("month", "months"),
    Unit("years", "duration", _YEAR_S): ("year", "years"),
    Unit("decades", "duration", 10 * _YEAR_S): ("decade", "decades"),
    Unit("centuries", "duration", 100 * _YEAR_S): ("century", "centuries"),
    KILOMETRE_PER_HOUR: ("kmh", "kph", "kmph"),
    _MILE_PER_HOUR: ("mph",),
    _KNOT: ("knot", "knots", "kn", "kt", "kts"),
}

UNITS: dict[str, Unit] = {name: unit for unit, names in _NAMES.items() for name in names}
"""Lower-case name → unit. Names of two words are joined by one space."""

FIRST_WORDS: frozenset[str] = frozenset(name.split()[0] for name in UNITS if " " in name)
"""Words that begin a unit of two words: square, nautical, …"""

INCH = _INCH
"""Also written "in" and ″, which are only read after feet (5 ft 3 in, 5′3″)."""

FOOT = _FOOT
"""Also written ′, which is only read in 5′3″ and where no quotation can end."""

_SPEEDS: dict[tuple[str, str], Unit] = {
    ("km", "h"): KILOMETRE_PER_HOUR,
    ("miles", "h"): _MILE_PER_HOUR,
    ("m", "s"): _METRE_PER_SECOND,
}


def speed_unit(length: Unit, duration: Unit) -> Unit:
    """Return the unit of a length per a duration: "km" and "h" give km/h."""
    known = _SPEEDS.get((length.symbol, duration.symbol))
    return known or Unit(f"{length.symbol}/{duration.symbol}", "speed", length.si / duration.si)


def sensible_unit(dimension: Dimension, value_si: float, said: Unit | None = None) -> Unit:
    """Return the unit in which to show a value (SI) to readers: the one that was `said`, else one that suits its size.

    What was said in weeks, months or years is shown in days, since a month has no fixed length.
    """
    if said is not None:
        return DAY if said.dimension == "duration" and said.si > DAY.si else said
    size = abs(value_si)
    if dimension in ("length", "truth"):
        return METRE if size < KILOMETRE.si else KILOMETRE
    if dimension == "area":
        return SQUARE_METRE if size < 0.1 * SQUARE_KILOMETRE.si else SQUARE_KILOMETRE
    if dimension == "duration":
        if size <= 90 * MINUTE.si:
            return MINUTE
        return HOUR if size <= 3 * DAY.si else DAY
    if dimension == "direction":
        return DEGREE
    return KILOMETRE_PER_HOUR if dimension == "speed" else ONE


# Whoever counts in one system gets these units in place of the other's; a nautical mile is of neither.
_INSTEAD: dict[System, dict[Unit, Unit]] = {
    "km": {
        _INCH: _CENTIMETRE,
        _FOOT: METRE,
        _YARD: METRE,
        _FATHOM: METRE,
        _FURLONG: KILOMETRE,
        _MILE: KILOMETRE,
        _NAUTICAL_MILE: KILOMETRE,
        _SQUARE_FOOT: SQUARE_METRE,
        _SQUARE_YARD: SQUARE_METRE,
        _ACRE: _HECTARE,
        _SQUARE_MILE: SQUARE_KILOMETRE,
        _MILE_PER_HOUR: KILOMETRE_PER_HOUR,
        _KNOT: KILOMETRE_PER_HOUR,
    },
    "miles": {
        _MILLIMETRE: _INCH,
        _CENTIMETRE: _INCH,
        METRE: _FOOT,
        KILOMETRE: _MILE,
        _NAUTICAL_MILE: _MILE,
        SQUARE_METRE: _SQUARE_FOOT,
        _HECTARE: _ACRE,
        SQUARE_KILOMETRE: _SQUARE_MILE,
        KILOMETRE_PER_HOUR: _MILE_PER_HOUR,
        _METRE_PER_SECOND: _MILE_PER_HOUR,
        _KNOT: _MILE_PER_HOUR,
    },
}
_LENGTHS = {unit.symbol: unit for unit in _NAMES if unit.dimension == "length"}
_DURATIONS = {unit.symbol: unit for unit in _NAMES if unit.dimension == "duration"}


def unit_in(system: System, unit: Unit) -> Unit:
    """Return the unit in which a reader who counts in `system` gets what is told in `unit`: miles for km, feet for m.

    Units of neither system (hours, degrees) stay as they are.
    """
    known = _INSTEAD[system].get(unit)
    if known is not None or unit.dimension != "speed":
        return known or unit
    length, _, duration = unit.symbol.partition("/")
    if length not in _LENGTHS or duration not in _DURATIONS:
        return unit
    return speed_unit(unit_in(system, _LENGTHS[length]), _DURATIONS[duration])
