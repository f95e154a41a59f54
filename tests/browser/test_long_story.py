"""A story of two hundred steps opens like one of ten, and is all there for whoever wants it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, Stage
from tests.unit.making import BORDER, made, place, step

SHORT, LONG = 10, 200
TALL = 30  # a step in which more stands than in all others
_COUNTS = """() => {
  const walk = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let nodes = 0;
  while (walk.nextNode()) nodes += !walk.currentNode.parentNode.closest?.("defs");
  return nodes; }"""
_ALL = """() => Object.fromEntries(["section.step", "article.entry", "tbody tr", "defs path", "#sm_dots a"].map((css) =>
  [css, [...document.querySelectorAll(css)].map((part) => (part.id + part.textContent).replace(/\\s+/g, " "))]))"""


# Which of the steps' towns the page has heard of, by what it has parsed of its data.
_WATCH = """window.parsed = []; const parse = JSON.parse;
JSON.parse = (text, ...more) => { parsed.push(text); return parse(text, ...more); };"""
_HEARD = """() => parsed.flatMap((text) => text.match(/"Town-\\d+"/g) ?? []).map((town) => Number(town.slice(6, -1)))"""


@cache
def html(count: int) -> str:
    """A story of so many steps, each with a place and a claim of its own."""
    towns = [
        place(f"town-{n}", {"type": "Point", "coordinates": [131.5 + n / 500, 43.1]}, kind="station")
        for n in range(count)
    ]
    steps = [
        step(
            f"It is less than 400 km away on day {n}." + "\n\nA long day." * (8 if n == TALL else 0),
            id=f"day-{n}",
            show=[f"town-{n}", "border"],
            claims=[{"quote": "less than 400 km", "distance": {"from": f"town-{n}", "to": "border"}}],
        )
        | {"title": f"Day {n}"}
        for n in range(count)
    ]
    return build(made(*steps, places=[place("border", BORDER), *towns])).html


@pytest.fixture
def story(tmp_path: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens a story of so many steps."""

    def open_(count: int = LONG, size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        path = tmp_path / f"{count}.html"
        path.write_text(html(count), encoding="utf-8")
        opened = open_page(path, width=size[0], height=size[1], **({"reduced_motion": True} | how))
        return Stage(opened.page)

    return open_


def listeners(one: Stage) -> float:
    session = one.page.context.new_cdp_session(one.page)
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in metrics if m["name"] == "JSEventListeners"))


def test_at_load_there_is_hardly_more_of_it_than_of_a_short_story(story: Callable[..., Stage]) -> None:
    short, long = story(SHORT), story(LONG)
    assert long.page.evaluate(_COUNTS) <= 1.5 * short.page.evaluate(_COUNTS)
    assert listeners(long) <= listeners(short) + 10
    assert long.page.locator("defs path[id^=p_], defs path[id^=m_]").count() <= 2 * SHORT + 1


def test_what_a_map_draws_is_read_when_its_step_is_first_shown(story: Callable[..., Stage]) -> None:
    one = story()
    one.page.add_init_script(_WATCH)
    one.page.reload()
    assert one.page.evaluate(_HEARD) == [0]
    for _ in range(SHORT):
        one.page.keyboard.press("ArrowRight")
    assert one.at == f"day-{SHORT}"
    assert one.page.evaluate(_HEARD) == list(range(SHORT + 1))
    for key in ("ArrowLeft", "ArrowRight"):
        one.page.keyboard.press(key)
    assert one.page.evaluate(_HEARD) == list(range(SHORT + 1)), "and once"
    one.page.goto(one.page.url.partition("#")[0] + "?embed=1#day-180")
    assert one.page.evaluate(_HEARD) == [0, 180]
    assert "Town-180" in [label.text for label in one.labels()]


def test_fifty_fast_steps_through_what_was_parked_end_where_they_should(story: Callable[..., Stage]) -> None:
    one = story(fragment="#day-100")
    one.page.evaluate("() => { for (let i = 0; i < 50; i++) document.getElementById('sm_next').click(); }")
    one.rest()
    assert one.at == "day-150"
    assert "Town-150" in [label.text for label in one.labels()]
    assert one.page.locator(".step").count() <= 7 * SHORT + 1


def test_a_late_step_has_its_number_in_the_units_that_were_chosen_before(story: Callable[..., Stage]) -> None:
    one = story()
    one.page.locator(".tools .units button[value=miles]").click()
    one.go("day-190")
    (number,) = one.page.locator(".leaflet-names-pane .pill").all_text_contents()
    assert number.endswith("miles")
    one.page.locator(".tools .units button[value=km]").click()
    (again,) = one.page.locator(".leaflet-names-pane .pill").all_text_contents()
    assert again == one.data["steps"][190]["measured"][0]["pill"]


def test_a_step_by_address_by_key_by_link_and_back_is_the_step_that_was_asked_for(story: Callable[..., Stage]) -> None:
    one = story(fragment="#day-155")
    assert one.at == "day-155"
    assert "Town-155" in [label.text for label in one.labels()]
    assert any("measured" in css for css in one.layers())
    assert one.page.locator(".step").count() <= 2 * SHORT, "and few others come with it"
    for key, step_id in (("ArrowRight", "day-156"), ("ArrowLeft", "day-155"), ("End", "day-199"), ("Home", "day-0")):
        one.page.locator("#sm_next").focus()
        one.page.keyboard.press(key)
        assert one.at == step_id
        assert step_id.replace("-", " ").title() in (one.page.locator("#sm_status").text_content() or "")
    one.go("day-77")
    assert one.at == "day-77"
    assert one.focused()["id"] == "day-77"
    one.page.go_back()
    assert one.at == "day-0"
    one.page.reload()
    one.page.evaluate("location.hash = '#day-120'")
    assert one.at == "day-120"


