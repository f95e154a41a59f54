"""Bytes → text: size, UTF-8, and the characters that YAML or an editor would take for something else."""

from __future__ import annotations

import re
from bisect import bisect_right

from storymap.problems import Problem, Span, StoryError

# Everything that YAML refuses or silently takes for a line break, except the breaks that editors show as such.
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ufeff]")
_NAMES = {
    "\x00": "a NUL character",
    "\x0b": "a vertical tab, an invisible line break",
    "\x0c": "a form feed, an invisible page break",
    "\x85": "NEL, an invisible line break",
    "\u2028": "LINE SEPARATOR, an invisible line break",
    "\u2029": "PARAGRAPH SEPARATOR, an invisible line break",
    "\ufeff": "a byte order mark in the middle of the file",
}
_MOST = 20  # problems of one sort that are worth printing


def read_text(raw: bytes, path: str, *, max_bytes: int) -> str:
    """Return the text of a file; StoryError if it is larger than `max_bytes` or not UTF-8 (a BOM may stand first)."""
    if len(raw) > max_bytes:
        raise StoryError([too_large(path, len(raw), max_bytes)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a BOM the codec counts from behind it.
        at = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        before = raw[:at].decode("utf-8-sig")
        message = f"byte 0x{raw[at]:02x} at offset {at} is not UTF-8{_likely_encoding(raw)}"
        help = "save the file with the encoding UTF-8"
        span = Text(path, before).span(len(before), len(before) + 1)
        raise StoryError([Problem(span, "not-utf8", message, help)]) from None


def too_large(path: str, size: int, limit: int) -> Problem:
    """Return the problem of a file of more bytes than are read."""
    message = f"the file has {size:,} bytes; the limit is {limit:,}"
    return Problem(Span(path), "file-too-large", message, "split it in two")


def _likely_encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ": the file is UTF-16"
    return ""


class Text:
    """A file's text that knows the line and column of every offset; lines end in LF, CR LF or CR."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]

    def span(self, start: int, end: int) -> Span:
        """Return the span of text[start:end]."""
        return Span(self.path, *self._at(start), *self._at(end))

    def span_of(self, token: str, start: int, end: int) -> Span | None:
        """Return the span of the first `token` within text[start:end], or None."""
        at = self.text.find(token, start, end)
        return None if at < 0 else self.span(at, at + len(token))

    def offsets(self, span: Span) -> tuple[int, int]:
        """Return the offsets (start, end) of a span of this file."""
        return self._starts[span.line - 1] + span.column - 1, self._starts[span.end_line - 1] + span.end_column - 1

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def bad_characters(source: Text) -> tuple[str, list[Problem]]:
    """Return the text with every refused character turned into a space (so positions stay), and the problems."""
    found: list[Problem] = []
    for match in _BAD.finditer(source.text):
        if len(found) == _MOST:
            break
        name = f"U+{ord(match[0]):04X}"
        what = f"{name} ({_NAMES[match[0]]})" if match[0] in _NAMES else f"the control character {name}"
        help = "delete that character; it often comes with text pasted from another program"
        found.append(Problem(source.span(*match.span()), "bad-character", f"here stands {what}", help))
    return (_BAD.sub(" ", source.text) if found else source.text), found
