"""A street map of another host under a story's own layers: how an author asks for it, and what that comes to."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText, one_of
from storymap.story.providers import DEFAULT_MAX_ZOOM, provider, read_provider
from storymap.story.tile_url import EXAMPLE, MOST_SUBDOMAINS, TileUrl, parse_tile_url, read_subdomains, read_tile_url
from storymap.story.values import fault, kind_of, number_reader

MAX_TILE_ZOOM = 22

_TAG, _ENTITY = re.compile(r"</?[a-zA-Z][^<>]*>"), re.compile(r"&(?:[a-zA-Z]+|#\w+);")

_read_number = number_reader(1, MAX_TILE_ZOOM)


def _read_zoom(value: object) -> int:
    zoom = _read_number(value)
    if zoom != int(zoom):
        raise fault("bad-number", f"must be a whole number, not {kind_of(value)}", f"type {int(zoom)}")
    return int(zoom)


def _read_plain(text: str) -> str:
    """Return a text that is meant to be read as it stands, without the HTML that tile hosts print theirs in."""
    plain = " ".join(html.unescape(_TAG.sub(" ", text)).split())
    if _TAG.search(text) or _ENTITY.search(text):
        raise fault("bad-tiles", "holds HTML, and it stands on the map as plain words", f"type {plain or '© Example'}")
    return text


ProviderName = Annotated[str, BeforeValidator(read_provider), WithJsonSchema({"type": "string", "minLength": 1})]
TileAddress = Annotated[
    str, BeforeValidator(read_tile_url), WithJsonSchema({"type": "string", "format": "uri-template"})
]
TileZoom = Annotated[
    int,
    BeforeValidator(_read_zoom),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_TILE_ZOOM}),
]
Attribution = Annotated[FilledText, AfterValidator(_read_plain)]
Subdomains = Annotated[
    list[str],
    BeforeValidator(read_subdomains),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": MOST_SUBDOMAINS}]}
    ),
]


class TilesDoc(Doc):
    """A street map that another host sends, when the reader asks for it: a provider's name, or an address."""

    noun: ClassVar[str] = "street map"
    example: ClassVar[str] = f'tiles: OpenTopoMap or tiles: {{url: "{EXAMPLE}", attribution: © Example}}'
    provider: ProviderName | None = Field(
        None, description="A name of xyzservices. `tiles: OpenTopoMap` is short for `tiles: {provider: OpenTopoMap}`."
    )
    url: TileAddress | None = Field(
        None, description="The address of a tile, https, with {z}, {x} and {y} in it.", examples=[f"url: {EXAMPLE}"]
    )
    attribution: Attribution | None = Field(None, description="Whom the host wants to be named on the map.")
    max_zoom: TileZoom | None = Field(None, description="The closest zoom for which the host has tiles.")
    subdomains: Subdomains | None = Field(None, description="What {s} in the address stands for: abc, or a list.")
    load: Annotated[Literal["click", "at-once"], one_of("click", "at-once")] = Field(
        "click", description="click: the reader asks for the street map; at-once: the page does when it opens."
    )

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return what is wrong between a provider, an address, and what belongs to the address."""
        help = f"for example {cls.example}"
        if "provider" in given:
            for key in ("url", "attribution", "max_zoom", "subdomains"):
                if given.get(key):
                    why = "stands beside 'provider', which says it already"
                    yield (
                        (key,),
                        fault("bad-tiles", why, "keep 'provider', or give 'url' and what belongs to it"),
                        given,
                    )
        elif "url" not in given:
            yield (), fault("bad-tiles", "needs either 'provider' or 'url'", help), given
        elif "attribution" not in given:
            why = "needs 'attribution': whom the host wants to be named on the map"
            yield (), fault("bad-tiles", why, help), given
        elif given["url"] and given.get("subdomains") and "{s}" not in str(given["url"]):
            why = "stands for {s}, which the address does not have"
            yield ("subdomains",), fault("bad-tiles", why, "type {s} into the host, or delete this line"), given


def as_tiles(value: object) -> object:
    """Return the longer way to write a provider's name."""
    return {"provider": value} if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class TileSource:
    """Where the tiles of a page come from: all that it must know to ask for them and to thank for them."""

    url: TileUrl
    attribution: str
    max_zoom: int
    subdomains: tuple[str, ...]
    at_once: bool


def tile_source(tiles: TilesDoc) -> TileSource:
    """Return where a story's tiles come from."""
    at_once = tiles.load == "at-once"
    if tiles.provider:
        known = provider(tiles.provider)
        return TileSource(known.url, known.attribution, known.max_zoom, known.subdomains, at_once)
    url = parse_tile_url(tiles.url or "")
    subdomains = tuple(tiles.subdomains or "abc")
    return TileSource(url, tiles.attribution or "", tiles.max_zoom or DEFAULT_MAX_ZOOM, subdomains, at_once)
