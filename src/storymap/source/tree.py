"""YAML text → a tree of plain data with the span of every key and value, built from parser events.

Events, not composed nodes: they come in constant stack, so depth can be counted before anything is built (libyaml's
own composer crashes the process at a nesting of 50,000), and nothing is resolved: every scalar stays the text that
was written (no `no` → False, `12:30` → 750), and every alias, tag and merge key is refused where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from storymap.problems import Problem, Span, StoryError
from storymap.source.syntax import quotable, syntax_problems
from storymap.source.text import Text, bad_characters, read_text, too_large

MAX_BYTES = 2_000_000
MAX_DEPTH = 64
MAX_VALUES = 100_000
MAX_PROBLEMS = 200  # nobody reads more, and a hostile file could have a million

Loc = tuple[str | int, ...]

# Where words begin and end: not inside a word, nor after the point of a number.
_BEGINS = r"(?<![^\W_])(?<!\d[.,])"
_ENDS = r"(?![^\W_])"

# What follows a key, or the dash of a list, where YAML takes a # for the start of a comment.
_HIDDEN = re.compile(r"(?:[^#\n]*?:|-?)[ \t]+(#[^\s#].*)")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file as plain data: mappings, lists, text exactly as written, None where a value is missing.

    `problems` are the faults that did not stop the reading (duplicate keys, aliases, tags …); who uses `data` must
    raise them, `read_story` does. `empty` lists where a value is missing. `others` are the texts of further files, by
    path, in which some of the spans stand.
    """

    path: str
    text: str
    data: Any
    problems: tuple[Problem, ...] = ()
    empty: tuple[Loc, ...] = ()
    values: dict[Loc, Span] = field(default_factory=dict, repr=False, compare=False)
    keys: dict[Loc, Span] = field(default_factory=dict, repr=False, compare=False)
    others: dict[str, str] = field(default_factory=dict, repr=False)

    def span_of(self, loc: Sequence[str | int]) -> Span:
        """Return the span of the value at `loc`; parts of `loc` that the file does not have are passed over."""
        return self.values[self._known(loc)]

    def key_span_of(self, loc: Sequence[str | int]) -> Span:
        """Return the span of the key at `loc`, or of the value where it has no key (an entry of a list)."""
        known = self._known(loc)
        return self.keys.get(known) or self.values[known]

    def span_within(self, loc: Sequence[str | int], words: str) -> Span:
        """Return the span of `words` in the value at `loc`, else of the whole value.

        White space and marks of emphasis may differ. They are looked for as whole words first: "5 km" is not the end
        of "267.85 km".
        """
        whole = self.span_of(loc)
        text = self.others.get(whole.path, self.text)
        source = Text(whole.path, text)
        marks = "" if re.search("[*_]", words) else "[*_]*"
        pattern = rf"{marks}\s+{marks}".join(marks.join(map(re.escape, word)) for word in words.split())
        for one in (f"{_BEGINS}{pattern}{_ENDS}", pattern) if pattern else ():
            match = re.compile(one).search(text, *source.offsets(whole))
            if match:
                return source.span(*match.span())
        return whole

    def comment_at(self, span: Span) -> str:
        """Return the comment, without a blank after its #, where the value of a key or entry is due; else ""."""
        lines = self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        found = _HIDDEN.match(lines[span.line - 1], max(0, span.column - 1))
        return found[1].strip() if found else ""

    def _known(self, loc: Sequence[str | int]) -> Loc:
        known: Loc = ()
        for part in loc:
            if (*known, part) in self.values:
                known = (*known, part)
        return known


def read_yaml(raw: bytes, path: str) -> Source:
    """Return the data of a YAML file; lesser faults stand in its `problems`.

    Raises:
        StoryError: the file cannot be read at all: too large, not UTF-8, not YAML, nested too deeply, empty.
    """
    text = read_text(raw, path, max_bytes=MAX_BYTES)
    clean, problems = bad_characters(Text(path, text))
    tree = _Tree(path, problems)
    try:
        for event in yaml.parse(clean, Loader=_LOADER):
            tree.take(event)
    except yaml.YAMLError as error:
        raise StoryError([*problems, *syntax_problems(error, clean, path)]) from None
    except StoryError:
        raise
    except Exception as error:  # the parser raises what it likes on odd input: ValueError, IndexError, RecursionError …
        message = f"the YAML parser gave up on this file ({type(error).__name__})"
        raise StoryError([*problems, Problem(Span(path), "bad-yaml", message)]) from error
    if () not in tree.values or tree.root is None:
        nothing = Problem(Span(path), "empty-file", "the file holds nothing", "begin with title: …")
        raise StoryError([*problems, nothing])
    return Source(path, text, tree.root, tuple(problems), tuple(tree.empty), tree.values, tree.keys)


