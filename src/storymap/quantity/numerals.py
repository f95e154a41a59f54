"""Numbers as people write them: tokens → a number and the unit of its last digit that counts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from storymap.quantity.tokens import NUMBER, Token, past_dash, tokens_of, word_at

_DOTTED = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")
_SHORTENED = 100  # "2-300" may leave out this much
_MOST_DIGITS = 15  # a float holds no more, and nobody measures with more


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written. `grain` is the unit of its last non-zero digit, or the fraction that it names.

    `end` is the index of the first token after it; `clear` is False for digits with odd separators ("1,5").
    """

    value: float
    grain: float
    end: int
    clear: bool = True

    @property
    def half_width(self) -> float:
        """Half a unit of the last digit that counts, at most 5 % of the number."""
        return min(self.grain / 2, 0.05 * self.value)

    def times(self, factor: float, end: int) -> Numeral:
        """Return the numeral multiplied: "1.5" times a million."""
        return Numeral(self.value * factor, self.grain * factor, end, self.clear)

    def plus(self, value: float, grain: float, end: int) -> Numeral:
        """Return the numeral with a smaller part added, which now says how fine it is."""
        return Numeral(self.value + value, grain, end, self.clear)


_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_GROUPS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_LOTS = {"dozen": 12, "score": 20}
_FACTORS = {"hundred": 100, "dozen": 12, **_GROUPS}
_GLYPH_VALUES = "1/2 1/4 3/4 1/3 2/3 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8"
_GLYPHS = dict(zip("½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", map(Fraction, _GLYPH_VALUES.split()), strict=True))
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "eighth": 8, "tenth": 10}
_PARTS |= {"halves": 2} | {f"{word}s": parts for word, parts in _PARTS.items() if word != "half"}
_SLASHED = ("2", "3", "4", "5", "8")
NUMBER_WORDS = frozenset(_SMALL) | frozenset(_TENS) | frozenset(_FACTORS)


def has_too_many_digits(text: str) -> bool:
    """Return whether a number of the text has more digits than can be read exactly."""
    return any(t.kind == "number" and sum(map(str.isdecimal, t.text)) > _MOST_DIGITS for t in tokens_of(text))


def dotted_thousands(text: str) -> str:
    """Return the first number that has a point before three digits, which in many languages parts thousands."""
    found = _DOTTED.search(text)
    return found.group() if found else ""


def numeral_at(tokens: list[Token], at: int) -> Numeral | None:
    """Return the number that begins at a token: digits, words, fractions, "half a", "1.5 million"."""
    found = _digits(tokens, at) or _part(tokens, at) or _words(tokens, at)
    if found is None:
        return None
    for _ in range(2):  # "1.5 million", "15 hundred thousand"
        factor = _FACTORS.get(word_at(tokens, found.end))
        found = found if factor is None else found.times(factor, found.end + 1)
    part, end = part_after(tokens, found.end)
    if not part:
        return _of_one(tokens, found) if found.value < 1 else found
    group = _GROUPS.get(word_at(tokens, found.end - 1), 1)
    scale = group if group > 1000 else 1  # "two and a half" is 2.5, "a million and a half" 1.5 million
    return found.plus(float(part) * scale, scale / part.denominator, end)


def carried(tokens: list[Token], at: int, low: Numeral, high_at: int, high: Numeral) -> Numeral:
    """Return the low end of a range, which begins at `at`, with what the high end gives it.

    "Five to seven thousand" begins at five thousand; "2-300" may begin at 2 or at 200, and is not clear.
    """
    mine, theirs = _factors(tokens, at, low.end), _factors(tokens, high_at, high.end)
    if theirs[: len(mine)] == mine:
        for first in range(len(mine), len(theirs)):
            factor = math.prod(theirs[first:])
            if low.value < high.value / factor:
                return low.times(factor, low.end)
    joint = word_at(tokens, high_at - 1)
    plain = tokens[high_at].kind == "number" and high.clear and joint != ".."
    if plain and (joint == "-" or word_at(tokens, at - 1) not in ("from", "between")):
        digits = re.sub("[^0-9.]", "", tokens[high_at].text)
        grain = _grain(digits)
        if grain >= _SHORTENED and low.value < float(digits) / grain:
            return replace(low, clear=False)
    return low


def _factors(tokens: list[Token], at: int, end: int) -> tuple[int, ...]:
    """Return what a number in some tokens is multiplied by: (100, 1000) for "three hundred thousand", () for 300."""
    known = [
        _FACTORS.get(token.text) or _LOTS.get(token.text) for token in tokens[at:end] if token.text not in ("-", "of")
    ]
    first = next((i for i, factor in enumerate(known) if factor), len(known))
    run = [factor for factor in known[first:] if factor]
    return tuple(run) if len(run) == len(known) - first else ()


def _of_one(tokens: list[Token], found: Numeral) -> Numeral:
    """Return a number below one up to and with what it is a part of: "¾ of a mile", "0.7 of a mile", "½ a mile"."""
    article = found.end + (word_at(tokens, found.end) == "of")
    return replace(found, end=article + 1) if word_at(tokens, article) in ("a", "an") else found


