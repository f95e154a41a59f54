"""Who has the screen off gets the whole story and every verdict: what Chromium tells a screen reader, read in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storymap.compiler import Built, build
from storymap.strings import Catalogue, catalogue
from storymap.wording import spread_of, value_of
from tests.browser.hearing import CONTROLS, Heard, hear, in_order, lines, plain
from tests.browser.stage import DESKTOP, PHONE, Stage
from tests.conftest import FLAGS
from tests.unit.making import made, step
from tools.setup.chromium import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Opens = Callable[..., Stage]


@pytest.fixture(scope="module")
def browser(browser: Browser) -> Iterator[Browser]:
    """A Chromium that takes a screen reader to be there: without one it leaves out what is far below the window."""
    flags = [*FLAGS, "--force-renderer-accessibility"]
    heard = browser.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield heard
    heard.close()


@pytest.fixture
def opens(page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]) -> Opens:
    """A function that opens a story by its name."""

    def open_(name: str = "kim-in-russia", **how: Any) -> Stage:
        width, height = how.pop("size", DESKTOP)
        return Stage(open_page(page_named(name)[1], width=width, height=height, reduced_motion=True, **how).page)

    return open_


def claims(built: Built, words: Catalogue) -> dict[str, list[tuple[str, str, str]]]:
    """For each step the quote, verdict and value of every claim in it, from the findings and not from the page."""
    told: dict[str, list[tuple[str, str, str]]] = {scene.id: [] for scene in built.checked.resolved.scenes}
    for one in built.checked.findings.values():
        verdict = words.say(f"verdict.{one.verdict}")
        told[one.step_id].append((plain(one.quote), verdict, plain(value_of(one.headline, words))))
    return told


def ledger(built: Built, words: Catalogue) -> list[list[str]]:
    """For each row of the list of checks what must be heard in it: verdict, quote, value, uncertainty."""
    rows = []
    for one in built.checked.findings.values():
        for reading in (one.headline, *one.also):
            said = [words.say(f"verdict.{reading.verdict}"), one.quote, reading.label]
            rows.append([plain(part) for part in (*said, value_of(reading, words), spread_of(reading, words)) if part])
    rows += [[words.say("verdict.not-checked"), plain(u.quote), plain(u.why)] for u in built.checked.resolved.unchecked]
    return rows


def table(heard: list[Heard]) -> list[list[Heard]]:
    """The table, a list for each row."""
    rows: list[list[Heard]] = []
    for one in heard:
        if one.role == "row":
            rows.append([])
        elif one.role in ("columnheader", "rowheader", "cell"):
            rows[-1].append(one)
    return rows


def tight(text: str) -> str:
    """A text without its spaces: nodes that follow each other may have some between them or not."""
    return "".join(text.split())


def without_verdicts(heard: list[Heard], words: Catalogue) -> str:
    """All plain words from the beginning to the end, tight, without what is said of a claim's verdict behind it."""
    said = tight("".join(one.name for one in heard if one.role == "StaticText"))
    for verdict in ("holds", "fails", "too-close", "too-loose"):
        said = said.replace(
            tight(f"({words.say('page.checked', verdict=words.say(f'verdict.{verdict}').lower())})"), ""
        )
    return said


def unnamed(heard: list[Heard]) -> list[Heard]:
    return [one for one in heard if one.role in CONTROLS and not str(one)]


