"""No name that the client loses is a window's own: it might have meant that one."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Browser

from storymap.page.shortening import BROWSERS, declared


def test_what_the_client_declares_and_the_window_has_keeps_its_name(browser: Browser) -> None:
    sources = [file for file in files("storymap.page").joinpath("client").iterdir() if file.name.endswith(".js")]
    names = {name for file in sources for name in declared(_without_links(file.read_text(encoding="utf-8")))}
    assert len(names) > 300
    page = browser.new_page()
    known = set(page.evaluate("(names) => names.filter((name) => name in window)", sorted(names)))
    page.close()
    assert known
    assert known <= BROWSERS


def _without_links(source: str) -> str:
    lines = (line.removeprefix("export ") for line in source.split("\n") if not line.startswith("import "))
    return "\n".join(lines)
