"""What is told of a reading, in every reader's units: the story's own, all metric, all in miles and feet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from storymap.quantity import Numeral, System, Unit, unit_in
from storymap.scene import Amount, Measurement, Message, Reading
from storymap.wording import unit_of

Value = str | Amount | Numeral
SYSTEMS: tuple[System, ...] = ("km", "miles")


@dataclass(frozen=True, slots=True)
class Told:
    """Words with quantities in the story's own units, and the same words all in km, and all in miles."""

    own: str
    km: str
    miles: str

    def __str__(self) -> str:
        """Return the words as the story has them: what stands on the page until a reader asks for others."""
        return self.own

    def __bool__(self) -> bool:
        """Return whether there are words at all."""
        return bool(self.own)

    @property
    def any(self) -> bool:
        """Whether there are words in some units."""
        return bool(self.own or self.km or self.miles)

    def of(self, system: System | None) -> str:
        """Return the words in a system; None is the story's own units."""
        return {None: self.own, "km": self.km, "miles": self.miles}[system]

    @property
    def versions(self) -> dict[str, str]:
        """The words in those systems where they differ from the story's own."""
        return {system: self.of(system) for system in SYSTEMS if self.of(system) != self.own}


def plain(text: str) -> Told:
    """Return words without a quantity, or with one that stands as its author wrote it."""
    return Told(text, text, text)


def in_all(say: Callable[[System | None], str]) -> Told:
    """Return what `say` makes of the story's own units (None) and of both systems."""
    return Told(say(None), say("km"), say("miles"))


def systems(thing: object) -> tuple[System, ...]:
    """Return the systems in which some words differ from the story's own, in all that a thing holds."""
    differ = {system for told in _all_told(thing) for system in told.versions}
    return tuple(system for system in SYSTEMS if system in differ)


def _all_told(thing: object) -> Iterator[Told]:
    if isinstance(thing, Told):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from _all_told(part)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from _all_told(getattr(thing, each.name))


@dataclass(frozen=True, slots=True)
class Versions:
    """One reading to be told three times."""

    own: Reading
    km: Reading
    miles: Reading

    def __iter__(self) -> Iterator[Reading]:
        return iter((self.own, self.km, self.miles))

    def tell(self, say: Callable[[Reading], str]) -> Told:
        """Return what `say` makes of the reading."""
        own = say(self.own)
        km, miles = (own if reading is self.own else say(reading) for reading in (self.km, self.miles))
        return Told(own, km, miles)


def versions(reading: Reading) -> Versions:
    """Return a reading in every reader's units; the very same where it has no unit of the other system."""
    return Versions(reading, converted(reading, "km"), converted(reading, "miles"))


def converted(reading: Reading, system: System) -> Reading:
    """Return a reading to be told all in one system: its own numbers and those in its sentences."""
    unit = unit_of(reading)
    found, measured = unit_in(system, unit), _measurement(reading.measurement, system)
    if found == unit and measured == reading.measurement:
        return reading
    return replace(reading, unit=found, measurement=measured)


def _measurement(found: Measurement, system: System) -> Measurement:
    label = found.short_label
    return replace(
        found,
        method=message_in(found.method, system),
        what=message_in(found.what, system),
        notes=tuple(message_in(note, system) for note in found.notes),
        short_label=label and message_in(label, system),
        workings=tuple(message_in(step, system) for step in found.workings),
    )


def message_in(message: Message, system: System | None) -> Message:
    """Return a message with its quantities in the units of a system; None leaves them."""
    if system is None:
        return message
    return replace(message, values={name: _value(value, system) for name, value in message.values.items()})


def _value(value: str | Amount | Numeral, system: System) -> str | Amount | Numeral:
    return replace(value, unit=_unit(value.unit, system)) if isinstance(value, Amount) else value


def _unit(unit: Unit, system: System) -> Unit:
    return unit_in(system, unit)
