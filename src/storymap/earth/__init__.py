"""Measuring on the WGS 84 ellipsoid: distance, length, area, direction and containment of shapely geometries.

Positions and coordinates are lon, lat in degrees; results are metres, square metres and degrees. Edges are read as
`planar` (straight in degrees, RFC 7946) or `geodesic`. Stands alone: it needs shapely, numpy and geographiclib.
"""

from storymap.earth.area import area
from storymap.earth.containment import contains_margin
from storymap.earth.depth import Depth, depth
from storymap.earth.edges import Edges, models_apart
from storymap.earth.ellipsoid import EarthError, LonLat
from storymap.earth.line import along, length, part, perimeter
from storymap.earth.many import NearestMany, nearest_many
from storymap.earth.nearest import Nearest, nearest
from storymap.earth.points import bearing, circle, geodesic, inverse

__all__ = [
    "Depth",
    "EarthError",
    "Edges",
    "LonLat",
    "Nearest",
    "NearestMany",
    "along",
    "area",
    "bearing",
    "circle",
    "contains_margin",
    "depth",
    "geodesic",
    "inverse",
    "length",
    "models_apart",
    "nearest",
    "nearest_many",
    "part",
    "perimeter",
]
