"""What others would make of a story: pages of equal content with the tools that newsrooms use, for the bench to open.

Each has the same steps, words and places: a place of a step is a line, an area or a dot with its name. None of them
checks anything. Street maps come from the bench's own server, which answers every tile with the same picture.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import folium

from storymap.compiler import Built
from storymap.inputs import Inputs
from storymap.page.map.viewport import WORLD
from tests.unit.told import told

READERS = Path(__file__).parent / "readers"
TILES = "/tiles/{z}/{x}/{y}.png"
HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
"""
LOOK = """body { margin: 0; font: 18px/1.6 Georgia, serif; }
#map { position: sticky; top: 0; height: 100vh; }
#scroll { position: relative; display: grid; grid-template-columns: 1fr 2fr; }
#story { padding: 0 2rem; grid-row: 1; }
.step { margin: 0 0 80vh; }
.step:first-of-type { margin-top: 20vh; }
@media (max-width: 700px) { #scroll { display: block; } #map { height: 50vh; } }
"""


@dataclass(frozen=True)
class Step:
    """A step as any tool could show it: its words, the corners of its view (lon, lat) and GeoJSON of what it shows."""

    id: str
    title: str
    text: str
    bounds: tuple[float, float, float, float]
    features: list[dict[str, Any]]

    @property
    def html(self) -> str:
        """The words as paragraphs."""
        paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in self.text.strip().split("\n\n"))
        return f"<h2>{escape(self.title)}</h2>\n{paragraphs}"


@dataclass(frozen=True)
class Content:
    """A whole story."""

    title: str
    lead: str
    steps: list[Step]

    @property
    def head(self) -> str:
        """Title and lead."""
        return f"<h1>{escape(self.title)}</h1>\n<p>{escape(self.lead)}</p>\n"


def content(inputs: Inputs, built: Built) -> Content:
    """Return a story's content, its geometry as fine as our own page has it."""
    data = told(built.html)
    paths = dict(re.findall(r'<path id="([pmu]_[^"]*)"[^>]* d="([^"]*)"', built.html))
    origin = data["origin"]

    def degrees(x: float, y: float) -> list[float]:
        lon, lat = WORLD.unproject(x + origin[0], y + origin[1])
        return [round(float(lon), 4), round(float(lat), 4)]

    def lines(d: str) -> list[list[list[float]]]:
        found = []
        for part in d.split("M")[1:]:
            numbers = list(map(int, re.findall(r"-?\d+", part)))
            x = y = 0
            line = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                line.append(degrees(x, y))
            found.append(line)
        return found

    def feature(kind: str, coordinates: Any, **facts: str) -> dict[str, Any]:
        return {"type": "Feature", "properties": facts, "geometry": {"type": kind, "coordinates": coordinates}}

    steps = []
    for one, written in zip(data["steps"], inputs.story.steps, strict=False):
        strokes = [*one["strokes"], *(m["stroke"] for m in one["measured"])]
        features = [feature("MultiLineString", lines(paths[s["shape"]]), style=s["css"]) for s in strokes]
        own = [name for name in one["names"] if name["style"] == "subject" and "dot" in name]
        features += [feature("Point", degrees(*name["at"]), name=name["text"]) for name in own]
        left, top, right, bottom = one["box"]
        west, north = degrees(left, top)
        east, south = degrees(right, bottom)
        steps.append(Step(one["id"], written.title or "", written.text, (west, south, east, north), features))
    return Content(inputs.story.title, inputs.story.subtitle or "", steps)


def scrollama(story: Content, folder: Path, packages: Path) -> None:
    """Write a scrolling page by hand: scrollama, Leaflet, and a script that shows each step's places."""
    written(folder, story, {"leaflet": ("leaflet.js", "leaflet.css"), "scrollama": ("scrollama.min.js",)}, packages)
    steps = "".join(f'<div class="step" id="{step.id}">\n{step.html}</div>\n' for step in story.steps)
    (folder / "index.html").write_text(
        f"""{HEAD}<title>{escape(story.title)}</title>
<link rel="stylesheet" href="leaflet.css">
<link rel="stylesheet" href="style.css">
</head>
<body>
<header>{story.head}</header>
<div id="scroll"><div id="story">\n{steps}</div><div id="map"></div></div>
<script src="leaflet.js"></script>
<script src="scrollama.min.js"></script>
<script src="main.js"></script>
</body>
</html>
""",
        encoding="utf-8",
    )
    copied("scrollama.js", folder)


