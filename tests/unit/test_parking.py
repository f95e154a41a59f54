"""A long story's later parts wait as text: nothing is lost by it, and nothing in them can end the waiting."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from storymap.compiler import build
from storymap.page import document
from storymap.page.parking import LONG
from tests.unit.making import STATION, made, place, step

_TAGS = re.compile(r"</?noscript[^>]*>")
_OPTIONAL = ("dt", "dd", "td", "th", "p")  # elements of which a parser knows the end
_WAITING = re.compile(r"<noscript[^>]*>(.*?)</noscript>", re.DOTALL)
HOSTILE = "</noscript><script>alert(1)</script><!-- <noscript> --!></NOSCRIPT ><p id=x>"


@cache
def page(count: int, words: str = "plain words", **keys: Any) -> str:
    """The page of a story whose every text is these words, with a place and a claim of its own for each step."""
    towns = [
        place(f"town-{n}", {**STATION, "coordinates": [131.88, 43.11 + n / 200]}, kind="station") for n in range(count)
    ]
    for town in towns:
        town["properties"] |= {"name": words, "source": words}
    border = place("border", {"type": "LineString", "coordinates": [[130.64, 42.42], [130.7, 42.29]]})
    steps = [
        {
            **step("It is less than 400 km away.", id=f"day-{n}", show=[f"town-{n}", "border"]),
            "title": words,
            "claims": [{"quote": "less than 400 km", "distance": {"from": f"town-{n}", "to": "border"}, "note": words}],
        }
        for n in range(count)
    ]
    return build(made(*steps, places=[border, *towns], **keys)).html


def pieces(html: str) -> dict[str, str]:
    """Each step, entry and shape of a page, and its table and its list of steps, by their first tags."""
    kinds = ("section", "article", "table", "ol")
    found = [m[0] for kind in kinds for m in re.finditer(rf"<{kind}\b.*?</{kind}>", _TAGS.sub("", html), re.DOTALL)]
    found += re.findall(r'<path id="[^"]*" vector-effect[^>]*>', html)
    return {one.split(">", 1)[0]: " ".join(one.replace("</li>", "").split()) for one in found}


class Tags(HTMLParser):
    """The tags and attribute names of a piece of HTML, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))


def tags(html: str) -> list[tuple[str, ...]]:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser.found


def test_a_story_that_is_not_long_has_nothing_parked() -> None:
    assert "<noscript" not in page(LONG)
    assert "<noscript" in page(LONG + 1)


@pytest.mark.parametrize("keys", [{"layout": "scroll"}, {"claims": {"reveal": "click"}}], ids=["scroll", "guess"])
def test_what_scrolls_by_and_what_is_covered_is_not_parked(keys: dict[str, Any]) -> None:
    assert "<noscript" not in build(made(*(step(id=f"day-{n}") for n in range(LONG + 1)), **keys)).html


def test_all_that_is_parked_is_what_would_stand_there_else(monkeypatch: pytest.MonkeyPatch) -> None:
    parked = page(LONG + 5)
    monkeypatch.setattr(document, "LONG", LONG + 5)
    steps = pieces(page.__wrapped__(LONG + 5))
    assert len(steps) > 3 * LONG
    assert pieces(parked) == steps


def test_no_words_of_an_author_end_what_is_parked_or_become_anything_else() -> None:
    harmless, hostile = page(LONG + 5), page(LONG + 5, HOSTILE)
    assert len(re.findall("</?noscript", hostile, re.IGNORECASE)) == len(_TAGS.findall(harmless))
    waiting = [_WAITING.findall(html) for html in (harmless, hostile)]
    assert len(waiting[1]) == len(waiting[0]) > 8
    # A name that is too long for a map is not on it, so not all is the same; but there is nothing else.
    assert {tag for text in waiting[1] for tag in tags(text)} <= {tag for text in waiting[0] for tag in tags(text)}
    assert sum(text.count("&lt;/noscript&gt;&lt;script&gt;alert(1)") for text in waiting[1]) > 5 * LONG


def test_what_is_parked_is_whole_markup() -> None:
    """A parser without scripts closes no element of it for us: a <noscript> does not end while a list item is open."""
    for text in _WAITING.findall(page(LONG + 5)):
        opened: list[str] = []
        for tag, *_ in tags(text):
            closing = tag.startswith("/")
            while opened and opened[-1] in _OPTIONAL and (tag[1:] != opened[-1] if closing else tag in _OPTIONAL):
                opened.pop()  # its end is that of its parent, or the next of its kind
            if closing:
                assert opened.pop() == tag[1:]
            elif tag not in ("br", "img"):
                opened.append(tag)
        assert opened == []
