"""Pages are small enough for a slow phone: each part of every story has a budget, in bytes as they travel."""

from __future__ import annotations

import gzip
import re
from functools import cache
from math import sin
from pathlib import Path
from random import Random
from typing import Any

import pytest

from storymap.basemap.budget import REGION_BYTES, REGION_FROM_ZOOM, WHOLE_BYTES, weight
from storymap.compiler import Built, build
from storymap.inputs import read
from storymap.page.map import shapes
from tests.unit.making import made, place, step

STORIES = sorted((Path(__file__).parents[2] / "stories").glob("*.yaml"))
EVERY = pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
SEED = next(path for path in STORIES if path.stem == "kim-in-russia")

TIER = re.compile(r'<g id="t_[^"]*" transform.*?</g>', re.DOTALL)
STILL = re.compile(r'<figure class="still">.*?</figure>', re.DOTALL)
MEDIA = re.compile(r'"data:image/[^"]*"')


@cache
def built(path: Path) -> Built:
    return build(read(path))


def page() -> str:
    return built(SEED).html


def size(text: str) -> int:
    """How many bytes a text has on the way to a reader."""
    return len(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def test_the_page_without_maps_and_media() -> None:
    rest = MEDIA.sub('""', STILL.sub("", TIER.sub("", page())))
    assert "<figure" not in rest
    assert '_land"' not in rest
    assert size(rest) <= 65_000, f"{size(rest):,} bytes besides basemap, static maps and media"


@EVERY
def test_the_static_maps(path: Path) -> None:
    stills = STILL.findall(built(path).html)
    allowed = 1_500 * len(stills)  # 15 kB for ten steps
    assert len(stills) == len(built(path).parts.steps)
    assert size("".join(stills)) <= allowed, f"{size(''.join(stills)):,} of {allowed:,} bytes for {len(stills)} maps"


@EVERY
def test_the_basemap(path: Path) -> None:
    """Regional is all but the tier of the widest view, which in the seed takes in half of Asia for a step in Hanoi."""
    regional, whole = basemap(built(path))
    if built(path).parts.basemap.tiers[0].zoom >= REGION_FROM_ZOOM:
        assert regional <= REGION_BYTES == 35_000, f"{regional:,} bytes of regional basemap"
    assert whole <= WHOLE_BYTES == 120_000, f"{whole:,} bytes of basemap"
    assert not built(path).parts.basemap.notes  # and nothing had to give way


def test_the_basemap_of_a_story_from_all_over_the_world() -> None:
    """It would be more than a page may have: then it is drawn more coarsely, and the author hears of it."""
    spots = [(-0.1, 51.5), (-74.0, 40.7), (-43.2, -22.9), (28.0, -26.1), (139.7, 35.7), (103.8, 1.3), (18.9, 69.6)]
    places = [place(f"p{n}", {"type": "Point", "coordinates": at}, kind="town") for n, at in enumerate(spots)]
    views = [{"center": (lat, lon), "zoom": 4 + n % 3} for n, (lon, lat) in enumerate(spots)]
    steps = [step("Here.", id=f"s{n}", show=[f"p{n}"], view=view) for n, view in enumerate(views)]
    story = build(made(step(show=[one["id"] for one in places]), *steps, places=places))
    regional, whole = basemap(story)
    assert 35_000 < regional < whole <= WHOLE_BYTES, f"{whole:,} bytes of basemap"
    assert any("more coarsely" in note for note in story.requests)


@EVERY
def test_the_budget_weighs_what_travels(path: Path) -> None:
    whole = basemap(built(path))[1]
    assert weight(*built(path).parts.basemap.tiers) == pytest.approx(whole, rel=0.015)


def basemap(story: Built) -> tuple[int, int]:
    """How many bytes all tiers have but the first, and all."""
    tiers = TIER.findall(story.html)
    assert len(tiers) == len(story.parts.basemap.tiers)
    return size("".join(tiers[1:])), size("".join(tiers))


@EVERY
def test_the_whole_page(path: Path) -> None:
    assert size(built(path).html) <= 250_000, f"{size(built(path).html):,} bytes for the page"


def test_a_step_more_costs_little() -> None:
    """Sixty steps stay under 250 kB; each one more costs at most 2.5 kB."""
    claim = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}, "note": "As the crow flies."}

    def day(number: int) -> dict[str, Any]:
        text = f"Here, on day {number}, it is less than 150 km to {'go ' * (number % 7)}on."
        return {**step(text, show=["station", "border", "island"], claims=[claim]), "title": f"Day {number}"}

    def story(days: int) -> str:
        return build(made(*(day(number) for number in range(days)))).html

    sixty, seventy = size(story(60)), size(story(70))
    assert sixty <= 250_000, f"{sixty:,} bytes for sixty steps"
    assert (seventy - sixty) / 10 <= 2_500, f"{(seventy - sixty) / 10:,} bytes a step"


@pytest.mark.parametrize("most", [80_000, 20_000])
def test_a_line_of_a_hundred_thousand_corners_is_drawn_as_finely_as_its_bytes_allow_and_measured_as_it_is(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The author hears how far the drawn line may be off: half a pixel of the closest map, more where it has to be."""
    monkeypatch.setattr(shapes, "_MOST_BYTES", most)
    some = Random(1)
    turns = [(30 + n * 1e-4, 50 + n * 4e-5 + 0.02 * sin(n / 450) + 0.02 * some.random()) for n in range(100_000)]
    river = place("river", {"type": "LineString", "coordinates": turns}, kind="river", name="River")
    claim = {"quote": "10 km long", "length": "river"}
    close = {"center": [52, 35], "zoom": 9}
    story = build(made(step("The river is 10 km long.", show=["river"], claims=[claim], view=close), places=[river]))
    (d,) = re.findall(r'<path id="[pm]_[^"]*"[^>]* d="([^"]*)"', story.html)
    assert size(d) <= most, f"{size(d):,} bytes"
    corners = len(re.findall(r"-?\d+", d)) // 2
    (told,) = [note for note in story.requests if note.startswith("'river'")]
    assert f"drawn with {corners:,} of its 100,000 corners" in told
    off_m = float(re.findall(r"more than ([\d,]+) m", told)[0].replace(",", ""))
    assert (off_m > 100) == (most == 20_000), told
    (finding,) = story.checked.findings.values()
    assert sum(map(len, finding.headline.measurement.lines)) >= len(turns)


def test_leaflet_and_the_client_are_the_larger_part_of_the_rest_and_stay_within_their_own() -> None:
    """They were 47 kB before they were cut down, and do not grow back unseen."""
    scripts = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    assert size("".join(scripts)) <= 33_000, f"{size(''.join(scripts)):,} bytes of script"
    assert size("".join(style)) <= 8_500, f"{size(''.join(style)):,} bytes of style"
