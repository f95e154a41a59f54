"""The commands: what they print and where, how they end, and that nobody ever sees a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import click
import pytest
import yaml

from storymap import cli
from storymap.inputs import read
from storymap.story import TranslationDoc, json_schema
from tests.unit.making import PLACES_FILE

FINE, CLAIM_FAILS, BAD_INPUT, MACHINE_AT_FAULT = 0, 1, 2, 3

HEAD = "title: A border\nsteps:\n  - title: One\n    text: It is less than 150 km.\n"
CLAIM = "    claims:\n      - {{quote: less than 150 km, distance: {{from: station, to: border}}{}}}\n"
HOLDS = HEAD + CLAIM.format("")
FAILS = HOLDS.replace("150", "100")
CLOSE = HOLDS.replace("150", "127.2")
WARNS = HOLDS.replace("150 km.", "150 km, and 3 km wide.")
WRONG = HOLDS.replace("station", "statoin")


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with places and no stories yet, as the working folder."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "places.geojson").write_bytes(PLACES_FILE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command in the project, after writing the stories that are given by name."""

    def run_(*arguments: str, **stories: str) -> Ended:
        for name, text in stories.items():
            (project / "stories" / f"{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["storymap", *arguments])
        code = FINE
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or FINE)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ended(code, out, err)

    return run_


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def pages_in(folder: Path) -> list[str]:
    return [path for path in everything_in(folder) if path.endswith(".html")]


# How a check ends


@pytest.mark.parametrize(
    ("story", "plain", "strict"),
    [
        (HOLDS, FINE, FINE),
        (FAILS, CLAIM_FAILS, CLAIM_FAILS),
        (CLOSE, FINE, CLAIM_FAILS),
        (WARNS, FINE, CLAIM_FAILS),
        (WRONG, BAD_INPUT, BAD_INPUT),
        (FAILS.replace("{quote", "{verdict: fails, quote"), FINE, FINE),
        (HOLDS.replace("{quote", "{verdict: fails, quote"), CLAIM_FAILS, CLAIM_FAILS),
        (CLOSE.replace("{quote", "{verdict: too-close, quote"), FINE, FINE),
    ],
    ids=["holds", "fails", "close", "warns", "wrong", "fails as said", "holds against the author", "close as said"],
)
def test_a_check_ends_by_what_it_finds(run: Run, story: str, plain: int, strict: int) -> None:
    assert run("check", a=story).code == plain
    assert run("check", "--strict").code == strict
    assert run("build").code == plain


def test_the_gravest_outcome_counts_and_every_story_has_its_turn(run: Run) -> None:
    ended = run("check", a=WRONG, b=FAILS, c=HOLDS)
    assert ended.code == BAD_INPUT
    assert ended.out.count("“less than") == 2
    assert "there is no place 'statoin'" in ended.err
    (Path("stories") / "a.yaml").unlink()
    assert run("check").code == CLAIM_FAILS


def test_findings_go_to_one_stream_and_problems_to_the_other(run: Run) -> None:
    ended = run("check", a=WARNS)
    assert ended.out == (
        "Holds             127.2 km ± 0.1 km       under 150 km  “less than 150 km”  stories/a.yaml:6\n"
    )
    assert ended.err == (
        "stories/a.yaml:4:39: warning: '3 km' measures something and is not checked [unchecked-measure]\n"
        "  4 |     text: It is less than 150 km, and 3 km wide.\n"
        "    |                                       ^^^^\n"
        "  help: list it under 'unchecked' with the reason, or claim it, with your own words for those in capitals:\n"
        "    - quote: 3 km\n"
        "      distance: {from: A-PLACE, to: ANOTHER-PLACE}\n"
    )


@pytest.mark.parametrize("command", ["check", "build"])
def test_failing_claims_are_counted_on_one_line(run: Run, command: str) -> None:
    one = "stories/a.yaml: 1 claim does not hold; say `verdict: fails` where that is meant\n"
    assert run(command, a=FAILS).err == one
    two = (
        FAILS.replace("100 km.", "100 km, and less than 90 km.") + CLAIM.format("").replace("150", "90").split("\n")[1]
    )
    assert run(command, a=two).err == one.replace("1 claim does", "2 claims do")
    other = HOLDS.replace("{quote", "{verdict: fails, quote")
    assert run(command, a=other).err.startswith("stories/a.yaml: 1 claim turns out other than 'verdict' says; ")
    assert run(command, a=FAILS.replace("{quote", "{verdict: fails, quote")).err == ""


