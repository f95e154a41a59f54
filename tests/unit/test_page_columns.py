"""The fields of a file of checks: the docs explain each, in the same order, and readers' pages can fill them in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storymap.page.columns import COLUMNS, columns
from storymap.strings import catalogue

READING = Path(__file__).parents[2] / "docs" / "reading.md"


def test_the_docs_explain_every_field_in_the_order_of_the_files() -> None:
    section = READING.read_text(encoding="utf-8").split("## What a file of checks holds")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert tuple(name for row in rows for name in re.findall(r"`(\w+)`", row)) == COLUMNS


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "ko", "zh"])
def test_in_every_language_the_rows_of_a_record_can_be_told_apart(language: str) -> None:
    """The page finds a row by its name, and a label behind the words before it."""
    words = catalogue(language)
    names, found = columns(words)
    before, *rows = found.split("|")
    assert names.split("|") == list(COLUMNS)
    assert len(set(rows)) == len(rows) == len(COLUMNS[COLUMNS.index("limit") : -4]) + 1
    assert re.sub("[\u2068\u2069]", "", words.say("page.also", label="X")) == f"{before}X"
    quoted = words.say("table.quote", quote="X")
    assert re.sub("^.[\\s\u2068]?|[\\s\u2069]?.$", "", quoted) == "X"
