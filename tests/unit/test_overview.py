"""The step that a story makes of itself, and the other keys that say how it is read."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from storymap.compiler import Built, build, check, picture
from storymap.problems import StoryError
from storymap.story import StoryDoc
from tests.unit.making import made, step

STEPS = [
    {**step("We leave.", show=["station"]), "title": "One"},
    {**step("It is 17 km long.", show=["border", {"place": "station", "label": "The start"}]), "title": "Two"},
    {**step("An island.", show=[{"place": "island", "style": "context"}]), "title": "Three"},
]


def told(**keys: Any) -> Built:
    return build(made(*STEPS, unchecked=[{"quote": "17 km", "why": "No."}], **keys))


def test_the_overview_is_the_first_step_and_the_others_count_on() -> None:
    html = told(overview=True).html
    assert re.findall(r'<section class="step[^>]*? id="([^"]+)"', html) == ["overview", "one", "two", "three"]
    assert re.findall(r'<p class="count">(\d of \d)', html) == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert "Overview</h2>" in html
    assert "overview" not in told(overview=False).parts.steps


def test_it_draws_all_that_the_steps_show_quietly_and_frames_what_they_are_about() -> None:
    (scene, *_) = check(made(*STEPS, unchecked=[{"quote": "17 km", "why": "No."}], overview=True)).resolved.scenes
    assert [(item.place.id, item.role, item.journey) for item in scene.shown] == [
        ("station", "context", None),
        ("border", "context", None),
        ("island", "context", None),
    ]
    assert scene.shown[0].label == "Station", "the first label of two"
    assert [place.id for place in scene.view.fit] == ["station", "border"]
    assert scene.claims == ()


def test_its_measured_lines_are_those_of_no_claim() -> None:
    claim = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}
    story = build(made(step("It is less than 150 km.", show=["station"], claims=[claim]), overview=True))
    overview, own = (story.parts.steps[name].drawing for name in ("overview", "one"))
    assert (len(overview.measured), len(own.measured)) == (0, 1)


def test_a_title_and_a_text_are_the_authors_and_links_and_measures_in_it_are_looked_at() -> None:
    html = told(overview={"title": "All of it", "text": "By *train*, to [the river](#two)."}).html
    assert "All of it</h2>" in html
    assert '<p>By <em>train</em>, to <a href="#two"' in html
    with pytest.raises(StoryError) as refused:
        told(overview={"text": "See [there](#nowhere)."})
    assert [problem.code for problem in refused.value.problems if problem.level == "error"] == ["link-refused"]
    warnings = check(made(*STEPS, overview={"text": "It is 5 km wide."})).warnings
    measures = {one.message: one.help for one in warnings if one.code == "unchecked-measure"}
    assert "or say it in a step" in measures["'5 km' measures something and is not checked"]


def prose_of(html: str) -> str:
    found = re.search(r'id="overview".*?<div class="prose">(.*?)</div>', html, re.DOTALL)
    assert found
    return found[1].strip()


def test_without_a_text_it_says_the_story_in_short_and_lists_what_follows() -> None:
    assert prose_of(told(overview=True, summary="From *start* to <end>.").html) == (
        "<p>From *start* to &lt;end&gt;.</p>\n<p>3 steps follow.</p>\n<ul>\n"
        '<li><a href="#one">One</a></li>\n<li><a href="#two">Two</a></li>\n<li><a href="#three">Three</a></li>\n</ul>'
    )
    assert prose_of(told(overview={"title": "All"}).html).startswith("<p>3 steps follow.</p>")
    assert "follow" not in prose_of(told(overview={"text": "Mine."}, summary="Short.").html)


def test_what_it_says_of_itself_is_no_text_of_the_authors() -> None:
    """A measure in the summary is none of a step, and no quote is found there."""
    unchecked = [{"quote": "17 km", "why": "No."}]
    checked = check(made(*STEPS, unchecked=unchecked, overview=True, summary="It is 17 km, or 5 km."))
    assert [one.step_id for one in checked.resolved.unchecked] == ["two"]
    assert "unchecked-measure" not in [problem.code for problem in checked.warnings]


def test_of_many_steps_it_says_only_how_many_they_are() -> None:
    many = build(made(*({**step("Here."), "title": f"Step {n}"} for n in range(16)), overview=True)).html
    assert prose_of(many) == "<p>16 steps follow.</p>"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "3 étapes suivent."),
        ("es", "Siguen 3 pasos."),
        ("ru", "Далее — 3 шага."),
        ("ar", "خطوات"),
        ("ko", "이어서 3단계가 나온다."),
        ("zh-Hans", "接下来有 3 个步骤。"),
        ("el", '<p lang="en">3 steps follow.</p>'),
    ],
)
def test_it_counts_in_every_language(language: str, said: str) -> None:
    assert said in unescape(prose_of(told(overview=True, language=language).html))


def test_a_link_may_lead_to_it() -> None:
    html = build(made(step("Back to [all](#overview)."), overview=True)).html
    assert '<a href="#overview"' in html


def test_its_title_without_one_is_the_catalogues() -> None:
    assert "Overview</h2>" in told(overview={"text": "All."}).html


def test_a_story_that_shows_nothing_has_an_overview_of_the_world() -> None:
    assert "overview" in build(made(step(), overview=True)).parts.steps


def test_it_is_a_step_like_any_other_for_pictures() -> None:
    assert picture(told(overview=True), "overview").startswith(b"<svg")


def test_what_lies_beyond_the_map_is_not_framed_and_is_told_once() -> None:
    pole = {
        "type": "Feature",
        "id": "pole",
        "properties": {"name": "Pole", "uncertainty_m": 50, "source": "made up"},
        "geometry": {"type": "Point", "coordinates": [0, 89]},
    }
    town = {**pole, "id": "town", "geometry": {"type": "Point", "coordinates": [10, 60]}}
    one = step("Here.", show=["pole", "town"], view={"fit": ["town"]})
    checked = check(made(one, places=[pole, town], overview=True))
    assert [place.id for place in checked.resolved.scenes[0].view.fit] == ["town"]
    assert [problem.code for problem in checked.warnings] == ["map-polar"]


@pytest.mark.parametrize(("written", "seconds"), [("8s", 8), ("8", 8), (9, 9), ("4.5 s", 4.5), ("120s", 120)])
def test_a_pace_is_in_seconds(written: object, seconds: float) -> None:
    assert StoryDoc.model_validate({"title": "T", "steps": STEPS, "autoplay": written}).autoplay == seconds


@pytest.mark.parametrize("written", ["3.9s", "121", "8m", "-8", "true", True, "1e1"])
def test_a_pace_out_of_bounds_or_in_other_units_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="autoplay"):
        StoryDoc.model_validate({"title": "T", "steps": STEPS, "autoplay": written})


def test_only_a_story_that_plays_has_the_button_and_its_script() -> None:
    plain, playing = told().html, told(autoplay="8s").html
    assert 'id="sm_play"' not in plain
    assert 'data-pace="8"' in playing
    assert "visibilitychange" in playing
    assert "visibilitychange" not in plain
