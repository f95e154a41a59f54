"""Names become places, quotes are found, phrases become expectations; what nobody checks is pointed out."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.compiler import check
from storymap.expected import DIMENSIONS
from storymap.problems import Problem, StoryError
from storymap.scene import Resolved
from storymap.story.measures import MEASURES
from tests.unit.making import PLACES, STATION, made, place, step


def resolved(*steps: dict[str, Any], **keys: Any) -> Resolved:
    return check(made(*steps, **keys)).resolved


def problems_of(*steps: dict[str, Any], **keys: Any) -> tuple[Problem, ...]:
    with pytest.raises(StoryError) as caught:
        check(made(*steps, **keys))
    return tuple(problem for problem in caught.value.problems if problem.level == "error")


def warnings_of(text: str, **keys: Any) -> list[str]:
    return [problem.message for problem in resolved(step(text, **keys.pop("step", {})), **keys).warnings]


def test_every_measure_has_a_dimension() -> None:
    assert DIMENSIONS.keys() == MEASURES.keys()


def test_a_place_is_labelled_by_its_name_and_a_line_by_none() -> None:
    bridge = place("bridge", PLACES[1]["geometry"], kind="bridge")
    shown = [
        "station",
        "border",
        "bridge",
        "island",
        {"place": "border", "label": "The line"},
        {"place": "station", "label": ""},
    ]
    (scene,) = resolved(step(show=shown), places=[*PLACES, bridge]).scenes
    assert [item.label for item in scene.shown] == ["Station", "", "Bridge", "Island", "The line", ""]


def test_steps_are_numbered_and_claims_counted_over_the_whole_story() -> None:
    claim = {"quote": "short", "length": "border", "expect": "none"}
    found = resolved(step(claims=[claim]), {**step(), "title": "Two"}, {**step(claims=[claim]), "title": "Three"})
    assert [(scene.id, scene.number) for scene in found.scenes] == [("one", 1), ("two", 2), ("three", 3)]
    assert [claim.id for scene in found.scenes for claim in scene.claims] == ["c1", "c2"]


def test_a_view_is_of_places_or_of_a_spot() -> None:
    (fit, spot) = resolved(
        step(view={"fit": ["island"]}), {**step(view={"center": [43.1, 131.9], "zoom": 11}), "title": "Two"}
    ).scenes
    assert [p.id for p in fit.view.fit] == ["island"]
    assert (spot.view.center, spot.view.zoom) == ((131.9, 43.1), 11)


def test_a_further_reading_knows_the_places_of_the_claim_and_its_own() -> None:
    claim = {
        "quote": "short",
        "distance": {"from": "station", "to": "border"},
        "also": [{"label": "a", "from": "island"}],
        "expect": "none",
    }
    (scene,) = resolved(step(claims=[claim])).scenes
    assert scene.claims[0].places.keys() == {"station", "border", "island"}


def test_a_wrong_place_of_the_claim_is_told_once_and_one_of_a_reading_where_it_stands() -> None:
    claim = {
        "quote": "short",
        "distance": {"from": "nowhere", "to": "border"},
        "also": [{"label": "a", "to": "island"}, {"label": "b", "from": "neverland"}],
        "expect": "none",
    }
    found = problems_of(step(claims=[claim]))
    assert [problem.message for problem in found] == ["there is no place 'nowhere'", "there is no place 'neverland'"]
    assert found[0].span < found[1].span


def test_without_a_places_file_the_help_is_to_make_one() -> None:
    from dataclasses import replace

    with pytest.raises(StoryError, match=r"make data/places\.geojson"):
        check(replace(made(step(show=["station"])), places=None))


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("It is 17 km long.", ["'17 km' measures something and is not checked"]),
        (
            "It is 17 km long and 5 hours away.",
            ["'17 km' measures something and is not checked", "'5 hours' measures something and is not checked"],
        ),
        ("It is long.", []),
    ],
)
def test_a_figure_that_nobody_checks_is_pointed_out(text: str, warnings: list[str]) -> None:
    assert warnings_of(text) == warnings


def test_a_figure_that_is_claimed_or_set_aside_is_not() -> None:
    claim = {"quote": "It is 17 km long", "length": "border"}
    text = "It is 17 km long. The first 100 metres are steep."
    assert warnings_of(text, step={"claims": [claim]}, unchecked=[{"quote": "first 100 metres", "why": "x"}]) == []


def test_a_figure_is_not_pointed_out_while_a_quote_of_its_step_is_missing() -> None:
    claim = {"quote": "It is 18 km long", "length": "border"}
    with pytest.raises(StoryError) as caught:
        check(made(step("It is 17 km long.", claims=[claim]), {**step("5 km on."), "title": "Two"}))
    assert [(problem.code, problem.message[:6]) for problem in caught.value.problems] == [
        ("quote-missing", "'It is"),
        ("unchecked-measure", "'5 km'"),
    ]


def test_a_quote_in_another_language_needs_an_expectation_in_english() -> None:
    claim = {"quote": "weniger als 85 Kilometer", "length": "border"}
    text = "Die Grenze misst weniger als 85 Kilometer."
    (problem,) = problems_of(step(text, claims=[claim]), language="de")
    assert (problem.code, "in 'de'" in problem.message) == ("unclear-quantity", True)
    (scene,) = resolved(step(text, claims=[{**claim, "expect": "under 85 km"}]), language="de").scenes
    assert scene.claims[0].expectation is not None


def test_setting_aside_a_longer_number_does_not_cover_a_shorter_one() -> None:
    aside = [{"quote": "The whole 17 km", "why": "x"}]
    assert warnings_of("The whole 17 km, and 7 km of it dull.", unchecked=aside) == [
        "'7 km' measures something and is not checked"
    ]


def test_the_warning_points_at_the_words() -> None:
    (warning,) = resolved(step("It is long.\n\nIt is\n17 km long.")).warnings
    assert (warning.span.end_column - warning.span.column) == len("17 km")


def test_words_that_are_set_aside_belong_to_the_step_in_which_they_stand() -> None:
    found = resolved(
        step("It’s the “first” one."),
        {**step("The 2nd."), "title": "Two"},
        unchecked=[
            {"quote": "the 2nd", "why": "a"},
            {"quote": 'It\'s the "first"', "why": "b"},
            {"quote": "no", "why": "c"},
        ],
    )
    assert [(entry.step_id, entry.why) for entry in found.unchecked] == [("two", "a"), ("one", "b"), (None, "c")]
    assert [problem.code for problem in found.warnings] == ["unchecked-missing"]


@pytest.mark.parametrize(
    ("target", "help"), [("two-an-a-half", "did you mean '#two-and-a-half'?"), ("xyz", "for example #one")]
)
def test_a_link_to_a_step_that_is_not_there_is_refused_at_its_words(target: str, help: str) -> None:
    other = {"title": "Two and a half", "text": f"On to [one](#one), [nowhere](#{target})."}
    (problem,) = problems_of(step("On to [two](#two-and-a-half)."), other)
    assert (problem.code, problem.help) == ("link-refused", help)
    assert problem.message == f"the link to '#{target}' leads to no step of this story"
    assert problem.span.end_column - problem.span.column == len(target) + 1


def test_two_quotes_of_the_same_words_overlap_also_out_of_order() -> None:
    claims = [
        {"quote": "is short", "length": "border", "expect": "none"},
        {"quote": "It is", "length": "border", "expect": "none"},
    ]
    (problem,) = problems_of(step("It is short.", claims=claims))
    assert (problem.code, problem.message) == ("quote-overlap", "this quote overlaps the quote 'is short'")


def test_quotes_that_only_touch_are_fine() -> None:
    claims = [
        {"quote": "It is", "length": "border", "expect": "none"},
        {"quote": "short", "length": "border", "expect": "none"},
    ]
    assert len(resolved(step("It is short.", claims=claims)).scenes[0].claims) == 2


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ({"within": {"place": "station", "area": "island"}, "expect": "2 km"}, "no-expect"),
        ({"length": "border"}, "unclear-quantity"),
        ({"length": "border", "expect": "2 hours"}, "unclear-quantity"),
        ({"travel": {"along": "border", "speed": "2 km"}, "expect": "none"}, "unclear-quantity"),
        ({"length": "island", "expect": "none"}, "wrong-geometry"),
        ({"within": {"place": "station", "area": "border"}}, "wrong-geometry"),
        ({"distance": {"from": "station", "to": "border", "along": "island"}, "expect": "none"}, "wrong-geometry"),
        ({"length": "bare", "expect": "none"}, "unmeasurable-place"),
    ],
)
def test_a_claim_that_makes_no_sense_is_told(claim: dict[str, Any], code: str) -> None:
    bare = place("bare", PLACES[1]["geometry"])
    del bare["properties"]["source"]
    found = problems_of(step(claims=[{"quote": "short", **claim}]), places=[*PLACES, bare])
    assert [problem.code for problem in found] == [code]


TO_THE_BORDER = {"distance": {"from": "station", "to": "border"}}


def test_a_quote_that_leaves_out_a_not_is_told() -> None:
    claim = {"quote": "within 150 km of it", **TO_THE_BORDER}
    (problem,) = problems_of(step("It is *not* within 150\u00a0km of it.", claims=[claim]))
    assert problem.code == "unclear-quantity"
    assert problem.message == "the text says 'not within 150 km', and the quote leaves out 'not'"


def test_an_author_who_says_what_the_words_mean_may_quote_as_he_likes() -> None:
    claim = {"quote": "within 150 km of it", "expect": "over 150 km", **TO_THE_BORDER}
    assert problems_free(step("It is not within 150 km of it.", claims=[claim]))


def test_words_of_another_paragraph_do_not_belong_to_a_quote() -> None:
    claim = {"quote": "Within 150 km", **TO_THE_BORDER}
    assert problems_free(step("- Is it far? Not\n- Within 150 km\n- or so", claims=[claim]))


def problems_free(*steps: dict[str, Any]) -> bool:
    return resolved(*steps).warnings == ()


def test_all_that_is_wrong_with_a_claim_is_told_at_once() -> None:
    claim = {"quote": "long", "length": "island", "expect": "far", "also": [{"label": "a", "of": "nowhere"}]}
    codes = [problem.code for problem in problems_of(step(claims=[claim]))]
    assert sorted(codes) == ["quote-missing", "unclear-quantity", "unknown-place", "wrong-geometry"]


def test_of_a_quote_that_is_missing_it_is_not_said_that_its_words_are_unclear() -> None:
    codes = [problem.code for problem in problems_of(step(claims=[{"quote": "long", "length": "border"}]))]
    assert codes == ["quote-missing"]


@pytest.mark.parametrize("quote", ["about 5 km", "5 km"])
def test_words_that_can_be_tested_cannot_be_kept_from_it(quote: str) -> None:
    """Also not by leaving out the word that would make the quote itself incomplete."""
    (problem,) = problems_of(
        step("It is about 5 km off.", claims=[{"quote": quote, **TO_THE_BORDER, "expect": "none"}])
    )
    assert (problem.code, problem.message) == (
        "no-expect",
        f"'{quote}' can be tested, and `expect: none` is for words that set no limit",
    )


@pytest.mark.parametrize("quote", ["a few km", "not far", "3 hours by rail"])
def test_words_that_set_no_limit_to_what_is_measured_need_not_be_tested(quote: str) -> None:
    claim = {"quote": quote, **TO_THE_BORDER, "expect": "none"}
    assert problems_free(step(f"It is {quote}.", claims=[claim]))


@pytest.mark.parametrize(
    ("quote", "measure", "expect", "wider"),
    [
        ("about 5 km", TO_THE_BORDER, "0..400 km", True),
        ("about 5 km", TO_THE_BORDER, "at most 5 km", True),
        ("about 5 km", TO_THE_BORDER, "100..200 km", True),
        ("about 5 km", TO_THE_BORDER, "4.8..5.2 km", False),
        ("about 5 km", TO_THE_BORDER, "about 5,000 m", False),
        ("under 150 km", TO_THE_BORDER, "at most 150 km", False),
        ("under 150 km", TO_THE_BORDER, "0..140 km", False),
        ("0 to 150 km", TO_THE_BORDER, "at most 140 km", False),
        ("under 150 km", TO_THE_BORDER, "over 100 km", True),
        ("north of it", {"direction": TO_THE_BORDER["distance"]}, "350..10 degrees", False),
        ("north of it", {"direction": TO_THE_BORDER["distance"]}, "300..10 degrees", True),
    ],
)
def test_an_author_may_narrow_what_the_words_say_and_is_warned_of_widening_it(
    quote: str, measure: dict[str, Any], expect: str, wider: bool
) -> None:
    claim = {"quote": quote, **measure, "expect": expect}
    found = resolved(step(f"It is {quote}.", claims=[claim])).warnings
    assert [warning.code for warning in found] == ["expect-differs"] * wider


def test_the_warning_says_what_the_words_say_and_what_the_author() -> None:
    claim = {"quote": "under 5 km", **TO_THE_BORDER, "expect": "at most 400 km"}
    (warning,) = resolved(step("It is under 5 km off.", claims=[claim])).warnings
    assert warning.message == "'under 5 km' says under 5 km, and 'expect' takes in more: at most 400 km"


def test_what_is_wrong_with_the_text_is_told_at_the_words() -> None:
    (problem,) = problems_of(step("It is <b>short."))
    assert problem.code == "html-in-text"
    assert problem.span.end_column - problem.span.column == len("<b>")


def test_of_a_speed_that_is_unclear_the_help_is_about_the_speed() -> None:
    claim = {"quote": "short", "travel": {"along": "border", "speed": "at most 5..7 km/h"}, "expect": "none"}
    (problem,) = problems_of(step(claims=[claim]))
    assert problem.help == "write a range of speeds, such as 50..60 km/h"


TOWNS = [
    place("mill", {"type": "Point", "coordinates": [131.85, 42.97]}, kind="town"),
    place("port", {"type": "Point", "coordinates": [131.86, 43.0]}, kind="town"),
]


def count_problems(claim: dict[str, Any], *places: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = problems_of(step(claims=[{"quote": "short", "expect": "none", **claim}]), places=[*PLACES, *places])
    return [(problem.code, problem.message, problem.help) for problem in found]


def test_a_count_is_given_all_places_of_its_kind_and_the_one_it_names() -> None:
    claim = {"quote": "short", "count": {"kind": "town", "within": "island"}, "expect": "none"}
    (scene,) = resolved(step(claims=[claim]), places=[*PLACES, *TOWNS]).scenes
    assert scene.claims[0].places.keys() == {"island", "mill", "port"}


def test_another_reading_of_a_count_may_ask_for_other_places() -> None:
    also = [{"label": "Stations", "kind": "station"}]
    claim = {"quote": "short", "count": {"kind": "town", "within": "island"}, "expect": "none", "also": also}
    (scene,) = resolved(step(claims=[claim]), places=[*PLACES, *TOWNS]).scenes
    assert scene.claims[0].places.keys() == {"island", "mill", "port", "station"}


def test_a_kind_that_no_place_has_is_told_with_those_there_are() -> None:
    count = {"count": {"kind": "twon", "within": "island"}}
    assert count_problems(count, *TOWNS) == [
        ("unknown-kind", "no place of the places file is of the kind 'twon'", "did you mean 'town'?")
    ]
    ((_, _, help),) = count_problems({"count": {"kind": "volcano", "within": "island"}}, *TOWNS)
    assert help == "the places file has border, place, station, town"


def test_a_wrong_kind_of_another_reading_is_told_once_and_there() -> None:
    also = [{"label": "A", "within": "island"}, {"label": "B", "kind": "twon"}]
    count = {"count": {"kind": "town", "near": "station", "distance": "5 km"}, "also": also}
    assert [code for code, *_ in count_problems(count, *TOWNS)] == ["unknown-kind"]


def test_all_that_is_counted_needs_an_uncertainty_and_a_source() -> None:
    bare = [place(f"bare-{n}", STATION, kind="town", uncertainty_m=None) for n in range(7)]
    ((code, message, _),) = count_problems({"count": {"kind": "town", "within": "island"}}, *TOWNS, *bare)
    assert code == "unmeasurable-place"
    assert message.endswith("bare-0, bare-1, bare-2, bare-3, bare-4 …")


@pytest.mark.parametrize("distance", ["about 5 km", "5..6 km", "5 h", "far", "less than 5 km"])
def test_the_distance_of_a_count_is_one_plain_length(distance: str) -> None:
    count = {"count": {"kind": "town", "near": "station", "distance": distance}}
    assert [code for code, *_ in count_problems(count, *TOWNS)] == ["unclear-quantity"]


def test_what_is_odd_about_a_place_that_is_counted_is_told() -> None:
    null = place("null", {"type": "Point", "coordinates": [0, 0]}, kind="town")
    count = {"quote": "short", "count": {"kind": "town", "within": "island"}, "expect": "none"}
    inputs = made(step(claims=[count]), places=[*PLACES, *TOWNS, null])
    assert [problem.code for problem in check(inputs).warnings] == ["null-island"]
    assert check(made(step(), places=[*PLACES, *TOWNS, null])).warnings == ()
