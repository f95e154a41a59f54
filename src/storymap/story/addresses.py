"""Which web addresses may stand in a page."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from storymap.story.values import fault, read_text_value, shown


def address_fault(address: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """Return why a web address is refused, or "" where it may stand in a page."""
    if any(c.isspace() or unicodedata.category(c)[0] == "C" for c in address):
        return "holds a space or an invisible character"
    if "\\" in address:
        return "holds a backslash"
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return "is not a web address"
    if parts.scheme not in schemes:
        return f"does not begin with {', '.join(f'{scheme}:' for scheme in schemes[:-1])} or {schemes[-1]}:"
    if parts.scheme == "mailto":
        return "" if "@" in parts.path else "has no @ in it"
    if "@" in parts.netloc:
        return "holds a user name or a password"
    return "" if host else "names no host"


def read_address(value: object) -> str:
    """Return an http or https address."""
    text = read_text_value(value)
    why = address_fault(text)
    if why:
        raise fault(
            "bad-address", f"is {shown(text)}, which {why}", "type the whole address, such as https://example.org/page"
        )
    return text
