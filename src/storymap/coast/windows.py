"""The windows that an author asks for: four numbers each, refused with advice where they cannot be meant."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from storymap.basemap.grid import MAX_LATITUDE

LONGEST_SIDE_DEG = 5.0
SHORTEST_SIDE_DEG = 0.05
_ORDER = "write west, south, east, north in degrees, such as 131.5,42.8,132.3,43.3"
_SENSIBLE = "a side of 0.2 to 2 degrees suits a map of a town or an island"


class CoastError(ValueError):
    """What cannot be cut: `message` says why, `help` what to type instead."""

    def __init__(self, message: str, help: str) -> None:
        self.message = message
        self.help = help
        super().__init__(message)

    def __reduce__(self) -> tuple[type[CoastError], tuple[str, str]]:
        return CoastError, (self.message, self.help)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle in degrees; across the antimeridian its east is above 180."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        east = self.east - 360 if self.east > 180 else self.east
        return ",".join(f"{side:g}" for side in (self.west, self.south, east, self.north))

    @property
    def halves(self) -> tuple[tuple[float, float, float, float], ...]:
        """The window as (west, south, east, north) within ±180: one rectangle, or two that meet at the antimeridian."""
        if self.east <= 180:
            return ((self.west, self.south, self.east, self.north),)
        return (self.west, self.south, 180.0, self.north), (-180.0, self.south, self.east - 360, self.north)

    @property
    def turned(self) -> Window | None:
        """The window of one who wrote latitudes first, or None where that is no window."""
        try:
            return _checked(self.south, self.west, self.north, self.east)
        except CoastError:
            return None


def read_windows(words: Iterable[str]) -> list[Window]:
    """Return the windows that are typed: four numbers each, apart by commas or spaces, in degrees.

    West above east means a window across the antimeridian.

    Raises:
        CoastError: no window, or one that a map cannot have.
    """
    numbers = [_number(word) for word in ",".join(words).replace(",", " ").split()]
    if not numbers or len(numbers) % 4:
        raise CoastError(f"a window has four numbers, and here are {len(numbers)}", _ORDER)
    return [_checked(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)]


def _number(word: str) -> float:
    try:
        number = float(word.replace("−", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CoastError(f"'{word}' is not a number", _ORDER)
    return number


def _checked(west: float, south: float, east: float, north: float) -> Window:
    typed = f"{west:g},{south:g},{east:g},{north:g}"
    if max(abs(south), abs(north)) > MAX_LATITUDE:
        if max(abs(south), abs(north)) > 90 and _fits(south, west, north, east):
            raise CoastError(
                f"{typed} has a latitude beyond ±90: it looks swapped",
                f"longitude comes first: {south:g},{west:g},{north:g},{east:g}",
            )
        raise CoastError(f"{typed} goes beyond latitude ±{MAX_LATITUDE:g}, where the maps end", _ORDER)
    if max(abs(west), abs(east)) > 180:
        west, east = _within_180(west), _within_180(east)
        raise CoastError(f"{typed} has a longitude beyond ±180", f"did you mean {west:g},{south:g},{east:g},{north:g}?")
    if south == north:
        raise CoastError(f"{typed} has no height", _ORDER)
    if south > north:
        ordered = f"{west:g},{north:g},{east:g},{south:g}"
        raise CoastError(f"{typed} has its south above its north", f"did you mean {ordered}?")
    width = (east - west) % 360
    if west >= east and width > LONGEST_SIDE_DEG:
        raise CoastError(
            f"{typed} has its west at or beyond its east",
            f"did you mean {east:g},{south:g},{west:g},{north:g}? only a window across 180° begins in the east",
        )
    if max(width, north - south) > LONGEST_SIDE_DEG:
        raise CoastError(
            f"{typed} is {width:g}° by {north - south:g}°, more than a close map needs",
            f"{_SENSIBLE}; at most {LONGEST_SIDE_DEG:g}, and several windows go into one file",
        )
    if min(width, north - south) < SHORTEST_SIDE_DEG:
        raise CoastError(
            f"{typed} is {width:g}° by {north - south:g}°, less than the closest map shows",
            f"{_SENSIBLE}; at least {SHORTEST_SIDE_DEG:g}",
        )
    return Window(west, south, west + width if east < west else east, north)


def _within_180(longitude: float) -> float:
    return longitude if abs(longitude) <= 180 else (longitude + 180) % 360 - 180


def _fits(west: float, south: float, east: float, north: float) -> bool:
    return max(abs(west), abs(east)) <= 180 and -MAX_LATITUDE <= south < north <= MAX_LATITUDE
