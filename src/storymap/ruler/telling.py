"""What was measured, for a reporter at a terminal: short lines, right digits, nothing to convert."""

from __future__ import annotations

from collections.abc import Iterator

from storymap.quantity import sensible_unit, wind_of
from storymap.ruler.asked import Asked
from storymap.ruler.claiming import as_claim
from storymap.ruler.degrees import AS_TYPED, LEAST_M, TO_COPY, as_decimal, as_dms
from storymap.ruler.figures import in_other_units, in_unit, shown_reach
from storymap.ruler.measuring import Alone, Between, Direction, Figure, Inside
from storymap.scene import Message
from storymap.strings import Catalogue
from storymap.wording import said

_Rows = Iterator[tuple[str, str]]
_WHOLE_DEGREE = 1.0
_CAUTIONS = {"edge-model": "ruler.caution-edge-model"}  # others are told as beside a verdict
_TOLD = ("scale",)  # what a note says already


def as_lines(found: Between | Alone, words: Catalogue) -> list[str]:
    """Return what was measured as lines: what it is, a row for each figure, and a claim to paste into a story."""
    title, rows = _between(found, words) if isinstance(found, Between) else _alone(found, words)
    named = [(words.say(f"ruler.{key}") if key else "", text) for key, text in rows]
    width = max(len(name) for name, _ in named) + 2
    claim = as_claim(found, words)
    return [
        title,
        "",
        *(f"{name:<{width}}{text}".rstrip() for name, text in named),
        *(["", words.say("ruler.claim-lead"), *claim] if claim else []),
    ]


def swap_hint(found: Between | Alone, words: Catalogue) -> str:
    """Return the hint that a position may have its latitude and longitude swapped, "" where nothing says so."""
    if isinstance(found, Alone) or found.swapped_m is None:
        return ""
    near = in_unit(found.swapped_m, sensible_unit("length", found.swapped_m), words)
    return words.say("ruler.swap-hint", a=found.a.place.phrase, b=found.b.place.phrase, near=near)


def _between(found: Between, words: Catalogue) -> tuple[str, _Rows]:
    margin = found.inside.margin if found.inside else None

    def rows() -> _Rows:
        if found.inside is not None and margin is not None:
            yield from _inside(found.inside, margin, words)
        else:
            yield from _figures("distance", found.distance, words)
            yield from _nearest(found, words)
        if found.along is not None and found.line is not None and found.stops is not None:
            yield from _figures("along", found.along, words)
            u = found.line.place.uncertainty_m
            first, last = (as_decimal(stop, u) for stop in found.stops)
            yield "", words.say("ruler.stops", first=first, last=last, line=found.line.place.phrase)
        if found.direction is not None:
            yield "bearing", _bearing(found.direction, words)
        if found.inside is not None and margin is None:
            yield "inside", words.say("ruler.inside-no", place=found.inside.place.phrase, area=found.inside.area.phrase)
        asked = [found.a, found.b, *([found.line] if found.line else [])]
        yield from _uncertainties(asked, words)
        yield from _sources(asked, words)
        yield from _notes([found.distance, margin, found.along], words)

    return said((margin or found.distance).measured.what, words), rows()


def _alone(found: Alone, words: Catalogue) -> tuple[str, _Rows]:
    place = found.asked.place

    def rows() -> _Rows:
        if found.at is not None:
            spare = AS_TYPED if found.asked.basis == "digits" else TO_COPY
            yield "position", as_decimal(found.at, place.uncertainty_m, spare=spare)
            yield "", as_dms(found.at, place.uncertainty_m, spare=spare)
        if found.length is not None:
            yield from _figures("length", found.length, words)
            if found.length.known:
                yield from _reach(found.length, words)
        if found.ends is not None:
            first, last = (as_decimal(end, place.uncertainty_m) for end in found.ends)
            yield "ends", words.say("ruler.ends-are", first=first, last=last)
        for key, figure in (("area", found.area), ("perimeter", found.perimeter)):
            if figure is not None:
                yield from _figures(key, figure, words)
        if found.at is None and found.length is None and found.area is None:
            yield "points", f"{len(getattr(place.geometry, 'geoms', ()))}"
        yield from _uncertainties([found.asked], words)
        yield from _sources([found.asked], words)
        yield from _notes([found.length, found.area, found.perimeter], words)

    return place.name, rows()


