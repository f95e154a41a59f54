"""The other browser tests say "nothing was found"; these show that there is something that finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>{head}</head>
<body><main><h1>A page</h1>{body}</main></body></html>"""
STRICT = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">"""
QUIET = '<link rel="icon" href="data:,">'
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="

Write = Callable[..., Path]
Open = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_(body: str, head: str = QUIET) -> Path:
        file = tmp_path / "page.html"
        file.write_text(PAGE.format(head=head, body=body), encoding="utf-8")
        return file

    return write_


def test_a_request_beyond_the_page_is_seen(write: Write, open_page: Open) -> None:
    opened = open_page(write('<img src="other.png" alt="">'))
    assert [url.rpartition("/")[2] for url in opened.requests] == ["other.png"]
    opened.requests.clear()
    opened.console.clear()


def test_a_console_message_and_an_uncaught_error_are_seen(write: Write, open_page: Open) -> None:
    opened = open_page(write("<script>console.info('said'); throw new Error('thrown')</script>"))
    opened.page.wait_for_timeout(50)
    assert len(opened.console) == 2
    assert "said" in opened.console[0]
    assert "thrown" in opened.console[1]
    opened.console.clear()


def test_axe_runs_under_a_strict_policy_and_finds_a_missing_alt(
    write: Write, open_page: Open, axe: Callable[[Page], list[str]]
) -> None:
    opened = open_page(write(f'<img src="{DOT}">', head=STRICT + QUIET))
    assert [line.partition(":")[0] for line in axe(opened.page)] == ["image-alt"]


def test_without_javascript_the_page_can_be_read_but_runs_nothing(write: Write, open_page: Open) -> None:
    opened = open_page(write("<p>whole</p><script>document.body.remove()</script>"), javascript=False)
    assert opened.page.inner_text("p") == "whole"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_told_the_theme_and_the_reduced_motion(write: Write, open_page: Open, theme: str) -> None:
    page = open_page(write(""), theme=theme, reduced_motion=True, width=390, height=844).page
    assert page.evaluate("[matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]") == [theme == "dark", 390]
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
