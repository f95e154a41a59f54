"""Labels can be read: none covers another, none leaves the map; what a step is about is named before all else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.page.map.labels import Label, Placed, Rect, along, apart, place
from storymap.page.map.letters import capitals, text_lines, text_px

SIZE = (640, 400)
STYLES = ("country", "sea", "city", "town", "subject")

quick = settings(max_examples=60, deadline=None)

spots = st.tuples(st.floats(-50, 690), st.floats(-50, 450))
names = st.builds(
    Label,
    st.text("abcdefghij klmnop Владивосток 서울", min_size=1, max_size=25).filter(str.strip),
    st.sampled_from(STYLES),
    st.integers(0, 640).map(float),
    st.integers(0, 400).map(float),
    st.sampled_from([0.0, 4.75, 6.0]),
)
numbers = st.builds(
    lambda at, radius: Label("127.5 km", "pill", at[0], at[1], radius),
    spots,
    st.sampled_from([0.0, 16.0, 60.0]),
)
obstacles = st.builds(lambda at: Rect(at[0], at[1], at[0] + 20, at[1] + 20), spots)


def on_map(rect: Rect) -> bool:
    return 0 <= rect.left < rect.right <= SIZE[0] and 0 <= rect.top < rect.bottom <= SIZE[1]


@quick
@given(st.lists(names, max_size=15), st.lists(obstacles, max_size=10))
def test_names_stand_clear_of_each_other_of_obstacles_and_of_the_edge(labels: list[Label], walls: list[Rect]) -> None:
    placed = place(labels, walls, SIZE)
    assert all(on_map(p.rect) for p in placed)
    assert not any(a.rect.meets(b.rect) for a, b in combinations(placed, 2))
    assert not any(p.rect.meets(wall) for p in placed for wall in walls)


@quick
@given(st.lists(names, max_size=15), st.lists(numbers, min_size=1, max_size=5), st.lists(obstacles, max_size=10))
def test_numbers_and_names_stand_clear_of_each_other_and_of_the_edge(
    labels: list[Label], pills: list[Label], walls: list[Rect]
) -> None:
    placed = place([*pills, *labels], walls, SIZE)
    assert all(on_map(p.rect) for p in placed)
    assert not any(a.rect.meets(b.rect) for a, b in combinations(placed, 2))
    assert not any(p.rect.meets(wall) for p in placed for wall in walls)


@quick
@given(st.lists(names, min_size=5, max_size=15))
def test_no_name_covers_the_dot_of_another(labels: list[Label]) -> None:
    for p in place(labels, [], SIZE):
        for other in labels:
            dot = Rect(other.x - other.radius, other.y - other.radius, other.x + other.radius, other.y + other.radius)
            own = dot.left < p.label.x < dot.right and dot.top < p.label.y < dot.bottom
            assert own or not other.radius or not p.rect.meets(dot)


@quick
@given(st.lists(names, max_size=15), st.lists(names, max_size=5))
def test_a_label_of_lower_rank_displaces_none_above_it(labels: list[Label], more: list[Label]) -> None:
    """Without dots of their own, later labels change nothing for the earlier ones."""
    flat = [Label(x.text, x.style, x.x, x.y) for x in more]
    first = place(labels, [], SIZE)
    assert place([*labels, *flat], [], SIZE)[: len(first)] == first


def test_the_fifth_number_of_one_spot_finds_room_and_one_without_any_is_hidden() -> None:
    many = [Label("17.4 km", "pill", 320, 200)] * 5
    assert len(place(many, [], SIZE)) == 5
    assert place([Label("17.4 km", "pill", 320, 200)], [Rect(0, 0, *SIZE)], SIZE) == []


def test_a_number_moves_along_its_line_before_it_leaves_it() -> None:
    first, second = place(
        [Label("17.4 km", "pill", 320, 200), Label("240°", "pill", 320, 200, further=((120, 200),))],
        [Rect(280, 100, 360, 300)],
        SIZE,
    )
    assert (first.rect.left + first.rect.right) / 2 != 320
    assert (second.x, second.y) == (120, 200)


def test_what_the_step_is_about_is_named_though_a_number_must_move() -> None:
    """The number's first place leaves the name none: all round its dot is taken, or off the map."""
    number = Label("17.4 km", "pill", 60, 30, further=((400, 30),))
    station = Label("Vladivostok station", "subject", 30, 30, 6)
    walls = [Rect(0, 50, 200, 400)]
    assert {p.label.text for p in place([number, station], walls, SIZE)} == {"17.4 km", "Vladivostok station"}
    aside = Label("Vladivostok station", "town", 30, 30, 6)
    assert [p.label.text for p in place([number, aside], walls, SIZE)] == ["17.4 km"]


