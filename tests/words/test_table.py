"""The tables of words in docs/claims.md and docs/words.md say what the grammar does."""

import math
import re
from pathlib import Path

import pytest

from storymap.quantity import QuantityError, read_quote

DOCS = Path(__file__).parents[2] / "docs"


def rows(page: str, heading: str) -> list[list[str]]:
    """The rows of all tables of a section, each as its cells."""
    section = (DOCS / page).read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.split("\n") if line.startswith("| ")]


HEDGES = [
    (hedge, row[1], row[2])
    for row in rows("claims.md", "From words to an interval")
    if len(row) == 3 and re.search(r"\dx|\bx\b", row[1]) and not re.match("a number|a count", row[0])
    for hedge in row[0].split(", ")
]
REFUSED = [example for row in rows("words.md", "What is refused") for example in re.findall("“([^”]+)”", row[1])]


def as_phrase(hedge: str) -> str:
    """The hedge with 100 km: words in quote marks stand behind the number, or are a number with its hedge."""
    if not hedge.startswith("“"):
        return f"{hedge.strip('`')} 100 km"
    words = hedge.strip("“”")
    if words[0].isdigit():
        return f"{words.replace('200', '100')} km"
    return f"100{words} km" if words.startswith("-") else f"100 km {words}"


def ends(said: str) -> tuple[float, float, bool, bool]:
    """The interval of "x ± 2h", "0.9x to under x", "at most 0.9x" … for x = 100, h = 5: low, high, open, open."""
    if spread := re.match(r"x ± (\d?)h", said):
        width = 5.0 * int(spread[1] or 1)
        return 100 - width, 100 + width, False, False
    numbers = [100 * float(factor or 1) for factor in re.findall(r"([0-9.]*)x", said)]
    if len(numbers) == 2:
        return numbers[0], numbers[1], said.startswith("over"), "under" in said
    if said.startswith(("at most", "under")):
        return -math.inf, numbers[0], False, said.startswith("under")
    return numbers[0], math.inf, said.startswith("over"), False


@pytest.mark.parametrize(("hedge", "core", "support"), HEDGES)
def test_every_hedge_and_limit_of_the_table_gives_what_the_table_says(hedge: str, core: str, support: str) -> None:
    found = read_quote(as_phrase(hedge), "length")
    for interval, said in ((found.core, core), (found.support, core if support == "the same" else support)):
        *limits, low_open, high_open = ends(said)
        assert (interval.low / 1000, interval.high / 1000) == pytest.approx(limits)
        assert (interval.low_open, interval.high_open) == (low_open, high_open)


@pytest.mark.parametrize("example", REFUSED)
def test_every_example_of_what_is_refused_is_refused(example: str) -> None:
    with pytest.raises(QuantityError):
        read_quote(example, "duration" if "hours" in example else "length")


def test_the_tables_were_found() -> None:
    assert len(HEDGES) > 50
    assert len(REFUSED) > 20
