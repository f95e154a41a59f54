"""The properties of a feature as typed values, with what is wrong about each."""

from __future__ import annotations

import difflib
import json
import math
import re
import reprlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from storymap.places.atlas import Edges, Stated
from storymap.problems import Level, did_you_mean
from storymap.story.values import MAX_TEXT, control_character, shown

KNOWN = (
    "id",
    "name",
    "kind",
    "uncertainty_m",
    "source",
    "license",
    "retrieved",
    "edges",
    "scale",
    "stated",
    "derived",
    "derived_from",
    "schematic",
    "in_text",
    "min_zoom",
    "max_zoom",
    "note",
)
# What the collection's `defaults` may say for all features.
SHARED = tuple(key for key in KNOWN if key not in ("id", "name", "stated", "derived_from", "in_text", "note"))
MOST_M = 1e9  # of any length: no line that stories speak of is as long
LEAST_M = 0.001  # of an uncertainty: what is computed from positions is good to a tenth of that
_STATED = ("length_m", "uncertainty_m", "source")


_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")  # as in BCP 47


class Complaint(NamedTuple):
    """What is wrong with one property."""

    key: str
    code: str
    message: str
    help: str
    level: Level = "error"


class Properties:
    """Reads properties one by one from a feature's own values and the collection's defaults; gathers complaints."""

    def __init__(self, given: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        self.values = {**defaults, **{key: value for key, value in given.items() if value is not None}}
        self.complaints: list[Complaint] = list(misspelt(given, KNOWN))

    def text(self, key: str) -> str | None:
        """Return a text, or None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._complain(key, "wrong-type", f"must be text, not {as_json(value)}", "put it in double quotes")
        elif len(value) > MAX_TEXT:
            self._complain(
                key, "text-too-long", f"is {len(value):,} characters long; the limit is {MAX_TEXT:,}", "shorten it"
            )
        elif (bad := control_character(value)) is not None:
            self._complain(key, "bad-character", f"holds the control character U+{ord(bad):04X}", "delete it")
        elif not value.strip():
            self._complain(key, "missing-value", "is empty", "write its value, or delete it")
        else:
            return value
        return None

    def name(self, language: str) -> tuple[str, str]:
        """Return the name, and its language where that is another than the one wanted, else "".

        Of a name in several languages the one in `language` (a BCP 47 tag, "pt-BR" before "pt"), else the English
        one, else the first. Of a text nobody knows its language.
        """
        value = self.values.get("name")
        found = ""
        if value is None:
            self.complaints.append(Complaint("name", "missing-key", "there is no 'name'", 'add "name": "…"'))
        elif isinstance(value, dict) and value:
            if odd := next((tag for tag in value if not _TAG.fullmatch(tag)), None):
                message = f"'name' has {shown(odd)}, which is no language"
                self.complaints.append(
                    Complaint("name", "bad-choice", message, 'type languages such as "en" or "pt-BR"')
                )
                return "", ""
            tags = {tag.lower(): tag for tag in value}
            wanted = language.lower()
            while wanted not in tags and "-" in wanted:
                wanted = wanted.rpartition("-")[0]
            found = tags.get(wanted) or tags.get("en") or next(iter(value))
            self.values["name"] = value[found]
            if found.lower() == wanted:
                found = ""
        return self.text("name") or "", found

    def number(self, key: str, low: float, high: float) -> float | None:
        """Return a finite number from `low` to `high`, or None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        number = _number(value)
        if number is not None and low <= number <= high:
            return number
        self._bad_number(key, f"a number from {low:g} to {high:g}", "type a number such as 9")
        return None

    def positive(self, key: str, help: str, least: float = 0.0) -> float | None:
        """Return a number above 0, of at least `least` and at most `MOST_M`, or None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        number = _number(value)
        if number is not None and number > 0 and least <= number <= MOST_M:
            return number
        wanted = f"of at least {least:g}"
        if number is None or number <= 0:
            wanted = "above 0"
        elif number > MOST_M:
            wanted = f"of at most {MOST_M:,.0f}"
        self._bad_number(key, f"a number of metres {wanted}", help)
        return None

    def flag(self, key: str) -> bool:
        """Return a truth value, False where there is none."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self._complain(
                key, "bad-choice", f"must be true or false, not {as_json(value)}", "type true or false, without quotes"
            )
        return value is True

    def ids(self, key: str) -> tuple[str, ...]:
        """Return the ids of a list, none where there is no list."""
        value = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._complain(key, "wrong-type", f"must be a list of ids, not {as_json(value)}", 'type ["id-of-a-place"]')
        return ()

    def edges(self) -> Edges:
        """Return what the edges between positions are."""
        value = self.values.get("edges", "planar")
        if value == "geodesic":
            return "geodesic"
        if value != "planar":
            near = did_you_mean(value, ("planar", "geodesic")) if isinstance(value, str) else ""
            self._complain("edges", "bad-choice", f"must be planar or geodesic, not {as_json(value)}", near)
        return "planar"

    def stated(self) -> Stated | None:
        """Return the published length; where its uncertainty is missing, `half_a_unit` of it."""
        value = self.values.get("stated")
        if value is None:
            return None
        if not isinstance(value, dict):
            help = 'type {"length_m": 3100, "source": "…"}'
            self._complain("stated", "wrong-type", f"must be an object, not {as_json(value)}", help)
            return None
        inner = Properties({}, {})
        inner.values = dict(value)
        length = inner.positive("length_m", "type the published length in metres")
        uncertainty = inner.positive("uncertainty_m", "type how many metres the figure may be off")
        source = inner.text("source")
        for key in ("length_m", "source"):
            if value.get(key) is None:
                inner.complaints.append(Complaint(key, "missing-key", f"there is no '{key}'", f'add "{key}": …'))
        for complaint in (*misspelt(value, _STATED), *inner.complaints):
            self.complaints.append(complaint._replace(message=f"in 'stated' {complaint.message}"))
        if length is None or source is None:
            return None
        return Stated(length, uncertainty or half_a_unit(length), source)

    def _bad_number(self, key: str, wanted: str, help: str) -> None:
        value = self.values[key]
        if isinstance(value, float) and math.isnan(value):
            return  # reported where it was read
        if isinstance(value, str):
            metres = key.endswith("_m")
            help = "type metres as a number, such as 2500" if metres else "type a number such as 9"
            if re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", value):
                help = "type it without quotes"
        self._complain(key, "bad-number", f"must be {wanted}, not {as_json(value)}", help)

    def _complain(self, key: str, code: str, message: str, help: str) -> None:
        self.complaints.append(Complaint(key, code, f"'{key}' {message}", help))


def as_json(value: object) -> str:
    """Return a value as it stands in the file, shortened."""
    if isinstance(value, str):
        return f'"{shown(value)[1:-1]}"'
    return json.dumps(value) if isinstance(value, bool | None) else shown(reprlib.repr(value))[1:-1]


def misspelt(given: Mapping[str, Any], known: tuple[str, ...]) -> list[Complaint]:
    """Return a warning for each key that is nearly a known one; other keys are nobody's business."""
    found = []
    for key in given:
        free = [word for word in known if word not in given]
        near = difflib.get_close_matches(key.lower(), free, n=1, cutoff=0.85) if key not in known else []
        if near:
            help = f"did you mean '{near[0]}'?"
            found.append(Complaint(key, "unknown-key", f"unknown property {shown(key)}", help, "warning"))
    return found


def half_a_unit(number: float) -> float:
    """Return half a unit of a number's last digit that is not 0: 327000 gives 500, 17.4 gives 0.05."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** int(exponent)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None