def part_after(tokens: list[Token], at: int) -> tuple[Fraction, int]:
    """Return (the fraction of "and a half", "-and-a-half", "and three quarters" at a token, the token after it).

    (0, at) where there is none: "and a third of" is another amount.
    """
    end = past_dash(tokens, at)
    if word_at(tokens, end) != "and":
        return Fraction(0), at
    end = past_dash(tokens, end + 1)
    count = 1 if word_at(tokens, end) in ("a", "an") else _SMALL.get(word_at(tokens, end), 0)
    end = past_dash(tokens, end + 1) if count else end
    parts = _PARTS.get(word_at(tokens, end), 0)
    named = parts and (count or word_at(tokens, end) == "half")
    if not named or count >= parts or word_at(tokens, end + 1) == "of":
        return Fraction(0), at
    return Fraction(max(count, 1), parts), end + 1


def _digits(tokens: list[Token], at: int) -> Numeral | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "glyph":
        return _fraction(_GLYPHS[token.text], at + 1)
    if token.kind != "number":
        return None
    match = NUMBER.match(token.text)
    digits = re.sub(r"[^0-9.]", "", match.group("number")) if match else ""
    if match is None or match.group("excess") or len(digits) > _MOST_DIGITS:
        return Numeral(0.0, 0.0, at + 1, clear=False)
    divided = _slash(tokens, at)
    if divided is not None:
        return _fraction(divided, at + 3)
    whole = Numeral(float(digits), _grain(digits), at + 1)
    glyph = _GLYPHS.get(word_at(tokens, at + 1))
    part, end = (glyph, at + 2) if glyph else (_slash(tokens, at + 1), at + 4)
    return whole.plus(float(part), 1 / part.denominator, end) if part else whole


def _slash(tokens: list[Token], at: int) -> Fraction | None:
    """Return the fraction written as 1/2, 3/4, … at a token; dates and scores such as 25/4 are none."""
    above, below = word_at(tokens, at), word_at(tokens, at + 2)
    if (
        word_at(tokens, at + 1) not in ("/", "⁄")
        or below not in _SLASHED
        or not (above.isdecimal() and len(above) == 1)
    ):
        return None
    part = Fraction(int(above), int(below))
    return part if 0 < part < 1 else None


def _fraction(part: Fraction, end: int) -> Numeral:
    return Numeral(float(part), 1 / part.denominator, end)


def _part(tokens: list[Token], at: int) -> Numeral | None:
    """Return "half a …", "two-thirds of a …", "a quarter …": the part, up to and with the last article."""
    article = word_at(tokens, at) in ("a", "an")
    count = 1 if article else _SMALL.get(word_at(tokens, at), 0)
    end = past_dash(tokens, at + 1) if count else at
    word = word_at(tokens, end)
    parts = _PARTS.get(word)
    if parts is None or count >= parts:
        return None
    plural = count > 1 and word.endswith("s")
    hyphen = word_at(tokens, end + 1) == "-"
    told = word == "half" or plural or (word == "quarter" and (count > 0 or hyphen))
    if not told and word_at(tokens, end + 1) != "of":  # "the third mile", "the quarter"
        return None
    end = past_dash(tokens, end + 1)
    end += word_at(tokens, end) == "of"
    end += word_at(tokens, end) in ("a", "an")
    return _fraction(Fraction(max(count, 1), parts), past_dash(tokens, end))  # half-a-mile


def _words(tokens: list[Token], at: int) -> Numeral | None:
    """Return a whole number in words: "seventeen", "a hundred and fifty", "twenty-five thousand", "a score of"."""
    end = at
    if word_at(tokens, at) in ("a", "an") and word_at(tokens, at + 1) in (*_FACTORS, "score"):
        count, end = 1, at + 1
    else:
        count, end = _below_hundred(tokens, at)
    if end == at:
        return None
    lot = _LOTS.get(word_at(tokens, end))
    if lot is not None:
        end += 1 + (word_at(tokens, end) == "score" and word_at(tokens, end + 1) == "of")
        return Numeral(float(count * lot), float(lot), end)
    total, last_group = 0, math.inf
    while True:
        if word_at(tokens, end) == "hundred":
            count, end = count * 100, end + 1
            more, after = _below_hundred(tokens, end + (word_at(tokens, end) == "and"))
            if more:
                count, end = count + more, after
        group = _GROUPS.get(word_at(tokens, end))
        if group is None:
            break
        if group >= last_group:  # "two thousand three million"
            return Numeral(0.0, 0.0, end + 1, clear=False)
        total, end, last_group = total + count * group, end + 1, group
        count, after = _below_hundred(tokens, end + (word_at(tokens, end) == "and"))
        if not count:
            break
        end = after
    value = total + count
    return Numeral(float(value), _grain(str(value)), end)


def _below_hundred(tokens: list[Token], at: int) -> tuple[int, int]:
    """Return (a number from zero to ninety-nine in words, the token after it); the same token if there is none."""
    word = word_at(tokens, at)
    if word in _SMALL:
        return _SMALL[word], at + 1
    if word not in _TENS:
        return 0, at
    after = past_dash(tokens, at + 1)
    digit = _SMALL.get(word_at(tokens, after), 0)
    return (_TENS[word] + digit, after + 1) if 0 < digit < 10 else (_TENS[word], at + 1)


def _grain(digits: str) -> float:
    """Return the unit of the last non-zero digit: 100 for "1500", 0.1 for "2.50"."""
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    if decimals:
        return float(10.0 ** -len(decimals))
    significant = whole.rstrip("0")
    return float(10.0 ** (len(whole) - len(significant))) if significant.strip("0") else 1.0
