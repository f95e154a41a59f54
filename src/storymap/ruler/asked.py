"""What was asked about: a place, and where it and its uncertainty come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storymap.places import Place

Origin = Literal["places", "typed", "file"]
Basis = Literal["places", "digits", "file", "option", "unknown"]
"""Where an uncertainty comes from: the places file, the digits typed, a GeoJSON file, `--uncertainty`, nowhere."""


class RulerError(ValueError):
    """What cannot be measured: `message` says why, `help` what to type instead."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message = message
        self.help = help
        super().__init__(message)

    def __reduce__(self) -> tuple[type[RulerError], tuple[str, str]]:
        return RulerError, (self.message, self.help)


@dataclass(frozen=True, slots=True)
class Asked:
    """A place as it was asked for. Its `uncertainty_m` is None where `basis` is unknown."""

    place: Place
    origin: Origin
    basis: Basis

    def or_known_to(self, uncertainty_m: float | None) -> Asked:
        """Return it with this uncertainty (m), unless a file gives its own."""
        if uncertainty_m is None or self.basis in ("places", "file"):
            return self
        return Asked(replace(self.place, uncertainty_m=uncertainty_m), self.origin, "option")
