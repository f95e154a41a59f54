"""Captions: WebVTT (https://www.w3.org/TR/webvtt1/) read strictly and written anew, so that only cues reach a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from storymap.scene import Cue

# All of them stand in the page, as a track and as a transcript; an hour of talk has about 1,000.
MAX_CUES = 2_000
_STAMP = r"(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"\s*{_STAMP}\s+-->\s+{_STAMP}(?:[ \t]+(.*))?\s*", re.ASCII)
_SETTING = re.compile(r"(?:vertical|line|position|size|align):[\w%.,-]+", re.ASCII)
_VOICE, _TAG = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]*)>"), re.compile(r"<[^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


class CaptionsRefused(ValueError):
    """A captions file is wrong at a line (from 1)."""

    def __init__(self, line: int, message: str, help: str) -> None:
        super().__init__(message)
        self.line, self.message, self.help = line, message, help


def read_captions(raw: bytes) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT file in order; CaptionsRefused at the first line that is wrong."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CaptionsRefused(line, "is not UTF-8", "save the file as UTF-8") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        help = "begin the file with a line WEBVTT, an empty line, and write 00:01.500 with a point"
        raise CaptionsRefused(1, "is not WebVTT: its first line is not WEBVTT", help)
    cues: list[Cue] = []
    for number, block in _blocks(lines[1:]):
        cue = _cue(number, block)
        if cue is None:
            continue
        if cues and cue.start_s < cues[-1].start_s:
            raise CaptionsRefused(number, "begins before the cue above it", "put the cues in the order of their times")
        cues.append(cue)
        if len(cues) > MAX_CUES:
            help = "cut the recording into parts, each with its own captions"
            raise CaptionsRefused(number, f"has more than {MAX_CUES:,} cues, which stand in the page", help)
    if not cues:
        raise CaptionsRefused(1, "has no cue", "add one: 00:00.000 --> 00:04.000, and below it what is said")
    return tuple(cues)


def as_webvtt(cues: Iterable[Cue]) -> str:
    """Return cues as a WebVTT file of nothing else."""
    parts = ["WEBVTT"]
    for cue in cues:
        settings = f" {cue.settings}" if cue.settings else ""
        parts.append(f"{_stamp(cue.start_s)} --> {_stamp(cue.end_s)}{settings}\n{cue.text}")
    return "\n\n".join(parts) + "\n"


def spoken(cues: Iterable[Cue]) -> list[str]:
    """Return what is said, cue by cue, as plain words; a voice's name stands before its words when it begins."""
    said: list[str] = []
    speaking = ""
    for cue in cues:
        voice = _VOICE.search(cue.text)
        name = html.unescape(voice[1]).strip() if voice else ""
        words = " ".join(html.unescape(_TAG.sub("", cue.text)).split())
        said.append(f"{name}: {words}" if name and name != speaking else words)
        speaking = name
    return [words for words in said if words]


def _blocks(lines: list[str]) -> Iterable[tuple[int, list[str]]]:
    """Yield the runs of lines between empty ones, each with the number of its first line in the file."""
    block: list[str] = []
    for at, line in enumerate([*lines, ""], start=2):
        if line.strip():
            block.append(line)
        elif block:
            yield at - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    """Return the cue of a block, None for a note or a style, which a page does without."""
    if re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", block[0]) or (number == 2 and "-->" not in "".join(block)):
        return None
    at = 0 if "-->" in block[0] else 1
    if len(block) <= at or "-->" not in block[at]:
        help = "write the time above the words: 00:00.000 --> 00:04.000"
        raise CaptionsRefused(number, "has words without a time", help)
    found = _TIMING.fullmatch(block[at])
    if found is None:
        help = "write it as 00:01.500 --> 00:04.000: minutes, seconds, a point, three digits"
        raise CaptionsRefused(number + at, "has a time that cannot be read", help)
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:8])
    if end <= start:
        raise CaptionsRefused(number + at, "has a cue that ends before it begins", "put the earlier time first")
    if inside := next((n for n, line in enumerate(block) if n > at and "-->" in line), 0):
        raise CaptionsRefused(number + inside, "has a time inside a cue", "leave an empty line above it")
    text = "\n".join(block[at + 1 :])
    if _CONTROL.search(text):
        raise CaptionsRefused(number + at + 1, "holds a control character", "delete that character")
    settings = " ".join(_SETTING.findall(found[9] or ""))
    return Cue(start, end, text, settings)


def _seconds(parts: Iterable[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _stamp(time_s: float) -> str:
    whole, thousandths = divmod(round(time_s * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
