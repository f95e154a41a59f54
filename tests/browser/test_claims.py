"""A claim in the prose opens to what was measured: on the map, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from storymap.compiler import Built
from storymap.scene import Verdict
from storymap.strings import catalogue
from tests.browser.stage import DESKTOP, PHONE, Stage, away_px


def test_opening_a_claim_says_verdict_value_uncertainty_interval_method_sources_and_both_positions(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    words, findings = catalogue("en"), built[0].checked.findings
    story = stage()
    told = 0
    for step in story.ids:
        story.go(step)
        for claim in story.claims():
            reading = findings[claim.get_attribute("data-claim") or ""].headline
            claim.click()
            panel = story.page.locator(".panel")
            rows = dict(
                zip(
                    story.page.locator(".panel > .rows dt").all_inner_texts(),
                    story.page.locator(".panel > .rows dd").all_inner_texts(),
                    strict=True,
                )
            )
            # The heading shows the verdict; a screen reader hears of which words, too.
            shown, heard = panel.locator("h3.verdict").inner_text().split("\n")
            assert shown == words.say(f"verdict.{reading.verdict}")
            assert findings[claim.get_attribute("data-claim") or ""].quote in heard
            assert panel.locator(".number").inner_text().split()[0][0].isdigit()
            assert re.match(r"± \d|−\d.* / \+\d", rows[words.say("row.uncertainty")])
            assert re.search(r"\d(–| to )\d", rows[words.say("row.interval")])
            assert rows[words.say("row.measured")]
            assert len(rows[words.say("row.method")]) > 20
            assert (words.say("row.limit") in rows) == (reading.verdict != Verdict.TOO_LOOSE)
            assert words.say("row.workings") in rows
            if reading.measurement.places:
                assert "(" in rows[words.say("row.sources")]
            if len(reading.measurement.lines) == 1:
                assert rows[words.say("row.ends")].count("° N") == rows[words.say("row.ends")].count("° E") == 2
            told += 1
    assert told == len(findings)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_opening_a_claim_frames_its_line_with_its_number_and_closing_goes_back(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size)
    drawn = 0
    for step in story.data["steps"]:
        story.go(step["id"])
        home, layers = story.view(), story.layers()
        measured = {m["claim"]: m for m in step["measured"]}
        for claim in story.claims():
            claim.click()
            mine = measured.get(claim.get_attribute("data-claim") or "")
            if mine is not None:
                drawn += 1
                lines = story.boxes(".leaflet-overlay-pane path.measured:not(.dim)")
                assert len(lines) == 1
                window = story.boxes("#sm_map")[0]
                assert window.holds(lines[0]), claim.inner_text()
                pills = story.boxes(".pill:not([hidden], .dim)")
                assert [pill.text for pill in pills] == [mine["pill"]]
                assert window.holds(pills[0])
                faint = "[...document.querySelectorAll('.pill')].filter((pill) => getComputedStyle(pill).opacity < 1)"
                assert story.page.evaluate(f"{faint}.length") == 0, "the other numbers step back, but can be read"
            story.page.keyboard.press("Escape")
            assert away_px(story.view(), home) < 1.5
            assert story.layers() == layers
    assert drawn > 10


def test_a_second_claim_closes_the_first(stage: Callable[..., Stage]) -> None:
    story = stage()
    first, second = story.claims()
    first.click()
    second.click()
    assert story.page.locator(".panel").count() == 1
    assert [first.get_attribute("aria-expanded"), second.get_attribute("aria-expanded")] == ["false", "true"]
    assert story.page.locator(".panel .said").inner_text().strip("“”") in second.inner_text()
    story.page.locator("#sm_next").click()
    assert story.page.locator(".panel, [aria-expanded=true]").count() == 0


def test_the_close_button_closes_and_gives_the_focus_back(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.claims()[0].click()
    story.page.get_by_role("button", name="Close").click()
    assert story.page.locator(".panel").count() == 0
    assert story.focused()["css"] == "claim"


def test_on_a_phone_the_quote_stays_in_sight_below_the_map(stage: Callable[..., Stage]) -> None:
    story = stage(PHONE)
    for step in story.ids:
        story.go(step)
        for claim in story.claims():
            claim.click()
            window = story.boxes("#sm_map")[0]
            lines = story.boxes('a.claim[aria-expanded="true"]')
            assert lines[0].top >= window.bottom - 1, claim.inner_text()
            assert lines[0].bottom < story.boxes("#sm_bar")[0].top


def test_the_numbers_on_the_page_are_those_of_the_check(stage: Callable[..., Stage], built: tuple[Built, Path]) -> None:
    """The two figures that everybody can look up: station to border, and the border's length."""
    story = stage()
    numbers = [
        number.replace("\N{NO-BREAK SPACE}", " ")
        for number in story.page.locator(".entries .number").all_text_contents()
    ]
    assert "127.5 km" in numbers
    assert "17.4 km" in numbers
    assert len(numbers) == len(built[0].checked.findings)


