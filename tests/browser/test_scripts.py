"""Names in scripts that run from the right, or have no capitals, stand as others do and say their language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build
from tests.browser.stage import DESKTOP, PHONE, Stage, collisions
from tests.unit.making import made, place, step

# Language, what the two ports are called in it, and who of the table has a name in another language beside its own.
PORTS = {
    "ar": ("ميناء فلاديفوستوك", "ميناء ناخودكا"),
    "he": ("ולדיווסטוק", "נחודקה"),
    "ja": ("ウラジオストク", "ナホトカ"),
    "tr": ("Vladivostok limanı", "Nahodka limanı"),
}
_LABELS = """() => [...document.querySelectorAll(".leaflet-names-pane > .name:not([hidden])")].map((e) => {
  const { left, top, right, bottom } = e.getBoundingClientRect(), { direction, textTransform } = getComputedStyle(e);
  const said = e.closest("[lang]").lang;
  return { text: e.firstChild.textContent, said, direction, textTransform, left, top, right, bottom };
})"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page in each language, with two places of its own and names of context round them, local names as well."""
    folder = tmp_path_factory.mktemp("scripts")
    found = {}
    for language, names in PORTS.items():
        places = [
            place(f"port{n}", {"type": "Point", "coordinates": at}, name=name, kind="city")
            for n, (name, at) in enumerate(zip(names, ([131.88, 43.11], [132.87, 42.81]), strict=True))
        ]
        steps = [step(show=["port0", "port1"], view={"center": [43, 131], "zoom": 4.5})]
        story = made(*steps, places=places, language=language, basemap={"local_names": True})
        found[language] = folder / f"{language}.html"
        found[language].write_text(build(story).html, encoding="utf-8")
    return found


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", PORTS)
def test_names_of_every_script_can_be_read_and_say_their_language(
    pages: dict[str, Path], open_page: Callable[..., Any], language: str, size: tuple[int, int]
) -> None:
    story = Stage(open_page(pages[language], width=size[0], height=size[1], reduced_motion=True).page)
    found = story.page.evaluate(_LABELS)
    assert {name["text"] for name in found} & set(PORTS[language]), "the story's own places have no name"
    assert len(found) > 3
    assert collisions(story.labels()) == []
    dots = story.boxes(".leaflet-overlay-pane path.dot")
    for name in found:
        assert name["said"] == language, name
        assert name["direction"] == ("rtl" if language in ("ar", "he") else "ltr"), name
        if name["text"] in PORTS[language]:
            gaps = [
                max(
                    dot.left - name["right"],
                    name["left"] - dot.right,
                    dot.top - name["bottom"],
                    name["top"] - dot.bottom,
                )
                for dot in dots
            ]
            assert min(gaps) < 12, f"{name['text']} is far from its dot"


def test_a_local_name_says_its_own_language(pages: dict[str, Path], open_page: Callable[..., Any]) -> None:
    story = Stage(open_page(pages["ar"], width=DESKTOP[0], height=DESKTOP[1], reduced_motion=True).page)
    local = story.page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-names-pane > .name:not([hidden]) > span")]
          .map((e) => [e.lang, e.textContent])"""
    )
    assert ["ru", "Россия"] in local
