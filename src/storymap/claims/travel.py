"""travel: how long a journey along a line takes at a stated range of speeds.

Shortest length at the highest speed to greatest length at the lowest; the value is the length at the mean of the
two speeds. Stops are in the speed, which is an average; the speed is the author's, and is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from storymap.claims.given import ClaimError, runs_of, shown
from storymap.claims.routes import extent
from storymap.claims.workings import worked
from storymap.places import Place
from storymap.quantity import QuantityError, Unit, read_speed, sensible_unit
from storymap.scene import Amount, Measurement, Message, Widening
from storymap.story import TravelDoc


def measure(doc: TravelDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the time of travel in seconds; `said` is the unit of the words, None where they have none."""
    line = places[doc.along]
    try:
        slow, fast = read_speed(doc.speed)
    except QuantityError as error:
        raise ClaimError("unclear-quantity", error.message, error.help) from error
    found = extent(line)
    value, low, high = found.value / ((slow + fast) / 2), found.low / fast, found.high / slow
    length = shown(found.value, found.low, found.high, "length", None)
    time = Amount(low, high, (high - low) / 2, sensible_unit("duration", value, said))
    speed = Amount(slow, fast, 0.0, sensible_unit("speed", fast))
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="duration",
        lines=runs_of(line),
        method=Message("claims.method-travel", {"speed": speed}),
        what=Message("claims.what-travel", {"line": line.phrase, "length": length, "speed": speed}),
        places=(line.id,),
        cautions=found.cautions,
        notes=found.notes,
        workings=(*found.workings, worked("speed", speed=speed)),
        widenings=tuple(Widening(each.code, each.below / fast, each.above / slow) for each in found.widenings),
        short_label=Message("claims.label-travel", {"length": length, "time": time}),
    )
