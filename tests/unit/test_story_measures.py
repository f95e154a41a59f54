"""Every measure is read in its short and its long form, and a claim has the parts that its measure needs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storymap.naming import parts_of, places_named
from storymap.places import Atlas
from storymap.problems import Problem, StoryError
from storymap.source import read_yaml
from storymap.story import ClaimDoc, CountDoc, StoryDoc, read_story
from storymap.story.measures import MEASURES

PARTS: dict[str, dict[str, Any]] = {
    "distance": {"from": "a", "to": "b", "along": "c"},
    "length": {"of": "a"},
    "area": {"of": "a"},
    "perimeter": {"of": "a"},
    "within": {"place": "a", "area": "b"},
    "links": {"line": "a", "areas": ["b", "c"]},
    "touches": {"places": ["a", "b"]},
    "crosses": {"line": "a", "over": "b"},
    "direction": {"from": "a", "to": "b"},
    "travel": {"along": "a", "speed": "50..60 km/h"},
    "interval": {"from": "2019-04-24", "to": "2019-04-25"},
    "count": {"kind": "town", "near": "a", "distance": "50 km"},
}


def story(**claim: Any) -> StoryDoc:
    """A story with one claim."""
    step = {"title": "One", "text": "Some words.", "claims": [{"quote": "Some words", **claim}]}
    return read_story(read_yaml(json.dumps({"title": "A story", "steps": [step]}).encode(), "f"))


def only_claim(**claim: Any) -> ClaimDoc:
    return story(**claim).steps[0].claims[0]


def problem(**claim: Any) -> Problem:
    with pytest.raises(StoryError) as raised:
        story(**claim)
    (found,) = raised.value.problems
    return found


def test_this_test_knows_every_measure() -> None:
    assert PARTS.keys() == MEASURES.keys()


@pytest.mark.parametrize("kind", PARTS)
def test_a_measure_is_read_with_its_parts_and_names_its_places(kind: str) -> None:
    claim = only_claim(**{kind: PARTS[kind]})
    assert claim.claim_kind == kind
    assert claim.measure.model_dump(by_alias=True, exclude_none=True) == PARTS[kind]
    ids = {word for part in PARTS[kind].values() for word in ([part] if isinstance(part, str) else part)} & {*"abc"}
    assert {name for _, name, _ in parts_of(claim.measure)} == ids
    assert places_named(story(**{kind: PARTS[kind]}), Atlas(())) == ids


@pytest.mark.parametrize(
    "kind,short", [("length", "a"), ("area", "a"), ("perimeter", "a"), ("touches", ["a", "b"])], ids=str
)
def test_a_measure_of_one_value_may_be_written_without_its_key(kind: str, short: Any) -> None:
    assert only_claim(**{kind: short}) == only_claim(**{kind: PARTS[kind]})


@pytest.mark.parametrize("kind,short", [("within", "a"), ("count", "town"), ("links", ["a", "b"]), ("touches", "a")])
def test_a_measure_of_more_parts_may_not(kind: str, short: Any) -> None:
    with pytest.raises(StoryError):
        story(**{kind: short})


@pytest.mark.parametrize("places", [["a"], ["a", "b", "c"], []])
def test_two_places_touch(places: list[str]) -> None:
    assert problem(touches=places).code == "wrong-type"


@pytest.mark.parametrize("where", [{}, {"near": "a"}, {"distance": "5 km"}, {"within": "a", "distance": "5 km"}])
def test_what_is_counted_lies_in_an_area_or_up_to_a_distance(where: dict[str, str]) -> None:
    found = problem(count={"kind": "town", **where})
    assert (found.code, "for example" in found.help) == ("bad-count", True)


def test_every_part_of_a_measure_can_be_changed_in_another_reading() -> None:
    for kind, parts in PARTS.items():
        for key, value in parts.items():
            claim = only_claim(**{kind: parts, "also": [{"label": "L", key: value}]})
            assert claim.also[0].applied_to(claim.measure) == claim.measure


def test_a_reading_may_count_in_an_area_instead_of_near_a_place_and_the_other_way_round() -> None:
    within = {"label": "Within", "within": "b"}
    claim = only_claim(count=PARTS["count"], also=[within])
    assert claim.also[0].applied_to(claim.measure) == CountDoc(kind="town", within="b")
    near = {"label": "Near", "near": "b", "distance": "5 km"}
    claim = only_claim(count={"kind": "town", "within": "a"}, also=[near])
    assert claim.also[0].applied_to(claim.measure) == CountDoc(kind="town", near="b", distance="5 km")


def test_a_reading_that_leaves_the_count_without_a_limit_is_a_problem_there() -> None:
    found = problem(count={"kind": "town", "within": "a"}, also=[{"label": "Near", "near": "b"}])
    assert found.code == "bad-count"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"touches": "start"}, "'touches' must be keys with values, not 'start'"),
        ({"length": ["a"]}, "'length' must be keys with values, not a list"),
    ],
)
def test_the_short_form_of_another_measure_is_told_as_what_it_is(claim: dict[str, Any], message: str) -> None:
    found = problem(**claim)
    assert (found.code, found.message) == ("wrong-type", message)
