"""What a page with a street map of another host holds more: a button, its data, its credit, and a line for authors."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.page.credits import Credit, Line, thanked
from storymap.story import TileSource
from storymap.strings import Catalogue

# Such a host refuses whoever does not say where the request comes from (its tile usage policy).
_WANT_A_REFERRER = ("tile.openstreetmap.org",)


@dataclass(frozen=True, slots=True)
class StreetMap:
    """The button for a street map as the page's template takes it."""

    url: str
    zoom: int
    hosts: str
    referrer: str
    at_once: bool
    show: str
    hide: str
    failed: str
    credit: Line


def street_map(tiles: TileSource, words: Catalogue) -> StreetMap:
    """Return the button for a story's tiles."""
    host = tiles.url.name
    wants_one = any(host == name or host.endswith(f".{name}") for name in _WANT_A_REFERRER)
    return StreetMap(
        url=str(tiles.url),
        zoom=tiles.max_zoom,
        hosts=" ".join(tiles.subdomains),
        referrer="strict-origin-when-cross-origin" if wants_one else "",
        at_once=tiles.at_once,
        show=words.say("page.tiles-show", host=host),
        hide=words.say("page.tiles-hide"),
        failed=words.say("page.tiles-failed", host=host),
        credit=thanked(tiles.attribution),
    )


def tiles_credit(tiles: TileSource, words: Catalogue) -> Line:
    """Return the line of credits that names who sends a story's tiles, and whose they are."""
    key = "credit.tiles-at-once" if tiles.at_once else "credit.tiles"
    text = thanked(tiles.attribution.rstrip("."))
    parts = words.parts(key, host=(Credit(tiles.url.name),), text=text)
    return tuple(piece for part in parts for piece in ((Credit(part),) if isinstance(part, str) else part))


def tiles_request(tiles: TileSource, words: Catalogue) -> str:
    """Return the sentence that tells an author what a story's tiles mean for readers."""
    host = tiles.url.name
    if tiles.at_once:
        return words.say("report.tiles-at-once", host=host)
    return words.say("report.tiles", host=host, button=words.say("page.tiles-show", host=host))
