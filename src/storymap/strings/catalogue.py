"""One catalogue a language: `xx.json` holds sections of key → sentence, in plural forms where a number decides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import TypeVar

from storymap.quantity import Forms, NumberForms, Numeral
from storymap.strings.cldr import direction, locale
from storymap.strings.plurals import plural

T = TypeVar("T")

TERMINAL = ("report", "ruler")
"""Sections that only a terminal sees: they are in English alone."""

BY_CLDR = ("unit",)
"""Sections that other languages have from CLDR. English has its own, as its long and short names stand side by side."""

_ISOLATE, _END = "\u2068", "\u2069"  # what stands between them has a direction of its own (UAX #9)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language. `say("section.key", name=…)` fills in `{name}`.

    Numbers are filled in as the language writes them; the one that is called `count` chooses the plural form.
    In languages written from right to left each value is isolated, so that it does not reorder what stands beside it.
    """

    language: str
    sentences: Mapping[str, Forms]
    numbers: NumberForms = field(compare=False)

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return direction(self.language) == "rtl"

    def say(self, key: str, /, **values: str | int | Numeral) -> str:
        """Return the sentence of `key` with `values` filled in; an unknown key or value is a KeyError."""
        sentence = self._form(key, values)
        return sentence.format_map({name: self._isolated(self._shown(value)) for name, value in values.items()})

    def parts(self, key: str, /, **values: str | T) -> list[str | T]:
        """Return the sentence of `key` in pieces: its own words, and `values` where they are filled in."""
        found: list[str | T] = []
        for text, name, _, _ in Formatter().parse(self._form(key, {})):
            found += [text] if text else []
            if name:
                found += [_ISOLATE, values[name], _END] if self.rtl else [values[name]]
        return found

    def section(self, name: str) -> Mapping[str, str]:
        """Return the sentences of one section that have one form, by their keys in it."""
        return _texts(self.sentences, name)

    def number(self, number: float | str) -> str:
        """Return a number as the language writes it: a text in plain form ("−1,234.50"), or one with all its digits."""
        return self._isolated(self._plain(number))

    def date(self, day: date) -> str:
        """Return a date in words: "25 April 2019", "2019년 4월 25일"."""
        here = locale(self.language)
        first = self.language == "fr" and day.day == 1  # CLDR has no ordinals
        return here.date.format(day="1er" if first else day.day, month=here.months[day.month - 1], year=day.year)

    def listed(self, items: Iterable[str]) -> str:
        """Return a list in words: "A, B and C"; "" for none."""
        first, *rest = [*map(self._isolated, items)] or [""]
        two, start, middle, end = locale(self.language).listed
        if len(rest) < 2:
            return two.format(first, rest[0]) if rest else first
        said = start.format(first, rest[0])
        for item in rest[1:-1]:
            said = middle.format(said, item)
        return end.format(said, rest[-1])

    def together(self, sentences: Iterable[str]) -> str:
        """Return sentences one after the other: Chinese leaves no space between them."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def _form(self, key: str, values: Mapping[str, str | int | Numeral]) -> str:
        forms = self.sentences[key]
        if isinstance(forms, str):
            return forms
        count = values["count"]
        category = plural(self.language, count.text if isinstance(count, Numeral) else str(count))
        return forms.get(category, forms["other"])  # a sentence that is not translated yet has the English forms

    def _shown(self, value: str | int | Numeral) -> str:
        if isinstance(value, Numeral):
            return self._plain(value.text)
        return self._plain(value) if isinstance(value, int) else value

    def _plain(self, number: float | str) -> str:
        return self.numbers.number(number if isinstance(number, str) else f"{number:,}".replace("-", "−"))

    def _isolated(self, value: str) -> str:
        return f"{_ISOLATE}{value}{_END}" if self.rtl and value else value


def catalogue(language: str = "en") -> Catalogue:
    """Return the catalogue of a language (a BCP 47 tag), English where we ship none."""
    return _catalogue(shelved_as(language))


def shelved_as(language: str) -> str:
    """Return which catalogue a language tag gets: ko-KR → ko, zh-CN → zh; zh-Hant, zh-TW and all unknown ones → en."""
    name, *rest = language.lower().split("-")
    # Readers of traditional characters are not served with simplified ones.
    traditional = name == "zh" and "hans" not in rest and not {"hant", "tw", "hk", "mo"}.isdisjoint(rest)
    shelf = files(__package__)
    known = name.isascii() and name.isalpha() and len(name) < 4 and shelf.joinpath(f"{name}.json").is_file()
    return name if known and not traditional else "en"


@cache
def _catalogue(name: str) -> Catalogue:
    sentences = _read("en") if name == "en" else {**_read("en"), **_read(name)}
    return Catalogue(name, sentences, number_forms(name, sentences))


def number_forms(name: str, sentences: Mapping[str, Forms] = MappingProxyType({})) -> NumberForms:
    """Return how a catalogue's language writes quantities, with its own sentences for intervals."""
    here = locale(name)
    return NumberForms(
        _texts(sentences, "quantity"),
        _forms(sentences, "unit") if name == "en" else here.units,
        lambda plain: plural(name, plain),
        here.per,
        here.decimal,
        here.group,
        here.minus,
        here.plus,
        here.least_grouped,
    )


def _read(name: str) -> dict[str, Forms]:
    sections = json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, entries in sections.items() for key, text in entries.items()}


def _forms(sentences: Mapping[str, Forms], section: str) -> dict[str, Forms]:
    start = f"{section}."
    return {key.removeprefix(start): forms for key, forms in sentences.items() if key.startswith(start)}


def _texts(sentences: Mapping[str, Forms], section: str) -> dict[str, str]:
    return {key: forms for key, forms in _forms(sentences, section).items() if isinstance(forms, str)}
