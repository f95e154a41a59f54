"""The catalogues of other languages say what English says: every sentence, every value, every plural form."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from storymap.quantity import Forms, Numeral
from storymap.strings import Catalogue, catalogue
from storymap.strings.catalogue import BY_CLDR, TERMINAL, shelved_as
from storymap.strings.plurals import categories, plural

SHELF = files("storymap.strings")
LANGUAGES = sorted(file.name[:-5] for file in SHELF.iterdir() if re.fullmatch(r"[a-z]{2}\.json", file.name))
# CLDR's delimiters, outer and inner, and the angled ones where a language's newspapers use them too.
QUOTES = {
    "en": "“”‘’",
    "fr": "«»“”",
    "es": "«»“”",
    "ru": "«»„“",
    "ar": "«»”“’‘",
    "ko": "“”‘’",
    "zh": "“”‘’",
}
# Forms that may leave the number out, since each is of one number only; all others must show it.
ONE_NUMBER = {"ar": {"zero", "one", "two"}, "en": {"one"}}


def read(language: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(SHELF.joinpath(f"{language}.json").read_text(encoding="utf-8"))
    return found


def flat(language: str) -> dict[str, Forms]:
    return {
        f"{section}.{key}": forms
        for section, entries in read(language).items()
        if language == "en" or section not in BY_CLDR
        for key, forms in entries.items()
    }


def named(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def texts(forms: Forms) -> list[str]:
    return [forms] if isinstance(forms, str) else list(forms.values())


ENGLISH = flat("en")
TRANSLATED = {key for key in ENGLISH if key.split(".")[0] not in (*TERMINAL, *BY_CLDR)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_that_readers_see_and_no_other(language: str) -> None:
    keys = flat(language).keys()
    assert TRANSLATED - keys == set()
    assert language == "en" or keys - TRANSLATED == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_sentence_has_the_values_of_the_english_one(language: str) -> None:
    wrong = []
    for key, forms in flat(language).items():
        wanted = named(texts(ENGLISH[key])[-1]) if key in ENGLISH else set()
        for category, text in {"": forms}.items() if isinstance(forms, str) else forms.items():
            free = {"count"} if category in ONE_NUMBER.get(language, ()) else set()
            if named(text) | free != wanted | free:
                wrong.append((key, category, sorted(named(text) ^ wanted)))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_with_forms_has_exactly_those_of_its_language(language: str) -> None:
    wrong = []
    for key, forms in flat(language).items():
        english = ENGLISH.get(key, "")
        if isinstance(forms, str):
            wrong += [key] if not isinstance(english, str) else []
        elif set(forms) != set(categories(language)) or "count" not in named(texts(english)[-1]):
            wrong.append(key)
    assert wrong == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_sentence_is_left_in_english(language: str) -> None:
    """Single words may be the same: a pause, a verdict."""
    own = re.compile(r"[a-z]{3,}", re.IGNORECASE)
    english = {text for forms in ENGLISH.values() for text in texts(forms)}
    left = [text for forms in flat(language).values() for text in texts(forms) if text in english]
    assert [text for text in left if len(own.findall(re.sub(r"\{\w+\}", "", text))) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_plain_text_in_the_languages_own_quotation_marks(language: str) -> None:
    """They are escaped where they are used, and marks of direction are set around values by `say`."""
    marks = set("“”„‘«»‹›「」『』") - set(QUOTES[language])
    wrong = [
        (key, text)
        for key, forms in flat(language).items()
        for text in texts(forms)
        if re.search(r"[<>]|&\w+;|[\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
        or text != text.strip()
        or not text
        or marks & set(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_margin_stands_after_its_heading_and_does_not_say_that_word_again(language: str) -> None:
    words = catalogue(language)
    head = words.say("table.margin").lower()
    stems = {head[n : n + 4] for n in range(max(1, len(head) - 3))}
    said = [words.say(f"margin.{key}", value="", margin="") for key in ("spare", "none", "over", "worst", "worst-over")]
    assert [text for text in said if any(stem in text.lower() for stem in stems)] == []


def test_a_tag_gets_the_catalogue_of_its_language_or_english() -> None:
    for language in LANGUAGES:
        assert catalogue(language).language == language
    tags = {"zh-Hant": "en", "zh-TW": "en", "zh-HK": "en", "pt-BR": "en", "cldr": "en", "en-GB": "en"}
    assert {tag: shelved_as(tag) for tag in tags} == tags
    if "zh" in LANGUAGES:
        assert {shelved_as(tag) for tag in ("zh", "zh-CN", "zh-Hans", "zh-Hans-SG", "ZH", "zh-Hans-HK")} == {"zh"}


def other(language: str, sentences: dict[str, Forms]) -> Catalogue:
    return Catalogue(language, sentences, catalogue().numbers)


def test_a_number_chooses_the_form() -> None:
    forms = {form: f"{form} {{count}}" for form in categories("ru")}
    words = other("ru", {"a.b": forms})
    said = {n: words.say("a.b", count=n) for n in (1, 3, 5, 21)}
    assert said == {1: "one 1", 3: "few 3", 5: "many 5", 21: "one 21"}
    assert words.say("a.b", count=Numeral("1.5")) == "other 1.5"


def test_every_number_chooses_a_form() -> None:
    for language in LANGUAGES:
        assert {plural(language, str(n)) for n in (*range(200), 1_000_000)} <= set(categories(language))


def test_what_is_filled_in_does_not_reorder_a_sentence_from_right_to_left() -> None:
    words = other("ar", {"a.b": "من {place}"})
    assert words.say("a.b", place="GeoNames 12") == "من \u2068GeoNames 12\u2069"
    assert words.parts("a.b", place=("x",)) == ["من ", "\u2068", ("x",), "\u2069"]
    assert other("ru", {"a.b": "из {place}"}).say("a.b", place="B") == "из B"


def test_a_month_begins_and_sentences_follow_each_other_as_the_language_has_it() -> None:
    first = date(2019, 3, 1)
    assert [catalogue(language).date(first) for language in ("en", "fr", "es")] == [
        "1 March 2019",
        "1er mars 2019",
        "1 de marzo de 2019",
    ]
    assert [catalogue(language).together(["A.", "B."]) for language in ("fr", "zh")] == ["A. B.", "A.B."]


def test_a_sentence_without_a_form_for_a_number_has_the_last_one() -> None:
    """What is not translated yet comes in English, which has fewer forms than Arabic."""
    forms = {"one": "{count} ring", "other": "{count} rings"}
    assert other("ar", {"a.b": forms}).say("a.b", count=2) == "\u20682\u2069 rings"
