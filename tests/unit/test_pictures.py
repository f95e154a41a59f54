"""A picture is what its bytes say; a page gets its pixels, upright, small, and nothing else that was in the file."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from storymap.media import Renditions, renditions
from storymap.media.opening import MAX_PIXELS, Refused, kind_of_picture, opened
from tests.unit.drawn import file_of, hills, plan

# What Pillow tells of the formats themselves.
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"} | {
    "loop", "duration", "timestamp", "background",
}  # fmt: skip


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def all_of(made: Renditions) -> list[Image.Image]:
    return [decoded(one.data) for one in (*made.webp, made.fallback)]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_pictures_are_told_by_their_bytes_whatever_their_name(form: str, media_type: str) -> None:
    data = file_of(hills(40, 30), form)
    assert kind_of_picture("bridge.txt", data) == media_type
    with opened("bridge.txt", data) as picture:
        assert picture.size == (40, 30)


@pytest.mark.parametrize(
    ("data", "help"),
    [
        (b"", "use a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "export it as PNG"),
        (b"<?xml version='1.0'?><svg/>", "export it as PNG"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "use a PNG"),
        (b"\x00\x00\x00\x18ftypheic....", "save it as JPEG"),
        (b"BM....", "use a PNG"),
        (b"%PDF-1.7", "use a PNG"),
    ],
)
def test_all_else_is_refused_with_what_to_do(data: bytes, help: str) -> None:
    with pytest.raises(Refused, match=r"'bridge\.png' is not a picture") as refused:
        kind_of_picture("bridge.png", data)
    assert refused.value.help.startswith((help, "an SVG may hold scripts; " + help))


def test_a_picture_that_is_cut_off_is_refused_by_check_already() -> None:
    for form in ("PNG", "JPEG", "WEBP", "GIF"):
        data = file_of(hills(300, 200), form)
        with pytest.raises(Refused, match="cannot be decoded"), opened("a", data[: len(data) // 2]):
            pass


def test_noise_behind_a_signature_is_refused_and_nothing_else_is_raised() -> None:
    for start in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x10\x00\x00\x00WEBPVP8 "):
        for fill in (b"", b"\x00" * 64, b"\xff" * 64, bytes(range(256))):
            with pytest.raises(Refused), opened("a", start + fill):
                pass


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_decompression_bomb_is_refused_by_its_head() -> None:
    """A few bytes that would fill 40 gigabytes of memory."""
    assert MAX_PIXELS < 8_001 * 8_000
    for width, height, said in ((100_000, 100_000, "too many pixels"), (8_001, 8_000, "8,001 × 8,000 pixels")):
        head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(b"")) + png_chunk(b"IEND", b"")
        with pytest.raises(Refused, match=f"{said}; at most 64,000,000"), opened("bomb.png", bomb):
            pass


def test_what_moves_is_refused() -> None:
    frames = [hills(30, 20), hills(30, 20).rotate(180)]
    for form in ("GIF", "WEBP", "PNG"):
        data = file_of(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        with pytest.raises(Refused, match="moves"), opened("a", data):
            pass


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (680, [680]), (800, [680]), (900, [680, 900]), (1360, [680, 1360]), (4000, [680, 1360])],
)
def test_a_picture_is_made_in_two_widths_and_never_larger_than_it_is(width: int, widths: list[int]) -> None:
    made = renditions("a", file_of(hills(width, width // 2), "JPEG"))
    assert [one.width for one in made.webp] == widths
    assert [one.size for one in all_of(made)] == [(one.width, one.height) for one in (*made.webp, made.fallback)]
    assert all(abs(one.height - one.width / 2) <= 1 for one in made.webp)
    assert made.fallback.width == widths[0]


def test_a_very_high_picture_stays_within_what_webp_can_hold() -> None:
    (one,) = renditions("a", file_of(hills(100, 20_000), "PNG")).webp
    assert (one.width, one.height) == (40, 8000)


def test_photographs_have_jpeg_behind_webp_and_drawings_png() -> None:
    assert renditions("a", file_of(hills(900, 600), "JPEG")).fallback.media_type == "image/jpeg"
    drawing = renditions("a", file_of(plan(), "PNG"))
    assert drawing.fallback.media_type == "image/png"
    assert {one.media_type for one in drawing.webp} == {"image/webp"}
    # Not a shade that lossy formats would lay around its lines.
    assert decoded(drawing.widest.data).convert("RGB").tobytes() == plan().tobytes()


def test_a_photograph_in_black_and_white_is_no_drawing_for_having_few_colours() -> None:
    photograph = hills(900, 600).convert("L")
    assert len(photograph.getcolors(256) or ()) > 64
    assert renditions("a", file_of(photograph, "PNG")).fallback.media_type == "image/jpeg"


def test_what_lets_through_still_does() -> None:
    image = hills(400, 300, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((400, 300)))
    made = renditions("a", file_of(image, "PNG"))
    assert [one.mode for one in all_of(made)] == ["RGBA", "RGBA"]
    assert made.fallback.media_type == "image/png"


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_turned_as_its_camera_was_held(turn: int) -> None:
    """Whatever way its pixels lie, the light half is above."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    # One that is like itself in no turn: light above, and a dark corner at the left.
    upright = Image.new("RGB", (400, 300), "gray")
    upright.paste("white", (0, 0, 400, 150))
    upright.paste("black", (0, 0, 100, 75))
    laid = upright.transpose(undo[turn]) if turn in undo else upright
    exif = Image.Exif()
    exif[0x0112] = turn
    made = renditions("a", file_of(laid, "JPEG", exif=exif, quality=95))
    for image in all_of(made):
        assert image.size == (400, 300)
        at = image.convert("L").getpixel
        assert [round(at(where) / 128) for where in ((50, 40), (350, 40), (50, 250), (350, 250))] == [0, 2, 1, 1]  # type: ignore[operator]


