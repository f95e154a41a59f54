"""A story of sixty steps, most of them parked as text, in Firefox and in WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from storymap.compiler import build
from tests.engines.conftest import Quiet, Reader
from tests.engines.test_journey import FAULTS
from tests.unit.making import BORDER, made, place, step

COUNT, PARKED_FROM = 60, 10
_ALL = "return [...document.querySelectorAll('section.step')].map((one) => one.id)"
_WORDS = "return document.querySelector('.leaflet-names-pane').textContent"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the story, on this machine alone: each step has a town and a claim of its own."""
    towns = [
        place(f"town-{n}", {"type": "Point", "coordinates": [131.5 + n / 500, 43.1]}, kind="station")
        for n in range(COUNT)
    ]
    steps = [
        step(
            f"It is less than 400 km away on day {n}.",
            id=f"day-{n}",
            show=[f"town-{n}", "border"],
            claims=[{"quote": "less than 400 km", "distance": {"from": f"town-{n}", "to": "border"}}],
        )
        | {"title": f"Day {n}"}
        for n in range(COUNT)
    ]
    folder: Path = tmp_path_factory.mktemp("long")
    html = build(made(*steps, places=[place("border", BORDER), *towns])).html
    folder.joinpath("index.html").write_text(html, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def opened(driver: WebDriver, address: str) -> Reader:
    driver.get("about:blank")
    driver.get(address)
    reader = Reader(driver)
    reader.run(FAULTS)
    reader.rest()
    return reader


def test_a_parked_step_comes_by_next_and_by_its_address_and_its_claim_opens(driver: WebDriver, address: str) -> None:
    reader = opened(driver, f"{address}#day-{PARKED_FROM - 1}")
    for number in (PARKED_FROM, PARKED_FROM + 1):
        reader.one("#sm_next").click()
        reader.rest()
        assert reader.step == f"day-{number}"
        assert f"Town-{number}" in reader.run(_WORDS)
    reader.run("location.hash = '#day-47'")
    reader.until("return document.querySelector('.step.current').id === 'day-47'")
    reader.rest()
    assert "Town-47" in reader.run(_WORDS)
    reader.one("a.claim").click()
    reader.rest()
    assert "Town-47" in reader.one(".panel").text
    reader.driver.back()
    reader.until(f"return document.querySelector('.step.current').id === 'day-{PARKED_FROM + 1}'")
    assert reader.all(".panel") == []
    reader.run("document.body.focus()")
    reader.one("body").send_keys(Keys.END)
    reader.rest()
    assert reader.step == f"day-{COUNT - 1}"
    assert reader.run("return faults") == []


def test_the_list_leads_far_and_back_returns_with_the_focus(driver: WebDriver, address: str) -> None:
    reader = opened(driver, address)
    reader.one("#sm_list").click()
    assert len(reader.all("#sm_dots a")) == COUNT
    reader.driver.find_element(By.CSS_SELECTOR, '#sm_dots a[href="#day-52"]').click()
    reader.rest()
    assert reader.step == reader.run("return document.activeElement.id") == "day-52"
    reader.driver.back()
    reader.until("return document.querySelector('.step.current').id === 'day-0'")
    assert reader.run("return document.activeElement.id") == "sm_list", "the list is closed, its button is there"
    assert reader.run("return faults") == []


def test_for_paper_all_of_it_is_unpacked(driver: WebDriver, address: str) -> None:
    reader = opened(driver, address)
    assert len(reader.run(_ALL)) < COUNT
    reader.run("dispatchEvent(new Event('beforeprint'))")
    assert reader.run(_ALL) == [f"day-{n}" for n in range(COUNT)]
    assert reader.run("return document.querySelectorAll('article.entry').length") == COUNT
    assert reader.run("return document.querySelectorAll('noscript[data-for]').length") == 0
    assert reader.run("return faults") == []
