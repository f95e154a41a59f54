"""Labels can be read: none covers another, none leaves the map; a number on a line always stands."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storymap.page.map.labels import Label, Placed, Rect, along, apart, place, text_lines, text_px

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
    lambda at, radius: Label("127.5 km", "pill", at[0], at[1], radius, must=True),
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
@given(st.lists(names, max_size=15), st.lists(numbers, min_size=1, max_size=3))
def test_no_name_covers_a_number_and_a_number_covers_another_only_where_nothing_is_free(
    labels: list[Label], pills: list[Label]
) -> None:
    placed = place([*pills, *labels], [], SIZE)
    assert all(on_map(p.rect) for p in placed)
    for a, b in combinations(placed, 2):
        assert not a.rect.meets(b.rect) or (a.label.must and b.label.must)


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


def test_a_number_that_finds_no_room_stands_all_the_same() -> None:
    wall = Rect(0, 0, *SIZE)
    assert len(place([Label("17.4 km", "pill", 320, 200, must=True)] * 2, [wall], SIZE)) == 2
    assert place([Label("Khasan", "town", 320, 200, 5)], [wall], SIZE) == []


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
        ("North Korea", "country", ("NORTH KOREA",)),
        ("Ust Luga", "town", ("Ust Luga",)),
    ],
)
def test_only_seas_break_into_lines(text: str, style: str, lines: tuple[str, ...]) -> None:
    assert text_lines(text, style) == lines


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
    rects = along(points)
    for (x1, y1), (x2, y2) in pairwise(points):
        for part in (0.0, 0.25, 0.5, 0.75):
            x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
            assert min(max(abs((r.left + r.right) / 2 - x), abs((r.top + r.bottom) / 2 - y)) for r in rects) <= 12


def test_a_placed_label_says_where_its_first_line_stands() -> None:
    (placed,) = place([Label("Sea of Japan", "sea", 300, 200)], [], SIZE)
    assert isinstance(placed, Placed)
    assert placed.rect.top < placed.y < 200 < placed.rect.bottom
    assert placed.x == 300
