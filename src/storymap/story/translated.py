"""A story and its translation → the story in the other language: its words change, and nothing else.

Every value keeps a place in a file: what is translated in the translation, all else in the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from storymap.problems import Problem, Span, did_you_mean
from storymap.source import Loc, Source
from storymap.story.claim import ClaimDoc
from storymap.story.media import MediaDoc
from storymap.story.model import ShowDoc, SourceDoc, StepDoc, StoryDoc, UncheckedDoc
from storymap.story.players import same_video
from storymap.story.reading import OverviewDoc
from storymap.story.translation import ClaimWordsDoc, StepWordsDoc, TranslationDoc
from storymap.story.values import shown

T = TypeVar("T")


def translated(
    story: StoryDoc, source: Source, words: TranslationDoc, own: Source
) -> tuple[StoryDoc, Source, list[Problem]]:
    """Return a story in the words of a translation, the spans of both, and a problem for each word that is missing.

    Args:
        story: the story as its author wrote it, and `source` its file.
        source: see `story`.
        words: the translation, and `own` its file.
        own: see `words`.

    What is missing stays in the story's language, save claims of a text that is translated: they have no words in it.
    """
    work = _Work(source, own)
    done = work.story(story, words)
    others = {**source.others, own.path: own.text}
    return done, replace(source, values={**source.values, **work.spans}, others=others), work.problems


@dataclass(slots=True)
class _Work:
    base: Source
    own: Source
    spans: dict[Loc, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def story(self, story: StoryDoc, words: TranslationDoc) -> StoryDoc:
        changed: dict[str, Any] = {"language": words.language}
        for key in ("title", "subtitle", "summary"):
            changed[key] = self.text((key,), getattr(story, key), (key,), getattr(words, key))
        changed["byline"] = self.text(("byline",), story.byline, ("byline",), words.byline, optional=True)
        if story.source is not None:
            changed["source"] = self.source(story.source, words)
        if story.overview is not None:
            changed["overview"] = self.overview(story.overview, words.overview)
        for key, given in (("source", words.source), ("overview", words.overview)):
            if getattr(story, key) is None and given.model_fields_set:
                self.text((key,), None, (key,), "")
        changed["steps"] = self.steps(story.steps, words.steps)
        changed["unchecked"] = self.unchecked(story.unchecked, words)
        return story.model_copy(update=changed)

    def source(self, source: SourceDoc, words: TranslationDoc) -> SourceDoc:
        at = ("source",)
        changed = {
            key: self.text((*at, key), getattr(source, key), (*at, key), getattr(words.source, key), optional=True)
            for key in ("title", "author")
        }
        return source.model_copy(update=changed)

    def overview(self, overview: OverviewDoc, words: OverviewDoc) -> OverviewDoc:
        at = ("overview",)
        changed = {
            key: self.text((*at, key), getattr(overview, key), (*at, key), getattr(words, key))
            for key in ("title", "text")
        }
        return overview.model_copy(update=changed)

    def steps(self, steps: Sequence[StepDoc], words: Mapping[str, StepWordsDoc]) -> list[StepDoc]:
        self.unknown(("steps",), words, [step.id for step in steps], "there is no step")
        done = []
        for i, step in enumerate(steps):
            if step.id in words:
                step = self.step(("steps", i), step, ("steps", step.id), words[step.id])
            else:
                self.missing(("steps", i), ("steps",), f"the step '{step.id}'", f"add '{step.id}:' with its words")
            done.append(step)
        return done

    def step(self, at: Loc, step: StepDoc, here: Loc, words: StepWordsDoc) -> StepDoc:
        changed: dict[str, Any] = {
            key: self.text((*at, key), getattr(step, key), (*here, key), getattr(words, key))
            for key in ("title", "text")
        }
        labels = [item.place for item in step.show if item.label]
        self.unknown((*here, "labels"), words.labels, labels, "the story gives no label to")
        changed["show"] = [
            self.label((*at, "show", j), item, (*here, "labels"), words.labels) for j, item in enumerate(step.show)
        ]
        changed["media"] = self.media(at, step.media, here, words)
        # Without a text of its own, the quotes are those of the story, too.
        if words.text is not None:
            changed["claims"] = self.claims(at, step.claims, here, words.claims)
        return step.model_copy(update=changed)

    def label(self, at: Loc, item: ShowDoc, here: Loc, labels: Mapping[str, str]) -> ShowDoc:
        label = self.text((*at, "label"), item.label, (*here, item.place), labels.get(item.place))
        return item.model_copy(update={"label": label})

    def media(self, at: Loc, media: Sequence[MediaDoc], here: Loc, words: StepWordsDoc) -> list[MediaDoc]:
        names = [_key_of(one, words.media) for one in media]
        self.unknown((*here, "media"), words.media, names, "this step has no picture, recording or video")
        done = []
        for j, (one, name) in enumerate(zip(media, names, strict=True)):
            there, own = (*at, "media", j), (*here, "media", name)
            given = words.media.get(name)
            changed = {
                key: self.text(
                    (*there, key),
                    getattr(one, key),
                    (*own, key),
                    getattr(given, key, None),
                    optional=key in ("credit", "captions"),
                )
                for key in ("alt", "title", "caption", "credit", "captions")
            }
            done.append(one.model_copy(update=changed))
        return done

    def claims(
        self, at: Loc, claims: Sequence[ClaimDoc], here: Loc, words: Mapping[str, ClaimWordsDoc]
    ) -> list[ClaimDoc]:
        keys = keys_of([claim.quote for claim in claims])
        self.unknown((*here, "claims"), words, keys, "this step of the story has no claim with the quote")
        done = []
        for j, (claim, key) in enumerate(zip(claims, keys, strict=True)):
            there, own = (*at, "claims", j), (*here, "claims", key)
            if key in words:
                done.append(self.claim(there, claim, own, words[key]))
            else:
                help = "add its quote, and under it the words of your text"
                self.missing((*there, "quote"), (*here, "claims"), f"the claim {shown(key)}", help)
        return done

    def claim(self, at: Loc, claim: ClaimDoc, here: Loc, words: ClaimWordsDoc) -> ClaimDoc:
        self.place((*at, "quote"), (*here, "quote"))
        labels = keys_of([reading.label for reading in claim.also])
        self.unknown((*here, "also"), words.also, labels, "the story's claim has no reading")
        also = [
            reading.model_copy(
                update={
                    "label": self.text(
                        (*at, "also", k, "label"), reading.label, (*here, "also", label), words.also.get(label)
                    )
                }
            )
            for k, (reading, label) in enumerate(zip(claim.also, labels, strict=True))
        ]
        note = self.text((*at, "note"), claim.note, (*here, "note"), words.note) or ""
        return claim.model_copy(update={"quote": words.quote, "nth": words.nth, "note": note, "also": also})

    def unchecked(self, entries: Sequence[UncheckedDoc], words: TranslationDoc) -> list[UncheckedDoc]:
        keys = keys_of([entry.quote for entry in entries])
        self.unknown(("unchecked",), words.unchecked, keys, "the story's 'unchecked' has no entry with the quote")
        done = []
        for i, (entry, key) in enumerate(zip(entries, keys, strict=True)):
            given = words.unchecked.get(key)
            if given is None:
                help = "add its quote, and under it 'quote' and 'why' in your words"
                self.missing(("unchecked", i, "quote"), ("unchecked",), f"the entry {shown(key)} of 'unchecked'", help)
                continue
            for name in ("quote", "why"):
                self.place(("unchecked", i, name), ("unchecked", key, name))
            done.append(entry.model_copy(update={"quote": given.quote, "why": given.why}))
        return done

    def text(self, at: Loc, said: str | None, here: Loc, words: str | None, *, optional: bool = False) -> str | None:
        """Return the words in place of what is `said` `at` a place of the story; `here` is where they stand."""
        if words is not None and said is None and here[0] != "steps":
            # In a step other parts are known by name, and said to be unknown there.
            help = "delete this, or write it into the story first"
            self.problem(self.own.key_span_of(here), "translation-unknown", f"the story has no '{here[-1]}'", help)
        elif words is not None:
            self.place(at, here)
            return words
        elif said and not optional:
            self.missing(at, here[:-1], f"'{at[-1]}'", f"add '{here[-1]}:' with the words for {shown(said)}")
        return said

    def place(self, at: Loc, here: Loc) -> None:
        """Take down that what the story says `at` a place stands `here` in the translation."""
        for length in range(1, len(at)):
            self.spans.setdefault(at[:length], self.base.span_of(at[:length]))
        self.spans[at] = self.own.span_of(here)

    def unknown(self, here: Loc, given: Iterable[str], known: Sequence[str], why: str) -> None:
        for name in given:
            if name not in known:
                help = did_you_mean(name, known) or "delete it, or write it as the story does"
                span = self.own.key_span_of((*here, name))
                self.problem(span, "translation-unknown", f"{why} {shown(name)}", help)

    def missing(self, at: Loc, here: Loc, what: str, help: str) -> None:
        there = self.base.span_of(at)
        if here and here not in self.own.keys:  # the message then points at what is around it
            help = f"under '{'.'.join(map(str, here))}', {help}"
        message = f"{what} is not translated; the story has it in {there.path}:{there.line}"
        self.problem(self.own.key_span_of(here), "translation-missing", message, help)

    def problem(self, span: Span, code: str, message: str, help: str) -> None:
        self.problems.append(Problem(span, code, message, help))


def _key_of(medium: MediaDoc, given: Iterable[str]) -> str:
    """Return the key under which an entry of `media` is translated: its file, or any address of its video."""
    name = str(getattr(medium, medium.kind))
    if medium.player is None or name in given:
        return name
    return next((key for key in given if same_video(medium.player, key)), name)


def keys_of(quotes: Iterable[str]) -> list[str]:
    """Return the keys under which a translation has what the story says: the words, "… (2)" for those said again."""
    said: Counter[str] = Counter()
    keys = []
    for quote in quotes:
        said[quote] += 1
        keys.append(quote if said[quote] == 1 else f"{quote} ({said[quote]})")
    return keys
