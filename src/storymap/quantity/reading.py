"""The doors through which phrases are read: a quote, an author's `expect:`, a speed, a plain time."""

from __future__ import annotations

import math

from storymap.quantity.hints import SUPERLATIVES, VAGUE
from storymap.quantity.kinds import Dimension, Expectation, QuantityError
from storymap.quantity.numerals import tokens_of, word_at
from storymap.quantity.phrases import Phrase, phrases_in, unit_at
from storymap.quantity.rule import accepted, say_expect
from storymap.quantity.surroundings import check_surroundings

_MEASURES: dict[Dimension, str] = {
    "length": "a length, such as 'less than 150 km'",
    "area": "an area, such as 'about 97 km²'",
    "duration": "a time, such as 'about two months'",
    "speed": "a speed, such as '50..60 km/h'",
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
    tokens = tokens_of(quote)
    ranking = next((token.text for token in tokens if token.text in SUPERLATIVES), None)
    if ranking is not None:
        raise QuantityError(f"'{ranking}' ranks, and a measurement of one thing cannot test a rank", way_out)
    found = phrases_in(quote)
    phrases = [phrase for phrase in found if phrase.dimension == dimension]
    vague = _vague(quote, dimension)
    if not phrases and vague:
        advice = f"{way_out}, or `expect: none` to show the measurement without a verdict"
        raise QuantityError(f"'{vague}' sets no limit that can be tested", advice)
    if not phrases:
        other = f"; '{found[0].words}' is a {found[0].dimension}" if found else ""
        raise QuantityError(f"the quote does not hold {wanted}{other}", way_out)
    if len(phrases) > 1 or vague:
        both = " and ".join(f"'{words}'" for words in [phrase.words for phrase in phrases] + [vague] * bool(vague))
        raise QuantityError(f"the quote can be read as {both}", f"quote only one of them, or {way_out}")
    expectation = _expectation(phrases[0], by_author=False)
    check_surroundings(before, quote, after, phrases[0])
    return expectation


def read_expect(text: str, dimension: Dimension) -> Expectation:
    """Return what an author's `expect:` says, in the same words as a quote: "2..6 h", "at most 400 m"."""
    return _expectation(_whole(text, dimension), by_author=True)


def read_speed(text: str) -> tuple[float, float]:
    """Return the lower and upper speed (m/s) of "50..60 km/h"; a single speed stands for what its digits allow."""
    core = _expectation(_whole(text, "speed"), by_author=True).core
    if not (core.low > 0 and math.isfinite(core.high)):
        raise QuantityError(f"'{text}' does not give a lower and an upper speed", "write a range, such as 50..60 km/h")
    return core.low, core.high


def read_duration(text: str) -> float:
    """Return the seconds of a plain time: "10 min"."""
    phrase = _whole(text, "duration")
    accepted(phrase)
    if phrase.hint != "bare" or phrase.low != phrase.high:
        raise QuantityError(f"'{text}' is not one plain number with its unit", "write a time as in '10 min'")
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
    phrases = phrases_in(text)
    stripped = text.strip()
    if len(phrases) != 1 or phrases[0].words != stripped:
        raise QuantityError(
            f"'{stripped}' cannot be read as {wanted}", "write a number with its unit, and nothing else"
        )
    if phrases[0].dimension != dimension:
        message = f"'{stripped}' is a {phrases[0].dimension}, not {wanted}"
        raise QuantityError(message, "correct the unit, or the measure")
    return phrases[0]


def _vague(text: str, dimension: Dimension) -> str:
    """Return words such as "a few hours", which measure but set no limit; "" if there are none."""
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        if token.text not in VAGUE:
            continue
        unit = unit_at(tokens, at + 1 + (word_at(tokens, at + 1) == "of"))
        if unit is not None and unit[0].dimension == dimension:
            start = at - 1 if word_at(tokens, at - 1) == "a" else at
            return text[tokens[start].start : tokens[unit[1] - 1].end]
    return ""


def _expectation(phrase: Phrase, *, by_author: bool) -> Expectation:
    core, support = accepted(phrase)
    return Expectation(phrase.words, phrase.dimension, phrase.unit, core, support, by_author)
