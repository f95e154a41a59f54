"""The seed story, built once for each test process, and a way to open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built, build_file
from tests.browser.stage import DESKTOP, Stage

SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """The seed story and where its page is."""
    return build_file(SEED, tmp_path_factory.mktemp("build"))


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
