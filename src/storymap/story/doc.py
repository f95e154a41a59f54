"""What every part of a story file shares: how its faults are gathered and put in an author's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from storymap.problems import did_you_mean
from storymap.story.values import fault, kind_of, shown

MAX_FAULTS = 200  # nobody reads more, and a hostile file could have a million
Loc = tuple[str | int, ...]
Fault = tuple[Loc, PydanticCustomError, object]


class Doc(BaseModel):
    """A part of a story file: no unknown keys, never changed once read, all faults reported together.

    `noun` is what an author calls it, `example` a line that could be typed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    noun: ClassVar[str] = "part"
    example: ClassVar[str] = ""

    @classmethod
    def keys_here(cls) -> list[str]:
        """Return the keys that may stand here, as authors write them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return what is wrong between the keys of `given`, apart from the value of each key."""
        del given
        return ()

    @model_validator(mode="wrap")
    @classmethod
    def _gather(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        found: list[Fault] = []
        doc = None
        try:
            doc = handler(data)
        except ValidationError as error:
            found = [cls._in_our_words(detail, data) for detail in error.errors(include_url=False)[:MAX_FAULTS]]
        if isinstance(data, Mapping):
            found = [one for one in found if not cls._misspelt(one, data)]
            found.extend(cls.faults_in(data))
        if doc is None or found:
            details = [InitErrorDetails(type=kind, loc=loc, input=value) for loc, kind, value in found]
            raise ValidationError.from_exception_data(cls.__name__, details)
        return doc

    @classmethod
    def _in_our_words(cls, detail: ErrorDetails, data: object) -> Fault:
        loc: Loc = detail["loc"]
        value, kind, context = detail["input"], detail["type"], detail.get("ctx", {})
        if "message" in context:  # a fault of ours already, from a value or from a part inside this one
            return loc, PydanticCustomError(kind, "{message}", context), value
        key = str(loc[-1]) if loc else ""
        match kind:
            case "extra_forbidden" | "invalid_key":
                help = did_you_mean(key, cls.keys_here()) or f"known here: {', '.join(cls.keys_here())}"
                help = _decimal_comma(data, key) or help
                own = fault("unknown-key", f"unknown key {shown(key)}", help, named=False)
            case "missing" if isinstance(loc[-1], str):
                own = cls._missing(key)
            case _ if value is None:
                help = "write its value, or delete the line"
                own = fault("missing-value", "has no value", help)
            case "model_type" | "model_attributes_type" | "dict_type":
                help = f"for example {cls.example}" if cls.example else ""
                own = fault("wrong-type", f"must be keys with values, not {kind_of(value)}", help)
            case "too_short" | "too_long":
                wanted = context.get("min_length", context.get("max_length"))
                least = "at least" if kind == "too_short" else "no more than"
                message = f"must have {least} {wanted} {'entry' if wanted == 1 else 'entries'}"
                own = fault("wrong-type", message, cls._help_for(key))
            case _:
                help = cls._help_for(key)
                if isinstance(value, str) and help.startswith("for example") and "{" not in help:
                    help = f"type {key}: [{value}]"
                own = fault("wrong-type", f"must be a list, not {kind_of(value)}", help)
        return loc, own, value

    @classmethod
    def _misspelt(cls, missing: Fault, data: Mapping[str, Any]) -> bool:
        """Return whether a missing key is there under a misspelt name, which is reported already."""
        loc, kind, _ = missing
        if kind.type != "missing-key" or len(loc) != 1:
            return False
        unknown = islice((str(key) for key in data if key not in cls.keys_here()), MAX_FAULTS)
        return any(did_you_mean(key, cls.keys_here()) == did_you_mean(str(loc[0]), [str(loc[0])]) for key in unknown)

    @classmethod
    def _missing(cls, key: str) -> PydanticCustomError:
        field = next(field for name, field in cls.model_fields.items() if key in (name, field.alias))
        help = f"add '{key}: …'. {field.description}"
        return fault("missing-key", f"this {cls.noun} has no '{key}'", help, named=False)

    @classmethod
    def _help_for(cls, key: str) -> str:
        for name, field in cls.model_fields.items():
            if key in (name, field.alias):
                examples = field.examples or []
                return f"for example {examples[0]}" if examples else (field.description or "")
        return f"for example {cls.example}" if cls.example else ""


def _decimal_comma(data: object, key: str) -> str:
    """Return what to type where {zoom: 9,5} has made "5" a key of its own after the number 9; else ""."""
    if not isinstance(data, Mapping) or not (key.isascii() and key.isdecimal()):
        return ""
    pairs = list(data.items())
    at = next((i for i, (name, value) in enumerate(pairs) if name == key and value is None), 0)
    whole = pairs[at - 1][1] if at else None
    is_whole = isinstance(whole, str) and whole.removeprefix("-").isdecimal()
    return f"type {pairs[at - 1][0]}: {whole}.{key}: a point before decimals" if is_whole else ""
