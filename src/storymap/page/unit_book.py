"""The second numbers of a page: what each quantity is in the other units, as short as it can be said.

Every element whose words change with the reader's units is marked, and holds the story's own words. What the quantities
in them are in other units is one list, in the order of the page. client/units.js puts the words together by the same
rule; where that would not give the very words, they stand whole in an attribute of the element.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from storymap.page.units import SYSTEMS, Told
from storymap.quantity import System

# A number, or a range of two, and its unit (“square miles” are joined): the same as in client/units.js. What is not of
# this form is told whole.
PHRASE = re.compile(r"(\d(?:[\d.,\u202f–−+/~-]*\d)?)(\s?)((?:[^\W\d_]|/)+(?:\u00a0[^\W\d_]+)*)")
_BARE = re.compile(r"\d[\d.,\u202f–−+/~-]*")


@dataclass
class UnitBook:
    """Marks words as they are written into the page, in its order, and keeps a list for each system."""

    _units: dict[System, dict[str, str]] = field(default_factory=lambda: {system: {} for system in SYSTEMS})
    _told: dict[System, list[str]] = field(default_factory=lambda: {system: [] for system in SYSTEMS})

    def mark(self, told: Told) -> Markup:
        """Return the attributes of an element that holds these words and nothing else; none where nothing changes."""
        if not told.versions:
            return Markup("")
        marks = Markup(" data-u")
        for system in SYSTEMS:
            listed = self._listed(told.own, told.of(system), system)
            if read(told.own, listed, self._units[system]) != told.of(system):
                marks += Markup(' data-{}="{}"').format(system, told.of(system))
            self._told[system] += listed
        return marks

    def lists(self) -> dict[str, list[str]]:
        """Return for each system that differs what every quantity is in it, "" where it is the same.

        A unit that has a usual other one says so once, in front ("km=miles,m=ft"); such quantities are bare numbers.
        """
        differ = [system for system in SYSTEMS if any(self._told[system])]
        return {s: [",".join(f"{own}={unit}" for own, unit in self._units[s].items()), *self._told[s]] for s in differ}

    def _listed(self, own: str, other: str, system: System) -> list[str]:
        """Return what each quantity in some words is in a system; "" for all where more than quantities differ."""
        pairs = list(zip(PHRASE.finditer(own), PHRASE.finditer(other), strict=False))
        if PHRASE.sub("\0", own) != PHRASE.sub("\0", other):
            return [""] * len(PHRASE.findall(own))
        return [self._said(one, its, system) for one, its in pairs]

    def _said(self, own: re.Match[str], other: re.Match[str], system: System) -> str:
        if own[0] == other[0]:
            return ""
        usual = own[2] == other[2] and self._units[system].setdefault(own[3], other[3]) == other[3]
        return other[1] if usual else other[0]


def read(own: str, listed: list[str], units: Mapping[str, str]) -> str:
    """Return words with their quantities as a list tells them: what the client makes of them."""
    told = iter(listed)

    def said(found: re.Match[str]) -> str:
        other = next(told)
        return f"{other}{found[2]}{units[found[3]]}" if _BARE.fullmatch(other) else other or found[0]

    return PHRASE.sub(said, own)