def test_a_story_without_claims_says_so(run: Run) -> None:
    assert run("check", a=HEAD.replace("less than 150 km", "short")) == (FINE, "no claims  stories/a.yaml\n", "")


def test_a_warning_about_a_place_shows_the_places_file(run: Run, project: Path) -> None:
    places = project / "data" / "places.geojson"
    places.write_text(places.read_text().replace("[131.88, 43.11]", "[131.88, 43.11, 7]"))
    ended = run("check", a=HOLDS)
    first, excerpt, *_ = ended.err.splitlines()
    assert first.startswith("data/places.geojson:1:")
    assert excerpt.startswith("  1 | ")
    assert '"station"' in excerpt


def test_every_story_of_the_project_is_taken_where_none_is_named(run: Run, project: Path) -> None:
    ended = run("check", b=HOLDS, a=HOLDS)
    assert [line.split("  ")[-1] for line in ended.out.splitlines()] == ["stories/a.yaml:6", "stories/b.yaml:6"]
    os.chdir(project / "data")
    assert run("check").code == FINE


@pytest.mark.parametrize("command", ["check", "build"])
def test_without_stories_the_command_says_so(run: Run, command: str) -> None:
    assert run(command) == (
        BAD_INPUT,
        "",
        "storymap: there are no stories here: give a path, or put one into stories/\n",
    )


# For machines


