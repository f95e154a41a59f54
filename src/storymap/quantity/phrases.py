"""Phrases that measure: where in a text a number stands with a unit, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.quantity.amounts import Amount, amount_at, unit_at
from storymap.quantity.denials import Denials, denials_in
from storymap.quantity.doubts import doubt_of
from storymap.quantity.hint_words import Hint
from storymap.quantity.hints import both, further_limit, hint_after, hint_before
from storymap.quantity.kinds import Dimension, Unit
from storymap.quantity.numerals import NUMBER_WORDS, numeral_at
from storymap.quantity.something_else import is_something_else
from storymap.quantity.tokens import Token, glued, looks_like_a_year, past_dash, tokens_of, word_at

_SEPARATORS = frozenset("'’:;._·˙")  # between the digits of one number, as some write it
_LEADING = frozenset(
    {"and", "or", "to", "-", "..", "but", "yet", "by", "&", "in"}
)  # between a number and what goes on from it
_GOING_ON = frozenset("m h hr hrs hour hours".split())
_SHORTENED = frozenset("m km ft yd mi hr hrs h min mins sec ha".split())
_PARTS = frozenset({"half", "third", "quarter", "thirds", "quarters"})  # "a third to a half mile"
_TIMES = frozenset({"x", "×", "*"})
_ADVERBS = frozenset({"even", "perhaps", "maybe", "possibly"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a text that measures something: `text[start:end]`.

    `low` and `high` are SI values, equal unless it is a range; `half_low`, `half_high` are their half-widths.
    `clear` is False where the number could be read in two ways; `article` is True for "a mile", "an hour";
    `apart` where the same in another unit follows and does not agree: "150 km (83 miles)". `doubt` are words elsewhere
    in the clause that may change what it says: "no village is".
    """

    start: int
    end: int
    words: str
    dimension: Dimension
    unit: Unit
    hint: Hint
    low: float
    high: float
    half_low: float
    half_high: float
    clear: bool = True
    article: bool = False
    apart: bool = False
    doubt: str = ""


def phrases_in(text: str) -> list[Phrase]:
    """Return every phrase of a text that measures something, in order; prices, ages and rates are none."""
    tokens = tokens_of(text)
    denials = denials_in(tokens)
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        amount = amount_at(tokens, at)
        if amount is None:
            numeral = numeral_at(tokens, at)
            at = numeral.end if numeral is not None else at + 1
            continue
        if not is_something_else(tokens, at, amount):
            found.append(_phrase(text, tokens, at, amount, denials))
        at = amount.end
    return found


def _past_bare_number(tokens: list[Token], end: int, hint: Hint) -> int:
    """Return the token after a number without a unit that goes on from an amount ("80 km to 90"), else `end`."""
    joint = word_at(tokens, end)
    joined = joint in ("to", "or", "..") or (joint == "-" and glued(tokens, end))
    joined = joined or (joint == "by" and not looks_like_a_year(tokens, end + 1))  # "5’ by 6’", not "5 km by 2029"
    number: int | None = end if glued(tokens, end) or _goes_on(tokens, end) else end + 1 if joined else None
    if number is None or numeral_at(tokens, number) is None:
        number = further_limit(tokens, end, hint)
    numeral = numeral_at(tokens, number) if number is not None else None
    if numeral is None or unit_at(tokens, past_dash(tokens, numeral.end)) is not None:
        return end
    return numeral.end


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Return whether a token is the centimetres of "1 m 80" or the minutes of "1 hr 20 from London"."""
    number = word_at(tokens, at)
    last = at + 1 >= len(tokens)
    return (
        word_at(tokens, at - 1) in _GOING_ON
        and number.isdecimal()
        and (len(number) == 2 or (len(number) == 1 and last))
    )


def _phrase(text: str, tokens: list[Token], at: int, amount: Amount, denials: Denials) -> Phrase:
    ranged = amount.low is not amount.high
    between = ranged and word_at(tokens, at - 1) in ("between", "from")
    hint, start = hint_before(tokens, at - between)
    after, end = _hint_after(tokens, amount.end)
    if ranged and word_at(tokens, at - 1) == "from" and hint == "bare":
        start = at
    hint = both(both(hint, amount.hint), after)
    further = _past_bare_number(tokens, end, hint)
    if further > end:
        hint, end = "unclear", further
    lead, end_of = _lead(tokens, start, amount), tokens[end - 1].end
    doubt = doubt_of(tokens, lead - (between and start == at), at - between, end, hint, denials)
    low_si, high_si = amount.low_unit.si, amount.unit.si
    return Phrase(
        start=tokens[lead].start,
        end=end_of,
        words=text[tokens[lead].start : end_of],
        dimension=amount.unit.dimension,
        unit=amount.unit,
        hint=hint,
        low=amount.low.value * low_si,
        high=amount.high.value * high_si,
        half_low=amount.low.half_width * low_si,
        half_high=amount.high.half_width * high_si,
        clear=amount.clear and lead == start,
        article=amount.article,
        apart=amount.apart,
        doubt="" if doubt is None else text[tokens[doubt[0]].start : tokens[doubt[1] - 1].end],
    )


def _hint_after(tokens: list[Token], at: int) -> tuple[Hint, int]:
    """Return the hint after an amount, also behind the point of a shortened unit: "two hrs. or more"."""
    found = hint_after(tokens, at)
    pointed = found[0] == "bare" and word_at(tokens, at) == "." and word_at(tokens, at - 1) in _SHORTENED
    after = hint_after(tokens, at + 1) if pointed and glued(tokens, at) else found
    return found if after[0] == "bare" else after


def _lead(tokens: list[Token], start: int, amount: Amount) -> int:
    """Return the first token of a number that leads up to this one, `start` if there is none.

    So it is in "1 500 km", "from 5 to 3 km", "100 and less than 150 km", "50 or even 60 km" and "9/10 of a mile".
    """
    before = tokens[start - 1] if start > 0 else None
    if before is None:
        return start
    if before.text in NUMBER_WORDS:
        return start - 1
    if tokens[start].kind == "number" and glued(tokens, start):
        if before.kind == "word":  # "9h06 m"
            return start - 1
        if before.text in _SEPARATORS and start > 1 and tokens[start - 2].kind == "number":  # "9:06 hours"
            return start - 2
    if before.text == "^":  # 10^3
        return max(start - 2, 0)
    if before.kind in ("number", "glyph") and (tokens[start].kind == "glyph" or tokens[start].text.startswith(".")):
        return start - 1
    if before.kind == "number":
        parted = len(before.text) <= 3 and len(tokens[start].text) == 3  # 1 500
        return start - 1 if parted or tokens[start].text in _TIMES else start
    joint = start - 1 - (before.text in _ADVERBS)
    listed = amount.low is not amount.high and word_at(tokens, joint) == ","  # "50, 60 or 70 km"
    joined = listed or word_at(tokens, joint) in _LEADING or (amount.article and word_at(tokens, joint) == "of")
    number = tokens[joint - 1] if joined and joint > 0 else None
    leads = number is not None and (number.kind in ("number", "glyph") or number.text in NUMBER_WORDS | _PARTS)
    skips_years = listed or word_at(tokens, joint) == "in"
    return joint - 1 if leads and not (skips_years and looks_like_a_year(tokens, joint - 1)) else start
