"""The page's colours by day and by night, and which of an author's own can be told apart from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import atan2, cos, dist, hypot, sin
from typing import Literal

Mode = Literal["light", "dark"]

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#17191c",
    "ink2": "#53575c",
    "rule": "#d8d4cb",
    "hair": "#ebe7de",
    "acc": "#b23a0a",
    "on-acc": "#ffffff",
    "acctint": "#fbe9df",
    "land": "#f5f1e8",
    "water": "#d2dee5",
    "coast": "#93a9b6",
    "river": "#9fbaca",
    "border": "#6f6255",
    "rail": "#7d756b",
    "halo": "#fbf8f1",
    "sea": "#3f6277",
    "subject": "#e6dcc6",
    "focus": "#0b57c4",
    "veil": "#ffffffb8",
}
DARK: Mapping[str, str] = {
    "paper": "#16191c",
    "ink": "#eceae4",
    "ink2": "#aeb2b5",
    "rule": "#3a4046",
    "hair": "#2a2f34",
    "acc": "#ff9a62",
    "on-acc": "#1d0e05",
    "acctint": "#3a2419",
    "land": "#2b2e2f",
    "water": "#172128",
    "coast": "#56697a",
    "river": "#40576a",
    "border": "#a89a8a",
    "rail": "#8d867c",
    "halo": "#1b1f22",
    "sea": "#8fb2c6",
    "subject": "#3d3b33",
    "focus": "#8ab8ff",
    "veil": "#16191cb8",
}
PALETTES: Mapping[Mode, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}

# What an accent is used for: words on paper (WCAG 2.2, 1.4.3), lines on the map (1.4.11). Lines are also told from
# other lines, by how light they are or by hue: the least difference of a and b in OKLab.
WORDS_ON, LEAST_WORDS = ("paper",), 4.5
LINES_ON, LEAST_LINES = ("land", "water", "halo", "subject"), 3.0
APART_FROM, LEAST_LIGHTER, LEAST_HUE = ("ink", "border", "rail"), 1.35, 0.07

_TINT: Mapping[Mode, float] = {"light": 0.12, "dark": 0.18}
_USUAL: Mapping[Mode, tuple[float, float]] = {"light": (0.52, 0.17), "dark": (0.78, 0.14)}

# From linear sRGB to the cube of OKLab's first space, from its root to L, a, b, and back
# (bottosson.github.io/posts/oklab).
_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_ROOTS = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_LINEAR = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two #rrggbb colours, 1 to 21 (w3.org/TR/WCAG22, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """Return the #rrggbb colour of `over` laid over `under` with an opacity of `share`, 0 to 1."""
    pairs = ((int(c[i : i + 2], 16) for c in (over, under)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def accented(accent: str, mode: Mode) -> dict[str, str]:
    """Return the colours of a palette that follow its accent: itself, words on it, its tint behind words."""
    paper = PALETTES[mode]["paper"]
    return {"acc": accent, "on-acc": paper, "acctint": mixed(accent, paper, _TINT[mode])}


def weakness(accent: str, mode: Mode) -> str:
    """Return why an accent cannot be used in a mode, in words that follow it, "" where it can."""
    palette = PALETTES[mode]
    for grounds, least, what in ((WORDS_ON, LEAST_WORDS, "words"), (LINES_ON, LEAST_LINES, "lines")):
        ratio, ground = min((contrast(accent, palette[name]), name) for name in grounds)
        if ratio < least:
            where = "paper" if ground == "paper" else f"map's {ground}"
            return f"has a contrast of {_cut(ratio)} : 1 on the {mode} {where}, and {what} need {least:g} : 1"
    for name in APART_FROM:
        other = palette[name]
        if contrast(accent, other) < LEAST_LIGHTER and dist(_lab(accent)[1:], _lab(other)[1:]) < LEAST_HUE:
            called = {"ink": "the text", "border": "borders", "rail": "railways"}[name]
            return f"can hardly be told from the colour of {called}, {other}"
    return ""


def nearest_that_passes(accent: str, mode: Mode) -> str:
    """Return the #rrggbb colour most like an accent that can be used in a mode: of its hue, lighter or greyer."""
    if not weakness(accent, mode):
        return accent
    wanted = _lab(accent)
    found = (one for one in _of_hue(wanted) if not weakness(one, mode))
    return min(found, key=lambda one: dist(_lab(one), wanted))


def counterpart(accent: str, mode: Mode) -> str:
    """Return the accent of a mode that goes with that of the other one: the same hue, as light as it should be."""
    _, a, b = _lab(accent)
    hue, chroma = atan2(b, a), hypot(a, b)
    lightness, most = _USUAL[mode]
    chroma = min(chroma, most)
    while (colour := _hex((lightness, chroma * cos(hue), chroma * sin(hue)))) is None:
        chroma *= 0.9
    return colour if not weakness(colour, mode) else nearest_that_passes(colour, mode)


def _of_hue(lab: Triple) -> Iterator[str]:
    _, a, b = lab
    for share in range(20, -1, -1):
        for percent in range(5, 98):
            colour = _hex((percent / 100, a * share / 20, b * share / 20))
            if colour is not None:
                yield colour


def _cut(ratio: float) -> str:
    return f"{int(ratio * 10) / 10:g}"  # 4.49 is not 4.5


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _curved(red), _curved(green), _curved(blue)


def _curved(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _lab(colour: str) -> Triple:
    one, two, three = _times(_CONES, _linear(colour))
    return _times(_LAB, (one ** (1 / 3), two ** (1 / 3), three ** (1 / 3)))


def _hex(lab: Triple) -> str | None:
    """Return an OKLab colour as #rrggbb, None where screens cannot show it."""
    one, two, three = _times(_ROOTS, lab)
    linear = _times(_LINEAR, (one**3, two**3, three**3))
    if not all(-1e-4 <= c <= 1.0001 for c in linear):
        return None
    shown = (max(0.0, c) for c in linear)
    parts = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in shown)
    return "#" + "".join(f"{min(255, round(255 * c)):02x}" for c in parts)


def _times(matrix: Sequence[Sequence[float]], vector: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three