def size_fault(path: str, size: int) -> Problem | None:
    """Return the problem of a YAML file of `size` bytes, where that is more than are read."""
    return too_large(path, size, MAX_BYTES) if size > MAX_BYTES else None


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being filled. `loc` is None inside what will be thrown away."""

    loc: Loc | None
    data: dict[str, Any] | list[Any]
    start: Span
    is_key: bool
    key: str | None = None  # the key that waits for its value; None also where that value is thrown away
    waiting: bool = False
    lines: dict[str, int] = field(default_factory=dict)  # where each key was first given
    end: tuple[int, int] = (1, 1)


class _Tree:
    """Takes parser events one by one and grows the data, the spans and the list of problems."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.root: Any = None
        self.values: dict[Loc, Span] = {}
        self.keys: dict[Loc, Span] = {}
        self.empty: list[Loc] = []
        self.open: list[_Open] = []
        self.count = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event; StoryError where a limit is passed."""
        span = self._span(event)
        match event:
            case yaml.ScalarEvent():
                self._refuse_decorations(event.anchor, event.tag, span)
                plain = not event.style
                if self._key_is_due():
                    self._take_key(event.value, span, plain=plain)
                else:
                    self._place(None if plain and not event.value else event.value, span)
            case yaml.AliasEvent():
                message = f"text cannot begin with '*' here: YAML takes '*{quotable(str(event.anchor))}' for an alias"
                self._problem(span, "yaml-alias", message, "put the text in quotes, or write the value out")
                if self._key_is_due():
                    self._wait(None)
                else:
                    self._place(None, span, missing=False)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_decorations(event.anchor, event.tag, span)
                self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], span)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(span)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    help = "delete the line ---, or move what follows into a file of its own"
                    self._stop(span, "bad-yaml", "a second document begins here; a file holds one", help)

    def _refuse_decorations(self, anchor: str | None, tag: str | None, span: Span) -> None:
        if anchor is not None:
            message = f"text cannot begin with '&' here: YAML takes '&{quotable(anchor)}' for an anchor"
            self._problem(span, "yaml-alias", message, "put the text in quotes, or delete the anchor")
        if tag is not None:
            message = f"text cannot begin with '!' here: YAML takes '{quotable(tag)}' for a tag"
            self._problem(span, "yaml-tag", message, "put the text in quotes, or delete the tag")

    def _key_is_due(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].data, dict) and not self.open[-1].waiting

    def _take_key(self, key: str, span: Span, *, plain: bool) -> None:
        here = self.open[-1]
        if plain and not key:
            self._problem(span, "bad-key", "there is no key before this ':'", "write key: value")
            self._wait(None)
        elif plain and key == "<<":
            self._problem(span, "yaml-alias", "merge keys (<<) are not read", "write the keys out")
            self._wait(None)
        elif key in here.lines:
            message = f"key '{quotable(key)}' is given twice; it is first given in line {here.lines[key]}"
            self._problem(
                span,
                "duplicate-key",
                message,
                "delete one of them, or add the line between them that begins another part",
            )
            self._wait(None)
        else:
            here.lines[key] = span.line
            if here.loc is not None:
                self.keys[(*here.loc, key)] = span
            if plain and unicodedata.category(key[0]) == "Zs":
                message = f"the space before this key is U+{ord(key[0]):04X}, which YAML takes for a letter"
                self._problem(span, "odd-space", message, "indent with plain spaces")
            self._wait(key)

    def _wait(self, key: str | None) -> None:
        self.open[-1].key, self.open[-1].waiting = key, True

    def _begin(self, data: dict[str, Any] | list[Any], span: Span) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(span, "too-deep", f"more than {MAX_DEPTH} levels of nesting", "a story needs about eight")
        self._counted(span)
        is_key = self._key_is_due()
        loc = None if is_key else self._next_loc()
        if is_key:
            message = "a list or a group of keys cannot be a key itself"
            self._problem(span, "bad-key", message, "where { or [ begins a text, put the text in quotes")
        else:
            self._attach(data)
        self.open.append(_Open(loc, data, span, is_key))

    def _close(self, span: Span) -> None:
        done = self.open.pop()
        flow = (span.line, span.column) != (span.end_line, span.end_column)
        # The end of a block has no extent and stands far below, behind blank lines: its last entry's end is meant.
        end = (span.end_line, span.end_column) if flow else done.end
        if done.loc is not None:
            self.values[done.loc] = replace(done.start, end_line=end[0], end_column=end[1])
        if done.is_key:
            self._wait(None)
        self._ended(end)

    def _place(self, value: str | None, span: Span, *, missing: bool = True) -> None:
        """Put a scalar where the next value belongs."""
        self._counted(span)
        loc = self._next_loc()
        if loc is not None:
            self.values[loc] = span
            if value is None and missing:
                self.empty.append(loc)
                # An empty value has no extent of its own: the key is what can be pointed at.
                self.values[loc] = self.keys.get(loc, span)
        self._attach(value)
        self._ended((span.end_line, span.end_column))

    def _next_loc(self) -> Loc | None:
        if not self.open:
            return ()
        here = self.open[-1]
        if here.loc is None:
            return None
        if isinstance(here.data, list):
            return (*here.loc, len(here.data))
        return None if here.key is None else (*here.loc, here.key)

    def _attach(self, value: object) -> None:
        if not self.open:
            self.root = value
            return
        here = self.open[-1]
        if isinstance(here.data, list):
            here.data.append(value)
        else:
            if here.key is not None:
                here.data[here.key] = value
            here.waiting = False

    def _ended(self, end: tuple[int, int]) -> None:
        if self.open:
            self.open[-1].end = max(self.open[-1].end, end)

    def _counted(self, span: Span) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            self._stop(span, "file-too-large", f"the file has more than {MAX_VALUES:,} values", "split it in two")

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return Span(self.path)
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _problem(self, span: Span, code: str, message: str, help: str) -> None:
        self.problems.append(Problem(span, code, message, help))
        if len(self.problems) >= MAX_PROBLEMS:
            raise StoryError(self.problems)

    def _stop(self, span: Span, code: str, message: str, help: str) -> None:
        raise StoryError([*self.problems, Problem(span, code, message, help)])
