"""Phrases that measure: where in a text a number stands with a unit, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from storymap.quantity.hints import Hint, both, further_limit, hint_after, hint_before
from storymap.quantity.kinds import Dimension, Unit
from storymap.quantity.numerals import (
    NUMBER_WORDS,
    Numeral,
    Token,
    numeral_at,
    part_after,
    tokens_of,
    word_at,
)
from storymap.quantity.units import FIRST_WORDS, INCH, MINUTE, UNITS, speed_unit

_CURRENCIES = frozenset({"$", "€", "£", "¥", "₩", "₽", "usd", "eur", "gbp", "rmb", "us$"})
_MONEY_OR_PEOPLE = frozenset(
    {"dollars", "euros", "pounds", "won", "yen", "yuan", "roubles", "rubles", "people", "voters", "viewers"}
)
_COMPOUNDS = frozenset(
    {("ft", "in"), ("miles", "yd"), ("h", "min"), ("min", "s"), ("days", "h"), ("weeks", "days")}
    | {("months", "days"), ("years", "months"), ("km", "m")}
)
_SEPARATORS = frozenset("'’:;._·˙")  # between the digits of one number, as some write it
_PLACE_WORDS = (
    "away from off apart long wide deep high north south east west across inland upstream downstream offshore"
)
# What makes "a mile" or "an hour" a measurement, by what it measures; other dimensions a map cannot check.
_BESIDE: dict[Dimension, frozenset[str]] = {
    "length": frozenset(_PLACE_WORDS.split()),
    "area": frozenset(),
    "duration": frozenset({"drive", "walk", "ride", "flight", "journey", "sail", "march", "away", "by"}),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a text that measures something: `text[start:end]`.

    `low` and `high` are SI values, equal unless it is a range; `half_low`, `half_high` are their half-widths.
    `clear` is False where the number could be read in two ways; `article` is True for "a mile", "an hour".
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


@dataclass(frozen=True, slots=True)
class _Amount:
    low: Numeral
    high: Numeral
    low_unit: Unit
    unit: Unit
    end: int
    hint: Hint = "bare"
    clear: bool = True
    article: bool = False


def phrases_in(text: str) -> list[Phrase]:
    """Return every phrase of a text that measures something, in order; prices, ages and rates are none."""
    tokens = tokens_of(text)
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        amount = _amount(tokens, at)
        if amount is None:
            numeral = numeral_at(tokens, at)
            at = numeral.end if numeral is not None else at + 1
            continue
        if not _is_something_else(tokens, at, amount):
            found.append(_phrase(text, tokens, at, amount))
        at = amount.end
    return found


def find_measures(text: str) -> list[Phrase]:
    """Return the phrases of a prose text that a map could check: lengths, areas, and times of travel.

    A time counts in minutes and hours only (days, months and years mostly tell of history and age), and "a mile" or
    "an hour" only with a hedge, a limit, or a word of place or travel beside it ("a mile off", "an hour's drive").
    """
    tokens = tokens_of(text)
    follows = {left.end: right.text for left, right in pairwise(token for token in tokens if token.kind != "dash")}
    return [phrase for phrase in phrases_in(text) if _can_be_mapped(phrase, follows.get(phrase.end, ""))]


def _can_be_mapped(phrase: Phrase, next_word: str) -> bool:
    beside = _BESIDE.get(phrase.dimension)
    if beside is None or (phrase.dimension == "duration" and phrase.unit.symbol not in ("min", "h")):
        return False
    return not phrase.article or phrase.hint != "bare" or next_word in beside


def unit_at(tokens: list[Token], at: int) -> tuple[Unit, int] | None:
    """Return (the unit that begins at a token, the token after it): "km", "square kilometres", "sq. mi"."""
    word = word_at(tokens, at)
    if word in FIRST_WORDS:
        second = at + 1 + (word_at(tokens, at + 1) in (".", "-"))
        unit = UNITS.get(f"{word} {word_at(tokens, second)}")
        if unit is not None:
            return unit, second + 1
    unit = UNITS.get(word.removesuffix("'s"))  # an hour's drive
    return None if unit is None else (unit, at + 1)


def _amount(tokens: list[Token], at: int) -> _Amount | None:
    """Return the number or range with its unit that begins at a token."""
    article = word_at(tokens, at) in ("a", "an") and numeral_at(tokens, at) is None
    low = Numeral(1.0, 1.0, at + 1) if article else numeral_at(tokens, at)
    if low is None:
        return None
    low_end, low_hint = _sign(tokens, low.end)
    first_unit = unit_at(tokens, _past_dash(tokens, low_end))
    if not article:
        ranged = _range(tokens, at, low, first_unit)
        if ranged is not None:
            return ranged
    if first_unit is None or (article and first_unit[0].symbol == "s"):  # "a second bridge"
        return None
    unit, end = first_unit
    if word_at(tokens, low_end) == "s" and tokens[low_end - 1].end == tokens[low_end].start:  # the 1990s
        return None
    part, end = part_after(tokens, end)
    if part:
        low = Numeral(low.value + part, part, end, low.clear)
    else:
        low, end = _compound(tokens, low, unit, end)
    return _as_speed(tokens, _Amount(low, low, unit, unit, end, low_hint, low.clear, article))


def _sign(tokens: list[Token], at: int) -> tuple[int, Hint]:
    """Return (the token after "+" or "-odd" between number and unit, what it means)."""
    hint, end = hint_after(tokens, at)
    return (end, hint) if word_at(tokens, end - 1) in ("+", "plus", "odd", "ish") and end > at else (at, "bare")


def _past_dash(tokens: list[Token], at: int) -> int:
    return at + (word_at(tokens, at) == "-")


def _range(tokens: list[Token], at: int, low: Numeral, first_unit: tuple[Unit, int] | None) -> _Amount | None:
    """Return "5–7 km", "5 km to 7 km", "between 5 and 7 km", "2 or 3 km", "2..6 km" beginning at a token."""
    between = word_at(tokens, at - 1) == "between"
    joints = ("and",) if between else ("to", "-", "..", "or")
    after_unit = first_unit is not None and word_at(tokens, first_unit[1]) in joints
    joint = first_unit[1] if first_unit is not None and after_unit else low.end
    if word_at(tokens, joint) not in joints:
        return None
    high = numeral_at(tokens, joint + 1)
    last_unit = unit_at(tokens, _past_dash(tokens, high.end)) if high is not None else None
    if high is None or last_unit is None:
        return None
    unit, end = last_unit
    low_unit = first_unit[0] if first_unit is not None and after_unit else unit
    if word_at(tokens, joint) == "or" and low_unit is not unit:  # "80 kilometres or 50 miles" says one thing twice
        return None
    if low_unit.dimension != unit.dimension or low.value * low_unit.si >= high.value * unit.si:
        return None
    clear = low.clear and high.clear
    return _as_speed(tokens, _Amount(low, high, low_unit, unit, end, "bare", clear))


def _compound(tokens: list[Token], first: Numeral, unit: Unit, end: int) -> tuple[Numeral, int]:
    """Return "5 ft 3 in" or "2 hours and 30 minutes" as one number of the first unit, and the token after it."""
    start = end + (word_at(tokens, end) == "and" and unit.dimension == "duration")
    second = numeral_at(tokens, start)
    if second is None or first.value != int(first.value):
        return first, end
    found = unit_at(tokens, second.end)
    if word_at(tokens, second.end) == "in" and unit.symbol == "ft":
        found = (INCH, second.end + 1)
    if found is None and start == end and unit.symbol == "h" and _ends_a_time(tokens, start):
        found = (MINUTE, second.end)
    if found is None or (unit.symbol, found[0].symbol) not in _COMPOUNDS or second.value * found[0].si >= unit.si:
        return first, end
    ratio = found[0].si / unit.si
    return Numeral(first.value + second.value * ratio, second.grain * ratio, found[1], first.clear), found[1]


def _ends_a_time(tokens: list[Token], at: int) -> bool:
    """Return whether a token is the minutes of "9h06" or "2 h 30", which no word follows."""
    minutes, after = tokens[at], tokens[at + 1 : at + 2]
    last = not after or after[0].text in (",", ";", ".", ":", ")", "!", "?")
    return len(minutes.text) == 2 and minutes.text.isdecimal() and (_glued(tokens, at) or last)


def _glued(tokens: list[Token], at: int) -> bool:
    """Return whether nothing stands between a token and the one before it."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def _past_bare_number(tokens: list[Token], end: int, hint: Hint) -> int:
    """Return the token after a number without a unit that goes on from an amount ("80 km to 90"), else `end`."""
    joined = word_at(tokens, end) in ("to", "or", "..") or (word_at(tokens, end) == "-" and _glued(tokens, end))
    number: int | None = end if _glued(tokens, end) else end + 1 if joined else None
    if number is None or number >= len(tokens) or tokens[number].kind != "number":
        number = further_limit(tokens, end, hint)
    numeral = numeral_at(tokens, number) if number is not None else None
    if numeral is None or unit_at(tokens, _past_dash(tokens, numeral.end)) is not None:
        return end
    return numeral.end


