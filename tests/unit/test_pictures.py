"""A picture is what its bytes say, whatever its name."""

from __future__ import annotations

import pytest

from storymap.pictures import Refused, read_picture


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF87a....", "image/gif"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_pictures_are_told_by_their_first_bytes(data: bytes, media_type: str) -> None:
    picture = read_picture("bridge.txt", data, "A bridge", "In snow", "Me", "CC0")
    assert (picture.media_type, picture.data) == (media_type, data)
    assert (picture.alt, picture.caption, picture.credit, picture.license) == ("A bridge", "In snow", "Me", "CC0")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        b"\x89PNG",
        b"BM....",
        b"%PDF-1.7",
    ],
)
def test_all_else_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(Refused, match=r"'bridge\.png' is not a picture"):
        read_picture("bridge.png", data, "A bridge", "", "", "")