@pytest.mark.parametrize("name, language", [("kim-in-russia", "en"), ("kim-in-russia.ko", "ko")])
def test_each_step_is_heard_in_order_and_said_when_it_comes(
    opens: Opens, page_named: Callable[[str], tuple[Built, Path]], name: str, language: str
) -> None:
    built, words = page_named(name)[0], catalogue(language)
    story, told = opens(name), claims(built, words)
    scenes = built.checked.resolved.scenes
    said = _listen(story.page)
    title = story.page.title()
    for number, scene in enumerate(scenes, 1):
        heard = hear(story.page)
        buttons = [
            (f"button: {quote} ({words.say('page.checked', verdict=verdict.lower())})", value)
            for quote, verdict, value in told[scene.id]
        ]
        wanted = [
            f"heading 1: {title}",
            words.say("page.count", n=str(number), total=str(len(scenes))),
            f"heading 2: {plain(scene.title)}",
            *(button for button, _ in buttons),
            words.say("map.width", width="\0").partition("\0")[0],  # how the words about the map begin
            f"button: {words.say('page.back')}",
            f"heading 2: {words.say('page.checks')}",
        ]
        assert in_order(wanted, lines(heard)) == []
        assert tight(scene.prose.text) in without_verdicts(heard, words)
        (status,) = [one for one in heard if one.role == "status"]
        assert status.states["live"] == "polite"
        (alternative,) = [one for one in heard if one.is_in("figure") and one.within[-1][0] == "paragraph"]
        (chart,) = [one for one in heard if one.role == "group" and one.is_in("region", words.say("page.map"))]
        assert str(chart) == plain(scene.title)
        assert plain(chart.description) == str(alternative)
        drawn = {one["claim"] for one in story.data["steps"][number - 1]["measured"]}
        findings = [one for one in built.checked.findings.values() if one.claim_id in drawn]
        assert [one.quote for one in findings if _bare(value_of(one.headline, words)) not in str(alternative)] == []
        if number < len(scenes):
            story.page.locator("#sm_next").click()
    assert len(said) == len(scenes) - 1
    for number, (scene, words_said) in enumerate(zip(scenes[1:], said, strict=True), 2):
        status_words = words.say("page.status", n=str(number), total=str(len(scenes)), title=scene.title)
        assert words_said.startswith(plain(status_words))
        assert len(words_said) < len(plain(status_words)) + 250, "a sentence, not the whole map"
        names = [item.place.phrase for item in scene.shown if item.role == "subject"]
        assert all(one in words_said for one in names)


def _bare(value: str) -> str:
    """A value as it stands in brackets: a direction's own are a comma there."""
    return plain(value.replace(" (", ", ").removesuffix(")"))


def _listen(page: Page, what: str = "#sm_status") -> list[str]:
    """Return a list that grows by whatever a live region says from now on."""
    said: list[str] = []
    page.expose_function("heard", lambda text: said.append(plain(text)))
    page.evaluate(
        """(what) => { const region = document.querySelector(what);
        new MutationObserver(() => region.textContent && heard(region.textContent))
          .observe(region, { childList: true, characterData: true, subtree: true }); }""",
        what,
    )
    return said


def test_nothing_is_said_before_the_reader_does_something(opens: Opens) -> None:
    for fragment in ("", "#border"):
        story = opens(fragment=fragment)
        story.rest()
        assert [one for one in hear(story.page) if one.is_in("status")] == []


def test_an_opened_claim_says_what_it_comes_to_and_its_panel_follows_in_the_text(
    opens: Opens, built: tuple[Built, Path]
) -> None:
    story, words = opens(fragment="#station"), catalogue("en")
    for step_id in story.ids:
        story.go(step_id)
        said = _listen_again(story.page)
        for claim, (quote, verdict, value) in zip(story.claims(), claims(built[0], words)[step_id], strict=True):
            assert claim.get_attribute("aria-expanded") == "false"
            claim.click()
            story.rest()
            heard = hear(story.page)
            (button,) = [one for one in heard if one.role == "button" and one.states.get("expanded") is True]
            assert str(button).startswith(quote)
            controls = claim.get_attribute("aria-controls")
            assert story.page.locator(f"#{controls}").get_attribute("class") == "entry panel"
            after = lines(heard[heard.index(button) :])
            assert in_order([f"heading 3: {verdict}", quote, value.split(" (")[0]], after) == []
            assert said()[-1].startswith(f"{verdict}: ")
            assert plain(story.page.locator(".panel .number").inner_text()).replace(" ", "") in said()[-1].replace(
                " ", ""
            )
            assert unnamed(heard) == []
            story.page.keyboard.press("Escape")