def _figures(key: str, figure: Figure, words: Catalogue) -> _Rows:
    """Yield a figure in the unit that suits it, and below it in others."""
    first, *others = in_other_units(figure, words)
    yield key, first
    for other in others:
        yield "", other


def _reach(figure: Figure, words: Catalogue) -> _Rows:
    """Yield the interval where it reaches further to one side, as that of a coarsely drawn line does."""
    if shown_reach(figure, words):
        yield "", shown_reach(figure, words)


def _nearest(found: Between, words: Catalogue) -> _Rows:
    key = "nearest"
    for asked, position in ((found.a, found.on_a), (found.b, found.on_b)):
        if asked.origin == "typed":
            continue
        at = as_decimal(position, asked.place.uncertainty_m)
        yield key, words.say("ruler.at-place", position=at, place=asked.place.phrase)
        key = ""


def _bearing(direction: Direction, words: Catalogue) -> str:
    there, back = (round(degrees) % 360 for degrees in (direction.there_deg, direction.back_deg))
    u = direction.u_deg
    key = "ruler.bearing-are" if u is None or u <= _WHOLE_DEGREE else "ruler.bearing-are-about"
    return words.say(
        key,
        there=str(there),
        there_word=words.say(f"wind.{wind_of(direction.there_deg)}"),
        back=str(back),
        back_word=words.say(f"wind.{wind_of(direction.back_deg)}"),
        u=f"{-(-(u or 0) // 1):.0f}",
    )


def _inside(inside: Inside, margin: Figure, words: Catalogue) -> _Rows:
    """Yield whether a place lies in an area, and how far from its edge."""
    measured = margin.measured
    names = {"place": inside.place.phrase, "area": inside.area.phrase}
    if measured.value <= 0:
        yield "inside", words.say("ruler.inside-partly", **names)
        return
    near = margin.known and measured.low <= 0
    yield "inside", words.say("ruler.inside-as-drawn" if near else "ruler.inside-yes", **names)
    yield from _figures("edge", margin, words)
    if inside.on_edge is not None:
        yield "", words.say("ruler.edge-at", position=as_decimal(inside.on_edge, inside.area.uncertainty_m))


def _uncertainties(asked: list[Asked], words: Catalogue) -> _Rows:
    key = "uncertainty"
    for one in asked:
        u = one.place.uncertainty_m
        size = "" if u is None else in_unit(u, sensible_unit("length", u), words)
        least = "-least" if one.basis == "digits" and u == LEAST_M else ""
        yield key, words.say(f"ruler.basis-{one.basis}{least}", place=one.place.phrase, u=size)
        key = ""


def _sources(asked: list[Asked], words: Catalogue) -> _Rows:
    key = "source"
    for place in dict.fromkeys((one.place.source, one.place.license) for one in asked if one.place.source):
        source, license = place
        yield key, words.say("ruler.source-is", source=source, license=license) if license else source or ""
        key = ""


def _notes(figures: list[Figure | None], words: Catalogue) -> _Rows:
    key, told = "note", set()
    for figure in figures:
        if figure is None:
            continue
        cautions = [
            Message(_CAUTIONS.get(code, f"reason.{code}")) for code in figure.measured.cautions if code not in _TOLD
        ]
        for message in (*figure.measured.notes, *(cautions if figure.known else ())):
            text = said(message, words)
            if text not in told:
                yield key, text
                key = ""
            told.add(text)
