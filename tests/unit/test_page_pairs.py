"""Of two measured lines on nearly one course a map draws one, with the arrowhead of a direction, and both numbers."""

from __future__ import annotations

from functools import cache
from math import atan2, degrees, dist

import pytest

from storymap.compiler import build
from storymap.page.map.drawing import Measured
from storymap.page.pictures.parts import StepParts
from tests.unit.making import made, place, step

HERE = {"type": "Point", "coordinates": [131.0, 43.0]}
THERE = {"type": "Point", "coordinates": [132.0, 43.5]}
NEXT_DOOR = {"type": "Point", "coordinates": [132.005, 43.5]}
DISTANCE = {"quote": "far", "distance": {"from": "there", "to": "here"}, "expect": "none"}
DIRECTION = {"quote": "north-east", "direction": {"from": "here", "to": "there"}}
BESIDE = {"quote": "north-east", "direction": {"from": "here", "to": "next-door"}}
OTHER = {"quote": "so", "distance": {"from": "here", "to": "south"}, "expect": "none"}
PLACES = [
    place("here", HERE),
    place("there", THERE),
    place("next-door", NEXT_DOOR),
    place("south", {"type": "Point", "coordinates": [132.0, 42.5]}),
]


@cache
def parts(order: tuple[str, ...]) -> StepParts:
    claims = {"distance": DISTANCE, "direction": DIRECTION, "beside": BESIDE, "other": OTHER}
    told = step("It is far, to the north-east, so.", show=["here", "there"], claims=[claims[name] for name in order])
    return build(made(told, places=PLACES)).parts.steps["one"]


def lines(*order: str) -> list[Measured]:
    return list(parts(order).drawing.measured)


@pytest.mark.parametrize("order", [("distance", "direction"), ("direction", "distance"), ("distance", "beside")])
def test_a_direction_lends_its_arrowhead_to_the_distance_on_its_course(order: tuple[str, str]) -> None:
    far, way = sorted(lines(*order), key=lambda one: bool(one.twin))
    assert (far.twin, way.twin) == ("", far.stroke.shape)
    assert not far.again
    assert not way.again
    assert far.arrow is not None
    (x0, y0), *_, (x1, y1) = far.paths[0]
    assert (far.arrow.x, far.arrow.y) == pytest.approx((x0, y0), abs=1)  # measured from there, told from here
    assert far.arrow.turn == pytest.approx(degrees(atan2(y0 - y1, x0 - x1)), abs=2)


def test_both_numbers_stand_on_the_line_the_directions_nearer_to_where_it_is_told_from() -> None:
    far, way = lines("distance", "direction")
    here = far.paths[0][-1]
    length = dist(far.paths[0][0], here)
    assert dist(way.anchor, here) == pytest.approx(0.3 * length, rel=0.02)
    assert dist(far.anchor, here) == pytest.approx(0.7 * length, rel=0.02)


def test_the_picture_draws_one_line_with_two_ends_one_head_and_two_numbers() -> None:
    still = parts(("distance", "direction")).still
    assert len(still.measured) == 1
    for letters in still.letterings:
        assert [len([dot for dot in letters.dots if dot.css == "end"]), len(letters.heads), len(letters.pills)] == [
            2,
            1,
            2,
        ]


def test_lines_that_part_are_both_drawn() -> None:
    assert [one.twin for one in lines("direction", "other")] == ["", ""]
