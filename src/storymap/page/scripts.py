"""The client's ES modules as inline scripts: those of every page, and the extras that only some stories need."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from storymap.page.linker import link
from storymap.page.policy import script_safe
from storymap.page.shortening import shorten

# Every module that only some stories need. Each exports `start`, which is given the story (`Story` in types.d.ts).
EXTRAS: tuple[str, ...] = (
    *("download", "globe", "reveal", "units", "autoplay", "scroll", "gallery", "players", "parked", "scale"),
)


def boot() -> str:
    """Return the script that runs before the first paint."""
    return script_safe(shorten(_module("boot")))


def narrow() -> str:
    """Return the script that leaves a page's own host alone of those whose files its policy allows."""
    return script_safe(shorten(_module("narrow")))


def client(extras: Sequence[str] = ()) -> str:
    """Return the client as one script. `extras` are those of `EXTRAS` that this story needs."""
    return script_safe(link("main", _module, extras))


def tiles() -> str:
    """Return the script of a street map."""
    return script_safe(link("tiles", _module))


def _module(name: str) -> str:
    return files(__package__).joinpath("client", f"{name}.js").read_text(encoding="utf-8")
