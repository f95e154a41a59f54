"""A claim to paste for words that measure something and that nobody has claimed: quote, likely measure, likely places.

The measure is guessed from the word that stands nearest to the quantity and tells of one ("long", "from", "coastline"),
the places from their names in the same sentence. What cannot be known stands in capitals: it must be replaced, and a
check says so while it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice, zip_longest
from textwrap import indent

import shapely

from storymap.places import Place
from storymap.prose import Found, Prose, QuoteError, find_quote
from storymap.quantity import Phrase, QuantityError, read_quote

_SENTENCE_ENDS = re.compile(r"[.!?…][”’\")]*\s+(?=[“‘\"(]?[A-Z])|\n")
_CLAUSE_ENDS = re.compile(r"[,;:()]|\s[–—-]\s")
_BY = re.compile(r"\bby (\w+)\b")
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 8  # words to each side of the quantity in which a word that tells of a measure is looked for
_PLAIN = re.compile(r"\w(?:[^\n:#]|:(?=\S)|(?<=\S)#)*(?<![\s:])")  # what YAML reads as text without quote marks
_TO_FILL_IN = re.compile(r"A-PLACE|ANOTHER-PLACE|A-LINE|AN-AREA|SLOW|YYYY")
_LINE, _AREA = 1, 2  # dimensions of a geometry

_TELLS_OF = {
    "distance": "from away apart off between distance within north south east west northeast northwest southeast "
    "southwest inland offshore upstream downstream wide width across beyond past separates separate above below "
    "high tall deep",
    "length": "long length stretch stretches stretched runs ran extends extended winds border frontier river road "
    "highway motorway street bridge tunnel railway line canal route pipeline wall fence trail path track lane chain",
    "perimeter": "perimeter circumference coastline shoreline around round circuit",
    "travel": "drive driving walk walking ride flight flying fly journey crossing trip train bus car rail ferry boat "
    "plane foot bike sail sailing march hike voyage commute travel travels travelled road away takes",
}
_KIND_OF = {word: kind for kind, words in _TELLS_OF.items() for word in words.split() if kind != "travel"}
_TRAVEL = frozenset(_TELLS_OF["travel"].split())


@dataclass(frozen=True, slots=True)
class _Named:
    """A place whose name stands in the sentence, and where."""

    id: str
    start: int
    dimension: int


def how_to_claim(prose: Prose, phrase: Phrase, places: Mapping[str, Place], language: str, *, first: bool) -> str:
    """Return what an author can do about words that measure something, and below it the claim to paste.

    `first`: the step has no claims yet, so that the key of their list comes along.
    """
    stub = claim_stub(prose, phrase, places, language)
    if not stub:
        return "list it under 'unchecked' with the reason; for a claim, move the link or the *emphasis* off these words"
    fill_in = ", with your own words for those in capitals" if _TO_FILL_IN.search(stub) else ""
    below = f"claims:\n{indent(stub, '  ')}" if first else stub
    return f"list it under 'unchecked' with the reason, or claim it{fill_in}:\n{below}"


def claim_stub(prose: Prose, phrase: Phrase, places: Mapping[str, Place], language: str) -> str:
    """Return an entry of a step's `claims:` in YAML that quotes a phrase of its prose, without the list's own key.

    "" where the words cannot be quoted: they stand in a link, or run out of *emphasised* words.
    """
    quoted = _quoted(prose, phrase)
    if quoted is None:
        return ""
    quote, nth = quoted
    start, end = _sentence(prose.text, phrase)
    kind = _kind(prose.text, phrase, start, end)
    lines = [f"- quote: {_scalar(quote)}"]
    if nth is not None:
        lines.append(f"  nth: {nth}")
    lines.append(f"  {_measure(kind, phrase, list(_named(prose.text, start, end, phrase, places)))}")
    lines += [f"  # {advice}" for advice in _unread(prose.text[start:end], phrase, start, quote, language)]
    return "\n".join(lines)


def _quoted(prose: Prose, phrase: Phrase) -> tuple[str, int | None] | None:
    """Return the words by which a claim quotes a phrase, and which of several it is."""
    quote = " ".join(phrase.words.split())
    likely = prose.text.count(phrase.words, 0, phrase.start) + 1
    for nth in chain([None, likely], count(1)):
        try:
            found = find_quote(prose, quote, nth)
        except QuoteError as error:
            if error.code == "quote-missing" or (error.code == "quote-nth" and nth != likely):  # this was the last
                break
            continue
        if found == Found(phrase.start, phrase.end):
            return quote, nth
    return None


def _unread(sentence: str, phrase: Phrase, start: int, quote: str, language: str) -> tuple[str, ...]:
    """Return why the quote alone cannot be read, and what to add; nothing where it can."""
    before, after = sentence[: phrase.start - start], sentence[phrase.end - start :]
    try:
        read_quote(quote, phrase.dimension, before=before, after=after, language=language)
    except QuantityError as error:
        return error.message, error.help
    return ()


def _sentence(text: str, phrase: Phrase) -> tuple[int, int]:
    """Return where the sentence round a phrase begins and ends."""
    start, end = 0, len(text)
    for stop in _SENTENCE_ENDS.finditer(text):
        if stop.end() <= phrase.start:
            start = stop.end()
        elif stop.start() >= phrase.end:
            end = stop.start()
            break
    return start, end


def _kind(text: str, phrase: Phrase, start: int, end: int) -> str:
    """Return the likely measure of a phrase within its sentence: a claim's kind, or "way" for a distance by road."""
    if phrase.dimension == "area":
        return "area"
    before, after = text[start : phrase.start].lower(), text[phrase.end : end].lower()
    if phrase.dimension == "duration":
        return "travel" if _TRAVEL & {*_WORD.findall(before), *_WORD.findall(after)} else "interval"
    clause = f"{_CLAUSE_ENDS.split(before)[-1]} {_CLAUSE_ENDS.split(after)[0]}"
    if any(way in _TRAVEL for way in _BY.findall(clause)):  # by road
        return "way"
    if phrase.words.lower().startswith("within"):
        return "distance"
    nearest = zip_longest(_WORD.findall(after), reversed(_WORD.findall(before)))
    kinds = (_KIND_OF.get(word) for words in islice(nearest, _REACH) for word in words if word)
    return next((kind for kind in kinds if kind), "distance")


