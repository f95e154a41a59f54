"""The seed story's page in a browser, as a test meets it: step, look, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, inf, radians
from typing import TYPE_CHECKING, Any, cast

from tests.unit.told import from_rows

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

DESKTOP, TABLET, PHONE, SMALL = (1280, 800), (768, 1024), (390, 844), (320, 640)
SIZES = (DESKTOP, TABLET, PHONE, SMALL)

# Leaflet and our client mark the map with these classes while it moves.
MOVING = ".leaflet-pan-anim, .leaflet-zoom-anim, .zooming"
_FRAMES = """async () => { // where motion is unwanted the map is told at once
  for (let n = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 : 0; n < 4; n++)
    await new Promise((done) => requestAnimationFrame(done)); }"""
MAP = "Object.values(window).find((value) => window.L && value instanceof L.Map)"
_LAYERS = (
    """() => [...document.querySelectorAll(".leaflet-overlay-pane path")].map((path) => path.getAttribute("class"))"""
)
_VIEW = f"""() => {{ const map = {MAP}, {{ lat, lng }} = map.getCenter(), size = map.getSize(), b = map.getBounds();
  return {{ lat, lng, zoom: map.getZoom(), least: map.getMinZoom(), width: size.x, height: size.y,
    west: b.getWest(), south: b.getSouth(), east: b.getEast(), north: b.getNorth() }}; }}"""
_BOXES = """(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { text: element.textContent, left, top, right, bottom };
}).filter(({ left, right }) => right > left)"""


@dataclass(frozen=True)
class Box:
    """Where something stands in the window, in CSS pixels, and what it says."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether two boxes share more than a seam of half a pixel."""
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies in here."""
        return (
            self.left - 0.5 <= other.left
            and other.right <= self.right + 0.5
            and self.top - 0.5 <= other.top
            and other.bottom <= self.bottom + 0.5
        )


def collisions(boxes: Sequence[Box]) -> list[str]:
    """Return each pair of boxes that cover each other, as words."""
    return [f"{a.text} × {b.text}" for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.covers(b)]


def away_px(one: dict[str, float], other: dict[str, float]) -> float:
    """Return how far two views of the map differ, in pixels; a different zoom counts as far.

    The same view can differ by a part of a pixel, since Leaflet puts the origin of its pixels on a whole one.
    """
    if abs(one["zoom"] - other["zoom"]) > 1e-6:
        return inf
    per_degree = 256 * 2 ** one["zoom"] / 360
    return per_degree * hypot(one["lng"] - other["lng"], (one["lat"] - other["lat"]) / cos(radians(one["lat"])))


@dataclass(frozen=True)
class Stage:
    """One opened page of the story."""

    page: Page

    @classmethod
    def within(cls, frame: Frame) -> Stage:
        """The story in a frame of another page: it reads like a page, but mouse and keys are its host's."""
        return cls(cast("Page", frame))

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the compiler told the client."""
        return from_rows(self.page.locator("#sm_data").text_content() or "")

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the steps, in order."""
        return [step["id"] for step in self.data["steps"]]

    @property
    def at(self) -> str:
        """The id of the step that shows."""
        shown = [element.get_attribute("id") or "" for element in self.page.locator(".step:visible").all()]
        assert len(shown) == 1
        return shown[0]

    def go(self, step: str) -> None:
        """Go to a step by its link, and wait until the map stands still."""
        link = self.page.locator(f'#sm_dots a[href="#{step}"]')
        if not link.is_visible():
            self.page.locator("#sm_list").click()
        link.click()
        self.rest()

    def rest(self) -> None:
        """Wait until the map stands still. It is told after the next frame, and starts to move in one after that."""
        self.page.evaluate(_FRAMES)
        self.page.wait_for_function(f"() => !document.querySelector('{MOVING}')")

    def claims(self) -> list[Locator]:
        """The claims in the prose of the step that shows."""
        return self.page.locator(".step.current a.claim").all()

    def watch_flights(self) -> None:
        """Count the map's animations from now on."""
        self.page.evaluate(f"() => {{ window.flights = 0; {MAP}.on('zoomanim', () => window.flights++); }}")

    def flights(self) -> int:
        """The animated changes of zoom since `watch_flights`."""
        return int(self.page.evaluate("window.flights"))

    def layers(self) -> list[str]:
        """The classes of every path on the map, in drawing order."""
        layers: list[str] = self.page.evaluate(_LAYERS)
        return layers

    def view(self) -> dict[str, float]:
        """Centre, zoom, least zoom, size in pixels and bounds of the map, in degrees."""
        view: dict[str, float] = self.page.evaluate(_VIEW)
        return view

    def boxes(self, selector: str) -> list[Box]:
        """The boxes of all elements that a selector finds and that take room."""
        return [Box(**found) for found in self.page.evaluate(_BOXES, selector)]

    def labels(self) -> list[Box]:
        """The names and numbers on the map."""
        return self.boxes(".leaflet-names-pane > span:not([hidden])")

    def focused(self) -> dict[str, Any]:
        """The element that has the focus: its tag, id, classes, words, href and outline."""
        focused: dict[str, Any] = self.page.evaluate(
            """() => { const e = document.activeElement, style = getComputedStyle(e);
            return { tag: e.tagName, id: e.id, css: e.className, text: e.textContent, href: e.getAttribute("href"),
              outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth) }; }"""
        )
        return focused
