"""Numbers as people write them: text → tokens, tokens → a number and the unit of its last digit that counts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

_TOKEN = re.compile(
    r"""(?P<range>\.\.)
      | (?P<number>(?:[0-9]{1,3}(?:[,'’\u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|(?<![\w.])\.[0-9]+)
        (?P<excess>(?:[.,][0-9]+)*)
      | (?P<glyph>[½¼¾⅓⅔])
      | (?P<word>(?:km|mi|ft|m)[23](?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)*)
      | (?P<dash>[-‐‑‒–—−])
      | (?P<sign>\S)""",
    re.VERBOSE,
)
_DOTTED = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9])")
_MOST_DIGITS = 15  # a float holds no more, and nobody measures with more


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a text: its kind, lower-case text, and where it stands. Every dash reads "-"."""

    kind: str
    text: str
    start: int
    end: int


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


_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_GROUPS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_FACTORS = {"hundred": 100, "dozen": 12, **_GROUPS}
_GLYPHS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_PARTS = {"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4)}
_PARTS |= {"halves": Fraction(1, 2), "thirds": Fraction(1, 3), "quarters": Fraction(1, 4)}
NUMBER_WORDS = frozenset(_SMALL) | frozenset(_TENS) | frozenset(_FACTORS)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in order; offsets count its characters."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "excess" else "number"
        shown = "-" if kind == "dash" else match.group().lower().replace("’", "'")
        if match.group() == "M":  # 5 M is five million, 5 m five metres
            shown = "M"
        found.append(Token(kind or "sign", shown, match.start(), match.end()))
    return found


def has_too_many_digits(text: str) -> bool:
    """Return whether a number of the text has more digits than can be read exactly."""
    return any(t.kind == "number" and sum(map(str.isdecimal, t.text)) > _MOST_DIGITS for t in tokens_of(text))


def dotted_thousands(text: str) -> str:
    """Return the first number that has a point before three digits, which in many languages parts thousands."""
    found = _DOTTED.search(text)
    return found.group() if found else ""


def word_at(tokens: list[Token], at: int) -> str:
    """Return the text of a token, or "" outside the list."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def numeral_at(tokens: list[Token], at: int) -> Numeral | None:
    """Return the number that begins at a token: digits, words, fractions, "half a", "1.5 million"."""
    found = _digits(tokens, at) or _part(tokens, at) or _words(tokens, at)
    if found is None:
        return None
    for _ in range(2):  # "1.5 million", "15 hundred thousand"
        factor = _FACTORS.get(word_at(tokens, found.end))
        found = found if factor is None else found.times(factor, found.end + 1)
    return _with_half(tokens, found)


def part_after(tokens: list[Token], at: int) -> tuple[float, int]:
    """Return (the fraction of "and a half" or "and a quarter" at a token, the token after it), or (0, at)."""
    part = _PARTS.get(word_at(tokens, at + 2))
    if word_at(tokens, at) == "and" and word_at(tokens, at + 1) == "a" and part is not None:
        return float(part), at + 3
    return 0.0, at


def _with_half(tokens: list[Token], found: Numeral) -> Numeral:
    part, end = part_after(tokens, found.end)
    return Numeral(found.value + part, part, end, found.clear) if part else found


def _digits(tokens: list[Token], at: int) -> Numeral | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "glyph":
        return _fraction(_GLYPHS[token.text], at + 1)
    if token.kind != "number":
        return None
    match = _TOKEN.match(token.text)
    digits = re.sub(r"[^0-9.]", "", match.group("number")) if match else ""
    if match is None or match.group("excess") or len(digits) > _MOST_DIGITS:
        return Numeral(0.0, 0.0, at + 1, clear=False)
    whole = Numeral(float(digits), _grain(digits), at + 1)
    divided = _slash(tokens, at)
    if divided is not None:
        return _fraction(divided, at + 3)
    glyph = _GLYPHS.get(word_at(tokens, at + 1))
    part, end = (glyph, at + 2) if glyph else (_slash(tokens, at + 1), at + 4)
    return Numeral(whole.value + float(part), float(part), end) if part else whole


def _slash(tokens: list[Token], at: int) -> Fraction | None:
    """Return the fraction written as 1/2, 3/4, … at a token; dates and scores such as 25/4 are none."""
    if word_at(tokens, at + 1) != "/" or not (word_at(tokens, at).isdecimal() and word_at(tokens, at + 2).isdecimal()):
        return None
    if len(word_at(tokens, at)) > 1 or word_at(tokens, at + 2) not in ("2", "3", "4"):
        return None
    part = Fraction(int(word_at(tokens, at)), int(word_at(tokens, at + 2)))
    return part if 0 < part < 1 else None


def _fraction(part: Fraction, end: int) -> Numeral:
    return Numeral(float(part), 1 / part.denominator, end)


def _part(tokens: list[Token], at: int) -> Numeral | None:
    """Return "half a …", "a quarter of a …", "three quarters of an …": the part, up to and with the last article."""
    start = at + 1 if word_at(tokens, at) == "a" else at
    count = _SMALL.get(word_at(tokens, start), 0)
    start += 1 if count else 0
    word = word_at(tokens, start)
    part = _PARTS.get(word)
    if part is None or count >= part.denominator:
        return None
    counted = word.startswith("hal") or (start > at and word.startswith("quarter"))
    if not counted and word_at(tokens, start + 1) != "of":  # "the third mile", "the quarter"
        return None
    end = start + 1
    end += word_at(tokens, end) == "-"
    end += word_at(tokens, end) == "of"
    end += word_at(tokens, end) in ("a", "an")
    end += word_at(tokens, end) == "-"  # half-a-mile
    return _fraction(part * max(count, 1), end)


def _words(tokens: list[Token], at: int) -> Numeral | None:
    """Return a whole number in words: "seventeen", "a hundred and fifty", "twenty-five thousand"."""
    end = at
    if word_at(tokens, at) in ("a", "an") and word_at(tokens, at + 1) in _FACTORS:
        count, end = 1, at + 1
    else:
        count, end = _below_hundred(tokens, at)
    if end == at:
        return None
    if word_at(tokens, end) == "dozen":
        return Numeral(count * 12.0, 12.0, end + 1)
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
    after = at + 1 + (word_at(tokens, at + 1) == "-")
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
