"""The Jinja2 templates of the page and its pictures: escaping is on, and a name that is not given is an error."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_QUOTED = re.compile(r"""="([^\s"'=<>`]+)"(/?)""")


@cache
def templates() -> Environment:
    """Return the environment that all templates are read in."""
    # autoescape=True, not select_autoescape(): that one leaves names such as page.html.j2 unescaped.
    environment = Environment(
        loader=PackageLoader("storymap.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"unquoted": unquoted, "css_text": css_text}
    return environment


def unquoted(markup: Markup) -> Markup:
    """Return HTML without the quotes that it can do without; XML needs them. Those of texts are escaped."""
    return Markup(_QUOTED.sub(lambda found: f"={found[1]}{' /' if found[2] else ''}", markup))


def css_text(text: str) -> Markup:
    """Return a text as CSS writes it, in quotes."""
    return Markup('"' + re.sub(r'["\\<>&\n]', lambda found: rf"\{ord(found[0]):x} ", text) + '"')
