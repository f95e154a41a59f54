"""The whole journey through the seed story in Firefox, and in WebKit, which is Safari's engine."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.engines.conftest import Reader

STORY = "/kim-in-russia/index.html"
_INK = "return document.querySelectorAll('.leaflet-overlay-pane path').length"
_NAMES = "return [...document.querySelectorAll('.leaflet-names-pane > span')].filter((one) => one.offsetWidth).length"
_WORDS = "return document.querySelector('.leaflet-names-pane').textContent"
FAULTS = """window.faults = [];
addEventListener("error", (event) => faults.push(event.message));
addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));"""


@pytest.fixture
def reader(driver: WebDriver, site: str) -> Reader:
    driver.get("about:blank")
    driver.get(site + STORY)
    one = Reader(driver)
    one.run(FAULTS)
    one.rest()
    return one


def test_every_step_is_shown_with_its_map(reader: Reader) -> None:
    ids = reader.run("return JSON.parse(sm_data.textContent)[0].ids")
    for number, step in enumerate(ids):
        assert reader.step == step
        assert number == 0 or reader.run("return location.hash") == f"#{step}"
        assert reader.run(_INK) > 0
        assert reader.run(_NAMES) > 0
        reader.one("#sm_next").click()
        reader.rest()
    assert reader.run("return document.activeElement.id") == "sm_checks"
    assert reader.run("return faults") == []


def test_keys_step_and_the_address_keeps_the_step(reader: Reader, site: str) -> None:
    reader.one("#sm_next").send_keys(Keys.ARROW_RIGHT)
    reader.rest()
    second = reader.step
    reader.driver.refresh()
    assert reader.step == second
    reader.driver.get(f"{site}{STORY}#hanoi")
    assert reader.step == "hanoi"


def test_a_claim_is_opened_and_closed(reader: Reader) -> None:
    reader.one("#sm_next").click()
    reader.rest()
    claim = reader.all("a.claim")[0]
    line = reader.run("return getComputedStyle(arguments[0])", claim)
    assert reader.run("return getComputedStyle(arguments[0]).textDecorationLine", claim) == "underline", line
    assert reader.run("return getComputedStyle(arguments[0]).textDecorationThickness", claim) == "2px"
    claim.click()
    reader.rest()
    panel = reader.one(".panel")
    assert "Holds" in panel.text
    assert claim.get_attribute("aria-expanded") == "true"
    reader.run("return document.activeElement").send_keys(Keys.ESCAPE)
    assert reader.all(".panel") == []
    assert reader.run("return document.activeElement === arguments[0]", claim)
    assert reader.run("return faults") == []


def test_a_row_of_the_checks_leads_to_its_step(reader: Reader) -> None:
    link = reader.all("#sm_checks table a")[3]
    wanted = link.get_attribute("href").partition("#")[2]
    link.click()
    reader.rest()
    assert reader.step == wanted
    assert reader.run("return location.hash") == f"#{wanted}"


def test_in_a_frame_it_steps_and_tells_its_height(driver: WebDriver, site: str) -> None:
    driver.get(f"{site}/article.html")
    article = Reader(driver)
    article.until("return heard.some((one) => one.type === 'storymap:height')")
    driver.switch_to.frame(driver.find_element(By.TAG_NAME, "iframe"))
    framed = Reader(driver)
    framed.run(FAULTS)
    first = framed.step
    framed.one("#sm_next").click()
    framed.rest()
    assert framed.step != first
    framed.all("a.claim")[0].click()
    assert "Holds" in framed.one(".panel").text
    assert framed.run("return faults") == []
    driver.switch_to.default_content()
    (height,) = [one["height"] for one in article.run("return heard") if one["type"] == "storymap:height"]
    assert 420 <= height <= 900


def test_who_wants_no_motion_gets_none(still_driver: WebDriver, site: str) -> None:
    still_driver.get(site + STORY)
    reader = Reader(still_driver)
    assert reader.run("return matchMedia('(prefers-reduced-motion: reduce)').matches")
    reader.run("""window.moves = 0; new MutationObserver(() => moves += document.querySelectorAll(
        ".leaflet-pan-anim, .leaflet-zoom-anim").length).observe(sm_map, { subtree: true, attributes: true });""")
    before = reader.run(_WORDS)
    for _ in range(4):
        reader.one("#sm_next").click()
        reader.rest()
    assert reader.run(_WORDS) != before
    assert reader.run("return moves") == 0


def test_the_printed_story_has_every_step_and_every_check(driver: WebDriver, site: str) -> None:
    """WebKitGTK's driver does not print; there the page is asked what it would show on paper."""
    driver.get(site + STORY)
    if driver.capabilities["browserName"] == "firefox":
        paper = PdfReader(BytesIO(base64.b64decode(driver.print_page())))
        text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        titles = Reader(driver).run(
            "return [...document.querySelectorAll('.step h2')].map((title) => title.textContent)"
        )
        assert [title for title in titles if title not in text] == []
        assert "What we checked" in text
    else:
        shown = Reader(driver).run(
            "return [...document.styleSheets[0].cssRules].filter((rule) => rule.media?.mediaText === 'print').length"
        )
        assert shown >= 1
