"""The stories, each built once for each test process, and ways to open them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built, build_file
from tests.browser.stage import DESKTOP, Stage

STORIES = Path(__file__).parents[2] / "stories"
SEED = STORIES / "kim-in-russia.yaml"
EVERY = sorted(path.stem for path in STORIES.glob("*.yaml"))


HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title>
<link rel="icon" href="data:,"></head><body>
<script>const heard = []; addEventListener("message", ({{ data }}) => heard.push(data));</script>
<p>Before</p><iframe title="story" sandbox="allow-scripts" width="{width}" height="{height}" {source}></iframe>
<p>After</p></body></html>"""


@pytest.fixture(scope="session")
def page_named(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Built, Path]]:
    """A function that returns a story by the name of its file, and where its page is."""
    return cache(lambda name: build_file(STORIES / f"{name}.yaml", tmp_path_factory.mktemp("build")))


@pytest.fixture(scope="session")
def built(page_named: Callable[[str], tuple[Built, Path]]) -> tuple[Built, Path]:
    """The seed story and where its page is."""
    return page_named(SEED.stem)


@pytest.fixture(scope="session")
def story_page(built: tuple[Built, Path]) -> Path:
    """The page of the seed story."""
    return built[1]


@pytest.fixture
def stage(story_page: Path, open_page: Callable[..., Any]) -> Callable[..., Stage]:
    """A function that opens the seed story. Motion is reduced unless asked for, so that views are final at once."""

    def open_(size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        width, height = size
        opened = open_page(story_page, width=width, height=height, **({"reduced_motion": True} | how))
        return Stage(opened.page)

    return open_


@pytest.fixture(params=EVERY)
def stage_of_each(
    request: pytest.FixtureRequest, page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> Callable[..., Stage]:
    """For each story in turn, a function that opens it as `stage` opens the seed."""
    page = page_named(request.param)[1]

    def open_(size: tuple[int, int] = DESKTOP, **how: Any) -> Stage:
        width, height = size
        return Stage(open_page(page, width=width, height=height, **({"reduced_motion": True} | how)).page)

    return open_


@pytest.fixture
def host(tmp_path: Path, story_page: Path, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """A function that writes an article with the story in a frame and opens it."""

    def open_(*, width: int = 640, height: int = 500, fragment: str = "?embed=1", srcdoc: bool = False) -> Any:
        address = story_page.resolve().as_uri()
        source = f'src="{address}{fragment}"'
        if srcdoc:
            source = f'srcdoc="{escape(story_page.read_text(encoding="utf-8"))}"'
        article = tmp_path / "article.html"
        article.write_text(HOST.format(width=width, height=height, source=source), encoding="utf-8")
        opened = open_page(article, width=1000, height=900, reduced_motion=True)
        # The article asks for the story, once, and for nothing else.
        assert opened.requests in ([], [address + fragment.partition("#")[0]], [address + fragment])
        opened.requests.clear()
        frame = opened.page.frames[1]
        frame.wait_for_selector(".leaflet-names-pane > span", state="attached")
        return opened.page, frame

    return open_
