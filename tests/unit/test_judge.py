"""The rule of design and docs/claims.md: three verdicts and one outcome, from a measured interval and the words."""

from dataclasses import replace

import pytest

from storymap.claims.judge import judge
from storymap.quantity import Dimension, read_quote
from storymap.scene import Measurement, Message, Verdict, Widening

KM = 1000.0


def measured(
    value: float, low: float, high: float, *cautions: str, dimension: Dimension = "length", unit: float = KM
) -> Measurement:
    nothing = Message("claims.label-distance", {"value": ""})
    return Measurement(value * unit, low * unit, high * unit, dimension, (), nothing, nothing, (), cautions)


@pytest.mark.parametrize(
    "words,value,low,high,verdict,reasons",
    [
        # A limit: core = support, so only the uncertainty can leave it open.
        ("less than 150 km", 127.5, 127.2, 127.8, "holds", ()),
        ("less than 150 km", 149.9, 149.7, 150.0, "too-close", ("uncertainty",)),
        ("less than 150 km", 150.1, 149.9, 150.3, "too-close", ("uncertainty",)),
        ("less than 150 km", 150.2, 150.0, 150.4, "fails", ()),
        ("at most 150 km", 150.2, 150.0, 150.4, "too-close", ("uncertainty",)),
        ("less than 150 km", 153.3, 152.1, 154.5, "fails", ()),
        ("more than 150 km", 151, 150.5, 151.5, "holds", ()),
        # A number: core 16.5–17.5, support 16–18.
        ("17 km", 17.39, 17.0, 17.9, "holds", ()),
        ("17 km", 17.39, 17.0, 18.1, "too-close", ("uncertainty",)),
        ("17 km", 17.6, 17.3, 17.9, "too-close", ("definition",)),
        ("17 km", 17.6, 17.0, 18.2, "too-close", ("definition", "uncertainty")),
        ("17 km", 18.3, 17.9, 18.7, "too-close", ("uncertainty",)),
        ("17 km", 18.7, 18.1, 19.3, "fails", ()),
        ("17 km", 15.4, 14.9, 15.9, "fails", ()),
        # A hedge.
        ("nearly 100 km", 95, 94, 96, "holds", ()),
        ("nearly 100 km", 101, 100.5, 101.5, "too-close", ("definition",)),
        ("nearly 100 km", 103, 102.5, 103.5, "fails", ()),
    ],
)
def test_verdicts(words: str, value: float, low: float, high: float, verdict: str, reasons: tuple[str, ...]) -> None:
    found = judge(measured(value, low, high), read_quote(words, "length"))
    assert (found.verdict, found.reasons) == (verdict, reasons)


@pytest.mark.parametrize(
    "value,low,high,verdict", [(655, 205, 1105, "holds"), (100, -300, 600, "too-close"), (-655, -1105, -205, "fails")]
)
def test_what_is_true_or_false_needs_a_margin_above_zero(value: float, low: float, high: float, verdict: str) -> None:
    found = judge(measured(value, low, high, dimension="truth", unit=1), None)
    assert found.verdict == verdict
    assert (found.margin, found.margin_at_worst) == (value, low)


def test_on_the_edge_is_not_inside() -> None:
    assert judge(measured(0, 0, 0, dimension="truth"), None).verdict == Verdict.FAILS


def test_the_margin_is_the_way_to_the_nearer_limit_and_at_worst_to_that_of_the_support() -> None:
    under = judge(measured(127.5, 127.2, 127.8), read_quote("less than 150 km", "length"))
    assert under.margin == pytest.approx(22.5 * KM)
    assert under.margin_at_worst == pytest.approx(22.2 * KM)
    number = judge(measured(17.4, 17.0, 17.9), read_quote("17 km", "length"))
    assert number.margin == pytest.approx(0.1 * KM)
    assert number.margin_at_worst == pytest.approx(0.1 * KM)
    failing = judge(measured(153.3, 152.1, 154.5), read_quote("less than 150 km", "length"))
    assert failing.margin == pytest.approx(-3.3 * KM)
    assert failing.margin_at_worst == pytest.approx(-4.5 * KM)


@pytest.mark.parametrize("value", [1.0, 17.0, 500.0])
def test_derived_geometry_neither_proves_nor_refutes(value: float) -> None:
    found = judge(measured(value, value, value, "not-independent", "scale"), read_quote("17 km", "length"))
    assert (found.verdict, found.reasons) == (Verdict.TOO_CLOSE, ("not-independent",))


@pytest.mark.parametrize(
    "value,low,high,widenings,reasons",
    [
        (17.4, 17.0, 18.2, [("scale", 0, 0.4)], ("scale",)),
        (17.4, 17.0, 18.2, [("edge-model", 0.4, 0.4)], ("edge-model",)),
        (17.4, 17.0, 18.2, [("scale", 0, 0.1)], ("uncertainty",)),
        (17.4, 15.9, 17.9, [("scale", 0, 0.1)], ("uncertainty",)),
        # Only together, or each by itself, they reach the limit.
        (17.4, 16.9, 18.1, [("edge-model", 0.1, 0.1), ("scale", 0, 0.2)], ("edge-model", "scale")),
        (17.4, 16.7, 18.6, [("edge-model", 0.3, 0.3), ("scale", 0, 0.5)], ("edge-model", "scale")),
        # One of them does not.
        (17.4, 16.9, 18.6, [("edge-model", 0.1, 0.1), ("scale", 0, 0.7)], ("scale",)),
        # A value beyond the support that detail alone brings back into it; the words leave open what lies in it.
        (12.0, 11.9, 16.5, [("scale", 0, 4.4)], ("scale",)),
        (17.6, 17.2, 18.4, [("scale", 0, 0.5)], ("definition", "scale")),
        (17.6, 17.2, 17.9, [("scale", 0, 0.5)], ("definition",)),
    ],
)
def test_what_brings_a_limit_into_the_interval_is_the_reason(
    value: float, low: float, high: float, widenings: list[tuple[str, float, float]], reasons: tuple[str, ...]
) -> None:
    """Positions, if they alone do; otherwise each term without which no limit would lie in it."""
    terms = tuple(Widening(code, below * KM, above * KM) for code, below, above in widenings)
    found = judge(replace(measured(value, low, high), widenings=terms), read_quote("17 km", "length"))
    assert (found.verdict, found.reasons) == (Verdict.TOO_CLOSE, reasons)


def test_loose_words_get_the_measurement_and_no_verdict() -> None:
    found = judge(measured(6, 5, 7), None, too_loose=True)
    assert (found.verdict, found.margin, found.margin_at_worst) == (Verdict.TOO_LOOSE, None, None)
    assert found.measurement.value == 6 * KM


def test_a_length_is_not_held_against_a_time_nor_against_nothing() -> None:
    with pytest.raises(ValueError, match="cannot be held"):
        judge(measured(6, 5, 7), read_quote("six hours", "duration"))
    with pytest.raises(ValueError, match="needs an expectation"):
        judge(measured(6, 5, 7), None)
