"""What a file of checks says of each reading, in order: the one list of its fields.

The page's own downloads (client/download.js) fill them in; docs/reading.md says what each holds.
"""

from __future__ import annotations

from storymap.strings import Catalogue

# Rows of a record (`entries.record`) that are words in files, too; the others are numbers there.
_ROWS = ("limit", "measured", "reason", "method", "edges", "workings", "extent", "sources")
_ENDS = ("from_lon", "from_lat", "to_lon", "to_lat")

COLUMNS = (
    *("claim", "step", "title", "url", "quote", "reading", "kind", "verdict"),
    *("unit", "value", "low", "high", "minus", "plus"),
    *("claimed_low", "claimed_high", "margin"),
    *("what", "notes"),
    *_ROWS,
    *_ENDS,
)
"""The fields of a reading: whose it is, its numbers in SI units, what is said of it, degrees of its line's ends."""


def columns(words: Catalogue) -> tuple[str, str]:
    """Return what the client fills the columns by: their names, and what the page calls the things that it reads.

    The latter are what stands before the label of a further reading, and the names of the rows of a record: its ends
    first, then the others in the order of their columns.
    """
    rows = (words.say(f"row.{row}") for row in ("ends", *_ROWS))
    return "|".join(COLUMNS), "|".join((words.say("page.also", label=""), *rows))