def _named(text: str, start: int, end: int, phrase: Phrase, places: Mapping[str, Place]) -> Iterator[_Named]:
    """Yield the places whose names stand in a sentence, in its order; of names in each other the longest."""
    sentence = text[start:end].casefold()
    taken = [range(phrase.start - start, phrase.end - start)]
    found: list[_Named] = []
    names = [(name.removeprefix("the ").casefold(), place) for place in places.values() for name in _names(place)]
    for name, place in sorted(names, key=lambda pair: -len(pair[0])):
        at = _whole_word(sentence, name) if name in sentence else -1
        here = range(at, at + len(name))
        known = any(other.id == place.id for other in found)
        if at >= 0 and not known and not any(here.start < other.stop and other.start < here.stop for other in taken):
            taken.append(here)
            found.append(_Named(place.id, start + at, int(shapely.get_dimensions(place.geometry))))
    return iter(sorted(found, key=lambda named: named.start))


def _names(place: Place) -> Iterator[str]:
    return (name for name in (place.name, place.in_text) if name and len(name) > 2)


def _whole_word(text: str, name: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return -1 if found is None else found.start()


def _measure(kind: str, phrase: Phrase, named: Sequence[_Named]) -> str:
    """Return the measure as one line of YAML, with the places that fit it."""
    line = next((place.id for place in named if place.dimension == _LINE), "A-LINE")
    area = next((place.id for place in named if place.dimension == _AREA), "AN-AREA")
    match kind:
        case "length":
            return f"length: {line}"
        case "area" | "perimeter":
            return f"{kind}: {area}"
        case "travel":
            return f"travel: {{along: {line}, speed: SLOW..FAST km/h}}"
        case "interval":
            return "interval: {from: YYYY-MM-DD, to: YYYY-MM-DD}"
        case "way":
            from_, to = _ends(phrase, [place for place in named if place.id != line])
            return f"distance: {{from: {from_}, to: {to}, along: {line}}}"
    from_, to = _ends(phrase, named)
    return f"distance: {{from: {from_}, to: {to}}}"


def _ends(phrase: Phrase, named: Sequence[_Named]) -> tuple[str, str]:
    """Return the places between which a distance lies: one named before and one after it, else both on one side."""
    before = [place.id for place in named if place.start < phrase.start]
    after = [place.id for place in named if place.start > phrase.start]
    if before and after:
        return before[-1], after[0]
    if after:
        return (after[0], after[1]) if len(after) > 1 else ("A-PLACE", after[0])
    if len(before) > 1:
        return before[-2], before[-1]
    return (before[0] if before else "A-PLACE"), "ANOTHER-PLACE"


def _scalar(text: str) -> str:
    """Return a text as YAML, in quote marks only where it needs them."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
