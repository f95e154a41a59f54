"""An argument → a place: an id of the places file, a position as people copy it, or a GeoJSON file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from pydantic_core import PydanticCustomError
from shapely.geometry import Point

from storymap.inputs import DEFAULT_PLACES, project_of, shown_path
from storymap.places import Atlas, Edges, Place, PlaceWarning, read_places
from storymap.problems import Problem, Span, did_you_mean
from storymap.quantity import QuantityError, read_length
from storymap.ruler.asked import Asked, RulerError
from storymap.ruler.degrees import half_digit_m
from storymap.ruler.files import read_file, read_raw
from storymap.story.positions import read_position
from storymap.story.values import shown, slug

_FILE = re.compile(r"\.(geo)?json(#.*)?$", re.IGNORECASE)
_BEGINS_AS_NUMBER = re.compile(r"[+-]?\.?[0-9]")
_HALF = re.compile(r"[+-]?[0-9.]+,?|[^,\s]*°[^NSEW]*[NSEW]?,?")
_COMMAS = re.compile(r"([+-]?[0-9]{1,3}),([0-9]+)[,;]?\s+([+-]?[0-9]{1,3}),([0-9]+)")
_EXAMPLE = 'type "43.1112, 131.8819", latitude first, or "43°06′40″N 131°52′55″E"'
_MOST_NAMED = 5
_LONGEST = 100  # of what can be a position


def read_all(
    given: Sequence[str], folder: Path, name: str | None, *, edges: Edges = "planar", uncertainty: str | None = None
) -> tuple[list[Asked], list[Problem]]:
    """Return the places that arguments mean, and the warnings about them in the places file.

    Args:
        given: what `read_asked` reads.
        folder, name: where `read_atlas` finds the places file; it is read once, and only where an id is given.
        edges: of GeoJSON files that do not say it.
        uncertainty: a length, for what does not say its own.

    Raises:
        RulerError, StoryError, ToolError: as the readers do.
    """
    u = None if uncertainty is None else read_uncertainty(uncertainty)
    atlas = cache(lambda: read_atlas(folder, name))
    asked = [read_asked(text, lambda: atlas()[0], edges=edges).or_known_to(u) for text in given]
    ids = {one.place.id for one in asked if one.origin == "places"}
    warnings = atlas()[1] if ids else []
    return asked, [problem for problem in warnings if isinstance(problem, PlaceWarning) and problem.place in ids]


def read_asked(text: str, atlas: Callable[[], Atlas], *, edges: Edges = "planar") -> Asked:
    """Return the place that an argument of the command line means.

    Args:
        text: an id, "lat, lon" in degrees, degrees with minutes and seconds, or file.geojson, file.geojson#id.
        atlas: gives the places of the project; called only where it is needed.
        edges: how edges run in a GeoJSON file that does not say it.

    Raises:
        RulerError: it means no place, or one that cannot be measured.
        StoryError: of `atlas`.
    """
    plain = text.replace("−", "-").replace("\u00a0", " ").strip()
    if _FILE.search(plain):
        return read_file(plain, edges)
    plain = plain.strip("()[]")
    return _typed(plain) if _is_position(plain) else _named(plain, atlas())


def read_atlas(folder: Path, name: str | None) -> tuple[Atlas, list[Problem]]:
    """Return the places of the project that a folder belongs to, or of the file `name`, and the warnings.

    Raises:
        RulerError: there is no such file.
        StoryError: all that is wrong with its places.
        ToolError: the machine cannot read it.
    """
    path = Path(name) if name is not None else project_of(folder / "any") / DEFAULT_PLACES
    if name is None and not path.is_file():
        raise RulerError("this folder belongs to no project, so there are no ids", "name a file with --places FILE")
    return read_places(read_raw(path), shown_path(path))


def read_uncertainty(text: str) -> float:
    """Return an uncertainty in metres: "100m", "1.5 km". RulerError where it is none."""
    try:
        u = read_length(text)
    except QuantityError as error:
        raise RulerError(f"--uncertainty: {error.message}", "write a length such as 100m or 1.5km") from None
    if not 0 < u < math.inf:
        raise RulerError("--uncertainty must be above 0", "no position is exact")
    return u


def _is_position(text: str) -> bool:
    return "°" in text or _BEGINS_AS_NUMBER.match(text) is not None


def _typed(text: str) -> Asked:
    try:
        lon, lat = read_position(text)
    except PydanticCustomError as error:
        message, help = ((error.context or {})[key] for key in ("message", "help"))
        why = "is no position" if message.startswith("must be") else message  # else it would say twice what was typed
        raise RulerError(f"{shown(text)} {why}", _position_help(text, help)) from None
    u = half_digit_m(text, (lon, lat))
    place = Place(
        id=text,
        name=text,
        kind="place",
        geometry=Point(lon, lat),
        uncertainty_m=u,
        source=None,
        license=None,
        retrieved=None,
        edges="planar",
        scale=None,
        stated=None,
        derived=False,
        schematic=False,
        min_zoom=None,
        max_zoom=None,
        note=None,
        span=Span(text),
    )
    return Asked(place, "typed", "digits")


def _position_help(text: str, help: str) -> str:
    if len(text) > _LONGEST:
        return _EXAMPLE
    if _HALF.fullmatch(text):
        return 'this is half a position: put quotes round the whole, as in "43.1112, 131.8819"'
    commas = _COMMAS.fullmatch(text)
    if commas:
        return f'type "{commas[1]}.{commas[2]}, {commas[3]}.{commas[4]}": a point before decimals'
    return help.replace("[", '"').replace("]", '"') if "swapped" not in help and "latitude first" in help else _EXAMPLE


def _named(text: str, atlas: Atlas) -> Asked:
    place = atlas.get(text)
    if place is None:
        raise RulerError(f"there is no place {shown(text)}", _meant(text, atlas))
    return Asked(place, "places", "unknown" if place.uncertainty_m is None else "places")


def _meant(text: str, atlas: Atlas) -> str:
    """Return which ids may have been meant: those that hold the word, or whose name does, or one spelt like it."""
    word = slug(text)
    held = [name for name in atlas if word and word in name]
    held = held or [name for name in atlas if word and word in slug(atlas[name].name)]
    if held:
        named = [f"'{name}'" for name in held[:_MOST_NAMED]]
        more = [f"{len(held) - _MOST_NAMED} more"] if len(held) > _MOST_NAMED else []
        listed = [*named, *more]
        joined = f"{', '.join(listed[:-1])} or {listed[-1]}" if len(listed) > 1 else listed[0]
        return f"did you mean {joined}?"
    return (
        did_you_mean(word or text, atlas)
        or f"name the id of a place of the places file (or another file: --places), or {_EXAMPLE}"
    )
