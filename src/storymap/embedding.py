"""The snippet with which an article holds a story."""

from __future__ import annotations

import re
from html import escape

from storymap.story import StoryDoc, address_fault
from storymap.strings import catalogue

# Scripts for the map; popups so that links to sources open outside of the frame.
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

# A host and no file: a dot, and behind the last one no ending of a page.
_HOST = re.compile(r"(?!.*\.(?:x?html?|php|aspx?)$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::[0-9]+)?", re.IGNORECASE)


def page_fault(address: str) -> tuple[str, str]:
    """Return why a frame cannot have an address, and what to type; two empty texts for http, https and paths."""
    example = "https://example.org/border/"
    bare = address.removeprefix("//")
    if _HOST.fullmatch(bare.partition("/")[0]):
        return "has no https: before it", f"type https://{bare}{'' if '/' in bare else '/'}"
    if re.match(r"https?://", address, re.IGNORECASE) or ":" in address.partition("/")[0]:
        return (why := address_fault(address)), (f"type the whole address, such as {example}" if why else "")
    if not address or address.startswith("//"):
        return "is no address", f"type the whole address, such as {example}"
    why = address_fault(f"https://example.org/{address}")
    return why, (f"type the address as a browser shows it, such as {example}" if why else "")


def snippet(story: StoryDoc, address: str, height_px: int) -> str:
    """Return an iframe as HTML: `address` is where the page is, `height_px` stands where no script adjusts it."""
    words = catalogue(story.language)
    title = words.say("embed.title", title=story.title, count=len(story.steps) + (story.overview is not None))
    page, mark, step = address.partition("#")
    joint = "&" if "?" in page else "?"
    return (
        f'<iframe src="{escape(f"{page}{joint}embed=1{mark}{step}")}" title="{escape(title)}" width="100%" '
        f'height="{height_px}" style="border:0" loading="lazy" allow="fullscreen" sandbox="{_SANDBOX}" '
        f'referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    )
