"""Firefox and WebKit, driven as a reader drives them, and the stories on an address of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from storymap.compiler import build_file
from tools.setup.engines import HELP, PACKAGES, found, geckodriver, mini_browser

SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"
# Debian has both; other systems are served by the tests in Chromium.
ENGINES = ("firefox", "webkit") if sys.platform == "linux" else ()
_STILL = """return !document.querySelector(".leaflet-pan-anim, .leaflet-zoom-anim, .zooming")"""


@dataclass(frozen=True)
class Reader:
    """A browser with the story open."""

    driver: WebDriver

    def run(self, script: str, *values: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *values)

    def all(self, selector: str) -> list[Any]:
        """The elements of a selector that can be seen."""
        return [element for element in self.driver.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]

    def one(self, selector: str) -> Any:
        """The only element of a selector that can be seen."""
        (element,) = self.all(selector)
        return element

    def until(self, script: str) -> None:
        """Wait until a script returns something true."""
        WebDriverWait(self.driver, 20).until(lambda driver: driver.execute_script(script))

    def rest(self) -> None:
        """Wait until the map stands still; it starts to move in the frame after it was told."""
        self.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        self.until(_STILL)

    @property
    def step(self) -> str:
        """The id of the step that shows."""
        return str(self.one(".step").get_attribute("id"))


@contextmanager
def _screen() -> Iterator[None]:
    """A screen in memory: WebKit's browser has no headless mode."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1200x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = f":{number}"
        try:
            yield
        finally:
            server.terminate()
            if before is None:
                del os.environ["DISPLAY"]
            else:
                os.environ["DISPLAY"] = before


def _firefox(*, still: bool) -> WebDriver:
    from selenium.webdriver import Firefox
    from selenium.webdriver.firefox.options import Options
    from selenium.webdriver.firefox.service import Service

    options = Options()
    options.add_argument("-headless")
    options.binary_location = str(found()["firefox"])
    options.set_preference("ui.prefersReducedMotion", int(still))
    return Firefox(options=options, service=Service(geckodriver()))


def _webkit(*, still: bool, settings: Path) -> WebDriver:
    from selenium.webdriver import WebKitGTK
    from selenium.webdriver.webkitgtk.options import Options
    from selenium.webdriver.webkitgtk.service import Service

    folder = settings / "gtk-3.0"
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("settings.ini").write_text(
        f"[Settings]\ngtk-enable-animations={int(not still)}\n", encoding="utf-8"
    )
    own = {"XDG_CONFIG_HOME": str(settings)}
    if os.geteuid() == 0:  # its sandbox cannot start under root
        own["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
    options = Options()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    return WebKitGTK(options=options, service=Service(str(found()["webkit"]), env=os.environ | own))


@contextmanager
def _driven(engine: str, settings: Path, *, still: bool) -> Iterator[WebDriver]:
    missing = [name for name, path in found().items() if not path]
    assert not missing, HELP.format(missing=", ".join(missing), packages=" ".join(PACKAGES[name] for name in missing))
    with _screen():
        driver = _firefox(still=still) if engine == "firefox" else _webkit(still=still, settings=settings)
        try:
            driver.set_window_size(1280, 800)
            yield driver
        finally:
            driver.quit()


@pytest.fixture(scope="session", params=ENGINES)
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    """A browser of each engine, one for each test process."""
    with _driven(request.param, tmp_path_factory.mktemp("settings"), still=False) as one:
        yield one


@pytest.fixture(params=ENGINES)
def still_driver(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WebDriver]:
    """A browser of each engine whose reader wants no motion."""
    with _driven(request.param, tmp_path, still=True) as one:
        yield one


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with the seed story in it, on this machine alone."""
    folder = tmp_path_factory.mktemp("site")
    build_file(SEED, folder)
    folder.joinpath("article.html").write_text(ARTICLE, encoding="utf-8")
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title>
<script>window.heard = []; addEventListener("message", ({ data }) => heard.push(data));</script></head>
<body><p>Before</p>
<iframe title="story" sandbox="allow-scripts" width="640" height="500" src="kim-in-russia/index.html?embed=1"></iframe>
<p>After</p></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""
