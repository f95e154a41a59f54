"""Source → StoryDoc: every fault with the span where it stands. And the JSON Schema that editors use."""

from __future__ import annotations

import copy
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from storymap.problems import Problem, Span, StoryError
from storymap.source import Loc, Source
from storymap.story.doc import Doc
from storymap.story.model import StoryDoc
from storymap.story.translation import TranslationDoc

_STAND_IN = "…"
D = TypeVar("D", bound=Doc)


def read_story(source: Source) -> StoryDoc:
    """Return the story of a source; StoryError with every problem of the source and of the model together."""
    return _read(StoryDoc, source, "begin with lines such as title: … and steps:")


def read_translation(source: Source) -> TranslationDoc:
    """Return the translation of a source; StoryError with every problem of the source and of the model together."""
    return _read(TranslationDoc, source, "begin with lines such as language: … and title: …")


def _read(model: type[D], source: Source, start: str) -> D:
    if not isinstance(source.data, dict):
        problem = Problem(source.span_of(()), "wrong-type", f"a {model.noun} is keys with values", start)
        raise StoryError([*source.problems, problem])
    doc = None
    found: list[Problem] = []
    try:
        doc = model.model_validate(source.data)
    except ValidationError as error:
        found = list(_problems(error, source))
    where = {problem.span for problem in (*source.problems, *found)}
    for loc in source.empty:
        if source.span_of(loc) not in where:
            found.append(_empty_value(source, loc))
    found = [*source.problems, *(_in_quotes(one, source) for one in found if not _follows(one, source))]
    if doc is None or found:
        raise StoryError(found)
    return doc


def read_sound_parts(source: Source) -> tuple[StoryDoc, Source] | None:
    """Return what is sound of a wrong story, so that it can be looked at too; None where too little is left.

    What goes is each entry of a list, else each key of the story or of a step, under which something is wrong. The
    source that comes back has the spans of what is left; its data are those of the file. A title or text that goes
    gives way to another, so that the rest of its step stays; without its text go the claims that quote it.
    """
    try:
        return StoryDoc.model_validate(source.data), source
    except ValidationError as error:
        data = copy.deepcopy(source.data)
        lost = {_part_with(detail["loc"], data) for detail in error.errors(include_url=False)}
    for part in sorted(lost, reverse=True):  # the last entry of a list first: those before it stay where they are
        _take_out(part, data)
    data.setdefault("title", _STAND_IN)
    for i, step in enumerate(data.get("steps", ())):
        if not any(part[:2] == ("steps", i) for part in lost):
            continue
        if "text" not in step:
            step["text"] = _STAND_IN
            step.pop("claims", None)
        if step.setdefault("title", _STAND_IN) == _STAND_IN or ("steps", i, "id") in lost:
            step.setdefault("id", f"left-out-{i + 1}")
    try:
        return StoryDoc.model_validate(data), _closed_up(source, lost)
    except ValidationError:
        return None


def _part_with(loc: Loc, data: dict[str, Any]) -> Loc:
    """Return which part goes where something is wrong at `loc`."""
    match loc:
        case ("steps", int(i), str(key), int(), *_) if isinstance(data["steps"][i].get(key), list):
            return loc[:4]
        case ("steps", int(), *_):
            return loc[:3]
        case (str(key), int(), *_) if isinstance(data.get(key), list):
            return loc[:2]
        case _:
            return loc[:1]


def _take_out(part: Loc, data: dict[str, Any]) -> None:
    *way, last = part
    holder: Any = data
    for name in way:
        holder = holder[name]
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif way == ["steps"]:
        holder[last] = {}  # so that the steps after it keep their numbers
    else:
        del holder[last]


def _closed_up(source: Source, lost: Collection[Loc]) -> Source:
    """Return the source with the spans where they are once the entries of lists that are `lost` have been taken out."""
    gone: dict[Loc, list[int]] = {}
    for *way, last in sorted(lost):
        if isinstance(last, int) and way != ["steps"]:
            gone.setdefault(tuple(way), []).append(last)

    def left(spans: Mapping[Loc, Span]) -> dict[Loc, Span]:
        found = {}
        for loc, span in spans.items():
            before = [gone.get(loc[:n], []) for n in range(len(loc))]
            if not any(part in lacking for part, lacking in zip(loc, before, strict=True)):
                moved = [p - bisect(n, p) if isinstance(p, int) else p for p, n in zip(loc, before, strict=True)]
                found[tuple(moved)] = span
        return found

    return replace(source, values=left(source.values), keys=left(source.keys))


def _follows(problem: Problem, source: Source) -> bool:
    """Return whether a problem only follows from one of the source, at or inside the same value."""
    span, end = problem.span, (problem.span.end_line, problem.span.end_column)
    return any(
        other.span == span
        or (problem.code == "wrong-type" and span < other.span and (other.span.line, other.span.column) < end)
        for other in source.problems
    )


def _problems(error: ValidationError, source: Source) -> Iterator[Problem]:
    """Yield the problem of every error, at the key for unknown keys and at the value for all else."""
    for detail in error.errors(include_url=False):
        loc: Loc = detail["loc"]
        context = detail.get("ctx", {})
        code = detail["type"]
        span = source.key_span_of(loc) if code in ("unknown-key", "one-measure") else source.span_of(loc)
        named = loc[:-1] if _is_short(loc, source) else loc
        message = f"{_named(named)} {context['message']}" if context["named"] else context["message"]
        yield Problem(span, code, message, context["help"])


def _is_short(loc: Loc, source: Source) -> bool:
    """Return whether a value stands where keys could: `accent: "#1a5f7a"` for `accent: {light: "#1a5f7a"}`."""
    value = source.data
    for part in loc[:-1]:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(value, str)


def _empty_value(source: Source, loc: Loc) -> Problem:
    help = "write its value after the colon, or delete the line" if isinstance(loc[-1], str) else "delete the line"
    return Problem(source.span_of(loc), "missing-value", f"{_named(loc)} has no value", help)


def _in_quotes(problem: Problem, source: Source) -> Problem:
    """Return the problem of a value that is missing; where YAML has taken it for a comment, that is what it says."""
    if problem.code != "missing-value":
        return problem
    hidden = source.comment_at(problem.span)
    if not hidden or '"' in hidden or "\\" in hidden:
        return problem
    return replace(problem, help=f'put it in quotes, or its # begins a comment: "{hidden}"')


def _named(loc: Loc) -> str:
    """Return how a message names a value: "'zoom'" or "entry 2 of 'show'"."""
    match loc:
        case (*_, str(key)):
            return f"'{key}'"
        case (*_, str(key), int(index)):
            return f"entry {index + 1} of '{key}'"
        case _:
            return "the story"


def json_schema(model: type[Doc] = StoryDoc) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the story file, or of a translation, for editors."""
    # Without "$schema" the YAML language server takes the schema for an older draft and ignores `prefixItems`.
    written = model.model_json_schema(by_alias=True, mode="validation")
    parts = {name: _object(part) for name, part in written.pop("$defs").items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(written), "$defs": parts}


def _object(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one part without what editors would wrongly offer: null, and titles made from names."""
    properties = {key: _property(value) for key, value in schema["properties"].items()}
    return {**{key: value for key, value in schema.items() if key != "title"}, "properties": properties}


def _property(schema: dict[str, Any]) -> dict[str, Any]:
    clean = {key: value for key, value in schema.items() if key != "title" and (key, value) != ("default", None)}
    choices = [choice for choice in clean.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **clean}
    return {"anyOf": choices, **clean} if choices else clean
