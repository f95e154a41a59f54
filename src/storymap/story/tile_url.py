"""Which addresses of map tiles may stand in a page: https, a public host by name, and placeholders that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storymap.story.values import fault, read_text_value, shown

EXAMPLE = "https://tiles.example.org/{z}/{x}/{y}.png"
MOST_SUBDOMAINS = 12

_MAX_URL = 500
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KNOWN = ("z", "x", "y", "-y", "s", "r")
# Quote marks, angle brackets and what else could mean something to HTML, CSS or a policy have no place in an address.
_PATH = re.compile(r"[A-Za-z0-9\-._~:/?@!$&()*+,;=%{}]*")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?")
_LAST_LABEL = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")  # a number in the last place makes an IP address
_HERE_ONLY = ("localhost", "local", "internal", "home", "lan")


@dataclass(frozen=True, slots=True)
class TileUrl:
    """An address of tiles, known to be sound; the host is in ASCII, with `{s}` in its first label or not at all."""

    host: str
    port: str
    path: str

    def __str__(self) -> str:
        """Return the address as Leaflet takes it."""
        return f"https://{self.host}{self.port}{self.path}"

    @property
    def has_subdomains(self) -> bool:
        """Whether several hosts share the work."""
        return "{s}" in self.host

    @property
    def name(self) -> str:
        """The host as readers are told it, without the part that varies."""
        return self.host.partition(".")[2] if self.has_subdomains else self.host

    def origins(self, subdomains: Sequence[str]) -> tuple[str, ...]:
        """Return every origin that is asked for tiles, as a policy lists it."""
        hosts = [self.host.replace("{s}", name) for name in subdomains] if self.has_subdomains else [self.host]
        return tuple(f"https://{host}{self.port}" for host in hosts)


class BadTileUrl(ValueError):
    """Why an address is refused, and what to type: the error's two arguments."""


def read_tile_url(value: object) -> str:
    """Return an address of tiles, with its host in small letters and ASCII."""
    text = read_text_value(value)
    try:
        return str(parse_tile_url(text))
    except BadTileUrl as error:
        why, help = error.args
        raise fault(
            "bad-tiles", f"is {shown(text)}, which {why}", help or f"type an address such as {EXAMPLE}"
        ) from None


def parse_tile_url(text: str) -> TileUrl:
    """Return the parts of an address of tiles, such as https://{s}.example.org/{z}/{x}/{y}.png.

    Raises:
        BadTileUrl: (why it is refused, going on after "which"; what to type, or "").
    """
    if len(text) > _MAX_URL:
        raise BadTileUrl(f"is longer than {_MAX_URL} characters", "")
    scheme, _, rest = text.partition("://")
    if scheme.lower() != "https" or not rest:
        help = f"type https://{rest}" if scheme.lower() == "http" and rest else ""
        raise BadTileUrl("does not begin with https://", help)
    _check_placeholders(text)
    place, slash, path = rest.partition("/")
    if "@" in place:
        raise BadTileUrl("holds a user name or a password", "take it out: every reader could read it")
    if not _PATH.fullmatch(path):
        raise BadTileUrl("holds a character that addresses cannot have", "write it in percent-encoding, a space as %20")
    if "{s}" in path:
        raise BadTileUrl("has {s} behind the host", "{s} stands for a part of the host: https://{s}.example.org/…")
    host, colon, port = place.partition(":")
    if colon and not (re.fullmatch(r"[0-9]{1,5}", port, re.ASCII) and 0 < int(port) < 65536):
        raise BadTileUrl("names no host that readers can reach", "")
    return TileUrl(_host(host), colon + port, slash + path)


def read_subdomains(value: object) -> list[str]:
    """Return what `{s}` stands for, one after the other: "abc", or a list of names."""
    names = list(value) if isinstance(value, str | list | tuple) else []
    if not 0 < len(names) <= MOST_SUBDOMAINS or len(set(map(str, names))) < len(names):
        why = f"must be letters such as abc, or a list of up to {MOST_SUBDOMAINS} different names"
        raise fault("bad-tiles", why, "for example subdomains: abc or subdomains: [t0, t1]")
    for name in names:
        if not isinstance(name, str) or not _LABEL.fullmatch(name):
            help = "use small letters a–z, digits and hyphens"
            raise fault("bad-tiles", f"holds {shown(name)}, which cannot be a part of a host", help)
    return names


def _check_placeholders(text: str) -> None:
    found = _PLACEHOLDER.findall(text)
    listed = ", ".join(f"{{{name}}}" for name in _KNOWN)
    for name in found:
        if name not in _KNOWN:
            meant = name.lower() if name.lower() in _KNOWN else ""
            help = f"type {{{meant}}}" if meant else f"known are {listed}; write a key of your own out in full"
            raise BadTileUrl(f"has the unknown placeholder {{{name}}}", help)
    if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
        raise BadTileUrl("has a brace that belongs to no placeholder", "")
    for name in ("z", "x", "y"):
        if name not in found and not (name == "y" and "-y" in found):
            raise BadTileUrl(f"has no {{{name}}}", "")
    if {"y", "-y"} <= set(found):
        raise BadTileUrl("has both {y} and {-y}", "keep one: {-y} counts rows from the south")


def _host(text: str) -> str:
    """Return a host in small ASCII letters, or raise why it is none that readers could reach."""
    first, dot, rest = text.lower().partition(".")
    varies = "{s}" in first
    try:
        host = f"{first.replace('{s}', 'x', 1)}{dot}{rest}".encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    labels = host.split(".")
    sound = len(host) <= 250 and all(map(_LABEL.fullmatch, labels)) and _LAST_LABEL.fullmatch(labels[-1])
    if not sound or (varies and not first.isascii()):
        raise BadTileUrl("names no host that readers can reach", "type its name; numbers (IP addresses) are refused")
    if len(labels) < 2 + varies or labels[-1] in _HERE_ONLY:
        raise BadTileUrl("names a host that only this machine or network knows", "type the whole name of a public host")
    return f"{first}.{host.partition('.')[2]}" if varies else host
