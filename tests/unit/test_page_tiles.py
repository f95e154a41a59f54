"""A street map of another host: what an author may ask for, and what the page then holds."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xyzservices
from click.testing import CliRunner
from pydantic import ValidationError

from storymap.cli import cli
from storymap.compiler import Built, build
from storymap.inputs import gather
from storymap.page.credits import Credit, thanked
from storymap.story import TilesDoc, TileSource, tile_source
from storymap.story.tile_url import BadTileUrl, parse_tile_url
from tests.unit.making import letters, made, step

URL = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
OWN = {"url": URL, "attribution": "© OpenStreetMap contributors, style by Example", "subdomains": "ab", "max_zoom": 15}


def faults(tiles: Any) -> list[tuple[str, str]]:
    """The code and help of everything wrong with a story's `tiles`."""
    story = {"title": "T", "steps": [{"title": "One", "text": "Short."}], "tiles": tiles}
    return [(fault.code, fault.help) for fault in gather(json.dumps(story).encode(), Path("a.yaml")).faults]


@cache
def page(load: str = "click") -> Built:
    return build(made(step(show=["island"]), tiles={**OWN, "load": load}))


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/{z}/{x}/{y}.png"),
        ("HTTPS://Tiles.Example.ORG/A/{z}/{x}/{-y}", "https://tiles.example.org/A/{z}/{x}/{-y}"),
        ("https://t-{s}.example.org:8443/{z}/{x}/{y}{r}?k=1;2", "https://t-{s}.example.org:8443/{z}/{x}/{y}{r}?k=1;2"),
        ("https://карты.example/{z}/{x}/{y}", "https://xn--80atti9b.example/{z}/{x}/{y}"),
        ("https://{s}.täst.org/{z}/{x}/{y}", "https://{s}.xn--tst-qla.org/{z}/{x}/{y}"),
        ("https://x.org/@EPSG%3A900913@png/{z}/{x}/{y}", "https://x.org/@EPSG%3A900913@png/{z}/{x}/{y}"),
    ],
)
def test_a_sound_address_is_kept_with_its_host_in_ascii(url: str, sound: str) -> None:
    assert str(parse_tile_url(url)) == sound
    assert str(parse_tile_url(sound)) == sound


@pytest.mark.parametrize(
    "url",
    [
        "http://a.org/{z}/{x}/{y}",
        "//a.org/{z}/{x}/{y}",
        "javascript://a.org/{z}/{x}/{y}",
        "data:text/html,{z}{x}{y}",
        "https:///{z}/{x}/{y}",
        "https://user:word@a.org/{z}/{x}/{y}",
        "https://a.org@b.org/{z}/{x}/{y}",
        "https://127.0.0.1/{z}/{x}/{y}",
        "https://8.8.8.8/{z}/{x}/{y}",
        "https://0x7f.1/{z}/{x}/{y}",
        "https://2130706433/{z}/{x}/{y}",
        "https://[::1]/{z}/{x}/{y}",
        "https://localhost/{z}/{x}/{y}",
        "https://tiles.local/{z}/{x}/{y}",
        "https://nas.lan:443/{z}/{x}/{y}",
        "https://a.org:99999/{z}/{x}/{y}",
        "https://a.org:x/{z}/{x}/{y}",
        "https://a..org/{z}/{x}/{y}",
        "https://a.org;script-src/{z}/{x}/{y}",
        "https://a.org *.b.org/{z}/{x}/{y}",
        "https://*.b.org/{z}/{x}/{y}",
        "https://{z}.b.org/{x}/{y}",
        "https://{s}.org/{z}/{x}/{y}",
        "https://a.{s}.org/{z}/{x}/{y}",
        "https://a.org/{s}/{z}/{x}/{y}",
        "https://a.org/{x}/{y}",
        "https://a.org/{z}/{y}",
        "https://a.org/{z}/{x}",
        "https://a.org/{z}/{x}/{y}/{-y}",
        "https://a.org/{z}/{x}/{y}?key={key}",
        "https://a.org/{z}/{x}/{y}/{",
        "https://a.org/{z}/{x}/{y}}",
        'https://a.org/{z}/{x}/{y}"onerror=1',
        "https://a.org/{z}/{x}/{y}'",
        "https://a.org/{z}/{x}/{y}<b>",
        "https://a.org/{z}/{x}/{y}#top",
        "https://a.org/{z}/{x}/{y}\\",
        "https://a.org/{z}/{x}/{y} ",
        "https://a.org/é/{z}/{x}/{y}",
        "https://a.org/{z}/{x}/{y}" + "a" * 500,
        "https://" + "a" * 70 + ".org/{z}/{x}/{y}",
    ],
)
def test_an_address_that_could_mean_anything_else_is_refused_with_what_to_type(url: str) -> None:
    with pytest.raises(BadTileUrl):
        parse_tile_url(url)
    ((code, help),) = faults({"url": url, "attribution": "x"})
    assert code == "bad-tiles"
    assert help


