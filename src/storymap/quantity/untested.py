"""Words of a quote that say more than is measured, and that nobody would test: "five villages within 50 km"."""

from __future__ import annotations

import re

from storymap.quantity.counts import counts_in
from storymap.quantity.directions import direction_in
from storymap.quantity.kinds import QuantityError
from storymap.quantity.phrases import Phrase, phrases_in
from storymap.quantity.rule import say_expect

# What is known already, and the number in a name: "between the two towns", "from Gate 4".
_NO_FINDING = re.compile(r"(?:\b(?:the|these|those|its|their|both)|(?<=\S )[A-Z]\w+)\s+\S+$")


def check_untested(quote: str, read: Phrase) -> None:
    """Raise `QuantityError` where a quote holds another measure, a count or a direction beside the quantity `read`.

    Readers would take all of the quote as tested. A count is the exception: in "three stations within 50 km" the
    distance says what is counted.
    """
    if read.dimension == "count":
        return
    others = [phrase for phrase in (*phrases_in(quote), *counts_in(quote)) if _is_another(quote, phrase, read)]
    words = others[0].words if others else direction_in(quote)
    if not words:
        return
    shown = " ".join(words.split())
    message = f"'{shown}' stands in the quote beside '{read.words}', and nobody would test it"
    advice = f"leave '{shown}' out of the quote, or make it a claim of its own, or {say_expect(read.dimension)}"
    raise QuantityError(message, advice)


def _is_another(quote: str, phrase: Phrase, read: Phrase) -> bool:
    if phrase.end > read.start and read.end > phrase.start:
        return False
    if phrase.dimension != "count":
        return True
    one = phrase.low == phrase.high and phrase.low <= 1 and phrase.hint == "bare"  # "one of them", "no"
    return not one and not _NO_FINDING.search(quote[: phrase.end])
