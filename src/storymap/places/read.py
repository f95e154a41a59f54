"""The places file → an Atlas, or every problem in it with the feature where it stands."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from storymap.places.atlas import Atlas, Place
from storymap.places.geometry import GeometryError, read_geometry
from storymap.places.json_text import Member, members
from storymap.places.properties import LEAST_M, SHARED, Complaint, Properties, as_json
from storymap.problems import Level, Problem, Span, StoryError, did_you_mean
from storymap.source import Text, read_text
from storymap.story.values import ID_PATTERN, shown, slug

MAX_BYTES = 64_000_000
MAX_ZOOM = 14
MAX_PROBLEMS = 200  # of each level: nobody reads more, and a hostile file could have a million


@dataclass(frozen=True, slots=True)
class PlaceWarning(Problem):
    """A warning about one place: of use to a story that uses it. `place` is its id."""

    place: str = ""


def read_places(raw: bytes, path: str, language: str = "en") -> tuple[Atlas, list[Problem]]:
    """Return the places of a GeoJSON FeatureCollection, and the warnings; names are in `language` where they can be.

    Raises:
        StoryError: all problems, if one is an error: what would make a measurement wrong or a place unfindable, such
            as a missing or doubled id, a shape that cannot be measured, a value that cannot be read. Heights, a
            position at 0,0 and misspelt properties are warnings.
    """
    source = Text(path, read_text(raw, path, max_bytes=MAX_BYTES))
    reader = _Reader(source, language)
    try:
        for member in members(source):
            reader.take(member)
    except StoryError as error:
        raise StoryError([*reader.problems, *error.problems]) from None
    atlas = reader.atlas()
    if any(problem.level == "error" for problem in reader.problems):
        raise StoryError(reader.problems)
    return atlas, reader.problems


class _Reader:
    """Takes the members of the file one by one; `defaults` may stand before or after the features."""

    def __init__(self, source: Text, language: str) -> None:
        self.source = source
        self.language = language
        self.problems: list[Problem] = []
        self.counts: Counter[Level] = Counter()
        self.members: dict[str, Member] = {}
        self.features: list[tuple[Member, BaseGeometry | None]] = []

    def take(self, member: Member) -> None:
        """Take the next member of the collection, or the next feature."""
        for key in dict.fromkeys(member.twice):
            self._problem(member, "duplicate-key", f"{shown(key)} is given twice here", "delete one of them", token=key)
        for number in dict.fromkeys(member.refused):
            message = f"{number[:20]} is not a number that can be measured"
            span = self.source.span_of(number, member.start, member.end)
            self._report(Problem(span or self._span(member), "bad-number", message, "type a finite number"))
        if member.key is None:
            self.features.append((member, self._geometry(member)))
        elif member.key in self.members:
            self._problem(member, "duplicate-key", f"{shown(member.key)} is given twice", "delete one of them")
        else:
            self.members[member.key] = member

    def atlas(self) -> Atlas:
        """Return the atlas of everything taken; what is wrong is added to `problems`."""
        self._collection()
        defaults = self._defaults()
        first: dict[str, Span] = {}
        places: list[Place] = []
        drawn_from: list[tuple[Member, str]] = []
        for member, geometry in self.features:
            if not isinstance(member.value, dict):
                continue
            place_id = self._id(member)
            span = self._span(member, place_id)
            if place_id in first:
                message = f"two places have the id '{place_id}'; the first is in line {first[place_id].line}"
                self._problem(member, "duplicate-id", message, "give one of them another id", token=place_id)
            elif place_id:
                first[place_id] = span
            place = self._place(member, place_id, geometry, defaults, span)
            if place is not None:
                places.append(place)
                drawn_from += [(member, name) for name in place.derived_from]
        atlas = Atlas(places)
        for member, name in drawn_from:
            # A feature with a fault is none of the atlas, and is reported already.
            if name not in first:
                message = f"{_called(member)} is derived from '{name}', and there is no such place"
                help = did_you_mean(name, first) or "name the id of a place of this file"
                self._problem(member, "unknown-place", message, help, token=name)
        return atlas

    def _collection(self) -> None:
        """Look at the collection itself: its type, its coordinate system, whether it has features."""
        kind = self.members.get("type")
        features = self.members.get("features")
        if kind is None or kind.value != "FeatureCollection" or features is None or features.end == features.start:
            message = "this is no GeoJSON FeatureCollection"
            help = 'it must be {"type": "FeatureCollection", "features": […]}'
            self._problem(kind, "bad-geojson", message, help)
        elif features.value is not None:
            self._problem(features, "bad-geojson", "'features' must be a list", 'type "features": […]')
        crs = self.members.get("crs")
        if crs is not None and not _is_wgs84(crs.value):
            help = "convert it to WGS 84 longitude and latitude (EPSG:4326) and delete 'crs'"
            self._problem(crs, "bad-crs", "the file is in another coordinate system", help)

    def _defaults(self) -> dict[str, Any]:
        member = self.members.get("defaults")
        if member is None:
            return {}
        if not isinstance(member.value, dict):
            self._problem(member, "wrong-type", f"'defaults' must be an object, not {as_json(member.value)}", "")
            return {}
        for key in member.value:
            if key not in SHARED:
                message = f"{shown(key)} can be no default"
                self._problem(member, "unknown-key", message, f"defaults may be: {', '.join(SHARED)}", token=key)
        shared = {key: value for key, value in member.value.items() if key in SHARED}
        # Read once here, so that a bad default is one problem and not one for each feature.
        probe = Properties({}, shared)
        _read_shared(probe)
        for complaint in probe.complaints:
            self._complain(member, complaint, "the defaults")
        bad = {complaint.key for complaint in probe.complaints}
        return {key: value for key, value in shared.items() if key not in bad}

    def _geometry(self, member: Member) -> BaseGeometry | None:
        feature = member.value
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            what = as_json(feature.get("type")) if isinstance(feature, dict) else as_json(feature)
            help = 'type {"type": "Feature", "id": "…", "properties": {…}, "geometry": {…}}'
            self._problem(member, "bad-geojson", f"this is no Feature: {what}", help)
            return None
        try:
            # Taken out: the lists of coordinates are far larger than the geometry that is made of them.
            geometry, notes = read_geometry(feature.pop("geometry", None))
        except GeometryError as error:
            if not member.refused:  # else a number of it is reported already
                self._problem(member, error.code, f"{_called(member)}: {error.message}", error.help)
            return None
        for code, message, help in notes:
            self._problem(member, code, f"{_called(member)}: {message}", help, level="warning")
        return geometry

    def _id(self, member: Member) -> str:
        feature = member.value
        own, inner = feature.get("id"), _properties(feature).get("id")
        place_id = _given_id(feature)
        if place_id is None:
            near = _slug_of_name(feature)
            self._problem(member, "missing-key", f"{_called(member)} has no 'id'", f'add "id": "{near or "…"}"')
            return ""
        if not isinstance(place_id, str) or not re.fullmatch(ID_PATTERN, place_id) or len(place_id) > 100:
            near = slug(place_id) if isinstance(place_id, str) else _slug_of_name(feature)
            message = f"an id must be a–z, 0–9 and hyphens, a letter first, not {as_json(place_id)}"
            self._problem(member, "bad-id", message, f'type "{near}"' if near else 'type an id such as "tumen-border"')
            return ""
        if own is not None and inner is not None and own != inner:
            message = f"'{place_id}' has another id in its properties: {as_json(inner)}"
            self._problem(member, "bad-id", message, "delete one of the two", token=place_id)
        return place_id

    def _place(
        self, member: Member, place_id: str, geometry: BaseGeometry | None, defaults: dict[str, Any], span: Span
    ) -> Place | None:
        given = member.value.get("properties")
        if given is not None and not isinstance(given, dict):
            self._problem(member, "wrong-type", f"{_called(member)}: 'properties' must be an object", "")
            return None
        read = Properties(given or {}, defaults)
        shared = _read_shared(read)
        (name, name_lang), stated = read.name(self.language), read.stated()
        note, in_text = read.text("note"), read.text("in_text")
        derived_from = read.ids("derived_from")
        shared["derived"] = shared["derived"] or bool(derived_from)
        for complaint in read.complaints:
            self._complain(member, complaint, _called(member))
        if geometry is None or not place_id:
            return None
        return Place(
            id=place_id,
            name=name,
            name_lang=name_lang,
            geometry=geometry,
            stated=stated,
            note=note,
            span=span,
            derived_from=derived_from,
            in_text=in_text,
            **shared,
        )

    def _complain(self, member: Member, complaint: Complaint, who: str) -> None:
        message = f"{who}: {complaint.message}"
        self._problem(member, complaint.code, message, complaint.help, token=complaint.key, level=complaint.level)

    def _problem(
        self, member: Member | None, code: str, message: str, help: str, *, token: str = "", level: Level = "error"
    ) -> None:
        span = self.source.span(0, 1) if member is None else self._span(member, token)
        if level == "warning" and member is not None and member.key is None:
            self._report(PlaceWarning(span, code, message, help, level, str(_given_id(member.value))))
        else:
            self._report(Problem(span, code, message, help, level))

    def _report(self, problem: Problem) -> None:
        self.counts[problem.level] += 1
        if self.counts[problem.level] <= MAX_PROBLEMS:
            self.problems.append(problem)

    def _span(self, member: Member, token: str = "") -> Span:
        """Return the span of "token" in the member, else of the feature's own id, else of the member's beginning."""
        own = member.value.get("id") if isinstance(member.value, dict) else None
        for word in (token, own):
            if isinstance(word, str) and word:
                span = self.source.span_of(json.dumps(word, ensure_ascii=False), member.start, member.end)
                if span is not None:
                    return span
        return self.source.span(member.start, member.start + 1)


def _read_shared(read: Properties) -> dict[str, Any]:
    """Return the fields of a Place that `defaults` may also give."""
    low, high = read.number("min_zoom", 0, MAX_ZOOM), read.number("max_zoom", 0, MAX_ZOOM)
    if low is not None and high is not None and low > high:
        read.complaints.append(Complaint("min_zoom", "bad-number", "'min_zoom' is above 'max_zoom'", "swap them"))
    return {
        "kind": read.text("kind") or "place",
        "uncertainty_m": read.positive(
            "uncertainty_m", "no position is exact: type how many metres it may be off", LEAST_M
        ),
        "source": read.text("source"),
        "license": read.text("license"),
        "retrieved": read.text("retrieved"),
        "edges": read.edges(),
        "scale": read.text("scale"),
        "derived": read.flag("derived"),
        "schematic": read.flag("schematic"),
        "min_zoom": low,
        "max_zoom": high,
    }


def _is_wgs84(crs: Any) -> bool:
    """Return whether a `crs` member of the older GeoJSON names what GeoJSON has anyway: WGS 84, longitude first."""
    if crs is None:
        return True
    inner = crs.get("properties") if isinstance(crs, dict) else None
    name = inner.get("name") if isinstance(inner, dict) else None
    return isinstance(name, str) and re.search(r"CRS84|\b4326\b", name) is not None


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    given = feature.get("properties")
    return given if isinstance(given, dict) else {}


def _given_id(feature: dict[str, Any]) -> Any:
    own = feature.get("id")
    return _properties(feature).get("id") if own is None else own


def _slug_of_name(feature: dict[str, Any]) -> str:
    name = _properties(feature).get("name")
    return slug(name) if isinstance(name, str) else ""


def _called(member: Member) -> str:
    """Return what a message calls a feature: its id, its name, or "this feature"."""
    feature = member.value
    for value in (feature.get("id"), _properties(feature).get("id"), _properties(feature).get("name")):
        if isinstance(value, str) and value:
            return shown(value)
    return "this feature"
