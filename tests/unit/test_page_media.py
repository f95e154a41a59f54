"""Media on a page: what stands in it, what stands beside it, what it may load, and whom it thanks."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from storymap.api import Story
from storymap.cli import cli
from storymap.compiler import Built, build, check, write
from storymap.inputs import gather
from storymap.media.opening import Refused
from storymap.media.recordings import kind_of_recording
from storymap.page.media import INLINE_BYTES, INLINE_PAGE_BYTES
from storymap.preview import Preview, server_of
from storymap.problems import StoryError
from storymap.publish import publish_media, tidy_media
from tests.unit.drawn import WEBM, file_of, grain, hills, tone
from tests.unit.making import step
from tests.unit.test_page_policy import rules

SMALL, LARGE = file_of(hills(60, 40), "PNG"), file_of(grain(900, 300), "PNG")
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ada>It <b>moves</b>.\n"
FREE = {"license": "CC0-1.0"}
PICTURE = {"image": "small.png", "alt": "A hill", **FREE}
LARGE_PICTURE = {"image": "Large Picture.png", "alt": "Grain", **FREE}
VIDEO = {"video": "square.webm", "alt": "A square moves", "captions": "square.vtt", **FREE}
SOUND = {"audio": "tone.wav", "alt": "A tone", "captions": "none", **FREE}
PLAYER = {"youtube": "aqz-KE-bpKQ", "title": "A film"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"small.png": SMALL, "Large Picture.png": LARGE, "square.vtt": VTT, "tone.wav": tone()}
    for name, data in (files | {"square.webm": WEBM.read_bytes()}).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def story_of(folder: Path, *media: Any, **keys: Any) -> Any:
    story = {"title": "T", **keys, "steps": [step(media=one, id=f"s{n}") for n, one in enumerate(media)]}
    return gather(json.dumps(story).encode(), folder / "a.yaml")


def built(folder: Path, *media: Any, **keys: Any) -> Built:
    return build(story_of(folder, *media, **keys))


def test_a_small_picture_stands_in_the_page_and_nothing_beside_it(folder: Path) -> None:
    made = built(folder, PICTURE)
    assert made.files == {}
    assert 'src="data:image/webp;base64,' in made.html
    assert rules(made.html)["img-src"] == "data:"
    assert "media-src" not in rules(made.html)
    assert "frame-src" not in rules(made.html)


def test_a_large_picture_stands_beside_the_page_under_its_name_and_the_hash_of_its_content(folder: Path) -> None:
    made = built(folder, LARGE_PICTURE)
    assert len(made.files) == 3
    for address, data in made.files.items():
        name = re.fullmatch(r"media/large-picture-([0-9a-f]{8})-(?:680|900)\.(?:webp|png|jpg)", address)
        assert name is not None
        assert sha256(data).hexdigest().startswith(name[1])
        assert address in made.html
    assert re.search(
        r'<source type="image/webp" '
        r'srcset="media/large-picture-\w{8}-680\.webp 680w, media/large-picture-\w{8}-900\.webp 900w"'
        r'[^>]*><img src="media/large-picture-\w{8}-680\.jpg" alt="Grain" width="680" height="227" loading="lazy"',
        made.html,
    )


def test_pictures_stand_in_the_page_up_to_a_size_of_all_of_them(folder: Path) -> None:
    assert INLINE_BYTES < INLINE_PAGE_BYTES
    media = []
    for n in range(6):
        (folder / f"p{n}.png").write_bytes(file_of(grain(150 + n, 90), "PNG"))
        media.append({**PICTURE, "image": f"p{n}.png"})
    made = built(folder, media)
    inlined = re.findall(r'src="data:image/webp;base64,([^"]+)"', made.html)
    assert 2 <= len(inlined) < 6
    assert sum(len(text) * 3 / 4 for text in inlined) <= INLINE_PAGE_BYTES
    assert len({address.split("-")[0] for address in made.files}) == 6 - len(inlined)


def test_a_page_may_load_its_own_files_and_scripts_leave_its_own_host_alone(folder: Path) -> None:
    allowed = rules(built(folder, [LARGE_PICTURE, VIDEO]).html)
    assert allowed["img-src"] == allowed["media-src"] == "data: 'self' http:"
    assert allowed["default-src"] == "'none'"
    head, _, _ = built(folder, [LARGE_PICTURE]).html.partition("</head>")
    assert "location.href" in head.split("<script>")[2]
    assert "location.href" not in built(folder, [PICTURE]).html.partition("</head>")[0]


def test_only_a_page_that_asks_for_it_may_hold_a_frame_and_only_of_that_host(folder: Path) -> None:
    made = built(folder, PLAYER, {"vimeo": "1", "title": "Another"})
    assert rules(made.html)["frame-src"] == "https://www.youtube-nocookie.com https://player.vimeo.com"
    assert "<iframe" not in made.html
    assert [line.split(" load ")[0] for line in made.requests] == [
        "readers who press “Load the video from youtube-nocookie.com”",
        "readers who press “Load the video from player.vimeo.com”",
    ]
    assert built(folder, PICTURE).requests == ()


def test_captions_stand_in_the_page_as_a_track_and_as_a_transcript(folder: Path) -> None:

    html = built(folder, VIDEO).html
    (track,) = re.findall(
        r'<track kind="captions" src="data:text/vtt;base64,([^"]+)" srclang="en" label="Captions"', html
    )
    assert b64decode(track).startswith(b"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ada>It")
    assert "<p>Ada: It moves.</p>" in html


def test_nothing_plays_by_itself_or_loads_before_it_is_asked_for(folder: Path) -> None:
    html = built(folder, [VIDEO, SOUND, PLAYER]).html
    body = html.partition("<body>")[2].partition("<script")[0]
    assert re.findall(r"<(?:video|audio)\b[^>]*", body)
    for element in re.findall(r"<(?:video|audio)\b[^>]*", body):
        assert " controls" in element
        assert ' preload="none"' in element
        assert "autoplay" not in element


def test_only_pages_that_need_them_hold_the_scripts_of_media(folder: Path) -> None:
    def holds(*media: Any) -> set[str]:
        html = built(folder, *media).html
        return {name for name in ("gallery", "players") if f"const $${name}" in html}

    assert holds(PICTURE) == set()
    assert holds([PICTURE, PICTURE]) == {"gallery"}
    assert holds(LARGE_PICTURE) == {"gallery"}
    assert holds(PLAYER) == holds(SOUND) == {"players"}


def test_every_credit_and_licence_stands_in_the_credits_once(folder: Path) -> None:
    media = [
        {**PICTURE, "credit": "Ada"},
        {**PICTURE, "credit": "Ada"},
        {**SOUND, "credit": "Bea"},
        {**PLAYER, "credit": "Cy", "license": "CC BY 3.0"},
    ]
    footer = re.sub(r"<[^>]+>", "", built(folder, media).html.partition("<footer")[2])
    assert footer.count("Picture: Ada CC0 1.0") == 1
    assert "Recording: Bea CC0 1.0" in footer
    assert "Video at youtube-nocookie.com: Cy CC BY 3.0" in footer


def test_a_missing_licence_and_missing_captions_are_warnings_and_the_page_is_built(folder: Path) -> None:
    media = [
        {"image": "small.png", "alt": "A"},
        {**VIDEO, "captions": "none"},
        {"audio": "tone.wav", "alt": "B"},
        PLAYER,
    ]
    inputs = story_of(folder, media)
    assert [warning.code for warning in check(inputs).warnings] == ["no-license", "no-license", "no-captions"]


def test_captions_that_are_wrong_are_told_in_their_own_file(folder: Path) -> None:
    (folder / "square.vtt").write_bytes(b"WEBVTT\n\n00:00,000 --> 00:01,000\nA\n")
    with pytest.raises(StoryError) as error:
        check(story_of(folder, VIDEO))
    (problem,) = error.value.problems
    assert (Path(problem.span.path).name, problem.span.line, problem.code) == ("square.vtt", 3, "bad-captions")


@pytest.mark.parametrize(
    ("data", "kind", "media_type"),
    [
        (b"\x00\x00\x00\x20ftypisom", "video", "video/mp4"),
        (b"\x00\x00\x00\x20ftypM4A mp42", "audio", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom....soun", "audio", "audio/mp4"),
        (WEBM.read_bytes(), "video", "video/webm"),
        (b"ID3\x04....", "audio", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio", "audio/mpeg"),
        (b"OggS....", "audio", "audio/ogg"),
        (tone(), "audio", "audio/wav"),
    ],
)
def test_recordings_are_told_by_their_bytes(data: bytes, kind: Any, media_type: str) -> None:
    assert kind_of_recording("a.bin", data, kind) == media_type


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><script>", "video"),
        (b"\x00\x00\x00\x14ftypqt  ", "video"),
        (b"\x00\x00\x00\x18ftypheic", "video"),
        (b"\x1a\x45\xdf\xa3....matroska", "video"),
        (b"\x00\x00\x00\x20ftypisom....vide", "audio"),
        (b"\xff\xd8\xff\xe0", "audio"),
        (tone(), "video"),
        (b"", "audio"),
    ],
)
def test_what_browsers_do_not_play_is_refused_with_what_to_do(data: bytes, kind: Any) -> None:
    with pytest.raises(Refused) as refused:
        kind_of_recording("a.mp4", data, kind)
    assert refused.value.help


def test_a_build_writes_media_before_the_page_and_takes_away_only_its_own_that_no_page_needs(folder: Path) -> None:
    page = folder / "out" / "a" / "index.html"
    write(built(folder, [LARGE_PICTURE, SOUND]), page)
    media = page.parent / "media"
    first = {path.name for path in media.iterdir()}
    assert len(first) == 4
    # An author's own file, and one of ours that another hand has changed, are not ours to take away.
    (media / "notes-12345678-680.webp").write_bytes(b"mine")
    changed = next(path for path in media.iterdir() if path.suffix == ".jpg")
    changed.write_bytes(b"mine too")
    write(built(folder, SOUND), page)
    left = {path.name for path in media.iterdir()}
    assert left == {"notes-12345678-680.webp", changed.name, *(name for name in first if name.endswith(".wav"))}


def test_a_build_says_which_files_belong_to_the_page(folder: Path) -> None:
    story = {"title": "T", "steps": [step(media=[LARGE_PICTURE, SOUND])]}
    (folder / "a.yaml").write_text(json.dumps(story), encoding="utf-8")
    said = CliRunner().invoke(cli, ["build", str(folder / "a.yaml"), "-o", str(folder / "out")])
    assert said.exit_code == 0
    total = sum(path.stat().st_size for path in (folder / "out" / "a" / "media").iterdir())
    assert f"a.yaml: note: the page needs the folder media/ beside it ({round(total / 1000)} kB)" in said.stderr


def test_a_folder_of_media_that_is_empty_goes_and_a_link_is_never_followed(tmp_path: Path) -> None:
    publish_media(tmp_path, {"media/a-ca978112.webp": b"a"})
    tidy_media(tmp_path / "media", {})
    assert not (tmp_path / "media").exists()
    elsewhere = tmp_path / "elsewhere"
    publish_media(elsewhere, {"a-ca978112.webp": b"a"})
    (tmp_path / "media").symlink_to(elsewhere)
    tidy_media(tmp_path / "media", {})
    assert (elsewhere / "a-ca978112.webp").exists()


def test_a_file_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    publish_media(tmp_path, {"media/a.webm": b"film"})
    before = (tmp_path / "media" / "a.webm").stat()
    publish_media(tmp_path, {"media/a.webm": b"film"})
    assert (tmp_path / "media" / "a.webm").stat().st_ino == before.st_ino
    publish_media(tmp_path, {"media/a.webm": b"sliced"})
    assert (tmp_path / "media" / "a.webm").read_bytes() == b"sliced"


def test_a_page_for_a_notebook_is_one_document_with_all_in_it(folder: Path) -> None:
    story = Story("T", folder=folder).step("One", "It is short.", media=[LARGE_PICTURE, VIDEO, SOUND])
    html = story.to_html()
    assert "media/" not in re.sub(r"text/vtt|<script>.*?</script>|<style>.*?</style>", "", html, flags=re.DOTALL)
    assert rules(html)["media-src"] == "data:"
    assert rules(html)["img-src"] == "data:"
    assert 'src="data:video/webm;base64,' in html
    assert 'src="data:audio/wav;base64,' in html


def test_the_preview_serves_the_files_of_its_page_and_no_others(folder: Path) -> None:
    from http.client import HTTPConnection
    from threading import Thread

    story: Mapping[str, Any] = {"title": "T", "steps": [step(media=[LARGE_PICTURE, SOUND])]}
    (folder / "a.yaml").write_text(json.dumps(story), encoding="utf-8")
    preview = Preview(folder / "a.yaml", lambda _: None)
    html = preview.page()
    server = server_of(preview, 0)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def answer(path: str) -> tuple[int, str, bytes]:
        connection = HTTPConnection("127.0.0.1", server.server_port)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers.get_content_type(), response.read()

    try:
        (jpeg,) = re.findall(r'<img src="(media/[^"]+\.jpg)"', html)
        (sound,) = re.findall(r'<audio[^>]+src="(media/[^"]+\.wav)"', html)
        assert answer(f"/{jpeg}")[:2] == (200, "image/jpeg")
        assert answer(f"/{sound}") == (200, "audio/wav", tone())
        for path in ("/media/", "/media/other.webp", "/a.yaml", "/media/../a.yaml", "/tone.wav", "//etc/passwd"):
            assert answer(path)[0] == 404
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_same_story_gives_the_same_files(folder: Path) -> None:
    media = [LARGE_PICTURE, PICTURE, VIDEO, PLAYER]
    one, other = built(folder, media), built(folder, media)
    assert (one.html, one.files) == (other.html, other.files)
    assert list(one.files) == list(other.files)
