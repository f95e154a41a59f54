"""Tile servers by name, as the package xyzservices lists them; loaded only for a story that gives such a name."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from storymap.problems import did_you_mean
from storymap.story.tile_url import BadTileUrl, TileUrl, parse_tile_url
from storymap.story.values import fault, read_filled_text, shown

DEFAULT_MAX_ZOOM = 18

_OWN = "for a server of your own, or with your own key, give tiles: {url: …, attribution: …}"
_OURS = re.compile(r"\{(?!(?:x|y|-y|z|s|r)\})([^{}]*)\}")  # every placeholder but those that Leaflet fills in
_GRIDS = ("EPSG:3857", "EPSG:900913")


@dataclass(frozen=True, slots=True)
class Provider:
    """A tile server: its address, whom to thank in plain words, its closest zoom, what `{s}` stands for."""

    url: TileUrl
    attribution: str
    max_zoom: int
    subdomains: tuple[str, ...]


def read_provider(value: object) -> str:
    """Return the name of a provider that a page can use."""
    name = read_filled_text(value)
    provider(name)
    return name


def provider(name: str) -> Provider:
    """Return what xyzservices knows of a name such as OpenTopoMap; a fault where it is none, or cannot be used."""
    from xyzservices import providers  # noqa: PLC0415  (it reads a large file, and most stories have no tiles)

    known = providers.flatten()
    found = known.get(name)
    if found is None:
        raise fault("unknown-tiles", f"is {shown(name)}, which xyzservices does not know", _instead(name, list(known)))
    if found.requires_token():
        raise fault("tiles-need-key", f"is {shown(name)}, a provider that gives its tiles only to a key", _OWN)
    if str(found.get("crs", _GRIDS[0])) not in _GRIDS:
        raise fault(
            "bad-tiles", f"is {shown(name)}, whose tiles are drawn in another projection", f"{_other()}; {_OWN}"
        )
    if found.get("status") == "broken":
        raise fault("bad-tiles", f"is {shown(name)}, which is known to be out of order", f"{_other()}; {_OWN}")
    address = _OURS.sub(lambda part: str(found.get(part[1], part[0])), str(found["url"]))
    if found.get("tms"):
        address = address.replace("{y}", "{-y}")
    try:
        url = parse_tile_url(address)
    except BadTileUrl as error:
        why = f"is {shown(name)}, whose address {error.args[0]}"
        raise fault("bad-tiles", why, f"{_other()}; {_OWN}") from None
    return Provider(
        url,
        _plain(str(found["attribution"])),
        int(found.get("max_zoom", DEFAULT_MAX_ZOOM)),
        tuple(found.get("subdomains", "abc")),
    )


def _plain(attribution: str) -> str:
    """Return an attribution as words alone: some have links, in HTML or Markdown."""
    words = re.sub(r"<[^>]*>|!\[[^]]*\]\([^)]*\)", "", html.unescape(attribution))
    return " ".join(words.replace("(C)", "©").replace("--", "–").split())


def _instead(name: str, known: list[str]) -> str:
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    same = [other for other in known if re.sub(r"[^a-z0-9]", "", other.lower()) == plain]
    parts = [other for other in known if other.lower().startswith(f"{name.lower()}.")]
    if same or parts:
        return f"did you mean '{(same or parts)[0]}'?"
    return did_you_mean(name, known) or f"{_other()}; {_OWN}"


def _other() -> str:
    return "type a name of xyzservices, such as OpenTopoMap"
