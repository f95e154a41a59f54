"""Measuring on the WGS 84 ellipsoid: distance, length, area, direction and containment of shapely geometries.

Positions and coordinates are lon, lat in degrees; results are metres, square metres and degrees. Edges are read as
`planar` (straight in degrees, RFC 7946) or `geodesic`. Stands alone: it needs shapely, numpy and geographiclib.
"""

from storymap.earth.area import area
from storymap.earth.containment import contains_margin
from storymap.earth.depth import Depth, depth
from storymap.earth.edges import Edges
from storymap.earth.ellipsoid import EarthError, LonLat
from storymap.earth.line import along, length, part, perimeter
from storymap.earth.nearest import Nearest, nearest
from storymap.earth.points import bearing, geodesic, inverse

__all__ = [
    "Depth",
    "EarthError",
    "Edges",
    "LonLat",
    "Nearest",
    "along",
    "area",
    "bearing",
    "contains_margin",
    "depth",
    "geodesic",
    "inverse",
    "length",
    "nearest",
    "part",
    "perimeter",
]
