"""What the client is told: JSON that cannot leave its element, and that fits its types."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storymap.compiler import build
from storymap.page.client_data import script_rows
from tests.unit.making import PLACES, STATION, made, place, step
from tests.unit.told import told

TYPES = files("storymap.page").joinpath("client", "types.d.ts").read_text(encoding="utf-8")


@cache
def page() -> str:
    also = [{"label": "to the island", "to": "island"}]
    claim = {"quote": "long", "distance": {"from": "station", "to": "border"}, "expect": "none", "also": also}
    places = [place("station", STATION, kind="station", uncertainty_m=3000), *PLACES[1:]]
    story = made(step("It is long.", show=["station", "border", "island"], claims=[claim]), places=places)
    return build(story).html


def data() -> dict[str, Any]:
    return told(page())


@given(
    st.lists(
        st.recursive(
            st.text() | st.integers() | st.booleans() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
        ),
        min_size=1,
    )
)
def test_any_data_come_back_as_they_were_and_cannot_end_a_script(rows: list[Any]) -> None:
    text = script_rows(rows)
    assert json.loads(text) == rows
    assert [json.loads(row) for row in text[1:-1].split(",\n")] == rows, "each row stands on a line of its own"
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize(
    ("kind", "sample"),
    [
        ("Head", lambda d: set(d) - {"units", "claims", "steps"}),
        ("Tier", lambda d: d["tiers"][0]),
        ("Step", lambda d: d["steps"][0]),
        ("Stroke", lambda d: d["steps"][0]["strokes"][0]),
        ("Name", lambda d: d["steps"][0]["names"][0]),
        ("Measured", lambda d: d["steps"][0]["measured"][0]),
        ("Also", lambda d: d["steps"][0]["measured"][0]["also"][0]),
        ("Ground", lambda d: d["steps"][0]["grounds"][0]),
    ],
)
def test_the_keys_are_those_of_the_clients_types(kind: str, sample: Any) -> None:
    body = re.findall(rf"(?:interface|type) {kind}\b[^{{]*\{{(.*?)\n?\}}", TYPES, re.DOTALL)
    assert body, kind
    keys = re.findall(r"(\w+)(\??):", re.sub(r"/\*\*.*?\*/|\{[^}]*\}", "", body[0], flags=re.DOTALL))
    given = set(sample(data()))
    assert {key for key, optional in keys if not optional} <= given <= {key for key, _ in keys}


def test_a_name_that_several_steps_have_is_written_once() -> None:
    shown = [["station"], ["station", "border"], ["station", "island"]]
    html = build(made(*(step(id=f"s{n}", show=show) for n, show in enumerate(shown)))).html
    assert [html.count(f'["{name}",') for name in ("Station", "Island")] == [1, 1]


def test_every_shape_and_tier_that_is_named_stands_in_the_document() -> None:
    measured = [m for s in data()["steps"] for m in s["measured"]]
    drawn = [stroke for s in data()["steps"] for stroke in s["strokes"]] + [m["stroke"] for m in measured]
    named = {stroke["shape"] for stroke in [*drawn, *(also["stroke"] for m in measured for also in m["also"])]}
    tiers = {f"{tier['id']}{part}" for tier in data()["tiers"] for part in ("", "_land", "_lakes", "_borders")}
    assert (named | tiers) - set(re.findall(r'\bid="([^"]+)"', page())) == set()
    assert named