def test_units_a_row_of_the_checks_and_the_browsers_back_are_heard_where_the_reader_is(
    opens: Opens, built: tuple[Built, Path]
) -> None:
    story, words = opens(fragment="#border"), catalogue("en")
    ((_, verdict, value),) = claims(built[0], words)["border"]
    said = _listen_again(story.page)
    story.page.locator(".step.current a.claim").press("Enter")
    assert tight(said()[-1]) == tight(f"{verdict}: {value.split(' (')[0]}")

    story.page.locator('.panel .units button[value="miles"]').press(" ")
    heard = hear(story.page)
    pressed = [str(one) for one in heard if one.role == "button" and one.states.get("pressed") == "true"]
    assert set(pressed) == {"miles"}
    alternative = next(one for one in heard if one.is_in("figure") and one.within[-1][0] == "paragraph")
    chart = next(one for one in heard if one.role == "group" and one.is_in("region", words.say("page.map")))
    panel = [one.name for one in heard if one.role == "StaticText" and one.is_in("article")]
    miles = story.page.locator(".panel .number").inner_text()
    assert miles.endswith("miles")
    assert tight(miles) in tight("".join(panel))
    assert plain(miles) in str(alternative)
    assert plain(miles) in plain(chart.description)

    row = story.page.locator('.table a[href="#campus"]').first
    name = row.inner_text()
    row.press("Enter")
    (quote, campus_verdict, _) = claims(built[0], words)["campus"][0]
    (opened,) = [one for one in hear(story.page) if one.states.get("focused") and one.role == "button"]
    assert (opened.states["expanded"], str(opened).startswith(quote)) == (True, True)
    assert said()[-1].startswith(f"{campus_verdict}: ")
    story.page.go_back()
    (link,) = [one for one in hear(story.page) if one.states.get("focused") and one.role == "link"]
    assert str(link) == plain(name)
    assert link.is_in("table", words.say("page.checks"))
    assert said()[-1].startswith(f"Step {story.ids.index('border') + 1} of {len(story.ids)}: ")


def _listen_again(page: Page) -> Callable[[], list[str]]:
    """Return what gives all that the status has said since now."""
    page.evaluate(
        """() => { window.said = []; const region = document.querySelector("#sm_status");
        new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true }); }"""
    )
    return lambda: [plain(text) for text in page.evaluate("window.said")]


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "document"])
@pytest.mark.parametrize("name, language", [("kim-in-russia", "en"), ("kim-in-russia.ko", "ko")])
def test_every_verdict_and_every_number_is_in_a_table_with_headers(
    opens: Opens, page_named: Callable[[str], tuple[Built, Path]], name: str, language: str, javascript: bool
) -> None:
    heard, words = hear(opens(name, javascript=javascript).page), catalogue(language)
    head, *rows = table(heard)
    assert [str(one) for one in head] == [
        words.say(f"table.{key}") for key in ("verdict", "says", "measured", "needed", "margin")
    ]
    wanted = ledger(page_named(name)[0], words)
    assert len(rows) == len(wanted)
    for row, parts in zip(rows, wanted, strict=True):
        assert [one.role for one in row][:2] == ["cell", "rowheader"]
        said = " ".join(str(one) for one in row)
        assert [part for part in parts if part not in said] == []
    (whole,) = [one for one in heard if one.role == "table"]
    assert str(whole) == words.say("page.checks")
    # How each was measured, far below the window, is there, too.
    records = [
        one for one in heard if one.role == "term" and one.is_in("article") and str(one) == words.say("row.method")
    ]
    assert len(records) >= len(page_named(name)[0].checked.findings)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_landmarks_are_named_once_and_headings_leave_no_level_out(opens: Opens, size: tuple[int, int]) -> None:
    story = opens(fragment="#station", size=size)
    story.claims()[0].click()
    heard = hear(story.page)
    marks = [one for one in heard if one.role in ("main", "navigation", "region", "contentinfo", "banner", "form")]
    assert [(one.role, str(one)) for one in marks] == [
        ("main", ""),
        ("region", story.page.locator(".step.current h2").inner_text()),
        ("navigation", "Steps of the story"),
        ("region", "Map"),
        ("region", "What we checked"),
        ("contentinfo", ""),
    ]
    levels = [one.states["level"] for one in heard if one.role == "heading"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert unnamed(heard) == []
    lists = [one for one in heard if one.role == "list"]
    items = [one for one in heard if one.role == "listitem"]
    assert len([one for one in lists if not any(item.within[: len(one.within)] == one.within for item in items)]) == 0


@pytest.mark.parametrize("fragment", ["", "?embed=1"], ids=["page", "framed"])
def test_the_title_is_the_one_heading_of_its_level_wherever_the_reader_is(opens: Opens, fragment: str) -> None:
    story = opens(fragment=fragment, size=(640, 500))
    for at in (story.ids[0], story.ids[1], story.ids[-1]):
        story.go(at)
        assert _titles(story) == [story.page.title()], at
    story.page.locator("#sm_next").click()
    assert _titles(story) == [story.page.title()]


def _titles(story: Stage) -> list[str]:
    return [str(one) for one in hear(story.page) if one.role == "heading" and one.states["level"] == 1]


# What is hidden from screen readers though it has words: pictures of what stands beside them in words.
PICTURES = (
    ".sign, .gauge, .map, .defs, .first, .locator, .leaflet-names-pane, #sm_legend, .hint, .still figcaption, "
    ".leaflet-bar span"
)


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "document"])
def test_only_pictures_of_words_are_hidden_from_screen_readers(opens: Opens, javascript: bool) -> None:
    page = opens(javascript=javascript).page
    hidden: list[list[str]] = page.evaluate(
        """(pictures) => [...document.querySelectorAll("[aria-hidden=true], [role=presentation], [role=none], [inert]")]
          .filter((one) => one.textContent.trim()).map((one) => [one.matches(pictures) ? "" : one.outerHTML])""",
        PICTURES,
    )
    assert [one for (one,) in hidden if one] == []
    assert len(hidden) > 20


