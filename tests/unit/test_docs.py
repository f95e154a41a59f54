"""The documents tell the truth: what they show builds, runs and prints as they say, and links lead somewhere.

Comments above a block, which readers do not see, say what it is:
`<!-- part: claims -->` (or story, step; in JSON properties, detail, borders): no whole file, but what stands there;
`<!-- part: original -->` and `<!-- part: translation -->`: a story and its translation, which are there for `prints`;
`<!-- prints: COMMAND -->` (or `python`: the Python blocks above it): what that prints; `…` stands for lines left out.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from storymap.basemap import read_border_file, read_detail
from storymap.cli import cli
from storymap.compiler import build, check
from storymap.inputs import gather
from storymap.places import read_places
from storymap.source import read_yaml
from tests.unit.drawn import file_of, hills

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for room in ("docs", "data", "tests") for page in (ROOT / room).rglob("*.md"))]
)
_BLOCK = re.compile(r"^(?:<!-- (part|prints): (.*?) -->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its document, the line it begins at, its language, its text, and the comment above it."""

    path: Path
    line: int
    mark: str
    what: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


def blocks_of(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    return [Block(path, text.count("\n", 0, m.start(4)), *m.groups("")) for m in _BLOCK.finditer(text)]


BLOCKS = [block for path in GUIDES for block in blocks_of(path)]
PRINTED = [block for block in BLOCKS if block.mark == "prints" and block.what != "python"]
TRANSLATED = {"original": "river.yaml", "translation": "river.ko.yaml"}
PYTHON = sorted({block.path for block in BLOCKS if block.language == "python"})


def written_in(language: str) -> pytest.MarkDecorator:
    """Return the mark that runs a test for every block in a language."""
    return pytest.mark.parametrize("block", [b for b in BLOCKS if b.language == language], ids=str)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's stories and data, as the working folder."""
    for name in ("stories", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    captions = b"WEBVTT\n\n00:00.000 --> 00:01.000\nMind the gap.\n"
    photograph, film = file_of(hills(90, 60), "JPEG"), b"\x00\x00\x00\x20ftypisom"
    media = {"bridge.jpg": photograph, "train.jpg": photograph, "train.mp4": film, "station.mp3": b"ID3"}
    for name, data in (media | {"train.vtt": captions, "station.vtt": captions}).items():
        (tmp_path / "stories" / name).write_bytes(data)
    (house,) = (block for block in BLOCKS if block.language == "css")
    (tmp_path / "stories" / "house.css").write_text(house.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@written_in("yaml")
def test_a_story_builds_and_a_part_of_one_fits_where_it_belongs(block: Block, project: Path) -> None:
    path = project / "stories" / TRANSLATED.get(block.what, "example.yaml")
    written_out(block.path)
    if block.what in TRANSLATED:
        checked = build(gather(block.text.encode(), path)).checked
    elif block.mark == "part":
        source = read_yaml(block.text.encode(), str(block))
        assert source.problems == ()
        checked = check(gather(json.dumps(whole(block.what, source.data)).encode(), path))
    else:
        checked = build(gather(block.text.encode(), path)).checked
    assert checked.passes
    assert checked.warnings == ()


def written_out(page: Path) -> None:
    """Put a story and its translation that a page shows among the stories of the working folder."""
    for block in blocks_of(page):
        if block.what in TRANSLATED:
            (Path("stories") / TRANSLATED[block.what]).write_text(block.text, encoding="utf-8")


def whole(part: str, data: Any) -> dict[str, Any]:
    """Return a story in which a part can stand: keys of a story or of a step, or a list of claims."""
    step: dict[str, Any] = {"title": "A step", "text": "Its text."}
    if part == "claims":
        step |= {"text": "\n\n".join(claim["quote"] for claim in data), "claims": data}
    elif part == "step":
        step |= data
    target = {"title": "Bridge", "text": "Where a link to #bridge leads."}
    story = {"title": "A story", "steps": [step, target]}
    return story | data if part == "story" else story


@written_in("json")
def test_a_places_file_is_read_without_a_warning(block: Block) -> None:
    raw = block.text.encode()
    if block.what == "detail":
        assert read_detail(raw, str(block)).windows
        return
    if block.what == "borders":
        assert len(read_border_file(raw, str(block)).lines)
        return
    if block.what == "properties":
        line = {"type": "LineString", "coordinates": [[131, 42], [132, 43]]}
        feature = {"type": "Feature", "id": "one", "properties": json.loads(raw), "geometry": line}
        raw = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    atlas, warnings = read_places(raw, str(block))
    assert (len(atlas), warnings) == (1, [])


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_python_runs_and_prints_what_is_shown(path: Path) -> None:
    names: dict[str, Any] = {}
    said = io.StringIO()
    for block in blocks_of(path):
        if block.language == "python":
            with contextlib.redirect_stdout(said):
                exec(compile(block.text, str(block), "exec"), names)
        elif block.what == "python":
            assert said.getvalue() == block.text
            said = io.StringIO()
    assert said.getvalue() == ""


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("block", PRINTED, ids=str)
def test_a_command_prints_what_is_shown(block: Block) -> None:
    program, *arguments = shlex.split(block.what)
    written_out(block.path)
    if program == "pytest":
        Path("pytest.ini").write_text("[pytest]\n", encoding="utf-8")  # a project of its own
        run = [sys.executable, "-m", "pytest", *arguments]
        printed = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    else:
        arguments = ["build"] if program == "make" else arguments
        done = CliRunner().invoke(cli, arguments)
        assert done.exit_code == 0, done.output
        printed = done.stdout
    left = printed.strip().splitlines()
    gap = False
    for line in block.text.splitlines():
        if line == "…":
            gap = True
            continue
        if gap and line in left:
            del left[: left.index(line)]
        assert left[:1] == [line]
        del left[0]
        gap = False
    assert gap or left == []


def commands() -> Iterator[tuple[str, str]]:
    """Yield (place, command) of every command in a block of shell, and of every `storymap …` within a line."""
    for block in BLOCKS:
        if block.language == "sh":
            for line in block.text.splitlines():
                yield str(block), line.partition("#")[0].strip()
    for page in PAGES:
        for words in re.findall(r"`(?:\.venv/bin/)?(storymap [^`]*)`", page.read_text(encoding="utf-8")):
            yield page.name, re.sub(r"[][…]", "", words)  # as in: storymap build [STORY…]


@pytest.mark.parametrize(("place", "command"), sorted({c for c in commands() if c[1]}), ids=str)
def test_a_command_exists_with_its_options(place: str, command: str) -> None:
    program, *arguments = shlex.split(command)
    match Path(program).name:
        case "storymap" if arguments and not arguments[0].startswith("-"):
            named = cli.commands[arguments[0]]
            if arguments[1:]:  # else only its name is told
                named.make_context(arguments[0], arguments[1:])
        case "storymap":
            known = {
                option
                for parameter in cli.get_params(cli.make_context("storymap", ["build"]))
                for option in parameter.opts
            }
            assert set(arguments) <= known, place
        case "make":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            for target in (word for word in arguments if "=" not in word and word != "…"):
                assert re.search(rf"^(CHECKS :=.*\b{target}\b|{target}:)", makefile, re.MULTILINE), place
        case other:
            assert other == "pytest", place


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    code = r"```(?s:.*?)```|`[^`\n]*`|^    .*$"
    text = re.sub(code, "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = address.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), address
        if anchor:
            assert anchor in anchors(target), address


def anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings get where it is shown."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
