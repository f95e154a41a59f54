"""What holds for every text and every number."""

from hypothesis import given
from hypothesis import strategies as st

from storymap.quantity import QuantityError, find_measures, read_expect, read_quote, show_quantity
from storymap.strings import catalogue

VOCABULARY = (
    "less more than not no about nearly between and to or so half a an quarter of km metres miles hours 5 1,500 2.5 "
    "max . < > = ≥ tops twice double third % times than ± or but 9h06 82'000 80.000 x "
    "½ 1/2 seventeen hundred million dozen score two-thirds and-a-half (3 mi) (93 miles) 6'2\" 40’ boat "
    "nobody few nowhere, say perhaps north & by ^ thousand shorter "
    "no towns h30 2bn by - – .. , . + $ per day old sq square in ft 3 isn't few some +"
)
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@given(TEXTS)
def test_any_text_is_read_or_refused_but_never_crashes(text: str) -> None:
    end = 0
    for phrase in find_measures(text):
        assert text[phrase.start : phrase.end] == phrase.words
        assert phrase.end > end
        end = phrase.end
    for dimension in ("length", "area", "duration", "speed", "count"):
        for read in (read_quote, read_expect):
            try:
                found = read(text, dimension)
            except QuantityError:
                continue
            assert found.words in text
            core, support = found.core, found.support
            assert support.low < core.low or (support.low == core.low and support.low_open <= core.low_open)
            assert core.high < support.high or (core.high == support.high and support.high_open <= core.high_open)


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.sampled_from(["", "about ", "nearly ", "over "]))
def test_the_unit_does_not_change_what_a_number_means(number: object, hint: str) -> None:
    metres, kilometres = read_quote(f"{hint}{number} m", "length"), read_quote(f"{hint}{number} km", "length")
    assert abs(kilometres.core.low / 1000 - metres.core.low) <= 1e-9 * abs(metres.core.low) or metres.core.low < 0


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_shown_number_is_read_back_as_itself(metres: int) -> None:
    unit = read_expect("1 m", "length").unit
    found = read_quote(show_quantity(float(metres), 1.0, unit, catalogue().numbers), "length")
    assert found.core.contains(metres)


NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
SMALL = dict(enumerate(NUMBER_WORDS.split()))


@given(st.integers(min_value=1, max_value=12), st.sampled_from([("hundred", 100), ("thousand", 1000), ("", 1)]))
def test_words_and_digits_mean_the_same(count: int, group: tuple[str, int]) -> None:
    word, factor = group
    spelled = read_quote(f"{SMALL[count]} {word} km", "length")
    written = read_quote(f"{count * factor:,} km", "length")
    assert (spelled.core, spelled.support) == (written.core, written.support)
