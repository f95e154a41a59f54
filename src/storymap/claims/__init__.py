"""Claims, measured and judged: one module a kind, one rule for all (`judge`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from storymap.claims import (
    area,
    count,
    crosses,
    direction,
    distance,
    interval,
    length,
    links,
    perimeter,
    touches,
    travel,
    within,
)
from storymap.claims.given import ClaimError
from storymap.claims.judge import judge
from storymap.earth import EarthError
from storymap.problems import Problem, StoryError
from storymap.scene import Claim, Finding, Measurement, Reading
from storymap.story import (
    AreaDoc,
    CountDoc,
    CrossesDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    PerimeterDoc,
    TouchesDoc,
    TravelDoc,
    WithinDoc,
)

__all__ = ["measure"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of claim: its name in the story file, its type there, and how it is measured."""

    name: str
    doc: type[object]
    measure: Callable[[Any, Any, Any], Measurement]


_KINDS = (
    _Kind("distance", DistanceDoc, distance.measure),
    _Kind("length", LengthDoc, length.measure),
    _Kind("area", AreaDoc, area.measure),
    _Kind("perimeter", PerimeterDoc, perimeter.measure),
    _Kind("within", WithinDoc, within.measure),
    _Kind("links", LinksDoc, links.measure),
    _Kind("touches", TouchesDoc, touches.measure),
    _Kind("crosses", CrossesDoc, crosses.measure),
    _Kind("direction", DirectionDoc, direction.measure),
    _Kind("travel", TravelDoc, travel.measure),
    _Kind("interval", IntervalDoc, interval.measure),
    _Kind("count", CountDoc, count.measure),
)
_REPAIR = "look at its shape in a map editor"
_BY_DOC = {kind.doc: kind for kind in _KINDS}


def measure(claim: Claim) -> Finding:
    """Return a claim measured and judged, with its further readings, which never change the headline.

    Raises `StoryError` at the claim where a place cannot be measured in this way (no uncertainty, not a line …).
    """
    return Finding(
        claim_id=claim.id,
        step_id=claim.step_id,
        kind=_BY_DOC[type(claim.measure)].name,
        quote=claim.quote,
        headline=_reading(claim, "", claim.measure),
        also=tuple(_reading(claim, label, doc) for label, doc in claim.also),
        authors_verdict=claim.authors_verdict,
        note=claim.note,
        span=claim.span,
    )


def _reading(claim: Claim, label: str, doc: object) -> Reading:
    unit = claim.expectation.unit if claim.expectation is not None else None
    try:
        measurement = _BY_DOC[type(doc)].measure(doc, claim.places, unit)
    except ClaimError as error:
        raise StoryError([Problem(claim.span, error.code, error.message, error.help)]) from error
    except EarthError as error:
        raise StoryError([Problem(claim.span, "bad-geometry", str(error), _REPAIR)]) from error
    return judge(measurement, claim.expectation, label=label, too_loose=claim.too_loose)