def documents(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_json_is_one_document_with_one_record_a_story(run: Run) -> None:
    ended = run("check", "--format", "json", a=WRONG, b=FAILS, c=WARNS)
    assert (ended.code, ended.err) == (BAD_INPUT, "")
    wrong, fails, warns = documents(ended.out)
    assert [record["story"] for record in (wrong, fails, warns)] == [f"stories/{name}.yaml" for name in "abc"]
    assert all(record.keys() == wrong.keys() for record in (fails, warns))
    assert [error["code"] for error in wrong["errors"]] == ["unknown-place"]
    assert (wrong["claims"], fails["errors"]) == ([], [])
    assert fails["claims"][0]["as_the_author_says"] is False
    assert [warning["code"] for warning in warns["warnings"]] == ["unchecked-measure"]


def test_json_comes_also_where_nothing_but_errors_is_found(run: Run) -> None:
    ended = run("check", "--format", "json", "nowhere.yaml")
    assert ended.code == BAD_INPUT
    (record,) = documents(ended.out)
    assert (record["story"], record["errors"][0]["code"]) == ("nowhere.yaml", "file-missing")


def test_json_of_several_wrong_stories_is_still_one_document(run: Run) -> None:
    assert len(documents(run("check", "--format", "json", a=WRONG, b="- no story", c="title: [").out)) == 3


def test_a_test_report_comes_also_where_stories_are_wrong(run: Run) -> None:
    ended = run("check", "--format", "junit", a=WRONG, b=FAILS, c=CLOSE)
    assert (ended.code, ended.err) == (BAD_INPUT, "")
    root = ET.fromstring(ended.out)
    assert [suite.get("name") for suite in root] == [f"stories/{name}.yaml" for name in "abc"]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")
    assert ET.fromstring(run("check", "--format", "junit", "--strict").out).get("failures") == "2"


def test_a_test_report_is_utf_8_at_any_terminal(run: Run, project: Path) -> None:
    run("check", a=HOLDS)
    command = [sys.executable, "-m", "storymap", "check", "--format", "junit"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=project, capture_output=True, env=environment, check=True)
    assert done.stdout.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    assert "“less than 150 km”" in done.stdout.decode("utf-8")


def test_github_is_told_in_commands_and_its_log_in_lines(run: Run) -> None:
    ended = run("check", "--format", "github", a=WRONG, b=FAILS, c=CLOSE, d=HOLDS)
    assert ended.code == BAD_INPUT
    wrong, fails, its_line, close, *others = ended.out.splitlines()
    assert wrong.startswith("::error file=stories/a.yaml,line=6,col=")
    assert ",title=unknown-place::" in wrong
    assert fails.startswith("::error file=stories/b.yaml,line=6,col=")
    assert its_line.startswith("Does not hold ")
    assert close.startswith("::warning file=stories/c.yaml,line=6,col=")
    assert [line.split("  ")[0] for line in others] == ["Too close to call 127.2 km ± 0.1 km", "Holds"]
    assert run("check", "--format", "github", "stories/d.yaml").err == ""


# Measures


def test_measure_tells_how_far_it_is(run: Run) -> None:
    ended = run("measure", "station", "border")
    assert (ended.code, ended.err) == (FINE, "")
    assert "distance        127.2 km ± 0.1 km\n" in ended.out
    assert "along the line  " in run("measure", "station", "island", "--along", "border").out
    assert run("measure", "island").out.startswith("Island\n\narea ")


@pytest.mark.parametrize("position", ["-33.86, 151.21", "-33.86,-151.21", "-.5, 3", "−33.86, 151.21"])
def test_a_position_may_begin_with_a_minus(run: Run, position: str) -> None:
    assert run("measure", position).code == FINE
    assert run("measure", position, "station", "--format", "json").code == FINE
    assert run("measure", "--format", "json", "station", position).code == FINE
    assert run("measure", "--", position).code == FINE


def test_measure_has_data_for_programs(run: Run) -> None:
    data = json.loads(run("measure", "station", "border", "--format", "json").out)
    assert data["distance"]["shown"][0] == "127.2 km ± 0.1 km"


def test_measure_needs_no_project_for_positions_and_files(run: Run, project: Path) -> None:
    (project / "data" / "places.geojson").rename(project / "moved.geojson")
    (project / "a.json").write_text(json.dumps({"type": "LineString", "coordinates": [[0, 50], [30, 50]]}))
    assert run("measure", "43.1, 131.9", "a.json", "--uncertainty", "1km").code == FINE
    lengths = {
        edges: json.loads(run("measure", "a.json", "--edges", edges, "--format", "json").out)["length"]["value"]
        for edges in ("planar", "geodesic")
    }
    assert lengths["geodesic"] < lengths["planar"] - 1000
    assert run("measure", "station").code == BAD_INPUT
    assert run("measure", "station", "--places", "moved.geojson").code == FINE


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["statoin"], "there is no place 'statoin' (did you mean 'station'?)"),
        (["station", "131.88, 43.11"], "it looks swapped"),
        (["43.11,", "131.88"], "put quotes round the whole"),
        (["station", "border", "--along", "island"], "'island' is a"),
        (["station", "border", "--uncertainty", "far"], "write a length such as 100m or 1.5km"),
        (["station", "--places", "gone.geojson"], "there is no file 'gone.geojson'"),
        (["gone.geojson"], "there is no file 'gone.geojson'"),
    ],
)
def test_what_cannot_be_measured_is_bad_input_in_one_line(run: Run, arguments: list[str], says: str) -> None:
    ended = run("measure", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (BAD_INPUT, "", 1)
    assert ended.err.startswith("storymap: ")
    assert says in ended.err


def test_a_places_file_with_faults_is_shown_where_they_stand(run: Run, project: Path) -> None:
    (project / "data" / "places.geojson").write_text('{"type": "FeatureCollection",\n"features": [{"id": "x"}]}')
    ended = run("measure", "x")
    assert (ended.code, ended.out) == (BAD_INPUT, "")
    assert "data/places.geojson:2:" in ended.err


def test_a_warning_about_a_place_is_told_where_that_place_is_measured(run: Run, project: Path) -> None:
    places = project / "data" / "places.geojson"
    places.write_text(places.read_text().replace("[131.88, 43.11]", "[131.88, 43.11, 7]"))
    ended = run("measure", "station", "border")
    assert ended.code == FINE
    assert "[height-dropped]" in ended.err
    assert run("measure", "border", "island").err == ""


def test_a_file_that_cannot_be_read_is_the_machines_fault(run: Run, project: Path) -> None:
    (project / "loop.json").symlink_to("loop.json")
    assert run("measure", "loop.json").code == MACHINE_AT_FAULT


def test_a_suspected_swap_is_a_hint_beside_the_measure(run: Run) -> None:
    ended = run("measure", "43.1, 80.0", "80.1, 43.2")
    assert ended.code == FINE
    assert "distance     4,382 km ± 13 km" in ended.out
    assert ended.err.startswith("hint: latitude and longitude may be swapped in 43.1, 80.0 or in 80.1, 43.2")


# Pages


def test_a_build_writes_the_page_and_says_where(run: Run, project: Path) -> None:
    ended = run("build", "-o", "out", a=HOLDS)
    assert ended.code == FINE
    assert ended.out.splitlines()[1] == "open out/a/index.html"
    assert pages_in(project / "out") == ["a/index.html"]
    assert (project / "out" / "a" / "index.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_page_is_built_even_where_a_claim_fails(run: Run, project: Path) -> None:
    """The page says so; whether to publish it is for the author to decide."""
    assert run("build", a=FAILS).code == CLAIM_FAILS
    assert "Does not hold" in (project / "build" / "a" / "index.html").read_text(encoding="utf-8")


def test_a_wrong_story_leaves_the_old_page_and_builds_the_others(run: Run, project: Path) -> None:
    run("build", a=HOLDS)
    before = (project / "build" / "a" / "index.html").read_bytes()
    assert run("build", a=WRONG, b=HOLDS).code == BAD_INPUT
    assert (project / "build" / "a" / "index.html").read_bytes() == before
    assert pages_in(project / "build") == ["a/index.html", "b/index.html"]


def test_two_stories_of_one_name_are_not_built_over_each_other(run: Run, project: Path) -> None:
    (project / "a.yaml").write_text(HOLDS)
    ended = run("build", "stories/a.yaml", "a.yaml", a=HOLDS)
    assert ended.code == BAD_INPUT
    assert "this story and stories/a.yaml would both be build/a/index.html" in ended.err
    assert not (project / "build").exists()


@pytest.mark.parametrize("stands_in_the_way", ["file", "page is a folder", "page is a link", "broken link"])
def test_what_stands_in_the_way_of_a_page_stays_and_the_machine_is_at_fault(
    run: Run, project: Path, stands_in_the_way: str
) -> None:
    out = project / "out"
    if stands_in_the_way == "file":
        out.write_text("precious")
    elif stands_in_the_way == "broken link":
        out.symlink_to("nowhere")
    else:
        (out / "a").mkdir(parents=True)
        page = out / "a" / "index.html"
        page.mkdir() if stands_in_the_way == "page is a folder" else page.symlink_to(
            project / "data" / "places.geojson"
        )
    before = everything_in(project)
    ended = run("build", "-o", "out", a=HOLDS)
    assert (ended.code, ended.out, ended.err.count("\n")) == (MACHINE_AT_FAULT, "", 1)
    assert ended.err.startswith(
        ("storymap: cannot write out/a/index.html", "storymap: will not write over out/a/index.html")
    )
    assert everything_in(project) == sorted([*before, "stories/a.yaml"])


# Pictures


@pytest.mark.parametrize(
    ("options", "begins"),
    [
        (("-o", "one.svg"), b"<svg "),
        (("-o", "one.png"), b"\x89PNG"),
        (("-o", "one.PNG", "--step", "one"), b"\x89PNG"),
        (("-o", "one", "--format", "svg"), b"<svg "),
    ],
)
def test_a_picture_is_what_its_name_or_the_format_says(
    run: Run, project: Path, options: tuple[str, ...], begins: bytes
) -> None:
    ended = run("picture", "stories/a.yaml", *options, a=HOLDS)
    assert ended == (FINE, f"wrote {options[1]}\n", "")
    assert (project / options[1]).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("-o", "x.svg", "--step", "oen"), "stories/a.yaml has no step 'oen'; did you mean 'one'?"),
        (("-o", "x.svg", "--step", "seven"), "stories/a.yaml has no step 'seven'; its steps are one"),
        (("-o", "x.png", "--format", "svg"), "x.png ends in .png; name it .svg"),
        (("-o", "x.jpg"), "x.jpg ends in neither .svg nor .png; add --format"),
        ((), "Missing option '-o'"),
    ],
)
def test_a_picture_that_cannot_be_meant_is_refused(
    run: Run, project: Path, options: tuple[str, ...], says: str
) -> None:
    ended = run("picture", "stories/a.yaml", *options, a=HOLDS)
    assert ended.code == BAD_INPUT
    assert says in ended.err
    assert list(project.glob("x.*")) == []


