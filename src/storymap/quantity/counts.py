"""Counts: how many of something a text says there are, "three towns", "more than 20 villages", "a dozen"."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.quantity.denials import Denials, denials_in
from storymap.quantity.doubts import doubt_of
from storymap.quantity.hints import both, hint_after, hint_before
from storymap.quantity.numerals import Numeral, carried, numeral_at
from storymap.quantity.phrases import Phrase, phrases_in
from storymap.quantity.something_else import is_priced
from storymap.quantity.tokens import Token, glued, looks_like_a_year, past_dash, tokens_of, word_at
from storymap.quantity.units import ONE

_JOINTS, _JOINTS_AFTER_BETWEEN = ("to", "or", "-", ".."), ("and", "to", "-", "..")
_PARTS_OF_A_HUNDRED = frozenset({"%", "percent", "per", "°", "º", "degree", "degrees"})
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_NOT_COUNTED = frozenset("more less fewer further farther longer later other one way doubt matter".split())
_AFTER_A_DASH = frozenset({"odd", "ish", "plus"})
_SETS = frozenset("pair pairs couples groups sets clusters chains lots additional further extra other others".split())
_LESS = frozenset({"more", "fewer", "less"})
_ADDED = frozenset("another additional further extra other".split())
_NUMBERED = frozenset("no number nr route class room page chapter article section line bus highway road".split())


@dataclass(frozen=True, slots=True)
class _Range:
    low: Numeral
    high: Numeral


def counts_in(text: str) -> list[Phrase]:
    """Return every number of a text that counts something, in order; measures, dates, years and prices are none."""
    tokens = tokens_of(text)
    denials = denials_in(tokens)
    measured = [range(phrase.start, phrase.end) for phrase in phrases_in(text)]
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        while measured and tokens[at].start >= measured[0].stop:
            measured.pop(0)
        low = numeral_at(tokens, at) or _none_of(tokens, at)
        if low is None or (measured and tokens[at].start in measured[0]):
            at += 1
            continue
        counted = _range(tokens, at, low)
        if _counts(tokens, at, counted):
            found.append(_phrase(text, tokens, at, counted, denials))
        at = counted.high.end
    return found


def _none_of(tokens: list[Token], at: int) -> Numeral | None:
    """Return zero for the "no" of "no towns", but not of "no more than" or "no doubt"."""
    noun = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].text != "no" or noun is None or noun.kind != "word":
        return None
    return None if noun.text in _NOT_COUNTED or word_at(tokens, at + 2) == "than" else Numeral(0.0, 1.0, at + 1)


def _range(tokens: list[Token], at: int, low: Numeral) -> _Range:
    """Return "two or three", "20–30" or "between 20 and 30" at a token; else the one number, twice."""
    joints = _JOINTS_AFTER_BETWEEN if word_at(tokens, at - 1) == "between" else _JOINTS
    high = numeral_at(tokens, low.end + 1) if word_at(tokens, low.end) in joints else None
    if high is None or high.value <= low.value:
        return _Range(low, low)
    return _Range(carried(tokens, at, low, low.end + 1, high), high)


def _counts(tokens: list[Token], at: int, counted: _Range) -> bool:
    """Return whether a number that begins at a token counts: no date, year, ordinal, price, share or label."""
    end = counted.high.end
    before, after = word_at(tokens, at - 1), word_at(tokens, end)
    if glued(tokens, end) and tokens[end].kind == "word":  # 21st, 5pm
        return False
    if word_at(tokens, end) == "-" and glued(tokens, end + 1) and word_at(tokens, end + 1) not in _AFTER_A_DASH:
        return False  # five-storey houses
    if glued(tokens, at) and tokens[at - 1].kind == "word":  # A9
        return False
    if (before == ":" and glued(tokens, at)) or (after == ":" and glued(tokens, end + 1)):  # 12:01, 3:1
        return False
    if counted.low.value != int(counted.low.value):  # half of the towns
        return False
    year = looks_like_a_year(tokens, at) and (end == at + 1)
    dated = tokens[at].kind == "number" and (before in _MONTHS or after in _MONTHS)
    return not (year or dated or after in _PARTS_OF_A_HUNDRED or before in _NUMBERED or is_priced(tokens, at, end))


def _phrase(text: str, tokens: list[Token], at: int, counted: _Range, denials: Denials) -> Phrase:
    ranged = counted.low is not counted.high
    hint, start = hint_before(tokens, at - (ranged and word_at(tokens, at - 1) == "between"))
    if ranged and hint == "bare" and word_at(tokens, at - 1) == "between":
        start = at - 1
    after, end = hint_after(tokens, counted.high.end)
    if after == "bare":  # "20 villages or more"
        noun = past_dash(tokens, counted.high.end)
        after, last = hint_after(tokens, noun + 1)
        end = last if after != "bare" else end
    end -= word_at(tokens, end - 1) == "of"  # a score of
    low, high = counted.low, counted.high
    doubt = doubt_of(tokens, start, at, end, hint, denials) or _other_things(tokens, start, end)
    return Phrase(
        start=tokens[start].start,
        end=tokens[end - 1].end,
        words=text[tokens[start].start : tokens[end - 1].end],
        dimension="count",
        unit=ONE,
        hint=both(hint, after),
        low=low.value,
        high=high.value,
        half_low=low.half_width,
        half_high=high.half_width,
        clear=low.clear and high.clear,
        doubt="" if doubt is None else text[tokens[doubt[0]].start : tokens[doubt[1] - 1].end],
    )


def _other_things(tokens: list[Token], start: int, end: int) -> tuple[int, int] | None:
    """Return the words that make a number one of pairs, or of what is added: "three pairs of", "another three"."""
    if word_at(tokens, end) in _SETS:
        return end, end + 1
    further = end + 1 + (word_at(tokens, end + 2) == "than")
    if word_at(tokens, end + 1) in _LESS and numeral_at(tokens, further + 1) is None:  # "three towns more than"
        return end + 1, end + 2
    return (start - 1, start) if word_at(tokens, start - 1) in _ADDED else None
