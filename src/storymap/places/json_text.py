"""Strict JSON: the members of a FeatureCollection one by one, each feature with the place where it stands.

Stricter than `json.loads`: no NaN or Infinity, no member given twice, no number of hundreds of digits.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from storymap.problems import Problem, StoryError
from storymap.source import Text

_MOST_DIGITS = 40
_SPACE = re.compile(r"[ \t\n\r]*")
# What the decoder says: what that means, and what to do.
_MEANINGS = {
    "Expecting an object": ("this is no GeoJSON FeatureCollection", 'begin with {"type": "FeatureCollection", …'),
    "Expecting property name enclosed in double quotes": (
        "a member's name in double quotes is missing here",
        "delete the comma before this, or write the name",
    ),
    "Expecting ',' delimiter": ("a comma or a closing bracket is missing before this", "add it"),
    "Expecting ':' delimiter": ("a ':' is missing between a member's name and its value", "add it"),
    "Expecting value": ("a value is missing here", "delete the comma before this, or write the value"),
    "Unterminated string starting at": ("the quote that opens here is never closed", "close it with a double quote"),
    "Invalid control character at": ("a line break or a control character stands in a text", "write \\n for it"),
    "Extra data": ("the file goes on after its end", "delete what follows"),
    "Illegal trailing comma before end of object": ("there is a comma too many", "delete it"),
    "Illegal trailing comma before end of array": ("there is a comma too many", "delete it"),
}

_ODD_QUOTES = "“”„‟«»‘’‚‹›＂'`"


class Member:
    """A value in the file: its key (None for a feature), the data, and the offsets of its text.

    `twice` are the keys that were given twice in it, `refused` the numbers that were read as NaN.
    """

    __slots__ = ("end", "key", "refused", "start", "twice", "value")

    def __init__(
        self,
        key: str | None,
        value: Any,
        start: int,
        end: int,
        twice: tuple[str, ...] = (),
        refused: tuple[str, ...] = (),
    ) -> None:
        self.key, self.value, self.start, self.end = key, value, start, end
        self.twice, self.refused = twice, refused


def members(source: Text) -> Iterator[Member]:
    """Yield the members of the file's one object in order, and each feature of `features` as a member without a key.

    Raises StoryError where the text is not strict JSON.
    """
    reader = _Reader(source)
    try:
        yield from reader.members()
    except json.JSONDecodeError as error:
        message, help = _MEANINGS.get(error.msg, (f"this is not JSON: {error.msg}", "open it in a JSON editor"))
        here = source.text[error.pos : error.pos + 1]
        if here and here in _ODD_QUOTES:
            message, help = f"texts stand in straight double quotes, not in {here}", 'type " before and after the text'
        raise StoryError([Problem(source.span(error.pos, error.pos + 1), "bad-json", message, help)]) from None
    except RecursionError:
        message, help = "brackets are nested too deeply here", "GeoJSON needs no more than eight levels"
        raise StoryError([Problem(source.span(reader.at, reader.at + 1), "too-deep", message, help)]) from None


class _Reader:
    def __init__(self, source: Text) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.twice: list[str] = []
        self.refused: list[str] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._refuse, parse_int=self._integer
        )

    def members(self) -> Iterator[Member]:
        self._expect("{", "Expecting an object")
        if self._next() == "}":
            self.at += 1
        else:
            while True:
                yield from self._member()
                if self._next() == "}":
                    self.at += 1
                    break
                self._expect(",", "Expecting ',' delimiter")
        if self._next():
            raise json.JSONDecodeError("Extra data", self.text, self.at)

    def _member(self) -> Iterator[Member]:
        if self._next() != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", self.text, self.at)
        key = self._value(None).value
        self._expect(":", "Expecting ':' delimiter")
        if key != "features" or self._next() != "[":
            self._next()
            yield self._value(key)
            return
        start = self.at
        self.at += 1
        if self._next() == "]":
            self.at += 1
        else:
            while True:
                self._next()
                yield self._value(None)
                if self._next() == "]":
                    self.at += 1
                    break
                self._expect(",", "Expecting ',' delimiter")
        yield Member(key, None, start, self.at)

    def _value(self, key: str | None) -> Member:
        start = self.at
        self.twice, self.refused = [], []
        value, self.at = self.decoder.raw_decode(self.text, start)
        return Member(key, value, start, self.at, tuple(self.twice), tuple(self.refused))

    def _next(self) -> str:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _expect(self, character: str, message: str) -> None:
        if self._next() != character:
            raise json.JSONDecodeError(message, self.text, self.at)
        self.at += 1

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in pairs:
            if key in data:
                self.twice.append(key)
            else:
                data[key] = value
        return data

    def _refuse(self, number: str) -> float:
        self.refused.append(number)
        return math.nan

    def _integer(self, digits: str) -> int | float:
        # Python itself refuses to read thousands of digits; hundreds are no coordinate either.
        return int(digits) if len(digits) <= _MOST_DIGITS else self._refuse(digits)
