"""The words round a number that say how it is meant: comparators (a limit), hedges (more or less), denials."""

from __future__ import annotations

from typing import Literal

from storymap.quantity.numerals import Token, numeral_at, word_at

Hint = Literal[
    "bare",
    "exactly",
    "about",
    "nearly",
    "just-under",
    "just-over",
    "under",
    "at-most",
    "over",
    "at-least",
    "well-under",
    "well-over",
    "unclear",
]

_BEFORE: dict[Hint, str] = {
    "under": "less than, fewer than, under, below, shorter than, smaller than, closer than, nearer than, lower than",
    "at-most": "at most, at the most, within, up to, no more than, not more than, no further than, no farther than, "
    "no longer than, no larger than, no bigger than, a maximum of, maximum of, as much as",
    "over": "more than, over, above, greater than, longer than, larger than, bigger than, further than, farther than, "
    "in excess of, upwards of, exceeding, beyond",
    "at-least": "at least, at the least, no less than, not less than, no fewer than, not fewer than, no shorter than, "
    "no smaller than, no closer than, no nearer than, a minimum of, minimum of",
    "well-under": "well under, well below, far less than, much less than, considerably less than",
    "well-over": "well over, well above, far more than, much more than, considerably more than",
    "about": "about, around, roughly, approximately, approx, approx ., some, circa, c ., ca ., ~, ≈, close to, "
    "more or less, in the region of, of the order of, on the order of, in the neighbourhood of",
    "nearly": "nearly, almost, approaching",
    "just-under": "just under, just below, just less than, slightly less than, a little less than, "
    "a little under, slightly under, just short of, a little short of",
    "just-over": "just over, just above, just more than, slightly more than, slightly over, a little over, "
    "a little more than",
    "exactly": "exactly, precisely",
    "unclear": "barely, hardly, scarcely, a good, nowhere near, as little as, as far as",
}
_AFTER: dict[Hint, str] = {
    "at-most": "or less, or fewer, at most, at the most, or under, maximum",
    "at-least": "or more, or longer, or over, at least, at the least, - plus, +, minimum",
    "about": "or so, or thereabouts, more or less, approximately, - odd",
}
_DENIED: dict[Hint, Hint] = {"under": "at-least", "at-most": "over", "over": "at-most", "at-least": "under"}
_DENIALS = frozenset({"not", "never", "neither", "nor", "without"})
_REACH_OF_A_DENIAL = 3  # words between a "not" and the number that may still belong to it
SUPERLATIVES = frozenset(
    {
        "longest",
        "shortest",
        "largest",
        "biggest",
        "smallest",
        "highest",
        "lowest",
        "widest",
        "narrowest",
        "deepest",
        "tallest",
        "fastest",
        "slowest",
        "oldest",
        "youngest",
        "newest",
        "greatest",
        "heaviest",
        "busiest",
        "southernmost",
        "northernmost",
        "westernmost",
        "easternmost",
    }
)
VAGUE = frozenset({"few", "several", "many", "couple", "dozens", "scores", "hundreds", "thousands", "some", "numerous"})


def _table(phrases: dict[Hint, str]) -> dict[tuple[str, ...], Hint]:
    return {tuple(words.split()): hint for hint, listed in phrases.items() for words in listed.split(", ")}


_BEFORE_WORDS, _AFTER_WORDS = _table(_BEFORE), _table(_AFTER)
_LONGEST = max(map(len, _BEFORE_WORDS))
_LONGEST_AFTER = max(map(len, _AFTER_WORDS))


def hint_before(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return (how the words before the token `at` mean it, the first token of those words)."""
    hint, start = _match_before(tokens, at)
    if _denies(word_at(tokens, start - 1)):
        return _DENIED.get(hint, "unclear"), start - 1
    if hint != "bare":
        outer, outer_start = _match_before(tokens, start)
        if outer != "bare":  # "less than about"
            return "unclear", outer_start
    for back in range(start - 1, max(start - 1 - _REACH_OF_A_DENIAL, -1), -1):
        word = word_at(tokens, back)
        if word in (",", ";", ".", ":", "but"):
            break
        if _denies(word):  # "does not lie within": the author must say what is denied
            return "unclear", back
    return hint, start


def hint_after(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return (how the words from the token `at` on mean what stands before, the token after them)."""
    for size in range(_LONGEST_AFTER, 0, -1):
        words = tuple(token.text for token in tokens[at : at + size])
        end = at + len(words)
        goes_on = word_at(tokens, end) == "than" or numeral_at(tokens, end) is not None  # "5 km, or more than 7"
        if words in _AFTER_WORDS and not goes_on:
            return _AFTER_WORDS[words], end
    return "bare", at


def _match_before(tokens: list[Token], at: int) -> tuple[Hint, int]:
    for size in range(min(_LONGEST, at), 0, -1):  # longest first: "no more than" before "more than"
        hint = _BEFORE_WORDS.get(tuple(token.text for token in tokens[at - size : at]))
        if hint is not None:
            return hint, at - size
    return "bare", at


def both(first: Hint, second: Hint) -> Hint:
    """Return the one hint of two, "unclear" where they differ ("less than about", "nearly … or more")."""
    if "bare" in (first, second) or first == second:
        return second if first == "bare" else first
    return "unclear"


def _denies(word: str) -> bool:
    return word in _DENIALS or word.endswith("n't")
