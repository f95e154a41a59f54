"""A street map of another host: asked for by the reader, shown over the basemap, and told where it does not come.

Nothing here reaches a network: both the page and the host's answers are made up by the test.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, MAP, PHONE, Stage
from tests.unit.making import made, step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

STORY, HOST = "https://story.example", "tiles.example.org"
TILES = {
    "url": "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
    "attribution": "© Example",
    "subdomains": "ab",
    "max_zoom": 12,
}
OSM = {"url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "attribution": "© OpenStreetMap contributors"}
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
OPEN = {"Access-Control-Allow-Origin": "*"}
SHOWN = ".leaflet-tile-pane img:not([hidden])"
NAME = "Show street map from tiles.example.org"


@dataclass
class Host:
    """What a host answers, and what it was asked for."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(OPEN))
    dead: bool = False
    body: bytes = PICTURE
    asked: list[tuple[str, str]] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        request = route.request
        self.asked.append((request.resource_type, request.url))
        self.referrers.append(request.headers.get("referer", ""))
        if self.dead:
            route.abort("connectionrefused")
        else:
            route.fulfill(status=self.status, body=self.body, content_type="image/png", headers=self.headers)


@dataclass
class Opened:
    """A page with tiles, its host, and what its console said."""

    page: Page
    host: Host
    console: list[str]

    @property
    def stage(self) -> Stage:
        return Stage(self.page)

    @property
    def button(self) -> Any:
        return self.page.locator("#sm_tiles")

    def shown(self) -> int:
        """How many pictures of the street map are on the map, each of them drawn."""
        return int(
            self.page.evaluate(f"[...document.querySelectorAll('{SHOWN}')].filter((i) => i.naturalWidth).length")
        )

    def until_shown(self) -> None:
        self.page.wait_for_function(
            f"() => {{ const all = [...document.querySelectorAll('{SHOWN}')];"
            " return all.length && all.every((i) => i.complete && i.naturalWidth); }"
        )

    def astray_px(self) -> float:
        """How far the farthest picture stands from where its corner lies on the earth, by the rule of such tiles."""
        return float(
            self.page.evaluate(
                f"""() => {{ const map = {MAP}, at = map.getContainer().getBoundingClientRect();
                return Math.max(...[...document.querySelectorAll("{SHOWN}")].map((picture) => {{
                  const [z, x, y] = picture.src.match(/([0-9]+).([0-9]+).([0-9]+).png$/).slice(1).map(Number);
                  const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y / 2 ** z))) * 180 / Math.PI;
                  const corner = map.latLngToContainerPoint([lat, x / 2 ** z * 360 - 180]);
                  const {{ left, top }} = picture.getBoundingClientRect();
                  return Math.hypot(left - at.left - corner.x, top - at.top - corner.y); }})); }}"""
            )
        )

    def until_told(self) -> str:
        self.page.wait_for_function("() => document.querySelector('#sm_tiles_said').textContent")
        return self.page.locator("#sm_tiles_said").inner_text()


STATION = {**step("It is short.", show=["station", {"place": "island", "style": "context"}]), "title": "Station"}
BORDER = {**step("It is long.", show=["border"]), "title": "Border"}


