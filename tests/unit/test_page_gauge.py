"""The gauge: whatever was measured, everything stands on the picture, and in the right order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.page import gauge as drawing
from storymap.page.gauge import Gauge
from storymap.page.units import SYSTEMS, Told, versions
from storymap.quantity import Dimension, Interval, Unit, read_expect, sensible_unit
from storymap.scene import Measurement, Message, Reading, Verdict
from storymap.strings import catalogue

KILOMETRE = sensible_unit("length", 5000.0)


def gauge(of: Reading, unit: Unit) -> Gauge:
    return drawing.gauge(versions(replace(of, unit=unit)), catalogue())


def own(*told: Told) -> tuple[str, ...]:
    return tuple(words.own for words in told)


def texts(g: Gauge) -> list[str]:
    return [limit.text.own for limit in g.limits]


def reading(value: float, low: float, high: float, core: Interval | None, dimension: Dimension = "length") -> Reading:
    nothing = Message("none")
    expectation = None
    if core is not None:
        read = read_expect("2 km", "length")
        expectation = type(read)(read.words, dimension, sensible_unit(dimension, 2000.0), core, core)
    measurement = Measurement(value, low, high, dimension, (), nothing, nothing, ())
    return Reading("", measurement, expectation, Verdict.HOLDS, None, None, ())


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def numbers(g: Gauge) -> list[float]:
    ends = [percent(start) + percent(width) for start, width in filter(None, (g.zone, g.bar))]
    starts = [percent(start) for start, _ in filter(None, (g.zone, g.bar))]
    return [*starts, *ends, percent(g.point.x), *(percent(t.x) for t in g.limits)]


sizes = st.floats(0, 2e7)
limits = st.one_of(
    st.none(),
    st.builds(lambda a, b: Interval(*sorted((a, b))), sizes, sizes),
    st.builds(lambda a: Interval(-inf, a), sizes),
    st.builds(lambda a: Interval(a, inf), sizes),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(sizes, min_size=3, max_size=3).map(sorted), limits)
def test_everything_stands_on_the_picture(measured: list[float], core: Interval | None) -> None:
    low, value, high = measured
    drawn = gauge(reading(value, low, high, core), KILOMETRE)
    assert all(0 <= n <= 100.11 for n in numbers(drawn))  # starts and widths are each rounded to a tenth
    assert (
        percent(drawn.bar[0]) - 0.11 <= percent(drawn.point.x) <= percent(drawn.bar[0]) + percent(drawn.bar[1]) + 0.11
    )
    assert {t.anchor for t in (drawn.point, *drawn.limits)} <= {"start", "middle", "end"}


@settings(deadline=None)
@given(st.lists(st.floats(-2e6, 2e6), min_size=3, max_size=3).map(sorted))
def test_a_margin_may_be_negative(measured: list[float]) -> None:
    """Within and links are measured as a signed distance to the edge; all at or above 0 is true."""
    low, value, high = measured
    drawn = gauge(reading(value, low, high, None, "truth"), KILOMETRE)
    assert all(0 <= n <= 100.11 for n in numbers(drawn))
    (edge,) = drawn.limits
    if abs(value) > (high - low + 1) * 0.02:
        assert (percent(drawn.point.x) > percent(edge.x)) == (value > 0)


@settings(deadline=None)
@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_what_is_inside_the_limit_is_drawn_inside_the_zone(value: float, limit: float) -> None:
    drawn = gauge(reading(value, value, value, Interval(-inf, limit)), KILOMETRE)
    assert drawn.zone is not None
    end_of_zone = percent(drawn.zone[0]) + percent(drawn.zone[1])
    if abs(value - limit) > 0.01 * max(value, limit):
        assert (percent(drawn.point.x) < end_of_zone) == (value < limit)


def test_no_limit_means_no_zone() -> None:
    drawn = gauge(reading(5000, 1000, 9000, None), KILOMETRE)
    assert drawn.zone is None
    assert drawn.limits == ()
    assert own(*drawn.ends) == ("0 km", "15 km")


def test_nothing_measured_at_all_can_be_drawn() -> None:
    """Two equal moments without uncertainty."""
    drawn = gauge(reading(0, 0, 0, None), KILOMETRE)
    assert percent(drawn.point.x) == 0


def test_an_axis_far_from_zero_says_where_it_begins() -> None:
    """At its beginning, or by a limit that stands near to it."""
    by_its_end = gauge(reading(17_400, 16_900, 17_900, None), KILOMETRE)
    assert own(by_its_end.point.text, *by_its_end.ends) == ("17.4 km", "16.5 km", "18.5 km")
    by_a_limit = gauge(reading(17_400, 16_900, 17_900, Interval(16_500, 17_500)), KILOMETRE)
    assert texts(by_a_limit) == ["16.5 km", "17.5 km"]
    assert own(*by_a_limit.ends) == ("", "18.5 km")


@settings(deadline=None, max_examples=300)
@given(st.lists(sizes, min_size=3, max_size=3).map(sorted), limits)
def test_no_axis_is_without_a_number(measured: list[float], core: Interval | None) -> None:
    low, value, high = measured
    drawn = gauge(reading(value, low, high, core), KILOMETRE)
    assert drawn.ends[0] or drawn.limits


def test_limits_that_would_be_printed_on_each_other_share_a_label() -> None:
    close = gauge(reading(5_000, 4_900, 5_100, Interval(4_999, 5_001)), KILOMETRE)
    apart = gauge(reading(5_000, 4_900, 5_100, Interval(2_000, 13_000)), KILOMETRE)
    assert [texts(close), texts(apart)] == [["4.999–5.001 km", ""], ["2 km", "13 km"]]


def extent(x: str, anchor: str, text: str) -> tuple[float, float]:
    """From where to where words reach, in percents of a gauge of 250 px, a letter being 6 px wide."""
    width = 2.4 * len(text)
    left = percent(x) - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, left + width


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.integers(1_000, 10_000_000), min_size=3, max_size=3, unique=True).map(sorted),
    st.lists(st.integers(1_000, 10_000_000), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_no_words_lie_on_others_or_leave_the_picture_in_any_units(measured: list[int], core: list[int]) -> None:
    low, value, high = measured
    drawn = gauge(reading(value, low, high, Interval(core[0], core[1])), KILOMETRE)
    for system in (None, *SYSTEMS):
        below = [extent(tick.text_x, tick.anchor, tick.text.of(system)) for tick in drawn.limits if tick.text]
        ends = zip(("0%", "100%"), ("start", "end"), drawn.ends, strict=True)
        below += [extent(x, anchor, text.of(system)) for x, anchor, text in ends if text.of(system)]
        assert all(one[1] < other[0] for one, other in pairwise(sorted(below)))
        point = extent(drawn.point.text_x, drawn.point.anchor, drawn.point.text.of(system))
        assert all(left >= -0.2 and right <= 100.2 for left, right in [*below, point])


def test_the_words_of_a_gauge_change_units_and_its_picture_stays() -> None:
    drawn = gauge(reading(5_000, 4_900, 5_100, Interval(2_000, 13_000)), KILOMETRE)
    assert [tick.text.miles for tick in drawn.limits] == ["1.243 miles", "8.078 miles"]
    assert drawn.point.text.miles == "3.11 miles"
    assert [(end.own, end.miles) for end in drawn.ends] == [("", ""), ("20 km", "")]


@pytest.mark.parametrize(("limit_km", "ends"), [(1, ("", "100 km")), (40, ("0 km", "100 km")), (80, ("0 km", ""))])
def test_the_words_at_the_ends_give_way_to_a_limit_beside_them(limit_km: float, ends: tuple[str, str]) -> None:
    drawn = gauge(reading(50_000, 1_000, 80_000, Interval(-inf, limit_km * 1000)), KILOMETRE)
    assert own(*drawn.ends) == ends


def test_across_north_the_axis_goes_on_and_its_words_begin_again() -> None:
    degree = sensible_unit("direction", 0.0)
    drawn = gauge(reading(355.0, 350.0, 365.0, Interval(-22.5, 22.5), "direction"), degree)
    low, high = (percent(limit.x) for limit in drawn.limits)
    start, width = (percent(text) for text in drawn.bar)
    assert low < start < percent(drawn.point.x) < start + width < high
    assert texts(drawn) == ["337.5°", "22.5°"]
    assert own(drawn.point.text, *drawn.ends) == ("355°", "315°", "45°")


def test_limits_have_the_digits_of_the_record() -> None:
    """“About 6,087 km” is 5% either way: 5,782.65 km, of which a measurement good to 22 km shows whole kilometres."""
    about = gauge(reading(6_022_000, 6_000_000, 6_044_000, Interval(5_782_650, 6_391_350)), KILOMETRE)
    assert texts(about) == ["5,783 km", "6,391 km"]
    exact = gauge(reading(6_542_000, 6_541_700, 6_542_900, Interval(6_542_350, 6_542_450)), KILOMETRE)
    assert texts(exact) == ["6,542.35–6,542.45 km", ""]


@settings(deadline=None)
@given(st.floats(0, 360), st.floats(0.1, 60), st.sampled_from([11.25, 22.5, 45.0]))
def test_a_gauge_of_directions_ends_at_winds(value: float, u: float, half: float) -> None:
    degree = sensible_unit("direction", 0.0)
    drawn = gauge(reading(value, value - u, value + u, Interval(-half, half), "direction"), degree)
    ends = [float(end.own.removesuffix("°")) for end in drawn.ends if end]
    assert all(end % 45 == 0 for end in ends)
    assert all(0 <= n <= 100.11 for n in numbers(drawn))
