"""The words for places: a Place, a published figure about it, and the Atlas that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from storymap.problems import Span

Edges = Literal["planar", "geodesic"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A published length, for a line that is only drawn schematically."""

    length_m: float
    uncertainty_m: float
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """One feature of the places file. Coordinates are (lon, lat) degrees, WGS 84, two-dimensional.

    `uncertainty_m` is None where the file says nothing; it is never 0. `edges` says what the line between two
    vertices means: straight in lon/lat (RFC 7946) or the shortest line on the ellipsoid. `derived_from` are the ids of
    the places that a `derived` one was drawn from, as far as the file names them. `name_lang` is the language of the
    name where that is not the story's.
    """

    id: str
    name: str
    kind: str
    geometry: BaseGeometry
    uncertainty_m: float | None
    source: str | None
    license: str | None
    retrieved: str | None
    edges: Edges
    scale: str | None
    stated: Stated | None
    derived: bool
    schematic: bool
    min_zoom: float | None
    max_zoom: float | None
    note: str | None
    span: Span
    derived_from: tuple[str, ...] = ()
    in_text: str | None = None
    name_lang: str = ""

    @property
    def phrase(self) -> str:
        """How the place is called within a sentence: "the mainland" where its label says "Mainland"."""
        return self.in_text or self.name


class Atlas(Mapping[str, Place]):
    """All places of a file by their ids, in the file's order."""

    __slots__ = ("_places",)

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.id: place for place in places}

    def __getitem__(self, place_id: str) -> Place:
        return self._places[place_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return f"Atlas({', '.join(self._places)})"