@pytest.mark.parametrize(
    ("tiles", "code"),
    [
        ({}, "bad-tiles"),
        ({"url": URL}, "bad-tiles"),
        ({"provider": "OpenTopoMap", "url": URL}, "bad-tiles"),
        ({"provider": "OpenTopoMap", "attribution": "mine"}, "bad-tiles"),
        ({**OWN, "url": "https://a.org/{z}/{x}/{y}"}, "bad-tiles"),
        ({**OWN, "subdomains": ["a", "b c"]}, "bad-tiles"),
        ({**OWN, "subdomains": ["a", "a"]}, "bad-tiles"),
        ({**OWN, "subdomains": ["a.evil"]}, "bad-tiles"),
        ({**OWN, "subdomains": []}, "bad-tiles"),
        ({**OWN, "subdomains": "abcdefghijklmnop"}, "bad-tiles"),
        ({**OWN, "max_zoom": 40}, "bad-number"),
        ({**OWN, "max_zoom": 12.5}, "bad-number"),
        ({**OWN, "load": "now"}, "bad-choice"),
        ({**OWN, "key": "1234"}, "unknown-key"),
        (["OpenTopoMap"], "wrong-type"),
        ("", "missing-value"),
        ("opentopomap", "unknown-tiles"),
        ("Jawg.Streets", "tiles-need-key"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused_with_what_to_type(tiles: Any, code: str) -> None:
    found = faults(tiles)
    assert {one for one, _ in found} == {code}
    assert all(help for _, help in found)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("opentopomap", "OpenTopoMap"), ("OpenStreetMap", "OpenStreetMap.Mapnik"), ("OpenTopMap", "OpenTopoMap")],
)
def test_a_name_that_is_nearly_one_is_answered_with_the_right_one(name: str, meant: str) -> None:
    assert faults(name) == [("unknown-tiles", f"did you mean '{meant}'?")]


def test_every_provider_of_xyzservices_can_be_used_or_is_refused_with_words() -> None:
    used, refused = {}, {}
    for name in xyzservices.providers.flatten():
        try:
            used[name] = tile_source(TilesDoc.model_validate({"provider": name}))
        except ValidationError as error:
            refused[name] = error.errors()[0]["type"]
    assert set(refused.values()) == {"bad-tiles", "tiles-need-key"}
    assert len(used) > len(refused) > 50
    for name, tiles in used.items():
        assert not re.search(r"[<>]|&\w+;|\]\(", tiles.attribution), name
        assert tiles.attribution, name
        assert 0 < tiles.max_zoom < 25, name
        assert tiles.url.origins(tiles.subdomains), name
        assert "your" not in str(tiles.url), name


def test_a_name_gives_the_address_the_thanks_and_the_closest_zoom() -> None:
    tiles = tile_source(TilesDoc.model_validate({"provider": "OpenTopoMap"}))
    assert tiles.url.name == "tile.opentopomap.org"
    assert tiles.url.origins(tiles.subdomains) == tuple(f"https://{s}.tile.opentopomap.org" for s in "abc")
    assert (tiles.max_zoom, tiles.at_once) == (17, False)
    assert "OpenStreetMap contributors" in tiles.attribution


def test_an_own_address_has_defaults() -> None:
    own = {"url": URL, "attribution": "Example"}
    assert tile_source(TilesDoc.model_validate(own)) == TileSource(
        parse_tile_url(URL), "Example", 18, ("a", "b", "c"), at_once=False
    )


@pytest.mark.parametrize("tiles", [None, {"url": "https://a.org/{z}/{x}/{y}", "attribution": "x"}])
def test_the_list_of_providers_is_loaded_for_a_name_alone(tiles: Any) -> None:
    story = {"title": "T", "steps": [{"title": "One", "text": "Short."}], **({"tiles": tiles} if tiles else {})}
    code = (
        "import json, sys; from pathlib import Path; from storymap.compiler import check; "
        "from storymap.inputs import gather; check(gather(sys.stdin.buffer.read(), Path('a.yaml'))); "
        "print('xyzservices' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(story).encode(), capture_output=True, check=True
    )
    assert done.stdout == b"False\n" if sys.platform != "win32" else b"False\r\n"


def test_the_policy_lets_in_the_storys_hosts_and_no_other() -> None:
    hosts = "https://a.tiles.example.org https://b.tiles.example.org"
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page().html)[0]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["img-src"] == f"data: {hosts}"
    assert rules["connect-src"] == hosts
    assert set(re.findall(r"https:[^\s;]+", policy)) == set(hosts.split())


