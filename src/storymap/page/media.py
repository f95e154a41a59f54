"""What stands beside a story's prose, made ready for the templates, and the files and rules that its page needs."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from storymap.media import Encoded, as_webvtt, ending_of, renditions, spoken
from storymap.page.policy import OwnFiles
from storymap.scene import MediaFile, Medium, Scene
from storymap.story import Player, player_of
from storymap.strings import Catalogue

FOLDER = "media"
# What is so small stands in the page: a request costs more. A page takes no more than this of it.
INLINE_BYTES, INLINE_PAGE_BYTES = 24_000, 60_000
_ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as an <img> takes it: pixels, and where its files are. `large` is worth a look at its full size."""

    src: str
    width: int
    height: int
    srcset: str = ""
    large: str = ""  # where that is, "here" where it stands in the page


@dataclass(frozen=True, slots=True)
class Item:
    """One thing beside the prose, as the template takes it."""

    kind: str
    said: str
    caption: str
    credit: str
    image: Image | None = None
    src: str = ""
    media_type: str = ""
    track: str = ""
    transcript: tuple[str, ...] = ()
    player: Player | None = None
    load: str = ""
    load_means: str = ""
    watch: str = ""

    @property
    def enlarges(self) -> bool:
        """Whether it is a picture that is worth a look at its full size."""
        return self.kind == "image" and self.image is not None and self.image.large != ""


@dataclass(frozen=True, slots=True)
class StoryMedia:
    """The media of a story: what each step shows, the files beside the page, what it may load.

    `extras` and `sheets` are the client's modules and the styles that it needs, `requests` what a reader may set off.
    """

    steps: tuple[tuple[Item, ...], ...]
    files: dict[str, bytes]
    own: OwnFiles
    frames: tuple[str, ...]
    extras: tuple[str, ...]
    sheets: tuple[str, ...]
    requests: tuple[str, ...]


@dataclass(slots=True)
class _Shelf:
    """Where the bytes go: into the page, or beside it, or `up` from it, where all languages of a story find them."""

    one_file: bool
    up: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    inline_bytes: int = 0

    def fits(self, data: bytes) -> bool:
        """Return whether a picture stands in the page, and count it if so."""
        fits = self.one_file or (len(data) <= INLINE_BYTES and self.inline_bytes + len(data) <= INLINE_PAGE_BYTES)
        self.inline_bytes += len(data) if fits else 0
        return fits

    def beside(self, name: str, data: bytes, ending: str, width: int = 0) -> str:
        """Return the address of a file beside the page, named after the story's file and its own content."""
        size = f"-{width}" if width else ""
        path = f"{FOLDER}/{_slug(name)}-{sha256(data).hexdigest()[:8]}{size}.{ending}"
        self.files[path] = data
        return self.up + path


def story_media(scenes: Sequence[Scene], words: Catalogue, up: str = "", *, one_file: bool = False) -> StoryMedia:
    """Return the media of a story.

    Args:
        scenes: its steps.
        words: our words in its language.
        up: "../" for a translation, whose files are those of the story's own page, one folder above.
        one_file: whether all must stand in the page, as in a notebook.
    """
    shelf = _Shelf(one_file, up)
    steps = tuple(tuple(_item(medium, words, shelf) for medium in scene.media) for scene in scenes)
    items = [item for step in steps for item in step]
    players = list({item.player.host: item.player for item in items if item.player}.values())
    extras = []
    if any(len(step) > 1 for step in steps) or any(item.enlarges for item in items):
        extras.append("gallery")
    if any(item.kind != "image" for item in items):
        extras.append("players")
    pictures = any(name.endswith(tuple(_ENDINGS.values())) for name in shelf.files)
    recorded = any(item.kind in ("audio", "video") for item in items)
    asked = [
        words.say("report.player", button=words.say("media.load", host=player.host), host=player.host)
        for player in players
    ]
    return StoryMedia(
        steps,
        shelf.files,
        OwnFiles(pictures, recorded, bool(shelf.files)),
        tuple(player.origin for player in players),
        tuple(extras),
        ("media",) if items else (),
        tuple(asked),
    )


def _item(medium: Medium, words: Catalogue, shelf: _Shelf) -> Item:
    player = player_of(*medium.player) if medium.player else None
    still = medium.file if medium.kind == "image" else medium.poster
    item = Item(
        medium.kind,
        medium.said,
        medium.caption,
        medium.credit,
        # A <video> has one address for its poster, so that one is of the format which all browsers know.
        _image(still, shelf, one_address=medium.kind == "video") if still else None,
        transcript=tuple(spoken(medium.captions)),
        player=player,
        load=words.say("media.load", host=player.host) if player else "",
        load_means=words.say("media.load-means", host=player.host) if player else "",
        watch=words.say("media.watch", host=player.page.split("/")[2].removeprefix("www.")) if player else "",
    )
    return _recorded(item, medium, shelf) if medium.kind in ("audio", "video") else item


def _recorded(item: Item, medium: Medium, shelf: _Shelf) -> Item:
    if medium.file is None:
        return item
    file = medium.file
    if shelf.one_file:
        src = _data(file.media_type, file.data)
    else:
        src = shelf.beside(file.name, file.data, ending_of(file.media_type))
    # In the page: browsers refuse a track beside it that is opened as a file, or in a sandbox.
    track = _data("text/vtt", as_webvtt(medium.captions).encode()) if medium.captions else ""
    return replace(item, src=src, media_type=file.media_type, track=track)


def _image(file: MediaFile, shelf: _Shelf, *, one_address: bool) -> Image:
    made = renditions(file.name, file.data)
    best = made.fallback if one_address else made.widest
    if shelf.fits(best.data):
        here = "here" if made.enlarges else ""
        return Image(_data(best.media_type, best.data), best.width, best.height, large=here)

    def beside(one: Encoded) -> str:
        return shelf.beside(file.name, one.data, _ENDINGS[one.media_type], one.width)

    source, fallback = beside(made.fallback), made.fallback
    if one_address:
        return Image(source, fallback.width, fallback.height)
    addresses = [(beside(one), one.width) for one in made.webp]
    srcset = ", ".join(f"{address} {width}w" for address, width in addresses)
    large = addresses[-1][0] if made.enlarges else ""
    return Image(source, fallback.width, fallback.height, srcset, large)


def _data(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"


def _slug(name: str) -> str:
    """Return a file's name without folder and ending, in letters that every host and disk takes."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "file"
