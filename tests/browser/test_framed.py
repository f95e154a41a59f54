"""The page in somebody else's article: in a frame that lets it run scripts and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame

from tests.browser.stage import PHONE, Stage

Host = Callable[..., tuple[Any, Frame]]


@pytest.mark.parametrize("srcdoc", [False, True], ids=["file", "srcdoc"])
def test_in_a_sandbox_the_story_steps_and_its_claims_open(host: Host, srcdoc: bool) -> None:
    _, frame = host(srcdoc=srcdoc)
    story = Stage.within(frame)
    assert story.page.evaluate("self.origin") == "null"
    for step in story.ids:
        assert story.at == step
        if not srcdoc:
            assert story.page.evaluate("location.hash") in ("", f"#{step}")
        assert story.labels() != []
        for claim in story.claims():
            claim.click()
            assert story.page.locator(".panel").count() == 1
        story.page.locator("#sm_next").click()
    assert story.page.locator("#sm_checks").is_visible()
    if not srcdoc:
        assert story.page.evaluate("location.hash") == f"#{story.ids[-1]}"


def test_a_frame_opens_at_the_step_that_its_address_names(host: Host) -> None:
    page, frame = host(fragment="?embed=1#station")
    assert Stage.within(frame).at == "station"
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("width", [280, 320, 390, 640, 900])
def test_a_frame_tells_its_host_a_height_between_420_and_900_in_which_no_step_needs_to_scroll(
    host: Host, width: int
) -> None:
    page, frame = host(width=width, height=640)
    page.wait_for_function("heard.length > 0")
    heard = page.evaluate("heard")
    assert [message | {"height": 0} for message in heard] == [{"type": "storymap:height", "version": 1, "height": 0}]
    height = heard[0]["height"]
    assert isinstance(height, int)
    assert 420 <= height <= 900
    page.evaluate("(height) => { document.querySelector('iframe').height = height; }", height)
    frame.wait_for_function("(height) => innerHeight === height", arg=height)
    story = Stage.within(frame)
    needed = []
    for step in story.ids:
        story.go(step)
        needed.append(
            story.page.evaluate(
                "document.querySelector('#sm_card').scrollHeight - document.querySelector('#sm_card').clientHeight"
            )
        )
    assert max(needed) <= 0 or height == 900
    assert page.evaluate("heard.length") == 1, "a height that follows the height would grow for ever"


def test_the_height_follows_the_width(host: Host) -> None:
    page, _ = host(width=700)
    page.wait_for_function("heard.length === 1")
    page.evaluate("document.querySelector('iframe').width = 340")
    page.wait_for_function("heard.length === 2")
    wide, narrow = (message["height"] for message in page.evaluate("heard"))
    assert narrow > wide


def test_without_embed_a_frame_posts_nothing(host: Host) -> None:
    page, frame = host(fragment="")
    Stage.within(frame).go("hanoi")
    assert page.evaluate("heard") == []


@pytest.mark.parametrize("size", [(640, 420), (340, 500)], ids=["wide", "narrow"])
def test_a_framed_page_does_not_scroll_and_its_card_does(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size, fragment="?embed=1#rail-route")
    story.claims()[-1].click()
    root = "document.scrollingElement"
    assert story.page.evaluate(f"[{root}.scrollHeight, {root}.scrollWidth]") == [size[1], size[0]]
    assert story.page.evaluate("document.querySelector('#sm_card').scrollHeight") > size[1]
    card = story.boxes("#sm_card")[0]
    story.page.mouse.move((card.left + card.right) / 2, (card.top + card.bottom) / 2)
    story.page.mouse.wheel(0, 2000)
    story.page.wait_for_function("() => document.querySelector('#sm_card').scrollTop > 100")
    for _ in range(60):
        story.page.keyboard.press("Tab")
    story.page.mouse.wheel(0, 2000)
    assert story.page.evaluate("scrollY") == 0
    bar = story.boxes("#sm_bar")[0]
    assert bar.bottom <= size[1] + 0.5, "the buttons stay in sight"


def test_in_a_frame_the_checks_take_the_place_of_the_stage_and_lead_back(stage: Callable[..., Stage]) -> None:
    story = stage((640, 500), fragment="?embed=1#hanoi")
    for click in ("#sm_return", '#sm_checks a[href="#hanoi"] >> nth=0', '#sm_checks a[href="#border"] >> nth=0'):
        story.go("hanoi")
        story.page.locator("#sm_next").click()
        assert story.page.locator("#sm_checks").is_visible()
        assert not story.page.locator("#sm_map").is_visible()
        story.page.locator(click).click()
        assert story.page.locator("#sm_map").is_visible()
        assert not story.page.locator("#sm_checks").is_visible()
        assert story.page.evaluate("scrollY") == 0
    assert story.at == "border"


def test_in_a_frame_the_credits_can_be_read(stage: Callable[..., Stage]) -> None:
    story = stage((640, 500), fragment="?embed=1")
    story.page.locator("#sm_more").click()
    assert story.page.locator("#sm_credits").is_visible()
    assert -1 < story.boxes("#sm_credits")[0].top < 500  # a browser scrolls by whole pixels
    assert story.focused()["id"] == "sm_credits"


@pytest.mark.parametrize(
    "message", [{"type": "storymap:goto", "id": "hanoi"}, "pymxPYMxheight", None, {"message": "ready"}]
)
def test_messages_from_elsewhere_do_nothing(host: Host, message: Any) -> None:
    page, frame = host()
    story = Stage.within(frame)
    before = story.layers()
    frame.evaluate("addEventListener('message', () => { window.arrived = true; })")
    page.evaluate("(message) => document.querySelector('iframe').contentWindow.postMessage(message, '*')", message)
    frame.wait_for_function("() => window.arrived")
    assert story.at == story.ids[0]
    assert story.layers() == before


def test_a_narrow_frame_has_map_and_words(host: Host) -> None:
    _, frame = host(width=PHONE[0], height=640)
    story = Stage.within(frame)
    assert story.boxes("#sm_map")[0].bottom < 400
    assert story.page.locator(".step.current h2").is_visible()
