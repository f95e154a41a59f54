"""Measuring for a reporter, without a story: one place or two, given by id, by position or by a GeoJSON file."""

from storymap.ruler.asked import Asked, RulerError
from storymap.ruler.data import as_data
from storymap.ruler.measuring import Alone, Between, alone, between
from storymap.ruler.reading import read_all, read_asked, read_atlas, read_uncertainty
from storymap.ruler.telling import as_lines, swap_hint

__all__ = [
    "Alone",
    "Asked",
    "Between",
    "RulerError",
    "alone",
    "as_data",
    "as_lines",
    "between",
    "read_all",
    "read_asked",
    "read_atlas",
    "read_uncertainty",
    "swap_hint",
]
