"""interval: the time between two moments. A day alone is all of that day; "a..b" is all from a to b.

A moment with a time is ± half of the last unit that is written (30 s for minutes), or ± the stated uncertainty.
All times are local times of one zone; the calendar is the Gregorian, without zones, summer time and leap seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from storymap.claims.given import ClaimError, shown
from storymap.claims.workings import worked
from storymap.places import Place
from storymap.quantity import QuantityError, Unit, read_duration
from storymap.scene import Measurement, Message
from storymap.story import IntervalDoc

_ONE_DAY = timedelta(days=1)
_WRITTEN = {len("2019-04-24"): _ONE_DAY, len("2019-04-24 11:40"): timedelta(minutes=1)}


def measure(doc: IntervalDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:  # noqa: ARG001
    """Return the time between the moments in seconds; `said` is the unit of the words. No place is asked."""
    try:
        uncertainty = None if doc.uncertainty is None else timedelta(seconds=read_duration(doc.uncertainty))
        first, last = _stretch(doc.from_, uncertainty), _stretch(doc.to, uncertainty)
    except QuantityError as error:
        raise ClaimError("unclear-quantity", error.message, error.help) from error
    except OverflowError as error:
        raise ClaimError("bad-date", "the interval leaves the years 1 to 9999", "correct its dates") from error
    value = (_middle(last) - _middle(first)).total_seconds()
    if value < 0:
        raise ClaimError(
            "bad-date", f"the interval ends ({doc.to}) before it begins ({doc.from_})", "exchange `from` and `to`"
        )
    low, high = max(0.0, (last[0] - first[1]).total_seconds()), (last[1] - first[0]).total_seconds()
    moments = {"from": doc.from_.replace("..", " – "), "to": doc.to.replace("..", " – ")}
    return Measurement(
        value=value,
        low=low,
        high=high,
        dimension="duration",
        lines=(),
        method=Message("claims.method-interval"),
        what=Message("claims.what-interval", moments),
        places=(),
        workings=(
            worked("interval", **_ends(first)),
            worked("interval-ends", **_ends(last)),
        ),
        short_label=Message("claims.label-interval", {"value": shown(value, low, high, "duration", said)}),
    )


def _stretch(text: str, uncertainty: timedelta | None) -> tuple[datetime, datetime]:
    """Return the earliest and the latest that a text such as "2019-02-27..2019-02-28" can mean."""
    ends = text.split("..")
    return _around(ends[0], uncertainty)[0], _around(ends[-1], uncertainty)[1]


def _around(text: str, uncertainty: timedelta | None) -> tuple[datetime, datetime]:
    moment = datetime.fromisoformat(text)
    written = _WRITTEN.get(len(text), timedelta(seconds=1))
    if written == _ONE_DAY:
        return moment, moment + _ONE_DAY
    return moment - (uncertainty or written / 2), moment + (uncertainty or written / 2)


def _ends(stretch: tuple[datetime, datetime]) -> dict[str, str]:
    earliest, latest = (moment.isoformat(" ").removesuffix(":00").removesuffix("00000") for moment in stretch)
    return {"earliest": earliest, "latest": latest}


def _middle(stretch: tuple[datetime, datetime]) -> datetime:
    return stretch[0] + (stretch[1] - stretch[0]) / 2
