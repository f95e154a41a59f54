"""A map has a legend for what it shows and does not name, once in a story; most maps have none."""

from __future__ import annotations

import re
from pathlib import Path

from storymap.compiler import build
from storymap.inputs import read
from tests.unit.making import BORDER, STATION, made, place, step

SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"
RAIL = {"type": "LineString", "coordinates": [[130.6, 42.4], [130.9, 42.3]]}


def signs(html: str) -> list[list[str]]:
    """What the legend under each step's picture says, in order; what waits for another zoom is hidden."""
    figures = re.findall(r'<figure class="still">(.*?)</figure>', html, re.DOTALL)
    return [re.findall(r'<li class="(\w+)">', figure) for figure in figures]


def test_a_border_and_a_railway_without_names_are_told_apart_where_the_step_is_about_both() -> None:
    places = [place("border", BORDER, kind="border"), place("rail", RAIL, kind="railway"), place("station", STATION)]
    assert signs(build(made(step(show=["border", {"place": "rail", "style": "context"}]), places=places)).html) == [[]]
    both = step(show=["border", "rail"])
    again = {**both, "title": "Again"}
    assert signs(build(made(both, again, places=places)).html) == [["border", "rail"], []]
    named = step(show=["border", {"place": "rail", "label": "Railway"}])
    assert signs(build(made(named, places=places)).html) == [[]]
    assert signs(build(made(step(show=["border", "station"]), places=places)).html) == [[]]


def test_a_sketch_is_called_one_if_the_step_is_about_it() -> None:
    rail = place("rail", RAIL, kind="railway", schematic=True)
    assert signs(build(made(step(show=["rail"]), places=[rail])).html) == [["sketch"]]
    assert signs(build(made(step(show=[{"place": "rail", "style": "context"}]), places=[rail])).html) == [[]]


def test_uncertain_ground_is_explained_where_it_is_drawn_and_waits_where_a_closer_map_would_draw_it() -> None:
    far = place("far", {"type": "Point", "coordinates": [131.9, 45.5]}, uncertainty_m=500)
    claim = {"quote": "far", "distance": {"from": "near", "to": "far"}, "expect": "none"}
    for uncertainty_m, seen in ((2_000, []), (20_000, ["unsure"])):
        near = place("near", STATION, uncertainty_m=uncertainty_m)
        html = build(made(step("It is far.", show=["near", "far"], claims=[claim]), places=[near, far])).html
        assert signs(html) == [seen]
        assert '<li class="unsure"' in html


def test_most_steps_of_the_seed_have_no_legend() -> None:
    found = signs(build(read(SEED)).html)
    assert 0 < sum(1 for step in found if step) <= len(found) / 3
