"""The engine against truths that were computed by other means (tests/truth/README.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import shape

from storymap.earth import area, bearing, contains_margin, inverse, length, nearest, perimeter
from storymap.earth.geodesics import goals, ways

TRUTH = Path(__file__).parents[1] / "truth"


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))["rows"]
    return found


def by_id(name: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in rows(name)]


PLACES = {row["id"]: shape(row["geometry"]) for row in rows("places")}
GEODTEST = np.loadtxt(TRUTH / "GeodTest-100.dat")
STATION, BORDER = PLACES["vladivostok-station"], PLACES["border-tumen"]


@pytest.mark.parametrize("row", by_id("distance"))
def test_the_least_distance_is_right_to_a_thousandth_of_a_millimetre(row: dict[str, Any]) -> None:
    """The rows promise 1 mm; they are written to 1e-7 m, and all are met to 1e-6 m."""
    found = nearest(shape(row["a"]), shape(row["b"]), edges=row["edges"])
    assert found.distance_m == pytest.approx(row["metres"], abs=1e-6, rel=0)
    assert inverse(found.on_a, found.on_b) == pytest.approx(found.distance_m, abs=2e-6, rel=0)


@pytest.mark.parametrize("row", by_id("length"))
def test_lengths_are_right(row: dict[str, Any]) -> None:
    assert length(shape(row["geometry"]), edges=row["edges"]) == pytest.approx(row["metres"], abs=row["tol_m"], rel=0)


@pytest.mark.parametrize("row", by_id("area"))
def test_areas_and_perimeters_are_right(row: dict[str, Any]) -> None:
    geometry, edges = shape(row["geometry"]), row["edges"]
    least, share = (1e-3, 1e-9) if edges == "planar" else (0.5, 0)
    assert area(geometry, edges=edges) == pytest.approx(row["square_metres"], abs=least, rel=share)
    assert perimeter(geometry, edges=edges) == pytest.approx(row["perimeter_m"], abs=row["perimeter_tol_m"], rel=0)


def test_no_row_of_the_truth_is_lost() -> None:
    """A table that was cut short would pass all the same."""
    tables = {name: len(rows(name)) for name in ("distance", "length", "area", "inverse", "places")}
    assert tables == {"distance": 257, "length": 56, "area": 58, "inverse": 997, "places": 7}
    assert GEODTEST.shape == (100, 10)


def test_distances_and_bearings_between_points_are_right_one_by_one() -> None:
    for row in rows("inverse"):
        p, q = tuple(row["p"]), tuple(row["q"])
        assert inverse(p, q) == pytest.approx(row["metres"], abs=1e-6, rel=0), row
        if row["kind"] in ("random", "regional (Northeast Asia)"):
            assert bearing(p, q) == pytest.approx((row["azi1"] % 360, row["azi2"] % 360), abs=1e-9), row


def test_distances_between_points_are_right_in_one_pass() -> None:
    table = rows("inverse")
    p, q = (np.array([row[k] for row in table], dtype=float) for k in ("p", "q"))
    found = ways(p, q)
    assert np.abs(found.length_m - [row["metres"] for row in table]).max() < 1e-6
    # And back again: the way found leads to where it should.
    assert ways(goals(p, found.azimuth_deg, found.length_m), q).length_m.max() < 1e-6
    plain = np.array([row["kind"] in ("random", "regional (Northeast Asia)") for row in table])
    for name, azimuth_deg in (("azi1", found.azimuth_deg), ("azi2", found.arrival_deg)):
        off = azimuth_deg - [row[name] for row in table]
        assert np.abs((off + 180) % 360 - 180)[plain].max() < 1e-9


def test_karneys_test_set_is_met_both_ways() -> None:
    lat1, lon1, azi1, lat2, lon2, _, s12 = GEODTEST.T[:7]
    p, q = np.stack([lon1, lat1], axis=1), np.stack([lon2, lat2], axis=1)
    assert np.abs(ways(p, q).length_m - s12).max() < 1e-7
    assert ways(goals(p, azi1, s12), q).length_m.max() < 1e-7
    for start, end, metres in zip(p.tolist(), q.tolist(), s12.tolist(), strict=True):
        assert inverse(tuple(start), tuple(end)) == pytest.approx(metres, abs=1e-7, rel=0)


def test_the_facts_of_the_seed_story_are_measured() -> None:
    found = nearest(STATION, BORDER)
    assert found.distance_m == pytest.approx(127_545, abs=1)
    assert found.on_b == pytest.approx((130.64676, 42.41122), abs=1e-5)
    assert nearest(PLACES["vladivostok-city"], BORDER).distance_m == pytest.approx(126_628, abs=1)
    assert nearest(PLACES["trudovoye"], BORDER).distance_m == pytest.approx(153_316, abs=1)
    assert nearest(STATION, PLACES["tumen-mouth"]).distance_m == pytest.approx(132_998, abs=1)
    assert length(BORDER) == pytest.approx(17_391, abs=1)
    campus = PLACES["fefu-campus"].centroid
    assert contains_margin(PLACES["russky-island"], (campus.x, campus.y)) == pytest.approx(655, abs=1)
