"""Recordings and videos: typed by their first bytes; their content is the browser's to decode."""

from __future__ import annotations

from typing import Literal

from storymap.media.opening import Refused

_MP4_SOUND = (b"M4A ", b"M4B ", b"F4A ")
_MP4 = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV", b"f4v ")
_EBML = b"\x1a\x45\xdf\xa3"
_ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/webm": "webm",
}


def kind_of_recording(name: str, data: bytes, kind: Literal["audio", "video"]) -> str:
    """Return the media type of a recording or a video; Refused where browsers do not play it, or it is the other."""
    found = _typed(data)
    if kind == "audio" and found == "video/mp4" and b"vide" not in data[:200_000] and b"soun" in data:
        found = "audio/mp4"  # recorders of sound often say no more than "mp4"
    if found is None:
        wanted = "an MP3, M4A, Ogg or WAV file" if kind == "audio" else "an MP4 (H.264) or WebM file"
        said = "a recording" if kind == "audio" else "a video"
        raise Refused(f"'{name}' is not {said} that browsers play", f"use {wanted}")
    if not found.startswith(kind):
        other, _, form = found.partition("/")
        raise Refused(f"'{name}' is {form.upper()}, which is no {kind}", f"write {other}: in its place")
    return found


def ending_of(media_type: str) -> str:
    """Return how a recording's file is to end, so that hosts send it as what it is."""
    return _ENDINGS[media_type]


def media_type_of(address: str) -> str:
    """Return as what a file of ours is sent; its ending says it."""
    ending = address.rpartition(".")[2]
    types = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
    types |= {end: media_type for media_type, end in _ENDINGS.items()}
    return types.get(ending, "application/octet-stream")


def _typed(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        if data[8:12] in _MP4_SOUND:
            return "audio/mp4"
        return "video/mp4" if data[8:12] in _MP4 else None  # not QuickTime, nor HEIC
    if data.startswith(_EBML):
        return "video/webm" if b"webm" in data[:64] else None
    if data.startswith(b"OggS"):
        return "audio/ogg" if b"theora" not in data[:200] else None
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data.startswith(b"ID3") or (len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    return None
