"""The words round a number that say how it is meant: comparators (a limit), hedges (more or less), denials."""

from __future__ import annotations

from storymap.quantity.denials import denies
from storymap.quantity.hint_words import AFTER, BEFORE, LAST, Hint
from storymap.quantity.numerals import numeral_at
from storymap.quantity.tokens import Token, word_at

_DENIED: dict[Hint, Hint] = {"under": "at-least", "at-most": "over", "over": "at-most", "at-least": "under"}
_SIDED = frozenset({*_DENIED, "well-under", "well-over", "just-under", "just-over"})
_REACH_OF_A_DENIAL = 3  # words between a "not" and the number that may still belong to it
_SPREADS = frozenset({("±",), ("+", "/", "-"), ("plus", "or", "minus"), ("give", "or", "take")})
_LIMITS = frozenset({"maximum", "max", "minimum", "limit"})  # "a maximum distance of 90 km"
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "this", "that", "these", "those"})
_PLACINGS = frozenset("over, under, above, below, beyond, inside, around, close to, north of, south of".split(", "))


def _table(phrases: dict[Hint, str]) -> dict[tuple[str, ...], Hint]:
    return {tuple(words.split()): hint for hint, listed in phrases.items() for words in listed.split(", ")}


_BEFORE_WORDS, _AFTER_WORDS, _LAST_WORDS = _table(BEFORE), _table(AFTER), _table(LAST)
_LONGEST = max(map(len, _BEFORE_WORDS))
_LONGEST_AFTER = max(map(len, _AFTER_WORDS))


def hint_before(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return (how the words before the token `at` mean it, the first token of those words)."""
    hint, start = match_before(tokens, at)
    if hint == "bare" and word_at(tokens, at - 1) in _ARTICLES:
        hint, start = _before_an_article(tokens, at - 1)
    before = word_at(tokens, start - 1)
    last = word_at(tokens, at - 1 - (word_at(tokens, at - 1) in _ARTICLES))  # "no more than the 5 km"
    if denies(before) or (before == "no" and hint != "bare" and last == "than"):
        return _DENIED.get(hint, "unclear"), start - 1
    if hint != "bare":
        outer, outer_start = match_before(tokens, start)
        if outer != "bare":  # "less than about"; "up to a maximum of" says the same twice
            denied = word_at(tokens, outer_start - 1) == "no" or denies(word_at(tokens, outer_start - 1))
            return ("unclear", outer_start - 1) if denied else (both(outer, hint), outer_start)
    for back in range(start - 1, max(start - 1 - _REACH_OF_A_DENIAL, -1), -1):
        word = word_at(tokens, back)
        if word in (",", ";", ".", ":", "(", "but"):
            break
        # "does not lie within", "the maximum range is": the author must say what is denied or limited
        if denies(word) or (hint == "bare" and word in _LIMITS):
            return "unclear", back
    return hint, start


def hint_after(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return (how the words from the token `at` on mean what stands before, the token after them)."""
    aside = word_at(tokens, at) in (",", "(")  # "5 km, at most."
    first = at + aside
    for size in range(_LONGEST_AFTER, 0, -1):
        words = tuple(token.text for token in tokens[first : first + size])
        end = first + len(words)
        last = end >= len(tokens) or tokens[end].kind not in ("word", "number", "glyph")
        hint = _AFTER_WORDS.get(words) or (_LAST_WORDS.get(words) if last else None)
        if hint is None or (aside and not last and words not in _SPREADS):
            continue
        if hint == "unclear":
            return hint, end
        if words == ("give", "or", "take") and not last:
            return "unclear", end
        if word_at(tokens, end) != "than" and numeral_at(tokens, end) is None:  # not "5 km, or more than 7"
            return hint, end
    return "bare", at


def further_limit(tokens: list[Token], at: int, hint: Hint) -> int | None:
    """Return the number of a limit that goes on from an amount with `hint`: "(over 80 km) but under 90", or None."""
    first = at + (word_at(tokens, at) == ",")
    joint = word_at(tokens, first)
    first += joint in ("but", "and", "or", "yet")
    if first == at or (hint not in _SIDED and joint != "or"):
        return None
    number = next((i for i in range(first + 1, first + 1 + _LONGEST) if numeral_at(tokens, i) is not None), None)
    if number is None:
        return None
    other, start = hint_before(tokens, number)
    return number if other in _SIDED and start == first else None


def match_before(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return (what the words right before a token make of a number, the first of them); "bare" where they are none."""
    for size in range(min(_LONGEST, at), 0, -1):  # longest first: "well over" before "over"
        hint = _BEFORE_WORDS.get(tuple(token.text for token in tokens[at - size : at]))
        minutes = size < at and word_at(tokens, at - size) == "min" and numeral_at(tokens, at - size - 1) is not None
        if hint is not None and not minutes:
            return hint, at - size
    return "bare", at


def _before_an_article(tokens: list[Token], article: int) -> tuple[Hint, int]:
    """Return the hint before "a" or "the": "within a 5 km radius". "Over the 5 km" may say where, so it is unclear."""
    hint, start = match_before(tokens, article)
    words = " ".join(token.text for token in tokens[start:article])
    return ("unclear" if words in _PLACINGS else hint), (start if hint != "bare" else article + 1)


def both(first: Hint, second: Hint) -> Hint:
    """Return the one hint of two, "unclear" where they differ ("less than about", "nearly … or more")."""
    if "bare" in (first, second) or first == second:
        return second if first == "bare" else first
    return "unclear"
