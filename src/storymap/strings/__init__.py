"""Every word that a reader sees, one catalogue a language: `en.json` holds sections of key → sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language. `say("section.key", name=…)` fills in `{name}`."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, /, **values: str) -> str:
        """Return the sentence of `key` with `values` filled in; an unknown key or value is a KeyError."""
        return self.sentences[key].format_map(values)

    def parts(self, key: str, /, **values: str | T) -> list[str | T]:
        """Return the sentence of `key` in pieces: its own words, and `values` where they are filled in."""
        found: list[str | T] = []
        for text, name, _, _ in Formatter().parse(self.sentences[key]):
            found += [text] if text else []
            found += [values[name]] if name else []
        return found

    def section(self, name: str) -> Mapping[str, str]:
        """Return the sentences of one section, by their keys in it."""
        start = f"{name}."
        return {key.removeprefix(start): text for key, text in self.sentences.items() if key.startswith(start)}


@cache
def catalogue(language: str = "en") -> Catalogue:
    """Return the catalogue of a language (a BCP 47 tag that we ship; English for all others, for now)."""
    shelf = files(__package__)
    name = language.split("-", maxsplit=1)[0].lower()
    if not (name.isalpha() and shelf.joinpath(f"{name}.json").is_file()):
        name = "en"
    sections = json.loads(shelf.joinpath(f"{name}.json").read_text(encoding="utf-8"))
    flat = {f"{section}.{key}": text for section, entries in sections.items() for key, text in entries.items()}
    return Catalogue(name, flat)
