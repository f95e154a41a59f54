"""What was checked can be taken along as files, which the page makes of itself; where a frame forbids it, as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from math import isinf
from pathlib import Path
from typing import Any

import pytest
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape

from storymap.compiler import Built, build, build_file
from storymap.page.columns import COLUMNS
from storymap.wording import accepted_by, fineness_of
from tests.browser.stage import Stage
from tests.unit.making import made, place, step

Host = Callable[..., tuple[Any, Any]]
KINDS = ("json", "csv", "geojson")


def saved(story: Stage, kind: str) -> bytes:
    """Press a button of the list of checks, and return the file that comes."""
    with story.page.expect_download() as coming:
        story.page.locator(f'.saves button[value="{kind}"]').click()
    assert coming.value.suggested_filename == f"checks.{kind}"
    return Path(coming.value.path()).read_bytes()


NUMBERS = ("value", "low", "high", "minus", "plus", "claimed_low", "claimed_high", "margin", *COLUMNS[-4:])


def agree(told: list[dict[str, Any]], built: Built, *, words: bool = True) -> None:
    """Hold every record of a file against the reading that it is of: names, verdict, numbers to the digits shown."""
    headlines = [(f, one) for f in built.checked.findings.values() for one in (f.headline, *f.also)]
    for one, (finding, reading) in zip(told, headlines, strict=True):
        measured, core = reading.measurement, accepted_by(reading)
        assert tuple(one) == COLUMNS
        assert (one["claim"], one["step"], one["kind"]) == (finding.claim_id, finding.step_id, finding.kind)
        assert one["verdict"] == reading.verdict.value
        u = fineness_of(measured) or 1e-3
        for name in ("value", "low", "high"):
            assert one[name] == pytest.approx(getattr(measured, name), abs=0.01 * u)
        assert one["minus"] == pytest.approx(measured.value - measured.low, abs=0.01 * u)
        assert one["plus"] == pytest.approx(measured.high - measured.value, abs=0.01 * u)
        if core is None:
            assert one["claimed_low"] is one["claimed_high"] is one["margin"] is None
        else:
            turns = (-360, 0, 360) if measured.dimension == "direction" else (0,)
            ends = [[None if isinf(end) else pytest.approx(end + turn, abs=1e-5) for end in (core[0].low, core[0].high)]
                    for turn in turns]  # fmt: skip
            assert [one["claimed_low"], one["claimed_high"]] in ends
            assert one["margin"] == pytest.approx(reading.margin, abs=0.02 * u)
        if measured.lines and len(measured.lines) == 1 and measured.lines[0][0] != measured.lines[0][-1]:
            ends_told = [one[name] for name in ("from_lon", "from_lat", "to_lon", "to_lat")]
            for told_at, at in zip(
                (ends_told[:2], ends_told[2:]), (measured.lines[0][0], measured.lines[0][-1]), strict=True
            ):
                assert abs((told_at[0] - at[0] + 180) % 360 - 180) < 6e-5
                assert told_at[1] == pytest.approx(at[1], abs=6e-5)
        else:
            assert one["from_lon"] is None
        assert one["measured"]
        assert one["method"]
        assert one["what"]
        if words:
            assert one["quote"] == " ".join(finding.quote.split())
            assert one["reading"] == (reading.label or None)


def test_the_json_has_every_reading_with_its_numbers_in_si_units(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    told = json.loads(saved(stage(), "json"))
    assert told["title"] == "Kim’s train to Vladivostok"
    assert told["language"] == "en"
    assert any("ODbL" in line or "Open Database License" in line for line in told["credits"])
    agree(told["claims"], built[0])


@pytest.mark.parametrize("name", ["bering-strait", "iceland-measured"])
def test_areas_counts_bearings_and_what_lies_inside_have_their_numbers_too(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any], name: str
) -> None:
    built, path = page_named(name)
    told = json.loads(saved(Stage(open_page(path, reduced_motion=True).page), "json"))["claims"]
    agree(told, built)
    assert len({one["kind"] for one in told}) >= 5
    assert len({one["unit"] for one in told}) >= 3


def test_a_translation_has_the_same_numbers_and_its_own_words(
    built: tuple[Built, Path], page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> None:
    own = Stage(open_page(page_named("kim-in-russia.ko")[1], reduced_motion=True).page)
    told = json.loads(saved(own, "json"))
    assert told["language"] == "ko"
    agree(told["claims"], built[0], words=False)
    assert "다." in told["claims"][0]["method"]
    numbers = [name for name in COLUMNS if name in NUMBERS]
    theirs = json.loads(saved(Stage(open_page(built[1], reduced_motion=True).page), "json"))["claims"]
    assert [[one[n] for n in numbers] for one in told["claims"]] == [[one[n] for n in numbers] for one in theirs]


def test_the_csv_is_one_line_a_reading_and_says_what_the_json_says(stage: Callable[..., Stage]) -> None:
    one = stage()
    raw, told = saved(one, "csv"), json.loads(saved(one, "json"))["claims"]
    assert raw.startswith(b"\xef\xbb\xbf"), "or a spreadsheet takes it for an old alphabet"
    assert raw.count(b"\r\n") == len(told) + 1
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    for row, record in zip(rows, told, strict=True):
        for name, value in record.items():
            assert value == (None if not row[name] else float(row[name]) if name in NUMBERS else row[name])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_the_same_whatever_units_its_reader_has_chosen(stage: Callable[..., Stage], kind: str) -> None:
    one = stage()
    before = saved(one, kind)
    one.page.locator(".tools .units button[value=miles]").click()
    shown = one.page.locator(".entry .number").all_text_contents()
    assert any("miles" in number for number in shown)
    assert saved(one, kind) == before
    assert one.page.locator(".entry .number").all_text_contents() == shown, "and the page stays as its reader wants it"


def test_in_an_arabic_page_the_fields_are_the_same_and_its_words_are_bare(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    also = [{"label": "من الجزيرة", "from": "island"}]
    claim = {
        "quote": "أقل من 150 كم",
        "distance": {"from": "station", "to": "border"},
        "expect": "under 150 km",
        "also": also,
    }
    story = build(made(step("المسافة أقل من 150 كم.", show=["border"], claims=[claim]), language="ar"))
    path = tmp_path / "ar.html"
    path.write_text(story.html, encoding="utf-8")
    told = json.loads(saved(Stage(open_page(path, reduced_motion=True).page), "json"))
    assert told["language"] == "ar"
    agree(told["claims"], story)
    assert [one["claimed_high"] for one in told["claims"]] == [150_000, 150_000]


def test_a_page_of_the_web_tells_where_each_step_is(built: tuple[Built, Path], open_page: Callable[..., Any]) -> None:
    assert {one["url"] for one in json.loads(saved(Stage(open_page(built[1]).page), "json"))["claims"]} == {None}
    opened = open_page(built[1])
    opened.page.route("https://example.org/**", lambda route: route.fulfill(path=built[1], content_type="text/html"))
    opened.page.goto("https://example.org/story/?units=miles#station")
    told = json.loads(saved(Stage(opened.page), "json"))["claims"]
    assert {one["url"] for one in told} == {f"https://example.org/story/#{one['step']}" for one in told}
    opened.requests.clear()


def test_the_geojson_has_the_measured_lines_where_they_were_measured(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    told = json.loads(saved(stage(), "geojson"))
    assert told["type"] == "FeatureCollection"
    assert told["credits"]
    claims = [one for one in told["features"] if "claim" in one["properties"]]
    assert [one["properties"] for one in claims] == json.loads(saved(stage(), "json"))["claims"]
    lines = {one["id"]: one["geometry"] for one in claims}
    for claim, finding in built[0].checked.findings.items():
        measured = finding.headline.measurement.lines
        assert (lines[claim] is not None) == bool(measured)
        if measured:
            ends = lines[claim]["coordinates"]
            assert lines[claim]["type"] == "LineString"
            assert ends[0] == pytest.approx(measured[0][0], abs=2e-3), "lon, lat, as finely as it is drawn"
            assert ends[-1] == pytest.approx(measured[-1][-1], abs=2e-3)
    also = [f.measurement.lines[0] for f in built[0].checked.findings["c11"].also]
    for n in (1, 2):
        assert lines[f"c11_{n}"]["coordinates"][0] == pytest.approx(also[n - 1][0], abs=2e-3)
    places = [one for one in told["features"] if "claim" not in one["properties"]]
    assert {one["geometry"]["type"] for one in places} == {"Point", "LineString", "Polygon"}


@pytest.mark.parametrize("name", ["kim-in-russia", "bering-strait"])
def test_every_geometry_is_sound_within_the_world_and_runs_the_right_way_round(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any], name: str
) -> None:
    told = json.loads(saved(Stage(open_page(page_named(name)[1], reduced_motion=True).page), "geojson"))
    assert len({one["id"] for one in told["features"]}) == len(told["features"])
    areas = 0
    for one in told["features"]:
        if not one["geometry"]:
            continue
        found = shape(one["geometry"])
        west, south, east, north = found.bounds
        assert found.is_valid, one["id"]
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        if found.geom_type.endswith("Polygon"):
            for part in getattr(found, "geoms", [found]):
                areas += 1
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)
                assert part.bounds[2] - part.bounds[0] < 180
    assert areas


def test_an_area_across_the_180th_meridian_with_a_lake_comes_in_two_parts(
    tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    coast: list[Any] = [[178, 60], [182, 60], [182, 61], [179, 61.5], [182, 62], [182, 63], [178, 63], [178, 60]]
    lake: list[Any] = [[178.2, 60.5], [178.2, 60.8], [178.6, 60.8], [178.6, 60.5], [178.2, 60.5]]
    across: list[Any] = [[179.5, 62.3], [179.5, 62.6], [180.5, 62.6], [180.5, 62.3], [179.5, 62.3]]
    land = Polygon(coast, [lake, across])
    cut = [land.intersection(box(178, 50, 180, 70)), translate(land.intersection(box(180, 50, 190, 70)), -360)]
    halves = MultiPolygon([part for half in cut for part in getattr(half, "geoms", [half])])
    claim = {"quote": "over 1000 square kilometres", "area": "land"}
    one = step("It has over 1000 square kilometres.", show=["land"], claims=[claim])
    path = tmp_path / "land.html"
    path.write_text(build(made(one, places=[place("land", mapping(halves))])).html, encoding="utf-8")
    told = json.loads(saved(Stage(open_page(path, reduced_motion=True).page), "geojson"))
    (feature,) = [one for one in told["features"] if "claim" in one["properties"]]
    found = shape(feature["geometry"])
    assert found.is_valid
    assert found.symmetric_difference(halves).area < 0.01 * halves.area


def test_over_the_180th_meridian_the_geojson_ends_a_line_and_begins_another(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> None:
    story = Stage(open_page(page_named("bering-strait")[1], reduced_motion=True).page)
    told = json.loads(saved(story, "geojson"))
    crossing = 0
    for one in told["features"]:
        if not one["geometry"] or one["geometry"]["type"] == "Point":
            continue
        if one["geometry"]["type"].endswith("Polygon"):
            continue
        whole = one["geometry"]["type"] == "LineString"
        for line in [one["geometry"]["coordinates"]] if whole else one["geometry"]["coordinates"]:
            lons = [lon for lon, _ in line]
            assert all(-180 <= lon <= 180 for lon in lons)
            assert max(lons) - min(lons) < 180
            crossing += 180 in map(abs, (lons[0], lons[-1]))
    assert crossing


def test_a_cell_that_a_spreadsheet_would_run_is_marked_as_text(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    (tmp_path / "places.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "id": i, "properties": {"name": i, "uncertainty_m": 50, "source": "made up"},
             "geometry": {"type": "Point", "coordinates": [lon, 43.1]}} for i, lon in (("a", 131.5), ("b", 132.5))
        ]})
    )  # fmt: skip
    story = {
        "title": "Made up",
        "places": "places.geojson",
        "steps": [
            {"title": '=HYPERLINK("x")', "text": 'It is @SUM, "under 90 km", away.', "claims": [
                {"quote": '@SUM, "under 90 km"', "distance": {"from": "a", "to": "b"}, "expect": "under 90 km"},
            ]}
        ],
    }  # fmt: skip
    (tmp_path / "made-up.yaml").write_text(json.dumps(story, ensure_ascii=True))
    page = Stage(open_page(build_file(tmp_path / "made-up.yaml", tmp_path / "build")[1], reduced_motion=True).page)
    (row,) = csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig"), newline=""))
    assert row["title"] == '\'=HYPERLINK("x")'
    assert row["quote"] == '\'@SUM, "under 90 km"'


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("srcdoc", [False, True], ids=["file", "srcdoc"])
def test_in_a_sandbox_the_text_stands_in_the_page_to_be_copied(host: Host, kind: str, srcdoc: bool) -> None:
    _, frame = host(srcdoc=srcdoc)
    story = Stage.within(frame)
    story.page.evaluate("document.documentElement.classList.add('checking')")
    story.page.locator(f'.saves button[value="{kind}"]').click()
    field = story.page.get_by_label(f"checks.{kind}")
    text = field.input_value()
    assert text.startswith({"json": "{", "csv": '"claim","step"', "geojson": "{"}[kind])
    assert field.get_attribute("readonly") is not None
    assert story.page.evaluate("document.activeElement.value.length === getSelection().toString().length")
    assert story.page.get_by_role("link", name="Save as a file").get_attribute("download") == f"checks.{kind}"
    story.page.locator('.saves button[value="json"]').click()
    assert story.page.locator(".saved").count() == 1
