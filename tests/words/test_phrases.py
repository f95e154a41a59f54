"""The phrases of phrases.yaml are read as a careful reader means them, or refused as they should be."""

import math
import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from storymap.quantity import Dimension, Interval, QuantityError, read_quote

KINDS: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))
PHRASES = [phrase for phrases in KINDS.values() for phrase in phrases]
READ = [phrase for phrase in PHRASES if "refused" not in phrase]
REFUSED = [phrase for phrase in PHRASES if "refused" in phrase]

MILE, FOOT, MINUTE, YEAR = 1609.344, 0.3048, 60.0, 365.2425 * 86400
MILLION = 1e6
SI_OF_LENGTH = {"m": 1, "km": 1000, "in": FOOT / 12, "ft": FOOT, "yd": 3 * FOOT, "fathom": 6 * FOOT}
SI_OF_LENGTH |= {"mi": MILE, "fur": MILE / 8, "nmi": 1852}
SI_OF_AREA = {"m²": 1, "ha": 1e4, "km²": 1e6, "ft²": FOOT**2, "yd²": 9 * FOOT**2, "acre": 43_560 * FOOT**2}
SI_OF_AREA |= {"Mha": MILLION * 1e4, "Mkm²": MILLION * 1e6, "Msqmi": MILLION * MILE**2}
SI_OF_TIME = {"s": 1, "min": MINUTE, "h": 60 * MINUTE, "day": 86400, "fortnight": 14 * 86400}
SI_OF_TIME |= {"month": YEAR / 12, "year": YEAR, "century": 100 * YEAR}
SI = SI_OF_LENGTH | SI_OF_AREA | SI_OF_TIME | {"kn": 1852 / 3600, "km/h": 1 / 3.6, "": 1}
WAYS = {
    "none": "does not hold",
    "two": "can be read as",
    "unclear": "two ways|can be [0-9.,]+ or|sets a limit to a range",
    "vague": "sets no limit",
    "rank": "ranks",
    "other": "does not hold .*; '.*' is an? ",
    "apart": "do not agree",
    "untested": "nobody would test it",
}


def interval(text: str, si: float) -> Interval:
    ends = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
    assert ends is not None, text
    low, high = float(ends[2]) * si, float(ends[3]) * si
    return Interval(low, high, ends[1] == "(" and math.isfinite(low), ends[4] == ")" and math.isfinite(high))


def same(a: Interval, b: Interval) -> bool:
    ends = (a.low, a.high) == pytest.approx((b.low, b.high), rel=1e-8)
    return ends and (a.low_open, a.high_open) == (b.low_open, b.high_open)


def named(phrase: dict[str, Any]) -> str:
    return str(phrase["quote"])


@pytest.mark.parametrize("phrase", READ, ids=named)
def test_a_phrase_says_what_a_careful_reader_takes_it_to_say(phrase: dict[str, Any]) -> None:
    dimension: Dimension = next(d for d in get_args(Dimension) if d in phrase)
    core, _, unit = re.sub(r"(?<=[\])]) ?", "|", phrase[dimension]).partition("|")
    found = read_quote(phrase["quote"], dimension)
    assert found.words == phrase.get("words", phrase["quote"])
    assert same(found.core, interval(core, SI[unit])), found.core
    assert same(found.support, interval(phrase.get("support", core), SI[unit])), found.support


@pytest.mark.parametrize("phrase", REFUSED, ids=named)
def test_a_phrase_without_exactly_one_reading_is_refused_and_asks_for_expect(phrase: dict[str, Any]) -> None:
    dimension, way = phrase["refused"].split()
    with pytest.raises(QuantityError) as caught:
        read_quote(phrase["quote"], dimension)
    assert re.search(WAYS[way], caught.value.message), caught.value.message
    assert "`expect:" in caught.value.help


def test_there_are_phrases_of_many_kinds_of_text() -> None:
    assert len({phrase["quote"] for phrase in PHRASES}) == len(PHRASES) >= 300
    assert len(KINDS) >= 8
