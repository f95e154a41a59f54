"""The page in other people's places: it keeps nothing, asks for nothing, blocks nothing, and hands out its links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.stage import DESKTOP, MAP, PHONE, Stage, away_px

# All ways in which a page may keep something in the browser or send something out of it.
_SPY = """
  window.touched = [];
  const tell = (name) => window.touched.push(name);
  const watch = (owner, name, label) => { const own = owner?.[name]; if (!own) return;
    owner[name] = function (...given) { tell(label); return Reflect.apply(own, this, given); }; };
  for (const name of ["getItem", "setItem", "removeItem", "clear", "key"]) watch(Storage.prototype, name, name);
  const jar = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    get() { tell("cookie read"); return jar.get.call(this); },
    set(value) { tell("cookie"); jar.set.call(this, value); } });
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    const own = Object.getOwnPropertyDescriptor(window, name);
    if (own?.get) Object.defineProperty(window, name, { get() { tell(name); return own.get.call(window); } }); }
  watch(window, "fetch", "fetch");
  watch(XMLHttpRequest.prototype, "open", "XMLHttpRequest");
  watch(Navigator.prototype, "sendBeacon", "sendBeacon");
  for (const name of ["WebSocket", "EventSource", "Worker", "SharedWorker", "RTCPeerConnection", "Image"]) {
    const Own = window[name];
    if (Own) window[name] = new Proxy(Own, { construct(target, given) { tell(name); return new target(...given); } }); }
