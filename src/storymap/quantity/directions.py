"""Directions in people's words: "to the north-east of", "due south", "30..60 degrees" → an interval of degrees.

Degrees count from north by way of east. A sector that reaches over north goes below 0 or above 360. A direction by one
of eight names is surely meant up to the middle between it and the next (22.5°), and may still be meant up to the next
(45°); sixteen names, or "due", halve and quarter that. The principle is that of all words here: a name stands for what
no other name of its set would say better; the factors are ours (docs/claims.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from storymap.quantity.denials import denials_in
from storymap.quantity.kinds import Expectation, Interval, QuantityError
from storymap.quantity.numerals import numeral_at
from storymap.quantity.phrases import phrases_in
from storymap.quantity.rule import say_expect
from storymap.quantity.tokens import tokens_of
from storymap.quantity.units import DEGREE

WINDS = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
"""The sixteen directions, from north by way of east, 22.5° from each to the next."""

_LETTERS = {"north": "n", "east": "e", "south": "s", "west": "w"}
_CARDINAL, _JOINT = r"(?:north|south|east|west)", r"[-‐‑–\s]?"
_COMPASS = re.compile(
    rf"\b(?P<name>{_CARDINAL}(?:{_JOINT}{_CARDINAL}){{0,2}})(?P<suffix>erly|wards?|ern|ernmost|bound)?\b(?!['’]\w)"
    rf"|\b(?P<short>(?-i:[NS]{{1,2}}[EW]|[EW][NS][EW]))\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![\w.])[NESW](?![\w.])")  # alone it is a direction in `expect:` only
_BETWEEN = re.compile(r"\s*[,/]?\s*(?:[-–—]|or|and|to|by|of|but|then|and then)?\s*(?:the|due)?\s*", re.IGNORECASE)
_SLIGHTLY = re.compile(
    r"\b(?:slightly|somewhat|almost|nearly|a (?:little|bit|touch|shade|fraction))\s+(?:to the\s+)?$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:further|farther|more|most|less|least|magnetic|(?:as|so|too|that)\s+far)\s+$", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:(?:any|every|no|all)\w* but|rather than|other than|opposed|unlike|far from)\b[^,;.:!?()]*$", re.IGNORECASE
)  # and all that `denials_in` knows
_NEAR, _NEXT = 240, 60  # characters before and after a direction that can qualify it
_IN_THE = re.compile(r"\b(?:in|into|within|inside|on|at|along|throughout|across)\s+the\s+(?:\w+\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|out of)\s+(?:the\s+)?$", re.IGNORECASE)
_COMES = re.compile(r"\s+(?:wind|breeze|gale|swell|storm|current|airflow)s?\b", re.IGNORECASE)
_SIDES = "side bank coast coastline shore shoreline end half part edge corner tip face slope wing gate entrance wall"
_PART = re.compile(rf"[-\s]+(?:{'|'.join(_SIDES.split())}|pole|quarter|(?!of\b)(?-i:[A-Z]\w+))\b", re.IGNORECASE)
_HEDGES = frozenset("roughly broadly generally approximately about mainly mostly largely loosely".split())
_DUE = frozenset("due directly straight exactly precisely dead".split())
_FILLERS = frozenset("to the toward towards a an".split())
_NAMED = frozenset("Far Near Middle Deep Wild Mid".split())  # the Far East
_DEGREES = re.compile(
    r"(?P<hedge>about|around|roughly|approximately|approx\.?|circa|some|~|≈|exactly|precisely)?\s*"
    r"(?P<low>\d{1,3}(?:\.\d{1,6})?)\s*(?P<unit>°|º|degrees?|deg)?\s*"
    r"(?:(?:\.\.|[-–—]|to)\s*(?P<high>\d{1,3}(?:\.\d{1,6})?)\s*(?P<last>°|º|degrees?|deg))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+$")


@dataclass(frozen=True, slots=True)
class _Mention:
    """Words of a text that say a direction, with those that qualify it: its sectors, or why it is not clear."""

    start: int
    end: int
    sectors: tuple[Interval, Interval] | None
    fault: str = ""


def wind_of(bearing_deg: float) -> str:
    """Return the nearest of the sixteen `WINDS` to a direction in degrees."""
    return WINDS[round(bearing_deg / 22.5) % 16]


def turn_towards(bearing_deg: float, sector: Interval) -> float:
    """Return the multiple of 360° that brings a direction as near as may be to the middle of a sector."""
    return 360.0 * round(((sector.low + sector.high) / 2 - bearing_deg) / 360.0)


def read_direction(quote: str, *, before: str = "", after: str = "") -> Expectation:
    """Return the direction that a quote names; `before` and `after` stand round it in the text.

    Raises `QuantityError` where it names none or two, where it may mean something else ("in the north of"), where
    the words round it change what it says, or where the quote also holds a quantity.
    """
    text, start, end = before + quote + after, len(before), len(before) + len(quote)
    found = [m for m in _mentions(text) if m.start < end and start < m.end]
    way_out = say_expect("direction")
    clear = [m for m in found if not m.fault]
    for mention in found:
        # A "northern" beside a plain direction tells which thing is meant; all else makes the direction doubtful.
        if mention.fault and not (clear and mention.fault == _FAULTS["ern"]):
            raise QuantityError(f"'{_words(text, mention)}' {mention.fault}", way_out)
    if not clear:
        raise QuantityError("the quote does not name a direction, such as 'north-east of'", way_out)
    if len(clear) > 1:
        both = " and ".join(f"'{_words(text, mention)}'" for mention in clear)
        raise QuantityError(f"the quote names {both}", f"quote only one of them, or {way_out}")
    only = clear[0]
    near = text[max(only.start - _NEAR, 0) : only.start]
    denial = denials_in(tokens := tokens_of(near)).any[-1]
    if denial >= 0:  # "nowhere, they say, is it south of"
        raise QuantityError(f"'{_words(text, only)}' may be denied by the '{tokens[denial].text}' before it", way_out)
    cut = [words for words in (text[only.start : start].strip(), text[end : max(end, only.end)].strip()) if words]
    if cut:
        left_out = " and ".join(f"'{words}'" for words in cut)
        message = f"the text says '{_words(text, only)}', and the quote leaves out {left_out}"
        raise QuantityError(message, f"quote {left_out} too, or {way_out}")
    untested = phrases_in(quote)
    if untested:  # readers would take the whole quote as tested
        message = f"'{untested[0].words}' is a {untested[0].dimension}, which a direction does not test"
        raise QuantityError(message, f"quote '{_words(text, only)}' without it, or {way_out}")
    return _expectation(_words(text, only), only.sectors, by_author=False)


def direction_in(text: str) -> str:
    """Return the first words of a text that say where something lies, with an "of …" after them; "" if none do.

    Parts of a place (the northern tip, the south coast) and where something comes from say nothing of that.
    """
    for mention in _mentions(text):
        if mention.fault not in (_FAULTS[code] for code in ("ern", "ernmost", "bound", "in the", "from")):
            more = re.match(r"\s+of\b", text[mention.end : mention.end + _NEXT])
            return _words(text, mention) + (" of …" if more else "")
    return ""


def read_expected_direction(text: str) -> Expectation:
    """Return what an author's `expect:` says of a direction: "north-east", "about 45°", "350..10 degrees"."""
    stripped = text.strip()
    degrees = _DEGREES.fullmatch(stripped)
    if degrees and (degrees["unit"] or degrees["last"]):
        return _expectation(stripped, _of_degrees(degrees), by_author=True)
    spelt = _LETTER.sub(lambda letter: next(k for k, v in _LETTERS.items() if v == letter[0].lower()), stripped)
    found = list(_mentions(spelt))
    rest = spelt[: found[0].start] + spelt[found[0].end :] if len(found) == 1 else ""
    if len(found) != 1 or found[0].fault or set(rest.lower().split()) - _FILLERS - {"of"}:
        why = f", because '{_words(spelt, found[0])}' {found[0].fault}" if len(found) == 1 and found[0].fault else ""
        advice = "write north-east, due south, about 45° or 30..60 degrees"
        raise QuantityError(f"'{stripped}' cannot be read as a direction{why}", advice)
    return _expectation(stripped, found[0].sectors, by_author=True)


