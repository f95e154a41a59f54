"""What a step's map shows and does not name by itself: a sample and a few words each, in most steps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storymap.page.map.drawing import StepDrawing
from storymap.page.map.static_map import StaticMap
from storymap.page.map.strokes import LINE_STYLES
from storymap.scene import Scene
from storymap.strings import Catalogue


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend: what it is about, the strokes of its sample (classes, from below to above), its words.

    `seen`: it stands under the static map, which shows such a thing and is the first in the story to do so. The moving
    map shows it at the first step that a reader sees it on.
    """

    about: str
    css: tuple[str, ...]
    text: str
    seen: bool = True


def legends(
    scenes: Sequence[Scene], drawings: Sequence[StepDrawing], stills: Sequence[StaticMap], words: Catalogue
) -> list[tuple[Sign, ...]]:
    """Return the legend of each step's map, in order."""
    told: set[str] = set()
    found = []
    for scene, drawing, still in zip(scenes, drawings, stills, strict=True):
        signs = []
        for about, css in _signs(scene, drawing):
            seen = about not in told and (about != "unsure" or bool(still.grounds))
            told |= {about} if seen else set()
            signs.append(Sign(about, css, words.say(f"legend.{about}"), seen))
        found.append(tuple(signs))
    return found


def _signs(scene: Scene, drawing: StepDrawing) -> Iterator[tuple[str, tuple[str, ...]]]:
    subjects = [item for item in scene.shown if item.role == "subject" and not item.label]
    if {"border", "rail"} <= {LINE_STYLES.get(item.place.kind) for item in subjects}:
        for style in ("border", "rail"):
            css = tuple(s.css for s in drawing.strokes if s.css.split()[:2] in ([style, "subject"], [style, "inlay"]))
            yield style, css[:2]
    # Lines that only orient need no excuse; what is told about does.
    lines = (*(m.stroke for m in drawing.measured), *drawing.strokes)
    sketched = (s for s in lines if "schematic" in s.css and "context" not in s.css and "bridge" not in s.css)
    if sketch := next(sketched, None):
        also = tuple(s.css for s in drawing.strokes if s.shape == sketch.shape and "schematic" in s.css)
        yield "sketch", (sketch.css,) if "measured" in sketch.css else also
    if drawing.grounds:
        yield "unsure", ("ground",)
