"""The page follows the reader's theme, and prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storymap.page.palette import DARK, LIGHT
from tests.browser.stage import DESKTOP, PHONE, Stage

# What a reader sees of the colours, element by element: paper, ink, accent, land, water, borders, buttons.
COLOURS = """() => ["html", "h1", ".prose", "a.claim", ".count", "#sm_next", "#sm_back", ".leaflet-bar a", ".credit",
  "path.land", "path.lakes", "path.borders", "path.measured", ".folium-map", "span.pill", "span.name", ".scale line"]
  .map((selector) => { const { color, backgroundColor, fill, stroke, textDecorationColor } =
    getComputedStyle(document.querySelector(selector));
    return [selector, color, backgroundColor, fill, stroke, textDecorationColor].join(" "); })"""


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.parametrize("theme, palette", [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"])
def test_the_query_and_the_readers_setting_give_the_same_colours(
    stage: Callable[..., Stage], theme: str, palette: dict[str, str]
) -> None:
    other = "light" if theme == "dark" else "dark"
    colours = stage(theme=theme).page.evaluate(COLOURS)
    asked = stage(theme=other, fragment=f"?theme={theme}").page.evaluate(COLOURS)
    assert asked == colours
    assert asked != stage(theme=other, fragment="?theme=plaid").page.evaluate(COLOURS)
    assert _rgb(palette["paper"]) in colours[0]
    assert _rgb(palette["land"]) in colours[9]


def test_a_theme_that_changes_while_the_page_is_open_changes_the_map_too(stage: Callable[..., Stage]) -> None:
    story = stage(theme="light")
    story.page.emulate_media(color_scheme="dark")
    assert story.page.evaluate(COLOURS) == stage(theme="dark").page.evaluate(COLOURS)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_every_step_stands_with_its_map_and_the_stepper_is_gone(
    stage: Callable[..., Stage], theme: str, javascript: bool
) -> None:
    story = stage(theme=theme, javascript=javascript, fragment="?embed=1#border")
    if javascript:
        story.claims()[0].click()
    story.page.emulate_media(media="print")
    for step in story.page.locator(".step").all():
        assert step.locator("h2").is_visible()
        assert step.locator(".prose").is_visible()
        assert step.locator("svg.map").is_visible()
    for gone in ("#sm_map", "#sm_bar", "#sm_return", ".folium-map"):
        assert not story.page.locator(gone).is_visible()
    assert story.page.locator(".table").is_visible()
    assert story.page.locator("footer").is_visible()
    paper = story.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == _rgb(LIGHT["paper"]), "nobody prints on black"


def test_the_page_prints_to_a_few_sheets(stage: Callable[..., Stage]) -> None:
    sheets = stage(DESKTOP, fragment="#hanoi").page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 6 <= sheets <= 20


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_map_has_at_least_two_fifths_of_the_window(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    chart = stage(size).boxes("#sm_map")[0]
    assert (chart.right - chart.left) * (chart.bottom - chart.top) >= 0.4 * size[0] * size[1]
