"""The styles of a picture that stands alone: the rules of the page's maps that it needs, with colours filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from storymap.page.styles import source

_SECTIONS = re.compile(r"/\* (?:Claims in the prose|Maps: static and interactive)[^*]*\*/(.*?)(?=\n/\* )", re.DOTALL)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"^(?P<element>[a-z]*)(?P<classes>(?:\.[\w-]+)+)$")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
# Programs that know SVG's properties need not know CSS's short one.
_FONT = re.compile(r"\bfont:\s*(\w+) (\d+) ([\d.]+px)/[\d.]+ (var\([\w-]+\))")
# Of HTML, or of a page with two letterings.
_OTHERS = {
    "color",
    "line-height",
    "text-align",
    "display",
    "width",
    "height",
    "vertical-align",
    "aspect-ratio",
    "margin-top",
    "r",
}

SCOPE = "storymap"


def style_of(used: Iterable[tuple[str, str]], values: Mapping[str, str]) -> str:
    """Return the CSS of a picture, in force inside of an element of class `storymap` only.

    Args:
        used: (element, classes) of all that the picture draws.
        values: what the custom properties of the rules stand for, by name without dashes.
    """
    drawn = {(element, frozenset(classes.split())) for element, classes in used}
    rules = []
    for selectors, declarations in _rules():
        kept = [f".{SCOPE} {s}" for s in selectors if _draws(s, drawn)]
        if kept and declarations:
            rules.append(f"{','.join(kept)}{{{declarations}}}")
    return _VARIABLE.sub(lambda found: values[found[1]], "".join(rules))


@cache
def _rules() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return (selectors, declarations) of the page's rules for maps and for signs, in order."""
    sections = re.sub(r"/\*.*?\*/", "", "".join(_SECTIONS.findall(source())), flags=re.DOTALL)
    return tuple(
        (tuple(s.strip() for s in selectors.split(",")), _kept(declarations))
        for selectors, declarations in _RULE.findall(_AT_RULE.sub("", sections))
    )


def _kept(declarations: str) -> str:
    longhand = _FONT.sub(r"font-style:\1;font-weight:\2;font-size:\3;font-family:\4", declarations)
    pairs = (part.strip().partition(":") for part in longhand.split(";") if ":" in part)
    return ";".join(f"{name}:{value.strip()}" for name, _, value in pairs if name not in _OTHERS)


def _draws(selector: str, drawn: set[tuple[str, frozenset[str]]]) -> bool:
    """Return whether a selector of classes finds something drawn; those with ancestors are for the moving map."""
    found = _SIMPLE.match(selector)
    if not found:
        return False
    wanted = set(found["classes"][1:].split("."))
    return any(found["element"] in ("", element) and wanted <= classes for element, classes in drawn)
