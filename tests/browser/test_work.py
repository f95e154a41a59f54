"""What a step costs: layers are made and geometry is decoded when a reader first needs them, and never again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.stage import DESKTOP, Stage

# Every layer is made by one of two constructors; every shape is read from its path's `d`, here or nowhere.
_COUNT = """() => {
  window.work = { made: 0, drawn: 0, points: 0 };
  for (const kind of [L.Polyline, L.CircleMarker]) {
    const initialize = kind.prototype.initialize;
    kind.prototype.initialize = function (...given) {
      window.work.made += 1;
      return initialize.apply(this, given);
    };
  }
  const add = L.SVG.prototype._initPath;
  L.SVG.prototype._initPath = function (layer) {
    // The basemap follows the zoom, dots of names come and go with their names.
    if (!/^(land|lakes|borders|dot)/.test(layer.options.className)) window.work.drawn += 1;
    return add.call(this, layer);
  };
  const read = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = read.call(this, name);
    if (name === "d") window.work.points += (value.match(/-?\\d+/g) ?? []).length / 2;
    return value;
  };
}"""
_TAKE = "() => { const work = window.work; window.work = { made: 0, drawn: 0, points: 0 }; return work; }"


@dataclass(frozen=True)
class Work:
    """What was done since the last look: layers made, lines and areas of steps put on the map, positions decoded."""

    made: int
    drawn: int
    points: int


def _work(story: Stage) -> Work:
    return Work(**story.page.evaluate(_TAKE))


def _shapes(story: Stage, step: str) -> set[str]:
    (found,) = [one for one in story.data["steps"] if one["id"] == step]
    strokes = [*found["strokes"], *(measured["stroke"] for measured in found["measured"])]
    return {stroke["shape"] for stroke in strokes} | {ground.get("shape", "") for ground in found["grounds"]} - {""}


def _points(story: Stage, ids: set[str]) -> int:
    count = """(ids) => ids.map((id) => document.getElementById(id).getAttributeNode("d").value)
        .map((d) => (d.match(/-?\\d+/g) ?? []).length / 2)"""
    return int(sum(story.page.evaluate(count, sorted(ids))))


def test_a_step_decodes_its_own_shapes_and_its_tier_and_the_second_visit_costs_nothing(
    stage_of_each: Callable[..., Stage],
) -> None:
    story = stage_of_each(DESKTOP)
    known = _shapes(story, story.ids[0])
    story.page.evaluate(_COUNT)
    tiers = _points(
        story, {f"{tier['id']}_{part}" for tier in story.data["tiers"] for part in ("land", "lakes", "borders")}
    )
    decoded, wrong = 0, {}
    for step in story.ids[1:]:
        story.go(step)
        work, fresh = _work(story), _shapes(story, step) - known
        known |= fresh
        own = _points(story, fresh)
        decoded += work.points - own
        if work.points < own:
            wrong[step] = work
    assert wrong == {}
    assert decoded <= tiers, "a tier is decoded once, when a view first needs it"
    again = {}
    for step in (*story.ids, *reversed(story.ids)):
        story.go(step)
        work = _work(story)
        if work.made or work.points:
            again[step] = work
    assert again == {}, "the second visit makes no layer and decodes nothing"


def test_a_claim_that_is_opened_and_closed_again_costs_nothing_the_second_time(stage: Callable[..., Stage]) -> None:
    story = stage(DESKTOP, fragment="#how-close")
    story.page.evaluate(_COUNT)
    costs = []
    for _ in range(2):
        for claim in story.claims():
            claim.click()
            story.rest()
            claim.click()
            story.rest()
        costs.append(_work(story))
    assert (costs[1].made, costs[1].points) == (0, 0)


def test_what_two_steps_share_stays_on_the_map(stage: Callable[..., Stage]) -> None:
    """The same step with another claim open puts no line on the map anew; the other step only what it has alone."""
    story = stage(DESKTOP, fragment="#departure")
    one, other = story.claims()
    one.click()
    story.rest()
    story.page.evaluate(_COUNT)
    before = story.layers()
    other.click()
    story.rest()
    assert _work(story).drawn == 0
    assert sorted(css for css in story.layers() if "dim" in css) == sorted(css for css in before if "dim" in css)
    story = stage(DESKTOP, fragment="#rail-route")
    story.page.evaluate(_COUNT)
    here = {
        stroke["shape"] + stroke["css"]
        for one in story.data["steps"]
        if one["id"] == "rail-route"
        for stroke in one["strokes"]
    }
    there = [
        stroke["shape"] + stroke["css"]
        for one in story.data["steps"]
        if one["id"] == "timetable"
        for stroke in one["strokes"]
    ]
    assert here & set(there)
    story.go("timetable")
    assert _work(story).drawn == len(set(there) - here)
