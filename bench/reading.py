"""How fast a page of ours answers its reader: input to text, to the next paint, to a map that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from bench.loading import opened

# From a key to: the frame in which the step's text stands, the next paint as Event Timing has it, the last frame in
# which something of the map has moved; frames that came late, and long tasks.
_WATCH = """() => {
  window.seen = [];
  const view = () => [...document.querySelectorAll(".leaflet-map-pane, .leaflet-zoom-animated")]
    .map((box) => getComputedStyle(box).transform).join();
  new PerformanceObserver((list) => { for (const e of list.getEntries())
    if (e.name === "keydown" && window.seen.length) window.seen.at(-1).paint = e.duration; })
    .observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => { for (const _ of list.getEntries())
    if (window.seen.length) window.seen.at(-1).long += 1; }).observe({ type: "longtask" });
  addEventListener("keydown", () => {
    const before = document.querySelector(".step.current").id, start = performance.now();
    const one = { frames: 0, paint: 16, settled: 0, late: 0, long: 0, moved: 0 };
    window.seen.push(one);
    let last = "", then = start, frame = 0;
    const look = (now) => {
      frame += 1;
      if (!one.frames && document.querySelector(".step.current").id !== before) one.frames = frame;
      if (frame > 1 && now - then > 25) one.late += 1;
      then = now;
      const at = view();
      if (at !== last && last) { one.settled = performance.now() - start; one.moved += 1; }
      last = at;
      if (performance.now() - start < 700) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}"""
_FIRST = """() => { const [paint] = performance.getEntriesByName("first-contentful-paint");
  const { domContentLoadedEventStart } = performance.getEntriesByType("navigation")[0];
  return [paint.startTime, domContentLoadedEventStart]; }"""


def lines(browser: Browser, host: str, packages: Path, at: str) -> Iterator[str]:
    """Yield a table in Markdown: a row for each speed of the machine, and one for a slow network."""
    yield "| a step, by key | text in frame | next paint, ms | map at rest, ms | late frames | long tasks |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, slowdown, how in (
        ("this machine", 1, {}),
        ("4 × slower", 4, {}),
        ("reduced motion", 1, {"reduced_motion": "reduce"}),
    ):
        steps = walked(browser, host, packages, at, slowdown, how)
        frame = max(one["frames"] for one in steps)
        paint, rest = ([one[key] for one in steps] for key in ("paint", "settled"))
        late, long = ([one[key] for one in steps] for key in ("late", "long"))
        times = " | ".join(f"{median(some):.0f} (most {max(some):.0f})" for some in (paint, rest))
        yield f"| {name} | {frame:.0f} | {times} | {median(late):.0f} | {sum(long):.0f} |"
    paint_ms, scripts_ms = first_paint(browser, host, packages, at)
    yield ""
    yield (
        f"On a slow phone's network (1.6 Mbit/s, 150 ms): first contentful paint after {paint_ms:.0f} ms, the whole"
        f" document with its scripts after {scripts_ms:.0f} ms."
    )


def walked(
    browser: Browser, host: str, packages: Path, at: str, slowdown: int, how: dict[str, Any]
) -> list[dict[str, float]]:
    """Return what each step through a story and back was like."""
    with opened(browser, host, packages, **how) as (page, session, _):
        page.goto(f"{host}/{at}", wait_until="load")
        page.wait_for_timeout(500)
        page.evaluate(_WATCH)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        for key in ["ArrowRight"] * 8 + ["ArrowLeft"] * 8:
            page.keyboard.press(key)
            page.wait_for_timeout(900)
        steps: list[dict[str, float]] = page.evaluate("window.seen")
    return steps


def first_paint(browser: Browser, host: str, packages: Path, at: str) -> tuple[float, float]:
    """Return when the first words and map are painted, and when the scripts have run, on a slow network, in ms."""
    with opened(browser, host, packages) as (page, session, _):
        session.send("Network.enable")
        slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
        session.send("Network.emulateNetworkConditions", slow)
        page.goto(f"{host}/{at}", wait_until="load")
        page.wait_for_timeout(500)
        paint_ms, scripts_ms = page.evaluate(_FIRST)
    return float(paint_ms), float(scripts_ms)
