"""What was measured, for programs: plain data in SI units, positions by name."""

from __future__ import annotations

from typing import Any

from storymap.earth import LonLat
from storymap.ruler.asked import Asked
from storymap.ruler.claiming import as_claim
from storymap.ruler.figures import in_other_units
from storymap.ruler.measuring import Alone, Between, Figure
from storymap.strings import Catalogue
from storymap.wording import said

_DIGITS = 9  # of a degree: a tenth of a millimetre


def as_data(found: Between | Alone, words: Catalogue) -> dict[str, Any]:
    """Return what was measured as plain data: metres, square metres, degrees; null where something is not known."""
    claim = "\n".join(as_claim(found, words)) or None
    if isinstance(found, Alone):
        return {
            "place": _asked(found.asked),
            "position": _position(found.at),
            "length": _figure(found.length, words),
            "ends": [_position(end) for end in found.ends or ()],
            "area": _figure(found.area, words),
            "perimeter": _figure(found.perimeter, words),
            "claim": claim,
        }
    direction, inside = found.direction, found.inside
    return {
        "from": _asked(found.a),
        "to": _asked(found.b),
        "along": found.line and _asked(found.line),
        "distance": _figure(found.distance, words),
        "nearest": [_position(found.on_a), _position(found.on_b)],
        "distance_along": _figure(found.along, words),
        "bearing": direction
        and {
            "there_deg": round(direction.there_deg, 3),
            "back_deg": round(direction.back_deg, 3),
            "uncertainty_deg": None if direction.u_deg is None else round(direction.u_deg, 3),
        },
        "inside": inside
        and {
            "place": inside.place.id,
            "area": inside.area.id,
            "is_inside": inside.margin is not None and inside.margin.measured.value > 0,
            "margin": _figure(inside.margin, words),
        },
        "claim": claim,
    }


def _asked(asked: Asked) -> dict[str, Any]:
    place = asked.place
    return {
        "id": place.id,
        "name": place.name,
        "geometry": place.geometry.geom_type,
        "given_as": asked.origin,
        "uncertainty_m": place.uncertainty_m,
        "uncertainty_from": asked.basis,
        "edges": place.edges,
        "source": place.source,
    }


def _position(position: LonLat | None) -> dict[str, float] | None:
    if position is None:
        return None
    lon, lat = position
    return {"lat": round(lat, _DIGITS), "lon": round((lon + 180) % 360 - 180, _DIGITS)}


def _figure(figure: Figure | None, words: Catalogue) -> dict[str, Any] | None:
    if figure is None:
        return None
    measured = figure.measured
    return {
        "value": measured.value,
        "low": measured.low if figure.known else None,
        "high": measured.high if figure.known else None,
        "unit": "m²" if measured.dimension == "area" else "m",
        "shown": in_other_units(figure, words),
        "notes": [said(note, words) for note in measured.notes],
    }
