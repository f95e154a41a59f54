"""A story that lets its readers guess first: no verdict is given away before its claim is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from storymap.compiler import Built, build
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.unit.making import made, step
from tests.unit.told import told

FROM_BORDER = {"label": "In all", "from": "border"}
CLAIMS = [
    {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}},
    {"quote": "less than 5 km", "distance": {"from": "station", "to": "island"}, "also": [FROM_BORDER]},
]
GIVEN_AWAY = ("Holds", "Does not hold", "127.2", "km to spare", "beyond the limit", "1 holds")


@cache
def story() -> Built:
    text = "The border is less than 150 km away, and the island less than 5 km."
    steps = [step(text, id="one", show=["station", "border"], claims=CLAIMS), step("No more.", id="two")]
    return build(made(*steps, claims={"reveal": "click"}))


@pytest.fixture
def guessing(tmp_path: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens the story."""
    path = tmp_path / "guess.html"
    path.write_text(story().html, encoding="utf-8")

    def open_(size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        opened = open_page(path, width=size[0], height=size[1], **({"reduced_motion": True} | how))
        return Stage(opened.page)

    return open_


def shown(one: Stage) -> str:
    """All that a reader sees or hears now, but for the key to the signs."""
    one.page.evaluate("document.querySelector('.key')?.remove()")
    text: str = one.page.evaluate("document.body.innerText")
    return text


def test_before_a_claim_is_opened_nothing_gives_its_verdict_away(guessing: Callable[..., Stage]) -> None:
    one = guessing()
    assert [word for word in GIVEN_AWAY if word in shown(one)] == []
    assert one.boxes(".pill, .claim .sign, .tally, .entries .entry") == []
    assert "measured" not in " ".join(one.layers())
    heard = one.page.locator("body").aria_snapshot()
    assert [word for word in GIVEN_AWAY if word in heard] == []
    assert one.claims()[0].inner_text().endswith("(Check this claim)")


def test_an_opened_claim_shows_its_verdict_everywhere_and_only_its_own(guessing: Callable[..., Stage]) -> None:
    one = guessing()
    first, second = one.claims()
    first.click()
    assert one.page.locator(".panel .verdict").first.inner_text().startswith("Holds")
    assert [pill.text for pill in one.boxes(".pill")] == ["127.2 km"]
    assert "measured" in " ".join(one.layers())
    assert first.inner_text().endswith("(Holds)")
    assert first.locator(".sign").count() == 1
    assert second.locator(".sign").count() == 0
    one.page.keyboard.press("Escape")
    assert len(one.boxes(".table td b")) == 1, "it stays open in the list"
    assert len(one.boxes(".entries .entry")) == 1
    assert "Does not hold" not in shown(one)


def test_the_list_leads_to_a_covered_claim_and_opens_it(guessing: Callable[..., Stage]) -> None:
    one = guessing(fragment="#two")
    one.page.get_by_role("link", name="Check this claim").nth(1).click()
    one.rest()
    assert one.at == "one"
    assert one.page.locator(".panel .said").inner_text() == "“less than 5 km”"
    assert one.focused()["css"].split()[0] == "claim"


def test_one_button_shows_all_verdicts(guessing: Callable[..., Stage]) -> None:
    one = guessing()
    assert one.boxes(".saves button") == [], "a file would give them away"
    one.page.get_by_role("button", name="Show all verdicts").click()
    assert len(one.boxes(".table td b")) == 3
    assert one.page.locator(".tally").inner_text() == "1 holds and 1 does not hold"
    assert len(one.boxes(".saves button")) == 3
    assert one.page.locator("#sm_uncover").count() == 0
    assert one.focused()["id"] == "sm_checks"
    assert len(one.boxes(".pill")) == 2, "on the map of the step that is open, too"
    one.go("two")
    one.go("one")
    assert len(one.boxes(".pill")) == 2


def test_without_scripts_and_on_paper_it_is_a_worksheet_with_the_answers_at_the_end(
    guessing: Callable[..., Stage],
) -> None:
    one = guessing(javascript=False)
    steps = "\n".join(one.page.locator(".step").all_inner_texts())
    assert [word for word in GIVEN_AWAY if word in steps] == []
    assert one.page.locator(".still .pill, .still use.measured, .step .sign").count() == 0
    checks = one.page.locator("#sm_checks").inner_text()
    assert all(word in checks for word in ("Holds", "Does not hold", "127.2 km", "1 holds and 1 does not hold"))
    opened = guessing()
    opened.claims()[0].click()
    opened.page.keyboard.press("Escape")
    opened.page.emulate_media(media="print")
    assert opened.boxes(".step .sign") == [], "paper is a worksheet, whatever was opened before"
    assert len(opened.boxes(".table td b")) == 3
    breaks = "getComputedStyle(document.querySelector('.ledger')).breakBefore"
    assert opened.page.evaluate(breaks) == "page"


def test_pictures_of_the_story_give_nothing_away() -> None:
    parts = story().parts.steps.values()
    assert all(not one.entries and not one.drawing.measured for one in parts)


def test_the_data_are_in_the_page_as_the_docs_say() -> None:
    """This is for those who want to guess, not a lock."""
    data = told(story().html)
    assert [one["pill"] for one in data["steps"][0]["measured"]] == [
        "127.2 km",
        data["steps"][0]["measured"][1]["pill"],
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_covered_or_opened(
    guessing: Callable[..., Stage], axe: Callable[[Page], list[str]], size: tuple[int, int], theme: str
) -> None:
    one = guessing(size, theme=theme)
    assert axe(one.page) == []
    one.claims()[0].click()
    assert axe(one.page) == []