def test_a_folder_that_may_not_be_written_is_the_machines_fault(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    ended = run("build", a=HOLDS)
    assert ended == (MACHINE_AT_FAULT, "", "storymap: cannot write build/a/index.html: Permission denied\n")
    assert everything_in(project / "build") == []


# Whatever is given


@pytest.mark.parametrize("command", ["check", "build", "embed"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nowhere.yaml", BAD_INPUT),
        ("stories", BAD_INPUT),
        ("", BAD_INPUT),
        ("pipe.yaml", BAD_INPUT),
        ("latin.yaml", BAD_INPUT),
        ("empty.yaml", BAD_INPUT),
        ("zeros.yaml", BAD_INPUT),
        ("loop.yaml", MACHINE_AT_FAULT),
        ("n" * 300, MACHINE_AT_FAULT),
        ("\udcff.yaml", BAD_INPUT),
    ],
)
def test_what_is_no_story_ends_in_a_message(run: Run, project: Path, command: str, name: str, code: int) -> None:
    os.mkfifo(project / "pipe.yaml")
    (project / "latin.yaml").write_bytes("title: Zürich\n".encode("latin-1"))
    (project / "empty.yaml").touch()
    (project / "zeros.yaml").write_bytes(bytes(1000))
    (project / "loop.yaml").symlink_to("loop.yaml")
    ended = run(command, name)
    assert (ended.code, ended.out) == (code, "")
    assert ended.err


@pytest.mark.parametrize("places", ["folder", "pipe", "not json", "too deep", "nothing", "binary", "list", "gone"])
def test_places_that_are_none_end_in_a_message(run: Run, project: Path, places: str) -> None:
    path = project / "data" / "places.geojson"
    raw = {
        "not json": b"title: x",
        "too deep": b"[" * 100_000,
        "nothing": b"",
        "binary": bytes(range(256)),
        "list": b"[1]",
    }
    path.unlink()
    if places == "folder":
        path.mkdir()
    elif places == "pipe":
        os.mkfifo(path)
    elif places != "gone":
        path.write_bytes(raw[places])
    (project / "storymap.yaml").touch()
    for command in ("check", "build"):
        ended = run(command, a=HOLDS)
        assert (ended.code, ended.out) == (BAD_INPUT, "")
        assert "places" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--formt"],
        ["check", "--format", "xml"],
        ["measure"],
        ["measure", "station", "border", "island"],
        ["measure", "station", "--along", "border"],
        ["measure", "station", "--edges", "round"],
        ["measure", "station", "--uncertianty", "5m"],
        ["embed"],
        ["embed", "a", "--height", "9"],
        ["serve"],
    ],
)
def test_wrong_usage_is_bad_input(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (BAD_INPUT, "")
    assert "Usage: " in ended.err


# The other commands


def test_embed_prints_a_frame(run: Run) -> None:
    ended = run("embed", "stories/my story.yaml", "--height", "500", **{"my story": HOLDS})
    assert ended.code == FINE
    assert ended.out.startswith('<iframe src="my%20story/index.html?embed=1" ')
    assert 'height="500"' in ended.out
    assert run("embed", "stories/my story.yaml", "--url", "https://example.org/?a#b").out.startswith(
        '<iframe src="https://example.org/?a&amp;embed=1#b" '
    )


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("example.org", "type https://example.org/"),
        ("www.example.org/border/", "type https://www.example.org/border/"),
        ("//example.org/border", "type https://example.org/border"),
        ("example.org:8080/a", "type https://example.org:8080/a"),
        ("javascript:alert(1)", "does not begin with http: or https:"),
        (" javascript:alert(1)", "holds a space"),
        ("java\tscript:alert(1)", "holds a space"),
        ("data:text/html,x", "does not begin with http: or https:"),
        ("file:///etc", "does not begin with http: or https:"),
        ("https://me@example.org/", "holds a user name"),
        ("https:///a", "names no host"),
        ("http:a", "names no host"),
        ("a b/index.html", "holds a space"),
        ("..\\index.html", "holds a backslash"),
        ("", "is no address"),
        ("//", "is no address"),
    ],
)
def test_embed_refuses_what_is_no_address_of_a_page(run: Run, url: str, says: str) -> None:
    ended = run("embed", "stories/a.yaml", "--url", url, a=HOLDS)
    assert (ended.code, ended.out) == (BAD_INPUT, "")
    assert says in ended.err


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "HTTP://example.org/a", "a/index.html", "index.html", "/maps/a/", "../a.b/", "./a?b=c:d#e"],
)
def test_embed_takes_web_addresses_and_paths(run: Run, url: str) -> None:
    ended = run("embed", "stories/a.yaml", "--url", url, a=HOLDS)
    assert (ended.code, ended.err) == (FINE, "")
    assert f'<iframe src="{url.partition("?")[0]}?' in ended.out


