"""Files beside a page load from a host, and in the sandbox of an article, where WebKit knows no 'self'."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from storymap.compiler import build, write
from storymap.inputs import gather
from tests.engines.conftest import Reader
from tests.unit.drawn import file_of, grain, hills, tone
from tests.unit.making import step

FREE = {"license": "CC0-1.0"}
MEDIA = [
    {"image": "grain.png", "alt": "Grain", **FREE},
    {"image": "hills.png", "alt": "Hills", **FREE},
    {"audio": "tone.wav", "alt": "A tone", "captions": "tone.vtt", **FREE},
]
ARTICLE = """<!doctype html><html lang="en"><title>Article</title>
<iframe title="Story" sandbox="allow-scripts" src="index.html?embed=1" width="700" height="600"></iframe></html>"""
_ARROW = """arguments[0].dispatchEvent(
  new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }))"""
_FOREIGN = """window.refused = "";
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => { window.refused = effectiveDirective; });
document.body.append(Object.assign(new Image(), { src: "http://localhost:9/dot.png" }));"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a story with media is, on this machine alone."""
    folder = tmp_path_factory.mktemp("media")
    (folder / "grain.png").write_bytes(file_of(grain(900, 400), "PNG"))
    (folder / "hills.png").write_bytes(file_of(hills(400, 300), "PNG"))
    (folder / "tone.wav").write_bytes(tone())
    (folder / "tone.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA tone.\n", encoding="utf-8")
    story = {"title": "Media", "steps": [step(id="one", media=MEDIA), {**step(id="two"), "title": "Two"}]}
    write(build(gather(json.dumps(story).encode(), folder / "a.yaml")), folder / "index.html")
    (folder / "article.html").write_text(ARTICLE, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["a host", "an article"])
def reader(request: pytest.FixtureRequest, driver: WebDriver, address: str) -> Iterator[Reader]:
    if request.param == "a host":
        driver.get(f"{address}/index.html")
    else:
        driver.get(f"{address}/article.html")
        driver.switch_to.frame(driver.find_element(By.TAG_NAME, "iframe"))
    one = Reader(driver)
    one.until("return document.querySelector('.turning') !== null")
    yield one
    driver.switch_to.default_content()


def test_pictures_and_sounds_and_captions_load(reader: Reader) -> None:
    reader.until("return document.querySelector('#one img').naturalWidth > 0")
    reader.run("Object.assign(document.querySelector('audio'), { preload: 'auto' }).load()")
    reader.until("return document.querySelector('audio').readyState > 0")
    reader.run("document.querySelector('track').track.mode = 'hidden'")
    reader.until("return document.querySelector('track').readyState === 2")


def test_a_picture_of_another_host_is_refused(reader: Reader) -> None:
    reader.run(_FOREIGN)
    reader.until("return window.refused === 'img-src'")


def test_arrow_keys_turn_pictures_and_do_not_step(reader: Reader) -> None:
    button = reader.all(".turns button")[-1]
    for count in (2, 3, 3):
        reader.run(_ARROW, button)  # WebKit's driver types into no frame
        assert reader.one(".turns p:first-child").text == f"{count} of 3"
    assert reader.step == "one"
