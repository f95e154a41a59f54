"""Findings at the terminal and for machines."""

from __future__ import annotations

import json
import math
from typing import Any

from storymap.compiler import Checked, check
from storymap.report import as_data, as_lines
from storymap.strings import catalogue
from tests.unit.making import made, step

CLAIMS = [
    {
        "quote": "less than 150 km",
        "distance": {"from": "station", "to": "border"},
        "also": [{"label": "From the island", "from": "island"}],
    },
    {"quote": "more than 150 km", "distance": {"from": "station", "to": "border"}, "verdict": "fails"},
    {"quote": "on the island", "within": {"place": "station", "area": "island"}},
    {"quote": "far", "distance": {"from": "station", "to": "border"}, "expect": "none"},
    {"quote": "two days", "interval": {"from": "2019-04-24", "to": "2019-04-26"}},
]
TEXT = "It is less than 150 km, it is more than 150 km, it is on the island, it is far, it is two days."


def checked() -> Checked:
    return check(made(step(TEXT, claims=CLAIMS), unchecked=[{"quote": "It", "why": "a word"}]))


def data() -> dict[str, Any]:
    found = checked()
    copy: dict[str, Any] = json.loads(
        json.dumps(
            as_data("a.yaml", found.findings.values(), found.resolved.unchecked, found.warnings, catalogue()),
            allow_nan=False,
        )
    )
    return copy


def test_a_line_has_verdict_value_interval_quote_and_place() -> None:
    lines = as_lines(checked().findings.values(), catalogue())
    assert lines[0] == "Holds             127.2 km ± 0.1 km       under 150 km  “less than 150 km”  made-up.yaml:9"
    assert lines[1].startswith("Holds             ")
    assert lines[1].endswith("    also read as: From the island")
    assert "Does not hold     " in lines[2]
    assert "(the author says: fails)" in lines[2]
    assert [line[:17] for line in lines[3:]] == ["Does not hold    ", "Too loose to test", "Too close to call"]
    assert "[uncertainty]" in lines[-1]


def test_the_data_are_json_without_infinity() -> None:
    (less, more, within, loose, _) = data()["claims"]
    assert less["core"] == [None, 150_000]
    assert more["core"] == [150_000, None]
    assert (within["core"], loose["core"]) == (None, None)
    assert math.isclose(less["value"], 127_200, rel_tol=0.01)
    assert less["low"] < less["value"] < less["high"]
    assert less["dimension"] == "length"


def test_the_data_say_where_each_claim_stands_and_how_it_is_shown() -> None:
    claim = data()["claims"][0]
    assert (claim["path"], claim["line"], claim["id"], claim["step"]) == ("made-up.yaml", 9, "c1", "one")
    assert (claim["kind"], claim["quote"], claim["verdict"]) == ("distance", "less than 150 km", "holds")
    assert claim["shown"] == {
        "value": "127.2 km",
        "uncertainty": "± 0.1 km",
        "interval": "127.1–127.3 km",
        "claimed": "under 150 km",
    }
    assert claim["places"] == ["station", "border"]
    assert [also["label"] for also in claim["also"]] == ["From the island"]


def test_the_data_say_whether_it_turned_out_as_the_author_says() -> None:
    assert [(c["verdict"], c["authors_verdict"], c["as_the_author_says"]) for c in data()["claims"]] == [
        ("holds", None, True),
        ("fails", "fails", True),
        ("fails", None, False),
        ("too-loose", None, True),
        ("too-close", None, True),
    ]


def test_what_is_set_aside_and_what_is_wrong_stand_beside_the_claims() -> None:
    found = data()
    assert found["story"] == "a.yaml"
    assert found["unchecked"] == [{"quote": "It", "why": "a word", "step": "one"}]
    assert found["errors"] == []
    assert [warning["code"] for warning in found["warnings"]] == ["too-close"]
