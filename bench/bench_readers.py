"""Compares the seed's page with pages that others would make of the same story, in one run.

python -m bench.bench_readers [RUNS] > table.md

Bytes, requests, violations and words are facts of a page. CPU is main-thread time in ms of CPU (not of the clock), the
median of several loads of each page in turn; only its ratio to the page by hand says something on another machine.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import peers, reading
from bench.loading import chromium, load_cpu_ms, opened, served
from storymap.compiler import build
from storymap.inputs import read

ROOT = Path(__file__).parents[1]
SEED = ROOT / "stories" / "kim-in-russia.yaml"
PACKAGES = Path(__file__).parent / "readers" / "node_modules"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUNS = 9
BY_HAND = "scrollama + Leaflet"
PEERS: dict[str, Callable[[peers.Content, Path, Path], None]] = {
    BY_HAND: peers.scrollama,
    "MapLibre + scrollama": peers.maplibre,
    "folium": peers.plain_folium,
    "floor (Leaflet, one file)": peers.floor,
}
OURS = "storymap"
# How a reader comes to the second step of each.
ONWARD = {
    "scrollama": "() => document.querySelectorAll('.step')[1].scrollIntoView({ block: 'center' })",
    "maplibre": "() => document.querySelectorAll('.step')[1].scrollIntoView({ block: 'center' })",
    "floor": "() => document.getElementById('next').click()",
    "storymap": "() => document.getElementById('sm_next').click()",
}
# What moves, in 60 frames after that: how many views of the map there were.
VIEWS = """() => new Promise((done) => { const seen = new Set(); let left = 60;
  const look = () => { const boxes = [...document.querySelectorAll(".leaflet-map-pane, .leaflet-zoom-animated")];
    seen.add(boxes.map((box) => getComputedStyle(box).transform).join() + (window.map?.getZoom?.() ?? ""));
    left -= 1; if (left) requestAnimationFrame(look); else done(seen.size); };
  look(); })"""


@dataclass
class Row:
    """What a reader gets of a page."""

    text_kb: float
    requests: int
    axe: int
    words: int
    pinch: bool
    still: str


def main(runs: int) -> None:
    """Print the tables."""
    inputs = read(SEED)
    built = build(inputs)
    story = peers.content(inputs, built)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for peer in PEERS.values():
            peer(story, folder / peer.__name__, PACKAGES)
        (folder / OURS).mkdir()
        (folder / OURS / "index.html").write_text(built.html, encoding="utf-8")
        pages = {title: peer.__name__ for title, peer in PEERS.items()} | {OURS: OURS}
        browser = chromium(playwright)
        with served(folder) as host:
            rows = {title: row(browser, host, at) for title, at in pages.items()}
            cpu: dict[str, list[float]] = {title: [] for title in pages}
            for _ in range(runs):
                for title, at in pages.items():
                    cpu[title].append(load_cpu_ms(browser, host, PACKAGES, f"{at}/index.html")["ThreadTime"])
            table(rows, {title: median(some) for title, some in cpu.items()})
            print()
            for line in reading.lines(browser, host, PACKAGES, f"{OURS}/index.html"):
                print(line)
        browser.close()


def table(rows: dict[str, Row], cpu: dict[str, float]) -> None:
    """Print one page a row, in Markdown."""
    heads = ("page", "text, kB gzip", "requests", "axe violations", "words without JavaScript", "pinch zoom")
    print(f"| {' | '.join(heads)} | reduced motion | CPU of load |")
    print("|---|--:|--:|--:|--:|---|---|--:|")
    for title, one in rows.items():
        ratio = cpu[title] / cpu[BY_HAND]
        pinch = "yes" if one.pinch else "**blocked**"
        print(
            f"| {title} | {one.text_kb:.0f} | {one.requests} | {one.axe} | {one.words} | {pinch} | {one.still} |"
            f" {cpu[title]:.0f} ms, × {ratio:.2f} |"
        )


def row(browser: Browser, host: str, at: str) -> Row:
    """Return the facts of a page."""
    with opened(browser, host, PACKAGES) as (page, _, responses):
        page.goto(f"{host}/{at}/index.html", wait_until="networkidle")
        asked = [one for one in responses if one.url.startswith("http")]
        kinds = [one.headers.get("content-type", "").split("/")[0] for one in asked]
        text = sum(size(one) for one, kind in zip(asked, kinds, strict=True) if kind not in ("image", "font"))
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("async () => (await axe.run()).violations.length")
        viewport = page.locator("meta[name=viewport]").last.get_attribute("content") or ""
    with opened(browser, host, PACKAGES, java_script_enabled=False) as (page, _, _responses):
        page.goto(f"{host}/{at}/index.html")
        words = len(page.locator("body").inner_text().split())
    pinch = not any(word in viewport.replace(" ", "") for word in ("user-scalable=no", "maximum-scale=1"))
    return Row(text / 1000, len(asked), violations, words, pinch, stillness(browser, host, at))


def size(response: Any) -> int:
    """Return how many bytes a text has as it travels."""
    return len(gzip.compress(response.body(), 9, mtime=0))


def stillness(browser: Browser, host: str, at: str) -> str:
    """Return whether the map jumps for a reader who wants no motion."""
    if at not in ONWARD:
        return "does not step"
    with opened(browser, host, PACKAGES, reduced_motion="reduce") as (page, _, _responses):
        page.goto(f"{host}/{at}/index.html", wait_until="networkidle")
        page.evaluate(ONWARD[at])
        views = page.evaluate(VIEWS)
    return "jumps" if views <= 3 else f"**moves** ({views} views in 60 frames)"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
