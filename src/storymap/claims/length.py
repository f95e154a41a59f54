"""length: how long a line is. ± the uncertainty of its two ends, and upwards what finer detail may still add.

Errors along a traced line are shared by its vertices (a shift or a stretch), so they do not add up vertex by
vertex; what is free are the ends. A published length stands for the drawn one; a sketch without one is not measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from storymap.claims.given import runs_of, shown
from storymap.claims.routes import extent
from storymap.places import Place
from storymap.quantity import Unit
from storymap.scene import Measurement, Message
from storymap.story import LengthDoc


def measure(doc: LengthDoc, places: Mapping[str, Place], said: Unit | None) -> Measurement:
    """Return the length in metres; `said` is the unit of the words, None where they have none."""
    line = places[doc.of]
    found = extent(line)
    number = shown(found.value, found.low, found.high, "length", said)
    kind = "length-published" if found.published else "length"
    return Measurement(
        value=found.value,
        low=found.low,
        high=found.high,
        dimension="length",
        lines=runs_of(line),
        method=Message(f"claims.method-{kind}"),
        what=Message(f"claims.what-{kind}", {"line": line.phrase}),
        places=(line.id,),
        cautions=found.cautions,
        notes=found.notes,
        workings=found.workings,
        widenings=found.widenings,
        short_label=Message(f"claims.label-{kind}", {"value": number}),
    )
