"""Writes a page in ASCII: a browser then keeps it as bytes, and reads it in little more than half the time.

One letter beyond Latin-1 makes Chromium keep all of a page's text in two bytes a letter.
"""

from __future__ import annotations

import re

# A page of other letters than these would grow by more than it wins.
MOST = 0.01  # of a page's letters

_OTHER = re.compile(r"[^\x00-\x7f]")
_ELEMENT = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</\2>)", re.DOTALL | re.IGNORECASE)


def in_ascii(html: str) -> str:
    """Return a page that says the same, in ASCII where few of its letters (`MOST`) are others; that page otherwise."""
    if len(_OTHER.findall(html)) > len(html) * MOST:
        return html
    parts = _ELEMENT.split(html)  # markup, then of each element: its tag, its name, its text, its end
    for at in range(0, len(parts), 5):
        parts[at] = _OTHER.sub(lambda found: f"&#{ord(found[0])};", parts[at])
    for at in range(3, len(parts), 5):
        parts[at] = (_in_script if parts[at - 1].lower() == "script" else _in_style)(parts[at])
    return "".join(part for at, part in enumerate(parts) if at % 5 != 2)


def _in_script(text: str) -> str:
    """Return a script or JSON with its other letters as UTF-16 escapes, but for one that is escaped already."""

    def escape(found: re.Match[str]) -> str:
        units = found[2].encode("utf-16-be").hex()
        return found[1] + "".join(rf"\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    return _UNESCAPED.sub(escape, text)


def _in_style(text: str) -> str:
    """Return a style sheet with its other letters as escapes, but for one that is escaped already."""
    return _UNESCAPED.sub(lambda found: rf"{found[1]}\{ord(found[2]):x} ", text)


# A letter after an even number of backslashes.
_UNESCAPED = re.compile(r"((?<!\\)(?:\\\\)*)([^\x00-\x7f])")
