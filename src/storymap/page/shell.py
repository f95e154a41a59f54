"""The Jinja2 templates of the page and its pictures: escaping is on, and a name that is not given is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates() -> Environment:
    """Return the environment that all templates are read in."""
    # autoescape=True, not select_autoescape(): that one leaves names such as page.html.j2 unescaped.
    return Environment(
        loader=PackageLoader("storymap.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
