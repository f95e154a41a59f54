"""Text → tokens: words, numbers and signs, each with where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:[,'’\u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|(?<![\w.])\.[0-9]+)"
    r"(?P<excess>(?:[.,][0-9]+)*)"
)
"""Digits with the separators of thousands that they may have; `excess` is what goes on from there: "1,5", "3.2.1"."""

_TOKEN = re.compile(
    rf"""(?P<range>\.\.)
      | {NUMBER.pattern}
      | (?P<glyph>[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
      | (?P<word>(?:km|mi|ft|yd|m)\^?[23](?!\w)|[^\W\d_]+(?:['’][^\W\d_]+)*)
      | (?P<dash>[-‐‑‒–—−])
      | (?P<sign>\S)""",
    re.VERBOSE,
)
# 5 M is five million, 5 m five metres; pilots and sailors write 5 NM; Mm are a thousand kilometres.
_AS_WRITTEN = {"M": "M", "NM": "nmi", "Mm": "Mm"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a text: its kind, lower-case text, and where it stands. Every dash reads "-".

    `name` is True for a word that begins with a capital and goes on without: Miles, Ha.
    """

    kind: str
    text: str
    start: int
    end: int
    name: bool = False


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text in order; offsets count its characters."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "excess" else "number"
        written = match.group()
        shown = "-" if kind == "dash" else _AS_WRITTEN.get(written) or written.lower().replace("’", "'")
        if kind == "word":
            shown = shown.replace("^", "")
        name = kind == "word" and len(written) > 1 and written.istitle()
        found.append(Token(kind or "sign", shown, match.start(), match.end(), name))
    return found


def word_at(tokens: list[Token], at: int) -> str:
    """Return the text of a token, or "" outside the list."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def glued(tokens: list[Token], at: int) -> bool:
    """Return whether nothing stands between a token and the one before it."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def past_dash(tokens: list[Token], at: int) -> int:
    """Return the token after a dash at `at`, else `at`."""
    return at + (word_at(tokens, at) == "-")


def looks_like_a_year(tokens: list[Token], at: int) -> bool:
    """Return whether a token is a number as years are written: four digits from 1000 to 2099, without separators."""
    digits = word_at(tokens, at)
    return len(digits) == 4 and digits.isdecimal() and 1000 <= int(digits) < 2100
