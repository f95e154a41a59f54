"""The doors through which phrases are read: a quote, an author's `expect:`, a speed, a plain time."""

from __future__ import annotations

import math

from storymap.quantity.counts import counts_in
from storymap.quantity.directions import read_direction, read_expected_direction
from storymap.quantity.hint_words import SUPERLATIVES
from storymap.quantity.kinds import Dimension, Expectation, QuantityError
from storymap.quantity.phrases import Phrase, phrases_in
from storymap.quantity.rule import accepted, say_expect
from storymap.quantity.surroundings import check_surroundings
from storymap.quantity.tokens import tokens_of
from storymap.quantity.untested import check_untested
from storymap.quantity.vague import vague_words

_MEASURES: dict[Dimension, str] = {
    "length": "a length, such as 'less than 150 km'",
    "area": "an area, such as 'about 97 km²'",
    "duration": "a time, such as 'about two months'",
    "speed": "a speed, such as '50..60 km/h'",
    "count": "a count, such as 'more than 20 villages'",
    "direction": "a direction, such as 'north-east of'",
}


def read_quote(
    quote: str, dimension: Dimension, *, before: str = "", after: str = "", language: str = "en"
) -> Expectation:
    """Return what a quote lets us expect of a measure of `dimension`; `before` and `after` stand round it in the text.

    Raises `QuantityError` where the quote holds no such quantity, or more than one, or can be read in two ways, or
    where the words round it change what it says, or where `language` (BCP 47) is not English.
    """
    wanted, way_out = _wanted(dimension), say_expect(dimension)
    if language.partition("-")[0].lower() != "en":
        message = f"words are read in English only; this story is in '{language}'"
        raise QuantityError(message, f"{way_out}, in English words, numbers and units")
    if dimension == "direction":
        return read_direction(quote, before=before, after=after)
    tokens = tokens_of(quote)
    ranking = next((token.text for token in tokens if token.text in SUPERLATIVES), None)
    if ranking is not None:
        raise QuantityError(f"'{ranking}' ranks, and a measurement of one thing cannot test a rank", way_out)
    found = _phrases(quote, dimension)
    phrases = [phrase for phrase in found if phrase.dimension == dimension]
    vague = vague_words(quote, dimension)
    if not phrases and vague:
        advice = f"{way_out}, or `expect: none` to show the measurement without a verdict"
        raise QuantityError(f"'{vague}' sets no limit that can be tested", advice)
    if not phrases:
        other = f"; '{found[0].words}' is {_MEASURES[found[0].dimension].partition(',')[0]}" if found else ""
        raise QuantityError(f"the quote does not hold {wanted}{other}", way_out)
    if len(phrases) > 1 or vague:
        both = " and ".join(f"'{words}'" for words in [phrase.words for phrase in phrases] + [vague] * bool(vague))
        raise QuantityError(f"the quote can be read as {both}", f"quote only one of them, or {way_out}")
    expectation = _expectation(phrases[0], by_author=False)
    check_untested(quote, phrases[0])
    check_surroundings(before, quote, after, phrases[0])
    return expectation


def read_expect(text: str, dimension: Dimension) -> Expectation:
    """Return what an author's `expect:` says, in the same words as a quote: "2..6 h", "at most 400 m"."""
    if dimension == "direction":
        return read_expected_direction(text)
    return _expectation(_whole(text, dimension), by_author=True)


def read_speed(text: str) -> tuple[float, float]:
    """Return the lower and upper speed (m/s) of "50..60 km/h"; a single speed stands for what its digits allow."""
    core = _expectation(_whole(text, "speed"), by_author=True).core
    if not (core.low > 0 and math.isfinite(core.high)):
        raise QuantityError(f"'{text}' does not give a lower and an upper speed", "write a range, such as 50..60 km/h")
    return core.low, core.high


def read_duration(text: str) -> float:
    """Return the seconds of a plain time: "10 min"."""
    return _plain(text, "duration", "write a time as in '10 min'")


def read_length(text: str) -> float:
    """Return the metres of a plain length: "50 km"."""
    return _plain(text, "length", "write a length as in '50 km'")


def _plain(text: str, dimension: Dimension, advice: str) -> float:
    phrase = _whole(text, dimension)
    accepted(phrase)
    if phrase.hint != "bare" or phrase.low != phrase.high:
        raise QuantityError(f"'{text}' is not one plain number with its unit", advice)
    return phrase.low


def _wanted(dimension: Dimension) -> str:
    try:
        return _MEASURES[dimension]
    except KeyError:
        message = "what is measured here is true or false and takes no number"
        raise QuantityError(message, "leave out `expect:`") from None


def _whole(text: str, dimension: Dimension) -> Phrase:
    """Return the one phrase that makes up all of `text`."""
    wanted = _wanted(dimension)
    phrases = _phrases(text, dimension)
    stripped = text.strip()
    if len(phrases) != 1 or phrases[0].words != stripped:
        what = "a number" if dimension == "count" else "a number with its unit"
        raise QuantityError(f"'{stripped}' cannot be read as {wanted}", f"write {what}, and nothing else")
    if phrases[0].dimension != dimension:
        message = f"'{stripped}' is {_MEASURES[phrases[0].dimension].partition(',')[0]}, not {wanted}"
        raise QuantityError(message, "correct the unit, or the measure")
    return phrases[0]


def _phrases(text: str, dimension: Dimension) -> list[Phrase]:
    return counts_in(text) if dimension == "count" else phrases_in(text)


def _expectation(phrase: Phrase, *, by_author: bool) -> Expectation:
    core, support = accepted(phrase)
    return Expectation(phrase.words, phrase.dimension, phrase.unit, core, support, by_author)
