"""Amounts of two units or more: "5 ft 3 in", "6′2″", "2 hours and 30 minutes", "2h30", "1 mile 300 yards"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storymap.quantity.kinds import Unit
from storymap.quantity.numerals import Numeral, numeral_at
from storymap.quantity.tokens import Token, glued, past_dash, word_at
from storymap.quantity.units import FIRST_WORDS, FOOT, INCH, MINUTE, UNITS

UnitAt = Callable[[list[Token], int], tuple[Unit, int] | None]

_FEET, _INCHES = ("'", "′"), ('"', "″", "”")
_PAIRS = frozenset(
    {("ft", "in"), ("miles", "yd"), ("miles", "ft"), ("yd", "ft"), ("km", "m"), ("m", "cm")}
    | {("h", "min"), ("min", "s"), ("days", "h"), ("weeks", "days"), ("months", "days"), ("years", "months")}
)
_JOINED = frozenset({"ft", "miles", "yd"})  # lengths that "and" joins; "5 km and 300 m" may be two ways
_STOPS = frozenset({",", ";", ".", ":", ")", "!", "?"})
_SHORT = frozenset("ft yd mi hr hrs min mins".split())
_POSSESSIVES = frozenset({"his", "her", "their", "its", "the", "a"})
_QUOTED = 80  # tokens before a mark within which a quotation may have begun


def compound(tokens: list[Token], first: Numeral, unit: Unit, end: int, unit_at: UnitAt) -> tuple[Numeral, int]:
    """Return the number that begins with `first` of a unit, as a number of that unit, and the token after all of it."""
    number, last, whole = first, unit, first.value == int(first.value)
    while whole:
        step = _smaller(tokens, last, end, unit_at)
        if step is None:
            break
        part, last, end = step
        ratio = last.si / unit.si
        number, whole = number.plus(part.value * ratio, part.grain * ratio, end), part.value == int(part.value)
    return number, end


def feet_mark(tokens: list[Token], at: int) -> Unit | None:
    """Return feet for the mark of 6′2″, or of 40′ before a word where no quotation can end; not for 42°40′."""
    if word_at(tokens, at) not in _FEET or not glued(tokens, at) or word_at(tokens, at - 2) in ("°", "º"):
        return None
    if tokens[at - 1].kind not in ("number", "glyph"):
        return None
    if _inches(tokens, at + 1) is not None:
        return FOOT
    follows = at + 1 < len(tokens) and tokens[at + 1].kind == "word" and not glued(tokens, at + 1)
    opened = any(_opens(tokens, before) for before in range(max(0, at - _QUOTED), at))
    return FOOT if follows and not opened else None


def _opens(tokens: list[Token], at: int) -> bool:
    """Return whether a token may begin a quotation: a mark that does not follow a letter or digit at once."""
    return tokens[at].text in ("'", "‘") and not (glued(tokens, at) and tokens[at - 1].kind in ("word", "number"))


def _smaller(tokens: list[Token], unit: Unit, at: int, unit_at: UnitAt) -> tuple[Numeral, Unit, int] | None:
    """Return (number, unit, the token after) of the next smaller part of an amount that so far ends at a token."""
    start = past_dash(tokens, at)
    if word_at(tokens, at) == "." and word_at(tokens, at - 1) in _SHORT and glued(tokens, at):  # 6 ft. 2 in.
        start += 1
    if word_at(tokens, start) == "and" and (unit.dimension == "duration" or unit.symbol in _JOINED):
        start = past_dash(tokens, start + 1)
    elif word_at(tokens, start) == "," and unit.dimension == "duration":
        start += 1
    number = numeral_at(tokens, start)
    if number is None or not number.clear:
        return None
    found = _short(tokens, unit, at, start, number) or unit_at(tokens, past_dash(tokens, number.end))
    if found is None or (unit.symbol, found[0].symbol) not in _PAIRS or number.value * found[0].si >= unit.si:
        return None
    if found[0] is INCH and number.grain > 1:  # ten inches are counted as one by one as nine
        number = replace(number, grain=1.0)
    return number, *found


def _short(tokens: list[Token], unit: Unit, at: int, start: int, number: Numeral) -> tuple[Unit, int] | None:
    """Return the smaller unit where it is written short or left out: "2h30", "2h 30m", "5 ft 3 in", "six foot two"."""
    if unit.symbol == "h":
        if word_at(tokens, number.end) == "m":  # 2h30m and 2h 30m, but not "9h06 m"
            together = glued(tokens, number.end) or not glued(tokens, start)
            return (MINUTE, number.end + 1) if together else None
        return (MINUTE, number.end) if start == at and _ends_a_time(tokens, start, number.end) else None
    if unit.symbol != "ft":
        return None
    if word_at(tokens, number.end) in ("in", *_INCHES) and word_at(tokens, number.end + 1) not in _POSSESSIVES:
        return INCH, number.end + 1  # "six foot four in his socks" is read without "in"
    marked = word_at(tokens, at - 1) in ("foot", "ft", *_FEET)
    return _inches(tokens, start) if marked and word_at(tokens, start - 1) not in ("and", ",") else None


def _inches(tokens: list[Token], at: int) -> tuple[Unit, int] | None:
    """Return (inches, the token after) for a number below twelve that no unit follows: the "2" of 6′2."""
    number = numeral_at(tokens, at)
    if number is None or not number.clear or number.value >= 12:
        return None
    if word_at(tokens, number.end) in _INCHES:
        return INCH, number.end + 1
    follows = word_at(tokens, number.end)
    going_on = follows in UNITS or follows in FIRST_WORDS or follows in _FEET or glued(tokens, number.end)
    return None if going_on and follows not in _STOPS else (INCH, number.end)


def _ends_a_time(tokens: list[Token], at: int, end: int) -> bool:
    """Return whether a number is the minutes of "9h06", "2 h 30" or "two hours fifteen", which no word follows."""
    minutes, after = tokens[at], tokens[end : end + 1]
    last = not after or after[0].text in _STOPS
    spelled = minutes.kind == "word" and last  # "two hours fifteen"
    return spelled or (len(minutes.text) == 2 and minutes.text.isdecimal() and (glued(tokens, at) or last))
