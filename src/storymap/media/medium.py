"""An entry of `media` in a story, its files read and checked: all that is wrong with it is gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from storymap.inputs import File
from storymap.media.captions import CaptionsRefused, read_captions
from storymap.media.opening import Refused, kind_of_picture, opened
from storymap.media.recordings import kind_of_recording
from storymap.problems import Level, Span
from storymap.scene import Cue, MediaFile, MediaKind, Medium
from storymap.story import MediaDoc


@dataclass(frozen=True, slots=True)
class MediaFault:
    """What is wrong with an entry: at which of its keys, or at which `span` of a file of captions."""

    key: str
    code: str
    message: str
    help: str
    level: Level = "error"
    span: Span | None = None


def medium_of(doc: MediaDoc, files: Mapping[str, File]) -> tuple[Medium | None, list[MediaFault]]:
    """Return an entry with its files, and what is wrong with them; None where a file is missing or refused.

    `files` go by the name in the story; of those that are missing nothing is said here.
    """
    faults: list[MediaFault] = []
    if doc.player is not None:
        file, missing = None, False
    else:
        file = _file(doc, files, doc.kind, faults)
        missing = file is None
    poster = _file(doc, files, "poster", faults)
    captions = _captions(doc, files, faults)
    if file is not None and not doc.license:
        help = "write under which licence it may be shown: license: CC BY 4.0"
        message = f"'{file.name}' has no 'license'"
        faults.append(MediaFault(doc.kind, "no-license", message, help, "warning"))
    if doc.kind in ("audio", "video") and doc.captions is None:
        help = "add captions: file.vtt with what is said, or captions: none if nobody speaks"
        message = "who cannot hear gets nothing of what is said here"
        faults.append(MediaFault(doc.kind, "no-captions", message, help, "warning"))
    if missing or any(fault.level == "error" for fault in faults):
        return None, faults
    medium = Medium(
        cast("MediaKind", doc.kind),
        (doc.title if doc.player else doc.alt) or "",
        file,
        doc.player,
        doc.caption or "",
        doc.credit or "",
        doc.license or "",
        captions,
        poster,
    )
    return medium, faults


def _file(doc: MediaDoc, files: Mapping[str, File], key: str, faults: list[MediaFault]) -> MediaFile | None:
    name = getattr(doc, key)
    if name is None or name not in files:
        return None
    raw = files[name].raw
    code = "bad-picture" if key in ("image", "poster") else "bad-recording"
    try:
        match key:
            case "audio" | "video":
                return MediaFile(name, kind_of_recording(name, raw, key), raw)
        with opened(name, raw):
            return MediaFile(name, kind_of_picture(name, raw), raw)
    except Refused as refused:
        faults.append(MediaFault(key, code, str(refused), refused.help))
        return None


def _captions(doc: MediaDoc, files: Mapping[str, File], faults: list[MediaFault]) -> tuple[Cue, ...]:
    file = files.get(doc.captions or "")
    if file is None:
        return ()
    try:
        return read_captions(file.raw)
    except CaptionsRefused as refused:
        span = Span(file.path, refused.line)
        message = f"'{doc.captions}' {refused.message}"
        faults.append(MediaFault("captions", "bad-captions", message, refused.help, span=span))
        return ()
