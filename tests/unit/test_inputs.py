"""Which files a story is made of, and that no other file, and nothing that is no file, is ever read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storymap import inputs
from storymap.inputs import gather, project_of, read, shown_path, stories_of, texts_of
from storymap.problems import Problem, Span, StoryError, ToolError

STORY = "title: A border\nsteps:\n  - title: One\n    text: It is short.\n"
PLACES = '{"type": "FeatureCollection", "features": []}'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a story and places, the working folder beside it."""
    root = tmp_path / "project"
    (root / "stories").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "data" / "places.geojson").write_text(PLACES)
    (root / "stories" / "a.yaml").write_text(STORY)
    return root


def story_with(project: Path, head: str) -> Path:
    path = project / "stories" / "a.yaml"
    path.write_text(f"{head}\n{STORY}")
    return path


def faults_of(path: Path) -> list[str]:
    return [problem.message for problem in read(path).faults]


def test_a_story_comes_with_the_places_of_its_project(project: Path) -> None:
    found = read(project / "stories" / "a.yaml")
    assert found.name == "a"
    assert found.places is not None
    assert found.places.raw == PLACES.encode()
    assert found.faults == ()


def test_a_project_begins_where_storymap_yaml_or_the_places_are(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    assert project_of(deep / "x.yaml") == deep
    (tmp_path / "storymap.yaml").touch()
    assert project_of(deep / "x.yaml") == tmp_path
    (tmp_path / "a" / "data").mkdir()
    (tmp_path / "a" / "data" / "places.geojson").touch()
    assert project_of(deep / "x.yaml") == tmp_path / "a"


def test_without_them_it_is_the_folder_that_holds_stories(tmp_path: Path) -> None:
    assert project_of(tmp_path / "stories" / "a.yaml") == tmp_path
    assert project_of(tmp_path / "a.yaml") == tmp_path


def test_the_stories_of_a_project_are_found_from_anywhere_in_it(project: Path) -> None:
    """In the order of their names; what editors and systems leave there does not count."""
    folder = project / "stories"
    for name in ("b.yml", "._a.yaml", ".#a.yaml", "c.yaml~", "notes.txt", "d.yhtml", "page.y.html", "B.YAML.bak"):
        (folder / name).write_text(STORY)
    assert stories_of(folder) == stories_of(project / "data") == [folder / "a.yaml", folder / "b.yml"]
    assert stories_of(project.parent) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../data/nowhere.geojson", "there is no file '../data/nowhere.geojson'"),
        ("../data", "'../data' is not a regular file"),
        ("../pipe", "'../pipe' is not a regular file"),
        ("../loop", "cannot read '../loop'"),
        ("../../outside.geojson", "'../../outside.geojson' lies outside of the project"),
        ("../way-out.geojson", "'../way-out.geojson' lies outside of the project"),
        ("/etc/hostname", "'/etc/hostname' lies outside of the project"),
        ("a.yaml/places", "cannot read 'a.yaml/places'"),
        ("n" * 300, "cannot read '"),
        ("..\\data\\places.geojson", "'..\\data\\places.geojson' has a backslash"),
    ],
)
@pytest.mark.parametrize("key", ["places: {}", "basemap: {{detail: {}}}"])
def test_a_file_that_cannot_be_had_is_a_fault_at_its_name(project: Path, key: str, name: str, why: str) -> None:
    (project.parent / "outside.geojson").write_text(PLACES)
    (project / "way-out.geojson").symlink_to(project.parent / "outside.geojson")
    (project / "loop").symlink_to(project / "loop")
    os.mkfifo(project / "pipe")
    path = story_with(project, key.format(name))
    (fault,) = read(path).faults
    assert fault.message.startswith(why)
    assert (fault.code, fault.span.line) == ("file-missing", 1)
    assert fault.help


def test_a_link_inside_of_the_project_is_followed(project: Path) -> None:
    (project / "data" / "link.geojson").symlink_to(project / "data" / "places.geojson")
    found = read(story_with(project, "places: ../data/link.geojson")).places
    assert found is not None
    assert found.raw == PLACES.encode()


def test_the_default_places_are_held_to_the_same_rules(project: Path) -> None:
    (project / "storymap.yaml").touch()
    default = project / "data" / "places.geojson"
    default.unlink()
    assert faults_of(project / "stories" / "a.yaml") == []
    default.symlink_to(project.parent / "elsewhere.geojson")
    assert faults_of(project / "stories" / "a.yaml") == ["'data/places.geojson' lies outside of the project"]
    default.unlink()
    default.mkdir()
    assert faults_of(project / "stories" / "a.yaml") == ["'data/places.geojson' is not a regular file"]


def test_a_file_that_is_too_large_is_not_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_PLACES_BYTES", 10)
    (why,) = faults_of(project / "stories" / "a.yaml")
    assert why == "'data/places.geojson' has 45 bytes; at most 10 are read"


