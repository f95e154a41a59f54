"""Stories made up for tests, with places of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from storymap.inputs import File, Inputs, gather

STATION: dict[str, Any] = {"type": "Point", "coordinates": [131.88, 43.11]}
BORDER: dict[str, Any] = {"type": "LineString", "coordinates": [[130.64, 42.42], [130.7, 42.29]]}
ISLAND: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [[[131.7, 42.95], [131.9, 42.95], [131.9, 43.05], [131.7, 42.95]]],
}


def place(place_id: str, geometry: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    """A feature of a places file."""
    known = {"name": place_id.title(), "uncertainty_m": 50, "source": "made up", **properties}
    return {"type": "Feature", "id": place_id, "properties": known, "geometry": geometry}


PLACES = [place("station", STATION, kind="station"), place("border", BORDER, kind="border"), place("island", ISLAND)]

PLACES_FILE = json.dumps({"type": "FeatureCollection", "features": PLACES}).encode()


def step(text: str = "It is short.", **keys: Any) -> dict[str, Any]:
    """A step of a story."""
    return {"title": "One", "text": text, **keys}


def made(*steps: Mapping[str, Any], places: Sequence[Mapping[str, Any]] = PLACES, **keys: Any) -> Inputs:
    """A story of these steps as the compiler takes it."""
    story = {"title": "A border", "steps": list(steps) or [step()], **keys}
    inputs = gather(json.dumps(story, ensure_ascii=True, indent=1).encode(), Path("made-up.yaml"))
    collection = {"type": "FeatureCollection", "features": list(places)}
    return replace(inputs, places=File("places.geojson", json.dumps(collection).encode()))


def letters(text: str) -> str:
    """Return a page's text with its letters as a browser reads them: the file spells those beyond ASCII out."""
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])) if int(found[1]) > 127 else found[0], text)
