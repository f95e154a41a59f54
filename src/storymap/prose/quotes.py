"""Where a quote stands in a text, and what to say where it does not.

Quotes are matched as people read: white space, soft hyphens, the kind of quote mark or dash and the way accents are
encoded do not count; letters do, and so do the edges of words ("50 km" is not found in "150 km").
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from storymap.prose.render import Prose

QuoteCode = Literal[
    "quote-missing",
    "quote-ambiguous",
    "quote-nth",
    "quote-crosses-blocks",
    "quote-in-link",
    "quote-cuts-tag",
]

_SAME = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_CANDIDATES = 40  # windows that are compared letter by letter
_WORDS = 40  # words of a quote that are compared
_LETTERS = 400  # letters of them
_OVER_A_STOP = 0.1  # how much less like the quote words count that run on into another sentence


class QuoteError(ValueError):
    """A quote that cannot be marked; `code` says why, `help` what to type."""

    def __init__(self, code: QuoteCode, message: str, help: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a prose's text; the end is exclusive."""

    start: int
    end: int


def find_quote(prose: Prose, quote: str, nth: int | None = None) -> Found:
    """Return where `quote` stands in the prose, the `nth` time (from 1) where it stands there more than once.

    Raises:
        QuoteError: it stands nowhere, in several places without `nth`, or where it cannot be marked.
    """
    matches = list(_matches(prose.text, quote))
    if not matches:
        if next(_matches(prose.text.replace("\n", " "), quote), None):
            help = "quote words of one paragraph, list entry or heading"
            raise QuoteError("quote-crosses-blocks", "the quote runs over the edge of a paragraph", help)
        near = nearest_phrase(prose.text, quote)
        help = f"the nearest words are: {near}" if near else "copy the words from the step's text"
        raise QuoteError("quote-missing", f"'{_short(quote)}' does not stand in the text of this step", help)
    if nth is None and len(matches) > 1:
        message = f"'{_short(quote)}' stands {len(matches)} times in the text"
        raise QuoteError("quote-ambiguous", message, "quote more words, or say which one with nth: 1, 2 …")
    if nth is not None and nth > len(matches):
        times = "once" if len(matches) == 1 else f"{len(matches)} times"
        raise QuoteError("quote-nth", f"nth is {nth}, but the quote stands in the text {times}", "correct nth")
    found = matches[(nth or 1) - 1]
    _check_tags(prose, found)
    return found


def overlaps(a: Found, b: Found) -> bool:
    """Return whether two stretches share a character."""
    return a.start < b.end and b.start < a.end


def nearest_phrase(text: str, quote: str) -> str:
    """Return the words of `text` that are most like `quote`, and not fewer; "" where none are much like it."""
    wanted = quote.split()
    words = [word for block in text.split("\n") for word in block.split()]
    block_of = [number for number, block in enumerate(text.split("\n")) for _ in block.split()]
    folded = [_folded(word).casefold() for word in words]
    target = [_folded(word).casefold() for word in wanted[:_WORDS]]
    size, rest = len(target), len(wanted) - len(target)
    scored = sorted(_windows(folded, target, size), reverse=True)[:_CANDIDATES] if size else []
    best, best_ratio = "", 0.5
    matcher = difflib.SequenceMatcher(None, b=" ".join(target)[:_LETTERS], autojunk=False)
    for _, start in scored:
        for end in (start + size, start + size + 1):
            if end + rest > len(words) or block_of[start] != block_of[end + rest - 1]:
                continue
            matcher.set_seq1(" ".join(folded[start:end])[:_LETTERS])
            ratio = matcher.ratio() - _OVER_A_STOP * any(word[-1] in ".!?" for word in words[start : end - 1])
            if ratio > best_ratio:
                best, best_ratio = " ".join(words[start : end + rest]), ratio
    return best.rstrip(".,;:!?")


def _windows(words: list[str], target: list[str], size: int) -> Iterator[tuple[float, int]]:
    """Yield (how many letter pairs it shares with the target, start) of every window of `size` words."""
    wanted = Counter(pair for word in target for pair in _pairs(word))
    inside: Counter[str] = Counter()
    shared = 0
    for index, word in enumerate(words):
        for pair in _pairs(word):
            inside[pair] += 1
            shared += inside[pair] <= wanted[pair]
        if index >= size:
            for pair in _pairs(words[index - size]):
                shared -= inside[pair] <= wanted[pair]
                inside[pair] -= 1
        if index >= size - 1:
            yield shared, index - size + 1


def _pairs(word: str) -> list[str]:
    padded = f" {word}"
    return [padded[i : i + 2] for i in range(len(padded) - 1)]


def _folded(text: str) -> str:
    """Return text in the form in which quotes are compared, blocks' edges kept."""
    return "".join(part for part, _ in _fold(text))


def _fold(text: str) -> Iterator[tuple[str, int]]:
    """Yield every character in comparable form with the index that it comes from."""
    space = False
    for index, character in enumerate(text):
        if character == "\n":
            yield "\n", index
            space = True
        elif character.isspace():
            if not space:
                yield " ", index
            space = True
        elif unicodedata.category(character) != "Cf":  # soft hyphens, zero-width spaces and joiners
            space = False
            for part in unicodedata.normalize("NFD", _SAME.get(character, character)):
                yield part, index


def _matches(text: str, quote: str) -> Iterator[Found]:
    """Yield every place where the quote stands in one block of the text."""
    pairs = list(_fold(text))
    hay = "".join(part for part, _ in pairs)
    needle = _folded(" ".join(quote.split())).strip()
    at = hay.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        first, last = pairs[at][1], pairs[end - 1][1]
        whole = (at == 0 or pairs[at - 1][1] != first) and (end == len(pairs) or pairs[end][1] != last)
        if whole and not _glued(hay, at) and not _glued(hay, end):
            yield Found(first, last + 1)
        at = hay.find(needle, at + 1)


def _glued(text: str, at: int) -> bool:
    """Return whether the cut before text[at] goes through a word, a number, or a letter and its accent."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if unicodedata.combining(right) and not left.isspace():
        return True
    if left.isdigit() and right.isdigit():
        return True
    if right in ".," and left.isdigit():
        return text[at + 1 : at + 2].isdigit()
    if left in ".," and right.isdigit():
        return text[at - 2 : at - 1].isdigit() if at >= 2 else False
    # Letters with two cases stand in words with spaces between; in other scripts a particle may follow at once.
    return _cased(left) and _cased(right)


def _cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 80 else words[:77] + "…"


def _check_tags(prose: Prose, found: Found) -> None:
    """Raise QuoteError if the quote stands in a link, or cuts an inline tag in half."""
    letters = prose.letters[found.start : found.end]
    if any(name == "a" for letter in letters for _, name in letter.path):
        raise QuoteError(
            "quote-in-link",
            "the quote stands in a link, and one word cannot be both a link and a claim",
            "quote other words, or move the link to words outside the quote",
        )
    inside = {tag for letter in letters for tag in letter.path}
    around = [*prose.letters[: found.start], *prose.letters[found.end :]]
    outside = {tag for letter in around for tag in letter.path}
    everywhere = set.intersection(*(set(letter.path) for letter in letters))
    if (inside - everywhere) & outside:
        raise QuoteError(
            "quote-cuts-tag",
            "the quote begins or ends inside *emphasised* words",
            "quote all of the emphasised words or none of them",
        )