"""
_NO_CLIPBOARD = """
  Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });
  Document.prototype.execCommand = () => false;"""
_APPS = """Navigator.prototype.share = async (what) => { window.shared = what; if (window.refuses)
  throw new DOMException("no", window.refuses); };"""
_COPIED = "navigator.clipboard.readText()"


@pytest.fixture
def visit(browser: Browser, story_page: Path) -> Iterator[Callable[..., Stage]]:
    """A function that opens the seed story in a browser of its own make: with a script before all others, or touch."""
    contexts = []

    def open_(size: tuple[int, int] = DESKTOP, *, before: str = "", fragment: str = "", **how: Any) -> Stage:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **how)
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(story_page.resolve().as_uri() + fragment)
        return Stage(page)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def article(browser: Browser, story_page: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[Page, Frame]]]:
    """A function that opens an article with the story in a frame."""
    contexts = []

    def open_(attributes: str, *, fragment: str = "?embed=1", text: str = "", **how: Any) -> tuple[Page, Frame]:
        source = f'srcdoc="{escape(text)}"' if text else f'src="{story_page.resolve().as_uri()}{fragment}"'
        host = tmp_path / "article.html"
        host.write_text(
            f"<!doctype html><iframe {attributes} width=700 height=600 {source}></iframe>", encoding="utf-8"
        )
        context = browser.new_context(viewport={"width": 800, "height": 700}, reduced_motion="reduce", **how)
        contexts.append(context)
        page = context.new_page()
        page.goto(host.as_uri())
        frame = page.frames[1]
        frame.wait_for_selector(".leaflet-names-pane > span", state="attached")
        return page, frame

    yield open_
    for context in contexts:
        context.close()


def _middle(story: Stage) -> tuple[float, float]:
    [box] = story.boxes("#sm_map")
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _hint(story: Stage) -> str:
    shown = story.page.locator(".hint.shown")
    return shown.inner_text() if shown.count() else ""


def test_it_keeps_nothing_and_sends_nothing_all_the_way_through(visit: Callable[..., Stage]) -> None:
    story = visit(before=_SPY)
    for _ in story.ids:
        for claim in story.claims():
            claim.click()
        story.page.locator(".step.current .share").click()
        story.page.locator("#sm_next").click()
    story.page.locator(".leaflet-control-zoom-out").click()
    story.page.reload()
    assert story.page.evaluate("window.touched") == []
    story.page.evaluate("() => { localStorage.getItem('a'); document.cookie; fetch('data:,').catch(() => 0); }")
    assert story.page.evaluate("window.touched") == ["localStorage", "getItem", "cookie read", "fetch"]


def test_the_wheel_over_the_map_hints_twice_and_not_again(visit: Callable[..., Stage]) -> None:
    story = visit()
    story.page.mouse.move(*_middle(story))
    for turn in range(3):
        story.page.mouse.wheel(0, 10)
        if turn < 2:
            story.page.locator(".hint.shown").wait_for()
            assert _hint(story) == "Ctrl + wheel zooms the map"
        story.page.wait_for_function("() => !document.querySelector('.hint.shown')")
        assert story.page.locator(".hint").evaluate("(e) => getComputedStyle(e).opacity") == "0"
        story.page.evaluate("() => scrollTo(0, 0)")
        # A pause: what comes at once would be the same turn of the hand.
        story.page.wait_for_timeout(600)
    assert story.page.locator(".hint").count() == 1


def test_a_hint_is_in_nobodys_way(visit: Callable[..., Stage]) -> None:
    story = visit()
    x, y = _middle(story)
    story.page.mouse.move(x, y)
    story.page.mouse.wheel(0, 10)
    hint = story.page.locator(".hint.shown")
    hint.wait_for()
    assert hint.get_attribute("aria-hidden") == "true"
    assert not story.page.evaluate("([x, y]) => Boolean(document.elementFromPoint(x, y).closest('.hint'))", [x, y])
    home = story.view()
    story.page.mouse.down()
    story.page.mouse.move(x - 90, y, steps=4)
    story.page.mouse.up()
    assert away_px(story.view(), home) > 50


def test_with_ctrl_there_is_no_hint_and_a_mac_has_its_own_key(visit: Callable[..., Stage]) -> None:
    story = visit()
    story.page.mouse.move(*_middle(story))
    story.page.keyboard.down("Control")
    story.page.mouse.wheel(0, -100)
    story.page.locator("#sm_reset").wait_for()
    assert _hint(story) == ""
    mac = visit(before="Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })")
    mac.page.mouse.move(*_middle(mac))
    mac.page.mouse.wheel(0, 10)
    mac.page.locator(".hint.shown").wait_for()
    assert _hint(mac) == "⌘ + wheel zooms the map"


def _touch(story: Stage, *points: list[tuple[float, float]]) -> None:
    """Put fingers down, move them from place to place, and lift them."""
    session = story.page.context.new_cdp_session(story.page)
    for turn, fingers in enumerate(points):
        at = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if turn else "touchStart", "touchPoints": at})
        story.page.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    story.rest()


@pytest.mark.parametrize("mobile", [True, False], ids=["phone", "computer"])
def test_one_finger_scrolls_and_is_told_of_two_and_two_move_the_map(visit: Callable[..., Stage], mobile: bool) -> None:
    """On a computer with a touch screen, too, where a mouse drags the map."""
    story = visit(PHONE, has_touch=True, is_mobile=mobile, fragment="#rail-route")
    chart = story.page.locator(".folium-map")
    home, (x, y) = story.view(), _middle(story)
    _touch(story, *([(x, y - up)] for up in (0, 40, 90, 140)))
    story.page.wait_for_function("() => scrollY > 50")
    assert _hint(story) == "Use two fingers to move the map"
    assert away_px(story.view(), home) < 1
    story.page.evaluate("scrollTo(0, 0)")
    assert chart.evaluate("(e) => getComputedStyle(e).touchAction") == "pan-x pan-y"
    _touch(story, *([(x - 40 + go, y), (x + 41 + go, y)] for go in (0, 30, 60, 90)))
    assert story.view()["zoom"] == pytest.approx(home["zoom"], abs=0.1)
    moved = story.view()
    assert moved["lng"] < home["lng"], "two fingers together drag it"
    _touch(story, *([(x - half, y), (x + half, y)] for half in (40, 60, 80, 100)))
    assert story.view()["zoom"] > home["zoom"] + 0.5
    if not mobile:
        story.page.locator("#sm_reset").click()
        story.page.mouse.move(x, y)
        story.page.mouse.down()
        story.page.mouse.move(x - 80, y + 40, steps=5)
        story.page.mouse.up()
        story.rest()
        assert away_px(story.view(), home) > 50
        assert chart.evaluate("(e) => getComputedStyle(e).touchAction") == "pan-x pan-y"


def test_two_fingers_never_raise_the_hint(visit: Callable[..., Stage]) -> None:
    story = visit(PHONE, has_touch=True, is_mobile=True)
    x, y = _middle(story)
    _touch(story, *([(x - half, y), (x + half, y)] for half in (40, 60, 80)))
    assert _hint(story) == ""


def test_the_pages_own_zoom_is_blocked_on_the_map_alone(visit: Callable[..., Stage]) -> None:
    story = visit()
    viewport = story.page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert not any(word in viewport for word in ("maximum-scale", "minimum-scale", "user-scalable"))
    pinch = """(selector) => { const pinch = new WheelEvent("wheel", { ctrlKey: true, deltaY: -5, bubbles: true,
      cancelable: true }); return !document.querySelector(selector).dispatchEvent(pinch); }"""
    touch = "(selector) => getComputedStyle(document.querySelector(selector)).touchAction"
    for part in ("body", "#sm_card", ".step.current .prose", "#sm_bar", "#sm_checks", "footer"):
        assert not story.page.evaluate(pinch, part), part
        assert story.page.evaluate(touch, part) == "auto", part
    assert story.page.evaluate(pinch, ".folium-map")


def test_a_pinch_in_safari_zooms_the_map_about_the_pointer(visit: Callable[..., Stage]) -> None:
    """Safari on a computer says it in events that no other browser has."""
    story = visit()
    home, (x, y) = story.view(), _middle(story)
    turn = """([kind, scale, clientX, clientY, selector]) => { const event = new MouseEvent(kind, { clientX, clientY,
      bubbles: true, cancelable: true }); event.scale = scale;
      return !document.querySelector(selector).dispatchEvent(event); }"""
    where = f"([x, y]) => {{ const at = {MAP}.containerPointToLatLng([x, y]); return [at.lat, at.lng]; }}"
    [box] = story.boxes("#sm_map")
    spot = [x - box.left + 120, y - box.top + 60]
    before = story.page.evaluate(where, spot)
    for kind, scale in (("gesturestart", 1), ("gesturechange", 1.5), ("gesturechange", 2)):
        assert story.page.evaluate(turn, [kind, scale, x + 120, y + 60, ".folium-map"]), "the page is not zoomed"
    assert story.view()["zoom"] == pytest.approx(home["zoom"] + 1)
    assert story.page.evaluate(where, spot) == pytest.approx(before, abs=0.01)
    assert story.page.locator("#sm_reset").is_visible()
    assert not story.page.evaluate(turn, ["gesturechange", 2, 100, 300, "#sm_card"])


def test_the_whole_screen_is_the_maps_and_the_focus_stays(visit: Callable[..., Stage]) -> None:
    story = visit(fragment="#rail-route")
    button, small = story.page.locator("#sm_full"), story.view()
    button.click()
    story.page.wait_for_function("() => document.fullscreenElement?.id === 'sm_map'")
    story.page.wait_for_function(f"(width) => {MAP}.getSize().x > width", arg=small["width"])
    story.rest()
    large = story.view()
    for edge in ("lat", "lng"):
        assert large[edge] == pytest.approx(small[edge], abs=0.05), "it frames the same"
    assert large["zoom"] >= small["zoom"]
    assert button.get_attribute("aria-pressed") == "true"
    assert story.focused()["id"] == "sm_full"
    button.click()
    story.page.wait_for_function("() => !document.fullscreenElement")
    story.page.wait_for_function(f"(width) => {MAP}.getSize().x === width", arg=small["width"])
    story.rest()
    assert away_px(story.view(), small) < 1.5
    assert button.get_attribute("aria-pressed") == "false"
    assert story.focused()["id"] == "sm_full"


def test_in_a_frame_the_whole_screen_is_the_storys_where_the_article_allows_it(
    article: Callable[..., tuple[Page, Frame]],
) -> None:
    _, frame = article('sandbox="allow-scripts" allow="fullscreen *"')
    frame.locator("#sm_full").click()
    frame.wait_for_function("() => document.fullscreenElement === document.documentElement")
    assert frame.locator(".step.current").is_visible()
    _, frame = article('sandbox="allow-scripts"')
    assert not frame.locator("#sm_full").is_visible()


def test_the_link_to_a_step_is_copied_without_what_is_this_readers_alone(visit: Callable[..., Stage]) -> None:
    story = visit(permissions=["clipboard-read", "clipboard-write"], fragment="?embed=1&theme=dark&id=7&play=8s#border")
    button = story.page.locator(".step.current .share")
    assert button.inner_text() == "Copy link"
    button.click()
    assert button.inner_text() == "Link copied"
    assert story.page.locator("#sm_status").inner_text() == "Link copied"
    assert story.focused()["css"] == "share"
    address = story.page.url.partition("?")[0]
    assert story.page.evaluate(_COPIED) == f"{address}?id=7#border"
    story.page.locator("#sm_next").click()
    story.page.locator(".step.current .share").click()
    assert story.page.evaluate(_COPIED) == f"{address}?id=7#{story.ids[2]}"
    story.page.wait_for_function("() => document.querySelector('#border .share').textContent === 'Copy link'")


def test_where_nothing_may_be_copied_the_link_stands_in_a_field_with_its_text_selected(
    visit: Callable[..., Stage], axe: Callable[[Page], list[str]]
) -> None:
    story = visit(before=_NO_CLIPBOARD, fragment="#border")
    story.page.locator(".step.current .share").click()
    selected = "() => { const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd); }"
    assert story.page.evaluate(selected) == story.page.url
    assert axe(story.page) == []
    story.page.keyboard.press("Tab")
    assert story.page.locator(".copying").count() == 0
    assert story.page.locator(".step.current .share").inner_text() == "Copy link"


def test_in_a_sandbox_the_link_is_copied_and_the_console_stays_empty(
    article: Callable[..., tuple[Page, Frame]],
) -> None:
    page, frame = article('sandbox="allow-scripts"', permissions=["clipboard-read", "clipboard-write"])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    frame.locator(".step.current .share").click()
    assert frame.locator(".step.current .share").inner_text() == "Link copied"
    assert said == []
    assert page.evaluate(_COPIED) == frame.url.replace("?embed=1", f"#{Stage.within(frame).at}")


def test_a_frame_made_from_text_has_no_link_unless_it_knows_its_address(
    article: Callable[..., tuple[Page, Frame]], story_page: Path
) -> None:
    text = story_page.read_text(encoding="utf-8")
    _, frame = article('sandbox="allow-scripts"', text=text)
    assert not frame.locator(".step.current .share").is_visible()
    known = text.replace("</title>", '</title><link rel="canonical" href="https://story.example/a/">', 1)
    page, frame = article('sandbox="allow-scripts"', text=known, permissions=["clipboard-read", "clipboard-write"])
    frame.locator(".step.current .share").click()
    assert page.evaluate(_COPIED) == f"https://story.example/a/#{Stage.within(frame).at}"


def test_on_a_phone_the_link_goes_to_its_apps(visit: Callable[..., Stage]) -> None:
    story = visit(PHONE, before=_APPS, has_touch=True, is_mobile=True, fragment="#border")
    button = story.page.locator(".step.current .share")
    button.click()
    assert story.page.evaluate("window.shared") == {"url": story.page.url}
    for refusal, says in (("AbortError", "Copy link"), ("NotAllowedError", "Link copied")):
        story.page.evaluate("(name) => { window.refuses = name; }", refusal)
        button.click()
        story.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert button.inner_text() == says, refusal


def test_a_link_that_a_sandbox_does_not_open_shows_its_address(article: Callable[..., tuple[Page, Frame]]) -> None:
    page, frame = article('sandbox="allow-scripts"')
    frame.locator("#sm_more").click()
    link = frame.locator("footer a[target=_blank]").first
    address = link.get_attribute("href")
    link.click()
    field = frame.locator("footer .copying")
    assert field.input_value().rstrip("/") == (address or "").rstrip("/")
    assert field.evaluate("(e) => e.selectionEnd - e.selectionStart") == len(field.input_value())
    assert len(page.context.pages) == 1


def test_links_to_other_pages_open_beside_the_story(visit: Callable[..., Stage]) -> None:
    links = visit().page.locator("a[href^=http]").evaluate_all("(all) => all.map((a) => [a.target, a.relList.value])")
    assert links != []
    assert {target for target, _ in links} == {"_blank"}
    assert all("noopener" in relations for _, relations in links)
