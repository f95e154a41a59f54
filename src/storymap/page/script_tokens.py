"""Reads a script of ours into tokens, and says which names in it are variables and which are properties and keys.

It knows as much of JavaScript as the client uses, and refuses what cannot be told for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<room>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<number>0[xb][\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)
    |(?P<sign>=>|\.\.\.|\?\.(?!\d)|[=!]==?|\+\+|--|>>>?|(?:\?\?|&&|\|\||\*\*|<<|[-+*/%&|^<>])=?|[{}()\[\];,.:?=!~])""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
_TEMPLATE = re.compile(r"[`}](?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)", re.DOTALL)
WORDS = frozenset(
    """async await break case catch const continue default delete do else false finally for function get if in
    instanceof let new null of return set super switch this throw true try typeof undefined void while yield""".split()
)
_REFUSED = frozenset("class var with eval arguments import export".split())
# What comes before an operand: a brace then begins an object, a slash a regular expression.
OPERAND = frozenset(
    """( [ , = : ? ! ~ + - * / % & | ^ < > && || ?? == === != !== += -= *= ??= ||= &&= ... <= >= ** return typeof case
    in of void delete throw new await yield const let""".split()
)
HEADS = frozenset({"for", "if", "while"})


class ShortenError(Exception):
    """A script has something that cannot be made shorter for sure."""


@dataclass(slots=True)
class Token:
    """A piece of a script, and where its partner is if it is a bracket."""

    kind: str  # "name", "number", "sign" or "text"
    text: str
    line: bool  # whether a line ends before it
    end: int = 0  # of an opening bracket: where its partner is
    begin: int = 0  # of a closing one
    object: bool = False  # of a brace
    key: bool = False  # a name that is no variable
    both: bool = False  # a name that is a key and a variable, as in `{ a }`
    whole: bool = False  # of a brace that closes: whether a statement ends with it, without a semicolon


def parsed(script: str) -> list[Token]:
    """Return the pieces of a script in order, without comments and room.

    Raises:
        ShortenError: a class, `var`, a label, a regular expression or a bracket out of place, or no JavaScript at all.
    """
    tokens = list(_read(script))
    _pair(tokens)
    for at, token in enumerate(tokens):
        before, after = _around(tokens, at)
        if token.text == "{" and token.kind == "sign":
            of_case = before == ":" and any(t in ("case", "default") for t in _statement(tokens, at))
            token.object = before in OPERAND and not of_case
            if token.object:
                _find_keys(tokens, at)
            tokens[token.end].whole = not token.object and before != "=>" and not _is_value(tokens, at)
        elif token.kind == "name":
            token.key = token.key or before in (".", "?.")
            if not token.key:
                _refuse(token, before, after)
    return tokens


def _pair(tokens: Sequence[Token]) -> None:
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind == "sign" and token.text in "([{":
            opened.append(at)
        elif token.kind == "sign" and token.text in ")]}":
            if not opened or tokens[opened[-1]].text + token.text not in ("()", "[]", "{}"):
                raise ShortenError(f"a '{token.text}' without its partner")
            token.begin = opened.pop()
            tokens[token.begin].end = at
        elif token.text == "/" and tokens[at - 1].text == ")" and tokens[tokens[at - 1].begin - 1].text in HEADS:
            raise ShortenError("a regular expression begins a statement")
    if opened:
        raise ShortenError(f"a '{tokens[opened[0]].text}' without its partner")


def _refuse(name: Token, before: str, after: str) -> None:
    if name.text in _REFUSED:
        raise ShortenError(f"'{name.text}' is not understood")
    if after == ":" and before in (";", "}", ")", "{") and name.text != "default" and not name.both:
        raise ShortenError(f"'{name.text}:' is a label, or what stands before it is not understood")


def _read(script: str) -> Iterator[Token]:
    at, line, last = 0, False, ";"
    depths = [0]  # of braces, anew inside each `${…}`
    while at < len(script):
        if script[at] == "`" or (script[at] == "}" and depths[-1] == 0 and len(depths) > 1):
            kind, match = "text", _TEMPLATE.match(script, at)
            depths = depths[:-1] if script[at] == "}" else depths
            depths = [*depths, 0] if match and match.group().endswith("${") else depths
        elif script[at] == "/" and script[at + 1] not in "/*" and last in OPERAND | {";", "{", "}", "=>"}:
            kind, match = "text", _PATTERN.match(script, at)
        else:
            match = _TOKEN.match(script, at)
            kind = (match and match.lastgroup) or ""
        if not match:
            raise ShortenError(f"what is '{script[at : at + 40]}'?")
        at, text = match.end(), match.group()
        if kind == "room":
            line = line or "\n" in text
            continue
        if kind == "sign":
            depths[-1] += (text == "{") - (text == "}")
        yield Token(kind, text, line)
        line, last = False, "" if kind in ("text", "number") else text
        if kind == "text" and text.endswith("${"):
            last = "("


def _is_value(tokens: Sequence[Token], brace: int) -> bool:
    """Return whether a block is the body of a function without a name."""
    return brace > 0 and tokens[brace - 1].text == ")" and tokens[tokens[brace - 1].begin - 1].text == "function"


def _find_keys(tokens: Sequence[Token], brace: int) -> None:
    """Mark the keys of an object or of a pattern: they come first, after a comma, or after `get`, `set`, `async`."""
    at = brace + 1
    while at < tokens[brace].end:
        token = tokens[at]
        before, after = _around(tokens, at)
        if token.kind == "name" and (at == brace + 1 or before == "," or tokens[at - 1].key):
            modifies = token.text in ("get", "set", "async") and after not in (",", "}", ":", "(", "=")
            token.both = after in (",", "}", "=")
            token.key = modifies or not token.both
        at = (token.end or at) + 1


def _statement(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """Yield what stands before a token since its statement began, backwards."""
    for token in reversed(tokens[max(0, at - 8) : at]):
        if token.text in (";", "{", "}"):
            return
        yield token.text


def _around(tokens: Sequence[Token], at: int) -> tuple[str, str]:
    before = tokens[at - 1].text if at else ";"
    after = tokens[at + 1].text if at + 1 < len(tokens) else ";"
    return "(" if before[-2:] == "${" else before, after
