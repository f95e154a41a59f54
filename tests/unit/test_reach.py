"""The author hears where a step's map would mislead, and is left alone where it would not."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.compiler import check
from storymap.inputs import Inputs
from storymap.problems import Problem, StoryError
from tests.unit.making import made, place, step


def point(name: str, lon: float, lat: float) -> dict[str, Any]:
    return place(name, {"type": "Point", "coordinates": [lon, lat]})


PLACES = [
    point("suva", 178.4, -18.1),
    point("apia", -171.8, -13.8),
    point("tokyo", 139.7, 35.7),
    point("lima", -77.0, -12.0),
    point("paris", 2.3, 48.9),
    point("calcutta", 88.4, 22.6),
    point("colon", -79.9, 9.3),
    point("pole", 0, 90),
    point("camp", 10, -86),
    point("alert", -62.3, 82.5),
    place("line", {"type": "LineString", "coordinates": [[178, 0], [182, 0]]}),
    place("near-pole", {"type": "LineString", "coordinates": [[0, 80], [0, 89]]}),
]
FAR = {"quote": "more than 1 km", "distance": {"from": "suva", "to": "apia"}}


def story(*steps: dict[str, Any]) -> Inputs:
    return made(*({"id": f"step-{n}", **one} for n, one in enumerate(steps)), places=PLACES)


def warned(*steps: dict[str, Any]) -> list[Problem]:
    return [w for w in check(story(*steps)).warnings if w.code != "unchecked-measure"]


def codes(**keys: Any) -> list[str]:
    return [problem.code for problem in warned(step("It is more than 1 km.", **keys))]


@pytest.mark.parametrize(
    "keys",
    [
        {"show": ["suva", "apia"]},
        {"claims": [FAR]},
        {"show": ["line"]},
        {"view": {"fit": ["suva", "apia"]}},
        {"show": ["tokyo", "lima", "paris"]},
        {"show": ["tokyo", "lima"]},
    ],
)
def test_a_map_across_the_180th_meridian_is_a_map_like_any_other(keys: dict[str, Any]) -> None:
    assert codes(**keys) == []


def test_where_the_steps_go_all_round_the_world_the_fewest_maps_are_cut_and_told() -> None:
    ways = [["tokyo", "lima"], ["suva", "apia"], ["lima", "paris"], ["paris", "calcutta"], ["calcutta", "tokyo"]]
    found = warned(*(step("Far.", show=way) for way in ways))
    assert [w.code for w in found] == ["map-antimeridian"]
    assert warned(*(step("Far.", show=way) for way in ways[:-1])) == []


def refused(*steps: dict[str, Any]) -> list[Problem]:
    with pytest.raises(StoryError) as caught:
        check(story(*steps))
    return [problem for problem in caught.value.problems if problem.level == "error"]


@pytest.mark.parametrize(
    "keys",
    [
        {"show": ["pole"]},
        {"show": ["alert", "pole"]},
        {"view": {"fit": ["camp"]}},
        {"show": ["alert"]},
        {"show": ["near-pole"]},
        {"view": {"center": [-85, 10], "zoom": 4}},
        {"claims": [{**FAR, "distance": {"from": "alert", "to": "pole"}}]},
    ],
)
def test_a_step_near_a_pole_is_refused(keys: dict[str, Any]) -> None:
    assert {problem.code for problem in refused(step("It is more than 1 km.", **keys))} == {"map-polar"}


def test_each_place_beyond_the_map_is_named_where_the_step_names_it() -> None:
    found = refused(step(show=["paris", "pole", "camp"]), step(show=["camp"]))
    assert [problem.message.split("'")[1] for problem in found] == ["pole", "camp", "camp"]


def test_places_beyond_85_degrees_that_no_step_frames_are_each_told_once() -> None:
    claim = {"quote": "more than 1 km", "distance": {"from": "pole", "to": "paris"}}
    found = warned(
        {"title": "One", "text": "It is more than 1 km.", "show": ["paris"], "claims": [claim]},
        step(show=["paris", {"place": "camp", "style": "context"}]),
        step(show=["paris", {"place": "pole", "style": "context"}]),
    )
    assert [(w.code, w.message.split()[0]) for w in found] == [("map-polar", "'pole'"), ("map-polar", "'camp'")]


@pytest.mark.parametrize(
    ("view", "help"),
    [
        ({"center": [9.3, -79.9], "zoom": 9}, None),
        ({"center": [-79.9, 9.3], "zoom": 9}, "type [9.3, -79.9] if the two numbers are swapped"),
        ({"center": [-9.3, 79.9], "zoom": 9}, "move the center"),
        ({"center": [20, -79.9], "zoom": 3}, None),
        ({"center": [20, -79.9], "zoom": 9}, "move the center"),
        ({"fit": ["colon"]}, None),
        ({"fit": ["paris"]}, "name a place of the step"),
        ({"fit": ["paris", "lima"]}, None),
        ({"fit": ["suva", "apia"]}, "name a place of the step"),
    ],
)
def test_a_view_of_nothing_that_the_step_shows_is_a_warning(view: dict[str, Any], help: str | None) -> None:
    found = warned(step(show=["colon"], view=view))
    assert [w.code for w in found] == (["view-misses"] if help else [])
    assert all(w.help.startswith(help or "") for w in found)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"show": [{"place": "paris", "style": "context"}]},
        {"show": ["paris"], "claims": [{**FAR, "distance": {"from": "colon", "to": "lima"}}]},
    ],
)
def test_a_view_may_hold_what_is_measured_or_stand_for_itself(keys: dict[str, Any]) -> None:
    assert codes(view={"center": [9.3, -79.9], "zoom": 9}, **keys) == []
