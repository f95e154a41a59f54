"""Times what a page's main thread does when a reader steps and zooms, at a quarter of this machine's speed.

python -m bench.bench_steps [STORY]

Milliseconds of main-thread tasks as Chromium counts them (script, style, layout, paint), the first visit of each step
and the second; beside them the longest task. Compare within one run; nothing here gates.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from storymap.compiler import build_file
from tools.setup.chromium import find_chromium

ROOT = Path(__file__).parents[1]
CONTINENTAL = ROOT / "stories" / "trans-siberian.yaml"
SLOWDOWN = 4
SETTLED_MS = 700  # longer than any animation of the map
COUNTED = {"TaskDuration": "all", "ScriptDuration": "script", "LayoutDuration": "layout"}
LONG_TASKS = """() => { window.longest = 0;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries())
    window.longest = Math.max(window.longest, duration); }).observe({ type: "longtask" }); }"""


def main(path: Path) -> None:
    """Print a row for each step, visited twice, and for a zoom in and out, of the story at `path`."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = build_file(path, Path(folder))[1]
        flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(page_file.as_uri())
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.evaluate(LONG_TASKS)
        steps = page.locator("#sm_dots a").count()
        print(f"{path.stem}: main thread in ms at {SLOWDOWN} × CPU slowdown, 1280×800")
        print(f"  {'':<22}{'all':>8}{'script':>8}{'layout':>8}{'longest':>9}")
        for visit in ("first", "second"):
            for number in [*range(1, steps), 0]:
                row(f"{visit} visit, step {number + 1}", page, session, step_to(number))
        for way in ("in", "out"):
            row(f"zoom {way}", page, session, f"() => document.querySelector('.leaflet-control-zoom-{way}').click()")
        browser.close()


def step_to(number: int) -> str:
    """Return the script that goes to a step, counted from 0."""
    return f"() => document.querySelectorAll('#sm_dots a')[{number}].click()"


def row(name: str, page: Page, session: CDPSession, script: str) -> None:
    """Print what an act of the reader costs."""
    page.evaluate("() => { window.longest = 0; }")
    before = counted(session)
    page.evaluate(script)
    page.wait_for_timeout(SETTLED_MS)
    spent = {name: value - before[name] for name, value in counted(session).items()}
    longest = page.evaluate("() => window.longest")
    cells = "".join(f"{spent[key]:8.0f}" for key in COUNTED)
    print(f"  {name:<22}{cells}{longest or 50:>8.0f}{' ' if longest else '<'}")


def counted(session: CDPSession) -> dict[str, float]:
    """Return what the main thread has done so far, in ms."""
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] * 1000 for metric in metrics if metric["name"] in COUNTED}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CONTINENTAL)
