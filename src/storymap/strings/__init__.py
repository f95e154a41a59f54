"""Every word that a reader sees, one catalogue a language, and how each language writes numbers, dates and lists."""

from storymap.strings.catalogue import Catalogue, catalogue
from storymap.strings.cldr import direction, own_name

__all__ = ["Catalogue", "catalogue", "direction", "own_name"]
