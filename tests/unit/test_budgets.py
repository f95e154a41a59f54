"""The page is small enough for a slow phone: each part of the seed story has a budget, in bytes as they travel."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

from storymap.compiler import build
from storymap.inputs import read
from tests.unit.making import made, step

SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"

TIER = re.compile(r'<g id="t_[^"]*" transform.*?</g>', re.DOTALL)
STILL = re.compile(r'<figure class="still">.*?</figure>', re.DOTALL)
MEDIA = re.compile(r'"data:image/[^"]*"')


@cache
def page() -> str:
    return build(read(SEED)).html


def size(text: str) -> int:
    """How many bytes a text has on the way to a reader."""
    return len(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def steps() -> int:
    return len(re.findall(r'<section class="step"', page()))


def test_the_page_without_maps_and_media() -> None:
    rest = MEDIA.sub('""', STILL.sub("", TIER.sub("", page())))
    assert "<figure" not in rest
    assert '_land"' not in rest
    assert size(rest) <= 65_000, f"{size(rest):,} bytes besides basemap, static maps and media"


def test_the_static_maps() -> None:
    stills = STILL.findall(page())
    allowed = 1_500 * steps()  # 15 kB for ten steps
    assert len(stills) == steps()
    assert size("".join(stills)) <= allowed, f"{size(''.join(stills)):,} of {allowed:,} bytes for {steps()} static maps"


def test_the_basemap() -> None:
    """Regional is all but the tier of the widest view, which takes in half of Asia for the step in Hanoi."""
    tiers = TIER.findall(page())
    assert len(tiers) > 2
    sizes = {re.findall(r'id="([^"]+)"', tier)[0]: size(tier) for tier in tiers}
    regional = size("".join(tiers[1:]))
    assert regional <= 35_000, f"{regional:,} bytes of regional basemap: {sizes}"
    whole = size("".join(tiers))
    assert whole <= 120_000, f"{whole:,} bytes of basemap: {sizes}"


def test_the_whole_page() -> None:
    assert size(page()) <= 250_000, f"{size(page()):,} bytes for the page"


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


def test_leaflet_and_the_client_are_the_larger_part_of_the_rest_and_stay_within_their_own() -> None:
    """Leaflet's parts and folium's glue were 47 kB before they were cut down; they do not grow back unseen."""
    scripts = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    assert size("".join(scripts)) <= 40_000, f"{size(''.join(scripts)):,} bytes of script"
    assert size("".join(style)) <= 8_000, f"{size(''.join(style)):,} bytes of style"
