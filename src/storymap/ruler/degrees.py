"""Positions as text: how finely they were typed, and how they are printed to be copied."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from storymap import earth
from storymap.earth import LonLat

LEAST_M = 1.0
"""No typed position is taken for better than this: maps and phones are not, however many digits they give."""
AS_TYPED = 0.5
"""The `spare` with which a typed position keeps its number of digits."""
TO_COPY = 3.0
"""The usual `spare`: what is copied moves by about a sixth of its uncertainty in either direction."""
_M_PER_DEGREE = 111_320.0  # of a great circle; only decides how many digits are worth printing
_MARKED = re.compile(r"[0-9]+(?:\.([0-9]+))?\s*(°|''|′′|[\"″”]|['′’])")
_DECIMALS_UNKNOWN = 5


def half_digit_m(text: str, position: LonLat) -> float:
    """Return half a unit of the last digit of a typed position, taken in both directions, in metres, at least 1.

    Args:
        text: the position as it was typed, latitude first, or with N/S and E/W.
        position: (lon, lat) in degrees that was read from it.
    """
    lat_step, lon_step = _steps(text)
    lon, lat = position
    corners = ((lon + lon_step / 2, max(-90.0, min(90.0, lat + side * lat_step / 2))) for side in (-1, 1))
    return max(LEAST_M, *(earth.inverse(position, corner) for corner in corners))


def as_decimal(position: LonLat, uncertainty_m: float | None, *, spare: float = TO_COPY) -> str:
    """Return a position as "lat, lon" in degrees, its last digit at most 1/`spare` of the uncertainty."""
    places = _DECIMALS_UNKNOWN
    if uncertainty_m is not None:
        places = min(max(math.ceil(math.log10(spare * _M_PER_DEGREE / uncertainty_m)), 0), 8)
    lon, lat = position
    return f"{_plain(lat, places)}, {_plain(_wrapped(lon), places)}"  # lat, lon


def as_dms(position: LonLat, uncertainty_m: float | None, *, spare: float = TO_COPY) -> str:
    """Return a position in degrees, minutes and seconds, its last digit at most 1/`spare` of the uncertainty."""
    finest_m = None if uncertainty_m is None else uncertainty_m / spare
    lon, lat = position
    return f"{_sexagesimal(lat, 'NS', finest_m)} {_sexagesimal(_wrapped(lon), 'EW', finest_m)}"  # lat, lon


def _steps(text: str) -> tuple[float, float]:
    """Return one unit of the last digit of latitude and longitude, in degrees."""
    if "°" not in text:
        first, second = (_step(number) for number in re.split(r"\s*,\s*|\s+", text.strip()))
        return first, second
    steps = {}
    for part, side in re.findall(r"([^NSEW]*)([NSEW])", text):
        *_, last = _MARKED.finditer(part)
        unit = {"°": 1.0, "'": 1 / 60, "′": 1 / 60, "’": 1 / 60}.get(last[2], 1 / 3600)
        steps["lat" if side in "NS" else "lon"] = unit * 10.0 ** -len(last[1] or "")
    return steps["lat"], steps["lon"]


def _step(number: str) -> float:
    try:
        return 10.0 ** int(Decimal(number).as_tuple().exponent)
    except InvalidOperation:
        raise ValueError(f"no number: {number}") from None


def _wrapped(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def _plain(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def _sexagesimal(value: float, sides: str, finest_m: float | None) -> str:
    """Return an angle with its side: whole seconds, finer or coarser for a last digit of `finest_m` metres."""
    side = sides[value < 0]
    if finest_m is not None and finest_m > _M_PER_DEGREE / 60:
        minutes = round(abs(value) * 60)
        return f"{minutes // 60}°{minutes % 60:02d}′{side}"
    places = 1 if finest_m is None else math.ceil(math.log10(_M_PER_DEGREE / 3600 / finest_m))
    places = min(max(places, 0), 4)
    parts = round(abs(value) * 3600 * 10**places)
    whole, rest = divmod(parts, 10**places)
    seconds = f"{whole % 60:02d}" + (f".{rest:0{places}d}" if places else "")
    return f"{whole // 3600}°{whole // 60 % 60:02d}′{seconds}″{side}"
