"""The author hears where a step's map would mislead, and is left alone where it would not."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.compiler import check
from storymap.problems import Problem
from storymap.reach import crosses
from tests.unit.making import made, place, step


def point(name: str, lon: float, lat: float) -> dict[str, Any]:
    return place(name, {"type": "Point", "coordinates": [lon, lat]})


PLACES = [
    point("suva", 178.4, -18.1),
    point("apia", -171.8, -13.8),
    point("tokyo", 139.7, 35.7),
    point("lima", -77.0, -12.0),
    point("paris", 2.3, 48.9),
    point("colon", -79.9, 9.3),
    point("pole", 0, 90),
    point("camp", 10, -86),
    point("alert", -62.3, 82.5),
    place("line", {"type": "LineString", "coordinates": [[178, 0], [182, 0]]}),
    place("near-pole", {"type": "LineString", "coordinates": [[0, 80], [0, 89]]}),
]
FAR = {"quote": "more than 1 km", "distance": {"from": "suva", "to": "apia"}}


def warned(*steps: dict[str, Any]) -> list[Problem]:
    return [w for w in check(made(*steps, places=PLACES)).warnings if w.code != "unchecked-measure"]


def codes(**keys: Any) -> list[str]:
    return [problem.code for problem in warned(step("It is more than 1 km.", **keys))]


@pytest.mark.parametrize(
    ("keys", "crossing"),
    [
        ({"show": ["suva", "apia"]}, True),
        ({"claims": [FAR]}, True),
        ({"show": ["line"]}, True),
        ({"view": {"fit": ["suva", "apia"]}}, True),
        ({"show": ["suva", "apia"], "view": {"fit": ["suva"]}}, False),
        ({"show": ["suva", {"place": "apia", "style": "context"}]}, False),
        ({"show": ["tokyo", "lima", "paris"]}, False),
        ({"show": ["tokyo", "lima"]}, True),
        ({"show": ["suva"]}, False),
        ({"claims": [{**FAR, "distance": {"from": "paris", "to": "lima"}}]}, False),
    ],
)
def test_a_map_across_the_180th_meridian_is_a_warning(keys: dict[str, Any], *, crossing: bool) -> None:
    assert codes(**keys) == (["map-antimeridian"] if crossing else [])


@pytest.mark.parametrize(
    ("sides", "crossing"),
    [
        ([], False),
        ([(170, 175)], False),
        ([(-180, 180)], False),
        ([(170, 180), (-180, -170)], True),
        ([(-90, -90), (90, 90)], False),  # as near either way
        ([(-91, -90), (90, 91)], True),
        ([(179, 181)], True),
        ([(-100, 100), (-90, -80), (150, 160)], False),
    ],
)
def test_stretches_cross_where_their_widest_gap_is_not_the_one_at_180(
    sides: list[tuple[float, float]], *, crossing: bool
) -> None:
    assert crosses(sides) is crossing


def test_places_beyond_85_degrees_are_each_told_once() -> None:
    claim = {"quote": "more than 1 km", "distance": {"from": "pole", "to": "camp"}}
    found = warned(
        step(show=["pole", "alert", "near-pole"]),
        {"title": "Two", "text": "It is more than 1 km.", "show": ["pole"], "claims": [claim]},
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
