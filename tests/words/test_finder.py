"""The finder reads articles: all it must find on the text that it was made with, and how it does on others.

Run `python -m tests.articles.scoring` for the scores by article.
"""

import json
from pathlib import Path

from tests.articles.scoring import FIXTURE, HELD_OUT, Score, score


def test_every_phrase_of_the_fixture_is_found_and_none_is_invented() -> None:
    found = score(FIXTURE)
    assert (found.missed, found.wrong) == ([], [])
    assert len(found.found) >= 30
    assert len(FIXTURE.read_text("utf-8").split()) >= 600


def test_on_articles_that_it_was_never_tuned_on_it_does_no_worse_than_is_written_down() -> None:
    """The figures of docs/words.md. A miss here is no reason to mend the finder: mend what is like it elsewhere."""
    assert len(HELD_OUT) == 5
    total = sum((score(article) for article in HELD_OUT), Score())
    assert len(total.found) + len(total.missed) == 140
    assert len(total.missed) <= 10
    assert len(total.wrong) <= 12


def test_a_score_counts_what_is_missed_and_what_is_wrong(tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("It is 5 km long, 7 km wide and three leagues from the 8 km race.", "utf-8")
    notes = {
        "phrases": [{"words": "5 km"}, {"words": "three leagues"}],
        "optional": [{"words": "8 km"}],
        "traps": [],
    }
    article.with_suffix(".json").write_text(json.dumps(notes), "utf-8")
    found = score(article)
    assert (found.found, found.missed, found.wrong, found.right) == (["5 km"], ["three leagues"], ["7 km"], 1)
