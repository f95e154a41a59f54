"""The browser that tests share. A page is opened as a file, and nothing that it says or asks for goes unseen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tools.setup.chromium import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# A fresh browser looks for its maker's hosts; these keep it quiet. The sandbox cannot start under root.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


@dataclass(frozen=True)
class Opened:
    """A page in a browser, the addresses it asked for beyond itself, and what its console said."""

    page: Page
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for each test process."""
    from playwright.sync_api import sync_playwright  # tests without a browser need not load it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """A function that opens a file in a fresh profile.

    When the test ends, every page it opened must have asked for nothing but itself and left its console empty.
    """
    opened: list[Opened] = []

    def open_(
        path: Path,
        *,
        width: int = 1280,
        height: int = 800,
        theme: Literal["light", "dark"] = "light",
        reduced_motion: bool = False,
        javascript: bool = True,
        fragment: str = "",
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce" if reduced_motion else "no-preference",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="UTC",
        )
        one = Opened(context.new_page())
        address = path.resolve().as_uri()

        def asked(request: Request) -> None:
            if request.url.partition("#")[0].partition("?")[0] != address and not request.url.startswith("data:"):
                one.requests.append(request.url)

        context.on("request", asked)
        context.on("console", lambda message: one.console.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: one.console.append(f"uncaught: {error.error}"))
        one.page.goto(address + fragment)
        opened.append(one)
        return one

    yield open_
    for one in opened:
        one.page.context.close()
    assert [one.requests for one in opened] == [[] for _ in opened]
    assert [one.console for one in opened] == [[] for _ in opened]


@cache
def axe_source() -> str:
    """The accessibility checker, as one script."""
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """A function that returns what axe-core finds wrong with a page, one line for each element.

    It waits for ever on a page that was opened with `javascript=False`.
    """

    def check(page: Page) -> list[str]:
        # Evaluated, not added as a <script>: the page's own policy would block that, and rightly.
        page.evaluate(axe_source())
        violations: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
        return [f"{v['id']}: {v['help']}: {node['html']}" for v in violations for node in v["nodes"]]

    return check
