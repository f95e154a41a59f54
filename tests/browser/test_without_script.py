"""Without JavaScript the story is whole, and its words are the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.stage import DESKTOP, PHONE, SIZES, SMALL, Stage, collisions


def _words(story: Stage, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in story.page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_step_is_there_with_its_prose_its_verdicts_and_its_map(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size, javascript=False)
    steps = story.page.locator(".step").all()
    assert [step.get_attribute("id") for step in steps] == story.ids
    for step in steps:
        assert step.locator("h2").is_visible()
        assert all(paragraph.is_visible() for paragraph in step.locator(".prose > *").all())
        picture = step.locator("svg.map")
        assert picture.count() == 1
        assert picture.is_visible()
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] > 0.8 * min(size[0], 640)
        assert box["height"] == pytest.approx(box["width"] / 1.6, rel=0.01)
        assert step.locator("figcaption").inner_text().startswith("The map shows ")
        assert (step.locator(".still > .vh").text_content() or "").startswith("The map is about ")
        for claim in step.locator("a.claim").all():
            assert claim.locator("svg.sign").is_visible()
            assert "(checked: " in (claim.text_content() or "")
    for row in story.page.locator(".table tbody tr").all():
        assert row.is_visible()
        assert row.locator("td").first.inner_text().strip()
    assert story.page.locator(".entries .verdict:visible").count() > len(story.page.locator("a.claim").all()) - 1


def test_the_words_are_the_same_with_javascript(stage: Callable[..., Stage]) -> None:
    still, live = stage(javascript=False), stage()
    prose = ".step h2, .step .prose, .step .count, .step figcaption"
    live.page.evaluate("document.documentElement.classList.remove('sharing')")  # a button is for who has scripts
    shown = []
    for step in live.ids:
        live.go(step)
        shown += _words(live, prose.replace(".step", ".step.current"))
    assert shown == _words(still, prose)
    for part in (".masthead > *", ".ledger > h2", ".ledger > p", ".table td", ".key li", ".entry", "footer"):
        if part == ".masthead > *":
            live.go(live.ids[0])
        assert _words(live, part) == _words(still, part) != []


def test_claims_lead_to_their_entries_and_the_table_leads_to_the_steps(stage: Callable[..., Stage]) -> None:
    story = stage(javascript=False)
    for link in story.page.locator("a.claim, .table a").all():
        href = link.get_attribute("href") or ""
        assert story.page.locator(f'[id="{href[1:]}"]').count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_scrolls_sideways(stage: Callable[..., Stage], size: tuple[int, int], javascript: bool) -> None:
    story = stage(size, javascript=javascript)
    assert story.page.evaluate("document.scrollingElement.scrollWidth") <= size[0]
    if javascript:
        for step in story.ids:
            story.go(step)
            for claim in story.claims():
                claim.click()
                assert story.page.evaluate("document.scrollingElement.scrollWidth") <= size[0], step


@pytest.mark.parametrize("size", [PHONE, SMALL, (640, 960), (844, 390)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_letter_of_a_map_on_a_phone_is_under_16_pixels(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    story = stage(size, javascript=False)
    heights: list[tuple[float, str]] = story.page.locator("svg.map text").evaluate_all(
        """(texts) => texts.filter((text) => text.checkVisibility())
          .map((text) => [parseFloat(getComputedStyle(text).fontSize), text.textContent])"""
    )
    assert len(heights) > 4 * len(story.ids)
    assert [text for text in heights if text[0] < 16] == []


@pytest.mark.parametrize("size", [*SIZES, (540, 960), (640, 960), (844, 390)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_name_or_number_in_a_static_map_covers_another_or_is_cut(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size, javascript=False)
    labels = 0
    for number in range(1, len(story.ids) + 1):
        within = f".step:nth-of-type({number}) svg.map"
        window = story.boxes(within)[0]
        texts = story.boxes(f"{within} text.name, {within} .scale text, {within} .pill-box")
        assert collisions(texts) == [], number
        assert [text for text in texts if not window.holds(text)] == []
        labels += len(texts)
    assert labels > 3 * len(story.ids)