def test_a_story_that_is_too_large_is_not_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it read for the excerpt of its problem."""
    path = project / "stories" / "a.yaml"
    with path.open("wb") as file:
        file.truncate(10**12)  # has no blocks on the disk

    def refuse(_: Path) -> bytes:
        raise AssertionError("read")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StoryError, match="the file has 1,000,000,000,000 bytes") as caught:
        read(path)
    assert [problem.code for problem in caught.value.problems] == ["file-too-large"]
    assert texts_of(caught.value.problems) == {}


def test_all_missing_files_are_told_at_once(project: Path) -> None:
    path = story_with(project, "places: one\nbasemap: {detail: two}")
    path.write_text(path.read_text() + "    media:\n      - {image: three, alt: x}\n      - {image: four, alt: x}\n")
    assert faults_of(path) == [f"there is no file '{name}'" for name in ("one", "two", "three", "four")]


def test_a_story_with_a_wrong_key_keeps_what_is_sound(project: Path) -> None:
    path = story_with(project, "places: nowhere\nsubtitel: x")
    found = read(path)
    assert [problem.code for problem in found.faults] == ["unknown-key", "file-missing"]
    assert found.story.title == "A border"


def test_a_misspelt_places_key_is_not_taken_for_none(project: Path) -> None:
    """Else every place of the story would be reported as unknown."""
    found = read(story_with(project, "plces: ../data/other.geojson"))
    assert found.places is None
    assert [problem.code for problem in found.faults] == ["unknown-key"]


@pytest.mark.parametrize("text", ["steps: 1", "title: x", "- a", "title: x\nsteps: []\n"])
def test_a_story_with_nothing_to_go_on_is_an_error(project: Path, text: str) -> None:
    path = project / "stories" / "a.yaml"
    path.write_text(text)
    with pytest.raises(StoryError):
        read(path)


def test_what_is_no_story_file_is_an_error(project: Path) -> None:
    os.mkfifo(project / "pipe.yaml")
    for name, why in {
        "nowhere.yaml": "there is no such story",
        "data": "not a file",
        "pipe.yaml": "not a file",
    }.items():
        with pytest.raises(StoryError, match=why):
            read(project / name)


def test_a_machine_that_cannot_read_is_at_fault_and_not_the_story(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ToolError, match=r"cannot read .*a\.yaml: Permission denied"):
        read(project / "stories" / "a.yaml")


def test_names_that_no_system_takes_are_no_crash(project: Path) -> None:
    (project / "loop.yaml").symlink_to(project / "loop.yaml")
    for name in ("n" * 300, "loop.yaml", "stories/a.yaml/b"):
        with pytest.raises(ToolError, match="cannot read"):
            read(project / name)


def test_a_story_need_not_be_on_disk(project: Path) -> None:
    found = gather(STORY.encode(), project / "stories" / "unwritten.yaml")
    assert (found.name, found.places is None) == ("unwritten", False)


def test_paths_are_shown_from_the_working_folder_where_they_lie_below_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert shown_path(project / "stories" / "a.yaml") == "stories/a.yaml"
    assert shown_path(Path("stories/../stories/a.yaml")) == "stories/a.yaml"
    monkeypatch.chdir(project / "data")
    assert shown_path(Path("../stories/a.yaml")) == "../stories/a.yaml"


def test_excerpts_come_from_files_alone(project: Path) -> None:
    """A pipe would wait for ever, and what is gone has no text."""
    os.mkfifo(project / "pipe")
    (project / "odd.yaml").write_bytes(b"\xef\xbb\xbftitle: \xff")
    paths = [str(project / name) for name in ("stories/a.yaml", "pipe", "data", "nowhere", "odd.yaml", "n" * 300)]
    found = texts_of([Problem(Span(path), "c", "m") for path in paths])
    assert found == {paths[0]: STORY, paths[4]: "title: \ufffd"}


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("data/places.geojson", "type ../data/places.geojson"),
        ("../Data/Places.GeoJSON", "type ../data/places.geojson"),
        ("/data/places.geojson", "type ../data/places.geojson"),
        ("..\\data\\places.geojson", "type ../data/places.geojson"),
        ("../Coast.geojson", "type coast.geojson"),
        ("maps/town.geojson", "type ../town.geojson"),
        ("https://example.org/places.geojson", "download the file first; pages make no request"),
        ("nowhere.geojson", "paths are relative to "),
        ("../data", "paths are relative to "),
        ("../way-out.geojson", "paths are relative to "),
        ("../secret.geojson", "paths are relative to "),
    ],
)
def test_a_wrong_path_is_told_the_right_one(project: Path, name: str, help: str) -> None:
    (project.parent / "secret.geojson").write_text(PLACES)
    (project / "way-out.geojson").symlink_to(project.parent / "secret.geojson")
    (project / "stories" / "coast.geojson").write_text(PLACES)
    (project / "town.geojson").write_text(PLACES)
    (fault,) = read(story_with(project, f"places: {name}")).faults
    assert fault.help.startswith(help)


def test_a_story_shown_in_a_debugger_is_not_all_of_its_bytes(project: Path) -> None:
    shown = repr(read(project / "stories" / "a.yaml"))
    assert "FeatureCollection" not in shown
    assert "steps:" not in shown
