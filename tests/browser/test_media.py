"""Media as a reader meets them: turned by keys and fingers, enlarged, heard, and from other hosts only when asked.

Nothing here reaches a network but this machine's own loopback: what another host would answer is made up by the test.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from storymap.compiler import build, write
from storymap.inputs import gather
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.drawn import WEBM, file_of, grain, hills, tone
from tests.unit.making import step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nA square sets out.\n\n00:01.000 --> 00:02.000\nIt arrives.\n"
FREE = {"license": "CC0-1.0"}
GRAIN = {"image": "grain.png", "alt": "Grain", "caption": "The grain", "credit": "By nobody", **FREE}
HILLS = {"image": "hills.png", "alt": "Hills", "caption": "The hills", **FREE}
HIGH = {"image": "high.png", "alt": "A high picture", "caption": "High", **FREE}
VIDEO = {"video": "square.webm", "alt": "A square moves", "captions": "square.vtt", **FREE}
SOUND = {"audio": "tone.wav", "alt": "A tone", "captions": "none", **FREE}
PLAYER = {"youtube": "aqz-KE-bpKQ", "title": "A film", "poster": "hills.png", "credit": "Studio"}
STEPS = [
    ("pictures", [GRAIN, HILLS, HIGH]),
    ("film", [VIDEO]),
    ("sound", [SOUND]),
    ("elsewhere", [PLAYER]),
    ("last", []),
]
FIGURE = "#pictures .gallery figure:visible"
COUNT = "#pictures .turns p >> nth=0"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the page of a story of all media, and an article that holds it in a sandbox."""
    folder = tmp_path_factory.mktemp("media")
    (folder / "grain.png").write_bytes(file_of(grain(900, 400), "PNG"))
    (folder / "hills.png").write_bytes(file_of(hills(400, 300), "PNG"))
    (folder / "high.png").write_bytes(file_of(hills(300, 600), "PNG"))
    (folder / "square.webm").write_bytes(WEBM.read_bytes())
    (folder / "square.vtt").write_text(VTT, encoding="utf-8")
    (folder / "tone.wav").write_bytes(tone())
    steps = [step(title=name, id=name, media=media, view={"center": [43, 132], "zoom": 8}) for name, media in STEPS]
    story = json.dumps({"title": "Media", "steps": steps}).encode()
    write(build(gather(story, folder / "a.yaml")), folder / "out" / "index.html")
    article = (
        '<!doctype html><title>Article</title><iframe title="Story" sandbox="allow-scripts" '
        'src="index.html?embed=1#pictures" width="700" height="600"></iframe>'
    )
    (folder / "out" / "article.html").write_text(article, encoding="utf-8")
    return folder / "out"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The address of a server on loopback that sends the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Visit:
    """A page in a fresh profile: what it asked for beyond itself, and what its console said."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.console: list[str] = []
        context.on("console", lambda message: self.console.append(message.text))
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if route.request.url.startswith(("http://127.0.0.1", "file:", "data:")):
            route.continue_()
        else:
            route.fulfill(body="<title>Player</title><button>Play</button>", content_type="text/html")

    def elsewhere(self) -> list[str]:
        """What was asked of other hosts."""
        return [address for address in self.asked if not address.startswith(("http://127.0.0.1", "file:", "data:"))]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A function that opens an address; afterwards no page may have said anything at its console."""
    visits: list[Visit] = []

    def open_(address: str, size: tuple[int, int] = DESKTOP, **how: Any) -> Visit:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **how)
        visits.append(Visit(context))
        visits[-1].page.goto(address)
        return visits[-1]

    yield open_
    for one in visits:
        one.page.context.close()
    assert [one.console for one in visits] == [[] for _ in visits]


def loaded(page: Any, selector: str) -> None:
    """Wait until a picture is there; a page that may not load it fails here."""
    page.wait_for_function(f"() => document.querySelector('{selector}')?.naturalWidth > 0")


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_pictures_films_and_captions_load_from_a_disk_and_from_a_host(
    scheme: str, site: Path, host: str, visit: Callable[..., Visit]
) -> None:
    address = (site / "index.html").as_uri() if scheme == "file" else f"{host}/index.html"
    page = visit(address).page
    loaded(page, "#pictures img")
    Stage(page).go("film")
    page.evaluate("document.querySelector('video').load(); document.querySelector('video').preload = 'auto'")
    page.wait_for_function("() => document.querySelector('video').readyState > 0")
    page.wait_for_function("() => document.querySelector('track').readyState === 2")
    assert page.evaluate("[...document.querySelector('track').track.cues].map((cue) => cue.text)") == [
        "A square sets out.", "It arrives.",
    ]  # fmt: skip


def test_pictures_load_in_the_sandbox_of_an_article(host: str, visit: Callable[..., Visit]) -> None:
    loaded(visit(f"{host}/article.html").page.frames[1], "#pictures img")


