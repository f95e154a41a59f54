"""What words accept: docs/claims.md states the rule, these are its promises."""

import math

import pytest

from storymap.quantity import (
    Dimension,
    Expectation,
    QuantityError,
    read_duration,
    read_expect,
    read_quote,
    read_speed,
)

KM, MILE, HOUR, DAY = 1000.0, 1609.344, 3600.0, 86400.0
MONTH = 365.2425 / 12 * DAY
INF = math.inf


def core(expectation: Expectation) -> tuple[float, float]:
    return expectation.core.low / expectation.unit.si, expectation.core.high / expectation.unit.si


def support(expectation: Expectation) -> tuple[float, float]:
    return expectation.support.low / expectation.unit.si, expectation.support.high / expectation.unit.si


@pytest.mark.parametrize(
    "words,bare_core,bare_support,about_core,about_support",
    [
        ("1", (0.95, 1.05), (0.9, 1.1), (0.9, 1.1), (0.8, 1.2)),
        ("2", (1.9, 2.1), (1.8, 2.2), (1.8, 2.2), (1.6, 2.4)),
        ("10", (9.5, 10.5), (9, 11), (9, 11), (8, 12)),
        ("17", (16.5, 17.5), (16, 18), (16, 18), (15, 19)),
        ("100", (95, 105), (90, 110), (90, 110), (80, 120)),
        ("150", (145, 155), (140, 160), (140, 160), (130, 170)),
        ("1,000", (950, 1050), (900, 1100), (900, 1100), (800, 1200)),
        ("1.5 million", (1.45e6, 1.55e6), (1.4e6, 1.6e6), (1.4e6, 1.6e6), (1.3e6, 1.7e6)),
        ("127.5", (127.45, 127.55), (127.4, 127.6), (121.125, 133.875), (121.125, 133.875)),
    ],
)
def test_a_number_means_its_last_digit_and_about_widens_it(
    words: str,
    bare_core: tuple[float, float],
    bare_support: tuple[float, float],
    about_core: tuple[float, float],
    about_support: tuple[float, float],
) -> None:
    bare, about = read_quote(f"{words} km", "length"), read_quote(f"roughly {words} km", "length")
    assert core(bare) == pytest.approx(bare_core)
    assert support(bare) == pytest.approx(bare_support)
    assert core(about) == pytest.approx(about_core)
    assert support(about) == pytest.approx(about_support)


@pytest.mark.parametrize(
    "quote,low,high,low_open,high_open",
    [
        ("less than 150 km from the North Korean border", -INF, 150, False, True),
        ("under 150 km", -INF, 150, False, True),
        ("fewer than 150 km", -INF, 150, False, True),
        ("within 150 km", -INF, 150, False, False),
        ("at most 150 km", -INF, 150, False, False),
        ("no more than 150 km", -INF, 150, False, False),
        ("not more than 150 km", -INF, 150, False, False),
        ("isn't more than 150 km", -INF, 150, False, False),
        ("isn’t over 150 km", -INF, 150, False, False),
        ("up to 150 km", -INF, 150, False, False),
        ("150 km or less", -INF, 150, False, False),
        ("150 km at most", -INF, 150, False, False),
        ("over 150 km", 150, INF, True, False),
        ("more than 150 km", 150, INF, True, False),
        ("not within 150 km", 150, INF, True, False),
        ("at least 150 km", 150, INF, False, False),
        ("no less than 150 km", 150, INF, False, False),
        ("not less than 150 km", 150, INF, False, False),
        ("not under 150 km", 150, INF, False, False),
        ("150 km or more", 150, INF, False, False),
        ("150+ km", 150, INF, False, False),
        ("max. 90 km", -INF, 90, False, False),
        ("max 90 km", -INF, 90, False, False),
        ("maximum 90 km", -INF, 90, False, False),
        ("Maximum: 90 km", -INF, 90, False, False),
        ("≤ 90 km", -INF, 90, False, False),
        ("<=90 km", -INF, 90, False, False),
        ("90km tops", -INF, 90, False, False),
        ("90 km max.", -INF, 90, False, False),
        ("90 km, at most", -INF, 90, False, False),
        ("up to a maximum of 90 km", -INF, 90, False, False),
        ("within a 90 km radius", -INF, 90, False, False),
        ("no wider than 90 km", -INF, 90, False, False),
        ("<90 km", -INF, 90, False, True),
        ("shy of 90 km", -INF, 90, False, True),
        ("> 80 km", 80, INF, True, False),
        ("north of 80 km", 80, INF, True, False),
        ("wider than 80 km", 80, INF, True, False),
        ("≥80 km", 80, INF, False, False),
        (">= 80 km", 80, INF, False, False),
        ("min. 80 km", 80, INF, False, False),
        ("minimum 80 km", 80, INF, False, False),
        ("80 km and over", 80, INF, False, False),
        ("no closer than 80 km", 80, INF, False, False),
        ("no shorter than 80 km", 80, INF, False, False),
        ("500 m to 2 km", 0.5, 2, False, False),
        ("between 100 and 150 km", 100, 150, False, False),
        ("between 100 km and 150 km", 100, 150, False, False),
        ("100 to 150 km", 100, 150, False, False),
        ("from 100 to 150 km", 100, 150, False, False),
        ("100–150 km", 100, 150, False, False),
        ("100-150km", 100, 150, False, False),
        ("two or three kilometres", 2, 3, False, False),
    ],
)
def test_a_limit_is_taken_literally(quote: str, low: float, high: float, *, low_open: bool, high_open: bool) -> None:
    found = read_quote(quote, "length")
    assert core(found) == pytest.approx((low, high))
    assert (found.core.low_open, found.core.high_open) == (low_open, high_open)
    assert found.support == found.core


