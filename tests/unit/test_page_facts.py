"""The numbers that a page hands on are those of its findings, in SI units, with the limits they are held against."""

from __future__ import annotations

from typing import Any

import pytest

from storymap.compiler import build
from storymap.page.facts import facts
from tests.unit.making import made, place, step

AT = {"type": "Point", "coordinates": [131.88, 43.11]}
NORTH = {"type": "Point", "coordinates": [131.86, 43.31]}
EAST = {"type": "Point", "coordinates": [131.9, 43.31]}
PLACES = [place("here", AT), place("there", NORTH), place("beside", EAST)]


def told(quote: str, **claim: Any) -> list[Any]:
    story = build(made(step(f"It is {quote}.", show=["here"], claims=[{"quote": quote, **claim}]), places=PLACES))
    (fact,) = facts(story.checked.findings).values()
    return fact


@pytest.mark.parametrize(
    ("quote", "limits"),
    [("less than 150 km", [None, 150_000]), ("over 10 km", [10_000, None]), ("between 20 and 30 km", [20_000, 30_000])],
)
def test_limits_are_what_the_words_claim_in_si_units(quote: str, limits: list[float | None]) -> None:
    kind, unit, found, *_ = told(quote, distance={"from": "here", "to": "there"})
    assert (kind, unit, found) == ("distance", "m", limits)


def test_the_limits_of_a_direction_lie_on_its_own_turn() -> None:
    also = [{"label": "Beside", "to": "beside"}]
    _, unit, limits, (value, *_), other = told("to the north", direction={"from": "here", "to": "there"}, also=also)
    assert unit == "°"
    assert limits[0] < value < limits[1]
    assert value > 350
    assert other[3] < other[0] < other[4]
    assert other[0] < 10