def test_the_list_of_steps_has_all_of_them_and_marks_the_current(story: Callable[..., Stage]) -> None:
    one = story(fragment="#day-42")
    one.page.locator("#sm_list").click()
    assert one.page.locator("#sm_dots a").all_inner_texts() == [f"Day {n}" for n in range(LONG)]
    assert one.page.locator(".step").count() <= 2 * SHORT, "their titles, and no more"
    assert one.focused()["href"] == "#day-42"
    assert one.page.locator("#sm_dots [aria-current=step]").count() == 1
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    assert one.at == "day-43"


def test_a_claim_of_a_late_step_opens_and_its_row_leads_back_to_it(story: Callable[..., Stage]) -> None:
    one = story(fragment="#day-120")
    (claim,) = one.claims()
    assert claim.get_attribute("role") == "button"
    claim.click()
    assert "Town-120" in one.page.locator(".panel").inner_text()
    one.page.evaluate("document.getElementById('sm_checks').scrollIntoView()")
    rows = one.page.locator(".table tbody tr")
    rows.last.wait_for()
    assert rows.count() == LONG
    rows.nth(66).locator("a").click()
    assert one.at == "day-66"
    assert "Town-66" in one.page.locator(".panel").inner_text()


def test_checks_come_as_a_reader_comes_near_or_by_their_address(story: Callable[..., Stage]) -> None:
    one = story()
    assert one.page.locator(".entry").count() == 0
    high = one.page.evaluate("document.body.scrollHeight")
    one.page.locator("#sm_credits").scroll_into_view_if_needed()
    one.page.locator(".entry").last.wait_for()
    assert one.page.locator(".entry").count() < LONG / 2
    one.page.evaluate("scrollTo(0, 0)")
    one.page.keyboard.press("Control+f")
    assert one.page.locator(".entry").count() == LONG
    assert one.page.evaluate("document.body.scrollHeight") == pytest.approx(high, rel=0.25), "the scrollbar knew"
    by_address = story(fragment="#sm_c150")
    entry = by_address.page.locator("#sm_c150")
    assert entry.is_visible()
    by_address.page.wait_for_function(
        "Math.abs(document.getElementById('sm_c150').getBoundingClientRect().top) < innerHeight"
    )


def test_paper_and_readers_without_scripts_have_all_of_it(story: Callable[..., Stage]) -> None:
    printed, without = story(), story(javascript=False)
    printed.page.emulate_media(media="print")
    printed.page.wait_for_function("!document.querySelector('noscript')")
    all_of_it = printed.page.evaluate(_ALL)
    assert {css: len(parts) for css, parts in all_of_it.items()} | {"defs path": 0} == {
        "section.step": LONG, "article.entry": LONG, "tbody tr": LONG, "defs path": 0, "#sm_dots a": LONG,
    }  # fmt: skip
    still = without.page.evaluate(_ALL)
    for css in ("article.entry", "tbody tr", "defs path", "#sm_dots a"):
        assert sorted(still[css]) == sorted(all_of_it[css])
    assert len(still["section.step"]) == LONG
    for n in (0, 50, LONG - 1):
        for css in (f"#day-{n} h2", f"#day-{n} .still .map", f".entry >> nth={n}"):
            assert without.page.locator(css).is_visible()
    assert not without.page.locator("#sm_bar").is_visible()
    columns = without.page.evaluate("new Set([...document.querySelectorAll('.entry')].map((e) => e.offsetLeft)).size")
    assert columns == 3, "entries stand side by side as in a short story"


def test_units_and_files_know_every_check(story: Callable[..., Stage]) -> None:
    one = story()
    one.page.locator(".tools .units button[value=miles]").click()
    numbers = one.page.locator(".entry > .number").all_text_contents()
    assert len(numbers) == LONG
    assert [number for number in numbers if not number.endswith("miles")] == []
    other = story()
    with other.page.expect_download() as coming:
        other.page.locator('.saves button[value="json"]').click()
    claims = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))["claims"]
    assert [claim["step"] for claim in claims] == [f"day-{n}" for n in range(LONG)]
    with other.page.expect_download() as coming:
        other.page.locator('.saves button[value="geojson"]').click()
    features = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))["features"]
    lines = [one["geometry"]["type"] for one in features if "claim" in one["properties"]]
    assert lines == ["LineString"] * LONG
    with other.page.expect_download() as coming:
        other.page.locator('.saves button[value="geojson"]').click()
    drawn = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))["features"]
    names = [one["properties"]["name"] for one in drawn if one["geometry"]["type"] == "Point"]
    assert names == [f"Town-{n}" for n in range(LONG)]


def test_a_frame_is_as_high_as_a_step_that_was_parked_wants(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    heights = []
    for count in (TALL, LONG):
        (tmp_path / "story.html").write_text(html(count), encoding="utf-8")
        path = tmp_path / "host.html"
        path.write_text(
            """<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="400" height="500">
            </iframe><script>addEventListener("message", ({ data }) => { self.height = data.height; });
            document.querySelector("iframe").src = "story.html?embed=1";</script>""",
            encoding="utf-8",
        )
        opened = open_page(path)
        opened.page.wait_for_function("self.height")
        heights.append(opened.page.evaluate("self.height"))
        opened.requests.clear()
    assert heights[1] > heights[0]
