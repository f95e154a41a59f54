"""Markdown → safe HTML, and where each quote stands in it."""

from storymap.prose.marks import Mark, mark_quotes
from storymap.prose.quotes import Found, QuoteError, find_quote, overlaps
from storymap.prose.render import Prose, ProseFault, read_prose

__all__ = [
    "Found",
    "Mark",
    "Prose",
    "ProseFault",
    "QuoteError",
    "find_quote",
    "mark_quotes",
    "overlaps",
    "read_prose",
]
