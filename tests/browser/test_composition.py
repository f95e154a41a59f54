"""The page stands in every window: nothing scrolls sideways, nothing is cut, all can be read and reached."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build, write
from storymap.inputs import gather
from storymap.page.palette import DARK, LIGHT
from tests.browser.stage import DESKTOP, PHONE, SMALL, TABLET, Stage, collisions
from tests.unit.drawn import file_of, hills, tone
from tests.unit.making import PLACES_FILE, made, step

WIDE, LANDSCAPE, HALF, MAGNIFIED = (1920, 1080), (844, 390), (640, 400), (320, 256)  # 320 × 256: a desktop at 400 %
HANDS = [TABLET, PHONE, (360, 640), SMALL, LANDSCAPE]
EVERY = [WIDE, DESKTOP, *HANDS, HALF, MAGNIFIED]
FRAMES = [(640, 500), (300, 600), (320, 300)]
ON_PHONES = [*((size, "") for size in (PHONE, SMALL, LANDSCAPE)), *((size, "?embed=1") for size in FRAMES[:2])]
WINDOWS = [*((size, "") for size in EVERY), *((size, "?embed=1") for size in FRAMES)]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

every_window = pytest.mark.parametrize("window", WINDOWS, ids=lambda w: f"{w[0][0]}x{w[0][1]}{w[1]}")

# Each stretch of text that a reader sees, but on maps: its size, the part it stands in, its first words.
_TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const part = node.parentElement;
    if (!node.data.trim() || part.closest("script, style, .vh, .map, .leaflet-container, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (![...range.getClientRects()].some((r) => r.width > 1 && r.height > 1) || !part.checkVisibility()) continue;
    const read = !part.closest("button, svg") && part.closest(".prose, .standfirst, .table td, .ledger > p, "
      + ".entry :is(.said, .what, .note, .rows), footer > p, footer li");
    found.push([parseFloat(getComputedStyle(part).fontSize), Boolean(read), node.data.trim().slice(0, 40)]);
  }
  return found;
}"""
# What is wider than the part that holds it, or sticks out of the window.
_CUT = """() => [...document.querySelectorAll(".card *, .ledger *, footer *, .credit")].filter((e) => {
  const words = [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!words || e.closest("svg, .vh, .still, .dots, #sm_list, thead") || !e.checkVisibility()) return false;
  const { left, right, width } = e.getBoundingClientRect();
  const wide = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline";
  return width > 1 && (left < -0.5 || right > innerWidth + 0.5 || wide);
}).map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`)"""
# Words that go on in the next line without a hyphen of theirs, but addresses and what Chinese breaks anywhere.
_BROKEN = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const part = node.parentElement;
    if (part.closest("svg, script, style, .vh, .still, .leaflet-container, .url") || !part.checkVisibility()) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
      if (/\\p{Script=Han}/u.test(word[0])) continue;
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((r) => r.width).map((r) => Math.round(r.top / 8));
      if (new Set(lines).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
# Letters in each line of a paragraph but its last.
_LINES = """(selector) => [...document.querySelectorAll(selector)].flatMap((p) => {
  const lines = new Map(), walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    if (node.parentElement.closest(".vh")) continue;
    for (let i = 0; i < node.length; i++) {
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const { bottom, width } = range.getBoundingClientRect();
      const line = Math.round(bottom / 8);
      if (width) lines.set(line, (lines.get(line) ?? 0) + 1);
    }
  }
  return [...lines.values()].slice(0, -1);
})"""


def _sideways(story: Stage) -> int:
    return int(story.page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


@every_window
def test_nothing_scrolls_sideways_and_nothing_is_cut(
    stage: Callable[..., Stage], window: tuple[tuple[int, int], str]
) -> None:
    story = stage(window[0], fragment=window[1])
    for name in [*story.ids[:3], story.ids[-1]]:
        story.page.evaluate("(id) => { location.hash = id; }", name)
        story.rest()
        for claim in [None, *story.claims()[:1]]:
            if claim:
                claim.click()
            assert _sideways(story) <= 0, name
            assert story.page.evaluate(_CUT) == [], name


@every_window
def test_a_word_as_long_as_a_line_is_broken_and_not_cut(
    tmp_path: Path, open_page: Callable[..., Any], window: tuple[tuple[int, int], str]
) -> None:
    page = tmp_path / "long.html"
    claim = {"quote": LONG, "distance": {"from": "station", "to": "border"}, "expect": "none", "note": LONG}
    one = step(f"{LONG} {LONG}\n\n> {LONG}\n\n- {LONG}", show=["station"], claims=[{**claim, "nth": 1}])
    story = made(
        {**one, "title": LONG}, {**step(), "title": f"{LONG}!", "id": "two"}, title=LONG, subtitle=LONG, byline=LONG
    )
    page.write_text(build(story).html, encoding="utf-8")
    (width, height), fragment = window
    opened = Stage(open_page(page, width=width, height=height, reduced_motion=True, fragment=fragment).page)
    for claim_button in [None, opened.claims()[0]]:
        if claim_button:
            claim_button.click()
        assert _sideways(opened) <= 0
        assert opened.page.evaluate(_CUT) == []


def test_on_tablets_what_is_read_has_16_pixels_and_captions_13(stage: Callable[..., Stage]) -> None:
    story = stage(TABLET, fragment="#border")
    story.claims()[0].click()
    texts = story.page.evaluate(_TEXTS)
    assert len([text for text in texts if text[1]]) > 20
    assert [text for text in texts if text[0] < (16 if text[1] else 13)] == []


def _small(story: Stage) -> list[Any]:
    """The stretches of text under 16 pixels that show now."""
    texts = story.page.evaluate(_TEXTS)
    assert texts
    return [text for text in texts if text[0] < 16]


@pytest.mark.parametrize("window", ON_PHONES, ids=lambda w: f"{w[0][0]}x{w[0][1]}{w[1]}")
def test_no_text_on_a_phone_is_under_16_pixels(
    stage: Callable[..., Stage], window: tuple[tuple[int, int], str]
) -> None:
    """At no step, in no claim, list, legend, credit, table or footer; letters on the map are its own affair."""
    story = stage(window[0], fragment=window[1])
    for name in story.ids:
        story.page.evaluate("(id) => { location.hash = id; }", name)
        story.page.wait_for_function("(id) => document.querySelector('.step.current').id === id", arg=name)
        for claim in [None, *story.claims()]:
            if claim:
                claim.evaluate("(one) => one.click()")
            story.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            assert _small(story) == [], name
    story.page.locator("#sm_list").click()
    assert _small(story) == []
    story.page.evaluate("location.hash = 'sm_checks'")
    story.page.locator(".ledger").wait_for()
    story.page.locator(".saves button").first.click()
    assert _small(story) == []


@pytest.mark.parametrize("size", [PHONE, SMALL, LANDSCAPE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_nor_is_that_of_media_street_maps_autoplay_and_guesses(
    tmp_path: Path, open_page: Callable[..., Any], size: tuple[int, int], javascript: bool
) -> None:
    page = tmp_path / "out" / "index.html"
    write(build(gather(json.dumps(_everything(tmp_path)).encode(), tmp_path / "a.yaml")), page)
    for fragment in ("", "?embed=1"):
        opened = open_page(page, width=size[0], height=size[1], fragment=fragment, javascript=javascript)
        story = Stage(opened.page)
        assert _small(story) == []
        if javascript:
            story.claims()[0].click()
            assert _small(story) == []
            story.page.locator(".share:visible").click()
            assert _small(story) == []
            story.page.locator("#sm_next").click()
            assert _small(story) == []


def _everything(folder: Path) -> dict[str, Any]:
    """A story with what only some stories have, its pictures in a folder."""
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(file_of(hills(400, 300), "PNG"))
    (folder / "tone.wav").write_bytes(tone())
    (folder / "tone.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA tone.\n", encoding="utf-8")
    (folder / "places.geojson").write_bytes(PLACES_FILE)
    free = {"license": "CC0-1.0", "credit": "By nobody"}
    pictures = [{"image": name, "alt": name, "caption": "Hills", **free} for name in ("a.png", "b.png")]
    sound = {"audio": "tone.wav", "alt": "A tone", "captions": "tone.vtt", **free}
    claim = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}
    text = "The border is less than 150 km away."
    return {
        "title": "All",
        "byline": "Us",
        "places": "places.geojson",
        "autoplay": 5,
        "claims": {"reveal": "click"},
        "tiles": "OpenStreetMap.Mapnik",
        "steps": [
            step(text, show=["station", "border"], claims=[claim], media=pictures),
            {**step(media=[{"youtube": "aqz-KE-bpKQ", "title": "A film"}, sound]), "title": "Two"},
        ],
    }


@pytest.mark.parametrize("size, javascript", [(WIDE, True), (TABLET, True), (WIDE, False), (TABLET, False)], ids=str)
def test_lines_have_45_to_75_letters_where_the_column_allows(
    stage: Callable[..., Stage], size: tuple[int, int], javascript: bool
) -> None:
    story = stage(size, javascript=javascript)
    step_shown = ".step.current" if javascript else ".step:nth-of-type(-n+3)"
    lines = story.page.evaluate(_LINES, f"{step_shown} .prose > p")
    assert len(lines) > 4
    assert 45 <= sum(lines) / len(lines) <= 75


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL, LANDSCAPE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_lines_are_never_too_long(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    assert max(stage(size).page.evaluate(_LINES, ".step.current .prose > p")) <= 80


@pytest.mark.parametrize("size", [PHONE, (360, 640), SMALL], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_buttons_lie_under_the_thumb(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size)
    for name in ("#sm_back", "#sm_next"):
        (box,) = story.boxes(name)
        assert box.bottom - box.top >= 44
        assert box.right - box.left >= 44
        assert size[1] * 2 / 3 < box.top < box.bottom <= size[1]


@every_window
def test_every_target_has_24_pixels(stage: Callable[..., Stage], window: tuple[tuple[int, int], str]) -> None:
    """But those in a line of text (WCAG 2.2, 2.5.8)."""
    story = stage(window[0], fragment=window[1])
    story.page.locator(".leaflet-names-pane > span").first.wait_for(state="attached")
    small = story.page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], summary")].filter((e) => {
          if (!e.checkVisibility() || e.closest("p, li:not(.dots li), td, th, dd, svg")) return false;
          const { width, height } = e.getBoundingClientRect();
          return width > 1 && (width < 24 || height < 23.5);
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


@pytest.mark.parametrize(
    "size, fragment", [((360, 640), ""), (SMALL, ""), ((300, 600), "?embed=1"), (LANDSCAPE, "")], ids=str
)
def test_the_first_look_at_a_small_window_has_title_map_and_the_first_words(
    stage: Callable[..., Stage], size: tuple[int, int], fragment: str
) -> None:
    story = stage(size, fragment=fragment)
    (bar,), (title,), (chart,) = (story.boxes(part) for part in ("#sm_bar", "h1", "#sm_map"))
    text = story.boxes(".step.current .prose > p")[0]
    assert title.top >= (chart.bottom if chart.left < 1 else 0)
    assert text.top + 2 * 24 < bar.top, "two lines of the text stand above the buttons"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "ko", "zh-Hans"])
def test_on_a_phone_no_language_cuts_or_breaks_a_word_of_ours(
    tmp_path: Path, open_page: Callable[..., Any], language: str
) -> None:
    """Not on the buttons beside that of autoplay, nor in a claim, the list of steps, the cards of checks."""
    claim = {"quote": "127", "distance": {"from": "station", "to": "border"}, "expect": "less than 150 km"}
    loose = {"quote": "short", "distance": {"from": "island", "to": "border"}, "expect": "none"}
    first = step("127: a short way.", show=["station", "border"], claims=[claim, loose])
    others = [{**step(), "title": f"{n}", "id": f"s{n}"} for n in range(2, 12)]
    page = tmp_path / "page.html"
    page.write_text(build(made(first, *others, autoplay=5, language=language)).html, encoding="utf-8")
    for (width, height), fragment in [(PHONE, ""), (SMALL, ""), *((size, "?embed=1") for size in FRAMES[:2])]:
        story = Stage(open_page(page, width=width, height=height, reduced_motion=True, fragment=fragment).page)
        for at in ("claim", "s11", "sm_checks"):
            if at == "claim":
                story.claims()[0].click()
            else:
                story.page.evaluate("(id) => { location.hash = id; }", at)
            if at == "s11":
                (bar,) = story.boxes("#sm_bar")
                buttons = story.boxes("#sm_bar .button")
                assert len(buttons) == 4
                assert collisions(buttons) == []
                assert all(bar.holds(button) for button in buttons)
                assert story.page.evaluate(_LINES, "#sm_next") == [] or language in ("ru", "ar"), "one line"
            assert _sideways(story) <= 0
            assert story.page.evaluate(_CUT) + story.page.evaluate(_BROKEN) == [], (width, at)


def test_at_four_hundred_percent_nothing_hangs_over_the_text(stage: Callable[..., Stage]) -> None:
    story = stage(MAGNIFIED, fragment="#border")
    text = story.page.locator(".step.current .prose > p").last
    text.evaluate("(p) => p.scrollIntoView()")
    (chart,), (bar,) = story.boxes("#sm_map"), story.boxes("#sm_bar")
    box = text.bounding_box()
    assert box is not None
    assert chart.bottom <= box["y"] + 1
    assert bar.top >= box["y"] + box["height"] - 1


def test_in_forced_colours_what_is_told_apart_by_colour_still_is(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#border")
    story.page.emulate_media(forced_colors="active")
    story.claims()[0].click()
    look = """([selector, key, pseudo]) => getComputedStyle(document.querySelector(selector), pseudo)[key]"""

    def colour(selector: str, key: str, pseudo: str | None = None) -> str:
        return str(story.page.evaluate(look, [selector, key, pseudo]))

    land, sea = colour("path.land", "fill"), colour(".folium-map", "backgroundColor")
    measured = colour("path.measured", "stroke")
    assert measured not in (land, sea, colour("path.borders", "stroke"), colour("path.land", "stroke"))
    assert colour("path.borders", "stroke") not in (land, sea)
    assert colour(".panel .g-bar", "fill") != colour(".panel .g-zone", "fill")
    assert colour(".panel .g-limit", "fill") != colour("html", "backgroundColor")
    marks = [colour(f".dots li:nth-child({n}) a", "backgroundColor", "::before") for n in (1, 2, 3)]
    assert marks[0] == marks[2] != marks[1]
    # A colour of the system's behind words would lie over a button that has one itself.
    assert colour("#sm_next", "forcedColorAdjust") == "none"
    assert colour("#sm_next", "color") != colour("#sm_next", "backgroundColor")
    assert colour(".panel .sign", "fill") != colour("html", "backgroundColor")


def test_more_contrast_gives_stronger_rules(stage: Callable[..., Stage]) -> None:
    story = stage()
    rule = "getComputedStyle(document.querySelector('.started .mapcol, .mapcol')).borderInlineStartColor"
    before = story.page.evaluate(rule)
    story.page.emulate_media(contrast="more")
    assert story.page.evaluate(rule) != before


@pytest.mark.parametrize("wish", [{"contrast": "more"}, {"forced_colors": "active"}, {}], ids=str)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_was_measured_stands_out_from_what_is_allowed(
    stage: Callable[..., Stage], theme: str, wish: dict[str, Any]
) -> None:
    """The bar lies on the zone in every gauge, and both are seen by who sees little."""
    story = stage(theme=theme, fragment="#border")
    story.page.emulate_media(**wish)
    story.claims()[0].click()
    bar, zone = story.page.evaluate(
        "['.g-bar', '.g-zone'].map((css) => getComputedStyle(document.querySelector(`.panel ${css}`)).fill)"
    )
    lights = sorted(_luminance(colour) for colour in (bar, zone))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 3


def _luminance(colour: str) -> float:
    """The relative luminance of rgb(…) (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("asked, paper", [("light", LIGHT["paper"]), ("dark", DARK["paper"])])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_browsers_bar_has_the_papers_colour(
    stage: Callable[..., Stage], asked: str, paper: str, system: str
) -> None:
    story = stage(theme=system, fragment=f"?theme={asked}")
    bars = story.page.evaluate(
        """() => [...document.querySelectorAll("meta[name=theme-color]")].filter((m) => matchMedia(m.media).matches)
          .map((m) => m.content)"""
    )
    assert bars == [paper]
    assert story.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == asked


@pytest.fixture
def arabic(tmp_path: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens a story written from right to left."""
    claim = {"quote": "127", "distance": {"from": "station", "to": "border"}, "expect": "less than 150 km"}
    text = "المسافة 127 كيلومترا.\n\n> اقتباس\n\n- واحد"
    steps = (
        {**step(text, show=["station", "border"], claims=[claim]), "title": "الحدود"},
        {**step("نص"), "title": "اثنان"},
    )
    page = tmp_path / "ar.html"
    page.write_text(build(made(*steps, title="قصة", language="ar")).html, encoding="utf-8")

    def open_(size: tuple[int, int]) -> Stage:
        return Stage(open_page(page, width=size[0], height=size[1], reduced_motion=True).page)

    return open_


@pytest.mark.parametrize("size", EVERY, ids=lambda size: f"{size[0]}x{size[1]}")
def test_from_right_to_left_the_page_is_mirrored_and_maps_and_numbers_are_not(
    arabic: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = arabic(size)
    assert _sideways(story) <= 0
    (chart,), (card,), (back,), (on,) = (story.boxes(part) for part in ("#sm_map", "#sm_card", "#sm_back", "#sm_next"))
    if chart.right - chart.left < size[0] - 1:
        assert chart.right <= card.left + 1, "the text is on the right"
    assert on.right <= back.left
    (zoom,) = story.boxes(".leaflet-control-zoom")
    assert zoom.left > (chart.left + chart.right) / 2
    story.claims()[0].click()
    assert _sideways(story) <= 0
    assert story.page.evaluate(_CUT) == []
    direction = "(s) => getComputedStyle(document.querySelector(s)).direction"
    assert story.page.locator("html").get_attribute("dir") == "rtl"
    assert [story.page.evaluate(direction, part) for part in (".panel", ".panel .gauge", ".folium-map")] == [
        "rtl",
        "ltr",
        "ltr",
    ]
    (close,), (panel,) = story.boxes(".panel .close"), story.boxes(".panel")
    assert close.left < panel.left + 40
    story.page.keyboard.press("Escape")
    story.page.keyboard.press("ArrowLeft")
    assert story.at == story.ids[1], "onwards is to the left"


@pytest.mark.parametrize("language, kept", [("ko", "keep-all"), ("ja", "normal"), ("zh-Hans", "normal")])
def test_chinese_japanese_and_korean_break_lines_their_own_way_and_are_not_slanted(
    tmp_path: Path, open_page: Callable[..., Any], language: str, kept: str
) -> None:
    page = tmp_path / "cjk.html"
    page.write_text(
        build(made(step("국경은 *짧다*. 国境は*短い*。"), title="국경", language=language)).html, encoding="utf-8"
    )
    opened = open_page(page).page
    style = "([s, k]) => getComputedStyle(document.querySelector(s))[k]"
    assert opened.evaluate(style, [".prose p", "wordBreak"]) == kept
    assert opened.evaluate(style, [".prose p", "lineBreak"]) == ("auto" if language == "ko" else "strict")
    assert opened.evaluate(style, [".prose em", "fontStyle"]) == "normal"
    assert int(opened.evaluate(style, [".prose em", "fontWeight"])) > 400
