"""Pictures opened: typed by their first bytes, never by their names, and refused before they are large in memory."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 64_000_000  # what large cameras make; 200 MB decoded
_LARGEST_PX = 2720  # a JPEG can be decoded at a half, a quarter or an eighth: twice what a page shows is enough

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_NAMES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_HELP = "use a PNG, JPEG, WebP or GIF file"
_SMALLER = "make it smaller; a page shows it at most 1360 pixels wide"
# What foreign decoders raise for bytes that are wrong.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, OverflowError, LookupError, TypeError, struct.error, zlib.error)


class Refused(ValueError):
    """The file is nothing that a page may hold; `help` says what to do."""

    def __init__(self, message: str, help: str = _HELP) -> None:
        super().__init__(message)
        self.help = help


def kind_of_picture(name: str, data: bytes) -> str:
    """Return the media type of a picture; Refused where the bytes are not PNG, JPEG, WebP or GIF (so no SVG)."""
    media_type = next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        media_type = "image/webp"
    if media_type is None:
        help = _HELP
        if data[:5].lstrip(b"\xef\xbb\xbf").startswith((b"<svg", b"<?xml"[:2])) or b"<svg" in data[:1000]:
            help = "an SVG may hold scripts; export it as PNG, 1360 pixels wide"
        elif data[4:8] == b"ftyp":
            help = "save it as JPEG; few browsers show HEIC, and a video belongs under 'video:'"
        raise Refused(f"'{name}' is not a picture that can be shown", help)
    return media_type


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Image]:
    """Open a picture of one frame, its pixels decoded. Raises Refused where it is broken, too large, or moves."""
    from PIL import Image  # noqa: PLC0415  (few stories have pictures)

    form = _NAMES[kind_of_picture(name, data)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, of which nothing is kept
        try:
            picture = Image.open(BytesIO(data), formats=(form,))
            _admit(name, picture)
            if form == "JPEG":
                picture.draft(None, (_LARGEST_PX, _LARGEST_PX))
            picture.load()
        except Refused:
            raise
        except Image.DecompressionBombError:
            raise Refused(f"'{name}' has too many pixels; at most {MAX_PIXELS:,} are read", _SMALLER) from None
        except _BROKEN as error:
            raise Refused(f"'{name}' cannot be decoded: {_said(error)}", "save it once more, as JPEG or PNG") from error
        yield picture


def _admit(name: str, picture: Image) -> None:
    """Raise Refused where a picture, of which only the head has been read, is too large or moves."""
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise Refused(f"'{name}' has {width:,} × {height:,} pixels; at most {MAX_PIXELS:,} are read", _SMALLER)
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        help = "save one frame as PNG, or all of it as a video under 'video:'"
        raise Refused(f"'{name}' moves, and readers could not stop it", help)


def _said(error: Exception) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    return "the file is cut off or broken" if "BytesIO" in text else text
