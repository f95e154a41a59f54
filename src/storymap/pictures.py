"""Pictures of a step: typed by their first bytes, never by their names."""

from __future__ import annotations

from storymap.scene import Picture

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


class Refused(ValueError):
    """The file is no picture that a page may hold."""


def read_picture(name: str, data: bytes, alt: str, caption: str, credit: str, license: str) -> Picture:
    """Return a picture with its words. Raises Refused where the bytes are not PNG, JPEG, WebP or GIF (so no SVG)."""
    media_type = next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)
    if media_type is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        media_type = "image/webp"
    if media_type is None:
        raise Refused(f"'{name}' is not a picture that can be shown")
    return Picture(media_type, data, alt, caption, credit, license)
