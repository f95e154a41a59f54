"""YAML text → plain data, with a span for every value and every key."""

from storymap.source.text import read_text
from storymap.source.tree import Loc, Source, read_yaml

__all__ = ["Loc", "Source", "read_text", "read_yaml"]
