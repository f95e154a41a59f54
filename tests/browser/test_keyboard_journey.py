"""The whole story with a keyboard alone: every step, every verdict, every file; the test has no pointer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built
from storymap.strings import catalogue
from storymap.wording import value_of
from tests.browser.hearing import plain
from tests.browser.stage import DESKTOP, SMALL, Stage

FRAME = (640, 500)
WORDS = catalogue("en")
# Whether the middle of an element is in the window, and nothing lies over it.
IN_SIGHT = """(e) => [...e.getClientRects()].some(({ left, top, width, height }) => {
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return !!there && (e.contains(there) || there.contains(e) && !there.matches("#sm_map, #sm_bar")); })"""
STOP = f"""(what) => {{ const e = document.activeElement, style = getComputedStyle(e);
  return {{ tag: e.tagName, id: e.id, css: e.className, text: e.textContent, found: e.matches(what),
    seen: ({IN_SIGHT})(e), outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth) }}; }}"""


def press(story: Stage, key: str, what: str = "*") -> dict[str, Any]:
    """Press a key; return what has the focus then, whether it can be seen, and whether it is what is looked for."""
    story.page.keyboard.press(key)
    stop: dict[str, Any] = story.page.evaluate(STOP, what)
    return stop


def tab_to(story: Stage, what: str, key: str = "Tab") -> dict[str, Any]:
    """Press Tab until the focus is on what a selector finds; all on the way must be seen to have the focus."""
    for _ in range(90):
        stop = press(story, key, what)
        assert stop["tag"] == "BODY" or (stop["seen"] and stop["outline"] >= 2), stop
        if stop["found"]:
            return stop
    raise AssertionError(f"no way to {what}")


def read_claim(story: Stage, verdict: str, value: str) -> None:
    """Open the claim that has the focus, read its verdict and number in the window, go through its panel, close it."""
    claim = story.focused()["text"]
    press(story, "Enter" if len(claim) % 2 else " ")
    panel = story.page.locator(".step.current .panel")
    assert plain(panel.locator(".verdict").first.inner_text()).startswith(verdict)
    assert plain(panel.locator(".number").inner_text()).replace(" ", "") in value.replace(" ", "")
    for part in (".verdict", ".number"):
        assert panel.locator(part).first.evaluate(IN_SIGHT), f"{part} of {claim} is out of sight"
    controls = panel.evaluate(
        "(e) => [...e.querySelectorAll('button, a, summary')].filter((c) => c.checkVisibility()).length"
    )
    stops = [tab_to(story, ".panel .close")]  # past the other claims of its paragraph
    stops += [press(story, "Tab") for _ in range(controls - 1)]
    inside = "() => !!document.activeElement.closest('.panel')"
    assert story.page.evaluate(inside), "the panel's last control is the last stop in it"
    assert [stop for stop in stops if not stop["seen"] or stop["outline"] < 2] == []
    for one in range(panel.locator("summary").count()):  # another reading opens and closes by keys as well
        summary = panel.locator("summary").nth(one)
        summary.focus()
        press(story, "Enter")
        assert panel.locator("details").nth(one).locator(".rows").is_visible()
    press(story, "Escape")
    assert panel.count() == 0
    assert story.focused()["text"] == claim


def by_next(story: Stage) -> None:
    """To the next step by its button, which keeps the focus, and back to the start of the step."""
    tab_to(story, "#sm_next")
    press(story, "Enter")
    assert story.focused()["id"] == "sm_next"
    tab_to(story, ".step.current .share", "Shift+Tab")


def by_arrow(story: Stage) -> None:
    """To the next step by the arrow key: Tab goes on in it, wherever in the last one the focus was."""
    press(story, "ArrowRight")
    tab_to(story, ".step.current .share")


def by_list(story: Stage) -> None:
    """To the next step by the list of steps: the focus goes along."""
    tab_to(story, "#sm_list")
    press(story, "Enter")
    press(story, "ArrowDown")
    press(story, "Enter")
    assert story.page.evaluate("document.activeElement.className") == "step current"
    tab_to(story, ".step.current .share")


@pytest.mark.parametrize(
    "size, fragment, on",
    [(DESKTOP, "", by_next), (SMALL, "", by_list), (FRAME, "?embed=1", by_arrow)],
    ids=["desktop", "small", "framed"],
)
def test_every_step_every_verdict_and_the_list_of_checks_by_keys_alone(
    stage: Callable[..., Stage],
    built: tuple[Built, Path],
    size: tuple[int, int],
    fragment: str,
    on: Callable[[Stage], None],
) -> None:
    story = stage(size, fragment=fragment)
    findings = list(built[0].checked.findings.values())
    tab_to(story, ".share")
    for step in story.ids:
        if step != story.ids[0]:
            on(story)
        assert story.at == step
        assert story.page.locator(".step.current h2").evaluate(IN_SIGHT)
        for finding in [one for one in findings if one.step_id == step]:
            stop = tab_to(story, ".step.current a.claim")
            assert plain(stop["text"]).startswith(plain(finding.quote))
            read_claim(story, WORDS.say(f"verdict.{finding.verdict}"), plain(value_of(finding.headline, WORDS)))
    tab_to(story, "#sm_next")
    press(story, "Enter")
    assert story.focused()["id"] == "sm_checks"
    assert story.page.locator("#sm_checks_head").evaluate(IN_SIGHT)

    rows = story.page.locator(".table tbody tr")
    read = 0
    for row in rows.all():
        links = row.locator("a").count()
        for _ in range(links):
            stop = tab_to(story, ".table a")
        if links:
            assert plain(stop["text"]) == plain(row.locator(".said").inner_text())
        assert row.locator("td").first.inner_text().strip()
        read += 1
    assert read == sum(1 + len(one.also) for one in findings) + len(built[0].checked.resolved.unchecked)

    last = findings[-1]
    tab_to(story, f'.table a[href="#{last.step_id}"]', "Shift+Tab")
    press(story, "Enter")
    assert story.at == last.step_id
    assert story.page.evaluate("document.activeElement.closest('.step')?.id") == last.step_id
    assert story.page.evaluate(f"({IN_SIGHT})(document.activeElement)")


def test_files_link_whole_screen_and_map_by_keys_alone(stage: Callable[..., Stage]) -> None:
    story = stage(fragment="#hanoi")
    tab_to(story, ".share")
    press(story, "Enter")
    assert story.page.locator("#sm_status").inner_text() == "Link copied"
    assert story.focused()["css"] == "share"
    tab_to(story, "#sm_next")
    tab_to(story, ".folium-map")
    press(story, "ArrowUp")
    assert story.page.locator("#sm_reset").is_visible()
    for control in (".leaflet-control-zoom-in", ".leaflet-control-zoom-out"):
        before = story.view()["zoom"]
        tab_to(story, control)
        press(story, "Enter")
        story.rest()
        assert story.view()["zoom"] != before, control
    tab_to(story, "#sm_full")
    press(story, " ")
    story.page.wait_for_function("() => document.fullscreenElement?.id === 'sm_map'")
    press(story, "Enter")
    story.page.wait_for_function("() => !document.fullscreenElement")
    tab_to(story, "#sm_reset")
    press(story, "Enter")
    assert not story.page.locator("#sm_reset").is_visible()
    assert story.focused()["id"] == "sm_next"
    press(story, "Enter")
    assert story.focused()["id"] == "sm_checks"
    tab_to(story, '.units button[value="miles"]')
    press(story, " ")
    assert story.page.locator(".table td").nth(1).inner_text().endswith("miles")
    for kind in ("json", "csv", "geojson"):
        tab_to(story, f'.saves button[value="{kind}"]')
        with story.page.expect_download() as download:
            press(story, "Enter")
        assert download.value.suggested_filename == f"checks.{kind}"
        assert story.focused()["tag"] == "BUTTON"
