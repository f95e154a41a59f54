"""What a reader needs to work out an interval by hand (docs/claims.md), as sentences in the order of the computation.

Uncertainties are told as they were given; what was measured has so many digits that they change the interval by less
than a hundredth of its half. All of it in metres or kilometres, whatever the unit of the words.
"""

from __future__ import annotations

from storymap.claims.given import uncertainty_m
from storymap.places import Place
from storymap.quantity import Dimension, Numeral, Unit, sensible_unit
from storymap.scene import Amount, LonLat, Message, Widening

_SETTLED_M = 1e-5  # less than any search leaves open, more than sums are rounded by
_FINE = 0.01  # of the uncertainty
_DIGITS = 6  # to which an exact amount is printed


def worked(key: str, **values: str | Amount | Numeral) -> Message:
    """Return a sentence of workings: its key in the catalogue after `work-`, and what to fill in."""
    return Message(f"claims.work-{key}", values)


def fine(value: float, half: float, dimension: Dimension = "length") -> Amount:
    """Return what was measured (SI) with the digits for an interval of ± `half` (SI)."""
    return Amount(value, value, half * _FINE, sensible_unit(dimension, value))


def exact(value: float, dimension: Dimension = "length", said: Unit | None = None) -> Amount:
    """Return what somebody stated (SI), with all of its digits up to six, in the unit that was `said`."""
    unit = sensible_unit(dimension, value, said)
    in_unit = value / unit.si
    round_enough = abs(float(f"{in_unit:.{_DIGITS}g}") - in_unit) <= 1e-9 * abs(in_unit)
    return Amount(value, value, 0.0 if round_enough else abs(value) * 1e-5, unit)


def known(*places: Place) -> Message:
    """Return how well the position of one place, or of two, is known."""
    first, second = places[0], places[-1]
    if first.id == second.id:
        return worked("known", place=first.phrase, u=exact(uncertainty_m(first)))
    u, v = exact(uncertainty_m(first)), exact(uncertainty_m(second))
    return worked("known-two", first=first.phrase, second=second.phrase, first_u=u, second_u=v)


def as_drawn(value: float, half: float, dimension: Dimension = "length") -> Message:
    """Return the value (SI) of what is drawn, whose uncertainty is ± `half`."""
    return worked("value", value=fine(value, half, dimension))


def margin_drawn(margin_m: float, half_m: float) -> Message:
    """Return the margin of what is drawn, negative where that is outside or apart."""
    return worked("margin", value=fine(margin_m, half_m))


def edges_added(widenings: tuple[Widening, ...], half: float, dimension: Dimension = "length") -> tuple[Message, ...]:
    """Return by how much (SI) the other reading of edges widens an interval, if it does."""
    return tuple(
        worked("edges", spread=fine(each.above, half, dimension)) for each in widenings if each.code == "edge-model"
    )


def left_open(positions_m: float, *places: Place) -> tuple[Message, ...]:
    """Return what an uncertainty of positions holds beside that of these places: what a search left open, if any."""
    open_m = positions_m - sum(map(uncertainty_m, places))
    return (worked("unsearched", open=fine(open_m, positions_m)),) if open_m > _SETTLED_M else ()


def position(at: LonLat, u_m: float) -> Numeral:
    """Return a position in degrees, latitude first as on maps, as finely as matters beside an uncertainty of `u_m`."""
    places = 5 if u_m >= 100 else 7
    return Numeral(", ".join(f"{degrees:.{places}f}°".replace("-", "−") for degrees in (at[1], at[0])))


def in_degrees(angle_deg: float, half_deg: float) -> Numeral:
    """Return an angle or a direction in degrees, with the digits for an interval of ± `half_deg`."""
    decimals = 2 if half_deg >= 1 else 3 if half_deg >= 0.1 else 4
    return Numeral(f"{angle_deg:.{decimals}f}°")
