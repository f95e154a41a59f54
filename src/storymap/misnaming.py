"""What is wrong between the name of a story's file or translation, what is in it, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from storymap.editions import original_of, stories_beside, tag_of, translations_of
from storymap.problems import Problem, Span, did_you_mean
from storymap.source import Source
from storymap.story import StoryDoc
from storymap.story.languages import TAG, meant_by

_CODE = "translation-language"


def misnamed(source: Source, path: Path, show: Callable[[Path], str]) -> Problem | None:
    """Return what is wrong with the name of a file, which says whether it is a translation, and into what.

    Args:
        source: what is in it.
        path: where it stands.
        show: how messages call a path.
    """
    data: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
    original = original_of(path)
    if original is None:
        return _as_a_story(source, data, path)
    tag = tag_of(path)
    if original_of(original):
        first = path.with_name(f"{original.stem.rpartition('.')[0]}.{tag}{path.suffix}").name
        message = f"{show(original)} is a translation itself, and this is one of it"
        return Problem(source.span_of(()), _CODE, message, f"translate the story: rename the file to {first}")
    if isinstance(data.get("steps"), list):
        message = f"by its name this translates {show(original)} into '{tag}', and its steps are a list"
        other = f"{path.stem.replace('.', '-')}{path.suffix}"
        help = f"write the steps by their ids; a story of its own may be called {other}"
        return Problem(source.key_span_of(("steps",)), _CODE, message, help)
    twins = [one for one in translations_of(original) if tag_of(one).casefold() == tag.casefold()]
    if len(twins) > 1:
        first, *_, last = map(show, twins)
        message = f"{first} and {last} are both translations of {show(original)} into '{tag_of(twins[0])}'"
        return Problem(Span(last), _CODE, message, "keep one of them: delete the other, or move it away")
    return None


def in_another_language(language: str, story: StoryDoc, source: Source, path: Path, shown: str) -> tuple[str, str]:
    """Return what is wrong with the `language` that a translation says, and what to do; "" where nothing is.

    Args:
        language: the tag in it.
        story: what it translates, `source` its file, which messages call `shown`.
        source: see `story`.
        path: where the translation stands.
        shown: see `story`.
    """
    tag = tag_of(path)
    if language.lower() == story.language.lower():
        if "language" in source.data:
            return f"{shown} is in '{language}' itself", "delete this file, or correct the story's 'language'"
        message = f"{shown} has no 'language', and is taken to be in '{language}' itself"
        return message, "add its 'language:' to the story, or delete this file"
    if language.lower() != tag.lower():
        name = f"{path.stem.rpartition('.')[0]}.{language}{path.suffix}"
        help = f"type language: {tag}, or rename the file to {name}"
        if meant_by(tag):
            help = f"rename the file to {name}"
        return f"'language' is '{language}', and the name of the file says '{tag}'", help
    return "", ""


def _as_a_story(source: Source, data: Mapping[str, Any], path: Path) -> Problem | None:
    """Return what is wrong where a translation has no name of one, or stands beside no story of its name."""
    steps, (stem, _, tag) = data.get("steps"), path.stem.rpartition(".")
    span = source.key_span_of(("steps",))
    language = data.get("language")
    said = isinstance(language, str) and language.lower() == tag.lower()
    if isinstance(steps, list) or not (isinstance(steps, dict) or said):
        return None
    beside = stories_beside(path)
    if not stem:
        if not isinstance(language, str):
            return None  # a story whose steps are no list, which is told as that
        near = next((one for one in beside if path.stem.lower().startswith(one.stem.lower())), None)
        name = f"{near.stem if near else 'story'}.{language}{path.suffix}"
        message = "the steps are keys, as in a translation, and the name of this file is not that of one"
        return Problem(span, _CODE, message, f"rename it to {name}; the steps of a story are a list")
    if not TAG.fullmatch(tag) and any(one.stem == stem for one in beside):
        meant = meant_by(tag) or (language if isinstance(language, str) and TAG.fullmatch(language) else "ko")
        message = f"this is a translation, and '{tag}' in its name is no language tag"
        return Problem(span, _CODE, message, f"rename the file to {stem}.{meant}{path.suffix}")
    names = {one.stem.casefold(): one.stem for one in beside}
    near_names = [name for name in names if name == stem.casefold() or did_you_mean(stem.casefold(), [name])]
    help = f"put {stem}.yaml beside it, or rename this file"
    if near_names:
        help = f"rename this file to {names[near_names[0]]}.{tag}{path.suffix}, or put {stem}.yaml beside it"
    return Problem(span, _CODE, "this is a translation, and beside it is no story of that name", help)