@cache
def arabic() -> Built:
    """A short story that is written from right to left, one claim in it."""
    claim = {"quote": "127", "distance": {"from": "station", "to": "border"}, "expect": "less than 150 km"}
    first = {**step("المسافة 127 كيلومترا.", show=["station", "border"], claims=[claim]), "title": "الحدود"}
    return build(made(first, {**step("نص"), "title": "اثنان"}, title="قصة", language="ar"))


@pytest.mark.parametrize("javascript", [True, False], ids=["live", "document"])
def test_an_arabic_story_is_heard_in_arabic(tmp_path: Path, open_page: Callable[..., Any], javascript: bool) -> None:
    path = tmp_path / "ar.html"
    path.write_text(arabic().html, encoding="utf-8")
    page, words = open_page(path, javascript=javascript).page, catalogue("ar")
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    ((quote, verdict, value),) = (claim for each in claims(arabic(), words).values() for claim in each)
    heard = hear(page)
    assert in_order(["heading 1: قصة", "heading 2: الحدود", quote, words.say("page.checks"), value], lines(heard)) == []
    assert any(verdict in str(one) and one.role in ("button", "link") for one in heard)
    latin = [one for one in heard if one.role in CONTROLS and re.search("[A-Za-z]{3}", str(one))]
    # Names of licences, of file formats and of the map's software are the same in all languages.
    assert [str(one) for one in latin if one.role == "button" and str(one) not in ("JSON", "CSV", "GeoJSON")] == []


@pytest.mark.parametrize("name", ["kim-in-russia", "kim-in-russia.ko"])
def test_without_javascript_the_document_is_heard_from_title_to_credits(
    opens: Opens, page_named: Callable[[str], tuple[Built, Path]], name: str
) -> None:
    built = page_named(name)[0]
    story = opens(name, javascript=False)
    language = story.page.locator("html").get_attribute("lang") or ""
    words = catalogue(language)
    wanted = [f"heading 1: {story.page.title()}"]
    for scene in built.checked.resolved.scenes:
        wanted += [f"heading 2: {plain(scene.title)}"]
        wanted += [
            f"link: {quote} ({words.say('page.checked', verdict=verdict.lower())})"
            for quote, verdict, _ in claims(built, words)[scene.id]
        ]
        wanted += [words.say("map.width", width="\0").partition("\0")[0]]
    wanted += [f"heading 2: {words.say('page.checks')}", f"heading 2: {words.say('page.methods')}"]
    wanted += [f"heading 2: {words.say('page.credits')}"]
    heard = hear(story.page)
    assert in_order(wanted, lines(heard)) == []
    all_prose = without_verdicts(heard, words)
    assert [scene.id for scene in built.checked.resolved.scenes if tight(scene.prose.text) not in all_prose] == []
    assert unnamed(heard) == []
    other = story.page.locator(".langs a")
    assert (other.get_attribute("lang"), other.get_attribute("hreflang")) == (
        ("ko",) * 2 if language == "en" else ("en",) * 2
    )
