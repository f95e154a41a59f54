"""Which phrases of a prose text measure something that a map could check."""

from __future__ import annotations

from itertools import pairwise

from storymap.quantity.kinds import Dimension
from storymap.quantity.phrases import Phrase, phrases_in
from storymap.quantity.tokens import tokens_of

_PLACE_WORDS = (
    "away from off apart long wide deep high north south east west across inland upstream downstream upriver "
    "downriver offshore outside beyond past walk ride drive hike swim"
)
_TRAVEL_WORDS = (
    "drive walk ride flight journey sail march trip crossing hike voyage train bus away by from north south east west"
)
# What makes "a mile" or "an hour" a measurement, by what it measures; other dimensions a map cannot check.
_BESIDE: dict[Dimension, frozenset[str]] = {
    "length": frozenset(_PLACE_WORDS.split()),
    "area": frozenset({"of"}),
    "duration": frozenset(_TRAVEL_WORDS.split()),
}
_TOO_SMALL = frozenset({"mm", "cm", "in"})


def find_measures(text: str) -> list[Phrase]:
    """Return the phrases of a prose text that a map could check: lengths, areas, and times of travel.

    A time counts in minutes and hours only (days, months and years mostly tell of history and age), a length from a
    foot up, and "a mile" or "an hour" only with a hedge, a limit, or a word of place or travel beside it ("a mile
    off", "an hour's drive").
    """
    tokens = tokens_of(text)
    follows = {left.end: right.text for left, right in pairwise(token for token in tokens if token.kind != "dash")}
    return [phrase for phrase in phrases_in(text) if _can_be_mapped(phrase, follows.get(phrase.end, ""))]


def _can_be_mapped(phrase: Phrase, next_word: str) -> bool:
    beside = _BESIDE.get(phrase.dimension)
    if beside is None or phrase.unit.symbol in _TOO_SMALL:
        return False
    if phrase.dimension == "duration":
        clock = not phrase.clear and ":" in phrase.words  # "9:06 hours"
        if phrase.unit.symbol not in ("min", "h") or clock or phrase.words.startswith("24-"):
            return False
    return not phrase.article or phrase.hint != "bare" or next_word in beside
