"""Directions in words and degrees: what they accept, what they refuse, and how they are shown."""

import pytest

from storymap.quantity import (
    Interval,
    QuantityError,
    read_expect,
    read_quote,
    show_interval,
    show_quantity,
    show_range,
    show_uncertainty,
    turn_towards,
    wind_of,
)
from storymap.quantity.units import DEGREE
from storymap.strings import catalogue

WORDS = catalogue().numbers


def sectors(core: float, support: float, middle: float) -> tuple[Interval, Interval]:
    return Interval(middle - core, middle + core), Interval(middle - support, middle + support)


def read(quote: str, before: str = "", after: str = "") -> tuple[Interval, Interval]:
    found = read_quote(quote, "direction", before=before, after=after)
    assert found.dimension == "direction"
    assert not found.by_author
    return found.core, found.support


def refused(quote: str, before: str = "", after: str = "") -> QuantityError:
    with pytest.raises(QuantityError) as raised:
        read_quote(quote, "direction", before=before, after=after)
    assert "expect:" in raised.value.help
    return raised.value


@pytest.mark.parametrize(
    "words,middle",
    [
        ("north of Seoul", 0),
        ("lies to the north", 0),
        ("in a northerly direction", 0),
        ("northward", 0),
        ("to the north-east of", 45),
        ("northeast of", 45),
        ("north east of", 45),
        ("north–east of", 45),
        ("NE of", 45),
        ("North of Seoul lies", 0),
        ("east of", 90),
        ("out there to the south-east", 135),
        ("just south of the border", 180),
        ("south-westward", 225),
        ("west of the river", 270),
        ("NORTHWEST OF", 315),
        ("south of the northern border", 180),
    ],
)
def test_a_name_of_eight_means_half_the_way_to_its_neighbours_and_may_mean_all_of_it(words: str, middle: float) -> None:
    assert read(words) == sectors(22.5, 45, middle)


@pytest.mark.parametrize(
    "words,middle", [("north-north-east of", 22.5), ("NNE of", 22.5), ("west-southwest of", 247.5), ("ESE of", 112.5)]
)
def test_a_name_of_sixteen_means_half_of_that(words: str, middle: float) -> None:
    assert read(words) == sectors(11.25, 22.5, middle)


@pytest.mark.parametrize(
    "words,core,support,middle",
    [
        ("due north of", 5.625, 11.25, 0),
        ("directly to the south of", 5.625, 11.25, 180),
        ("straight west", 5.625, 11.25, 270),
        ("due north-east of", 5.625, 11.25, 45),
        ("roughly north-east of", 45, 67.5, 45),
        ("broadly to the north of", 45, 67.5, 0),
        ("generally NNE of", 22.5, 33.75, 22.5),
        ("almost due south of", 11.25, 16.875, 180),
        ("roughly due south of", 11.25, 16.875, 180),
    ],
)
def test_due_narrows_and_a_hedge_widens(words: str, core: float, support: float, middle: float) -> None:
    assert read(words) == sectors(core, support, middle)


@pytest.mark.parametrize(
    "words,why",
    [
        ("in the north of Russia", "part of a place"),
        ("in the far north of Russia", "part of a place"),
        ("northern Russia", "part of a place"),
        ("in north London", "part of a place"),
        ("on the north bank", "part of a place"),
        ("the northernmost city", "ranks"),
        ("the northbound train", "going"),
        ("from the north", "comes from"),
        ("a northerly wind", "comes from"),
        ("north or east of it", "two directions"),
        ("north and east of it", "two directions"),
        ("north, east", "two directions"),
        ("east of north", "two directions"),
        ("slightly east of north", "two directions"),
        ("north by east", "two directions"),
        ("the north–south line", "two directions"),
        ("slightly north of", "how far"),
        ("nearly north of", "how far"),
        ("further north than", "compares"),
        ("as far north as Seoul", "compares"),
        ("is not north of", "'not'"),
        ("never lies north of", "'never'"),
        ("nowhere, they say, is it north of", "'nowhere'"),
        ("anywhere but north of", "'anywhere'"),
        ("anything but north", "'anything'"),
        ("nowhere near north of", "'nowhere'"),
        ("rather than north of", "'rather'"),
        ("hardly north of", "'hardly'"),
        ("few of them lie north of", "'few'"),
        ("not the largest of the towns that lie north of", "'not'"),
        ("north of Seoul and south of Hanoi", "'north' and 'south'"),
        ("somewhere over there", "does not name"),
        ("17 km north of Seoul", "'17 km' is a length, which a direction does not test"),
        ("an hour north of Seoul", "a direction does not test"),
    ],
)
def test_what_is_not_one_clear_direction_asks_for_expect(words: str, why: str) -> None:
    assert why in refused(words).message


@pytest.mark.parametrize(
    "words",
    ["North Korea", "the South", "the Far East", "East Asia", "Northern Ireland", "South-West Africa", "Easter"],
)
def test_names_are_no_directions(words: str) -> None:
    assert "does not name a direction" in refused(words).message
    assert read(f"west of {words}") == sectors(22.5, 45, 270)


@pytest.mark.parametrize(
    "words", ["north of 80 km", "north of a hundred miles", "south of about 5 km", "north of 1,500"]
)
def test_a_direction_of_a_number_is_a_limit(words: str) -> None:
    assert "does not name a direction" in refused(words).message


