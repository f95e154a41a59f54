"""How one language writes numbers, ranges and units. What rounds and compares knows one plain form alone.

That plain form is English: "," between thousands, "." before decimals, "−" before what is below zero. It turns into a
language's own at the last moment, when a number gets its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")

Forms = str | Mapping[str, str]
"""One pattern, or one for each plural category of the language."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """Numbers in plain form ("1,234.5", "43.0640°, 131.9090°"), which each language shows its own way."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberForms:
    """A language's signs, its sentences for intervals, and its units.

    `units` go by symbol and `per` by that of the second of two units; their patterns hold `{count}`. `least_grouped` is
    how many digits must stand before the first sign between thousands. `plural` names the category of a plain number.
    """

    sentences: Mapping[str, str]
    units: Mapping[str, Forms]
    plural: Callable[[str], str]
    per: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    group: str = ","
    minus: str = "−"
    plus: str = "+"
    least_grouped: int = 1

    def number(self, plain: str) -> str:
        """Return a text with the numbers in it as this language writes them."""
        return _NUMBER.sub(lambda found: self._number(found[0]), plain)

    def between(self, low: str, high: str) -> str:
        """Return two plain numbers as a range: "16.5–17.5", "−340 to 120"."""
        # A dash between signed numbers cannot be read.
        pattern = self.sentences["between-signed" if low.startswith("−") else "between"]
        return pattern.format(low=self.number(low), high=self.number(high))

    def with_unit(self, shown: str, symbol: str, category: str) -> str:
        """Return a number, or range, that is shown already, with its unit: "17 km", "1 day"."""
        if not symbol or symbol == "°":
            return shown + symbol
        return self._pattern(symbol, category).replace("{count}", shown)

    def category(self, low: str, high: str) -> str:
        """Return the plural category of a range between two plain numbers.

        It is that of its end (CLDR's plural ranges, https://cldr.unicode.org/index/cldr-spec/plural-rules), save in
        languages that know only one and many, where a range is never one.
        """
        end = self.plural(high)
        return "other" if low != high and end == "one" and self.plural("0") == "other" else end

    def _pattern(self, symbol: str, category: str) -> str:
        symbol = symbol.replace("\u00a0", " ")
        if symbol not in self.units and "/" in symbol:
            length, _, duration = symbol.partition("/")
            return self.per.get(duration, "{0}/" + duration).replace("{0}", self._pattern(length, category))
        forms = self.units.get(symbol, "{count} " + symbol)
        return forms if isinstance(forms, str) else forms.get(category) or forms["other"]

    def _number(self, plain: str) -> str:
        sign = {"−": self.minus, "+": self.plus}.get(plain[0], "")
        whole, point, decimals = plain.lstrip("−+").partition(".")
        few = len(whole.replace(",", "")) < self.least_grouped + 3
        whole = whole.replace(",", "" if few else self.group)
        return sign + whole + (self.decimal if point else "") + decimals
