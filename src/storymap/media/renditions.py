"""A picture made ready for a page: turned upright, in sRGB, without anything else, in two widths and two formats.

The same bytes come of the same picture and the same release of Pillow.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from storymap.media.opening import opened

if TYPE_CHECKING:
    from PIL.Image import Image

# As wide as a column, and as wide again for screens of two dots a pixel and for a closer look.
WIDTHS_PX = (680, 1360)
_LEAST_GAIN = 1.25  # a second width that is hardly larger is not worth a file
_HIGHEST_PX = 8000  # WebP ends at 16,383
_WEBP_QUALITY, _JPEG_QUALITY = 80, 82
_FLAT_COLOURS = 256  # a picture of so few colours is a drawing, which lossy formats make dirty
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as a file of its own; pixels."""

    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """What a page holds of a picture: WebP, from narrow to wide, and one file for browsers that know none."""

    webp: tuple[Encoded, ...]
    fallback: Encoded

    @property
    def widest(self) -> Encoded:
        """Return the picture at its best."""
        return self.webp[-1]

    @property
    def enlarges(self) -> bool:
        """Whether it is wider than a column, so that it is worth a look by itself."""
        return self.widest.width > WIDTHS_PX[0]


def renditions(name: str, data: bytes) -> Renditions:
    """Return a picture in one or two widths, never larger than it is. Raises Refused as `opened` does."""
    with opened(name, data) as picture:
        image = _in_srgb(_upright(picture))
    flat = _is_drawing(image)
    sized = [_resized(image, width) for width in _widths(image.width)]
    webp = tuple(_encoded(one, "WEBP", _webp_options(flat=flat)) for one in sized)
    if flat or image.mode == "RGBA":
        return Renditions(webp, _encoded(sized[0], "PNG", {"optimize": True}))
    jpeg = {"quality": _JPEG_QUALITY, "optimize": True, "progressive": True}
    return Renditions(webp, _encoded(sized[0], "JPEG", jpeg))


def _is_drawing(image: Image) -> bool:
    """Return whether a picture has few colours. A photograph in black and white has few, too, and none stands out."""
    counted = image.getcolors(_FLAT_COLOURS)
    if counted is None:
        return False
    commonest = sum(sorted((count for count, _ in counted), reverse=True)[:16])
    colours = [colour for _, colour in counted if isinstance(colour, tuple)]
    grey = all(red == green == blue for red, green, blue, *_ in colours)
    return not grey or commonest * 2 > image.width * image.height


def _widths(width_px: int) -> list[int]:
    narrow, wide = WIDTHS_PX
    if width_px < narrow * _LEAST_GAIN:
        return [min(width_px, narrow)]
    return [narrow, min(width_px, wide)]


def _webp_options(*, flat: bool) -> dict[str, Any]:
    return {"lossless": True, "quality": 80, "method": 4} if flat else {"quality": _WEBP_QUALITY, "method": 4}


def _upright(picture: Image) -> Image:
    """Return a picture as its camera was held; what cannot be read of that is taken as upright."""
    from PIL import Image  # noqa: PLC0415

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            turn = turns.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  (metadata of any camera, of which nothing else is wanted)
        turn = None
    if turn is None:
        return picture
    upright = picture.transpose(turn)
    upright.info = dict(picture.info)
    return upright


def _in_srgb(picture: Image) -> Image:
    """Return a picture as RGB, or RGBA where it lets through, in sRGB, and with nothing else in it."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits a pixel; Pillow would cut them off instead of making them fewer.
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        profile = None
    alpha = None
    if "A" in picture.mode or "a" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
    elif picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGB")
    image = _by_profile(picture, profile) if profile else picture.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        image.putalpha(alpha)
    image.info = {}
    return image


def _by_profile(picture: Image, profile: bytes) -> Image:
    """Return a picture of another colour space in sRGB; a profile that is broken counts as none."""
    from PIL import ImageCms  # noqa: PLC0415

    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return picture.convert("RGB")
    return turned if turned is not None else picture.convert("RGB")


def _resized(image: Image, width_px: int) -> Image:
    from PIL import Image  # noqa: PLC0415

    scale = min(width_px / image.width, _HIGHEST_PX / image.height)
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Image, form: str, options: dict[str, Any]) -> Encoded:
    out = BytesIO()
    image.save(out, form, **options)
    return Encoded(f"image/{form.lower()}", image.width, image.height, out.getvalue())
