"""GeoJSON → an Atlas of places: what is where, how well it is known, and who says so."""

from storymap.places.atlas import Atlas, Edges, Place, Stated
from storymap.places.read import PlaceWarning, read_places
from storymap.places.swapped import swapped_positions

__all__ = ["Atlas", "Edges", "Place", "PlaceWarning", "Stated", "read_places", "swapped_positions"]
