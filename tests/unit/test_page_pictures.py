"""Pictures that leave the page: a file of SVG for each step, and a preview as PNG, drawn without a browser."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from storymap.basemap.grid import Box
from storymap.compiler import Built, build, picture
from storymap.page.palette import LIGHT
from storymap.page.pictures.font import font
from storymap.page.pictures.paths import in_picture, read_d
from storymap.page.pictures.png import preview_svg
from storymap.page.pictures.style import style_of
from tests.unit.making import made, place, step

SVG = "{http://www.w3.org/2000/svg}"
CLAIM = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}
SHOWN = ["station", "border", "island"]
HOSTILE = "]]></title><script>alert(1)</script>&amp;<style>*{fill:url(https://x.org)}</style>"
ROOT = Path(__file__).parents[2]


def story(**keys: Any) -> Built:
    return build(made(step("It is less than 150 km.", show=SHOWN, claims=[CLAIM], id="one", **keys)))


@cache
def plain() -> Built:
    return story()


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


# A file for newsletters


def test_the_file_holds_all_it_needs_and_asks_for_nothing() -> None:
    svg = picture(plain(), "one").decode()
    names = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
    assert {"title", "desc", "style", "path", "text"} <= names
    assert names <= set("svg title desc style rect path g circle text line".split())
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|var\(|href| on\w+=", svg)


def test_it_says_what_it_shows_and_whose_map_it_is() -> None:
    svg = picture(plain(), "one").decode()
    title, desc = (ET.fromstring(svg).find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert desc is not None
    assert title.text == "One"
    assert f">{desc.text}</p>" in plain().html
    assert texts(svg)[-1] == "Natural Earth, GeoNames"


def test_it_letters_the_map_as_the_page_does() -> None:
    """Only capitals, which the page leaves to CSS, are in the text: not every program that draws SVG knows them."""
    (still,) = re.findall(r'<svg class="map".*?<g class=wide>.*?</svg>\n', plain().html, re.DOTALL)
    ours = re.sub(r"<g class=narrow>.*?</g>", "", still, flags=re.DOTALL)
    words = r'<text class="?name([^">]*?)"? x="?([\d.%]+)"? y="?([\d.%]+)"?(?: text-anchor="?(\w+)"?)?>([^<]*)'
    here, there = (re.findall(words, svg) for svg in (ours, picture(plain(), "one").decode()))
    capitals = {(x, y, anchor, text.upper() if "country" in css else text) for css, x, y, anchor, text in here}
    assert len(here) > 2
    assert capitals == {(x, y, anchor, text) for _, x, y, anchor, text in there}


def test_its_styles_are_those_of_what_it_draws_and_of_nothing_around_it() -> None:
    style = style_of([("path", "land"), ("text", "name sea")], {**LIGHT, "sans": "Arial", "serif": "Georgia"})
    selectors = [s for rule in re.findall(r"([^{}]+)\{", style) for s in rule.split(",")]
    assert all(selector.startswith(".storymap ") for selector in selectors)
    assert ".storymap path.land" in selectors
    assert ".storymap text.name.sea" in selectors
    assert not [s for s in selectors if "lakes" in s or "measured" in s or "country" in s]
    assert "font-style:italic;font-weight:400;font-size:13px;font-family:Georgia" in style


def test_words_of_authors_stay_words() -> None:
    ours = build(made(step("It is less than 150 km.", show=SHOWN, claims=[CLAIM], id="one") | {"title": HOSTILE}))
    svg = picture(ours, "one").decode()
    title = ET.fromstring(svg).find(f"{SVG}title")
    assert title is not None
    assert title.text == HOSTILE
    assert len(list(ET.fromstring(svg).iter())) == len(list(ET.fromstring(picture(plain(), "one")).iter()))


# Its geometry


VIEW = Box(100, 100, 300, 200)  # a picture of 100 px is 50 px high


def corners(d: str) -> list[tuple[float, float]]:
    """All corners of a path as the file writes it."""
    found = []
    for part in re.findall(r"M[^M]*", d):
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", part)]
        x = y = 0.0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((round(x, 1), round(y, 1)))
    return found


def test_a_shape_is_in_the_pixels_of_the_picture() -> None:
    assert corners(in_picture("M120 120l40 0 0 60 -40 0z", 1, VIEW, 100)) == [(10, 10), (30, 10), (30, 40), (10, 40)]
    assert corners(in_picture("M60 60l20 0 0 30 -20 0z", 2, VIEW, 100)) == [(10, 10), (30, 10), (30, 40), (10, 40)]


def test_what_lies_around_the_picture_is_cut_off_out_of_sight() -> None:
    around = corners(in_picture("M0 0l9000 0 0 9000 -9000 0z", 1, VIEW, 100))
    assert min(around) == (-12, -12)
    assert max(around) == (112, 62)
    line = corners(in_picture("M0 150l9000 0", 1, VIEW, 100))
    assert line == [(-12, 25), (112, 25)]


@pytest.mark.parametrize("d", ["M900 900l10 0 0 10z", "M900 900l10 10", "M150 150l1 0 0 1z", ""])
def test_what_nobody_sees_is_left_out(d: str) -> None:
    assert in_picture(d, 1, VIEW, 100) == ""


def test_a_bay_that_leaves_the_picture_and_comes_back_stays_two_pieces_of_land() -> None:
    """By the even-odd rule: between them the cut ring runs there and back along one line out of sight."""
    comb = "M120 120l20 0 0 -900 20 0 0 900 20 0 0 -1000 -60 0z"
    found = corners(in_picture(comb, 1, VIEW, 100))
    assert [at for at in found if at[1] > 0] == [(10, 10), (20, 10), (30, 10), (40, 10)]
    assert {y for _, y in found if y < 0} == {-12}


def test_the_shapes_of_the_page_are_read_back() -> None:
    (run, closed), (other, _) = read_d("M12 34l5-6 7 8zM-1-2l-3 4")
    assert (run.tolist(), closed) == ([[12, 34], [17, 28], [24, 36]], True)
    assert other.tolist() == [[-1, -2], [-4, 2]]


# A preview


def test_the_preview_has_the_size_that_networks_ask_for() -> None:
    png = picture(plain(), "one", "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) < 200_000


def test_it_has_the_title_the_number_the_verdict_and_the_words() -> None:
    svg = preview_svg(plain().parts, plain().parts.steps["one"], font())
    said = texts(svg)
    assert {"A border", "One", "Holds", "“less than 150 km”", "Natural Earth, GeoNames"} <= set(said)
    (number,) = re.findall(r'font-weight="700"[^>]*>([\d.]+)<tspan[^>]*>km</tspan>', svg)
    assert float(number) > 100


def test_its_accent_is_for_what_was_measured_alone() -> None:
    unclaimed = build(made(step(show=SHOWN, id="one")))
    assert LIGHT["acc"] in preview_svg(plain().parts, plain().parts.steps["one"], font())
    assert LIGHT["acc"] not in preview_svg(unclaimed.parts, unclaimed.parts.steps["one"], font())


PYTHON = """
import hashlib, sys
from pathlib import Path
from storymap.compiler import build, picture
from tests.unit.test_page_pictures import plain
print(hashlib.sha256(picture(plain(), "one", "png")).hexdigest())
"""


def test_it_is_the_same_in_another_place_and_process(tmp_path: Path) -> None:
    found = set()
    for folder, seed in ((ROOT, "1"), (tmp_path, "2")):
        environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONHASHSEED": seed, "PATH": ""}
        command = [sys.executable, "-c", PYTHON]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_what_the_font_lacks_is_left_out_whole() -> None:
    places = [
        place("station", {"type": "Point", "coordinates": [131.88, 43.11]}, kind="station", name="Gara 역"),
        place("border", {"type": "LineString", "coordinates": [[130.64, 42.42], [130.7, 42.29]]}, kind="border"),
    ]
    told = step("약 150 km 이하", show=["station", "border"], id="one")
    claim = {"quote": "약 150 km 이하", "distance": {"from": "station", "to": "border"}, "expect": "less than 150 km"}
    built = build(made({**told, "claims": [claim]}, places=places, title="국경"))
    svg = preview_svg(built.parts, built.parts.steps["one"], font())
    said = texts(svg)
    assert [text for text in said if not font().covers(text)] == []
    assert "Gara 역" in picture(built, "one").decode()
    assert not [text for text in said if "Gara" in text or "150" in text]
    assert "One" in said  # the step's title in place of the story's
    assert "Holds" in said


def test_of_two_names_the_one_that_can_be_drawn_stays() -> None:
    basemap = {"local_names": True}
    view = {"center": [43.0, 128.0], "zoom": 5}
    built = build(made(step(show=["island"], view=view, id="one"), basemap=basemap))
    file = texts(picture(built, "one").decode())
    said = texts(preview_svg(built.parts, built.parts.steps["one"], font()))
    assert "CHINA" in file
    assert "中国" in file
    assert "CHINA" in said
    assert "中国" not in said


def test_without_words_that_can_be_drawn_the_map_has_all_the_room() -> None:
    built = build(made(step(show=SHOWN, id="one") | {"title": "국경"}, title="국경"))
    svg = preview_svg(built.parts, built.parts.steps["one"], font())
    assert '<svg x="0" width="1200" height="630"' in svg


def test_a_long_title_is_cut_where_the_room_ends() -> None:
    built = build(made(step(id="one"), title="The border that nobody has ever measured " * 12))
    lines = re.findall(
        r'<text x="40" y="([\d.]+)" font-size="29"[^>]*>([^<]*)<',
        preview_svg(built.parts, built.parts.steps["one"], font()),
    )
    assert lines
    assert lines[-1][1].endswith("…")
    assert float(lines[-1][0]) < 600
    assert all(font().width_px(text, 29) <= 360 for _, text in lines)


@pytest.mark.parametrize(
    ("text", "drawn"), [("Владивосток ±0.2 km²", True), ("Ōsaka—Þór", True), ("한", False), ("A中", False)]
)
def test_the_font_knows_what_it_can_draw(text: str, drawn: bool) -> None:
    assert font().covers(text) == drawn
