"""Which phrases of a prose text measure something that a map could check."""

import sys
from types import FrameType

import pytest

from storymap.quantity import find_measures

ARTICLE = """
At 35, the 17-year-old regime's guest paid $5m, or 5 million dollars, for 2 hectares in 2019. On 25.04.2019, some
5 per cent of 120 people came; the score was 3-2. It took 3 hours 20 minutes by train, eight hours a day, twice a day,
for two months. An hour later he stood a mile off the coast, about an hour by road from the bridge. Winds of 60 km/h
blew from the east in the 1990s and the 80s. The bridge is 3.1 km long, the strait between 1.2 and 1.5 km wide;
the island has 98 km² and lies within 250 m. Five dollars a mile is the fare. A second bridge, 1,104-metre span,
opened in the 21st century, 60 years old by then. Room 12 m. 5m people watched. Article 5,
100 metres further. A mile-long queue, an hour's drive, half an hour's walk: within 20 years, at 5 p.m., for
$1.5 million, 10 litres per 100 km.
"""


def test_lengths_areas_and_times_of_travel_are_found_and_nothing_is_invented() -> None:
    assert [" ".join(phrase.words.split()) for phrase in find_measures(ARTICLE)] == [
        "2 hectares",
        "3 hours 20 minutes",
        "a mile",
        "about an hour",
        "3.1 km",
        "between 1.2 and 1.5 km",
        "98 km²",
        "within 250 m",
        "1,104-metre",
        "12 m",
        "100 metres",
        "A mile",
        "an hour's",
        "half an hour's",
    ]


def test_a_phrase_says_where_it_stands() -> None:
    for phrase in find_measures(ARTICLE):
        assert ARTICLE[phrase.start : phrase.end] == phrase.words


def test_a_sentence_that_goes_on_with_another_measure_is_two_phrases() -> None:
    found = find_measures("It is 5 km, or more than 7 km by road.")
    assert [phrase.words for phrase in found] == ["5 km", "more than 7 km"]


def test_a_number_that_leads_up_to_another_belongs_to_the_phrase() -> None:
    found = find_measures("It is 1 500 km or, from 5 to 3 km, less.")
    assert [(phrase.words, phrase.clear) for phrase in found] == [("1 500 km", False), ("5 to 3 km", False)]


def steps_of(text: str) -> int:
    """How many functions are called while the phrases of a text are looked for."""
    steps = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_measures(text)
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.parametrize(
    ("run", "phrases"),
    [
        ("about ", 1),
        ("not ", 1),
        ("five ", 1),
        ("million ", 1),
        ("half a ", 1),
        ("2 1/2 ", 1),
        ("and a half ", 1),
        ("5 km or ", 5001),
        ("not 5 km ", 5001),
        ("1,000,", 1),
    ],
)
def test_long_prose_costs_in_proportion(run: str, phrases: int) -> None:
    """A long run of hints, numbers or fractions neither exhausts the stack nor explodes; what ends it is found."""
    assert len(find_measures(run * 5000 + "5 km")) == phrases
    short, double, fourfold = (steps_of(run * times + "5 km") for times in (100, 200, 400))
    assert fourfold - double <= 2.1 * (double - short)
