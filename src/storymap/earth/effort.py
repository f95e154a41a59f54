"""How exact a search is, and how many pieces of edges it may take for that.

Almost every search ends long before. What could go on for very long are edges that are equally far from each other over
thousands of kilometres without being parallels. A count, unlike a clock, ends every run at the same place.
"""

from __future__ import annotations

TOLERANCE_M = 1e-4
"""A search goes on while something may be nearer than the best meeting by more than this."""
_PIECES = 100_000
_FOR_EACH_PAIR = 16


def most_pieces(pairs: int) -> int:
    """Return how many pieces may be cut for so many pairs of edges, in each stage of a search."""
    return _PIECES + _FOR_EACH_PAIR * pairs
