"""Readers choose km or miles for the whole page; what the author wrote, and paper, keep the author's units."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.compiler import Built
from storymap.page.entries import entry
from storymap.page.units import SYSTEMS
from storymap.strings import catalogue
from tests.browser.stage import DESKTOP, PHONE, Stage


def choose(story: Stage, system: str) -> None:
    """Press a unit in the list of checks."""
    story.page.locator(f'#sm_tools .units button[value="{system}"]').click()


def test_a_switch_tells_every_number_as_it_was_worked_out_and_back(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> None:
    """In the list and the records, with the seed's metric words and with a story that has words of both kinds."""
    for name in ("kim-in-russia", "bering-strait"):
        built, path = page_named(name)
        story = Stage(open_page(path, reduced_motion=True).page)
        checked = built.checked
        claims = [claim for scene in checked.resolved.scenes for claim in scene.claims]
        places = {place.id: place for claim in claims for place in claim.places.values()}
        words = catalogue("en")
        entries = [entry(claim, checked.findings[claim.id], places, words) for claim in claims]
        before = story.page.locator(".ledger").inner_html()
        changed = 0
        for system in SYSTEMS:
            choose(story, system)
            for one in entries:
                page = story.page.locator(f"#sm_{one.claim_id}")
                assert page.locator(".number").text_content() == one.record.value.of(system)
                told = [row.before + row.text.of(system) if row.text else row.said for row in one.record.rows]
                assert page.locator(":scope > .rows > dd").all_text_contents() == told
                told = [tick.text.of(system) for tick in one.record.gauge.limits if tick.text]
                assert page.locator(".gauge text:not(.g-value)").all_text_contents()[: len(told)] == told
                changed += len(one.record.value.versions)
            cells = story.page.locator(".table td:nth-child(3):not([colspan])").all_text_contents()
            assert cells == [
                f"{record.value.of(system)} {record.uncertainty.of(system)}"
                for one in entries
                for record in (one.record, *one.also)
            ]
        assert changed > 10
        choose(story, story.page.locator("#sm_tools .units button").first.get_attribute("value") or "")
        assert re.sub(r' aria-pressed="\w+"', "", story.page.locator(".ledger").inner_html()) == re.sub(
            r' aria-pressed="\w+"', "", before
        )


def test_the_panel_has_the_switch_too_and_the_map_follows(stage: Callable[..., Stage]) -> None:
    story = stage()
    claim = story.claims()[0]
    claim.click()
    view = story.view()
    panel = story.page.locator(".panel")
    miles = panel.get_by_role("button", name="miles")
    miles.click()
    assert miles.get_attribute("aria-pressed") == "true"
    assert panel.locator(".number").inner_text() == "425 miles"
    assert [pill.text for pill in story.boxes(".pill:not([hidden], .dim)")] == ["425 miles"]
    assert story.view() == view
    # Whatever is opened or shown from now on is in miles as well.
    story.page.locator("#sm_next").click()
    story.rest()
    assert all("miles" in pill.text for pill in story.boxes(".pill:not([hidden])"))
    story.claims()[0].click()
    assert "miles" in story.page.locator(".panel .number").inner_text()


def test_what_the_author_wrote_stays(stage: Callable[..., Stage]) -> None:
    story = stage()
    mine = ".prose, .said, .entry .note:not([data-u]), .scale"
    words = f"[...document.querySelectorAll('{mine}')].map((e) => e.textContent)"
    before = story.page.evaluate(words)
    choose(story, "miles")
    assert story.page.evaluate(words) == before


def test_paper_has_the_authors_units(stage: Callable[..., Stage]) -> None:
    story = stage()
    number = story.page.locator(".entries .number").first
    choose(story, "miles")
    for event, unit in (("beforeprint", "km"), ("afterprint", "miles")):
        story.page.evaluate(f"dispatchEvent(new Event('{event}'))")
        assert (number.text_content() or "").endswith(unit)


def test_an_address_may_ask_for_miles_and_keeps_them_from_step_to_step(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="?units=miles#border")
    assert story.at == "border"
    assert story.page.locator('.units button[value="miles"]').get_attribute("aria-pressed") == "true"
    story.page.locator("#sm_next").click()
    assert "units=miles" in story.page.url
    assert all("miles" in pill.text or "h" in pill.text for pill in story.boxes(".pill:not([hidden])"))


def test_an_address_that_asks_for_nonsense_gets_the_storys_own_units(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="?units=own")
    assert story.page.locator('.units button[aria-pressed="true"]').get_attribute("value") == "km"
    assert (story.page.locator(".entries .number").first.text_content() or "").endswith("km")


def test_nothing_is_kept(stage: Callable[..., Stage]) -> None:
    story = stage()
    choose(story, "miles")
    assert story.page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_a_story_in_both_systems_can_be_had_as_it_is_told(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> None:
    story = Stage(open_page(page_named("bering-strait")[1], reduced_motion=True).page)
    numbers = story.page.locator(".entries .number")
    before = numbers.all_text_contents()
    assert {text.split()[-1] for text in before} >= {"km", "miles"}
    for system, other in (("km", "miles"), ("miles", "km")):
        choose(story, system)
        assert not any(text.endswith(f" {other}") for text in numbers.all_text_contents())
    choose(story, "")
    assert numbers.all_text_contents() == before


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_other_units_in_the_panel_and_the_list(
    stage: Callable[..., Stage], axe: Callable[[Page], list[str]], size: tuple[int, int], theme: str
) -> None:
    story = stage(size, theme=theme)
    choose(story, "miles")
    assert axe(story.page) == []
    story.claims()[0].click()
    assert axe(story.page) == []
    assert min(box.bottom - box.top for box in story.boxes(".panel button")) >= 24


def test_a_claim_about_time_has_no_switch(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#hanoi")
    switches = {}
    for claim in story.claims():
        claim.click()
        switches[story.page.locator(".panel .number").inner_text()] = story.page.locator(".panel .units").count()
    assert switches == {"56.5 days": 0, "3,442 km": 1}
