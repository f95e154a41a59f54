"""A step's map in words, written from its geometry, for those who cannot see it: what lies where, what is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

import numpy as np
from shapely.geometry.base import BaseGeometry

from storymap.basemap.grid import WORLD_UNITS, Grid
from storymap.earth import EarthError, bearing, inverse, length
from storymap.page.map.viewport import Frame
from storymap.page.units import Told, in_all, message_in, plain
from storymap.places import Place
from storymap.quantity import System, sensible_unit, wind_of
from storymap.scene import Amount, Finding, LonLat, Message, Scene
from storymap.strings import Catalogue
from storymap.wording import said

MOST = 12  # places that anybody would listen to
_NEAR = 0.03  # of a line's length: what lies no farther from its end is where it ends
_FARTHEST_M = 9_000_000.0  # a map wider than that is no plane on which anything could be so far to the east


def told(
    scene: Scene,
    framed: Frame,
    findings: Mapping[str, Finding],
    values: Mapping[str, Told],
    words: Catalogue,
    meridian: float = 0.0,
) -> Told:
    """Return what a step's map shows: its width, each place, where it lies and how it runs, and each measured line.

    Args:
        scene: the step.
        framed: what its map frames.
        findings: by the ids of claims.
        values: measured values as the page says them, by the ids of claims; a claim that is not here is not told.
        words: the language's sentences.
        meridian: the middle of the story's maps, degrees.
    """
    grid = Grid(0, 0, meridian)
    shown = {item.place.id: item for item in scene.shown}
    subjects = [item.place for item in shown.values() if item.role == "subject"]
    aside = [item.place.phrase for item in shown.values() if item.role == "context"]
    # Of what readers are to guess first, no number is said either: how long, how large, how far from another.
    kept = {place.id for claim in scene.claims if claim.id not in values for place in claim.places.values()}
    aside = [place.phrase for place in subjects if place.id in kept] + aside
    subjects = [place for place in subjects if place.id not in kept]
    spots = [item.place for item in shown.values() if item.place.geometry.geom_type == "Point"]
    box = framed.view[0]
    y = (box.top + box.bottom) / 2
    across_m = _across_m(grid, (box.left, y), (box.right, y))
    sentences = [_say("map.width", words, width=_about(across_m))] if across_m else []
    sentences += [_place(place, spots, grid, words) for place in subjects[:MOST]]
    if len(subjects) > MOST:
        sentences.append(plain(words.say("map.more", count=str(len(subjects) - MOST))))
    sentences += [
        _measured(findings[claim.id], values[claim.id], words) for claim in scene.claims if claim.id in values
    ]
    if aside:
        sentences.append(plain(words.say("map.aside", places=words.listed(aside[:MOST]))))
    return in_all(lambda system: words.together(dict.fromkeys(sentence.of(system) for sentence in sentences)))


def _place(place: Place, spots: Sequence[Place], grid: Grid, words: Catalogue) -> Told:
    """Return what one place is, and where: a point seen from the first point of the step, a line by its ends."""
    kind = place.geometry.geom_type
    if "Polygon" in kind:
        return _area(place, grid, words)
    if "Line" in kind:
        return _line(place, spots, words)
    at = _first(place.geometry)
    if kind == "Point" and spots[0] is not place:
        start = _first(spots[0].geometry)
        away_m = inverse(start, at)
        if away_m > 1:
            wind = words.say(f"wind.{wind_of(bearing(start, at)[0])}")
            away = _about(away_m)
            return _say("map.point-from", words, place=place.phrase, distance=away, wind=wind, start=spots[0].phrase)
    return _say("map.point", words, place=place.phrase)


def _line(place: Place, spots: Sequence[Place], words: Catalogue) -> Told:
    """Return how long a line is, and from where to where it runs: by the places at its ends, or by winds."""
    lines = [np.asarray(line.coords)[:, :2] for line in getattr(place.geometry, "geoms", [place.geometry])]
    start, end = _lonlat(lines[0][0]), _lonlat(lines[-1][-1])
    long_m = place.stated.length_m if place.stated else _length_m(place)
    values: dict[str, str | Amount] = {"place": place.phrase, "length": _about(long_m)}
    between_m = inverse(start, end)
    if between_m < _NEAR * long_m:
        return _say("map.ring", words, **values)
    first, last = (_at(spots, end, _NEAR * between_m) for end in (start, end))
    towards = bearing(start, end)[0]
    values["wind"] = words.say(f"wind.{wind_of(towards)}")
    if first and last:
        return _say("map.line-between", words, **values, start=first, end=last)
    return _say("map.line", words, **values, back=words.say(f"wind.{wind_of(towards + 180)}"))


def _area(place: Place, grid: Grid, words: Catalogue) -> Told:
    """Return how far an area reaches from west to east and from north to south."""
    rings = [np.asarray(part.exterior.coords)[:, :2] for part in getattr(place.geometry, "geoms", [place.geometry])]
    box = grid.box_of(rings)
    if box is not None:
        x, y = box.middle
        wide_m = _across_m(grid, (box.left, y), (box.right, y))
        high_m = _across_m(grid, (x, box.top), (x, box.bottom))
        if wide_m and high_m:
            return _say("map.area", words, place=place.phrase, width=_about(wide_m), height=_about(high_m))
    return _say("map.area-vast", words, place=place.phrase)


def _measured(finding: Finding, value: Told, words: Catalogue) -> Told:
    """Return what was measured, its value, and for a straight line where it leads."""
    measured, towards = finding.headline.measurement, ""
    if finding.kind == "distance" and len(measured.lines) == 1:
        start, end = measured.lines[0][0], measured.lines[0][-1]
        if inverse(start, end) > 1:
            towards = words.say(f"wind.{wind_of(bearing(start, end)[0])}")

    def said_in(system: System | None) -> str:
        what, number = said(message_in(measured.what, system), words), value.of(system)
        if towards:
            return words.say("map.measured-towards", what=what, value=number, wind=towards)
        return words.say("map.measured", what=what, value=number)

    return in_all(said_in)


def _say(key: str, words: Catalogue, **values: str | Amount) -> Told:
    return in_all(lambda system: said(message_in(Message(key, values), system), words))


def _about(size_m: float) -> Amount:
    """Return a length of which two digits are told."""
    digit_m = 10.0 ** (floor(log10(size_m)) - 1) if size_m > 0 else 1.0
    return Amount(size_m, size_m, 5 * digit_m, sensible_unit("length", size_m))


def _across_m(grid: Grid, one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """Return the way between two positions of the grid (x, y) in metres; None where it is too long to mean much."""
    if abs(one[0] - other[0]) > WORLD_UNITS / 2:  # the other way round would be shorter
        return None
    (west, east), (north, south) = grid.unproject([one[0], other[0]], [one[1], other[1]])
    size_m = inverse((float(west), float(north)), (float(east), float(south)))
    return size_m if 0 < size_m < _FARTHEST_M else None


def _length_m(place: Place) -> float:
    try:
        return length(place.geometry, edges=place.edges)
    except EarthError:
        return 0.0


def _at(spots: Sequence[Place], end: LonLat, most_m: float) -> str | None:
    """Return the name of the point nearest to a line's end, if one is near."""
    away_m, name = min(((inverse(_first(spot.geometry), end), spot.phrase) for spot in spots), default=(most_m, None))
    return name if away_m < most_m else None


def _first(geometry: BaseGeometry) -> LonLat:
    return _lonlat(geometry.representative_point().coords[0])


def _lonlat(at: Sequence[float]) -> LonLat:
    return float(at[0]), float(at[1])
