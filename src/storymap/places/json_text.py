"""Strict JSON: the members of a FeatureCollection one by one, each feature with the place where it stands.

Stricter than `json.loads`: no NaN or Infinity, no member given twice, no number of hundreds of digits.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from storymap.problems import Problem, Span, StoryError

_SPACE = re.compile(r"[ \t\n\r]*")
_MEANINGS = {
    "Expecting an object": "the file must begin with '{': it must be a GeoJSON FeatureCollection",
    "Expecting property name enclosed in double quotes": "a member's name in double quotes is missing here; is there a comma too many?",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing before this",
    "Expecting ':' delimiter": "a ':' is missing here, between a member's name and its value",
    "Expecting value": "a value is missing here; is there a comma too many?",
    "Unterminated string starting at": "the quote that opens here is never closed",
    "Invalid control character at": "a line break or a control character stands inside quotes",
    "Extra data": "the file goes on after its end",
    "Illegal trailing comma before end of object": "there is a comma too many",
    "Illegal trailing comma before end of array": "there is a comma too many",
}


class Text:
    """A file's text that knows the line and column of every offset."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        lengths = (len(line) for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n|$)", text))
        self._starts = [0, *accumulate(lengths)]

    def span(self, start: int, end: int) -> Span:
        """Return the span of text[start:end]."""
        return Span(self.path, *self._at(start), *self._at(end))

    def span_of(self, token: str, start: int, end: int) -> Span:
        """Return the span of `token` within text[start:end], or of the first character there if it is not found."""
        at = self.text.find(token, start, end)
        return self.span(start, start + 1) if at < 0 else self.span(at, at + len(token))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset, hi=max(1, len(self._starts) - 1))
        return line, offset - self._starts[line - 1] + 1


class Member:
    """A value in the file: its key (None for a feature), the data, and the offsets of its text."""

    __slots__ = ("end", "key", "start", "twice", "value")

    def __init__(self, key: str | None, value: Any, start: int, end: int, twice: tuple[str, ...]) -> None:
        self.key, self.value, self.start, self.end, self.twice = key, value, start, end, twice


class _Refused(ValueError):
    """A number that JSON does not have, or that is none."""


def members(source: Text) -> Iterator[Member]:
    """Yield the members of the file's one object in order, and each feature of `features` as a member without a key.

    Raises StoryError where the text is not strict JSON.
    """
    reader = _Reader(source)
    try:
        yield from reader.members()
    except json.JSONDecodeError as error:
        message = _MEANINGS.get(error.msg, f"this is not JSON: {error.msg}")
        span = source.span(error.pos, error.pos + 1)
        raise StoryError([Problem(span, "bad-json", message, "a GeoJSON editor or validator shows the same")]) from None
    except RecursionError:
        raise StoryError([Problem(reader.here(), "too-deep", "brackets are nested too deeply here")]) from None
    except _Refused as error:
        span = source.span_of(error.args[0], reader.at, len(source.text))
        message = f"{error.args[0][:20]} is not a number that can be measured"
        raise StoryError([Problem(span, "bad-number", message, "type a finite number")]) from None
    except ValueError:
        raise StoryError([Problem(reader.here(), "bad-number", "a number here has thousands of digits")]) from None


class _Reader:
    def __init__(self, source: Text) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.twice: list[str] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._refuse, parse_int=self._int
        )

    def here(self) -> Span:
        return self.source.span(self.at, self.at + 1)

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
        yield Member(key, None, start, self.at, ())

    def _value(self, key: str | None) -> Member:
        start = self.at
        self.twice = []
        value, self.at = self.decoder.raw_decode(self.text, start)
        return Member(key, value, start, self.at, tuple(self.twice))

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

    @staticmethod
    def _refuse(name: str) -> Any:
        raise _Refused(name)

    @staticmethod
    def _int(digits: str) -> int:
        if len(digits) > 40:
            raise _Refused(digits)
        return int(digits)
