"""Amounts: a number or a range of numbers with its unit, "5 ft 3 in", "5–7 km", "60 km/h", "150 km (93 miles)"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from storymap.quantity.compounds import compound, feet_mark
from storymap.quantity.hint_words import Hint
from storymap.quantity.hints import hint_after, hint_before
from storymap.quantity.kinds import Unit
from storymap.quantity.numerals import Numeral, carried, numeral_at, part_after
from storymap.quantity.tokens import Token, glued, looks_like_a_year, past_dash, word_at
from storymap.quantity.units import FIRST_WORDS, UNITS, speed_unit

_BEFORE_A_UNIT = frozenset({"+", "plus", "odd", "ish", "so", "thereabouts", "more", "fewer", "less"})
_JOINTS, _JOINTS_AFTER_BETWEEN = ("to", "-", "..", "or"), ("and", "to", "-", "..")
_LETTERS = {"k": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6, "bn": 1e9}
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST_LEAD = 4  # tokens of a hedge between a bracket and its number
_REPEATED = frozenset({"bare", "exactly", "about", "nearly", "just-under", "just-over"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or the two ends of a range, with units; `end` is the token after it.

    `hint` is what stands between number and unit ("100+ km"). `article` is True for "a mile". `apart` is True where
    the same in another unit follows, and the two do not agree within the digits that are given: "150 km (83 miles)".
    """

    low: Numeral
    high: Numeral
    low_unit: Unit
    unit: Unit
    end: int
    hint: Hint = "bare"
    clear: bool = True
    article: bool = False
    apart: bool = False


def amount_at(tokens: list[Token], at: int) -> Amount | None:
    """Return the amount that begins at a token, with the same in other units that follow it."""
    amount = _amount(tokens, at)
    return None if amount is None else _with_repeats(tokens, amount, between=word_at(tokens, at - 1) == "between")


def unit_at(tokens: list[Token], at: int) -> tuple[Unit, int] | None:
    """Return (the unit that begins at a token, the token after it): "km", "square kilometres", "sq. mi"."""
    word = word_at(tokens, at)
    if word in FIRST_WORDS:
        second = at + 1 + (word_at(tokens, at + 1) in (".", "-"))
        unit = UNITS.get(f"{word} {word_at(tokens, second)}")
        if unit is not None:
            return unit, second + 1
    mark = feet_mark(tokens, at)
    if mark is not None:
        return mark, at + 1
    unit = UNITS.get(word.removesuffix("'s"))  # an hour's drive
    if unit is None or (tokens[at].name and looks_like_a_year(tokens, at - 1)):  # "in 1959 Miles Davis"
        return None
    return unit, at + 1


def _amount(tokens: list[Token], at: int, *, between: bool = False) -> Amount | None:
    """Return the amount at a token without repeats; `between`: "3 and 4 miles" is a range."""
    article = word_at(tokens, at) in ("a", "an") and numeral_at(tokens, at) is None
    low = Numeral(1.0, 1.0, at + 1) if article else numeral_at(tokens, at)
    if low is None:
        return None
    low = _millions(tokens, low)
    low_end, low_hint = _before_a_unit(tokens, low.end)
    first_unit = unit_at(tokens, past_dash(tokens, low_end))
    if not article:
        ranged = _range(tokens, at, low, first_unit, between=between or word_at(tokens, at - 1) == "between")
        if ranged is not None:
            return ranged
    if first_unit is None or (article and first_unit[0].symbol == "s"):  # "a second bridge"
        return None
    unit, end = first_unit
    if word_at(tokens, low_end) == "s" and glued(tokens, low_end):  # the 1990s
        return None
    part, after = part_after(tokens, end)
    if part:
        low, end = low.plus(float(part), 1 / part.denominator, after), after
    else:
        low, end = compound(tokens, low, unit, end, unit_at)
    alone = article and end == first_unit[1]
    more = numeral_at(tokens, end + 1) if alone and word_at(tokens, end) == "or" else None
    if more is not None and more.value > 1 and unit_at(tokens, past_dash(tokens, more.end)) is None:  # "a mile or two"
        return Amount(low, more, unit, unit, more.end)
    # "1.5 m km" may be millions of kilometres
    clear = low.clear and not (unit.symbol == "m" and end == first_unit[1] and _of_space(unit_at(tokens, end)))
    return _as_speed(tokens, Amount(low, low, unit, unit, end, low_hint, clear, alone))


def _of_space(found: tuple[Unit, int] | None) -> bool:
    return found is not None and found[0].dimension in ("length", "area")


def _millions(tokens: list[Token], low: Numeral) -> Numeral:
    """Return the number of "2.3m hectares" or "1.5bn km": letters for millions before a unit that may have so many."""
    factor = _LETTERS.get(word_at(tokens, low.end))
    apart = word_at(tokens, low.end) in ("m", "k") and not glued(tokens, low.end)  # 5 m is five metres
    unit = unit_at(tokens, low.end + 1) if factor and not apart else None
    if factor is None or unit is None or (unit[0].dimension != "area" and unit[0].symbol not in ("km", "miles")):
        return low
    return low.times(factor, low.end + 1)


