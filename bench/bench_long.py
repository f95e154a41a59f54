"""Compares a story of a thousand steps with one of ten, and times what a line of 100,000 corners keeps waiting.

python -m bench.bench_long [RUNS]

Of three kinds: steps about places that they share, steps with a place of their own, and steps with a place, a road and
a claim of their own (the fullest; its pages are stepped through). CPU is main-thread time in ms of CPU (not of the
clock), the median of several loads of all pages in turn; only the ratio says something on another machine.
"""

from __future__ import annotations

import sys
import tempfile
from math import cos, sin
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.loading import chromium, counted, load_cpu_ms, opened, served
from storymap.compiler import build
from tests.unit.making import BORDER, made, place, step

SHORT, LONG = 10, 1000
KINDS = ("shared places", "own place", "own place, road and claim")
FULLEST = KINDS[-1]
SHARED = 10  # places
VERTICES = 100_000
RUNS = 7
SETTLED_MS = 700  # longer than any animation of the map
NOWHERE = Path()  # these pages ask for nobody's scripts
LONGEST = """() => { window.longest = 0;
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries())
    window.longest = Math.max(window.longest, duration); }).observe({ type: "longtask", buffered: true }); }"""


def main(runs: int) -> None:
    """Print what a load costs, what a step costs, and the longest tasks with a long line."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = [(count, kind) for kind in KINDS for count in (SHORT, LONG)]
        for at, (count, kind) in enumerate(pages):
            (Path(name) / f"{at}.html").write_text(steps_story(count, kind), encoding="utf-8")
        (Path(name) / "line.html").write_text(line_story(), encoding="utf-8")
        browser = chromium(playwright)
        with served(Path(name)) as host:
            loads: list[list[float]] = [[] for _ in pages]
            for _ in range(runs):
                for at, found in enumerate(loads):
                    found.append(load_cpu_ms(browser, host, NOWHERE, f"{at}.html")["ThreadTime"])
            for at, kind in enumerate(KINDS):
                few, many = (median(found) for found in loads[2 * at : 2 * at + 2])
                print(f"load, {kind}: {few:.0f} ms with {SHORT} steps, {many:.0f} ms with {LONG}, × {many / few:.2f}")
            for count, number in ((SHORT, 5), (LONG, 5), (LONG, 900)):
                spent = sorted(stepping(browser, host, pages.index((count, FULLEST)), number))
                print(f"a step, {count} steps, from step {number}: {median(spent):.1f} ms, most {spent[-1]:.1f} ms")
            for act, ms in line_tasks(browser, host).items():
                print(f"a line of {VERTICES} corners, {act}: longest task {f'{ms:.0f} ms' if ms else 'under 50 ms'}")
        browser.close()


def steps_story(count: int, kind: str = FULLEST) -> str:
    """Return the page of a story of so many steps, all in one region, so that the basemap is the same."""
    places = [place("border", BORDER)]
    steps: list[dict[str, Any]] = []
    for day in range(count):
        if kind == KINDS[0] and day >= SHARED:
            steps.append(steps[day % SHARED] | {"id": f"day-{day}", "title": f"Day {day}"})
            continue
        spot = day * 617 % 1000 if count > SHORT and kind != KINDS[0] else day * 100
        x, y = 131.0 + spot % 40 * 0.03, 43.0 + spot // 40 * 0.03
        road = [[x, y], [x + 0.01, y + 0.03], [x + 0.04, y + 0.05], [x + 0.06, y + 0.02]]
        places.append(place(f"town-{day}", {"type": "Point", "coordinates": [x, y]}))
        if kind == FULLEST:
            places.append(place(f"road-{day}", {"type": "LineString", "coordinates": road}))
        claim = {"quote": "less than 300 km", "distance": {"from": f"town-{day}", "to": "border"}}
        shown = [f"town-{day}", *([f"road-{day}"] if kind == FULLEST else []), "border"]
        text = f"On day {day} it is less than 300 km to {'go ' * (day % 7)}on."
        claims = [claim] if kind == FULLEST else []
        steps.append(step(text, id=f"day-{day}", show=shown, claims=claims) | {"title": f"Day {day}"})
    return build(made(*steps, places=places)).html


def line_story() -> str:
    """Return the page of a story whose second step shows a line with very many corners, and whose third is closer."""
    turns = [at * 200 / VERTICES for at in range(VERTICES)]
    way = [[131 + 3 * at / 200 + 0.05 * sin(9 * at), 43 + at / 100 + 0.05 * cos(7 * at)] for at in turns]
    places = [place("way", {"type": "LineString", "coordinates": way}), place("border", BORDER)]
    near = {"type": "Point", "coordinates": way[VERTICES // 2]}
    places.append(place("camp", near))
    shown = (["border"], ["way"], ["camp", "way"])
    return build(made(*(step(id=f"s{n}", show=show) for n, show in enumerate(shown)), places=places)).html


def stepping(browser: Browser, host: str, page_number: int, number: int) -> list[float]:
    """Return what each of nine steps on from a step (counted from 1) of a page costs, in ms of main-thread CPU."""
    spent = []
    with opened(browser, host, NOWHERE, reduced_motion="reduce") as (page, session, _):
        page.goto(f"{host}/{page_number}.html#day-{number - 1}", wait_until="load")
        page.wait_for_timeout(SETTLED_MS)
        for way in ("next", "next", "next", "next", "back", "next", "back", "next", "back"):
            before = counted(session)["ThreadTime"]
            page.evaluate(f"() => document.getElementById('sm_{way}').click()")
            page.wait_for_timeout(SETTLED_MS)
            spent.append(counted(session)["ThreadTime"] - before)
    return spent


def line_tasks(browser: Browser, host: str) -> dict[str, float]:
    """Return the longest task of each act of a reader, in ms; 0 where none took 50 ms."""
    found: dict[str, float] = {}

    def act(name: str, page: Any) -> None:
        page.wait_for_timeout(SETTLED_MS)
        found[name] = max(found.get(name, 0.0), page.evaluate("() => { const ms = longest; longest = 0; return ms; }"))

    with opened(browser, host, NOWHERE) as (page, _, _responses):
        page.goto(f"{host}/line.html", wait_until="load")
        page.evaluate(LONGEST)
        act("load", page)
        for _ in range(2):
            page.evaluate("() => document.getElementById('sm_next').click()")
            act("entering a step", page)
            page.mouse.move(800, 400)
            page.mouse.down()
            for x in range(800, 500, -20):
                page.mouse.move(x, 400)
            page.mouse.up()
            act("panning", page)
            for way in ("in", "in", "out"):
                page.evaluate(f"() => document.querySelector('.leaflet-control-zoom-{way}').click()")
                act("zooming", page)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)
