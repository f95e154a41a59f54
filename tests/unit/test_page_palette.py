"""The colours can be told apart: text at 4.5 : 1, lines that say something at 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from storymap.page.palette import DARK, LIGHT, contrast, palette_css

THEMES = {"light": LIGHT, "dark": DARK}
# What is read on what: the map's names have a halo, so they stand on it and nearly on what is below.
TEXT = """ink/paper ink2/paper ink/land ink2/land ink/water ink/acctint ink/subject ink/halo ink2/halo ink/hair
    ink2/water acc/paper on-acc/acc sea/water sea/halo paper/ink"""
LINES = """acc/land acc/water acc/halo acc/subject border/land rail/land focus/paper focus/land focus/water
    ink/land ink/water"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (LINES, 3.0)], ids=["text", "lines"])
def test_every_pair_has_its_contrast(theme: str, pairs: str, least: float) -> None:
    colours = THEMES[theme]
    ratios = {pair: contrast(*(colours[name] for name in pair.split("/"))) for pair in pairs.split()}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}


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
    css = files("storymap.page").joinpath("client", "page.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", css) == []
    used = set(re.findall(r"var\(--([\w-]+)", css))
    defined = set(re.findall(r"--([\w-]+)\s*:", css)) | LIGHT.keys()
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
