"""A claim to paste into a story: what was measured, in round words that hold."""

from __future__ import annotations

import json
import math

from storymap.claims.judge import judge
from storymap.quantity import QuantityError, read_quote, sensible_unit
from storymap.ruler.measuring import Alone, Between, Figure
from storymap.scene import Verdict
from storymap.strings import Catalogue

_DIGITS = (2, 1)


def as_claim(found: Between | Alone, words: Catalogue) -> list[str]:
    """Return the lines of a claim (YAML), or none: only places of the places file can be claimed."""
    asked = [found.asked] if isinstance(found, Alone) else [found.a, found.b, *([found.line] if found.line else [])]
    if any(one.origin != "places" or one.place.uncertainty_m is None for one in asked):
        return []
    if isinstance(found, Alone):
        for kind, figure in (("length", found.length), ("area", found.area)):
            if figure is not None:
                return _claim(figure, f"{kind}: {found.asked.place.id}")
        return []
    if found.line is not None and found.along is not None:
        line = found.line.place.id
        return _claim(found.along, f"distance: {{from: {found.a.place.id}, to: {found.b.place.id}, along: {line}}}")
    inside = found.inside
    if inside is not None and inside.margin is not None:
        if inside.margin.measured.low <= 0 or inside.margin.measured.cautions:
            return []
        quote = words.say("ruler.claim-inside", area=inside.area.phrase)
        return [
            f"- quote: {json.dumps(quote, ensure_ascii=False)}",
            f"  within: {{place: {inside.place.id}, area: {inside.area.id}}}",
        ]
    return _claim(found.distance, f"distance: {{from: {found.a.place.id}, to: {found.b.place.id}}}")


def _claim(figure: Figure, measure: str) -> list[str]:
    """Return a claim in the roundest words that hold of a figure, none where there are none."""
    value = figure.measured.value
    unit = sensible_unit(figure.measured.dimension, value)
    for digits in _DIGITS:
        if value <= 0:
            break
        step = 10.0 ** (math.floor(math.log10(value / unit.si)) + 1 - digits)
        number = round(value / unit.si / step) * step
        quote = f"about {number:,.{max(0, -math.floor(math.log10(step)))}f} {unit.symbol}"
        try:
            expectation = read_quote(quote, figure.measured.dimension)
        except QuantityError:
            continue
        if judge(figure.measured, expectation).verdict is Verdict.HOLDS:
            return [f"- quote: {quote}", f"  {measure}"]
    return []
