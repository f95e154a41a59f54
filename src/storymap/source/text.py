"""Bytes → text: size, UTF-8, and the characters that YAML or an editor would take for something else."""

from __future__ import annotations

import re

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
        size = f"{len(raw) / 1e6:.1f} MB; the limit is {max_bytes / 1e6:g} MB"
        raise StoryError([Problem(Span(path), "file-too-large", f"the file has {size}", "split it in two")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a BOM the codec counts from behind it.
        at = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        before = raw[:at].decode("utf-8-sig")
        message = f"byte 0x{raw[at]:02x} at offset {at} is not UTF-8{_likely_encoding(raw)}"
        help = "save the file with the encoding UTF-8"
        raise StoryError([Problem(span_at(path, before, len(before)), "not-utf8", message, help)]) from None


def _likely_encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ": the file is UTF-16"
    return ""


def span_at(path: str, text: str, start: int, end: int | None = None) -> Span:
    """Return the span of text[start:end] (one character if `end` is None); lines end in LF, CR LF or CR."""
    line, column = _line_and_column(text, start)
    end_line, end_column = _line_and_column(text, start + 1 if end is None else end)
    return Span(path, line, column, end_line, end_column)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    lone = before.count("\r") - before.count("\r\n")
    if before.endswith("\r") and text[offset : offset + 1] == "\n":
        lone -= 1  # between the halves of \r\n: still on the line that it ends
    begin = max(before.rfind("\n"), before.rfind("\r") if lone or "\r" in before[before.rfind("\n") + 1 :] else -1)
    return before.count("\n") + lone + 1, offset - begin


def bad_characters(text: str, path: str) -> tuple[str, list[Problem]]:
    """Return the text with every refused character turned into a space (so positions stay), and the problems."""
    found: list[Problem] = []
    for match in _BAD.finditer(text):
        if len(found) == _MOST:
            break
        name = f"U+{ord(match[0]):04X}"
        what = f"{name} ({_NAMES[match[0]]})" if match[0] in _NAMES else f"the control character {name}"
        help = "delete that character; it often comes with text pasted from another program"
        found.append(Problem(span_at(path, text, match.start()), "bad-character", f"here stands {what}", help))
    return (_BAD.sub(" ", text) if found else text), found
