"""The step that a story makes of itself: all its places on one map, before the first of its own steps."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.places import Place
from storymap.problems import Span
from storymap.prose import Prose
from storymap.reach import off_the_map
from storymap.scene import Scene, Shown, View
from storymap.story import OverviewDoc
from storymap.strings import catalogue


def overview(doc: OverviewDoc, prose: Prose, scenes: Sequence[Scene], language: str, span: Span) -> Scene:
    """Return the step before `scenes`: it draws all that they show, quietly, and frames what they are about.

    `prose` is its text, `span` where it is asked for. Places beyond the ends of the map are drawn and not framed; of a
    place that is shown with several labels, it has the first.
    """
    shown: dict[str, Shown] = {}
    framed: dict[str, Place] = {}
    for item in (item for scene in scenes for item in scene.shown):
        before = shown.get(item.place.id)
        shown[item.place.id] = Shown(item.place, (before.label if before else "") or item.label, "context")
        if item.role == "subject" and not off_the_map(item.place):
            framed[item.place.id] = item.place
    title = doc.title or catalogue(language).say("page.overview")
    view = View(tuple(framed.values()))
    return Scene("overview", 1, title, prose, tuple(shown.values()), view, (), (), span, ("overview",))
