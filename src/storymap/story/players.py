"""Videos that another host plays: the few forms of address that lead to one, and what a page makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from pydantic_core import PydanticCustomError

from storymap.story.addresses import address_fault
from storymap.story.values import fault, read_filled_text, shown

PlayerName = Literal["youtube", "vimeo"]

_YOUTUBE_HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be")
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
_YOUTUBE_PATH = re.compile(r"/(?:embed/|shorts/|live/|v/)?([A-Za-z0-9_-]{11})/?", re.ASCII)
_SECONDS = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?", re.ASCII)
_VIMEO = re.compile(r"([0-9]{1,12})(?:/([0-9a-f]{6,20}))?", re.ASCII)
_VIMEO_PATH = re.compile(
    r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?([0-9]{1,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII
)
_HASH = re.compile(r"[0-9a-f]{6,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Player:
    """A video of another host: its name to readers, the frame that plays it, and the page where one can watch it."""

    host: str
    frame: str
    page: str

    @property
    def origin(self) -> str:
        """Return the frame's origin, for the page's policy."""
        return "/".join(self.frame.split("/", 3)[:3])


def read_youtube(value: object) -> str:
    """Return a video's id, and after a space the second at which it begins where the address gives one."""
    text = read_filled_text(value).strip()
    if _YOUTUBE_ID.fullmatch(text):
        return text
    if _host_of(text) in _YOUTUBE_HOSTS:
        parts = urlsplit(text)
        query = parse_qs(parts.query)
        found = query.get("v", [""])[0] if parts.path in ("/watch", "/watch/") else ""
        if path := _YOUTUBE_PATH.fullmatch(parts.path):
            found = path[1]
        if _YOUTUBE_ID.fullmatch(found):
            start = _seconds((query.get("t") or query.get("start") or [""])[0])
            return f"{found} {start}" if start else found
    help = (
        "type the video’s id, such as aqz-KE-bpKQ, or its address, such as https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    )
    raise fault("bad-media", f"is {shown(text)}, which is no video of YouTube", help)


def read_vimeo(value: object) -> str:
    """Return a video's number, and after a slash the key of one that is not listed."""
    text = read_filled_text(value).strip()
    if _VIMEO.fullmatch(text):
        return text
    if _host_of(text) in ("vimeo.com", "player.vimeo.com"):
        parts = urlsplit(text)
        if path := _VIMEO_PATH.fullmatch(parts.path):
            key = path[2] or parse_qs(parts.query).get("h", [""])[0]
            return f"{path[1]}/{key}" if _HASH.fullmatch(key) else path[1]
    help = "type the video’s number, such as 76979871, or its address, such as https://vimeo.com/76979871"
    raise fault("bad-media", f"is {shown(text)}, which is no video of Vimeo", help)


def same_video(player: tuple[PlayerName, str], text: str) -> bool:
    """Return whether an id or address leads to a host's video, wherever it is to begin."""
    name, video = player
    try:
        other = read_youtube(text) if name == "youtube" else read_vimeo(text)
    except PydanticCustomError:
        return False
    return other.partition(" ")[0] == video.partition(" ")[0]


def player_of(name: PlayerName, video: str) -> Player:
    """Return how a page plays a video; `video` is what the reader of its key has returned."""
    if name == "youtube":
        key, _, start = video.partition(" ")
        from_there = f"&start={start}" if start else ""
        at = f"&t={start}s" if start else ""
        return Player(
            "youtube-nocookie.com",
            f"https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0{from_there}",
            f"https://www.youtube.com/watch?v={key}{at}",
        )
    number, _, key = video.partition("/")
    secret = f"h={key}&" if key else ""
    return Player(
        "player.vimeo.com",
        f"https://player.vimeo.com/video/{number}?{secret}dnt=1&autoplay=1",
        f"https://vimeo.com/{video}",
    )


def _host_of(address: str) -> str:
    """Return the host of a web address without www. and m., or "" where it may not stand in a page."""
    if address_fault(address):
        return ""
    return re.sub(r"^(?:www\.|m\.)", "", (urlsplit(address).hostname or "").lower())


def _seconds(text: str) -> int:
    """Return how many seconds `90`, `90s` or `1h2m3s` are; 0 for all else."""
    found = _SECONDS.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
