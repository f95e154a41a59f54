"""Times the main path, stage by stage, on the seed story and on one ten times as long.

python -m bench.bench_build [STORY]

CPU time, least of several runs; compare ratios within one run, never numbers of two machines. Nothing here gates.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from storymap.claims import measure
from storymap.compiler import build, check, lay_out, picture
from storymap.inputs import Inputs, gather, read
from storymap.page import render
from storymap.places import Atlas, read_places
from storymap.resolve import resolve

ROOT = Path(__file__).parents[1]
SEED = ROOT / "stories" / "kim-in-russia.yaml"
RUNS = 5
# What somebody would write who had only folium: a group a step with its places, each with the step's text in a popup,
# over the same coast. It checks nothing and simplifies nothing.
PLAIN_FOLIUM = """
import json, sys, folium
steps, coast = json.load(sys.stdin), sys.argv[1]
chart = folium.Map(location=[43.1, 131.9], zoom_start=6, tiles=None)
folium.GeoJson(open(coast, encoding="utf-8").read()).add_to(chart)
for step in steps:
    group = folium.FeatureGroup(step["title"]).add_to(chart)
    for place in step["places"]:
        folium.GeoJson(place, popup=folium.Popup(step["text"])).add_to(group)
folium.LayerControl().add_to(chart)
chart.save(sys.argv[2])
"""


def main(path: Path) -> None:
    """Print a table for the story at `path`, for one ten times as long, and for the commands as a whole."""
    seed = read(path)
    for inputs in (seed, longer(seed, path, times=10)):
        print(f"\n{len(inputs.story.steps)} steps, CPU ms")
        for name, milliseconds in stages(inputs, path).items():
            print(f"  {name:<32}{milliseconds:8.1f}")
        page = build(inputs).html.encode()
        print(f"  page: {len(page):,} bytes, {len(gzip.compress(page, 9, mtime=0)):,} compressed")
    print("\nwhole commands, CPU ms")
    python = [sys.executable, "-c"]
    storymap = [str(Path(sys.executable).with_name("storymap"))]  # as a reader of the docs types it
    check = command([*storymap, "check", str(path)])
    print(f"  {'storymap check':<32}{check:8.1f}")
    against("storymap --help", command([*storymap, "--help"]), "import click", command([*python, "import click"]))
    coast = ROOT / "data" / "coast" / "vladivostok-and-tumen.geojson"
    with tempfile.TemporaryDirectory() as folder:
        plain = [*python, PLAIN_FOLIUM, str(coast), str(Path(folder) / "map.html")]
        folium = command(plain, plain_steps(seed))
        build_it = command([*storymap, "build", "-o", folder, str(path)])
    against("storymap build", build_it, "a plain folium script of it", folium)


def stages(inputs: Inputs, path: Path) -> dict[str, float]:
    """Return the CPU milliseconds of each stage by name, in the order in which the compiler runs them."""
    raw = inputs.source.text.encode()
    places = inputs.places
    atlas = read_places(places.raw, places.path)[0] if places else Atlas([])
    resolved = resolve(inputs.story, inputs.source, atlas, inputs.media)
    claims = [claim for scene in resolved.scenes for claim in scene.claims]
    checked = check(inputs)
    framed, basemap = lay_out(checked)
    built = build(inputs)
    return {
        "read: story": least(lambda: gather(raw, path)),
        "read: places": least(lambda: read_places(places.raw, places.path)) if places else 0.0,
        "resolve": least(lambda: resolve(inputs.story, inputs.source, atlas, inputs.media)),
        f"measure: {len(claims)} claims": least(lambda: [measure(claim) for claim in claims]),
        "basemap": least(lambda: lay_out(checked)),
        "render": least(
            lambda: render(inputs.story, resolved, checked.findings, framed, basemap, detail=checked.detail)
        ),
        "whole build": least(lambda: build(gather(raw, path))),
        "pictures: an SVG a step": least(lambda: [picture(built, step) for step in built.parts.steps]),
        "pictures: a preview": least(lambda: picture(built, next(iter(built.parts.steps)), "png")),
    }


def longer(inputs: Inputs, path: Path, *, times: int) -> Inputs:
    """Return the same story told `times` over, each step under an id of its own."""
    data = inputs.source.data
    steps = [step | {"id": f"{step['id']}-{n}"} for n in range(times) for step in data["steps"]]
    return gather(json.dumps(data | {"steps": steps, "unchecked": []}).encode(), path)


def plain_steps(inputs: Inputs) -> str:
    """Return a story's steps as JSON, each with its text and the GeoJSON features that it shows."""
    features = json.loads(inputs.places.raw)["features"] if inputs.places else []
    by_id = {feature["id"]: feature for feature in features}
    steps = [
        {"title": step.title, "text": step.text, "places": [by_id[item.place] for item in step.show]}
        for step in inputs.story.steps
    ]
    return json.dumps(steps)


def least(work: Callable[[], object]) -> float:
    """Return the least CPU milliseconds of several runs."""

    def once() -> float:
        start = time.process_time()
        work()
        return (time.process_time() - start) * 1000

    return min(once() for _ in range(RUNS))


def command(arguments: list[str], typed: str = "") -> float:
    """Return the least CPU milliseconds of several runs of a command, its start included; `typed` is its input."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (usage.ru_utime + usage.ru_stime) * 1000

    def once() -> float:
        start = spent()
        subprocess.run(arguments, cwd=ROOT, input=typed.encode(), capture_output=True, check=True)  # noqa: S603
        return spent() - start

    return min(once() for _ in range(RUNS))


def against(name: str, cost: float, other: str, others: float) -> None:
    """Print a cost, and what it is in terms of something else."""
    print(f"  {name:<32}{cost:8.1f}  {cost / others:.2f} × {other} ({others:.1f})")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEED)
