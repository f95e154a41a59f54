"""Leaflet's files, read from the package that carries them and checked by hash before they go into a page."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

from storymap.problems import ToolError

VERSION = "1.9.4"
SHA256 = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
PACKAGE = "django-js-lib-leaflet"


@cache
def script() -> str:
    """Return leaflet.js without its pointer to a source map."""
    return re.sub(r"\n//# sourceMappingURL=.*", "", _read("leaflet.js"))


@cache
def style() -> str:
    """Return the rules of leaflet.css that need no picture; the others are for controls that we do not use."""
    rules: list[str] = re.findall(r"[^{}]+\{[^{}]*\}", re.sub(r"/\*.*?\*/", "", _read("leaflet.css"), flags=re.DOTALL))
    kept = (re.sub(r"\s+", " ", rule).strip() for rule in rules if "url(" not in rule)
    return "".join(re.sub(r" ?([{}:;,]) ?", r"\1", rule) for rule in kept)


@cache
def license_text() -> str:
    """Return the text of Leaflet's licence, which must travel with its code."""
    text = distribution(PACKAGE).read_text("LICENSE")
    if text is None:
        raise ToolError(f"the licence of Leaflet is missing; install {PACKAGE}==1.9.4.1 afresh")
    return text.strip()


def _read(name: str) -> str:
    spec = find_spec("js_lib_leaflet")
    if spec is None or spec.origin is None:
        raise ToolError(f"Leaflet's files are missing; install the package {PACKAGE}==1.9.4.1")
    raw = (Path(spec.origin).parent / "static" / "js_lib_leaflet" / name).read_bytes()
    if sha256(raw).hexdigest() != SHA256[name]:
        raise ToolError(f"{name} is not the one of Leaflet {VERSION}; install {PACKAGE}==1.9.4.1 afresh")
    return raw.decode("utf-8")