def test_the_limit_is_still_read_where_a_length_is_measured() -> None:
    assert read_quote("north of 80 km", "length").core == Interval(80_000, float("inf"), low_open=True)


@pytest.mark.parametrize(
    "before,quote,after,left_out",
    [
        ("It lies due ", "north of Seoul", "", "due"),
        ("It lies north-", "east of Seoul", "", "north-"),
        ("It lies ", "north", "-east of Seoul", "-east"),
        ("It lies roughly to the ", "south", " of it", "roughly to the"),
    ],
)
def test_a_quote_may_not_leave_out_what_changes_it(before: str, quote: str, after: str, left_out: str) -> None:
    error = refused(quote, before, after)
    assert left_out in error.message


def test_a_distance_before_the_quote_is_another_matter() -> None:
    assert read("north-east of Seoul", "It lies about 17 km ") == sectors(22.5, 45, 45)


def test_directions_in_a_long_text_before_the_quote_do_not_hold_it_up() -> None:
    """Each looks back over its own neighbourhood only, so that 80 kB take as long as their length says."""
    assert read("north of Seoul", "the not north a " * 5000 + "end. It lies ") == sectors(22.5, 45, 0)


def test_other_numbers_and_limits_before_the_quote_do_not_deny_it() -> None:
    for before in ("It lies more than 17 km ", "It is no more than 5 km ", "It is a few km ", "But it lies "):
        assert read("north of Seoul", before) == sectors(22.5, 45, 0)


def test_a_denial_before_the_quote_counts() -> None:
    assert "not" in refused("north of Seoul", "It does not lie ").message
    assert read("north of Seoul", "It is not far. It lies ") == sectors(22.5, 45, 0)


@pytest.mark.parametrize(
    "text,core,support",
    [
        ("30..60 degrees", (30, 60), (30, 60)),
        ("30-60°", (30, 60), (30, 60)),
        ("350..10 degrees", (350, 370), (350, 370)),
        ("about 350..10°", (345, 375), (340, 380)),
        ("45°", (44.5, 45.5), (44, 46)),
        ("270 degrees", (265, 275), (260, 280)),
        ("exactly 48.5°", (48.45, 48.55), (48.45, 48.55)),
        ("about 45°", (40, 50), (35, 55)),
        ("about 5°", (0, 10), (-5, 15)),
        ("0°", (-0.5, 0.5), (-1, 1)),
    ],
)
def test_expect_takes_degrees(text: str, core: tuple[float, float], support: tuple[float, float]) -> None:
    found = read_expect(text, "direction")
    assert (found.core.low, found.core.high) == pytest.approx(core)
    assert (found.support.low, found.support.high) == pytest.approx(support)
    assert found.by_author


@pytest.mark.parametrize("text", ["north-east", "NE", "to the north-east of"])
def test_expect_takes_the_words_of_quotes(text: str) -> None:
    found = read_expect(text, "direction")
    assert (found.core, found.support) == sectors(22.5, 45, 45)


def test_a_single_letter_is_a_direction_in_expect_only() -> None:
    assert read_expect("due S", "direction").core == Interval(174.375, 185.625)
    refused("43.1 N, 131.9 E")


@pytest.mark.parametrize("text", ["45", "400°", "5..5°", "NW or N", "45 degrees north", "north of 30 degrees", "up"])
def test_expect_refuses_what_is_no_direction(text: str) -> None:
    with pytest.raises(QuantityError):
        read_expect(text, "direction")


def test_words_of_directions_are_read_in_english_only() -> None:
    with pytest.raises(QuantityError, match="English"):
        read_quote("nord", "direction", language="de")


@pytest.mark.parametrize(
    "bearing,wind", [(0, "n"), (11, "n"), (12, "nne"), (45, "ne"), (180, "s"), (348, "nnw"), (355, "n")]
)
def test_a_bearing_has_the_nearest_name_of_sixteen(bearing: float, wind: str) -> None:
    assert wind_of(bearing) == wind


@pytest.mark.parametrize("bearing,turn", [(350, -360), (10, 0), (170, 0), (190, -360)])
def test_a_bearing_is_turned_to_the_near_side_of_a_sector(bearing: float, turn: float) -> None:
    assert turn_towards(bearing, Interval(-22.5, 22.5)) == turn


def test_directions_are_shown_from_0_to_360_and_say_when_they_reach_over_north() -> None:
    assert show_quantity(-3.2, 1, DEGREE, WORDS) == "357°"
    assert show_quantity(359.8, 1, DEGREE, WORDS) == "0°"
    assert show_quantity(59.44, 43, DEGREE, WORDS) == "59°"  # whole degrees, however uncertain
    assert show_uncertainty(42.6, DEGREE, WORDS) == "± 43°"
    assert show_range(-12.4, 20.1, DEGREE, 4, WORDS) == "347–21°, across north"
    assert show_range(340.2, 359.9, DEGREE, 4, WORDS) == "340–360°"
    assert show_range(30, 390, DEGREE, 180, WORDS) == "any direction"
    assert show_interval(Interval(22.5, 67.5), DEGREE, WORDS) == "22.5–67.5°"
    assert show_interval(Interval(-22.5, 22.5), DEGREE, WORDS) == "337.5–22.5°, across north"