def test_embed_of_a_wrong_story_is_none(run: Run) -> None:
    ended = run("embed", "stories/a.yaml", a=HOLDS.replace("title: A", "titel: A\ntitle: A"))
    assert (ended.code, ended.out) == (BAD_INPUT, "")
    assert "unknown key 'titel'" in ended.err


TRANSLATED = """language: ko
title: A
steps:
  {step}: {{title: 하나, text: 국경에서 150km가 안 된다., claims: {{{quote}: 150km가 안 된다}}}}
"""


def test_a_story_brings_its_translations_along(run: Run, project: Path) -> None:
    source = yaml.safe_load(HOLDS)["steps"][0]
    words = TRANSLATED.format(step=read(story_at(project, HOLDS)).story.steps[0].id, quote=source["claims"][0]["quote"])
    ended = run("check", "stories/a.yaml", **{"a": HOLDS, "a.ko": words})
    assert (ended.code, ended.err, ended.out.count("\n")) == (FINE, "", 2)
    assert "stories/a.ko.yaml:4" in ended.out.split("\n")[1]
    alone = run("check", "stories/a.ko.yaml")
    assert alone.out == "".join(ended.out.splitlines(keepends=True)[1:])
    built = run("build", "-o", "out")
    assert built.code == FINE
    assert built.out.index("open out/a/index.html") < built.out.index("open out/a/ko/index.html")
    assert (project / "out" / "a" / "ko" / "index.html").is_file()


