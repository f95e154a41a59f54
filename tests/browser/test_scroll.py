"""A story with `layout: scroll`: its text scrolls beside a map that stays, and the step that one reads is the map's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.compiler import build
from storymap.inputs import gather
from tests.browser.conftest import SEED
from tests.browser.stage import DESKTOP, PHONE, SIZES, SMALL, TABLET, Stage, away_px
from tests.unit import making
from tests.unit.drawn import file_of, hills

LANDSCAPE = (844, 390)
CURRENT = "document.querySelector('.step.current').id"
# One reads two fifths down the room for text; the step there is the last one that starts above.
READ = """() => { const map = document.querySelector("#sm_map").getBoundingClientRect();
  const hang = map.width >= innerWidth - 1 ? Math.max(0, map.bottom) : 0, start = hang + 28;
  const line = start + 0.4 * (innerHeight - start), steps = [...document.querySelectorAll(".step")];
  return (steps.findLast((step) => step.getBoundingClientRect().top <= line) ?? steps[0]).id; }"""


@pytest.fixture(scope="session")
def scroll_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed story, told by scrolling."""
    asked = SEED.read_bytes().replace(b"\ntitle:", b"\nlayout: scroll\ntitle:", 1)
    page = tmp_path_factory.mktemp("scroll") / "index.html"
    page.write_text(build(gather(asked, SEED)).html, encoding="utf-8")
    return page


