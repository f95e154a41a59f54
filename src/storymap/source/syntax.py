"""What the YAML parser complains about, in words that say what to type."""

from __future__ import annotations

import re

import yaml

from storymap.problems import Problem, Span

_MOST = 20

# What libyaml (or PyYAML's own parser) says, where it is seen ("here": where the parser stopped, "there": where what
# it was reading began), what that means, and what to type. The first that matches counts.
_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    (
        r"mapping values are not allowed",
        "here",
        "YAML takes this ':' for the end of a key, but no key can stand here",
        "put a text that holds ': ' in quotes, or put the key on a line of its own",
    ),
    (
        r"could not find expected ':'",
        "there",
        "this line is no 'key: value': there is no ':' followed by a space",
        "type key: value; a longer text goes indented under 'key: |'",
    ),
    (
        r"unexpected end of stream.*quoted|quoted.*unexpected end of stream|quoted.*unexpected document indicator",
        "there",
        "the quote that opens here is never closed",
        "close it with the same quote mark",
    ),
    (
        r"expected ',' or '[\]}]'",
        "there",
        "the list or group that opens here is not closed, or a comma is missing in it",
        "close it with the matching ] or }, and put commas between its entries",
    ),
    (
        r"did not find expected key|expected <block end>",
        "here",
        "this line does not fit what is above it: its indentation is off, or a quote mark ended a text too early",
        "indent it exactly like the keys it belongs with; put a text that holds quote marks in other quote marks",
    ),
    (
        r"did not find expected '-' indicator",
        "here",
        "this line stands among the entries of a list but does not begin with '- '",
        "begin it with '- ', or indent it like the keys of the entry above",
    ),
    (
        r"block sequence entries are not allowed",
        "here",
        "a list cannot begin here",
        "begin the list on a new line, or put a text that begins with '-' in quotes",
    ),
    (
        r"unknown escape character",
        "here",
        "between double quotes a backslash must begin an escape such as \\n or \\u00e9",
        "write \\\\ for a backslash, or use single quotes",
    ),
    (
        r"invalid Unicode character escape|expected hexdecimal|expected hexadecimal|expected escape sequence",
        "here",
        "this escape names no character",
        "type the character itself",
    ),
    (
        r"cannot start any token|did not find expected node content",
        "here",
        "a text cannot begin with this character",
        "put the text in quotes",
    ),
    (
        r"alphabetic or numeric character|anchor|alias",
        "there",
        "a text cannot begin with * or &",
        "put the text in quotes",
    ),
    (r"tag", "there", "a text cannot begin with !", "put the text in quotes"),
    (
        r"block scalar|indentation indicator|comment or (a )?line break",
        "there",
        "after | or > the line must end",
        "begin the text on the next line, indented",
    ),
    (r"directive|%", "here", "a line cannot begin with %", "put the text in quotes"),
    (r"document start", "here", "the file goes on after its end", "indent this line, or make it key: value"),
)

# Characters that only look like what YAML needs: pattern, code, message, what to type.
_LOOK_ALIKES = (
    (
        r"^(?:\s*(?:- +)?[\w-]+:| *)(?P<odd>[\u00a0\u2000-\u200b\u202f\u3000])",
        "odd-space",
        "this space is {}, which YAML takes for a letter",
        "type a plain space",
    ),
    (
        r"^\s*(?:- +)?[\w-]+: *(?P<odd>[“”„‘’«»])",
        "odd-quote",
        "this quote mark is {}, which does not quote in YAML",
        "put the text between plain quote marks, \" or '",
    ),
    (
        r"^\s*(?:- +)?[\w-]+(?P<odd>：)",
        "odd-colon",
        "this colon is {}, which YAML takes for a letter",
        "type a plain : and a space",
    ),
)

# A word with a # before it where a value is due. After a comma it may well be a comment, save where that would close.
_HASH = re.compile(r"(?::\s+|[\[{,]\s*(?=#[^#]*[\]}]))(?P<hidden>#[^\s,\]}]+)")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")


def syntax_problems(error: yaml.YAMLError, text: str, path: str) -> list[Problem]:
    """Return the problems that a parser's error stands for: a tab, an odd space or quote, or what the error says."""
    mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None) or mark
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tabs = _tabs(lines, path)
    if tabs:
        return tabs
    if hidden := _hidden_by_hash(lines, path, said, context_mark, mark):
        return [hidden]
    for pattern, where, message, help in _MEANINGS:
        if re.search(pattern, said):
            seen = mark if where == "here" else context_mark
            problem = Problem(_at(path, lines, seen), "bad-yaml", message, help)
            if "mapping values" in pattern:
                problem = _stray_colon(lines, problem)
            if "expected key" in pattern:
                problem = _unlike(lines, problem)
            return [_look_alike(lines, path, seen) or problem]
    return [Problem(_at(path, lines, mark), "bad-yaml", f"this cannot be read as YAML: {quotable(said)}")]