def test_nothing_of_the_camera_reaches_the_page() -> None:
    """Neither EXIF with its position, nor XMP, IPTC, comments, texts or profiles."""
    secret = "SECRET-47.11"
    exif = Image.Exif()
    exif[0x010E] = secret
    exif[0x8825] = {1: "N", 2: (43.0, 6.0, 40.0), 29: secret}
    text = PngInfo()
    text.add_text("Comment", secret)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{secret}</x>")
    xmp = f"<x:xmpmeta>{secret}</x:xmpmeta>".encode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    files = [
        file_of(hills(900, 600), "JPEG", exif=exif, comment=secret, xmp=xmp, icc_profile=profile),
        file_of(hills(900, 600), "PNG", exif=exif, pnginfo=text, icc_profile=profile),
        file_of(hills(900, 600), "WEBP", exif=exif, xmp=xmp, icc_profile=profile),
        file_of(hills(200, 100).convert("P"), "GIF", comment=secret),
    ]
    for data in files:
        assert secret.encode() in data or b"zTXt" in data
        made = renditions("a", data)
        for one in (*made.webp, made.fallback):
            assert secret.encode() not in one.data
            assert b"Exif" not in one.data
            assert b"http://ns.adobe.com" not in one.data
            image = decoded(one.data)
            assert set(image.info) <= HARMLESS
            assert dict(image.getexif()) == {}


def test_colours_of_another_space_look_the_same_without_its_profile() -> None:
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    swapped = _profile_with_red_and_blue_swapped()
    image = Image.new("RGB", (60, 40), (200, 30, 60))
    made = renditions("a", file_of(image, "PNG", icc_profile=swapped))
    assert decoded(made.fallback.data).convert("RGB").getpixel((5, 5)) == pytest.approx((60, 30, 200), abs=12)
    for broken in (b"no profile", ImageCms.ImageCmsProfile(lab).tobytes()):
        made = renditions("a", file_of(image, "PNG", icc_profile=broken))
        assert decoded(made.fallback.data).convert("RGB").getpixel((5, 5)) == (200, 30, 60)
    made = renditions("a", file_of(image, "PNG", icc_profile=ImageCms.ImageCmsProfile(srgb).tobytes()))
    assert decoded(made.fallback.data).convert("RGB").getpixel((5, 5)) == pytest.approx((200, 30, 60), abs=1)


def _profile_with_red_and_blue_swapped() -> bytes:
    """The sRGB profile with the places of two primaries exchanged in its table of tags."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = data.index(b"rXYZ"), data.index(b"bXYZ")
    data[red + 4 : red + 12], data[blue + 4 : blue + 12] = data[blue + 4 : blue + 12], data[red + 4 : red + 12]
    return bytes(data)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_read(mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (60, 40), 257 * 100)
    else:
        image = Image.new("RGB", (60, 40), (100, 100, 100)).convert(mode)
    (one,) = renditions("a", file_of(image, "PNG")).webp
    grey = decoded(one.data).convert("L").getpixel((30, 20))
    assert mode == "1" or grey == pytest.approx(100, abs=3)


def test_ink_of_four_colours_is_read() -> None:
    made = renditions("a", file_of(hills(300, 200, "CMYK"), "JPEG"))
    assert [one.mode for one in all_of(made)] == ["RGB", "RGB"]


def test_the_same_picture_gives_the_same_bytes() -> None:
    for data in (file_of(hills(1500, 900), "JPEG"), file_of(plan(), "PNG")):
        assert renditions("a", data) == renditions("b", data)