def test_both_positions_can_be_copied_as_decimal_degrees(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#border")
    story.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    story.claims()[0].click()
    buttons = story.page.locator(".panel .copy")
    copied = []
    for button in buttons.all():
        button.click()
        story.page.wait_for_function("() => document.querySelector('.panel').textContent.includes('Copied')")
        copied.append(story.page.evaluate("navigator.clipboard.readText()"))
        story.page.wait_for_function("() => !document.querySelector('.panel').textContent.includes('Copied')")
    assert copied == ["42.41833, 130.63701", "42.29287, 130.69699"]
    names = [button.get_attribute("aria-label") for button in buttons.all()]
    assert names == [f"Copy: {text}" for text in copied], "a screen reader tells the buttons apart"
    assert min(box.bottom - box.top for box in story.boxes(".panel .copy")) >= 24


def test_a_row_of_the_list_leads_to_its_step_and_opens_its_claim_there(stage: Callable[..., Stage]) -> None:
    story = stage()
    rows = story.page.locator(".table tr th a[data-claim]")
    told = rows.evaluate_all(
        "(links) => links.map((a) => [a.dataset.claim, a.hash.slice(1), a.dataset.reading ?? null])"
    )
    assert [claim for claim, _, reading in told if reading is None] == [
        claim.get_attribute("data-claim") for claim in story.page.locator("a.claim").all()
    ], "sorted as in the story"
    for i in (0, len(told) - 1, next(i for i, (*_, reading) in enumerate(told) if reading)):
        claim, step, reading = told[i]
        rows.nth(i).click()
        story.rest()
        assert story.at == step
        quote = story.page.locator(f'a.claim[data-claim="{claim}"]')
        assert quote.get_attribute("aria-expanded") == "true"
        assert story.focused()["css"] == "claim"
        folded = story.page.locator(".panel details[open]").count()
        assert folded == (0 if reading is None else 1)


def test_the_list_is_a_table_whose_rows_and_columns_have_heads(stage: Callable[..., Stage]) -> None:
    story = stage()
    table = story.page.get_by_role("table", name="What we checked")
    assert table.get_by_role("columnheader").count() == 5
    body = table.get_by_role("row").count() - 1
    assert table.get_by_role("rowheader").count() == body
    counts = story.page.locator(".tally").inner_text()
    assert counts == "13 hold, 1 is too close to call, 2 are too loose to test and 5 were not checked"


def test_a_source_with_an_address_is_a_link_that_opens_elsewhere(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.claims()[0].click()
    link = story.page.locator(".panel").get_by_role("link", name="GeoNames 1871859")
    assert link.get_attribute("href") == "https://www.geonames.org/1871859"
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener")


def test_in_forced_colours_signs_pressed_units_and_buttons_are_still_told_apart(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.claims()[0].click()
    story.page.emulate_media(forced_colors="active")
    look = "(e) => getComputedStyle(e).fontWeight"
    pressed, other = (
        story.page.locator(f'.panel .units [aria-pressed="{state}"]').first.evaluate(look)
        for state in ("true", "false")
    )
    assert pressed != other
    assert story.page.locator(".panel .verdict .sign").first.is_visible()
    assert story.page.locator(".panel .verdict").first.inner_text()


def test_another_reading_draws_its_own_line_with_its_number_in_the_readers_units(stage: Callable[..., Stage]) -> None:
    story = stage()
    story.go("how-close")
    story.claims()[0].click()
    story.rest()
    pills = story.page.locator(".leaflet-names-pane .pill")
    assert pills.all_inner_texts() == ["127.5 km"]
    story.page.locator(".panel details summary").nth(1).click()
    story.rest()
    assert sorted(pills.all_inner_texts()) == ["127.5 km", "153.3 km"]
    story.page.locator(".panel .units button", has_text="miles").click()
    story.rest()
    assert sorted(pills.all_inner_texts()) == ["79.25 miles", "95.3 miles"]
