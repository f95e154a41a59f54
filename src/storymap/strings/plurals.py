"""Which plural category a number takes: Unicode CLDR's rules for the languages of our catalogues.

Rules: CLDR 47, supplemental/plurals.xml, for numbers written out in digits (the operand e, for compact forms, is 0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operands:
    """CLDR's operands of a written number: its value `n`, its whole part `i`, and how many decimals `v` are seen."""

    n: float
    i: int
    v: int


def operands(plain: str) -> Operands | None:
    """Return the operands of a number in plain form ("−1,234.50"), its sign left out; None for what is no number."""
    text = plain.lstrip("−+-").replace(",", "")
    whole, _, decimals = text.partition(".")
    if not (whole.isascii() and whole.isdecimal()):
        return None
    return Operands(float(text), int(whole), len(decimals))


def _english(x: Operands) -> str:
    return "one" if x.i == 1 and x.v == 0 else "other"


def _french(x: Operands) -> str:
    return "one" if x.i in (0, 1) else _millions(x)


def _spanish(x: Operands) -> str:
    return "one" if x.n == 1 else _millions(x)


def _millions(x: Operands) -> str:
    return "many" if x.i != 0 and x.i % 1_000_000 == 0 and x.v == 0 else "other"


def _russian(x: Operands) -> str:
    if x.v:
        return "other"
    if x.i % 10 == 1 and x.i % 100 != 11:
        return "one"
    return "few" if x.i % 10 in (2, 3, 4) and x.i % 100 not in (12, 13, 14) else "many"


def _arabic(x: Operands) -> str:
    if x.n in (0, 1, 2):
        return ("zero", "one", "two")[int(x.n)]
    if x.n != x.i:
        return "other"
    return "few" if 3 <= x.i % 100 <= 10 else "many" if x.i % 100 >= 11 else "other"


def _none(_: Operands) -> str:
    return "other"


_RULES: dict[str, tuple[Callable[[Operands], str], tuple[str, ...]]] = {
    "en": (_english, ("one", "other")),
    "fr": (_french, ("one", "many", "other")),
    "es": (_spanish, ("one", "many", "other")),
    "ru": (_russian, ("one", "few", "many", "other")),
    "ar": (_arabic, ("zero", "one", "two", "few", "many", "other")),
    "ko": (_none, ("other",)),
    "zh": (_none, ("other",)),
}


def categories(language: str) -> tuple[str, ...]:
    """Return the plural categories of a catalogue's language, in CLDR's order."""
    return _RULES[language][1]


def plural(language: str, plain: str) -> str:
    """Return the category of a number in plain form; "other" for what is no number, such as ∞."""
    found = operands(plain)
    return _RULES[language][0](found) if found else "other"
