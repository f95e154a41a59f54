"""What Unicode CLDR says of languages: cldr.json, written by tools/make_cldr_table.py (LICENSE-cldr.txt)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from storymap.quantity import Forms

_RTL_SCRIPTS = frozenset(("arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand", "samr"))


@dataclass(frozen=True, slots=True)
class Locale:
    """How a language writes numbers, dates, lists and units.

    `date` holds {day}, {month} and {year}, `months` are in the form that a date needs, `listed` are the patterns of
    two, start, middle and end.
    """

    decimal: str
    group: str
    least_grouped: int
    minus: str
    plus: str
    date: str
    months: tuple[str, ...]
    listed: tuple[str, str, str, str]
    units: Mapping[str, Forms]
    per: Mapping[str, str]


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files(__package__).joinpath("cldr.json").read_text(encoding="utf-8"))
    return table


@cache
def locale(language: str) -> Locale:
    """Return what CLDR says of a catalogue's language."""
    entry = _table()["locales"][language]
    return Locale(**{**entry, "months": tuple(entry["months"]), "listed": tuple(entry["listed"])})


def own_name(tag: str) -> str:
    """Return what a language calls itself ("한국어", "简体中文"); the tag itself where CLDR does not say."""
    names: Mapping[str, str] = _table()["names"]
    parts = tag.replace("_", "-").split("-")
    tries = ("-".join(parts[:length]).lower() for length in range(len(parts), 0, -1))
    return next((names[one] for one in tries if one in names), tag)


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return in which direction a language is written, by its script where the tag names one."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    rtl = script in _RTL_SCRIPTS if script else language in _table()["rtl"]
    return "rtl" if rtl else "ltr"
