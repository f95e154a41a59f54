"""What is not checked comes with a claim to paste: it parses, quotes the very words, and names likely places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.claim_stub import claim_stub
from storymap.compiler import check
from storymap.coverage import uncovered
from storymap.problems import StoryError
from storymap.prose import find_quote, read_prose
from tests.unit.making import BORDER, PLACES, STATION, made, place, step

FIXTURES = sorted((Path(__file__).parents[1] / "articles").glob("fixture-*.md"))
NAMED = [
    *PLACES,
    place("port", STATION, name="The Port"),
    place("rim", BORDER, name="Rim Road", in_text="the rim road"),
]
FILLED_IN = {"ANOTHER-PLACE": "island", "A-PLACE": "station", "A-LINE": "border", "AN-AREA": "island"}
FILLED_IN |= {"SLOW..FAST": "50..60", "YYYY-MM-DD": "2019-04-24"}
WORDS = (
    "less than about no between and 5 km 1,500 half a mile 2 h 30 min ha 98 km² ½ : # - ' \" > *it* [x](#y) . long from"
)


def stubs_of(text: str, **keys: Any) -> list[str]:
    """The claims that the warnings of a one-step story hold, without the key of their list."""
    helps = [w.help for w in check(made(step(text), **keys)).warnings if w.code == "unchecked-measure"]
    return ["\n".join(line[2:] for line in help.split("\n")[2:]) for help in helps]


def filled_in(stub: str) -> list[dict[str, Any]]:
    for capitals, words in FILLED_IN.items():
        stub = stub.replace(capitals, words)
    claims: list[dict[str, Any]] = yaml.load(stub, yaml.BaseLoader)
    return claims


@pytest.mark.parametrize("article", FIXTURES, ids=lambda path: path.stem)
def test_pasted_with_real_ids_every_stub_resolves_or_asks_what_its_words_mean(article: Path) -> None:
    text = article.read_text("utf-8")
    stubs = stubs_of(text)
    claims = [claim for stub in stubs for claim in filled_in(stub)]
    assert len(claims) == len(stubs) >= 20
    with pytest.raises(StoryError) as caught:  # "barely 900 metres" asks what it means
        check(made(step(text, claims=claims)))
    asked = [problem.message for problem in caught.value.problems if "`expect:" in problem.help]
    assert len(asked) == len(caught.value.problems)
    told = [line.strip("# ") for stub in stubs for line in stub.split("\n") if line.strip().startswith("#")]
    assert sorted(asked) == sorted(told[::2])
    assert len(asked) < len(stubs) / 4


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The border is 17 km long.", "length: border"),
        ("It has a 17-km border.", "length: border"),
        ("The line runs for 68 kilometres beside the sea.", "length: A-LINE"),
        ("The Port lies less than 40 km from the station.", "distance: {from: port, to: station}"),
        ("From the station to The Port it is 3 km.", "distance: {from: station, to: port}"),
        ("It is within 40 km of the station.", "distance: {from: A-PLACE, to: station}"),
        ("The station is 3 km away.", "distance: {from: station, to: ANOTHER-PLACE}"),
        ("The station is 9 km by road from the island.", "distance: {from: station, to: island, along: A-LINE}"),
        ("On the rim road to The Port it is 9 km by road.", "distance: {from: port, to: ANOTHER-PLACE, along: rim}"),
        ("The island has 98 km².", "area: island"),
        ("Its 98 hectares are wet.", "area: AN-AREA"),
        ("The island has a coastline of 50 km.", "perimeter: island"),
        ("It is 50 km around the island.", "perimeter: island"),
        ("The train takes 5 hours.", "travel: {along: A-LINE, speed: SLOW..FAST km/h}"),
        ("They talked for 5 hours.", "interval: {from: YYYY-MM-DD, to: YYYY-MM-DD}"),
        ("The station burns. It is 3 km away.", "distance: {from: A-PLACE, to: ANOTHER-PLACE}"),
    ],
)
def test_the_measure_is_guessed_from_the_words_beside_and_places_from_the_same_sentence(
    text: str, measure: str
) -> None:
    (stub,) = stubs_of(text, places=NAMED)
    assert stub.split("\n")[1].strip() == measure


def test_the_quote_has_the_words_that_say_how_the_number_is_meant() -> None:
    (stub,) = stubs_of("It is no more than about 150\nkm (93 miles) away.")
    assert stub.startswith("- quote: no more than about 150 km (93 miles)\n")


def test_a_quote_that_its_sentence_denies_says_that_it_needs_to_be_explained() -> None:
    (stub,) = stubs_of("No village on the island is more than 5 km from the sea.")
    assert stub.startswith("- quote: more than 5 km\n")
    assert (
        "# 'No' in the text may change what 'more than 5 km' says\n  # say what the words mean with `expect:`" in stub
    )


def test_words_that_stand_twice_are_told_apart() -> None:
    first, second = stubs_of("It is 5 km off. It is 5 km off.")
    assert ("nth: 1" in first, "nth: 2" in second) == (True, True)


def test_of_many_warnings_the_first_have_stubs_so_that_a_long_text_is_told_of_at_once() -> None:
    warnings = check(made(step("It is 5 km off. " * 60))).warnings
    assert [w.code for w in warnings] == ["unchecked-measure"] * 60
    assert ["nth: 40" in w.help for w in warnings] == [False] * 39 + [True] + [False] * 20
    assert warnings[-1].help == "list it under 'unchecked' with the reason, or claim it"


def test_the_list_has_its_key_where_the_step_has_no_claims_yet() -> None:
    claim = {"quote": "17 km", "length": "border"}
    (none,) = check(made(step("It is 5 km off."))).warnings
    assert none.help.split("\n")[1:3] == ["claims:", "  - quote: 5 km"]
    (some,) = check(made(step("It is 17 km, and 5 km off.", claims=[claim]))).warnings
    assert some.help.split("\n")[1] == "- quote: 5 km"


@pytest.mark.parametrize(
    "text", ["It is [5 km](#one) off.", "It is [about 5](#one) km off.", "*It is about* 5 km off."]
)
def test_words_that_no_claim_can_quote_have_no_stub(text: str) -> None:
    (warning,) = check(made(step(text))).warnings
    assert "\n" not in warning.help
    assert "move the link or the *emphasis*" in warning.help


def test_an_article_in_another_language_is_told_to_say_what_its_words_mean() -> None:
    (stub,) = stubs_of("Es sind 5 km.", language="de")
    assert "in English only" in stub


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join), st.sampled_from(["en", "de"]))
def test_every_stub_is_yaml_that_quotes_the_phrase_it_is_about(text: str, language: str) -> None:
    prose = read_prose(text)
    for phrase in uncovered(prose.text, [], []):
        stub = claim_stub(prose, phrase, {}, language)
        if stub:
            (claim,) = yaml.load(stub, yaml.BaseLoader)
            found = find_quote(prose, claim["quote"], int(claim["nth"]) if "nth" in claim else None)
            assert (found.start, found.end) == (phrase.start, phrase.end)
