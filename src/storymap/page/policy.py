"""The Content-Security-Policy of a finished page: only its own scripts and styles run, and nothing loads but tiles."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

CSP_SLOT = "storymap-csp-slot"

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_HOST = r"https://[a-z0-9_-]+(\.[a-z0-9_-]+)+(:[0-9]{1,5})?"
ORIGIN = re.compile(_HOST, re.ASCII)
_FILE = re.compile(_HOST + r"(/[\w@.~%+-]*)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Loads:
    """What a page may load from elsewhere.

    `scripts` and `styles` are addresses of files, without queries: a host of many people's files is not trusted as a
    whole. `pictures` are the origins (https://host) of pictures, and of the fonts and pictures that styles ask for.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Which files of a story stand beside its page, and whether it plays `recordings` at all (they may stand in it)."""

    pictures: bool = False
    recordings: bool = False
    beside: bool = False


# WebKit knows a page in a sandbox by no name, so 'self' is not enough there. Scripts leave the page's own host alone of
# it (client/narrow.js); "http:" stands for https: too.
_OWN_HOST = ["'self'", "http:"]


def with_policy(
    html: str,
    tiles: Sequence[str] = (),
    layers: Loads | None = None,
    own: OwnFiles = OwnFiles(),
    frames: Sequence[str] = (),
) -> str:
    """Return the page with its policy in place of the slot: hashes of every inline script and style, and no more.

    Args:
        html: the page.
        tiles: the origins (https://host) from which a street map may load: pictures, and the one request that asks
            whether the host gives any.
        layers: what an author's own layers load, None where there are none. A page that has some may style its
            elements one by one, as folium's popups do.
        own: the files beside the page.
        frames: the origins of videos that other hosts play.

    Raises:
        ValueError: an address that could add rules of its own.
    """
    more = layers or Loads()
    strange = [origin for origin in (*tiles, *more.pictures, *frames) if not ORIGIN.fullmatch(origin)]
    strange += [address for address in (*more.scripts, *more.styles) if not _FILE.fullmatch(address)]
    if strange:
        raise ValueError(f"no origins: {strange}")
    hashes = [list(dict.fromkeys(map(_hash, kind.findall(html)))) for kind in (_SCRIPT, _STYLE)]
    allowed = {
        "default-src": ["'none'"],
        "script-src": [*hashes[0], *more.scripts],
        "style-src": [*hashes[1], *more.styles],
        "style-src-attr": ["'unsafe-inline'"] if layers else [],
        "img-src": ["data:", *(_OWN_HOST if own.pictures else ()), *tiles, *more.pictures],
        "media-src": ["data:", *(_OWN_HOST if own.beside else ())] if own.recordings else [],
        "frame-src": list(frames),
        "font-src": list(more.pictures) if more.styles else [],
        "connect-src": list(tiles),
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    policy = "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in allowed.items() if sources)
    return html.replace(CSP_SLOT, policy, 1)


def script_safe(text: str) -> str:
    """Return script or style text that cannot end its element early."""
    return re.sub(r"<(?=/(?:script|style)|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
