"""In which directions a place lies as seen from somewhere: an arc of the circle, wide where it reaches round there."""

from __future__ import annotations

import numpy as np
import shapely

from storymap.claims.strands import Floats, runs_in
from storymap.places import Place
from storymap.scene import LonLat

_BINS = 1440  # of a quarter of a degree


def arc_deg(at: LonLat, place: Place) -> tuple[float, float]:
    """Return the least arc of directions in which a place lies, seen from `at`: (its middle, half its width), degrees.

    Each edge covers the directions between those of its ends, the shorter way round. On a sphere, to half a degree.
    """
    runs = [shapely.get_coordinates(run) for run in runs_in(place.geometry)]
    # Points without edges, each a run of its own.
    runs = runs or [corner[None] for corner in shapely.get_coordinates(place.geometry)]
    covered = np.zeros(_BINS, dtype=bool)
    for corners in runs:
        seen = _bearings_deg(at, corners)
        turns = (np.diff(seen, append=seen[-1]) + 180.0) % 360.0 - 180.0
        first = np.floor(np.minimum(seen, seen + turns) * _BINS / 360.0).astype(np.intp)
        count = np.ceil(np.abs(turns) * _BINS / 360.0).astype(np.intp) + 1
        bins = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
        covered[bins % _BINS] = True
    taken = np.flatnonzero(covered)
    gaps = np.diff(taken, append=taken[0] + _BINS)
    k = int(np.argmax(gaps))  # the arc is all but the widest gap, and begins behind it
    width = _BINS - int(gaps[k]) + 1
    middle = taken[k] + gaps[k] + width / 2
    return float(middle * 360.0 / _BINS % 360.0), width * 180.0 / _BINS


def _bearings_deg(at: LonLat, places_deg: Floats) -> Floats:
    """Return the directions (0..360 degrees) of places (lon, lat; (n, 2)) as seen from `at`, on a sphere."""
    lat, lats = np.radians(at[1]), np.radians(places_deg[:, 1])
    across = np.radians(places_deg[:, 0] - at[0])
    east = np.sin(across) * np.cos(lats)
    north = np.cos(lat) * np.sin(lats) - np.sin(lat) * np.cos(lats) * np.cos(across)
    seen: Floats = np.degrees(np.arctan2(east, north)) % 360.0
    return seen
