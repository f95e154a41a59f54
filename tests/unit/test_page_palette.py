"""The colours can be told apart: text at 4.5 : 1, lines that say something at 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import dist

import pytest

from storymap.page.palette import DARK, LIGHT, contrast, palette_css
from storymap.page.styles import source

CSS = source()
THEMES = {"light": LIGHT, "dark": DARK}
# What is read on what: the map's names have a halo, so they stand on it and nearly on what is below.
TEXT = """ink/paper ink2/paper ink/land ink2/land ink/water ink/acctint ink/subject ink/halo ink2/halo ink/hair
    ink2/water acc/paper on-acc/acc sea/water sea/halo paper/ink"""
# What the map tells apart by colour, for readers who see colours otherwise: the least difference in OKLab, in which
# 0.02 is about the least that anybody sees. Lines differ in more than colour: what is measured is three times as broad
# as borders and railways, borders are dashed, subjects have casings; uncertain ground has a dashed rim.
APART = {
    "acc/ink acc/border acc/rail acc/coast acc/sea": 0.07,
    "ink/border ink/rail border/coast rail/coast": 0.1,
    "acc/land acc/water acc/subject": 0.35,
    "uncertain land/land uncertain water/water uncertain subject/subject": 0.06,
    "land/water": 0.04,  # and the coast line between them
}
LINES = """acc/land acc/water acc/halo acc/subject border/land rail/land focus/paper focus/land focus/water
    ink/land ink/water"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (LINES, 3.0)], ids=["text", "lines"])
def test_every_pair_has_its_contrast(theme: str, pairs: str, least: float) -> None:
    colours = THEMES[theme]
    ratios = {pair: contrast(*(colours[name] for name in pair.split("/"))) for pair in pairs.split()}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}


# Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB.
SIGHT = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# From linear sRGB to the cube of OKLab's first space, and from its root to L, a, b (bottosson.github.io/posts/oklab).
CONES = (
    (0.41222147, 0.53633254, 0.05144599),
    (0.21190350, 0.68069955, 0.10739696),
    (0.08830246, 0.28171884, 0.62997870),
)
OKLAB = (
    (0.21045426, 0.79361779, -0.00407205),
    (1.97799850, -2.42859221, 0.45059371),
    (0.02590404, 0.78277177, -0.80867577),
)

Triple = tuple[float, float, float]


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _seen(colour: str, sight: str) -> Triple:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    shown = [min(max(c, 0.0), 1.0) for c in _times(SIGHT[sight], linear)]
    return _times(OKLAB, [c ** (1 / 3) for c in _times(CONES, shown)])


def _colour(name: str, theme: Mapping[str, str]) -> str:
    """A colour of a theme; "uncertain …" is the accent laid over another as `.ground` does."""
    if not name.startswith("uncertain "):
        return theme[name]
    share = float(re.findall(r"\.ground \{[^}]*fill-opacity: ([.\d]+)", CSS)[0])
    over, under = theme["acc"], theme[name.removeprefix("uncertain ")]
    parts = ((int(c[i : i + 2], 16) for c in (over, under)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_what_the_map_tells_apart_is_told_apart_by_every_eye(theme: str, sight: str) -> None:
    low = {}
    for pairs, least in APART.items():
        for pair in re.findall(r"((?:uncertain )?[\w-]+)/([\w-]+)", pairs):
            one, other = (_seen(_colour(name, THEMES[theme]), sight) for name in pair)
            if dist(one, other) < least:
                low["/".join(pair)] = round(dist(one, other), 3)
    assert low == {}


def test_the_simulation_leaves_greys_alone_and_takes_red_from_green() -> None:
    for sight in SIGHT:
        assert _seen("#808080", sight) == pytest.approx(_seen("#808080", "all colours"), abs=0.002)
    red, green = "#c00000", "#5a7a00"
    seen = {sight: dist(_seen(red, sight), _seen(green, sight)) for sight in SIGHT}
    assert seen["deuteranopia"] < 0.5 * seen["all colours"]
    assert seen["tritanopia"] > 0.8 * seen["all colours"]


def test_both_themes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_contrast_is_that_of_wcag() -> None:
    """Worked examples: black on white, #767676 (the lightest grey that passes on white), order does not matter."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")
    assert contrast("#123456", "#123456") == 1


def test_the_style_sheet_names_no_other_colour() -> None:
    """Whatever page.css draws it takes from the palette, so dark and light cannot come apart."""
    css = source()
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", css) == []
    used = set(re.findall(r"var\(--([\w-]+)", css))
    defined = set(re.findall(r"--([\w-]+)\s*:", css)) | LIGHT.keys() | {"head"}  # words, from head.html.j2
    assert used - defined == set()
    assert LIGHT.keys() - used == set()


def test_dark_is_for_screens_and_a_wish_for_light_wins() -> None:
    everywhere, asked_for, by_address = palette_css().split("@media screen")
    assert DARK["paper"] not in everywhere
    assert LIGHT["paper"] in everywhere
    assert asked_for.startswith(" and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;")
    assert by_address.startswith("{:root[data-theme=dark]{color-scheme:dark;")
    assert DARK["paper"] in asked_for
    assert DARK["paper"] in by_address
