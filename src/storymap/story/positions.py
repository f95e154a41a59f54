"""How positions are read: [lat, lon] as people copy it from a map, or degrees, minutes and seconds with N/S and E/W."""

from __future__ import annotations

import re

from storymap.story.values import as_number, fault, kind_of

_DMS = re.compile(
    r"""\s*(?P<deg>[0-9]{1,3}(\.[0-9]+)?)\s*°\s*
        ((?P<min>[0-9]{1,2}(\.[0-9]+)?)\s*['′’]\s*)?
        ((?P<sec>[0-9]{1,2}(\.[0-9]+)?)\s*(["″”]|''|′′)\s*)?
        (?P<side>[NSEW])\s*""",
    re.VERBOSE,
)


def read_position(value: object) -> tuple[float, float]:
    """Return (lon, lat) in degrees from what authors write: [lat, lon], "lat, lon" or degrees with N/S and E/W."""
    pair = _dms(value) if isinstance(value, str) and "°" in value else _pair(value)
    example = "type [43.1112, 131.8819], '43.1112, 131.8819' or 43°06′40″N 131°52′55″E"
    if pair is None:
        raise fault("bad-position", f"must be a latitude and a longitude, not {kind_of(value)}", example)
    lat, lon = pair  # lat, lon
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        raise fault(
            "bad-position",
            f"has the latitude {lat:.10g}, but latitudes end at 90; it looks swapped",
            f"type [{lon:.10g}, {lat:.10g}]: latitude first, then longitude",
        )
    if abs(lat) > 90 or abs(lon) > 180:
        raise fault("bad-position", f"is no place on earth: latitude {lat:.10g}, longitude {lon:.10g}", example)
    return lon, lat


def _pair(value: object) -> tuple[float, float] | None:
    parts = re.split(r"\s*,\s*|\s+", value.strip()) if isinstance(value, str) and len(value) < 100 else value
    if not isinstance(parts, list | tuple) or len(parts) != 2:
        return None
    first, second = as_number(parts[0]), as_number(parts[1])
    return None if first is None or second is None else (first, second)


def _dms(text: str) -> tuple[float, float] | None:
    parts = list(_DMS.finditer(text.replace(",", " "))) if len(text) < 100 else []
    if len(parts) != 2 or "".join(part[0] for part in parts) != text.replace(",", " "):
        return None
    found: dict[str, float] = {}
    for part in parts:
        minutes, seconds = float(part["min"] or 0), float(part["sec"] or 0)
        if minutes >= 60 or seconds >= 60:
            return None
        angle = float(part["deg"]) + minutes / 60 + seconds / 3600
        found["lat" if part["side"] in "NS" else "lon"] = -angle if part["side"] in "SW" else angle
    return (found["lat"], found["lon"]) if len(found) == 2 else None
