"""Words of a text against words that are listed: what measures something, and nobody has claimed or set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from storymap.quantity import Phrase, find_measures


def uncovered(text: str, claimed: Iterable[tuple[int, int]], aside: Iterable[str]) -> list[Phrase]:
    """Return the phrases of a text that measure something and stand in none of the lists.

    Args:
        text: plain prose.
        claimed: the stretches (start, end) of the text that claims quote; a phrase that one of them touches counts.
        aside: words that are set aside; they must hold the whole phrase.
    """
    spans, lists = list(claimed), [_plain(words) for words in aside]
    return [
        phrase
        for phrase in _measures(text)
        if not any(start < phrase.end and phrase.start < end for start, end in spans)
        and not any(_holds(words, _plain(phrase.words)) for words in lists)
    ]


def _measures(text: str) -> Iterator[Phrase]:
    """Yield what measures something, block by block: no phrase goes on from one paragraph to the next."""
    start = 0
    for block in text.split("\n"):
        for phrase in find_measures(block):
            yield replace(phrase, start=phrase.start + start, end=phrase.end + start)
        start += len(block) + 1


def stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text, whatever their case, quote marks and white space."""
    return _plain(words) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').casefold().split())


def _holds(text: str, words: str) -> bool:
    """Return whether whole words stand in a text: "17 km" does not hold "7 km"."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
