"""A basemap that would be too heavy gives way, heaviest first, and what gave way is told."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from storymap.basemap import budget
from storymap.basemap.budget import weight, within_budget

REGION_BYTES, WHOLE_BYTES = 3_500, 12_000


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the real budgets: the tests are ten times as fast."""
    assert (budget.REGION_BYTES, budget.WHOLE_BYTES) == (10 * REGION_BYTES, 10 * WHOLE_BYTES)
    monkeypatch.setattr(budget, "REGION_BYTES", REGION_BYTES)
    monkeypatch.setattr(budget, "WHOLE_BYTES", WHOLE_BYTES)
    monkeypatch.setattr(budget, "_MARKUP_BYTES", 6)


@dataclass(frozen=True)
class Sketch:
    name: str
    zoom: int
    paths: tuple[str, ...]


def sketch(name: str, zoom: int, size: int) -> Sketch:
    """A tier of about `size` bytes: random digits, which compression makes less than half as long."""
    digits = random.Random(name).choices("0123456789", k=round(size * 2.1))
    return Sketch(name, zoom, ("".join(digits),))


def redrawn(tiers: list[Sketch], saves: float) -> tuple[list[Sketch], list[str], list[tuple[int, float]]]:
    """The outcome where each drawing with a larger tolerance saves a part of the bytes, and what was drawn again."""
    asked: list[tuple[int, float]] = []

    def draw(number: int, tolerance: float) -> Sketch:
        asked.append((number, tolerance))
        return sketch(tiers[number].name, tiers[number].zoom, round(weight(tiers[number]) * saves ** (tolerance - 1)))

    kept, told = within_budget(tiers, draw)
    return kept, told, asked


def test_what_fits_is_left_alone() -> None:
    tiers = [sketch("z5", 5, 5_000), sketch("z7", 7, 2_000), sketch("z9", 9, 1_200)]
    kept, told, asked = redrawn(tiers, 0.5)
    assert (kept, told, asked) == (tiers, [], [])


def test_the_heaviest_tier_of_a_region_is_drawn_more_coarsely() -> None:
    tiers = [sketch("z5", 5, 5_000), sketch("z7", 7, 3_000), sketch("z9", 9, 900)]
    kept, told, asked = redrawn(tiers, 0.5)
    assert asked == [(1, 1.5)]
    assert sum(map(weight, kept[1:])) <= REGION_BYTES
    assert [tier.name for tier in kept] == ["z5", "z7", "z9"]
    (line,) = told
    assert "z7 to 0.75 px" in line


def test_a_continent_may_be_heavier_up_to_its_own_limit() -> None:
    tiers = [sketch("z3", 3, 5_000), sketch("z6", 6, 6_000)]
    assert redrawn(tiers, 0.5)[1] == []
    kept, told, asked = redrawn([*tiers, sketch("z8", 8, 4_000)], 0.6)
    assert sum(map(weight, kept)) <= WHOLE_BYTES
    assert asked[0] == (1, 1.5)
    assert len(kept) == 3
    assert told


def test_a_tier_that_will_not_shrink_is_left_out_and_that_is_told() -> None:
    tiers = [sketch("z5", 5, 1_000), sketch("z7", 7, 3_000), sketch("z9", 9, 2_000)]
    kept, told, asked = redrawn(tiers, 1.0)
    assert [tier.name for tier in kept] == ["z5", "z9"]
    assert {number for number, _ in asked} == {1, 2}
    assert any("leaves out z7" in line for line in told)


@pytest.mark.parametrize("zoom", [1, 5])
def test_the_first_tier_stays_whatever_it_weighs(zoom: int) -> None:
    kept, told, asked = redrawn([sketch("only", zoom, 30_000)], 1.0)
    assert [tier.name for tier in kept] == ["only"]
    assert len(asked) == 3
    assert told
