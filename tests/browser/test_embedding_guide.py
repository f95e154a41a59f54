"""What docs/embedding.md tells an article to do works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storymap.page import palette

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GUIDE = Path(__file__).parents[2] / "docs" / "embedding.md"
HEIGHTS = "[...document.querySelectorAll('iframe')].map(({ height }) => Number(height))"
PAPER = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
HOSTILE = "data:text/html,<script>parent.postMessage({ type: 'storymap:height', height: 5000 }, '*')</script>?embed=1"


def test_with_the_guides_listener_each_frame_gets_the_height_that_its_own_story_asks_for(
    tmp_path: Path, story_page: Path, browser: Browser
) -> None:
    [listener] = re.findall(r"^```html\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    address = story_page.resolve().as_uri()
    frames = [(f"{address}?embed=1&amp;theme=dark#station", 360), (f"{address}?embed=1", 900), (HOSTILE, 100)]
    article = tmp_path / "article.html"  # its frames start lower than any story asks for
    article.write_text(
        "<!doctype html><meta charset=utf-8>"
        + listener
        + "".join(f'<iframe src="{a}" width="{w}" height="400" sandbox="allow-scripts"></iframe>' for a, w in frames),
        encoding="utf-8",
    )
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(article.as_uri())
        page.wait_for_function(f"{HEIGHTS}.every((height) => height !== 400)")
        small, large, hostile = page.evaluate(HEIGHTS)
        assert hostile == 5000  # its own height and no other
        assert 420 <= large < small <= 900
        first, second = page.frames[1:3]
        assert [frame.locator(".step:visible").get_attribute("id") for frame in (first, second)] == [
            "station",
            "departure",
        ]
        assert [frame.evaluate(PAPER) for frame in (first, second)] == [palette.DARK["paper"], palette.LIGHT["paper"]]
