"""Names and numbers on the map can be read: none covers another, none is cut, none hides under a control."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.stage import SIZES, Stage, collisions

CONTROLS = ".leaflet-control-zoom, .leaflet-control-scale, .credit, #sm_locator:not([hidden])"


def _ill(story: Stage) -> list[str]:
    """Return what is wrong with the labels as they stand, as words."""
    window, labels = story.boxes("#sm_map")[0], story.labels()
    return [
        *collisions(labels),
        *(f"{label.text} is cut" for label in labels if not window.holds(label)),
        *(f"{label.text} under a control" for label in labels for c in story.boxes(CONTROLS) if label.covers(c)),
    ]


@pytest.mark.parametrize("size", [*SIZES, (640, 360)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_at_every_step_and_with_every_claim_open_labels_can_be_read(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size)
    for step in story.ids:
        story.go(step)
        assert _ill(story) == [], step
        for claim in story.claims():
            claim.click()
            assert _ill(story) == [], (step, claim.inner_text())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_measured_number_stands_on_the_map_from_the_first_look(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    story = stage(size)
    for step in story.data["steps"]:
        story.go(step["id"])
        numbers = [pill.text for pill in story.boxes(".leaflet-names-pane > .pill:not([hidden])")]
        assert numbers == [m["pill"] for m in step["measured"] if m["pill"] and not m.get("again")]
        drawn = [m for m in step["measured"] if not m.get("again")]
        assert len(story.boxes(".leaflet-overlay-pane path.measured")) == len(drawn)


def test_labels_are_placed_anew_for_the_view_that_a_reader_makes(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#rail-route")
    for move in ("+", "ArrowLeft", "ArrowLeft", "-", "-", "ArrowUp", "ArrowUp"):
        story.page.locator(".folium-map").press(move)
        story.rest()
        assert _ill(story) == [], move


def test_a_label_stands_at_its_place(stage: Callable[..., Stage]) -> None:
    """Near the dot that it names, at every step: the pane that holds the names has not slipped."""
    story = stage()
    found = 0
    for step in story.data["steps"]:
        story.go(step["id"])
        dots = story.boxes(".leaflet-overlay-pane path.dot")
        for label in story.boxes(".leaflet-names-pane > .name.city:not([hidden])"):
            gaps = [
                max(dot.left - label.right, label.left - dot.right, dot.top - label.bottom, label.top - dot.bottom)
                for dot in dots
            ]
            assert min(gaps) < 12, label.text
            found += 1
    assert found > 3
