"""Whether a quote cuts off words or digits of its text that change what it measures: "not", the "1" of "1 500"."""

from __future__ import annotations

from dataclasses import replace

from storymap.quantity.counts import counts_in
from storymap.quantity.kinds import QuantityError
from storymap.quantity.phrases import Phrase, phrases_in
from storymap.quantity.rule import say_expect


def check_surroundings(before: str, quote: str, after: str, phrase: Phrase) -> None:
    """Raise `QuantityError` where `phrase` of a quote says something else between the words that stand round it.

    The sense is that of the phrase which is found at the same place in the text as a whole.
    """
    start, end = len(before), len(before) + len(quote)
    here = replace(phrase, start=phrase.start + start, end=phrase.end + start)
    find = counts_in if phrase.dimension == "count" else phrases_in
    there = [p for p in find(before + quote + after) if p.start < here.end and here.start < p.end]
    # "150 km" of "150 km (93 miles)" says no less than all of it.
    if [replace(p, start=here.start, end=here.end, words=here.words) for p in there] == [here]:
        return
    doubt = next((p.doubt for p in there if p.doubt and p.start == here.start), "")
    if doubt:
        message = f"'{' '.join(doubt.split())}' in the text may change what '{phrase.words}' says"
        raise QuantityError(message, say_expect(phrase.dimension))
    wide = next((p for p in there if p.start < start or p.end > end), None)
    if wide is None:  # a price, an age, a rate … or "5 km or more" cut off from "than 7"
        message = f"the words round the quote change what '{phrase.words}' says"
        raise QuantityError(message, f"quote those words too, or {say_expect(phrase.dimension)}")
    text = before + quote + after
    cut = [words for words in (text[wide.start : start].strip(), text[end : max(end, wide.end)].strip()) if words]
    left_out = " and ".join(f"'{words}'" for words in cut)
    message = f"the text says '{' '.join(wide.words.split())}', and the quote leaves out {left_out}"
    raise QuantityError(message, f"quote {left_out} too, or {say_expect(phrase.dimension)}")