def test_what_is_wrong_with_a_story_is_not_told_again_for_its_translation(run: Run) -> None:
    twice = "context: [nowhere, neither]\n" + WRONG
    words = TRANSLATED.format(step="one", quote="less than 150 km")
    once = run("check", "stories/b.yaml", b=twice)
    both = run("check", "stories/a.yaml", **{"a": twice, "a.ko": words})
    assert (once.code, both.code) == (BAD_INPUT, BAD_INPUT)
    faults = [(ended.err + ended.out).count("[unknown-place]") for ended in (once, both)]
    assert faults == [3, 3]
    assert "stories/a.ko.yaml: stopped by stories/a.yaml:1:11, see above" in both.err


def story_at(project: Path, text: str) -> Path:
    path = project / "stories" / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_schema_is_printed_or_written_at_the_root(run: Run, project: Path) -> None:
    assert json.loads(run("schema").out) == json_schema()
    assert json.loads(run("schema", "--translation").out) == json_schema(TranslationDoc)
    os.chdir(project / "stories")
    ended = run("schema", "--write")
    written = [project / f"{name}.schema.json" for name in ("storymap", "storymap-translation")]
    assert ended == (FINE, "".join(f"wrote {path}\n" for path in written), "")
    found = [json.loads(path.read_text(encoding="utf-8")) for path in written]
    assert found == [json_schema(), json_schema(TranslationDoc)]


def test_a_schema_that_cannot_be_written_is_the_machines_fault(run: Run, project: Path) -> None:
    (project / "storymap.schema.json").mkdir()
    ended = run("schema", "--write")
    assert (ended.code, ended.out, ended.err.count("\n")) == (MACHINE_AT_FAULT, "", 1)


@pytest.mark.parametrize("command", ["build", "check", "embed", "measure", "schema", "serve"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert (ended.code, ended.err) == (FINE, "")
    assert f"Usage: storymap {command}" in ended.out


# At a real terminal


def test_a_terminal_that_has_no_curly_quotes_gets_the_findings_all_the_same(run: Run, project: Path) -> None:
    run("check", a=HOLDS)
    command = [sys.executable, "-m", "storymap", "check"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=project, capture_output=True, env=environment, check=True)
    assert done.stderr == b""
    assert "127.2 km ± 0.1 km" in done.stdout.decode("latin-1")
    assert b"\\u201cless than 150 km\\u201d" in done.stdout


def test_a_full_disk_is_the_machines_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    say = click.echo

    def full(message: str, *, err: bool = False) -> None:
        if not err:
            raise OSError(28, "No space left on device")
        say(message, err=True)

    monkeypatch.setattr(click, "echo", full)
    assert run("check", a=HOLDS) == (MACHINE_AT_FAULT, "", "storymap: [Errno 28] No space left on device\n")