def _as_speed(tokens: list[Token], amount: _Amount) -> _Amount:
    """Return the amount as a speed where "/h", "per hour" or "an hour" follows a length."""
    if amount.unit.dimension != "length" or word_at(tokens, amount.end) not in ("/", "per", "a", "an"):
        return amount
    per = unit_at(tokens, amount.end + 1)
    if per is None or per[0].dimension != "duration" or amount.article:
        return amount
    unit = speed_unit(amount.unit, per[0])
    low_unit = speed_unit(amount.low_unit, per[0])
    return _Amount(amount.low, amount.high, low_unit, unit, per[1], amount.hint, amount.clear)


def _is_something_else(tokens: list[Token], at: int, amount: _Amount) -> bool:
    """Return whether the amount is a price, a headcount, an age, or part of a rate."""
    before, after = word_at(tokens, at - 1), word_at(tokens, amount.end)
    if before in _CURRENCIES or before in ("per", "every", "/"):
        return True
    if amount.unit.symbol == "m" and after in _MONEY_OR_PEOPLE:
        return True
    if amount.unit.dimension == "duration" and word_at(tokens, _past_dash(tokens, amount.end)) in ("old", "olds"):
        return True
    if after in ("per", "/") or (after in ("a", "an") and unit_at(tokens, amount.end + 1) is not None):
        return amount.unit.dimension != "speed"
    # "twice a day", "five dollars a mile", "eight hours a day": the article makes a rate, not one of the unit
    return amount.article and (before in UNITS or before in _MONEY_OR_PEOPLE or before in ("once", "twice", "times"))