@pytest.mark.parametrize(
    "quote,the_core,the_support",
    [
        ("nearly 100 km", (90, 100), (85, 102)),
        ("almost 100 km", (90, 100), (85, 102)),
        ("just under 100 km", (90, 100), (85, 100)),
        ("just over 100 km", (100, 110), (100, 115)),
        ("well under 100 km", (-INF, 90), (-INF, 100)),
        ("well over 100 km", (110, INF), (100, INF)),
        ("exactly 17 km", (16.5, 17.5), (16.5, 17.5)),
        ("about 5–7 km", (4.5, 7.7), (4, 8.4)),
        ("100-odd km", (90, 110), (80, 120)),
        ("100 km or so", (90, 110), (80, 120)),
        ("some 100 km", (90, 110), (80, 120)),
        ("c. 100 km", (90, 110), (80, 120)),
        ("~100 km", (90, 110), (80, 120)),
        ("100-ish km", (90, 110), (80, 120)),
        ("100 km, give or take", (90, 110), (80, 120)),
        ("about a 100 km drive", (90, 110), (80, 120)),
        ("100 km and over the hill", (95, 105), (90, 110)),
    ],
)
def test_hedges_have_a_core_and_a_wider_support(
    quote: str, the_core: tuple[float, float], the_support: tuple[float, float]
) -> None:
    found = read_quote(quote, "length")
    assert core(found) == pytest.approx(the_core)
    assert support(found) == pytest.approx(the_support)


def test_just_under_a_limit_is_under_it_and_nearly_may_pass_it() -> None:
    assert not read_quote("just under 100 km", "length").support.contains(100 * KM)
    assert not read_quote("just over 100 km", "length").support.contains(100 * KM)
    assert not read_quote("nearly 100 km", "length").core.contains(100 * KM)
    assert read_quote("nearly 100 km", "length").support.contains(101 * KM)


