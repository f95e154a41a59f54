"""The live map is folium's, the same every time, and brings no file from elsewhere."""

from __future__ import annotations

import re
from importlib import import_module
from threading import Thread
from typing import cast

import folium
from branca.element import Figure

from storymap.page.live.interactive import LiveMap, StepMap, live_map


def test_two_maps_are_the_same_text() -> None:
    assert live_map() == live_map()


def test_a_map_is_the_same_beside_others() -> None:
    before = live_map()
    folium.Map().get_root().render()
    found: list[LiveMap] = []
    threads = [Thread(target=lambda: found.append(live_map())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [before] * 4


def test_no_id_is_random() -> None:
    live = live_map()
    html, script = live.html, live.script
    ids = set(re.findall(r"\b(?:map|step_control|figure)_(\w+)", html + script))
    assert ids
    assert all(re.fullmatch(r"sm\d{3}", one) for one in ids)


def test_folium_itself_is_left_as_it_was() -> None:
    """Its lists of scripts and styles belong to all maps of a process."""
    module = import_module("folium.folium")
    before = [*module._default_js], [*module._default_css]
    live_map()
    assert ([*module._default_js], [*module._default_css]) == before
    assert before[0]
    assert (folium.Map().default_js, folium.Map().default_css) == before


def test_nothing_is_fetched_and_nothing_styled_inline() -> None:
    live = live_map()
    html, script = live.html, live.script
    assert (live.layered, live.foreign.hosts) == (False, ())
    assert re.findall(r"https?:|//[a-z]|\bsrc=|\bhref=|style=|<script|<link|<style", html + script) == []


def test_the_map_names_no_file_in_the_head_of_a_document() -> None:
    """Where folium would put its scripts and styles; an author's own layers may add theirs there."""
    root = cast("Figure", StepMap().get_root())
    root.render()
    head = "".join(str(child.render()) for child in root.header._children.values())
    assert re.findall(r"https?:", head) == []


def test_the_map_is_handed_to_the_client() -> None:
    live = live_map()
    html, script = live.html, live.script
    (name,) = re.findall(r'id="(map_\w+)"', html)
    assert f"$$main.start({name});" in script
    assert script.index("L.map(") < script.index("$$main.start(")
