"""The address and the story agree: a link opens its step, and every step is a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.stage import DESKTOP, PHONE, Stage


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("fragment", ["", "?embed=1"], ids=["alone", "framed"])
def test_an_address_opens_its_step_and_the_page_is_not_scrolled(
    stage: Callable[..., Stage], size: tuple[int, int], fragment: str
) -> None:
    story = stage(size, fragment=f"{fragment}#russky-bridge")
    story.page.wait_for_load_state("load")
    # Two frames later nothing that load or the fragment may have started is left to come.
    story.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert story.at == "russky-bridge"
    assert story.page.evaluate("[scrollX, scrollY, document.querySelector('#sm_card').scrollTop]") == [0, 0, 0]
    assert story.boxes("#russky-bridge h2")[0].bottom < size[1]
    assert story.labels() != []


def test_each_step_writes_its_address_and_the_back_button_still_leaves_the_story(stage: Callable[..., Stage]) -> None:
    story = stage()
    length = story.page.evaluate("history.length")
    for step in story.ids[1:]:
        story.page.locator("#sm_next").click()
        assert story.page.evaluate("location.hash") == f"#{step}"
    story.page.locator('#sm_dots a[href="#border"]').click()
    assert story.page.evaluate("location.hash") == "#border"
    story.page.locator('#sm_checks a[href="#campus"]').first.click()
    assert story.page.evaluate("location.hash") == "#campus"
    assert story.page.evaluate("history.length") == length


def test_a_changed_address_moves_the_story(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.page.evaluate("location.hash = '#station'")
    story.page.locator("#station").wait_for()
    assert story.at == "station"
    assert story.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("fragment", ["#?secret=abc", "#nowhere", "#sm_checks", "#%", "#map_sm005"])
def test_an_address_that_names_no_step_is_ignored(stage: Callable[..., Stage], fragment: str) -> None:
    story = stage(fragment=fragment)
    assert story.at == story.ids[0]
    story.go("station")
    story.page.evaluate(
        "(hash) => new Promise((heard) => { addEventListener('hashchange', heard); location.hash = hash; })", fragment
    )
    assert story.at == "station"
