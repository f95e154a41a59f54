"""How a story is read: steps or a scroll, by itself, with an overview, with its verdicts open or hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping
from json import dumps
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from storymap.story.doc import Doc
from storymap.story.fields import FilledText, one_of
from storymap.story.values import fault, kind_of, read_flag

OVERVIEW = "overview"  # the id of the step that the compiler makes
LEAST_S, MOST_S = 4, 120  # what a step of a story that plays by itself may take

MOST_SHOWN = 60  # letters of a text that a message shows whole

_FLAG = re.compile(r"true|false|yes|no|on|off|0|1", re.IGNORECASE)
_SECONDS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?) ?s?")


def read_pace(value: object) -> float:
    """Return how many seconds a step stays, 4 to 120, from "8s" or "8"."""
    found = _SECONDS.fullmatch(str(value))
    if isinstance(value, bool) or found is None:
        raise fault("bad-number", f"must be a number of seconds, not {kind_of(value)}", "type 8s, or delete the line")
    pace_s = float(found[1])
    if not LEAST_S <= pace_s <= MOST_S:
        help = f"type {LEAST_S}s or more" if pace_s < LEAST_S else f"type {MOST_S}s or less"
        raise fault("bad-number", f"must be from {LEAST_S} to {MOST_S} seconds, not {kind_of(value)}", help)
    return pace_s


def has_overview(given: object) -> bool:
    """Return whether what stands under `overview` asks for one."""
    return given not in (None, False, "false")


def as_overview(value: object) -> object:
    """Return the longer way to write `overview: true`; None for `false`."""
    if value is None or isinstance(value, Mapping | OverviewDoc):
        return value
    if isinstance(value, list | tuple) or (isinstance(value, str) and not _FLAG.fullmatch(value)):
        message = f"must be true, or a title and a text, not {kind_of(value)}"
        words = dumps(value, ensure_ascii=False) if isinstance(value, str) and len(value) <= MOST_SHOWN else "…"
        raise fault("wrong-type", message, f"type overview: true, or overview: {{text: {words}}}")
    return {} if read_flag(value) else None


def as_claims(value: object) -> object:
    """Return what stands under the story's own `claims`; a fault for claims, which belong to steps."""
    if isinstance(value, list | tuple) or (isinstance(value, Mapping) and "quote" in value):
        help = "move them under the step whose text they quote, indented like its 'text:'"
        raise fault("wrong-type", "of the story says how verdicts are shown; claims stand in their steps", help)
    return value


Layout = Annotated[Literal["steps", "scroll"], one_of("steps", "scroll")]
Pace = Annotated[
    float,
    BeforeValidator(read_pace),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": LEAST_S, "maximum": MOST_S},
                {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?s$"},
            ]
        }
    ),
]


class OverviewDoc(Doc):
    """A first step with all places of the story on one map. `overview: true` is short for one without words."""

    noun: ClassVar[str] = "overview"
    example: ClassVar[str] = "overview: true or overview: {title: The whole journey, text: Four days by train.}"
    title: FilledText | None = Field(None, description="Its heading; “Overview” in the story's language if left out.")
    text: FilledText | None = Field(
        None, description="What it says, in Markdown; the summary and the steps if left out."
    )


class ClaimsDoc(Doc):
    """How the verdicts of a story are shown."""

    noun: ClassVar[str] = "entry of 'claims'"
    example: ClassVar[str] = "claims: {reveal: click}"
    reveal: Annotated[Literal["at-once", "click"], one_of("at-once", "click")] = Field(
        "at-once", description="at-once: verdicts stand in the text; click: a reader guesses first, then opens them."
    )


Overview = Annotated[OverviewDoc | None, BeforeValidator(as_overview, json_schema_input_type=bool | OverviewDoc)]
Claims = Annotated[ClaimsDoc, BeforeValidator(as_claims)]
