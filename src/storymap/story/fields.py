"""The types of fields: each a Python type, the reader of its values, and what editors are told about it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from storymap.story.addresses import read_address
from storymap.story.languages import read_language
from storymap.story.positions import read_position
from storymap.story.values import (
    ID_PATTERN,
    choice_reader,
    number_reader,
    read_borders,
    read_count,
    read_date,
    read_filled_text,
    read_flag,
    read_id,
    read_labels,
    read_moments,
    read_text_value,
    read_version,
)

MAX_ZOOM = 14

_POSITION_SCHEMA = {
    "anyOf": [
        {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -90, "maximum": 90},
                {"type": "number", "minimum": -180, "maximum": 180},
            ],
            "items": False,
            "minItems": 2,
        },
        {"type": "string"},
    ]
}

Text = Annotated[str, BeforeValidator(read_text_value)]
FilledText = Annotated[str, BeforeValidator(read_filled_text), WithJsonSchema({"type": "string", "minLength": 1})]
Id = Annotated[str, BeforeValidator(read_id), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})]
Day = Annotated[date, BeforeValidator(read_date)]
Moments = Annotated[str, BeforeValidator(read_moments)]
Address = Annotated[str, BeforeValidator(read_address), WithJsonSchema({"type": "string", "format": "uri"})]
Language = Annotated[str, BeforeValidator(read_language)]
Flag = Annotated[bool, BeforeValidator(read_flag)]
Borders = Annotated[bool | str, BeforeValidator(read_borders)]
Labels = Annotated[
    tuple[Literal["countries", "seas", "towns"], ...],
    BeforeValidator(read_labels, json_schema_input_type=bool | list[Literal["countries", "seas", "towns"]]),
]
Version = Annotated[int, BeforeValidator(read_version), WithJsonSchema({"const": 1})]
Nth = Annotated[int, BeforeValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Zoom = Annotated[
    float,
    BeforeValidator(number_reader(0, MAX_ZOOM)),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MAX_ZOOM}),
]
Position = Annotated[
    tuple[float, float],
    BeforeValidator(read_position),
    PlainSerializer(lambda position: [position[1], position[0]]),  # lat, lon
    WithJsonSchema(_POSITION_SCHEMA),
]


def one_of(*choices: str) -> BeforeValidator:
    """Return the validator of a field that takes one of a few words."""
    return BeforeValidator(choice_reader(*choices))