def floor(story: Content, folder: Path, packages: Path) -> None:
    """Write the least that steps through a story: Leaflet and the content in one file, without any map under it."""
    folder.mkdir(parents=True)
    data = json.dumps([vars(step) | {"html": step.html} for step in story.steps], ensure_ascii=False)
    data, own = data.replace("<", "\\u003c"), READERS.joinpath("floor.js").read_text(encoding="utf-8")
    leaflet = packages / "leaflet" / "dist"
    script = leaflet.joinpath("leaflet.js").read_text(encoding="utf-8")
    style = leaflet.joinpath("leaflet.css").read_text(encoding="utf-8")
    (folder / "index.html").write_text(
        f"""{HEAD}<title>{escape(story.title)}</title>
<style>{style}
body {{ margin: 0; font: 18px/1.6 Georgia, serif; display: grid; grid-template-columns: 1fr 2fr; }}
#map {{ height: 100vh; }}
</style>
</head>
<body>
<div id="story"></div><div id="map"></div>
<script>{script}</script>
<script>
var steps = {data};
{own}
</script>
</body>
</html>
""",
        encoding="utf-8",
    )


def plain_folium(story: Content, folder: Path, _: Path) -> None:
    """Write a page with folium alone: a group a step, switched in folium's list, its words in popups."""
    folder.mkdir(parents=True)
    chart = folium.Map(tiles=None)
    folium.TileLayer(TILES, attr="&copy; OpenStreetMap contributors").add_to(chart)
    for number, step in enumerate(story.steps):
        group = folium.FeatureGroup(step.title, show=number == 0).add_to(chart)
        west, south, east, north = step.bounds
        lines = [feature for feature in step.features if feature["geometry"]["type"] != "Point"]
        if lines:
            folium.GeoJson({"type": "FeatureCollection", "features": lines}).add_to(group)
        for feature in step.features:
            if feature["geometry"]["type"] == "Point":
                lon, lat = feature["geometry"]["coordinates"]
                words = folium.Popup(step.html, max_width=400)
                folium.Marker([lat, lon], tooltip=feature["properties"]["name"], popup=words).add_to(group)
        if number == 0:
            chart.fit_bounds([[south, west], [north, east]])
    folium.LayerControl(collapsed=False).add_to(chart)
    chart.save(str(folder / "index.html"))


def maplibre(story: Content, folder: Path, packages: Path) -> None:
    """Write a scrolling page by hand: scrollama and MapLibre GL, as the templates of that kind have it."""
    parts = {"maplibre-gl": ("maplibre-gl.js", "maplibre-gl.css"), "scrollama": ("scrollama.min.js",)}
    written(folder, story, parts, packages)
    (folder / "index.html").write_text(
        f"""{HEAD}<title>{escape(story.title)}</title>
<link rel="stylesheet" href="maplibre-gl.css">
<link rel="stylesheet" href="style.css">
</head>
<body>
<div id="scroll"><div id="story"></div><div id="map"></div></div>
<script src="maplibre-gl.js"></script>
<script src="scrollama.min.js"></script>
<script src="main.js"></script>
</body>
</html>
""",
        encoding="utf-8",
    )
    copied("maplibre.js", folder)


def written(folder: Path, story: Content, parts: dict[str, tuple[str, ...]], packages: Path) -> None:
    """Write what such pages have beside them: libraries, a style sheet, the steps as JSON."""
    folder.mkdir(parents=True)
    for package, names in parts.items():
        for name in names:
            (file,) = (at for at in (packages / package).glob(f"*/{name}") if at.parent.name in ("dist", "build"))
            (folder / name).write_bytes(file.read_bytes())
    (folder / "style.css").write_text(LOOK, encoding="utf-8")
    steps = [vars(step) | {"html": step.html} for step in story.steps]
    (folder / "steps.json").write_text(json.dumps(steps, ensure_ascii=False), encoding="utf-8")


def copied(name: str, folder: Path) -> None:
    """Put a page's own script, which stands in `readers/`, beside it."""
    (folder / "main.js").write_bytes((READERS / name).read_bytes())