def test_the_button_names_the_host_and_is_hidden_until_a_script_can_serve_it() -> None:
    (button,) = re.findall(r'<button[^>]*id="sm_tiles"[^>]*>[^<]*', page().html)
    assert button.endswith(" hidden>Show street map from tiles.example.org")
    assert "data-at-once" not in button
    assert "data-at-once" in page("at-once").html


def test_the_host_and_those_it_names_are_thanked_on_the_map_and_at_the_end() -> None:
    link = (
        '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap '
        "contributors</a>, style by Example"
    )
    assert f'<span id="sm_tiles_credit" hidden>{link} · </span>' in letters(page().html)
    assert f"<li>Street map, loaded from tiles.example.org if you ask for it: {link}.</li>" in letters(page().html)
    at_once = letters(page("at-once").html)
    assert f"<li>Street map, loaded from tiles.example.org when this page opens: {link}.</li>" in at_once


def test_thanks_are_words_and_links_of_our_own() -> None:
    hostile = '<a href="https://evil.example">OpenStreetMap</a> (CC-BY-SA-4.0)'
    line = thanked(hostile)
    assert "".join(piece.text for piece in line).replace("CC BY-SA 4.0", "CC-BY-SA-4.0") == hostile
    assert {piece.url for piece in line} == {
        "",
        "https://www.openstreetmap.org/copyright",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    }
    assert Credit("OpenStreetMap", "https://www.openstreetmap.org/copyright") in line


def test_a_host_that_wants_a_referrer_gets_one_and_no_other_does() -> None:
    osm = build(made(step(), tiles="OpenStreetMap.Mapnik")).html
    assert 'data-referrer="strict-origin-when-cross-origin"' in osm
    assert 'data-referrer=""' in page().html


def test_the_build_says_who_learns_what_and_when() -> None:
    (asked,), (at_once,) = page().requests, page("at-once").requests
    assert "Show street map from tiles.example.org" in asked
    assert "nothing is loaded before" in asked
    assert "as soon as it opens" in at_once
    assert build(made(step())).requests == ()


def test_the_command_prints_it(tmp_path: Path) -> None:
    story = tmp_path / "border.yaml"
    story.write_text("title: T\ntiles: OpenTopoMap\nsteps: [{title: One, text: Short.}]\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["build", str(story), "-o", str(tmp_path / "build")])
    assert done.exit_code == 0
    (line,) = [line for line in done.stderr.splitlines() if "note:" in line]
    assert line.startswith(f"{story}: note: readers who press “Show street map from tile.opentopomap.org”")


def test_it_costs_a_page_little() -> None:
    """Its script is all of 2 kB: Leaflet's own tile layer, which no page has, would be twice that."""
    with_tiles, without = (
        len(gzip.compress(built.html.encode(), 9, mtime=0)) for built in (page(), build(made(step(show=["island"]))))
    )
    assert with_tiles - without <= 3_500


def test_two_builds_are_the_same() -> None:
    assert build(made(step(show=["island"]), tiles={**OWN, "load": "click"})).html == page().html
