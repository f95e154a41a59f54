"""Static maps and the moving map share one rule of what they frame, written twice: these hold the two together."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from storymap.basemap import Basemap, compose, read_detail
from storymap.basemap.grid import Box
from storymap.compiler import Built
from storymap.page import frames
from storymap.page.map.viewport import WORLD, Frame, fit
from tests.browser.stage import SIZES, Stage

SOURCE = Path(__file__).parents[2] / "src" / "storymap" / "page" / "client" / "fit.js"


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Page:
    """An empty page with the client's module in it."""
    page = browser.new_page()
    page.evaluate(
        SOURCE.read_text(encoding="utf-8").replace("export function", "function")
        + "\n;Object.assign(window, { fit, tierFor });"
    )
    return page


@pytest.fixture(scope="module")
def framed(built: tuple[Built, Path]) -> list[Frame]:
    """What the seed's steps frame."""
    checked = built[0].checked
    detail = checked.inputs.detail
    return frames(checked.resolved.scenes, checked.findings, read_detail(detail.raw, detail.path) if detail else None)


def test_fit_gives_the_same_zoom_and_centre_in_the_client(blank: Page, framed: list[Frame]) -> None:
    boxes = [
        Box(0, 0, 1000, 1000),
        Box(-5_000, 200, 90_000, 700),
        Box(12, -4_000_000, 13, 4_000_000),
        Box(7, 7, 7, 7),  # a point: the closest zoom holds
        *(frame.content for frame in framed),
    ]
    sizes = [(880, 800), (640, 400), (358, 224), (320, 220), (90, 60), (1600, 300), (300, 1600)]
    for box, size, closest in product(boxes, sizes, (9.6, 13.5)):
        shown, zoom = fit(box, size, closest)
        theirs = blank.evaluate(
            "([box, [width, height], closest]) => fit(box, { width, height }, closest)",
            [[box.left, box.top, box.right, box.bottom], size, closest],
        )
        assert theirs["zoom"] == pytest.approx(zoom, abs=1e-9)
        assert theirs["center"] == pytest.approx(shown.middle, abs=1e-6)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_map_stands_where_the_rule_puts_it_at_every_step(
    stage: Callable[..., Stage], framed: list[Frame], size: tuple[int, int]
) -> None:
    story = stage(size)
    for step, frame in zip(story.ids, framed, strict=True):
        story.go(step)
        view = story.view()
        box, zoom = fit(frame.content, (int(view["width"]), int(view["height"])), frame.closest)
        (west, east), (north, south) = WORLD.unproject([box.left, box.right], [box.top, box.bottom])
        assert view["zoom"] == pytest.approx(zoom, abs=5e-3)  # boxes travel as whole units of the grid
        px = 360 / 256 / 2**zoom
        assert (view["west"], view["east"]) == pytest.approx((west, east), abs=1.5 * px)
        assert (view["south"], view["north"]) == pytest.approx((south, north), abs=1.5 * px)


@pytest.fixture(scope="module")
def basemap(built: tuple[Built, Path], framed: list[Frame]) -> Basemap:
    """The seed's basemap."""
    detail = built[0].checked.inputs.detail
    assert detail is not None
    return compose([frame.view for frame in framed], borders=False, detail=read_detail(detail.raw, detail.path))


def test_the_client_draws_the_tier_that_the_basemap_would(
    blank: Page, stage: Callable[..., Stage], basemap: Basemap
) -> None:
    data = stage().data
    assert [tier["id"].removeprefix("t_") for tier in data["tiers"]] == [tier.name for tier in basemap.tiers]
    seen = set()
    x, y = data["origin"]
    for view, zoom in _views(basemap):
        own = view.moved(-x, -y)
        box = [own.left, own.top, own.right, own.bottom]
        theirs = blank.evaluate("([tiers, box, zoom]) => tierFor(tiers, box, zoom).id", [data["tiers"], box, zoom])
        assert theirs == f"t_{basemap.tier_for(view, zoom).name}", (view, zoom)
        seen.add(theirs)
    assert seen == {tier["id"] for tier in data["tiers"]}


def _views(basemap: Basemap) -> list[tuple[Box, float]]:
    """Return views in and across every tier's window, at all zooms."""
    dice = Random(2)
    views = []
    for tier, _ in product(basemap.tiers, range(30)):
        window = tier.window
        x, y = dice.uniform(window.left, window.right), dice.uniform(window.top, window.bottom)
        half_w, half_h = (side * dice.choice((0.01, 0.1, 0.4)) for side in (window.width, window.height))
        views.append((Box(x - half_w, y - half_h, x + half_w, y + half_h), dice.uniform(1, 14)))
    return views