@pytest.mark.parametrize(
    "quote,dimension,middle_si",
    [
        ("17 kilometres long", "length", 17 * KM),
        ("a 17-kilometre border", "length", 17 * KM),
        ("seventeen kilometers", "length", 17 * KM),
        ("twenty-five kms", "length", 25 * KM),
        ("ninety nine km", "length", 99 * KM),
        ("a hundred miles", "length", 100 * MILE),
        ("a hundred and fifty miles", "length", 150 * MILE),
        ("two thousand five hundred metres", "length", 2500),
        ("1,500 m", "length", 1500),
        ("1\u202f500 m", "length", 1500),
        ("82'000 m", "length", 82000),
        ("82’000 m", "length", 82000),
        ("1.609 km", "length", 1609),
        ("0.120 km", "length", 120),
        ("9h06", "duration", 9.1 * HOUR),
        ("It took 2 h 30.", "duration", 2.5 * HOUR),
        ("half a kilometre", "length", 500),
        ("half-a-mile", "length", MILE / 2),
        ("a quarter of a mile", "length", MILE / 4),
        ("three quarters of a mile", "length", MILE * 3 / 4),
        ("two and a half km", "length", 2500),
        ("2½ km", "length", 2500),
        ("½ mile", "length", MILE / 2),
        ("1/2 mile", "length", MILE / 2),
        ("2 1/2 miles", "length", MILE * 2.5),
        ("a mile and a half", "length", MILE * 1.5),
        (".5 km", "length", 500),
        ("a kilometre away", "length", 1000),
        ("two dozen km", "length", 24 * KM),
        ("12 nautical miles", "length", 12 * 1852),
        ("500 feet", "length", 152.4),
        ("5 ft 3 in", "length", 1.6002),
        ("40 yards", "length", 36.576),
        ("97 km²", "area", 97e6),
        ("97 km2", "area", 97e6),
        ("97 sq. km", "area", 97e6),
        ("97 square kilometres", "area", 97e6),
        ("40 hectares", "area", 4e5),
        ("half a million square miles", "area", MILE**2 * 5e5),
        ("1,000 acres", "area", 4046856.4224),
        ("two months after the summit", "duration", 2 * MONTH),
        ("three weeks", "duration", 21 * DAY),
        ("an hour and a half", "duration", 1.5 * HOUR),
        ("half an hour", "duration", HOUR / 2),
        ("2 h 30 min", "duration", 2.5 * HOUR),
        ("2 hours and 30 minutes", "duration", 2.5 * HOUR),
        ("60 km/h", "speed", 60 / 3.6),
        ("60 kilometres per hour", "speed", 60 / 3.6),
        ("60 km an hour", "speed", 60 / 3.6),
        ("30 mph", "speed", 30 * 0.44704),
        ("10 m/s", "speed", 10),
    ],
)
def test_numbers_and_units_are_read_as_people_write_them(quote: str, dimension: Dimension, middle_si: float) -> None:
    found = read_quote(quote, dimension)
    assert (found.core.low + found.core.high) / 2 == pytest.approx(middle_si)
    assert found.dimension == dimension
    assert not found.by_author


def test_the_words_that_were_read_are_named() -> None:
    assert read_quote("It is less than 150 km from the border", "length").words == "less than 150 km"
    assert read_quote("a place 17 kilometres long", "length").words == "17 kilometres"
    assert read_quote("On 25 April 2019, 17 km of it", "length").words == "17 km"


def test_a_fraction_is_as_coarse_as_the_part_it_names() -> None:
    assert core(read_quote("half a mile", "length")) == pytest.approx((0.475, 0.525))
    assert core(read_quote("two and a half miles", "length")) == pytest.approx((2.375, 2.625))


