"""The snippet with which an article holds a story."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from storymap.embedding import snippet
from tests.unit.making import made, step


def attributes(address: str = "https://example.org/border/", height_px: int = 640, **story: Any) -> dict[str, str]:
    found: list[dict[str, str]] = []

    class Frames(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag == "iframe"
            found.append({name: value or "" for name, value in attrs})

    Frames().feed(snippet(made(step(), {**step(), "title": "Two"}, **story).story, address, height_px))
    (one,) = found
    return one


@pytest.mark.parametrize(
    ("address", "framed"),
    [
        ("https://example.org/border/", "https://example.org/border/?embed=1"),
        ("border/index.html", "border/index.html?embed=1"),
        ("https://example.org/?id=7&x=1", "https://example.org/?id=7&x=1&embed=1"),
        ("https://example.org/#two", "https://example.org/?embed=1#two"),
        ("https://example.org/?id=7#two?", "https://example.org/?id=7&embed=1#two?"),
    ],
)
def test_the_page_is_told_that_it_is_framed(address: str, framed: str) -> None:
    assert attributes(address)["src"] == framed


def test_the_frame_has_a_title_for_those_who_do_not_see_it() -> None:
    assert attributes(title='A "border"')["title"] == 'Map story: A "border" (steps: 2)'


def test_the_frame_may_run_scripts_and_open_links_and_no_more() -> None:
    frame = attributes(height_px=500)
    assert set(frame["sandbox"].split()) == {"allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"}
    assert frame["allow"] == "fullscreen", "where the reader presses the button for it"
    assert (frame["height"], frame["width"], frame["loading"]) == ("500", "100%", "lazy")
    assert frame["referrerpolicy"] == "strict-origin-when-cross-origin"
