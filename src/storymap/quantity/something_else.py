"""What looks like a measure and is none: prices, headcounts, ages, rates, scales, times of the clock and of angles."""

from __future__ import annotations

import re

from storymap.quantity.amounts import Amount, unit_at
from storymap.quantity.numerals import NUMBER_WORDS
from storymap.quantity.tokens import Token, past_dash, word_at
from storymap.quantity.units import FIRST_WORDS, UNITS

_CURRENCIES = frozenset({"$", "€", "£", "¥", "₩", "₽", "usd", "eur", "gbp", "rmb", "us$"})
_MONEY = frozenset("dollars euros pounds won yen yuan roubles rubles cents pence shillings kroner".split())
_MILLIONS_OF = _MONEY | frozenset(
    "people voters viewers readers users followers fans visitors tourists passengers residents inhabitants refugees "
    "workers homes households copies tonnes tons barrels litres downloads years".split()
)
_RATES = frozenset({"per", "/"})
_NO_JOURNEYS = frozenset("old olds interval intervals shift shifts clock".split())
_CLOCK = re.compile("(?:[01][0-9]|2[0-4])[.]?[0-5][0-9]")
_TIMES_OF_DAY = frozenset("at by until till from to before after around since past".split())
_TINY, _FAR = frozenset({"mm", "cm", "in"}), frozenset({"km", "miles"})


def is_something_else(tokens: list[Token], at: int, amount: Amount) -> bool:
    """Return whether the amount that begins at a token is a price, a headcount, an age, a rate, or the like."""
    before, after = word_at(tokens, at - 1), word_at(tokens, amount.end)
    if before in _CURRENCIES or before in _RATES or before == "every":
        return True
    if amount.unit.symbol == "m" and after in _MILLIONS_OF:
        return True
    if amount.low_unit.symbol in _TINY and amount.unit.symbol in _FAR:  # "1 cm to 5 km", the scale of a map
        return True
    if amount.unit.dimension == "duration" and _is_no_time(tokens, at, amount):
        return True
    if after in _RATES or (after in ("a", "an") and unit_at(tokens, amount.end + 1) is not None):
        return amount.unit.dimension != "speed"
    # "twice a day", "five dollars a mile", "eight hours a day": the article makes a rate, not one of the unit
    priced = word_at(tokens, at - 2) in _CURRENCIES and (tokens[at - 1].kind == "number" or before in NUMBER_WORDS)
    return amount.article and (before in UNITS or before in _MONEY or before in ("once", "twice", "times") or priced)


def is_priced(tokens: list[Token], at: int, end: int) -> bool:
    """Return whether the number from one token up to another is a sum of money."""
    return word_at(tokens, at - 1) in _CURRENCIES or word_at(tokens, end) in _CURRENCIES | _MONEY


def _is_no_time(tokens: list[Token], at: int, amount: Amount) -> bool:
    """Return whether what has a unit of time is an age, a pace, a working week, an angle, or the time by the clock."""
    before, next_word = word_at(tokens, at - 1), word_at(tokens, past_dash(tokens, amount.end))
    if next_word in _NO_JOURNEYS:
        return True
    unit = UNITS.get(next_word)
    pace = unit is not None and unit.dimension == "length"  # "a four-minute mile"
    week = unit is not None and unit.dimension == "duration" and unit.si > amount.unit.si  # "a 35-hour week"
    angle = amount.unit.symbol in ("min", "s") and before in ("°", "º", "degree", "degrees")
    return pace or (week and next_word not in FIRST_WORDS) or angle or _is_clock(tokens, at, amount)


def _is_clock(tokens: list[Token], at: int, amount: Amount) -> bool:
    """Return whether it is a time of day as soldiers and pilots write it: "at 1400 hours", "by 14.30 hours"."""
    digits, before = word_at(tokens, at), word_at(tokens, at - 1)
    if amount.unit.symbol != "h" or word_at(tokens, amount.end) == "of" or not _CLOCK.fullmatch(digits):
        return False
    return before in _TIMES_OF_DAY or ("." not in digits and digits.startswith("0"))
