"""Words that measure or count and set no limit: "a few hours", "hundreds of kilometres", "several towns"."""

from __future__ import annotations

from storymap.quantity.amounts import unit_at
from storymap.quantity.hint_words import VAGUE
from storymap.quantity.kinds import Dimension
from storymap.quantity.numerals import numeral_at
from storymap.quantity.tokens import Token, tokens_of, word_at

_GOING_ON = VAGUE | {"hundred", "thousand", "million", "billion", "dozen", "score", "of"}
_NO_NOUNS = frozenset("as than more less fewer of a an the and or to in on at is are was were".split())


def vague_words(text: str, dimension: Dimension) -> str:
    """Return the first words that measure (or count) and set no limit; "" if there are none."""
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        if tokens[at].text not in VAGUE:
            at += 1
            continue
        thing = at + 1
        while word_at(tokens, thing) in _GOING_ON:  # tens of thousands of hectares
            thing += 1
        end = _end_of_noun(tokens, thing) if dimension == "count" else _end_of_unit(tokens, thing, dimension)
        if end is not None:
            start = at - 1 if word_at(tokens, at - 1) == "a" else at
            return text[tokens[start].start : tokens[end - 1].end]
        at = thing
    return ""


def _end_of_unit(tokens: list[Token], at: int, dimension: Dimension) -> int | None:
    unit = unit_at(tokens, at)
    return unit[1] if unit is not None and unit[0].dimension == dimension else None


def _end_of_noun(tokens: list[Token], at: int) -> int | None:
    if at >= len(tokens):  # "a few" and no more
        return at
    if tokens[at].kind != "word" or tokens[at].text in _NO_NOUNS:
        return None
    return None if unit_at(tokens, at) is not None or numeral_at(tokens, at) is not None else at + 1