@pytest.fixture
def scroll(scroll_page: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens it. Motion is reduced unless asked for, so that views are final at once."""

    def open_(size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        width, height = size
        return Stage(open_page(scroll_page, width=width, height=height, **({"reduced_motion": True} | how)).page)

    return open_


def _at(story: Stage) -> str:
    return str(story.page.evaluate(CURRENT))


def _scroll_to(story: Stage, y: float) -> str:
    """Scroll to a height of the page; return the id of the step there, once it is the map's."""
    story.page.evaluate("(y) => scrollTo(0, y)", y)
    story.page.wait_for_function(f"() => ({READ})() === {CURRENT}")
    story.rest()
    return _at(story)


def _top(story: Stage, selector: str) -> float:
    return float(story.page.locator(selector).first.evaluate("(e) => e.getBoundingClientRect().top"))


def _seen(story: Stage, step: str) -> bool:
    """Whether a step's heading stands in the room for text: under the map where that hangs above, over the bar."""
    [heading], [bar], [chart] = story.boxes(f"#{step} h2"), story.boxes("#sm_bar"), story.boxes("#sm_map")
    below = chart.bottom if chart.left <= heading.left < chart.right else 0
    return below <= heading.top and heading.bottom <= bar.top


@pytest.mark.parametrize("size", [*SIZES, LANDSCAPE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_from_top_to_end_every_step_is_the_maps_in_turn_and_the_map_stays(
    scroll: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = scroll(size)
    chart = story.boxes("#sm_map")[0]
    assert (chart.left > story.boxes("#sm_card")[0].left) == (size in (DESKTOP, LANDSCAPE))
    end = story.page.evaluate("document.querySelector('.stage').offsetHeight - innerHeight")
    found, y = [_at(story)], 0.0
    while y < end:
        y = min(end, y + size[1] / 5)
        found.append(_scroll_to(story, y))
        [now] = story.boxes("#sm_map")
        assert abs(now.top - chart.top) < 1
    assert list(dict.fromkeys(found)) == story.ids, "in their order, none left out, the last and shortest neither"
    assert story.page.evaluate("document.scrollingElement.scrollWidth") == size[0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_forwards_and_backwards_the_map_is_the_same_as_afresh(
    scroll: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = scroll(size)
    heights = {step: story.page.evaluate("(id) => document.getElementById(id).offsetTop", step) for step in story.ids}
    room = story.page.evaluate(
        "innerHeight - parseFloat(getComputedStyle(document.querySelector('.step')).scrollMarginTop)"
    )
    there = {step: max(0, height - size[1] + 0.8 * room) for step, height in heights.items()}
    forwards = {}
    for step in story.ids:
        assert _scroll_to(story, there[step]) == step
        forwards[step] = story.view(), story.layers()
    for step in reversed(story.ids):
        assert _scroll_to(story, there[step]) == step
        view, layers = forwards[step]
        assert story.layers() == layers
        assert away_px(story.view(), view) < 1.5
    for step in ("border", "hanoi"):
        fresh = scroll(size, fragment=f"#{step}")
        assert fresh.layers() == forwards[step][1]
        assert away_px(fresh.view(), forwards[step][0]) < 1.5


def test_however_fast_one_scrolls_it_ends_as_the_same_place_opened_afresh(scroll: Callable[..., Stage]) -> None:
    story = scroll(reduced_motion=False)
    end = story.page.evaluate("document.querySelector('.stage').offsetHeight - innerHeight")
    for turn in range(60):
        story.page.evaluate("(y) => scrollTo(0, y)", end * ((turn * 37) % 100) / 100)
    step = _scroll_to(story, end * 0.62)
    story.rest()
    fresh = scroll(fragment=f"#{step}")
    assert story.layers() == fresh.layers()
    assert away_px(story.view(), fresh.view()) < 1.5
    assert [label.text for label in story.labels()] == [label.text for label in fresh.labels()]


def test_who_left_the_top_of_the_page_comes_back_to_the_top(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    story.page.locator("#sm_list").click()
    story.page.locator("#sm_dots a").nth(5).click()
    assert story.page.evaluate("scrollY") > 500
    story.page.go_back()
    assert (_at(story), story.page.evaluate("scrollY")) == (story.ids[0], 0)


def test_the_address_follows_and_the_history_does_not_grow(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    entries = story.page.evaluate("history.length")
    for y in (600, 1800, 900):
        assert f"#{_scroll_to(story, y)}" == story.page.evaluate("location.hash")
    assert story.page.evaluate("history.length") == entries
    assert story.page.locator("#sm_status").text_content() == "", "who reads on is not told so"


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE, SMALL, LANDSCAPE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_an_address_opens_at_its_step(scroll: Callable[..., Stage], size: tuple[int, int]) -> None:
    for step in ("border", "hanoi"):
        story = scroll(size, fragment=f"#{step}")
        assert _at(story) == step
        assert _seen(story, step)
    story.page.evaluate("location.hash = 'station'")
    story.page.wait_for_function(f"() => {CURRENT} === 'station'")
    assert _seen(story, "station")


def test_after_a_reload_one_reads_on_where_one_was(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    step = _scroll_to(story, 1700)
    story.page.reload()
    story.page.wait_for_function("() => scrollY === 1700")
    story.rest()
    assert story.page.evaluate("scrollY") == 1700
    assert _at(story) == step


@pytest.mark.parametrize("size", [DESKTOP, PHONE, LANDSCAPE], ids=["desktop", "phone", "landscape"])
@pytest.mark.parametrize("way", ["keys", "buttons"])
def test_keys_and_buttons_scroll_to_the_neighbouring_step(
    scroll: Callable[..., Stage], size: tuple[int, int], way: str
) -> None:
    story = scroll(size)
    on, back = ("ArrowRight", "ArrowLeft") if way == "keys" else ("#sm_next", "#sm_back")
    act = story.page.keyboard.press if way == "keys" else story.page.click
    for step in story.ids[1:]:
        act(on)
        assert _at(story) == step
        assert _seen(story, step)
        story.rest()
        assert _at(story) == step, "and it stays so when the page has come to rest"
    for step in reversed(story.ids[:-1]):
        act(back)
        assert _at(story) == step
        assert _seen(story, step)
        story.rest()
        assert _at(story) == step


def test_fifty_steps_in_a_row_end_where_they_should(scroll: Callable[..., Stage]) -> None:
    story = scroll(reduced_motion=False)
    for turn in range(50):
        story.page.keyboard.press("ArrowLeft" if turn % 5 == 4 else "ArrowRight")
    story.page.keyboard.press("ArrowLeft")
    story.rest()
    assert _at(story) == story.ids[-3]
    assert _seen(story, story.ids[-3])
    assert away_px(story.view(), scroll(fragment=f"#{story.ids[-3]}").view()) < 1.5


def test_the_list_and_the_checks_lead_to_steps(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    story.page.locator("#sm_list").click()
    story.page.locator('#sm_dots a[href="#hanoi"]').click()
    assert (_at(story), _seen(story, "hanoi")) == ("hanoi", True)
    story.page.locator("#sm_next").click()
    assert story.focused()["id"] == "sm_checks"
    story.page.locator('#sm_checks a[href="#border"]').first.click()
    assert (_at(story), _seen(story, "border")) == ("border", True)
    assert story.page.evaluate("document.activeElement.closest('.step').id") == "border"


def test_a_claim_opens_below_its_paragraph_and_the_line_stays_where_it_is(scroll: Callable[..., Stage]) -> None:
    story = scroll((1800, 1400), fragment="#border")
    quote = "#border a.claim"
    before = _top(story, quote)
    story.page.locator(quote).click()
    assert story.page.locator("#border .panel").is_visible()
    assert abs(_top(story, quote) - before) < 1


def test_a_claim_that_closes_above_does_not_move_the_text(scroll: Callable[..., Stage]) -> None:
    story = scroll((1280, 1000), fragment="#border")
    story.page.locator("#border a.claim").click()
    following = story.ids[story.ids.index("border") + 1]
    story.page.evaluate("(id) => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 300)", following)
    story.page.wait_for_function(f"() => {CURRENT} === '{following}'")
    assert story.page.locator(".panel").count() == 0
    story.rest()
    assert abs(_top(story, f"#{following}") - 300) < 2
    assert _at(story) == following


def test_a_claim_of_a_step_that_is_only_near_makes_it_the_maps(scroll: Callable[..., Stage]) -> None:
    """And the page does not move under the pointer."""
    story = scroll((1800, 1400))
    quote = f"#{story.ids[1]} a.claim"
    story.page.evaluate("() => scrollBy(0, document.querySelectorAll('.step')[1].getBoundingClientRect().top - 700)")
    story.rest()
    before = _top(story, quote)
    assert _at(story) == story.ids[0]
    story.page.locator(quote).first.click()
    assert _at(story) == story.ids[1]
    assert story.page.locator(f"#{story.ids[1]} .panel").is_visible()
    assert abs(_top(story, quote) - before) < 1
    story.rest()
    assert story.layers() == _opened(scroll(fragment=f"#{story.ids[1]}")).layers()


def _opened(story: Stage) -> Stage:
    story.page.locator(".step.current a.claim").first.click()
    story.rest()
    return story


def test_the_focus_takes_the_map_along(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    seen = []
    for _ in range(40):
        story.page.keyboard.press("Tab")
        inside = story.page.evaluate("document.activeElement.closest('.step')?.id")
        if inside:
            story.rest()
            assert _at(story) == inside
            seen.append(inside)
    assert list(dict.fromkeys(seen))[:5] == story.ids[:5]


def test_a_map_that_was_moved_comes_back(scroll: Callable[..., Stage]) -> None:
    story = scroll(fragment="#rail-route")
    home = story.view()
    story.page.locator(".leaflet-control-zoom-out").click()
    story.rest()
    assert story.view()["zoom"] < home["zoom"]
    story.page.locator("#sm_reset").click()
    assert away_px(story.view(), home) < 1.5
    assert _at(story) == "rail-route"


def test_with_reduced_motion_nothing_flies_and_else_it_does(scroll: Callable[..., Stage]) -> None:
    flights = []
    for reduced_motion in (True, False):
        story = scroll(reduced_motion=reduced_motion)
        story.watch_flights()
        for step in story.ids[1:]:
            story.page.keyboard.press("ArrowRight")
            assert _seen(story, step)
            story.rest()
        flights.append(story.flights())
    assert flights[0] == 0 < flights[1]


def test_a_turned_phone_stays_at_its_step(scroll: Callable[..., Stage]) -> None:
    story = scroll(PHONE, fragment="#timetable")
    for width, height in (LANDSCAPE, PHONE):
        story.page.set_viewport_size({"width": width, "height": height})
        story.page.wait_for_function("(width) => document.querySelector('.folium-map').offsetWidth <= width", arg=width)
        story.rest()
        assert _at(story) == "timetable"
        assert _seen(story, "timetable")


def test_the_wheel_over_the_map_scrolls_the_text_without_a_hint(scroll: Callable[..., Stage]) -> None:
    story = scroll()
    story.page.mouse.move(900, 400)
    story.page.mouse.wheel(0, 400)
    story.page.wait_for_function("() => scrollY === 400")
    assert story.page.locator(".hint.shown").count() == 0


def test_in_a_frame_its_steps_take_turns(scroll: Callable[..., Stage], scroll_page: Path, open_page: Any) -> None:
    story = scroll((640, 500), fragment="?embed=1")
    for step in story.ids[:3]:
        assert story.at == step
        story.page.keyboard.press("ArrowRight")
    article = scroll_page.with_name("article.html")
    # Without ?embed=1 too: the article's page scrolls, not the story's.
    article.write_text('<!doctype html><iframe src="index.html" width="700" height="600"></iframe>', encoding="utf-8")
    opened = open_page(article, width=800, height=700)
    opened.requests.clear()
    frame = opened.page.frames[1]
    frame.wait_for_selector(".leaflet-names-pane > span", state="attached")
    assert Stage.within(frame).at == story.ids[0]


def test_without_scripts_and_on_paper_it_is_the_document_as_ever(
    scroll: Callable[..., Stage], stage: Callable[..., Stage]
) -> None:
    def words(story: Stage) -> str:
        return story.page.locator("main").inner_text()

    assert words(scroll(javascript=False)) == words(stage(javascript=False))
    printed = []
    for story in (scroll(fragment="#border"), stage(fragment="#border")):
        story.page.emulate_media(media="print")
        assert story.page.locator("svg.map:visible").count() == len(story.ids)
        assert not story.page.locator("#sm_bar").is_visible()
        printed.append((words(story), [step.bottom - step.top for step in story.boxes(".step")]))
    assert printed[0] == printed[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_checker_of_accessibility_finds_nothing(
    scroll: Callable[..., Stage], axe: Callable[[Page], list[str]], theme: str
) -> None:
    story = scroll(PHONE, theme=theme)
    assert axe(story.page) == []
    story = scroll(theme=theme, fragment="#border")
    story.page.locator("#border a.claim").click()
    assert axe(story.page) == []


def test_other_stories_hold_nothing_of_it(story_page: Path, scroll_page: Path) -> None:
    own = ".scrolly .step.current"
    assert own in scroll_page.read_text(encoding="utf-8")
    assert own not in story_page.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_address_leads_to_its_step_below_galleries_that_have_closed_up(
    tmp_path: Path, open_page: Callable[..., Any], size: tuple[int, int]
) -> None:
    (tmp_path / "hills.png").write_bytes(file_of(hills(300, 200), "PNG"))
    media = [{"image": "hills.png", "alt": "Hills", "license": "CC0-1.0"}] * 4
    view = {"center": [43, 132], "zoom": 8}
    steps = [making.step(title=f"Step {i}", id=f"step-{i}", media=media if i < 4 else [], view=view) for i in range(6)]
    story = json.dumps({"title": "Media", "layout": "scroll", "steps": steps}).encode()
    page = tmp_path / "index.html"
    page.write_text(build(gather(story, tmp_path / "a.yaml"), one_file=True).html, encoding="utf-8")
    width, height = size
    opened = Stage(open_page(page, width=width, height=height, fragment="#step-3").page)
    opened.page.wait_for_load_state("load")
    opened.rest()
    assert _at(opened) == "step-3"
