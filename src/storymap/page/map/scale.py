"""The words of a scale bar in the language of a page: those of a static map, and those that Leaflet's bar is given."""

from __future__ import annotations

from storymap.quantity import NumberForms

_OURS = {"mi": "miles"}  # by which name CLDR's table has what a map in English says short
_MOST = {"m": 500, "km": 5_000, "ft": 5_000, "mi": 5_000}  # that a bar can come to, by unit


def length_said(count: int, unit: str, forms: NumberForms | None) -> str:
    """Return a length as a scale bar has it; None says it as in English.

    Thousands are not parted: languages do that in different ways, and Leaflet's bar does not.
    """
    plain = f"{count} {unit}"
    if forms is None or not forms.units.keys() & _MOST.keys():
        return plain
    return forms.with_unit(str(count), _OURS.get(unit, unit), forms.plural(str(count)))


def all_said(forms: NumberForms) -> str:
    """Return what Leaflet's bar may say and what to say for that where it differs: "5 km=5 км|10 km=10 км"."""
    rounds = [digit * 10**zeros for zeros in range(4) for digit in (1, 2, 3, 5)]
    lengths = [(count, unit) for unit, most in _MOST.items() for count in rounds if count <= most]
    pairs = ((f"{count} {unit}", length_said(count, unit, forms)) for count, unit in lengths)
    return "|".join(f"{plain}={said}" for plain, said in pairs if said != plain)
