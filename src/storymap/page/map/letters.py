"""How wide the letters of a map are, and how its names break into lines: estimates, made without fonts."""

from __future__ import annotations

from functools import lru_cache

# Advance widths of Helvetica and its metric twins (Arial, Liberation Sans) in thousandths of an em.
_NARROW = dict.fromkeys("ijl.,:;'|!", 250) | dict.fromkeys(" ftI/()-[]", 300) | dict.fromkeys("r", 340)
_WIDE = dict.fromkeys("mMW%@", 880) | dict.fromkeys("wGOQCDHNRUABEKPSVXY&", 700)
_WIDE |= dict.fromkeys("ЖМФШЩЮЫжмфшщюыΩ", 860) | dict.fromkeys("АБВГДЕЗИЙКЛНОПРСТУХЦЧЭЯΑΒΓΔΕΖΗΘΚΛΜΝΞΟΠΡΣΥΦΧΨ", 690)
_SPARE, _SPARE_LARGE = 1.15, 1.1  # readers' fonts differ, those of phones less

STYLE_PX = {"country": 12.0, "sea": 13.0, "river": 13.0, "city": 13.0, "town": 12.5, "subject": 13.0, "pill": 13.0}
LINE = 1.22


@lru_cache(maxsize=4096)
def text_px(text: str, style: str, least_px: float = 0.0) -> float:
    """Return the estimated width of a text in pixels, with room to spare, in letters of at least `least_px`.

    Names of countries are set in capitals.
    """
    text = text.upper() if style == "country" else text
    units = sum(1000 if ord(c) > 0x2E7F else _NARROW.get(c, _WIDE.get(c, 556)) for c in text)
    spacing = 0.16 * len(text) if style == "country" else 0.0
    heavy = 1.06 if style in ("city", "subject", "pill", "country") else 1.0
    return (units / 1000 * heavy + spacing) * max(STYLE_PX[style], least_px) * (_SPARE_LARGE if least_px else _SPARE)


def text_lines(text: str, style: str) -> tuple[str, ...]:
    """Return the lines of a label: names of seas and bays break near the middle, others stay whole."""
    return broken(text) if style == "sea" else (text,)


def broken(text: str) -> tuple[str, ...]:
    """Return a text in two lines, broken at the space nearest to its middle; a single word stays whole."""
    words = text.split()
    if len(words) < 2:
        return (text,)
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:cut]), " ".join(words[cut:])


def capitals(text: str, language: str) -> str:
    """Return a text in the capitals of its language: the Turkish and Azerbaijani i keeps its dot."""
    return (text.replace("i", "İ") if language.split("-", maxsplit=1)[0] in ("tr", "az") else text).upper()