def test_in_letters_for_phones_a_long_name_breaks_before_it_is_lost_and_names_of_context_make_room() -> None:
    small, large = (284, 178), 16.0
    station = Label("Vladivostok station", "subject", 140, 60, 6, least_px=large)
    walls = [Rect(0, 0, 100, 178), Rect(260, 0, 284, 178)]  # too narrow for one line
    (placed,) = place([station], walls, small)
    assert placed.lines == ("Vladivostok", "station")
    assert placed.rect.bottom - placed.rect.top > 2 * large
    assert [len(p.lines) for p in place([replace(station, least_px=0.0)], [], SIZE)] == [1]
    country = Label("Russia", "country", 140, 60, least_px=large)
    assert [p.label.text for p in place([country, replace(station, radius=0.0)], walls, small)] == [station.text]


def test_only_the_name_of_what_the_step_is_about_lies_on_a_line_where_nothing_else_is_free() -> None:
    everywhere = np.array([[0.0, 0.0, *SIZE]])
    assert place([Label("Khasan", "town", 320, 200, 5)], [], SIZE, everywhere) == []
    assert len(place([Label("Khasan", "subject", 320, 200, 5)], [], SIZE, everywhere)) == 1


def test_a_name_goes_right_of_its_dot_where_that_is_free() -> None:
    (placed,) = place([Label("Khasan", "town", 100, 100, 5)], [], SIZE)
    assert (placed.anchor, placed.y) == ("start", 100)
    assert placed.x == placed.rect.left > 105


def test_a_name_gives_way_to_the_dot_of_a_later_one() -> None:
    khasan, other = Label("Khasan", "town", 100, 100, 5), Label("Other", "town", 130, 100, 5)
    (placed, _) = place([khasan, other], [], SIZE)
    assert placed.anchor == "end"


def test_a_name_at_the_right_edge_goes_left_of_its_dot() -> None:
    (placed,) = place([Label("Khasan", "town", 630, 100, 5)], [], SIZE)
    assert placed.anchor == "end"
    assert placed.x == placed.rect.right < 625


def test_dots_on_dots_are_left_out() -> None:
    station, town, far, sea = (
        Label("Station", "subject", 100, 100, 6),
        Label("Town", "town", 105, 100, 5),
        Label("Far", "town", 112, 100, 5),
        Label("Sea", "sea", 100, 100),
    )
    assert apart([station, town, far, sea]) == [station, far, sea]


def test_a_name_stands_once_and_its_next_spot_serves_where_the_first_is_taken() -> None:
    spots = [Label("Golden Horn", "sea", x, 100) for x in (100, 300, 500)]
    (first,) = place(spots, [], SIZE)
    assert first.x == 100
    (second,) = place(spots, [Rect(50, 50, 150, 150)], SIZE)
    assert second.x == 300


@pytest.mark.parametrize(
    ("text", "style", "lines"),
    [
        ("Sea of Japan", "sea", ("Sea of", "Japan")),
        ("Peter the Great Gulf", "sea", ("Peter the", "Great Gulf")),
        ("Skagerrak", "sea", ("Skagerrak",)),
        ("North Korea", "country", ("North Korea",)),
        ("Ust Luga", "town", ("Ust Luga",)),
    ],
)
def test_only_seas_break_into_lines(text: str, style: str, lines: tuple[str, ...]) -> None:
    assert text_lines(text, style) == lines


@pytest.mark.parametrize(
    ("text", "language", "capital"),
    [("Finlandiya", "tr", "FİNLANDİYA"), ("Finland", "en", "FINLAND"), ("Österreich", "de-AT", "ÖSTERREICH")],
)
def test_capitals_are_those_of_the_language(text: str, language: str, capital: str) -> None:
    assert capitals(text, language) == capital


@quick
@given(st.text(max_size=40), st.text(max_size=10), st.sampled_from([*STYLES, "pill"]))
def test_more_text_is_wider(text: str, more: str, style: str) -> None:
    assert text_px(text + more, style) >= text_px(text, style) >= 0


def test_the_estimate_leaves_room_for_other_fonts() -> None:
    """Helvetica's own advance widths of “Vladivostok” sum to 5.056 em."""
    assert 1.05 < text_px("Vladivostok", "town") / (5.056 * 12.5) < 1.35


@quick
@given(st.lists(spots, min_size=2, max_size=6))
def test_a_line_is_guarded_all_along(points: list[tuple[float, float]]) -> None:
    rects = along(np.array(points), SIZE)
    middles = (rects[:, :2] + rects[:, 2:]) / 2
    for (x1, y1), (x2, y2) in pairwise(points):
        for part in (0.0, 0.25, 0.5, 0.75):
            at = np.array([x1 + (x2 - x1) * part, y1 + (y2 - y1) * part])
            if (at >= 0).all() and (at <= SIZE).all():
                assert np.abs(middles - at).max(axis=1).min() <= 12


def test_a_placed_label_says_where_its_first_line_stands() -> None:
    (placed,) = place([Label("Sea of Japan", "sea", 300, 200)], [], SIZE)
    assert isinstance(placed, Placed)
    assert placed.rect.top < placed.y < 200 < placed.rect.bottom
    assert placed.x == 300