def test_a_page_may_not_load_pictures_of_another_host_though_its_policy_names_all(
    host: str, visit: Callable[..., Visit]
) -> None:
    one = visit(f"{host}/index.html")
    (allowed,) = one.page.evaluate(
        """[...document.querySelectorAll("meta[http-equiv]")].slice(1)
          .map((meta) => meta.content.match(/img-src [^;]*/)[0])"""
    )
    assert allowed == f"img-src data: 'self' {host}"
    blocked = one.page.evaluate(
        """() => new Promise((done) => {
          addEventListener("securitypolicyviolation", ({ blockedURI }) => done(blockedURI));
          document.body.append(Object.assign(new Image(), { src: "http://tracker.example/dot.png" }));
        })"""
    )
    assert blocked.startswith("http://tracker.example/")
    assert one.elsewhere() == []
    assert [line for line in one.console if "tracker.example" not in line] == []
    one.console.clear()


def test_arrow_keys_turn_pictures_where_the_gallery_has_the_focus_and_steps_elsewhere(
    host: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{host}/index.html").page
    assert page.locator(FIGURE).all_inner_texts() == ["Enlarge\nThe grain\nBy nobody"]
    page.locator("#pictures .turns button").last.focus()
    for key, count in [
        ("ArrowRight", 2),
        ("ArrowRight", 3),
        ("ArrowRight", 3),
        ("Home", 1),
        ("End", 3),
        ("ArrowLeft", 2),
    ]:
        page.keyboard.press(key)
        assert page.locator(COUNT).inner_text() == f"{count} of 3"
        assert page.locator(FIGURE).count() == 1
    assert page.locator(f"{FIGURE} figcaption").inner_text() == "The hills"
    assert Stage(page).at == "pictures"
    page.locator("#sm_next").focus()
    page.keyboard.press("ArrowRight")
    assert Stage(page).at == "film"


def test_buttons_turn_pictures_and_keep_the_focus_at_the_ends(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html").page
    back, following = (
        page.get_by_role("button", name="Previous picture"),
        page.get_by_role("button", name="Next picture"),
    )
    assert back.get_attribute("aria-disabled") == "true"
    for count in (2, 3, 3):
        following.dispatch_event("click")  # a browser clicks what says that it is disabled; Playwright would wait
        assert page.locator(COUNT).inner_text() == f"{count} of 3"
    assert following.get_attribute("aria-disabled") == "true"
    back.click()
    assert page.locator(COUNT).inner_text() == "2 of 3"


def test_a_gallery_is_a_named_group_that_says_which_picture_has_come(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html").page
    group = page.get_by_role("group", name="Pictures of this step")
    assert group.get_by_role("status").text_content() == ""  # nobody has asked yet
    group.get_by_role("button", name="Next picture").click()
    assert group.get_by_role("status").text_content() == "2 of 3: Hills"


def test_a_finger_turns_pictures_in_the_gallery_and_the_story_stays(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html", PHONE, has_touch=True).page

    def swipe(selector: str, dx: int) -> None:
        page.evaluate(
            """([selector, dx]) => {
              const target = document.querySelector(selector), box = target.getBoundingClientRect();
              const clientX = box.left + box.width / 2, clientY = box.top + 9;
              const at = (x) => [new Touch({ identifier: 1, target, clientX: clientX + x, clientY })];
              const give = (type, touches, changedTouches) => target.dispatchEvent(
                new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches }));
              give("touchstart", at(0), at(0));
              give("touchend", [], at(dx));
            }""",
            [selector, dx],
        )

    swipe("#pictures figure:not(.turned)", -120)
    assert (page.locator(COUNT).inner_text(), Stage(page).at) == ("2 of 3", "pictures")
    swipe("#pictures figure:not(.turned)", 120)
    assert (page.locator(COUNT).inner_text(), Stage(page).at) == ("1 of 3", "pictures")
    swipe("#pictures h2", -120)
    assert Stage(page).at == "film"


def test_a_picture_is_enlarged_and_escape_gives_the_focus_back(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html").page
    opener = page.get_by_role("button", name="Grain Enlarge")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Enlarge")
    loaded(page, "dialog img")
    assert dialog.get_by_role("img", name="Grain").evaluate("(image) => image.naturalWidth") == 900
    page.keyboard.press("ArrowRight")
    assert (page.locator(COUNT).inner_text(), Stage(page).at) == ("1 of 3", "pictures")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert opener.evaluate("(button) => button === document.activeElement")


def test_keys_in_a_player_do_not_step(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html#film").page
    page.locator("video").focus()
    page.keyboard.press("ArrowRight")
    assert Stage(page).at == "film"


def test_what_a_reader_steps_away_from_falls_silent(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html#sound").page
    assert page.evaluate("document.querySelector('audio').paused")
    page.evaluate("document.querySelector('audio').loop = true; document.querySelector('audio').play()")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    Stage(page).go("last")
    page.wait_for_function("() => document.querySelector('audio').paused")


def test_another_host_is_asked_on_the_click_and_not_before(host: str, visit: Callable[..., Visit]) -> None:
    one = visit(f"{host}/index.html")
    for name, _ in STEPS:
        Stage(one.page).go(name)
    Stage(one.page).go("elsewhere")
    assert one.elsewhere() == []
    assert one.page.locator("iframe").count() == 0
    one.page.get_by_role("button", name="Load the video from youtube-nocookie.com").click()
    frame = one.page.frame_locator('iframe[title="A film"]')
    frame.get_by_role("button", name="Play").wait_for()
    assert one.elsewhere() == ["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1&rel=0"]
    assert one.page.evaluate("document.activeElement.tagName") == "IFRAME"
    Stage(one.page).go("last")
    assert one.page.locator("iframe").count() == 0
    Stage(one.page).go("elsewhere")
    assert one.page.get_by_role("button", name="Load the video").is_visible()


def test_a_player_may_run_and_open_its_page_and_no_more(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(f"{host}/index.html#elsewhere").page
    page.get_by_role("button", name="Load the video").click()
    allowed = (page.locator("iframe").get_attribute("sandbox") or "").split()
    assert set(allowed) == {
        "allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups", "allow-popups-to-escape-sandbox",
    }  # fmt: skip


@pytest.mark.parametrize("where", ["disk", "sandbox", "no script"])
def test_where_a_host_would_refuse_and_without_scripts_a_link_leads_to_it(
    where: str, site: Path, host: str, visit: Callable[..., Visit]
) -> None:
    address = {
        "disk": (site / "index.html").as_uri() + "#elsewhere",
        "sandbox": f"{host}/article.html",
        "no script": f"{host}/index.html",
    }[where]
    page: Any = visit(address, java_script_enabled=where != "no script").page
    if where == "sandbox":
        page = page.frames[1]
        page.wait_for_function("() => document.querySelector('.step.current')")
        page.locator('#sm_dots a[href="#elsewhere"]').dispatch_event("click")
    assert not page.locator(".player-ask").is_visible()
    link = page.locator("#elsewhere a.watch")
    assert link.is_visible()
    assert link.inner_text() == "Watch it at youtube.com"
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


def test_without_scripts_and_on_paper_every_picture_stands_there_with_its_words(
    host: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{host}/index.html", java_script_enabled=False).page
    assert page.locator("#pictures .gallery figcaption:visible").all_inner_texts() == [
        "The grain\nBy nobody", "The hills", "High",
    ]  # fmt: skip
    assert not page.locator(".turns").is_visible()
    page = visit(f"{host}/index.html").page
    page.emulate_media(media="print")
    assert page.locator("#pictures img:visible").count() == 3
    assert page.locator("#pictures .gallery figcaption:visible").count() == 3
    assert page.locator("#film .transcript p").all_inner_texts() == ["A square sets out.", "It arrives."]
    assert page.locator("#film .on-paper").inner_text() == "A square moves"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_any_of_it(
    size: tuple[int, int], theme: str, host: str, visit: Callable[..., Visit], axe: Callable[[Page], list[str]]
) -> None:
    page = visit(f"{host}/index.html", size, color_scheme=theme).page
    for name, _ in STEPS:
        page.evaluate(f"location.hash = '{name}'")
        Stage(page).rest()
        assert axe(page) == []


def test_pictures_keep_their_room_before_they_are_there(host: str, visit: Callable[..., Visit]) -> None:
    """Width and height stand in the page, so that nothing below a picture moves when it comes."""
    page = visit(f"{host}/index.html").page
    held: list[Route] = []
    page.context.route("**/media/**", lambda route: held.append(route))  # noqa: PLW0108  (Playwright asks for a function)
    with page.expect_request("**/media/**"):
        page.reload(wait_until="commit")
    page.wait_for_selector(".turning")
    before = page.locator("#pictures .gallery figcaption:visible").bounding_box()
    assert page.evaluate("document.querySelector('#pictures img').naturalWidth") == 0
    for route in held:
        route.continue_()
    loaded(page, "#pictures img")
    after = page.locator("#pictures .gallery figcaption:visible").bounding_box()
    assert before is not None
    assert before == after


@pytest.mark.parametrize("size", [(320, 640), PHONE, DESKTOP])
def test_no_picture_or_player_is_wider_than_its_column(
    size: tuple[int, int], host: str, visit: Callable[..., Visit]
) -> None:
    page = visit(f"{host}/index.html", size).page
    for name, _ in STEPS:
        page.evaluate(f"location.hash = '{name}'")
        Stage(page).rest()
        wide = page.evaluate(
            """() => [...document.querySelectorAll(".step.current :is(img, video, audio, .player, .turns)")]
            .filter((e) => e.getBoundingClientRect().right >
              document.querySelector("#sm_card").getBoundingClientRect().right)
            .map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert wide == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
