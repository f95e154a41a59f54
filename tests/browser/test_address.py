"""The address and the story agree: a link opens its step, and every step is a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def test_next_and_back_write_the_address_and_make_no_history(stage: Callable[..., Stage]) -> None:
    story = stage()
    length = story.page.evaluate("history.length")
    for button, ids in (("#sm_next", story.ids[1:]), ("#sm_back", story.ids[-2::-1])):
        for step in ids:
            story.page.locator(button).click()
            assert story.page.evaluate("location.hash") == f"#{step}"
    story.page.keyboard.press("ArrowRight")
    assert story.page.evaluate("location.hash") == f"#{story.ids[1]}"
    assert story.page.evaluate("history.length") == length


def test_after_a_link_the_browsers_back_returns_to_where_the_reader_was(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#station")
    story.go("border")
    link = story.page.locator('#sm_checks a[href="#campus"]').first
    link.scroll_into_view_if_needed()
    y = story.page.evaluate("scrollY")
    assert y > 500
    link.click()
    assert (story.at, story.page.evaluate("scrollY")) == ("campus", 0)
    story.page.locator("#sm_next").click()
    story.page.go_back()
    assert (story.at, story.page.evaluate("[location.hash, scrollY]")) == ("border", ["#border", y])
    story.page.go_back()
    assert (story.at, story.page.evaluate("[location.hash, scrollY]")) == ("station", ["#station", 0])
    story.page.go_forward()
    assert (story.at, story.page.evaluate("location.hash")) == ("border", "#border")
    story.page.go_forward()
    assert (story.at, story.page.evaluate("[location.hash, scrollY]")) == (story.ids[-1], [f"#{story.ids[-1]}", 0])


def test_back_returns_from_the_credits_whose_link_leaves_the_step_in_the_address(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE, fragment="#campus")
    story.page.locator("#sm_more").click()
    assert story.focused()["id"] == "sm_credits"
    assert story.page.evaluate("location.hash") == "#campus"
    story.page.go_back()
    assert (story.at, story.page.evaluate("scrollY")) == ("campus", 0)


def test_a_reload_and_a_way_back_from_elsewhere_keep_the_step_and_the_place_in_the_checks(
    stage: Callable[..., Stage],
) -> None:
    story = stage(fragment="#rail-route")
    story.page.locator("#sm_next").click()
    step = story.at
    story.page.reload()
    assert (story.at, story.page.evaluate("scrollY")) == (step, 0)
    story.page.evaluate("scrollTo(0, 1500)")
    story.page.wait_for_function("() => history.state.y === 1500")  # no reader is quicker than a frame
    for leave in (story.page.reload, lambda: (story.page.goto("about:blank"), story.page.go_back())):
        leave()
        story.page.wait_for_function("() => scrollY === 1500")
        assert story.at == step


def test_a_link_to_a_step_opens_in_a_new_tab_at_that_step(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#border")
    with story.page.context.expect_page() as opened:
        story.page.locator('#sm_checks a[href="#campus"]').first.click(modifiers=["ControlOrMeta"])
    assert story.at == "border"
    assert Stage(opened.value).at == "campus"


@pytest.mark.parametrize("query", ["", "?embed=1"], ids=["alone", "framed"])
@pytest.mark.parametrize("part", ["sm_checks", "sm_credits", "sm_c3"])
def test_an_address_opens_the_checks_one_of_them_or_the_credits(
    stage: Callable[..., Stage], query: str, part: str
) -> None:
    story = stage((640, 500), fragment=f"{query}#{part}")
    story.page.wait_for_load_state("load")
    for _ in range(2):
        box = story.boxes(f"#{part}")[0]
        assert -1 < box.top < 450
        assert story.focused()["id"] == part
        assert story.page.evaluate("location.hash") == f"#{part}"
        story.page.evaluate("scrollTo(0, 0); location.hash = '#border'")
        story.page.wait_for_function("() => document.querySelector('#border').checkVisibility()")
        story.page.evaluate(f"location.hash = '#{part}'")
        story.page.wait_for_function(f"() => document.activeElement.id === '{part}'")


@pytest.mark.parametrize("srcdoc", [False, True], ids=["file", "srcdoc"])
def test_in_a_frame_no_link_makes_history_so_that_back_leaves_the_article(
    host: Callable[..., Any], srcdoc: bool
) -> None:
    page, frame = host(srcdoc=srcdoc)
    story = Stage.within(frame)
    length = page.evaluate("history.length")
    story.go("border")
    story.page.locator("#sm_next").click()
    story.page.locator("#sm_more").click()
    assert story.page.locator("#sm_credits").is_visible()
    story.page.locator("footer summary").click()
    story.page.locator('#sm_checks a[href="#campus"]').first.click()
    assert story.at == "campus"
    assert page.evaluate("history.length") == length
    page.go_back()
    assert page.url == "about:blank"


def test_a_changed_address_moves_the_story(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.page.evaluate("location.hash = '#station'")
    story.page.locator("#station").wait_for()
    assert story.at == "station"
    assert story.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("fragment", ["#?secret=abc", "#nowhere", "#sm_h3", "#%", "#map_sm005"])
def test_an_address_that_names_no_step_is_ignored(stage: Callable[..., Stage], fragment: str) -> None:
    story = stage(fragment=fragment)
    assert story.at == story.ids[0]
    story.go("station")
    story.page.evaluate(
        "(hash) => new Promise((heard) => { addEventListener('hashchange', heard); location.hash = hash; })", fragment
    )
    assert story.at == "station"
    assert story.page.evaluate("location.hash") == fragment


def test_another_language_opens_at_the_readers_step_in_the_same_frame_and_theme(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="?embed=1&theme=dark#border")
    address = story.page.evaluate("""() => {
      addEventListener("click", (event) => event.preventDefault());
      const link = document.querySelector(".langs a");
      link.click();
      return link.href;
    }""")
    assert address.endswith("/ko/index.html?embed=1&theme=dark#border")
