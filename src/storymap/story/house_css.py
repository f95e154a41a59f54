"""A house's style sheet: read, and refused where it would load something or break out of its element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storymap.problems import Problem, Span, StoryError
from storymap.story.values import control_character

MAX_CSS_BYTES = 20_000

_STRING = re.compile(r""""[^"\n]*"|'[^'\n]*'""")
_STRING_OR_COMMENT = re.compile(rf"{_STRING.pattern}|/\*(?:.*?(?P<end>\*/)|.*)", re.DOTALL)
_ADDRESS = re.compile(r"\w*:?//")
_REFUSED = (
    (re.compile(r"@import\b", re.IGNORECASE), "@import loads another style sheet", "copy its rules in here"),
    (re.compile(r"@font-face\b", re.IGNORECASE), "@font-face loads a font", "name fonts that readers have"),
    (re.compile(r"\burl\((?!\s*[\"']?data:image/)", re.IGNORECASE), "url( loads a file", "use url(data:image/…)"),
    (
        re.compile(r"\b(?:image-set|image|src|cross-fade)\(", re.IGNORECASE),
        "this loads a file",
        "use url(data:image/…)",
    ),
    (_ADDRESS, "an address has no use here, as the page loads nothing", "delete it"),
    (re.compile(r"\bexpression\s*\(|\bbehavior\s*:|-moz-binding", re.IGNORECASE), "this runs a script", "delete it"),
    (re.compile(r"</|<!"), "this could end the style sheet", "delete it"),
    (re.compile(r"\\"), "a backslash hides what it stands for", "type the character itself"),
)


def read_css(raw: bytes, path: str) -> str:
    """Return the text of a style sheet, without comments; StoryError with all that is refused of it.

    Comments become spaces with their line breaks, so that every problem keeps its line.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise StoryError([_problem(path, line, 1, "this is not UTF-8", "save the file as UTF-8")]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for found in _STRING_OR_COMMENT.finditer(text):
        if found[0].startswith("/*") and not found["end"]:  # what is read as a comment is not told of besides
            raise StoryError(
                [_problem(path, *_place(text, found.start()), "this comment is not closed", "close it with */")]
            )
    bare = _STRING_OR_COMMENT.sub(
        lambda found: re.sub(r"[^\n]", " ", found[0]) if found[0].startswith("/*") else found[0], text
    )
    problems = [_problem(path, *_place(bare, at), message, help) for at, message, help in sorted(_faults(bare))]
    if problems:
        raise StoryError(problems)
    return re.sub(r"\s+", " ", bare).strip()


def _faults(css: str) -> Iterator[tuple[int, str, str]]:
    """Yield where something is refused, why, and what to do."""
    bad = control_character(css)
    if bad is not None:
        yield css.index(bad), f"this is the control character U+{ord(bad):04X}", "delete that character"
    for pattern, message, help in _REFUSED:
        for found in pattern.finditer(css):
            if pattern is not _ADDRESS or not _in_url(css, found.start()):
                yield found.start(), message, help
    plain = _STRING.sub(lambda found: "_" * len(found[0]), css)
    for found in re.finditer("[\"']", plain):
        yield found.start(), "this quote is not closed on its line", "close it"
        return
    opened: list[int] = []
    for found in re.finditer("[{}]", plain):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            yield found.start(), "this } closes nothing", "delete it"
    for at in opened:
        yield at, "this { is not closed", "close it with }"


def _in_url(css: str, at: int) -> bool:
    """Return whether a place lies within url(…), which is refused by itself, or holds data: those may have slashes."""
    start = css.rfind("url(", 0, at)
    return start >= 0 and ")" not in css[start:at]


def _place(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _problem(path: str, line: int, column: int, message: str, help: str) -> Problem:
    return Problem(Span(path, line, column), "bad-css", message, help)
