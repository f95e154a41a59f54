"""In which languages a page speaks: the story's own, that of our words, and where the story stands in others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from storymap.editions import Edition
from storymap.strings import direction, own_name


@dataclass(frozen=True, slots=True)
class Other:
    """The story in a language: `name` is what the language calls itself, `attributes` those of a text in it."""

    language: str
    name: str
    address: str
    attributes: Markup
    here: bool
    original: bool


def others(editions: Sequence[Edition]) -> list[Other]:
    """Return the editions of a story for its templates, this page with the address by which it finds itself."""
    return [
        Other(
            one.language,
            own_name(one.language),
            one.address or "index.html",
            attributes(one.language),
            not one.address,
            one.original,
        )
        for one in editions
    ]


def attributes(language: str, around: str = "") -> Markup:
    """Return the attributes of a text in a language; its direction where what stands `around` it has the other one."""
    said = Markup(' lang="{}"').format(language)
    turned = direction(language) != direction(around)
    return said + Markup(' dir="{}"').format(direction(language)) if turned else said
