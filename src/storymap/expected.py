"""What a claim's words are to be held to: what the quote says, or what its author says that it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from storymap.problems import Level
from storymap.quantity import Dimension, Expectation, Interval, QuantityError, read_expect, read_quote, show_interval
from storymap.story import ClaimDoc
from storymap.strings import catalogue

_ROUNDING = 1e-9  # of a limit: 5 km and 3.106856 miles may differ in their last bits

# What the words of a claim must measure, by the measure's name; "truth" needs no number in them.
DIMENSIONS: Mapping[str, Dimension] = {
    "distance": "length",
    "length": "length",
    "area": "area",
    "perimeter": "length",
    "within": "truth",
    "links": "truth",
    "touches": "truth",
    "crosses": "truth",
    "direction": "direction",
    "travel": "duration",
    "interval": "duration",
    "count": "count",
}


class Doubt(NamedTuple):
    """What is wrong with the words of a claim: the key where it shows, code, message, help and level."""

    key: str
    code: str
    message: str
    help: str
    level: Level = "error"


def expected(
    doc: ClaimDoc, *, around: tuple[str, str] | None, language: str
) -> tuple[Expectation | None, Doubt | None]:
    """Return what a claim's measurement is held to (None: nothing), and what is wrong with its words.

    Args:
        doc: the claim.
        around: what stands before and after the quote in its block of the text; None where the quote is not found,
            of whose words nothing is said then.
        language: of the story, BCP 47.
    """
    kind = doc.claim_kind
    dimension = DIMENSIONS[kind]
    if dimension == "truth":
        if doc.expect in (None, "none"):
            return None, None
        help = "leave it out; only `expect: none` is of use here"
        return None, _doubt("expect", "no-expect", f"'{kind}' is true or false and takes no 'expect'", help)
    if doc.expect is None:
        return _from_quote(doc.quote, dimension, around, language)
    if doc.expect == "none":
        # Without the words round it: else a quote that leaves out "about" would be none that can be tested.
        plain = _said(doc.quote, dimension, ("", ""), language) if around else None
        return None, _hidden(plain) if plain else None
    try:
        meant = read_expect(doc.expect, dimension)
    except QuantityError as error:
        return None, _doubt("expect", "unclear-quantity", error.message, error.help)
    said = _said(doc.quote, dimension, around, language) if around else None
    return meant, _widened(said, meant) if said and not _inside(meant.support, said.support, dimension) else None


def _from_quote(
    quote: str, dimension: Dimension, around: tuple[str, str] | None, language: str
) -> tuple[Expectation | None, Doubt | None]:
    if around is None:
        return None, None
    try:
        return read_quote(quote, dimension, before=around[0], after=around[1], language=language), None
    except QuantityError as error:
        return None, _doubt("quote", "unclear-quantity", error.message, error.help)


def _said(quote: str, dimension: Dimension, around: tuple[str, str], language: str) -> Expectation | None:
    """Return what a quote says by itself, None where that is not plain."""
    try:
        return read_quote(quote, dimension, before=around[0], after=around[1], language=language)
    except QuantityError:
        return None


def _inside(inner: Interval, outer: Interval, dimension: Dimension) -> bool:
    """Return whether an interval reaches nowhere beyond another; a limit belongs to both, and nothing is below 0."""
    if dimension == "direction":  # these go on over north
        return any(_reaches_less(inner, outer, turn_deg) for turn_deg in (-360.0, 0.0, 360.0))
    return _reaches_less(inner, outer, 0.0, least=0.0)


def _reaches_less(inner: Interval, outer: Interval, shift: float, least: float = float("-inf")) -> bool:
    low, high = max(inner.low, least) + shift, inner.high + shift
    return low >= outer.low - _ROUNDING * abs(low) and high <= outer.high + _ROUNDING * abs(outer.high)


def _hidden(said: Expectation) -> Doubt:
    message = f"'{said.words}' can be tested, and `expect: none` is for words that set no limit"
    help = "leave out `expect: none`, or list the words under 'unchecked' with the reason"
    return _doubt("expect", "no-expect", message, help)


def _widened(said: Expectation, meant: Expectation) -> Doubt:
    how = catalogue().numbers
    limits = show_interval(said.support, said.unit, how)
    more = show_interval(meant.support, meant.unit, how)
    message = f"'{said.words}' says {limits}, and 'expect' takes in more: {more}"
    help = "leave out 'expect', or narrow it to what the words say"
    return _doubt("expect", "expect-differs", message, help, "warning")


def _doubt(key: str, code: str, message: str, help: str, level: Level = "error") -> Doubt:
    return Doubt(key, code, message, help, level)
