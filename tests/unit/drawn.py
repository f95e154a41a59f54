"""Pictures and sounds for tests, drawn when they are needed."""

from __future__ import annotations

import wave
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

WEBM = Path(__file__).parents[1] / "media" / "square.webm"


def hills(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture with as many colours as a photograph; its upper half is light, its lower half dark."""
    across = Image.linear_gradient("L").resize((width, height))
    noise = Image.radial_gradient("L").resize((width, height))
    image = Image.merge(
        "RGB", (across.transpose(Image.Transpose.FLIP_TOP_BOTTOM), noise, across.point(lambda v: 255 - v))
    )
    return image.convert(mode)


def grain(width: int, height: int) -> Image.Image:
    """A picture that no format makes small: the same noise each time."""
    seed, values = 1, bytearray()
    for _ in range(width * height * 3):
        seed = seed * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        values.append(seed >> 16 & 0xFF)
    return Image.frombytes("RGB", (width, height), bytes(values))


def plan() -> Image.Image:
    """A drawing of three colours, 900 pixels wide."""
    image = Image.new("RGB", (900, 500), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 840, 440), outline="black", width=8)
    draw.line((60, 440, 840, 60), fill="red", width=12)
    return image


def file_of(image: Image.Image, form: str, **options: Any) -> bytes:
    """A picture as a file."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def tone(seconds: float = 1) -> bytes:
    """A WAV file with a sound."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(128 + (i * 7 % 60) for i in range(int(8000 * seconds))))
    return out.getvalue()
