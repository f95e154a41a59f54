"""How a reading is put into words, the same at the terminal and on the page."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from storymap.quantity import (
    Figures,
    Interval,
    Numeral,
    Unit,
    figures,
    fineness,
    sensible_unit,
    show_margin,
    show_quantity,
    show_range,
    show_spread,
    turn_towards,
    wind_of,
)
from storymap.scene import Amount, Measurement, Message, Reading, Verdict
from storymap.strings import Catalogue

_CONVERTED = 4  # digits of a single limit in units that are not those of the words: 1 km is under 0.6214 miles
_ABOVE_ZERO = Interval(0.0, math.inf, low_open=True)  # what a claim without a number demands of its margin


def unit_of(reading: Reading) -> Unit:
    """Return the unit in which a reading is shown: what a reader asked for, that of the words, or one that suits."""
    if reading.unit is not None:
        return reading.unit
    measured, expected = reading.measurement, reading.expectation
    # A margin may be 0 or small beside its uncertainty, which is then what must be readable.
    size = max(abs(measured.value), *reach_of(measured)) if measured.dimension == "truth" else measured.value
    return sensible_unit(measured.dimension, size, said=expected.unit if expected else None)


def reach_of(measured: Measurement) -> tuple[float, float]:
    """Return how far the measured interval reaches below and above the value, in SI units."""
    return measured.value - measured.low, measured.high - measured.value


def fineness_of(measured: Measurement) -> float:
    """Return the uncertainty (SI) whose digits the value is shown with."""
    return fineness(*reach_of(measured))


def value_of(reading: Reading, words: Catalogue) -> str:
    """Return the measured value with its unit, to the digits that it is known to: "127.5 km", "48° (north-east)"."""
    measured = reading.measurement
    return _value(measured.value, fineness_of(measured), unit_of(reading), words)


def number_and_unit_of(reading: Reading, words: Catalogue) -> tuple[str, str, str]:
    """Return the measured value in parts: number, unit, and what stands between them: ("127.5", "km", " ")."""
    return split_quantity(value_of(reading, words))


def split_quantity(shown: str) -> tuple[str, str, str]:
    """Return a quantity, as it is shown, in parts: number, unit, and what stands between them."""
    found = _PARTS.fullmatch(shown)
    return (found[1], found[3], found[2]) if found else (shown, "", "")


def spread_of(reading: Reading, words: Catalogue) -> str:
    """Return how far the truth may lie from the value: "± 0.3 km", "−5 / +2,400 km"."""
    return show_spread(*reach_of(reading.measurement), unit_of(reading), words.numbers)


def figures_of(reading: Reading, words: Catalogue) -> Figures:
    """Return the numbers of a reading for print, from which its verdict can be worked out again."""
    measured, accepted = reading.measurement, accepted_by(reading)
    turn = turn_towards(measured.value, accepted[0]) if accepted and measured.dimension == "direction" else 0.0
    value, low, high = (number + turn for number in (measured.value, measured.low, measured.high))
    digits = 6 if reading.unit is None else _CONVERTED
    return figures(value, low, high, unit_of(reading), words.numbers, accepted, digits)


def accepted_by(reading: Reading) -> tuple[Interval, Interval] | None:
    """Return the core and the support (SI) that a reading is held against; None where the words set no limit."""
    if reading.expectation is not None:
        return reading.expectation.core, reading.expectation.support
    return (_ABOVE_ZERO, _ABOVE_ZERO) if reading.verdict is not Verdict.TOO_LOOSE else None


def needed_by(reading: Reading, words: Catalogue, *, both: str = "needed.both") -> str:
    """Return what the words demand of the value and, where that differs, of its interval; or a sentence of its own.

    `both` is the key of the sentence for the two.
    """
    if reading.expectation is None:
        return words.say("needed.none" if reading.verdict is Verdict.TOO_LOOSE else "needed.truth")
    shown = figures_of(reading, words)
    if reading.expectation.support == reading.expectation.core:
        return shown.core
    return words.say(both, core=shown.core, support=shown.support)


def margin_of(reading: Reading, words: Catalogue) -> str:
    """Return how far the value keeps from the limit, and its interval; "" where there is none, or nothing is proved."""
    if reading.margin is None or reading.margin_at_worst is None or "not-independent" in reading.reasons:
        return ""
    unit, place = unit_of(reading), figures_of(reading, words).place
    size, worst = (
        show_margin(margin, place, unit, words.numbers) for margin in (reading.margin, reading.margin_at_worst)
    )
    if reading.margin < 0:
        return words.say("margin.over", value=size)
    spare = words.say("margin.spare", value=size) if reading.margin > 0 else words.say("margin.none")
    if reading.margin_at_worst < 0:
        return words.say("margin.worst-over", margin=spare, value=worst)
    return words.say("margin.worst", margin=spare, value=worst) if reading.margin_at_worst > 0 else spare


def why(reading: Reading, words: Catalogue) -> str:
    """Return why a reading is too close to call, with the limit that lies inside its interval; "" for the others."""
    if not reading.reasons:
        return ""
    if "not-independent" in reading.reasons:
        return words.say("reason.not-independent")
    shown, sentences = figures_of(reading, words), []
    measured, accepted = reading.measurement, accepted_by(reading)
    if "definition" in reading.reasons and accepted and _leaves_open(measured, *accepted):
        sentences.append(words.say("reason.definition", core=shown.core, support=shown.support))
    if shown.crossed:
        key = "reason.limit" if len(shown.crossed) == 1 else "reason.limits"
        sentences.append(words.say(key, first=shown.crossed[0], last=shown.crossed[-1]))
        added = [each.code for each in measured.widenings if each.code in reading.reasons]
        sentences += [words.say(f"reason.{code}-only") for code in dict.fromkeys(added)]
    return words.together(sentences)


def said(message: Message, words: Catalogue) -> str:
    """Return a message in the catalogue's language, its first letter large."""
    values = {name: _filled(value, words) for name, value in message.values.items()}
    text = words.say(message.key, **values)
    return text[:1].upper() + text[1:]


def said_date(when: date, words: Catalogue) -> str:
    """Return a date in words: "25 April 2019"."""
    return words.date(when)


def _filled(value: str | Amount | Numeral, words: Catalogue) -> str | Numeral:
    if isinstance(value, Numeral):
        return value
    if isinstance(value, str):
        return _MOMENT.sub(lambda found: _moment(found[0], words), value)
    if value.low == value.high:
        return _value(value.low, value.u, value.unit, words)
    return show_range(value.low, value.high, value.unit, value.u, words.numbers)


def _value(value: float, u: float, unit: Unit, words: Catalogue) -> str:
    number = show_quantity(value, u, unit, words.numbers)
    if unit.dimension != "direction":
        return number
    return words.say("wind.with", bearing=number, wind=words.say(f"wind.{wind_of(value)}"))


def _leaves_open(measured: Measurement, core: Interval, support: Interval) -> bool:
    value = measured.value
    if measured.dimension == "direction":
        value += turn_towards(value, core)
    return support.contains(value) and not core.contains(value)


# A number, or the degrees of a direction; what parts it from its unit; the unit, or the name of a wind.
_PARTS = re.compile(r"(.*\d°?\u2069?|.?∞)(\s*)(.*)")

# Measures hand on moments as they stand in the story file; readers get them in words.
_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d(?:\.\d+)?)?)?\b")


def _moment(text: str, words: Catalogue) -> str:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = said_date(when.date(), words)
    return words.say("page.moment", time=text[len("2019-04-25 ") :], date=day) if ":" in text else day
