"""Words near a quantity that make it doubtful, though they are no part of it: "no village is …", "… shorter than"."""

from __future__ import annotations

from storymap.quantity.denials import Denials, denies
from storymap.quantity.hint_words import Hint
from storymap.quantity.hints import hint_after, match_before
from storymap.quantity.numerals import NUMBER_WORDS, numeral_at
from storymap.quantity.tokens import Token, glued, looks_like_a_year, word_at

Span = tuple[int, int]
"""The first of some tokens, and the one after the last."""

_FILLERS = frozenset(
    "say perhaps maybe possibly probably just only merely mere whopping paltry scant another further additional extra "
    "total impressive astonishing remarkable whole entire full solid easy , ( a an the of".split()
)
_ARTICLES = frozenset({"a", "an", "the", "of"})
_PLACINGS = frozenset("over under above below beyond inside within around about some outside near".split())
_STOPS = frozenset(", ; : . ( ) [ ] ! ?".split())
_LATER = 3  # words between a quantity and what compares it
_ALONE = frozenset("tops max maximum min minimum".split())
_FARTHEST = 4  # words between a comparator, or a "twice", and its number
_MULTIPLES = frozenset("twice thrice double triple quadruple half lots percent %".split())
_OFTEN = frozenset("many several some few".split())
_PARTS = frozenset("third quarter fifth tenth thirds quarters fifths tenths halves".split())
_COMPARED = frozenset(
    "shorter longer closer nearer wider narrower higher lower taller deeper larger smaller bigger greater fewer less "
    "more slower faster quicker sooner".split()
)
_THAN = frozenset("further farther later earlier other rather".split())
_KEEP_APART = frozenset("separated divided parted spaced surrounded bordered bounded flanked followed preceded".split())
_DIFFERS = frozenset(
    "cut grew grow grows rose rise rises fell fall falls shrink shrinks shrank shrunk drop drops up down off over "
    "short differ differs exceed exceeds miss misses overshoot undershoot longer shorter wider".split()
)
_NOT_FAR = 7  # from a "not" to a number without a limit that it may deny
_CONNECTING = frozenset("and but which who where when until since because far".split())
_JOINED = frozenset({"or", "and", "nor", "but", ","})
_COMPARING = frozenset(
    "more less fewer than under over above below about least most equal exactly nearly within".split()
)
_ADVERBS = frozenset("perhaps maybe possibly even probably then".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_WITHIN = frozenset({"within", "inside"})
_NOBODY = frozenset("no none nobody nothing nowhere neither".split())
_FORWARD = 12  # words behind a limit among which a "nobody" is looked for


def doubt_of(tokens: list[Token], start: int, at: int, end: int, hint: Hint, denials: Denials) -> Span | None:
    """Return the tokens (first, after the last) that make a quantity doubtful, or None.

    Its words go from the token `start` up to `end`, its number begins at the token `at`, `hint` is how they mean it.
    """
    denied = denials.any[start]
    if hint == "bare" and denials.strong[start] < 0 and denied >= 0:  # "not built until 1951 and 5 km long"
        between = {token.text for token in tokens[denied + 1 : start]} if start - denied <= _NOT_FAR else _CONNECTING
        denied = -1 if between & _CONNECTING else denied
    if denied >= 0:
        return denied, denied + 1
    return _before(tokens, start, at) or _after(tokens, start, end, limited=hint != "bare")


def _before(tokens: list[Token], start: int, at: int) -> Span | None:
    held_off = _held_off(tokens, start) or (_far_off(tokens, start) if start == at else None)
    if held_off is not None:
        return held_off
    if start == at and word_at(tokens, start - 1) == "-" and glued(tokens, start) and not glued(tokens, start - 1):
        return start - 1, start  # −40 m
    joint = start - 1
    while word_at(tokens, joint) in _ADVERBS:
        joint -= 1
    if word_at(tokens, joint) == "," and _is_number(tokens, joint - 1):  # "about 5, perhaps 7 km"
        return joint - 1, start
    if word_at(tokens, start - 1) in _JOINED and word_at(tokens, start - 2) in _COMPARING:  # "more or less than 5 km"
        return start - 2, start
    if start == at and word_at(tokens, start - 1) == "as" and word_at(tokens, start - 3) == "as":  # "as near as 5 km"
        return start - 3, start
    if word_at(tokens, start - 1) == "by" and _is_change(word_at(tokens, start - 2)):
        return start - 2, start
    if word_at(tokens, start - 1) == "of" and start > 2 and _counts(tokens, start - 3):  # "six laps of 5 km"
        return start - 3, start
    return _multiple(tokens, start)


def _held_off(tokens: list[Token], start: int) -> Span | None:
    """Return the comparator that a few words hold off from the number: "less than, say, 5 km", "under a mere 5 km"."""
    at, seen = start, False
    while start - at <= _FARTHEST and word_at(tokens, at - 1) in _FILLERS:
        seen = seen or word_at(tokens, at - 1) not in _ARTICLES
        at -= 1
        found, first = match_before(tokens, at)
        if seen and found != "bare":
            return first, start
    return None


def _far_off(tokens: list[Token], start: int) -> Span | None:
    """Return a comparator some words before a number: "nearly the whole 5 km". "Over the last 5 km" says where."""
    for at in range(start - 1, max(start - 1 - _FARTHEST, 0), -1):
        if word_at(tokens, at) in _STOPS or numeral_at(tokens, at) is not None:
            return None
        found, first = match_before(tokens, at)
        single = at - first == 1
        if found not in ("bare", "unclear") and not (single and word_at(tokens, first) in _PLACINGS):
            return first, start
    return None


def _is_number(tokens: list[Token], at: int) -> bool:
    """Return whether a token ends a number that is no year, no day of a month, no minute of an hour."""
    before = word_at(tokens, at - 1)
    if at < 0 or looks_like_a_year(tokens, at) or before in _MONTHS or before == ":":  # at 12:01, about six hours later
        return False
    return tokens[at].kind in ("number", "glyph") or tokens[at].text in NUMBER_WORDS


def _is_change(word: str) -> bool:
    return (word.endswith("ed") and word not in _KEEP_APART) or word in _DIFFERS


def _counts(tokens: list[Token], at: int) -> bool:
    return _is_number(tokens, at) and tokens[at + 1].kind == "word" and tokens[at].text != "one"


def _multiple(tokens: list[Token], start: int) -> Span | None:
    """Return what multiplies or divides some words before a quantity: "twice the size of 20 ha", "twice-2 hours"."""
    for at in range(start - 1, max(start - 2 - _FARTHEST, -1), -1):
        word = tokens[at].text
        if word in _STOPS or tokens[at].kind == "number":
            return None
        part = word in _PARTS and word_at(tokens, at + 1) in ("the", "of", "as") and word_at(tokens, at - 1) != "the"
        often = word == "times" and (_is_number(tokens, at - 1) or word_at(tokens, at - 1) in _OFTEN)  # not The Times
        if word in _MULTIPLES or part or often:
            return at, at + 1
    return None


def _hint_later(tokens: list[Token], end: int) -> Span | None:
    """Return a comparator that comes a few words after a quantity: "5 km away at most", "5 km from it or more"."""
    for at in range(end, min(end + _LATER, len(tokens))):
        if tokens[at].kind != "word" or numeral_at(tokens, at) is not None:
            return None
        found, last = hint_after(tokens, at + 1)
        if found != "bare" and (last - at > 2 or word_at(tokens, at + 1) in _ALONE):
            return at + 1, last
    return None


def _after(tokens: list[Token], start: int, end: int, *, limited: bool) -> Span | None:
    next_word = word_at(tokens, end)
    if next_word in _COMPARED or (next_word in _THAN and word_at(tokens, end + 1) == "than"):
        return end, end + 1
    later = _hint_later(tokens, end)
    if later is not None:
        return later
    joint = end + (word_at(tokens, end) == ",")
    if word_at(tokens, joint) in ("and", "or", "to", "&"):  # "5 km and 7"
        number = numeral_at(tokens, joint + 1)
        last = number is not None and (number.end >= len(tokens) or word_at(tokens, number.end) in _STOPS)
        if number is not None and last and not looks_like_a_year(tokens, joint + 1):
            return joint, number.end
    for at in range(end, min(end + _FORWARD, len(tokens)) if limited else end):  # "within 5 km there is nothing"
        word = tokens[at].text
        if word in _STOPS:
            break
        if word in _NOBODY or (word_at(tokens, start) in _WITHIN and denies(word)):
            return at, at + 1
    return None
