"""A point whose two numbers were exchanged is noticed where both could be a latitude."""

import json

import pytest
from shapely.geometry import LineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from storymap.places import read_places, swapped_positions

LYON, NICE = Point(4.84, 45.76), Point(7.27, 43.7)


def noticed(*shapes: BaseGeometry) -> list[str]:
    features = [
        {"type": "Feature", "id": f"p{i}", "properties": {"name": f"P{i}"}, "geometry": mapping(shape)}
        for i, shape in enumerate(shapes)
    ]
    atlas, _ = read_places(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "places.geojson")
    return [f"{problem.code} {problem.message.split()[0]}" for problem in swapped_positions(atlas.values())]


def test_the_odd_one_out_is_noticed_and_no_other() -> None:
    assert noticed(Point(48.85, 2.35), LYON, NICE) == ["position-swapped 'p0'"]
    assert noticed(LYON, Point(48.85, 2.35), LineString([(2, 49), (7, 44)])) == ["position-swapped 'p1'"]


@pytest.mark.parametrize(
    "shapes",
    [
        (Point(2.35, 48.85), LYON, NICE),  # as it should be
        (Point(131.9, 43.1), LYON, NICE),  # far away, and no latitude
        (Point(-46.6, -23.5), LYON, NICE),  # far away, and no nearer when exchanged
        (Point(48.85, 2.35),),  # nothing to compare it with
    ],
)
def test_a_place_that_may_be_meant_is_left_alone(shapes: tuple[BaseGeometry, ...]) -> None:
    assert noticed(*shapes) == []
