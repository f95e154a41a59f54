"""Setting marks around quotes: the HTML of a prose with something before, in and after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storymap.prose.render import Letter, Prose


@dataclass(frozen=True, slots=True)
class Mark:
    """What to set round text[start:end]: HTML `before` it, `tail` before its last word, `after` it.

    The three are put in as they are: they are the page's own HTML, never an author's.
    """

    start: int
    end: int
    before: str
    tail: str
    after: str


def mark_quotes(prose: Prose, marks: Sequence[Mark]) -> str:
    """Return the prose's HTML with the marks in it; no two may overlap, each must have been found by `find_quote`."""
    pieces: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        letters = prose.letters[mark.start : mark.end]
        shared = _shared(letters)
        begin, end = _outward(prose, mark, shared)
        if begin < at:
            raise ValueError("marks overlap")
        last_word = mark.start + prose.text[mark.start : mark.end].rstrip().rfind(" ") + 1
        words = prose.letters[last_word : mark.end]
        plain = all(letter.path == shared for letter in words)
        tail = words[0].start if plain else end
        pieces += [prose.html[at:begin], mark.before, prose.html[begin:tail], mark.tail]
        pieces += [prose.html[tail:end], mark.after]
        at = end
    return "".join([*pieces, prose.html[at:]])


def _shared(letters: Sequence[Letter]) -> tuple[tuple[int, str], ...]:
    """Return the tags that are open around all letters."""
    path = letters[0].path
    for letter in letters:
        while letter.path[: len(path)] != path:
            path = path[:-1]
    return path


def _outward(prose: Prose, mark: Mark, shared: tuple[tuple[int, str], ...]) -> tuple[int, int]:
    """Return where the mark begins and ends in the HTML, outside of every tag that lies within the quote."""
    begin, end = prose.letters[mark.start].start, prose.letters[mark.end - 1].end
    for _ in prose.letters[mark.start].path[len(shared) :]:
        begin = prose.html.rindex("<", 0, begin)
    for _ in prose.letters[mark.end - 1].path[len(shared) :]:
        end = prose.html.index(">", end) + 1
    return begin, end