@pytest.mark.parametrize(
    "quote,says",
    [
        ("a few hours by rail", "sets no limit"),
        ("several hours", "sets no limit"),
        ("a couple of hours", "sets no limit"),
        ("some hours later", "sets no limit"),
        ("dozens of hours", "sets no limit"),
        ("on the quayside", "does not hold"),
        ("17 years old", "does not hold"),
        ("17 km", "is a length"),
        ("two hours, or three hours", "can be read as"),
        ("a few hours, not 2 hours", "can be read as"),
        ("barely two hours", "two ways"),
        ("a good two hours", "two ways"),
        ("did not take two hours", "two ways"),
        ("less than about two hours", "two ways"),
        ("at most 2 or 3 hours", "limit to a range"),
        ("nearly 2 hours or more", "two ways"),
        ("1,5 hours", "two ways"),
        ("1 500 hours", "two ways"),
        ("from 5 to 3 hours", "two ways"),
        ("more than 2 and less than 3 hours", "two ways"),
        ("two three hours", "two ways"),
        ("the longest journey, 2 hours", "ranks"),
        ("1990s", "does not hold"),
        ("eight hours a day", "does not hold"),
        ("twice an hour", "does not hold"),
        ("a second chance", "does not hold"),
        ("12345678901234567890 hours", "too many digits"),
        ("about 12345678901234567890123–12345678901234567890124 hours", "too many digits"),
    ],
)
def test_words_without_exactly_one_reading_are_refused_with_a_way_out(quote: str, says: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read_quote(quote, "duration")
    assert says in caught.value.message
    assert "expect:" in caught.value.help


@pytest.mark.parametrize(
    "text,quote,left_out",
    [
        ("It is not within 150 km of it", "within 150 km", "'not'"),
        ("It does not lie within 150 km of it", "within 150 km", "'not lie'"),
        ("It is 1 500 km away", "500 km away", "'1'"),
        ("It is 1,500 km away", "500 km away", "'1,'"),
        ("It is nearly 700 km away", "700 km", "'nearly'"),
        ("It is 5 to 7 km off", "7 km off", "'5 to'"),
        ("It is 150 km or more", "150 km", "'or more'"),
        ("It is no more than 5 km or so", "more than 5 km", "'no' and 'or so'"),
        ("It is half a mile off", "a mile", "'half'"),
        ("It makes 60 km/h there", "60 km", "'/h'"),
        ("It has 98 km² in all", "98 km", "'²'"),
        ("It is 5 ft 3 in tall", "5 ft", "'3 in'"),
    ],
)
def test_a_quote_may_not_leave_out_what_changes_its_quantity(text: str, quote: str, left_out: str) -> None:
    before, after = text.split(quote)
    with pytest.raises(QuantityError, match="and the quote leaves out") as caught:
        read_quote(quote, "length", before=before, after=after)
    assert caught.value.message.endswith(f"leaves out {left_out}")
    assert caught.value.help.startswith(f"quote {left_out} too, or say what the words mean with `expect:`")


@pytest.mark.parametrize(
    "text,quote,doubt",
    [
        ("No village is more than 5 km away", "more than 5 km", "'No'"),
        ("Nowhere, they say, is it under 5 km wide", "under 5 km", "'Nowhere'"),
        ("It is 5 km shorter than the other", "5 km", "'shorter'"),
        ("It is less than, say, 5 km away", "5 km", "'less than, say,'"),
        ("It was about 5, perhaps 7 km", "7 km", "'5, perhaps'"),
    ],
)
def test_words_elsewhere_in_the_clause_that_may_change_a_quantity_are_named(text: str, quote: str, doubt: str) -> None:
    before, after = text.split(quote)
    with pytest.raises(QuantityError, match="in the text may change what") as caught:
        read_quote(quote, "length", before=before, after=after)
    assert caught.value.message.startswith(doubt)
    assert "expect:" in caught.value.help


def test_a_count_may_say_how_far_what_it_counts_lies_and_other_measures_may_not() -> None:
    assert read_quote("three stations within 50 km", "count").words == "three"
    with pytest.raises(QuantityError, match="'five' stands in the quote beside 'within 50 km'") as caught:
        read_quote("five villages within 50 km of it", "length")
    assert caught.value.help.startswith("leave 'five' out of the quote, or make it a claim of its own")
    with pytest.raises(QuantityError, match="'north of …' stands in the quote beside '17 km'"):
        read_quote("17 km north of the border", "length")
    assert read_quote("17 km", "length", after=" north of the border").words == "17 km"


@pytest.mark.parametrize(
    "text,quote", [("It is 5 km or more than that", "5 km or more"), ("It costs €2 per 5 km there", "5 km there")]
)
def test_a_quote_may_not_make_a_quantity_of_what_is_none(text: str, quote: str) -> None:
    before, after = text.split(quote)
    with pytest.raises(QuantityError, match="words round the quote change what"):
        read_quote(quote, "length", before=before, after=after)


@pytest.mark.parametrize(
    "text,quote",
    [
        ("It is nearly 700 km away", "nearly 700 km"),
        ("It is not far, 17 km by road", "17 km"),
        ("It is not far. Within 150 km of it", "Within 150 km"),
        ("In 2019, 17 km of it", "17 km"),
        ("It is 5 km long, or 7 km by road", "7 km by road"),
        ("From 5 km on it is steep", "5 km on"),
        ("The 24 men went 150 km on foot", "150 km"),
        ("He is 17 years old and 5 km away", "5 km"),
        ("It went in 5 min 100 km", "100 km"),
    ],
)
def test_words_round_a_quote_that_belong_to_something_else_do_not_matter(text: str, quote: str) -> None:
    before, after = text.split(quote)
    assert read_quote(quote, "length", before=before, after=after) == read_quote(quote, "length")


@pytest.mark.parametrize(
    "quote,says",
    [
        ("80 kilometres or 50 miles", "'80 kilometres' and '50 miles'"),
        ("half of 160 km", "'half of 160 km'"),
        ("half the 160 km", "'half the 160 km'"),
        ("a third of 160 km", "two ways"),
        ("50 % of 160 km", "two ways"),
        ("twice 41 km", "'twice 41 km'"),
        ("double 41 km", "'double 41 km'"),
        ("three times 41 km", "two ways"),
        ("2 × 41 km", "two ways"),
        ("more than 80 km but less than 90", "'more than 80 km but less than 90'"),
        ("over 80 km, under 90", "'over 80 km, under 90'"),
        ("more than 80 but less than 90 km", "two ways"),
        ("80 km or more than 90", "two ways"),
        ("between 80 km and 90", "two ways"),
        ("80 km to 90", "'80 km to 90'"),
        ("82 ± 1 km", "two ways"),
        ("80 km give or take 5", "two ways"),
        ("80 km at best", "two ways"),
        ("other than 80 km", "'than 80 km'"),
        ("a maximum distance of 90 km", "two ways"),
        ("over a 100 km stretch", "'over a 100 km'"),
        ("-> 80 km", "two ways"),
        ("82'00 m", "two ways"),
        ("82_000 m", "two ways"),
        ("9h06 m", "two ways"),
        ("80.000 metres", "'80.000' can be 80 or 80,000"),
        ("82.345 m", "'82.345' can be 82.345 or 82,345"),
        ("1.500–2.500 km", "'1.500' can be 1.5 or 1,500"),
    ],
)
def test_words_that_change_the_number_are_never_passed_over(quote: str, says: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read_quote(quote, "length")
    assert says in caught.value.message
    assert "expect: at most 400 m" in caught.value.help


def test_hours_with_a_colon_are_not_the_number_after_it() -> None:
    with pytest.raises(QuantityError, match="9:06 hours"):
        read_quote("9:06 hours", "duration")


@pytest.mark.parametrize(
    "dimension,example",
    [("length", "at most 400 m"), ("area", "about 97 km²"), ("duration", "2..6 h"), ("speed", "50..60 km/h")],
)
def test_the_way_out_is_shown_for_what_is_measured_and_can_be_typed(dimension: Dimension, example: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read_quote("far", dimension)
    assert f"`expect: {example}`" in caught.value.help
    assert read_expect(example, dimension).by_author


@pytest.mark.parametrize("language", ["de", "fr-CA", "ko", "eng"])
def test_words_of_another_language_are_not_guessed_at(language: str) -> None:
    with pytest.raises(QuantityError, match=f"in English only; this story is in '{language}'"):
        read_quote("weniger als 85 km", "length", language=language)
    assert read_quote("85 km", "length", language="en-GB") == read_quote("85 km", "length")


def test_what_is_true_or_false_takes_no_number() -> None:
    with pytest.raises(QuantityError, match="true or false"):
        read_quote("17 km", "truth")


def test_an_author_says_what_words_mean_in_the_same_words() -> None:
    found = read_expect("2..6 h", "duration")
    assert core(found) == pytest.approx((2, 6))
    assert found.by_author
    assert core(read_expect(" at most 400 m ", "length")) == pytest.approx((-INF, 400))
    assert core(read_expect("about 17 km", "length")) == pytest.approx((16, 18))


@pytest.mark.parametrize(
    "text", ["17", "", "none", "17 km or 3 h", "17 km today", "it is 17 km", "..5 km", "5.. km", "2 h"]
)
def test_an_expectation_is_one_phrase_and_nothing_else(text: str) -> None:
    with pytest.raises(QuantityError):
        read_expect(text, "length")


def test_a_speed_is_a_range_or_what_its_digits_allow() -> None:
    assert read_speed("50..60 km/h") == pytest.approx((50 / 3.6, 60 / 3.6))
    assert read_speed("60 km/h") == pytest.approx((57 / 3.6, 63 / 3.6))


@pytest.mark.parametrize("text", ["under 60 km/h", "60 km", "fast", "0 km/h", "0..60 km/h"])
def test_a_speed_has_two_positive_ends(text: str) -> None:
    with pytest.raises(QuantityError):
        read_speed(text)


def test_a_plain_quantity_is_one_number_with_its_unit() -> None:
    assert read_duration("10 min") == 600
    for text in ("about 5 min", "5..6 min", "5 km", "5"):
        with pytest.raises(QuantityError):
            read_duration(text)


def test_an_error_survives_a_process_pool() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(QuantityError("what", "how")))
    assert (error.message, error.help) == ("what", "how")
