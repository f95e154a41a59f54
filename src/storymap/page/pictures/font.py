"""The font of previews: which characters it can draw and how wide they are, read from its tables.

OpenType: cmap formats 4 and 12, head, hhea and hmtx (learn.microsoft.com/typography/opentype/spec).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans"
_BOLDER = 1.08  # at most as much wider is its bold: the table has the widths of the regular
_ALWAYS = set(" \u00a0\u00ad\u200b\u200e\u200f\n")


@dataclass(frozen=True, slots=True)
class Font:
    """The glyph of each character, and the width of each glyph in em."""

    glyphs: dict[int, int]
    widths: tuple[float, ...]

    def covers(self, text: str) -> bool:
        """Return whether every character of a text can be drawn."""
        return all(ord(char) in self.glyphs or char in _ALWAYS for char in text)

    def width_px(self, text: str, size_px: float) -> float:
        """Return how wide a line of bold text is at most, in pixels."""
        widths = (self.widths[min(self.glyphs.get(ord(char), 0), len(self.widths) - 1)] for char in text)
        return sum(widths) * size_px * _BOLDER

    def lines(self, text: str, size_px: float, room_px: float) -> list[str]:
        """Return a text in lines no wider than `room_px`, broken between words; a longer word stands alone."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.width_px(f"{lines[-1]} {word}", size_px) <= room_px:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        return lines


def font_files() -> list[str]:
    """Return the paths of the font's upright and italic files."""
    folder = Path(str(files("fontpkg_noto_sans").joinpath("files")))
    return sorted(str(path) for path in folder.glob("*.ttf"))


@cache
def font() -> Font:
    """Return what the upright font can draw."""
    (upright,) = (path for path in font_files() if "Italic" not in path)
    return read_font(Path(upright).read_bytes())


def read_font(data: bytes) -> Font:
    """Return what a TrueType file can draw."""
    tables = {}
    for i in range(*struct.unpack_from(">H", data, 4)):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        tables[tag] = offset
    (em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    pairs = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
    return Font(_glyphs(data, tables[b"cmap"]), tuple(width / em for width in pairs[::2]))


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Return glyph numbers by character, from the first subtable of each format that we read."""
    glyphs: dict[int, int] = {}
    for i in range(*struct.unpack_from(">H", data, cmap + 2)):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)
        (format_,) = struct.unpack_from(">H", data, cmap + offset)
        if platform == 3 and format_ == 4:
            glyphs |= _format_4(data, cmap + offset)
        elif platform == 3 and format_ == 12:
            glyphs |= _format_12(data, cmap + offset)
    return glyphs


def _format_4(data: bytes, at: int) -> dict[int, int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{doubled // 2}H", data, at + 14 + skip)
        for skip in (0, doubled + 2, 2 * doubled + 2, 3 * doubled + 2)
    )
    glyphs = {}
    for i, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for char in range(start, end + 1):
            glyph = char
            if offset:
                place = at + 16 + 3 * doubled + 2 * i + offset + 2 * (char - start)
                (glyph,) = struct.unpack_from(">H", data, place)
            if glyph and (found := (glyph + delta) % 65536):
                glyphs[char] = found
    return glyphs


def _format_12(data: bytes, at: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    groups = (struct.unpack_from(">III", data, at + 16 + 12 * i) for i in range(count))
    return {char: first + char - start for start, end, first in groups for char in range(start, end + 1)}
