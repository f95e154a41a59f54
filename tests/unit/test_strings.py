"""The words that readers see: one catalogue a language, every sentence filled in whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import storymap
from storymap.scene import Verdict
from storymap.strings import catalogue

SOURCE = Path(storymap.__file__).parent
ENGLISH = catalogue("en")


@pytest.mark.parametrize("language", ["en", "en-GB", "EN", "pt-BR", "x", "", "../../etc", "en.json", "cldr", "e\x00n"])
def test_what_we_do_not_ship_is_english(language: str) -> None:
    assert catalogue(language) == ENGLISH


def test_a_sentence_is_filled_in() -> None:
    assert ENGLISH.say("page.count", n="1", total="10") == "1 of 10"


def test_braces_in_an_authors_words_stay_as_they_are() -> None:
    assert ENGLISH.say("page.also", label="{title} {0} {") == "Another reading: {title} {0} {"


def test_a_missing_key_or_word_is_no_sentence() -> None:
    with pytest.raises(KeyError):
        ENGLISH.say("page.nothing")
    with pytest.raises(KeyError):
        ENGLISH.say("page.count", n="1")


def test_every_verdict_has_words() -> None:
    for verdict in Verdict:
        assert ENGLISH.say(f"verdict.{verdict}")
        assert ENGLISH.say(f"verdict.{verdict}-means")


def test_every_key_that_code_and_templates_ask_for_is_there() -> None:
    asking = re.compile(r"""\b(?:say|Message)\(\s*["']([a-z-]+\.[a-z-]+)["']""")
    asked: set[str] = set()
    for path in SOURCE.rglob("*"):
        if path.suffix in (".py", ".j2") and path.parent.name != "strings":
            asked |= set(asking.findall(path.read_text(encoding="utf-8")))
    assert len(asked) > 40
    assert asked - ENGLISH.sentences.keys() == set()


def test_sentences_are_plain_text() -> None:
    """They are escaped where they are used; a tag in one would be seen by readers."""
    sentences = [
        text for forms in ENGLISH.sentences.values() for text in ([forms] if isinstance(forms, str) else forms.values())
    ]
    assert [text for text in sentences if re.search(r"[<>]|&\w+;", text) or text != text.strip(" ")] == []