def _expectation(words: str, sectors: tuple[Interval, Interval] | None, *, by_author: bool) -> Expectation:
    if sectors is None:
        raise AssertionError("a mention without a fault has its sectors")
    return Expectation(words, "direction", DEGREE, *sectors, by_author)


def _of_degrees(found: re.Match[str]) -> tuple[Interval, Interval]:
    """Degrees by the rule of numbers, save that its floors do not grow with them: 5° is as much at 5° as at 355°."""
    numeral = numeral_at(tokens_of(found["low"]), 0)
    low, high = float(found["low"]), float(found["high"] or found["low"])
    if max(low, high) > 360 or (found["high"] and low == high) or numeral is None:
        raise QuantityError(f"'{found[0]}' is no direction", "degrees go from 0 (north) over 90 (east) to 360")
    hedge = (found["hedge"] or "").lower()
    hedged = hedge not in ("", "exactly", "precisely")
    if found["high"]:
        high += 360.0 * (high < low)
        core, support = (5.0, 10.0) if hedged else (0.0, 0.0)
    else:
        h = min(numeral.grain / 2, 5.0)
        core, support = (max(2 * h, 5.0), max(4 * h, 10.0)) if hedged else (h, h if hedge else 2 * h)
    return Interval(low - core, high + core), Interval(low - support, high + support)


