"""Makes src/storymap/page/leaflet/: the parts of Leaflet that a page uses, as one script and a few rules of CSS.

Beside them all of Leaflet (`whole.js`, `whole.css`), for the rare page with layers that an author has made with folium.

    python tools/leaflet/make_leaflet.py

Needs npm and its registry; nothing of that is needed to install or use storymap. Versions and the hash of Leaflet's
package are pinned below; a second run writes the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

LEAFLET, ESBUILD = "1.9.4", "0.28.2"
LEAFLET_INTEGRITY = "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA=="
HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src" / "storymap" / "page" / "leaflet"
# What Leaflet asks of the browser, and what every browser that can show a page answers.
_ANSWERS = {
    **dict.fromkeys(("any3d", "passiveEvents", "pointer", "svg", "touch", "touchNative"), "true"),
    **dict.fromkeys(("edge", "ie3d", "ielt9", "mobileOpera", "msPointer", "vml"), "false"),
    **dict.fromkeys(("retina", "safari"), "false"),  # classes for tiles and markers of pictures
    "chrome": "/chrome/i.test(navigator.userAgent)",
    "linux": "/^Linux/.test(navigator.platform)",
    "mac": "/^Mac/.test(navigator.platform)",
}
# Methods that neither the client nor the rest of Leaflet calls, by the file that has them. Layers of an author may:
# they come with all of Leaflet.
_UNCALLED = {
    "core/Events.js": "addEventParent removeEventParent",
    "geo/LatLng.js": "wrap toBounds distanceTo",
    "geo/LatLngBounds.js": "pad overlaps toBBoxString",
    "geo/crs/CRS.js": "wrapLatLng wrapLatLngBounds getProjectedBounds",
    "geometry/Bounds.js": "pad",
    "geometry/Point.js": "scaleBy unscaleBy",
    "layer/Layer.js": "getAttribution _addZoomLimit _removeZoomLimit _updateZoomLevels",
    "layer/LayerGroup.js": "getLayer getLayers setZIndex",
    "layer/vector/CircleMarker.js": "setLatLng getRadius _containsPoint",
    "layer/vector/Polygon.js": "isEmpty getCenter _containsPoint",
    "layer/vector/Polyline.js": "getLatLngs setLatLngs isEmpty closestLayerPoint addLatLng getCenter _containsPoint",
    "map/Map.js": "flyToBounds flyTo setMinZoom panInside locate stopLocate _handleGeolocationError"
    " _handleGeolocationResponse fitWorld fitBounds _getBoundsCenterZoom getPanes _latLngBoundsToNewLayerBounds"
    " _getZoomSpan remove setMaxBounds wrapLatLng wrapLatLngBounds getPixelWorldBounds",
    "map/handler/Map.Drag.js": "_onPreDragWrap _onZoomEnd",
}
# Leaflet's own properties, whose names begin with a line, get short ones. Not those that a word in quotes asks for,
# those that a module exports, and those that the client or a test asks for.
_KEPT = "leaflet_.* renderer reset addPath project update bounds latlngs setLatLngs projectLatlngs"
_KEPT += " flat getBitCode getEdgeIntersection sqClosestPointOnSegment"
_KEPT += " path point initPath updatePath latLngToNewLayerPoint multiplyBy divideBy round subtract"
_OWN = ["--mangle-props=^_", f"--reserve-props=^_({_KEPT.replace(' ', '|')})$"]
# Rules for parts that are left out, and rules that would load a picture.
_UNUSED = re.compile(
    r"tile|marker|popup|tooltip|image-layer|layers|attribution|vml|oldie|routing|url\(|leaflet-div-icon"
    r"|shadow-pane|canvas|zoom-box|crosshair"
)
# The looks of controls, which `client/styles/livemap.css` gives.
_LOOKS = re.compile(r"leaflet-bar|scale-line|control-zoom")
# Spellings that browsers of today need no more.
_OLD = re.compile(r"\s*(?:-moz-|-ms-|-webkit-trans)[\w-]+:[^;}]*;?|\s*[\w-]+:\s*-(?:webkit|moz)-grab\w*;")


def main() -> None:
    """Install the two packages in a temporary folder, bundle, and write the results with their provenance."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        subprocess.run(
            ["npm", "install", "--prefix", folder, "--ignore-scripts", f"leaflet@{LEAFLET}", f"esbuild@{ESBUILD}"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        installed = json.loads((home / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))
        if installed["packages"]["node_modules/leaflet"]["integrity"] != LEAFLET_INTEGRITY:
            raise SystemExit("the registry's Leaflet is not the pinned one")
        for entry in ("entry.js", "whole.js"):
            shutil.copy(HERE / entry, home)
        esbuild = next((home / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
        options = ["--bundle", "--minify", "--format=iife", "--target=es2020", "--legal-comments=none"]
        options.append("--loader:.png=dataurl")

        def bundled(entry: str, *more: str) -> str:
            run = subprocess.run([str(esbuild), entry, *options, *more], cwd=home, check=True, capture_output=True)
            return run.stdout.decode("utf-8").rstrip() + "\n"

        package = home / "node_modules" / "leaflet"
        shorten(package / "src")
        files = {
            "leaflet.js": bundled("entry.js", *_OWN),
            "leaflet.css": slim(package.joinpath("dist", "leaflet.css").read_text(encoding="utf-8")),
            "whole.js": bundled("whole.js"),
            "whole.css": with_pictures(package / "dist"),
            "LICENSE": package.joinpath("LICENSE").read_text(encoding="utf-8"),
        }
    if unanswered := re.search(r"\bBrowser\.\w+", files["leaflet.js"]):
        raise SystemExit(f"Leaflet asks for {unanswered.group()}, which has no answer")
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
    provenance = {
        "package": "leaflet",
        "version": LEAFLET,
        "integrity": LEAFLET_INTEGRITY,
        "license": "BSD-2-Clause",
        "bundled_with": f"esbuild {ESBUILD}",
        "sha256": {name: sha256(text.encode()).hexdigest() for name, text in files.items()},
    }
    (TARGET / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n", encoding="utf-8", newline="\n")


def shorten(folder: Path) -> None:
    """Take out of Leaflet's sources what no page calls, and what only browsers of before 2015 need."""
    for path in folder.rglob("*.js"):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(folder).as_posix()
        for method in _UNCALLED.get(name, "").split():
            source = without(method, source)
        source = re.sub(r"\bBrowser\.(\w+)", lambda found: _ANSWERS.get(found[1], found[0]), source)
        if name == "layer/vector/SVG.js":
            source = source.replace("import {vmlMixin, vmlCreate} from './SVG.VML';", "var vmlMixin, vmlCreate;")
        path.write_text(re.sub(r"^import Browser .*$", "", source, flags=re.MULTILINE), encoding="utf-8")


def without(method: str, source: str) -> str:
    """Return a source without a method of a class, which stands one tab in."""
    rest, count = re.subn(
        rf"^\t{method}: function [^\n]*\{{(?:[^\n]*\}}|\n.*?^\t\}}),?\n", "", source, flags=re.MULTILINE | re.DOTALL
    )
    if count != 1:
        raise SystemExit(f"Leaflet's sources have {count} methods {method} where there was one")
    return rest


def slim(css: str) -> str:
    """Return the rules of a style sheet that concern the parts in use, one a line."""
    rules: list[str] = re.findall(r"[^{}]+\{[^{}]*\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    kept = []
    for rule in rules:
        selectors, body = rule.split("{", 1)
        used = [s.strip() for s in selectors.split(",") if not _UNUSED.search(s) and not _LOOKS.search(s)]
        if used and "url(" not in body:
            kept.append(re.sub(r"\s+", " ", f"{', '.join(used)} {{{_OLD.sub('', body)}").strip())
    kept = [rule for rule in kept if not re.search(r"\{ ?\}", rule)]
    return "\n".join(kept) + "\n"


def with_pictures(folder: Path) -> str:
    """Return the whole style sheet in `folder`, its pictures written into it."""
    css = re.sub(r"/\*.*?\*/", "", folder.joinpath("leaflet.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"behavior: url\([^)]*\);?", "", css)  # for Internet Explorer 8

    def written(found: re.Match[str]) -> str:
        return f"url(data:image/png;base64,{b64encode(folder.joinpath(found[1]).read_bytes()).decode()})"

    css = re.sub(r"url\((images/[\w.-]+)\)", written, css)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


if __name__ == "__main__":
    main()