def quotable(text: str) -> str:
    """Return text as a message may hold it: at most 60 characters, on one line, nothing invisible."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= 60 else clean[:57] + "…"


def _tabs(lines: list[str], path: str) -> list[Problem]:
    """Return a problem for every line that is indented with a tab; asked only where the parser has failed."""
    found = []
    for number, line in enumerate(lines, start=1):
        indent = re.match(r"[ \t]*", line)
        if indent and "\t" in indent[0] and line.strip():
            at = line.index("\t") + 1
            span = Span(path, number, at, number, at + 1)
            found.append(Problem(span, "tab-indent", "this line is indented with a tab", "indent with two spaces"))
    return found[:_MOST]


def _stray_colon(lines: list[str], problem: Problem) -> Problem:
    """Return what to say where the ':' ends what looks like a key: the line above, or the indentation, is at fault."""
    span = problem.span
    line = lines[span.line - 1]
    above = next((n for n in range(span.line - 1, 0, -1) if lines[n - 1].strip()), 0)
    if not above or not re.fullmatch(r"\s*(- +)?[\w-]+", line[: span.column - 1]):
        return problem
    start = len(line) - len(line.lstrip()) + 1
    if re.match(r"\s*(- +)?[\w-]+:(\s|$)", lines[above - 1]):
        return Problem(
            Span(span.path, span.line, start, span.line, span.column + 1),
            "bad-yaml",
            "this line goes on with the text of the line above it, where no key can stand",
            "indent it exactly like the key above; a text of several lines goes indented under 'key: |'",
        )
    start = len(lines[above - 1]) - len(lines[above - 1].lstrip()) + 1
    return Problem(
        Span(span.path, above, start, above, len(lines[above - 1].rstrip()) + 1),
        "bad-yaml",
        "this line is no 'key: value': there is no ':' followed by a space",
        "type key: value; a longer text goes indented under 'key: |'",
    )


def _hidden_by_hash(
    lines: list[str], path: str, said: str, began: yaml.Mark | None, ended: yaml.Mark | None
) -> Problem | None:
    """Return a problem where {accent: #b23a0a} is not closed because its rest is a comment."""
    if "flow" not in said or ended is None:
        return None
    last = min(ended.line, len(lines) - 1)
    first = began.line if began and began.line < last else max(0, last - _MOST)
    for number in range(last, first - 1, -1):
        found = _HASH.search(_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), lines[number]))
        if found:
            word = found["hidden"]
            span = Span(path, number + 1, found.start("hidden") + 1, number + 1, found.end("hidden") + 1)
            message = "this # begins a comment, and nothing of the line is read from here on"
            return Problem(span, "bad-yaml", message, f'put it in quotes: "{word}"')
    return None


def _unlike(lines: list[str], problem: Problem) -> Problem:
    """Return what to say where a line is indented less than those just above it, and more than what these belong to."""
    span = problem.span
    own = span.column - 1
    first = 0
    for number in range(span.line - 1, 0, -1):
        line = lines[number - 1]
        depth = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if depth <= own:
            if depth == own or not first:
                return problem
            break
        first = number
    if not first:
        return problem
    deeper = len(lines[first - 1]) - len(lines[first - 1].lstrip(" "))
    message = f"this line is indented by {own} and line {first} by {deeper}, and both stand under the same line"
    help = f"indent it exactly like line {first}, or line {first} like it; or a line is missing above line {first}"
    return Problem(span, problem.code, message, help)


def _look_alike(lines: list[str], path: str, mark: yaml.Mark | None) -> Problem | None:
    """Return a problem if the line, or the one above it, holds a character that only looks like what YAML needs."""
    last = min(mark.line if mark else 0, len(lines) - 1)
    column = mark.column if mark and mark.line == last else 0
    found = (_look_alike_in(lines[n], path, n, column if n == last else None) for n in (last, last - 1) if n >= 0)
    return next((problem for problem in found if problem), None)


def _look_alike_in(line: str, path: str, number: int, stopped: int | None) -> Problem | None:
    """Return the problem of such a character in a line, in which the parser has `stopped` at a column or not at all."""
    for pattern, code, message, help in _LOOK_ALIKES:
        match = re.search(pattern, line)
        if match and code == "odd-quote":
            # It is at fault only where the parser has read on from it: in this line, or in the next if it is open.
            closed = re.search("[“”„‘’«»]", line[match.end() :])
            if closed if stopped is None else stopped < match.start("odd"):
                continue
        if match:
            at = match.start("odd") + 1
            message = message.format(f"U+{ord(match['odd']):04X}")
            return Problem(Span(path, number + 1, at, number + 1, at + 1), code, message, help)
    return None


def _at(path: str, lines: list[str], mark: yaml.Mark | None) -> Span:
    """Return the span of a parser's mark, moved back onto the last line that holds something."""
    if mark is None:
        return Span(path)
    number, column = min(mark.line, len(lines) - 1), mark.column
    while number > 0 and (number > mark.line or not lines[number].strip()):
        number -= 1
        column = len(lines[number].rstrip())
    column = min(column, len(lines[number]))
    return Span(path, number + 1, column + 1, number + 1, column + 2)
