"""How many of an article's annotated phrases the finder finds, and how much else: see README.md for the counting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storymap.quantity import find_measures

ARTICLES = Path(__file__).parent
FIXTURE = ARTICLES / "fixture-news.md"
HELD_OUT = sorted((ARTICLES / "held-out").glob("*.md"))
Range = tuple[int, int]


@dataclass
class Score:
    """What the finder did on one or more articles: phrases found, phrases missed, finds that are wrong."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    right: int = 0

    @property
    def recall(self) -> float:
        """The share of annotated phrases that were found."""
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of finds, besides optional ones, that are right."""
        return self.right / (self.right + len(self.wrong))

    def __add__(self, other: Score) -> Score:
        """Return the score of both together."""
        lists = (self.found + other.found, self.missed + other.missed, self.wrong + other.wrong)
        return Score(*lists, self.right + other.right)


def score(article: Path) -> Score:
    """Return how the finder does on one article's plain text."""
    text = article.read_text(encoding="utf-8")
    notes: dict[str, list[dict[str, Any]]] = json.loads(article.with_suffix(".json").read_text(encoding="utf-8"))
    wanted = [_range(text, note) for note in notes["phrases"]]
    optional = [_range(text, note) for note in notes["optional"]]
    finds = [(phrase.start, phrase.end) for phrase in find_measures(text)]
    result = Score()
    for range_ in wanted:
        (result.found if _meets(range_, finds) else result.missed).append(text[slice(*range_)])
    for find in finds:
        if _meets(find, wanted):
            result.right += 1
        elif not _meets(find, optional):
            result.wrong.append(text[slice(*find)])
    return result


def _range(text: str, note: dict[str, Any]) -> Range:
    starts = [match.start() for match in re.finditer(f"(?={re.escape(note['words'])})", text)]
    start = starts[note.get("nth", 1) - 1]
    return start, start + len(note["words"])


def _meets(one: Range, others: Iterable[Range]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)


def main() -> None:
    """Print the scores."""
    total = Score()
    for article in HELD_OUT:
        one = score(article)
        total += one
        print(f"{article.stem:26} recall {len(one.found)}/{len(one.found) + len(one.missed)}", end="  ")  # noqa: T201
        print(f"precision {one.right}/{one.right + len(one.wrong)}")  # noqa: T201
    print(f"{'all':26} recall {total.recall:.3f}  precision {total.precision:.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
