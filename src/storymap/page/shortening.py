"""Makes a script of ours small: without comments and room, and with names of a letter or two for its own.

A name is replaced in the whole of the scope that declares it, by letters that mean nothing else in there. The same
names meet as before, so nothing changes but the spelling. Properties, keys, texts and what the browser gives keep
theirs, and so does each name that may be the browser's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_letters

from storymap.page.script_tokens import HEADS, OPERAND, WORDS, Token, parsed

_DECLARING = frozenset({"const", "let"})
_JOINS = OPERAND | {";", "{", "=>", ".", "?."}  # a statement goes on after these, whether a line ends or not
_CLOSES = frozenset({"}", ")", "]", ",", ".", "?."})  # and before these
_ENDS = frozenset({",", ";", ")", "]", "}"})  # of an operand
# Also properties of a browser's window: who declares one may elsewhere mean the window's.
BROWSERS = frozenset(
    """alert blur close closed confirm crypto document event external fetch find focus frames history length location
    menubar moveBy moveTo name navigator open opener origin parent performance personalbar print prompt screen scroll
    scrollbars self status stop styleMedia toolbar top window""".split()
)
_LETTERS = [*ascii_letters, *(a + b for a in ascii_letters for b in ascii_letters + "0123456789")]


@dataclass(slots=True)
class _Variable:
    """Where a name means one thing: in the tokens from `begin` to before `end`, and there at `spots`, in order."""

    begin: int
    end: int
    spots: list[int]

    def meets(self, other: _Variable) -> bool:
        """Whether the two need names of their own: one is used where the other is known, and not hidden by it."""
        if self.end <= other.begin or other.end <= self.begin:
            return False
        if other.begin <= self.begin and self.end <= other.end and (other.begin, other.end) != (self.begin, self.end):
            return other.used(self.begin, self.end)
        return not (self.begin <= other.begin and other.end <= self.end) or self.used(other.begin, other.end)

    def used(self, begin: int, end: int) -> bool:
        """Whether it is used between two tokens."""
        first = bisect_left(self.spots, begin)
        return first < len(self.spots) and self.spots[first] < end


@cache
def shorten(script: str) -> str:
    """Return a script that does the same.

    Raises:
        ShortenError: what `parsed` refuses.
    """
    tokens = parsed(script)
    _rename(tokens)
    return "".join(_written(tokens))


def declared(script: str) -> set[str]:
    """Return the names of variables that a script declares."""
    return {name for name, _ in _declarations(parsed(script))}


def _declarations(tokens: Sequence[Token]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each name that is declared, and the tokens in which it may be known: no fewer than those where it is."""
    blocks = [(0, len(tokens))]
    for at, token in enumerate(tokens):
        while at >= blocks[-1][1]:
            blocks.pop()
        before = tokens[at - 1].text if at else ";"
        names = list(_bound(tokens, at)) if token.end else [token.text] * (token.kind == "name" and not token.key)
        if before in _DECLARING:
            loop = at > 2 and tokens[at - 2].text == "(" and tokens[at - 3].text in ("for", "await")
            yield from ((name, _with_body(tokens, at - 2, blocks[-1]) if loop else blocks[-1]) for name in names)
        elif before == "function" and token.kind == "name":
            yield token.text, blocks[-1]
        elif token.text == "(" and _of_parameters(tokens, at):
            yield from ((name, _with_body(tokens, at, blocks[-1])) for name in names)
        elif token.kind == "name" and tokens[at + 1 : at + 2] and tokens[at + 1].text == "=>":
            yield token.text, (at, _end_of(tokens, at + 2))
        if token.text == "{" and token.kind == "sign":
            blocks.append((at, token.end + 1))


def _with_body(tokens: Sequence[Token], bracket: int, block: tuple[int, int]) -> tuple[int, int]:
    """Return a bracket with the body that follows it; the block that both stand in, if that is a plain statement."""
    after = tokens[bracket].end + 1
    if tokens[after].text == "=>":
        return bracket, _end_of(tokens, after + 1)
    return (bracket, tokens[after].end + 1) if tokens[after].text == "{" else block


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """Return where the body of an arrow ends that begins at a token."""
    if tokens[at].text == "{":
        return tokens[at].end + 1
    while at < len(tokens) and not (tokens[at].kind == "sign" and tokens[at].text in _ENDS):
        at = (tokens[at].end or at) + 1
    return at


def _of_parameters(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a bracket holds parameters: of an arrow, of a function, of a method of an object, of a catch."""
    after = tokens[tokens[at].end + 1].text if tokens[at].end + 1 < len(tokens) else ";"
    method = at > 1 and tokens[at - 1].key and tokens[at - 2].text not in (".", "?.")
    named = {tokens[at - 1].text, tokens[at - 2].text} & {"function", "catch"} if at > 1 else ()
    return after == "=>" or (after == "{" and bool(method or named))


def _bound(tokens: Sequence[Token], bracket: int) -> Iterator[str]:
    """Yield the names that a pattern or a list of parameters binds, not those of the values it falls back to."""
    at, value = bracket + 1, False
    while at < tokens[bracket].end:
        token = tokens[at]
        value = token.text != "," and (value or token.text == "=")
        if not value and token.kind == "name" and not token.key:
            yield token.text
        elif not value and token.end:
            yield from _bound(tokens, at)
        at = (token.end or at) + 1


def _rename(tokens: Sequence[Token]) -> None:
    """Give each variable the first letters that mean nothing else to it, the most used first."""
    spots: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.kind == "name" and not token.key and token.text not in WORDS:
            spots.setdefault(token.text, []).append(at)
    scopes: dict[str, list[tuple[int, int]]] = {}
    for name, scope in _declarations(tokens):
        if name not in WORDS | BROWSERS and not name.startswith("$$"):
            scopes.setdefault(name, []).append(scope)
    own = [variable for name, some in scopes.items() for variable in _variables(some, spots[name])]
    own.sort(key=lambda one: (-len(one.spots), one.begin, one.spots))
    renamed = {at for one in own for at in one.spots}
    foreign = {name: [at for at in some if at not in renamed] for name, some in spots.items()}
    taken = {name: [_Variable(0, len(tokens), some)] for name, some in foreign.items() if some}
    for one in own:
        letters = next(some for some in _LETTERS if some not in WORDS and not any(map(one.meets, taken.get(some, ()))))
        taken.setdefault(letters, []).append(one)
        for at in one.spots:
            tokens[at].text = f"{tokens[at].text}:{letters}" if tokens[at].both else letters


def _variables(scopes: Sequence[tuple[int, int]], spots: Sequence[int]) -> Iterator[_Variable]:
    """Yield the variables of one name; where it is declared in a scope and again in one inside, they count as one."""
    begin, end = -1, -1
    for one, other in [*sorted(scopes), (1 << 40, 0)]:
        if one >= end:
            if end >= 0:
                yield _Variable(begin, end, [at for at in spots if begin <= at < end])
            begin, end = one, other
        end = max(end, other)


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the pieces with the room that they need between them, without semicolons that end a block."""
    before = Token("sign", ";", line=False)
    for at, token in enumerate(tokens):
        empty = before.text == ")" and tokens[before.begin - 1].text in HEADS
        if token.text == ";" and at + 1 < len(tokens) and tokens[at + 1].text == "}" and not empty:
            continue
        joined = (before.kind != "text" and before.text in _JOINS) or before.whole or token.text in _CLOSES
        if token.line and not joined:
            yield "\n"
        elif re.fullmatch(r"[\w$]{2}|\+\+|--", before.text[-1] + token.text[0]):
            yield " "
        yield token.text
        before = token