def _before_a_unit(tokens: list[Token], at: int) -> tuple[int, Hint]:
    """Return (the token after "+", "-odd" or "or so" between number and unit, what it means)."""
    hint, end = hint_after(tokens, at)
    return (end, hint) if end > at and word_at(tokens, end - 1) in _BEFORE_A_UNIT else (at, "bare")


def _range(
    tokens: list[Token], at: int, low: Numeral, first_unit: tuple[Unit, int] | None, *, between: bool
) -> Amount | None:
    """Return the range that begins at a token with `low`: "5–7 km", "5 km to 7 km", "2..6 km"; after between, "and"."""
    joints = _JOINTS_AFTER_BETWEEN if between else _JOINTS
    after_unit = first_unit is not None and _joint(tokens, first_unit[1], joints) is not None
    joint = _joint(tokens, first_unit[1] if first_unit is not None and after_unit else low.end, joints)
    high = numeral_at(tokens, joint) if joint is not None else None
    last_unit = unit_at(tokens, past_dash(tokens, high.end)) if high is not None else None
    if joint is None or high is None or last_unit is None:
        return None
    unit, end = last_unit
    if not after_unit:
        low = carried(tokens, at, low, joint, high)
    low_unit = first_unit[0] if first_unit is not None and after_unit else unit
    either = "or" in (word_at(tokens, joint - 1), word_at(tokens, joint - 2))
    if either and low_unit is not unit:  # "80 kilometres or 50 miles" says one thing twice
        return None
    if low_unit.dimension != unit.dimension or low.value * low_unit.si >= high.value * unit.si:
        return None
    return _as_speed(tokens, Amount(low, high, low_unit, unit, end, "bare", low.clear and high.clear))


def _joint(tokens: list[Token], at: int, joints: tuple[str, ...]) -> int | None:
    """Return the token after "to", "–", … at a token, also in "three- to four-hour" and "five-to-seven-hour"."""
    if word_at(tokens, at) == "-" and word_at(tokens, at + 1) in joints:
        at += 1
    if word_at(tokens, at) not in joints:
        return None
    return at + 1 if word_at(tokens, at) == "-" else past_dash(tokens, at + 1)


def _as_speed(tokens: list[Token], amount: Amount) -> Amount:
    """Return the amount as a speed where "/h", "per hour", "an hour" or "-an-hour" follows a length."""
    at = amount.end + (word_at(tokens, amount.end) == "-" and glued(tokens, amount.end))
    if amount.unit.dimension != "length" or amount.article or word_at(tokens, at) not in ("/", "per", "a", "an"):
        return amount
    per = unit_at(tokens, past_dash(tokens, at + 1))
    if per is None or per[0].dimension != "duration":
        return amount
    unit, low_unit = speed_unit(amount.unit, per[0]), speed_unit(amount.low_unit, per[0])
    return replace(amount, low_unit=low_unit, unit=unit, end=per[1])


def _with_repeats(tokens: list[Token], amount: Amount, *, between: bool) -> Amount:
    """Return the amount up to the end of "(93 miles)", "(93 mi; 81 nmi)", "[93 miles]" or "/93 miles" behind it."""
    opening = word_at(tokens, amount.end)
    closing = _BRACKETS.get(opening)
    if closing is None and opening != "/":
        return amount
    at, read = amount.end + 1, amount
    while True:
        start = _first_amount(tokens, at)
        same = _amount(tokens, start, between=between)
        hint, first = hint_before(tokens, start)
        if same is None or same.unit.dimension != amount.unit.dimension or first != at:
            return amount
        if hint not in _REPEATED:  # "150 km (more than 93 miles)"
            read = replace(read, hint="unclear")
        if not _agree(amount, same):
            read = replace(read, apart=True)
        at = same.end + (word_at(tokens, same.end) == "." and word_at(tokens, same.end + 1) == closing)  # (160 km.)
        if closing is None or word_at(tokens, at) == closing:
            return replace(read, end=same.end if closing is None else at + 1)
        if word_at(tokens, at) not in (";", ","):
            return amount
        at += 1


def _first_amount(tokens: list[Token], at: int) -> int:
    """Return the token at which an amount begins behind a hedge at a token; that token where there is none."""
    near = range(at, at + 1 + _LONGEST_LEAD)
    return next((i for i in near if word_at(tokens, i) in ("a", "an") or numeral_at(tokens, i) is not None), at)


def _agree(one: Amount, other: Amount) -> bool:
    """Return whether two amounts are the same within half a unit of the last digits of both."""
    ends = (
        (one.low, one.low_unit, other.low, other.low_unit),
        (one.high, one.unit, other.high, other.unit),
    )
    return all(
        abs(a.value * a_unit.si - b.value * b_unit.si) <= a.half_width * a_unit.si + b.half_width * b_unit.si
        for a, a_unit, b, b_unit in ends
    )
