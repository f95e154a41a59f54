"""`media:` in a story: one thing an entry, with the words it needs, and each fault with what to type."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storymap.inputs import gather
from storymap.problems import Problem
from storymap.story import StepDoc, player_of
from tests.unit.making import made, step

ALT = {"alt": "A bridge"}


def faults_of(media: Any) -> list[tuple[str, str, str]]:
    story = {"title": "T", "steps": [step(media=media)]}
    problems: tuple[Problem, ...] = gather(json.dumps(story).encode(), Path("made-up.yaml")).faults
    return [(one.code, one.message, one.help) for one in problems if one.code != "file-missing"]


@pytest.mark.parametrize(
    "media",
    [
        {"image": "a.jpg", **ALT},
        [{"image": "a.jpg", **ALT}, {"image": "b.jpg", **ALT}],
        {"audio": "a.mp3", "captions": "a.vtt", **ALT},
        {"video": "a.mp4", "captions": "none", "poster": "a.jpg", **ALT},
        {"youtube": "aqz-KE-bpKQ", "title": "A film", "poster": "a.jpg"},
        {"vimeo": "76979871", "title": "A film", "caption": "C", "credit": "D", "license": "CC0"},
    ],
)
def test_each_kind_of_entry_is_read(media: Any) -> None:
    assert faults_of(media) == []


@pytest.mark.parametrize(
    ("media", "code", "message", "help"),
    [
        ({"alt": "A"}, "bad-media", "entry 1 of 'media' needs one of 'image', 'audio'", "for example media:"),
        ({"imgae": "a.jpg", **ALT}, "unknown-key", "unknown key 'imgae'", "did you mean 'image'?"),
        ({"image": "a.jpg", "video": "a.mp4", **ALT}, "bad-media", "'video' stands beside 'image'", "make it an entry"),
        ({"image": "a.jpg"}, "missing-key", "this picture has no 'alt'", "add 'alt: …'"),
        ({"image": "a.jpg", "atl": "A"}, "unknown-key", "unknown key 'atl'", "did you mean 'alt'?"),
        ({"audio": "a.mp3"}, "missing-key", "this recording has no 'alt'", "add 'alt: …'"),
        ({"vimeo": "1"}, "missing-key", "this video has no 'title'", "add 'title: …'"),
        ({"vimeo": "1", "title": "T", **ALT}, "bad-media", "'alt' is not for 'vimeo'", "type title:"),
        ({"image": "a.jpg", "title": "T", **ALT}, "bad-media", "'title' is not for 'image'", "type alt:"),
        ({"image": "a.jpg", "captions": "a.vtt", **ALT}, "bad-media", "'captions' is for 'audio'", "leave it out"),
        ({"audio": "a.mp3", "poster": "a.jpg", **ALT}, "bad-media", "'poster' is for videos", "leave it out"),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_type(media: Any, code: str, message: str, help: str) -> None:
    ((found, said, helped),) = faults_of(media)
    assert found == code
    assert said.startswith(message)
    assert helped.startswith(help)


@pytest.mark.parametrize(
    ("address", "video"),
    [
        ("aqz-KE-bpKQ", "aqz-KE-bpKQ"),
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", "aqz-KE-bpKQ"),
        ("https://www.youtube.com/watch?list=PL1&v=aqz-KE-bpKQ&t=1m30s", "aqz-KE-bpKQ 90"),
        ("https://youtu.be/aqz-KE-bpKQ?si=tracker&t=90", "aqz-KE-bpKQ 90"),
        ("http://m.youtube.com/shorts/aqz-KE-bpKQ", "aqz-KE-bpKQ"),
        ("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?start=7", "aqz-KE-bpKQ 7"),
    ],
)
def test_videos_of_youtube_are_known_by_id_and_by_address(address: str, video: str) -> None:
    (entry,) = StepDoc.model_validate(step(media={"youtube": address, "title": "T"})).media
    assert entry.player == ("youtube", video)


@pytest.mark.parametrize(
    ("address", "video"),
    [
        ("76979871", "76979871"),
        ("https://vimeo.com/76979871", "76979871"),
        ("https://vimeo.com/76979871/8272103f6e", "76979871/8272103f6e"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1", "76979871/8272103f6e"),
        ("https://vimeo.com/channels/staffpicks/76979871", "76979871"),
    ],
)
def test_videos_of_vimeo_are_known_by_number_and_by_address(address: str, video: str) -> None:
    (entry,) = StepDoc.model_validate(step(media={"vimeo": address, "title": "T"})).media
    assert entry.player == ("vimeo", video)


@pytest.mark.parametrize("key", ["youtube", "vimeo"])
@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/watch?v=aqz-KE-bpKQ",
        "https://youtube.com.example.org/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com@example.org/watch?v=aqz-KE-bpKQ",
        "javascript:alert(1)//youtu.be/aqz-KE-bpKQ",
        "https://www.youtube.com/watch?v=aqz-KE-bpKQ%22%3E%3Cscript%3E",
        'aqz-KE-bpK"',
        "https://vimeo.com/abc",
        'https://vimeo.com/76979871/"onload=alert(1)',
        "//vimeo.com/76979871",
        "七六九七九八七一",
    ],
)
def test_no_other_address_is_a_player(key: str, address: str) -> None:
    ((code, _, help),) = faults_of({key: address, "title": "T"})
    assert code == "bad-media"
    assert "type the video’s" in help


def test_players_ask_the_host_that_sets_no_cookies_and_its_page_is_the_one_people_know() -> None:
    youtube = player_of("youtube", "aqz-KE-bpKQ 90")
    assert youtube.frame == "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1&rel=0&start=90"
    assert (youtube.origin, youtube.host) == ("https://www.youtube-nocookie.com", "youtube-nocookie.com")
    assert youtube.page == "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=90s"
    vimeo = player_of("vimeo", "76979871/8272103f6e")
    assert vimeo.frame == "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1&autoplay=1"
    assert (vimeo.origin, vimeo.page) == ("https://player.vimeo.com", "https://vimeo.com/76979871/8272103f6e")


def test_every_file_of_an_entry_is_read_and_a_misspelt_name_gets_its_neighbour(tmp_path: Path) -> None:
    for name in ("bridge.JPG", "talk.mp4", "talk.vtt"):
        (tmp_path / name).write_bytes(name.encode())
    media = [
        {"image": "bridge.jpg", "alt": "A"},
        {"video": "talk.mp4", "alt": "A", "captions": "tlak.vtt", "poster": "bridge.JPG"},
    ]
    story = json.dumps({"title": "T", "steps": [step(media=media)]}).encode()
    inputs = gather(story, tmp_path / "a.yaml")
    assert {name: file.raw for name, file in inputs.media.items()} == {
        "talk.mp4": b"talk.mp4", "bridge.JPG": b"bridge.JPG",
    }  # fmt: skip
    assert [(one.message, one.help) for one in inputs.faults] == [
        ("there is no file 'bridge.jpg'", "type bridge.JPG"),
        ("there is no file 'tlak.vtt'", "did you mean 'talk.vtt'?"),
    ]


def test_a_story_without_media_reads_none() -> None:
    assert made(step()).media == {}
