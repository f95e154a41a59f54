"""axe-core finds nothing wrong with the page, in whatever state a reader may have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.stage import DESKTOP, PHONE, SMALL, Stage

FRAME = (640, 500)


@pytest.mark.parametrize(
    "size, how",
    [
        (DESKTOP, {}),
        (DESKTOP, {"theme": "dark"}),
        (PHONE, {}),
        (SMALL, {"theme": "dark"}),
        (FRAME, {"fragment": "?embed=1"}),
        (FRAME, {"fragment": "?embed=1", "theme": "dark"}),
    ],
    ids=["desktop", "dark", "phone", "small-dark", "framed", "framed-dark"],
)
def test_axe_finds_nothing_at_the_first_step_nor_with_a_claim_open(
    stage: Callable[..., Stage], axe: Callable[[Page], list[str]], size: tuple[int, int], how: dict[str, Any]
) -> None:
    story = stage(size, **how)
    assert axe(story.page) == []
    story.page.locator("#sm_next").click()
    story.claims()[0].click()
    assert axe(story.page) == []


@pytest.mark.parametrize(
    "size, fragment", [(DESKTOP, ""), (PHONE, ""), (FRAME, "?embed=1")], ids=["desktop", "phone", "framed"]
)
def test_axe_finds_nothing_at_the_list_of_checks(
    stage: Callable[..., Stage], axe: Callable[[Page], list[str]], size: tuple[int, int], fragment: str
) -> None:
    story = stage(size, fragment=f"{fragment}#hanoi")
    story.page.locator("#sm_next").click()
    assert story.page.locator("#sm_checks").is_visible()
    assert axe(story.page) == []


def test_axe_finds_nothing_without_javascript_in_the_document_itself(
    stage: Callable[..., Stage], axe: Callable[[Page], list[str]]
) -> None:
    """axe needs scripts, so the class that our boot script sets is taken away again: the document's own look."""
    story = stage(fragment="?theme=light")
    story.page.evaluate("document.documentElement.classList.remove('js')")
    assert axe(story.page) == []


def test_what_changes_is_said_to_a_screen_reader(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.page.locator("#sm_next").click()
    status = story.page.get_by_role("status")
    title = story.page.locator(".step.current h2").inner_text()
    assert status.inner_text() == f"Step 2 of {len(story.ids)}: {title}"
    assert story.page.locator('#sm_dots [aria-current="step"]').get_attribute("href") == "#border"
    claim = story.claims()[0]
    assert claim.get_attribute("role") == "button"
    assert claim.get_attribute("aria-expanded") == "false"
    claim.click()
    assert claim.get_attribute("aria-expanded") == "true"


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
def test_prose_on_a_phone_is_never_under_16_px(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    for fragment in ("", "?embed=1"):
        story = stage(size, fragment=fragment)
        sizes = story.page.evaluate(
            "[...document.querySelectorAll('.prose, .prose *:not(svg, svg *, .vh)')]"
            ".map((element) => parseFloat(getComputedStyle(element).fontSize))"
        )
        assert len(sizes) > 50
        assert min(sizes) >= 16


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_every_button_is_at_least_24_px_in_both_directions(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size)
    story.claims()[0].click()
    story.page.locator(".folium-map").focus()
    story.page.keyboard.press("ArrowUp")
    assert story.page.locator("#sm_reset").is_visible()
    buttons = story.boxes("button, .leaflet-bar a, #sm_dots a")
    assert len(buttons) == 2 + 2 + 1 + 1 + len(story.ids)  # step, zoom, close, reset, and a link for each step
    for button in buttons:
        assert button.right - button.left >= 24 - 0.01, button
        assert button.bottom - button.top >= 24 - 0.01, button
