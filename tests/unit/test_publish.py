"""A page appears whole or not at all, where it belongs, and never in the place of something else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from storymap import compiler
from storymap.compiler import Built, build, picture, write
from storymap.problems import StoryError, ToolError
from storymap.publish import apart, page_of, publish, publish_maps
from tests.unit.making import made, step


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_page_is_written_with_its_folders(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "b" / "index.html", "“né”\n")
    assert (tmp_path / "a" / "b" / "index.html").read_bytes() == "“né”\n".encode()
    assert everything_in(tmp_path) == ["a", "a/b", "a/b/index.html"]


OURS = '<svg xmlns="http://www.w3.org/2000/svg" class="storymap" role="img"></svg>'


def test_maps_of_steps_that_are_no_more_go_and_other_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    publish_maps(folder, {"one": OURS, "two": OURS})
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>', encoding="utf-8")
    (folder / "notes.txt").write_text(OURS, encoding="utf-8")
    (folder / "link.svg").symlink_to("two.svg")
    publish_maps(folder, {"two": OURS, "three": OURS})
    assert everything_in(folder) == ["link.svg", "logo.svg", "notes.txt", "three.svg", "two.svg"]


def test_what_build_writes_is_known_as_ours() -> None:
    built = build(made(step(id="one")))
    assert picture(built, "one").decode().startswith(OURS.split("role", maxsplit=1)[0])


def test_everyone_may_read_it(tmp_path: Path) -> None:
    publish(tmp_path / "index.html", "x")
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o644


def test_an_old_page_is_replaced_in_one_move(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    publish(page, "old")
    before = page.stat().st_ino
    with page.open(encoding="utf-8") as reader:
        publish(page, "new")
        assert reader.read() == "old"  # who was reading keeps what he had
    assert page.read_text(encoding="utf-8") == "new"
    assert page.stat().st_ino != before


def test_a_disk_that_fails_leaves_the_old_page_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "index.html"
    publish(page, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ToolError, match="No space left on device"):
        publish(page, "new")
    assert page.read_text(encoding="utf-8") == "old"
    assert everything_in(tmp_path) == ["index.html"]


def test_an_interruption_leaves_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "index.html", "new")
    assert everything_in(tmp_path) == []


def test_a_folder_or_a_link_in_the_place_of_the_page_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    before = everything_in(tmp_path)
    for name in ("folder", "link", "broken", "pipe"):
        with pytest.raises(ToolError, match="not a regular file"):
            publish(tmp_path / name, "new")
    assert everything_in(tmp_path) == before
    assert (tmp_path / "target").read_text() == "precious"


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("precious")
    with pytest.raises(ToolError, match="cannot write"):
        publish(tmp_path / "build" / "a" / "index.html", "new")
    assert (tmp_path / "build").read_text() == "precious"


def test_a_page_has_the_name_of_its_story() -> None:
    assert page_of(Path("stories/kim-in-russia.yaml"), Path("build")) == Path("build/kim-in-russia/index.html")


@pytest.mark.parametrize("name", ["...yaml", "..yaml", ".hidden.yaml", ".yaml"])
def test_no_name_of_a_story_leads_out_of_the_output_folder(name: str) -> None:
    with pytest.raises(StoryError, match="begins with a dot"):
        page_of(Path(name), Path("build"))


def test_stories_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    stories = [tmp_path / "one" / "a.yaml", tmp_path / "two" / "b.yaml", tmp_path / "two" / "A.yml"]
    with pytest.raises(StoryError) as caught:
        apart(stories, Path("build"))
    (problem,) = caught.value.problems
    assert problem.code == "duplicate-id"
    assert problem.span.path.endswith("two/A.yml")
    assert "one/a.yaml" in problem.message


def test_one_story_given_twice_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    apart([Path("a.yaml"), Path("./a.yaml"), tmp_path / "a.yaml", Path("b.yaml")], Path("build"))


def test_a_picture_that_cannot_be_drawn_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(built: Built, step_id: str, form: str = "svg") -> bytes:
        if form == "png":
            raise ToolError("no letters")
        return picture(built, step_id)

    built, page = build(made(step())), tmp_path / "one" / "index.html"
    write(built, page)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    monkeypatch.setattr(compiler, "picture", fails)
    with pytest.raises(ToolError):
        write(replace(built, html="new"), page)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before


def test_a_picture_that_another_build_takes_away_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_maps(tmp_path, {"gone": OURS, "stays": OURS})
    there = Path.is_file

    def goes(path: Path) -> bool:
        found = there(path)
        if path.stem == "gone":
            path.unlink()
        return found

    monkeypatch.setattr(Path, "is_file", goes)
    publish_maps(tmp_path, {"stays": OURS})
    assert [path.name for path in tmp_path.iterdir()] == ["stays.svg"]