def _words(text: str, mention: _Mention) -> str:
    return " ".join(text[mention.start : mention.end].split())


_FAULTS = {
    "ern": "names a part of a place, not a direction",
    "ernmost": "ranks, and a direction cannot test a rank",
    "bound": "says where something is going, not where it lies",
    "two": "names two directions",
    "in the": "names a part of a place; whether something lies in it is a claim of its own (`within`)",
    "from": "says where something comes from",
    "slightly": "leaves open how far",
    "compared": "compares, and does not name one direction",
}


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield the directions of a text in order; parts of names (North Korea) and limits (north of 80 km) are none."""
    found = [m for m in _COMPASS.finditer(text) if not _is_name(text, m) and not _is_limit(text, m)]
    waiting: _Mention | None = None
    for match, following in pairwise([*found, None]):
        assert match is not None  # noqa: S101  (only the last is None)
        here = _mention(text, match)
        if waiting is not None:  # it goes on from the one before
            here = _Mention(waiting.start, here.end, None, _FAULTS["two"])
        # "south of the northern border" names one direction, "east of north" two.
        goes_on = (
            following is not None
            and following["suffix"] not in ("ern", "ernmost")
            and _BETWEEN.fullmatch(text[match.end() : following.start()])
        )
        waiting = here if goes_on else None
        if not goes_on:
            yield here


def _mention(text: str, match: re.Match[str]) -> _Mention:
    window = max(match.start() - _NEAR, 0)
    before, after, start = text[window : match.start()], text[match.end() : match.end() + _NEXT], match.start()
    wind = (match["short"] or "".join(_LETTERS[w] for w in re.findall(_CARDINAL, match["name"].lower()))).lower()
    suffix = (match["suffix"] or "").lower()
    bare = _Mention(start, match.end(), None)
    if suffix in ("ern", "ernmost", "bound"):
        return replace(bare, fault=_FAULTS[suffix])
    if wind not in WINDS:
        return replace(bare, fault=_FAULTS["two"])
    if _COMES.match(after):
        return replace(bare, fault=_FAULTS["from"])
    if not suffix and _PART.match(after):
        return replace(bare, fault=_FAULTS["ern"])
    start, hedged, due = _qualifiers(before)
    start += window
    for code, pattern in (("in the", _IN_THE), ("from", _FROM), ("slightly", _SLIGHTLY), ("compared", _COMPARED)):
        unclear = pattern.search(before)
        if unclear:
            return _Mention(window + unclear.start(), match.end(), None, _FAULTS[code])
    leading = text[window:start].rstrip()
    if re.search(r"\b(?:almost|nearly)$", leading, re.IGNORECASE):  # "almost due north" is what "roughly due north" is
        hedged, start = True, window + leading.rfind(" ") + 1
    denied = _DENIED.search(text[window:start])
    if denied:
        return _Mention(
            window + denied.start(), match.end(), None, f"may be denied by the '{denied[0].split()[0]}' before it"
        )
    core, support = (5.625, 11.25) if due else (11.25, 22.5) if len(wind) == 3 else (22.5, 45.0)
    if hedged:
        core, support = 2 * core, 1.5 * support
    middle = 22.5 * WINDS.index(wind)
    sectors = Interval(middle - core, middle + core), Interval(middle - support, middle + support)
    return _Mention(start, match.end(), sectors)


def _qualifiers(before: str) -> tuple[int, bool, bool]:
    """Return (where the words begin that qualify the direction after `before`, is it hedged, is it "due")."""
    start, at, hedged, due = len(before), len(before), False, False
    while word := _WORD.search(before[:at].rstrip()):
        text = word[0].lower()
        at = word.start()
        if text in _HEDGES or text in _DUE:
            hedged, due, start = hedged or text in _HEDGES, due or text in _DUE, at
        elif text not in _FILLERS:
            break
    return start, hedged, due


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Return whether a direction is part of a name: North Korea, the Far East, the South (but: North of Seoul)."""
    words = match[0]
    if match["short"] or not words[0].isupper() or (words.isupper() and len(words) > 1):
        return False
    before = text[max(match.start() - _NEAR, 0) : match.start()].rstrip()
    after = text[match.end() : match.end() + _NEXT]
    last = _WORD.search(before)
    if re.match(r"[-\s]+[A-Z]", after) or (last and last[0] in _NAMED):
        return True
    return bool(last and last[0].lower() == "the" and not re.match(r"\s+of\b", after))


def _is_limit(text: str, match: re.Match[str]) -> bool:
    """Return whether a direction is the idiom for a limit: "north of 80 km" is more than 80 km."""
    after = text[match.end() : match.end() + _NEXT]
    of = re.match(r"\s+of\s+(?:about\s+|some\s+)?", after)
    return of is not None and numeral_at(tokens_of(after[of.end() :]), 0) is not None
