"""The snippet with which an article holds a story."""

from __future__ import annotations

from html import escape

from storymap.story import StoryDoc
from storymap.strings import catalogue

# Scripts for the map; popups so that links to sources open outside of the frame.
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


def snippet(story: StoryDoc, address: str, height_px: int) -> str:
    """Return an iframe as HTML: `address` is where the page is, `height_px` stands where no script adjusts it."""
    words = catalogue(story.language)
    title = words.say("embed.title", title=story.title, steps=str(len(story.steps)))
    page, mark, step = address.partition("#")
    joint = "&" if "?" in page else "?"
    return (
        f'<iframe src="{escape(f"{page}{joint}embed=1{mark}{step}")}" title="{escape(title)}" width="100%" '
        f'height="{height_px}" style="border:0" loading="lazy" sandbox="{_SANDBOX}" '
        f'referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    )
