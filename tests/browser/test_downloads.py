"""What was checked can be taken along as files, which the page makes of itself; where a frame forbids it, as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built, build_file
from storymap.scene import Reading
from tests.browser.stage import Stage

Host = Callable[..., tuple[Any, Any]]
KINDS = ("json", "csv", "geojson")


def saved(story: Stage, kind: str) -> bytes:
    """Press a button of the list of checks, and return the file that comes."""
    with story.page.expect_download() as coming:
        story.page.locator(f'.saves button[value="{kind}"]').click()
    assert coming.value.suggested_filename == f"checks.{kind}"
    return Path(coming.value.path()).read_bytes()


def readings(built: Built) -> list[Reading]:
    return [one for f in built.checked.findings.values() for one in (f.headline, *f.also)]


def test_the_json_has_every_reading_with_its_numbers_in_si_units(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    told = json.loads(saved(stage(), "json"))
    assert told["title"] == "Kim’s train to Vladivostok"
    assert len(told["claims"]) == len(readings(built[0]))
    for one, reading in zip(told["claims"], readings(built[0]), strict=True):
        measured = reading.measurement
        assert one["verdict"] == reading.verdict.value
        u = max(measured.high - measured.value, measured.value - measured.low, 1e-3)
        for name in ("value", "low", "high"):
            assert one[name] == pytest.approx(getattr(measured, name), abs=0.01 * u)
        assert one["rows"]["Measured"]
        assert one["quote"] in " ".join(f.quote for f in built[0].checked.findings.values())


def test_the_csv_is_one_line_a_reading_and_reads_as_it_was_written(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    raw = saved(stage(), "csv")
    assert raw.startswith(b"\xef\xbb\xbf"), "or a spreadsheet takes it for an old alphabet"
    assert raw.count(b"\r\n") == len(readings(built[0])) + 1
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["verdict"] for row in rows] == [one.verdict.value for one in readings(built[0])]
    assert [row["quote"] for row in rows if not row["reading"]] == [
        finding.quote for finding in built[0].checked.findings.values()
    ]
    assert {row["step"] for row in rows} <= set(stage().ids)


def test_the_geojson_has_the_measured_lines_where_they_were_measured(
    stage: Callable[..., Stage], built: tuple[Built, Path]
) -> None:
    told = json.loads(saved(stage(), "geojson"))
    assert told["type"] == "FeatureCollection"
    lines = {one["id"]: one for one in told["features"] if "claim" in one["properties"]}
    findings = built[0].checked.findings
    assert set(lines) == {i for i, finding in findings.items() if finding.headline.measurement.lines}
    for claim, one in lines.items():
        start, end = one["geometry"]["coordinates"][0][0], one["geometry"]["coordinates"][-1][-1]
        measured = findings[claim].headline.measurement.lines
        assert start == pytest.approx(measured[0][0], abs=2e-3), "lon, lat, as finely as it is drawn"
        assert end == pytest.approx(measured[-1][-1], abs=2e-3)
        assert all(len(str(number).partition(".")[2]) <= 5 for number in (*start, *end))
        assert one["properties"]["verdict"] == findings[claim].verdict.value
        assert one["properties"]["value"] is not None
    places = [one for one in told["features"] if "claim" not in one["properties"]]
    assert {one["geometry"]["type"] for one in places} == {"Point", "MultiLineString"}


def test_over_the_180th_meridian_the_geojson_ends_a_line_and_begins_another(
    page_named: Callable[[str], tuple[Built, Path]], open_page: Callable[..., Any]
) -> None:
    story = Stage(open_page(page_named("bering-strait")[1], reduced_motion=True).page)
    told = json.loads(saved(story, "geojson"))
    crossing = 0
    for one in told["features"]:
        if one["geometry"]["type"] == "Point":
            continue
        for line in one["geometry"]["coordinates"]:
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