def _phrase(text: str, tokens: list[Token], at: int, amount: _Amount) -> Phrase:
    ranged = amount.low is not amount.high
    between = ranged and word_at(tokens, at - 1) in ("between", "from")
    hint, start = hint_before(tokens, at - between)
    after, end = hint_after(tokens, amount.end)
    if ranged and word_at(tokens, at - 1) == "from" and hint == "bare":
        start = at
    hint = both(both(hint, amount.hint), after)
    further = _past_bare_number(tokens, end, hint)
    if further > end:
        hint, end = "unclear", further
    lead, end_of = _lead(tokens, start), tokens[end - 1].end
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
    )


def _lead(tokens: list[Token], start: int) -> int:
    """Return the first token of a number that leads up to this one, `start` if there is none.

    So it is in "1 500 km", "from 5 to 3 km" and "100 and less than 150 km".
    """
    before = tokens[start - 1] if start > 0 else None
    if before is None:
        return start
    if before.text in NUMBER_WORDS:
        return start - 1
    if tokens[start].kind == "number" and _glued(tokens, start):
        if before.kind == "word":  # "9h06 m"
            return start - 1
        if before.text in _SEPARATORS and start > 1 and tokens[start - 2].kind == "number":  # "9:06 hours"
            return start - 2
    if before.kind == "number":
        return start - 1 if len(before.text) <= 3 and len(tokens[start].text) == 3 else start
    joined = before.text in ("and", "or", "to", "-", "..", "but", "yet") and start > 1
    return (
        start - 2
        if joined and (tokens[start - 2].kind == "number" or tokens[start - 2].text in NUMBER_WORDS)
        else start
    )
