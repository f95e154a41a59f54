"""YAML text → plain data, with a span for every value and every key."""

from storymap.source.text import Text, read_text
from storymap.source.tree import Loc, Source, read_yaml, size_fault

__all__ = ["Loc", "Source", "Text", "read_text", "read_yaml", "size_fault"]