def html(tiles: dict[str, Any], story: Sequence[dict[str, Any]] = (STATION, BORDER)) -> str:
    return build(made(*story, tiles=tiles)).html


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """A function that opens a story with tiles at an address of the web."""
    contexts = []

    def open_(
        tiles: dict[str, Any] = TILES,
        host: Host | None = None,
        size: tuple[int, int] = DESKTOP,
        *,
        frame: str = "",
        story: Sequence[dict[str, Any]] = (STATION, BORDER),
        **how: Any,
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", locale="en-GB", **how
        )
        contexts.append(context)
        host, text, console = host or Host(), html(tiles, story), []
        outer = f'<iframe sandbox="{frame}" src="{STORY}/story" width="900" height="600"></iframe>'

        def serve(route: Route) -> None:
            url = route.request.url
            if url.startswith(f"{STORY}/"):
                body = outer if frame and url == f"{STORY}/" else text
                route.fulfill(body=body, content_type="text/html; charset=utf-8")
            else:
                host.answer(route)

        context.route("**/*", serve)
        context.on("console", lambda message: console.append(message.text))
        context.on("weberror", lambda error: console.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{STORY}/")
        return Opened(page, host, console)

    yield open_
    for context in contexts:
        context.close()


def test_nothing_is_asked_for_before_the_click_and_then_the_storys_hosts_alone(visit: Callable[..., Opened]) -> None:
    opened = visit()
    opened.stage.go("border")
    opened.stage.go("station")
    assert opened.host.asked == []
    opened.page.get_by_role("button", name=NAME).click()
    opened.until_shown()
    kinds = [kind for kind, _ in opened.host.asked]
    assert kinds[0] == "fetch"
    assert set(kinds[1:]) == {"image"}
    assert {url.split("/")[2] for _, url in opened.host.asked} == {f"a.{HOST}", f"b.{HOST}"}
    assert opened.console == []


def test_the_pictures_fill_the_map_under_what_the_story_draws_and_over_the_basemap(
    visit: Callable[..., Opened],
) -> None:
    opened = visit()
    opened.button.click()
    opened.until_shown()
    x, y, right, bottom = (
        getattr(opened.stage.boxes("#sm_map")[0], edge) for edge in ("left", "top", "right", "bottom")
    )
    boxes = opened.stage.boxes(SHOWN)
    for at in (
        (x + 1, y + 1),
        (right - 1, y + 1),
        (x + 1, bottom - 1),
        (right - 1, bottom - 1),
        ((x + right) / 2, (y + bottom) / 2),
    ):
        assert any(b.left <= at[0] <= b.right and b.top <= at[1] <= b.bottom for b in boxes), at
    assert opened.astray_px() < 1.5
    assert opened.stage.view()["zoom"] % 1, "a zoom between two whole ones, as most are"
    order = opened.page.evaluate(
        """['base', 'tile', 'overlay', 'names'].map(
        (name) => Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex))"""
    )
    assert order == sorted(set(order))
    assert opened.page.locator(".leaflet-base-pane path.land").count() == 1
    assert opened.page.locator(".leaflet-overlay-pane path.land").count() == 0
    assert opened.page.locator("span.name.subject:visible").count() > 0
    assert opened.page.locator("span.name:not(.subject):visible").count() == 0


def test_the_same_button_takes_it_away_again(visit: Callable[..., Opened]) -> None:
    opened = visit()
    thanks = opened.page.locator("#sm_tiles_credit")
    assert not thanks.is_visible()
    opened.button.click()
    opened.until_shown()
    assert opened.button.inner_text() == "Hide street map"
    assert thanks.inner_text().startswith("© Example")
    opened.button.click()
    assert opened.shown() == 0
    assert opened.button.inner_text() == NAME
    assert not thanks.is_visible()
    asked = len(opened.host.asked)
    opened.stage.go("border")
    assert len(opened.host.asked) == asked


def test_a_keyboard_reaches_and_presses_it(visit: Callable[..., Opened]) -> None:
    opened = visit()
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        if opened.stage.focused()["id"] == "sm_tiles":
            break
    assert opened.stage.focused()["outline"] > 0
    opened.page.keyboard.press("Enter")
    opened.until_shown()
    opened.page.keyboard.press("Space")
    assert opened.shown() == 0
    assert opened.stage.focused()["id"] == "sm_tiles"


def test_it_follows_the_steps_and_the_zoom_and_lets_readers_come_as_close_as_it_goes(
    visit: Callable[..., Opened],
) -> None:
    opened = visit()
    before = opened.stage.view()["zoom"]
    opened.button.click()
    opened.until_shown()
    for _ in range(8):
        if opened.page.locator(".leaflet-control-zoom-in.leaflet-disabled").count():
            break
        opened.page.locator(".leaflet-control-zoom-in").click()
        opened.stage.rest()
        opened.until_shown()
        assert opened.astray_px() < 1.5
    assert before < opened.stage.view()["zoom"] == 12
    opened.button.click()
    opened.stage.rest()
    assert opened.stage.view()["zoom"] < 12
    opened.button.click()
    opened.stage.go("border")
    opened.until_shown()
    assert opened.shown() > 3


@pytest.mark.parametrize(
    "host",
    [
        Host(status=403),
        Host(status=503),
        Host(dead=True),
        Host(status=404, body=b"nothing here"),
        Host(status=500, headers={}, body=b"nothing here"),
    ],
    ids=["refuses-with-a-picture", "out-of-order", "dead", "has-none", "has-none-and-does-not-say"],
)
def test_a_host_that_gives_none_is_told_and_the_storys_map_is_back(visit: Callable[..., Opened], host: Host) -> None:
    opened = visit(host=Host(host.status, host.headers, host.dead, host.body))
    opened.button.click()
    assert opened.until_told() == f"No street map came from {HOST}. This is the story’s own map again."
    assert opened.page.locator("#sm_tiles_said").get_attribute("role") == "status"
    assert opened.shown() == 0
    assert opened.page.locator(SHOWN).count() == 0
    assert opened.page.locator(".tiled").count() == 0
    assert opened.button.inner_text() == NAME
    if host.status == 403:
        assert [kind for kind, _ in opened.host.asked] == ["fetch"], "the picture that refuses is never shown"
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.locator("#sm_tiles_said").inner_text() == "", "whoever goes on has read it"
    opened.host.__dict__.update(Host().__dict__)
    opened.button.click()
    opened.until_shown()


def test_a_host_that_gives_pictures_but_does_not_let_itself_be_asked_is_shown(visit: Callable[..., Opened]) -> None:
    opened = visit(host=Host(headers={}))
    opened.button.click()
    opened.until_shown()
    assert opened.page.locator("#sm_tiles_said").inner_text() == ""


def test_a_wish_taken_back_while_the_host_thinks_stays_taken_back(visit: Callable[..., Opened]) -> None:
    opened = visit()
    opened.page.evaluate("() => { const b = document.querySelector('#sm_tiles'); b.click(); b.click(); }")
    opened.page.wait_for_timeout(300)
    assert opened.shown() == 0
    assert opened.button.inner_text() == NAME


def test_an_author_may_have_it_at_once(visit: Callable[..., Opened]) -> None:
    opened = visit({**TILES, "load": "at-once"})
    opened.until_shown()
    assert opened.button.inner_text() == "Hide street map"
    assert {url.split("/")[2] for _, url in opened.host.asked} == {f"a.{HOST}", f"b.{HOST}"}
    zooms = {url.split("/")[3] for _, url in opened.host.asked}
    assert zooms == {str(min(12, round(opened.stage.view()["zoom"])))}, "of the first step's view, and no other"


def test_a_host_that_wants_to_know_who_asks_is_told(visit: Callable[..., Opened]) -> None:
    opened = visit(OSM)
    opened.button.click()
    opened.until_shown()
    assert set(opened.host.referrers) == {f"{STORY}/"}


@pytest.mark.parametrize(("tiles", "offered"), [(OSM, False), (TILES, True)], ids=["openstreetmap", "another"])
def test_where_a_page_has_no_name_to_give_there_is_no_button_for_such_a_host(
    visit: Callable[..., Opened], open_page: Callable[..., Any], tmp_path: Path, tiles: dict[str, Any], offered: bool
) -> None:
    file = tmp_path / "story.html"
    file.write_text(html(tiles), encoding="utf-8")
    assert open_page(file).page.locator("#sm_tiles").is_visible() is offered
    framed = visit(tiles, frame="allow-scripts").page.frames[1]
    framed.wait_for_selector(".leaflet-names-pane span")
    assert framed.locator("#sm_tiles").is_visible() is offered


def test_without_a_network_there_is_no_button_and_with_it_there_is_again(visit: Callable[..., Opened]) -> None:
    opened = visit()
    opened.page.context.set_offline(True)
    opened.button.wait_for(state="hidden")
    opened.page.context.set_offline(False)
    opened.button.wait_for(state="visible")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_before_with_and_after_it(
    visit: Callable[..., Opened], axe: Callable[[Page], list[str]], size: tuple[int, int], theme: str
) -> None:
    opened = visit(size=size, color_scheme=theme)
    assert axe(opened.page) == []
    opened.button.click()
    opened.until_shown()
    assert axe(opened.page) == []
    opened.button.click()
    opened.host.status = 403
    opened.button.click()
    opened.until_told()
    assert axe(opened.page) == []
    button = opened.stage.boxes("#sm_tiles")[0]
    assert button.bottom - button.top >= 24


def test_east_of_the_180th_meridian_the_columns_begin_again(visit: Callable[..., Opened]) -> None:
    fiji = {**step(view={"center": [-17, 179.9], "zoom": 6}), "title": "Fiji"}
    opened = visit(story=[fiji])
    opened.button.click()
    opened.until_shown()
    columns = {int(url.split("/")[4]) for _, url in opened.host.asked if url.split("/")[3] == "6"}
    assert {63, 0} <= columns
    assert all(0 <= column < 64 for column in columns)


def test_the_data_for_it_are_words_of_the_page(visit: Callable[..., Opened]) -> None:
    """The story's own data, as the client reads them, stay what they are in every other page."""
    opened = visit()
    assert HOST not in json.dumps(opened.stage.data)
