"""Whether two screenshots show the same: pixel by pixel, with room for edges that fall a little differently."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A pixel has a match in the other picture if its colour lies within those round its place there, give or take `near`:
# where two colours meet, a pixel has any share of them.
_COMPARE = """async ([one, other, reach, near]) => {
  const read = async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return (x, width) => context.getImageData(x, 0, width ?? image.width, image.height);
  };
  const first = await read(one), half = other ? null : first(0).width / 2;
  const [a, b] = other ? [first(0), (await read(other))(0)] : [first(0, half), first(half, half)];
  if (a.width !== b.width || a.height !== b.height) throw new Error("two sizes");
  const { width, height } = a;
  const matches = (p, q, i, x, y) => {
    for (const channel of [0, 1, 2]) {
      const value = p[i + channel];
      let low = q[i + channel], high = low;
      if (Math.abs(value - low) <= near) continue;
      for (let v = y - reach; v <= y + reach; v++) for (let u = x - reach; u <= x + reach; u++) {
        const there = q[4 * (v * width + u) + channel];
        if (there < low) low = there;
        if (there > high) high = there;
      }
      if (value < low - near || value > high + near) return false;
    }
    return true;
  };
  let count = 0;
  for (let y = reach; y < height - reach; y++) for (let x = reach; x < width - reach; x++) {
    const i = 4 * (y * width + x);
    if (!matches(a.data, b.data, i, x, y)) count++;
    if (!matches(b.data, a.data, i, x, y)) count++;
  }
  return count;
}"""


def pixels_apart(blank: Page, one: bytes, other: bytes = b"", *, reach: int, near: int = 40) -> int:
    """Return how many pixels of two PNGs of one size have no match within `reach` in the other, both ways counted.

    Without another, the left and the right half of one are compared.
    """
    found: int = blank.evaluate(_COMPARE, [b64encode(one).decode(), b64encode(other).decode(), reach, near])
    return found
