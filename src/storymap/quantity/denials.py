"""Words of a clause that deny or doubt what it says of a quantity: "no village is more than 5 km away"."""

from __future__ import annotations

from dataclasses import dataclass

from storymap.quantity.tokens import Token, glued, word_at

DENYING = frozenset({"not", "never", "neither", "nor", "without", "nothing"})
"""Words that turn a limit where they stand right before it: "not within" is over."""

_STRONG = frozenset(
    "no none nobody nowhere noone nothing neither nor seldom rarely hardly scarcely barely unlikely doubtful doubt "
    "doubts doubted deny denies denied denying fail fails failed failing lack lacks lacked impossible "
    "untrue false myth refute refutes refuted disproved".split()
)
_WEAK = frozenset("not never without cannot if whether unless except excluding wrong wrongly contrary instead".split())
_FEW_INDEED = frozenset("a the these those last next first past every its their his quite".split())
_TO_BE = frozenset("is was lies of lives within inside beyond".split())
_ASIDES = frozenset({",", "(", ")", "[", "]"})
_ENDS = frozenset({";", ":", "!", "?", "…"})
_SHORTENED = frozenset("st mt dr mr mrs ms approx ca c e g i a u s no nos vs etc sq ft mi yd hr hrs min mins".split())


@dataclass(frozen=True, slots=True)
class Denials:
    """For each token, and the end, the last token before it in its clause that denies: strongly, or at all; else -1."""

    strong: tuple[int, ...]
    any: tuple[int, ...]


def denials_in(tokens: list[Token]) -> Denials:
    """Return what denies in each clause of a text. A clause goes on after an aside: "no village, however small, is"."""
    strong, weak = [-1], [-1]
    outside = (-1, -1)  # of the clause that an aside interrupts
    for at, token in enumerate(tokens):
        here = strong[-1], weak[-1]
        if token.text in _ENDS or (token.text == "." and _ends_a_sentence(tokens, at)):
            here, outside = (-1, -1), (-1, -1)
        elif token.text in _ASIDES or (token.kind == "dash" and not (glued(tokens, at) or glued(tokens, at + 1))):
            here, outside = outside, here
        elif (token.text == "no" or denies(token.text)) and word_at(tokens, at + 2) == "than":
            pass  # "no more than 25" denies nothing else
        elif _denies_strongly(tokens, at):
            here = at, at
        elif denies(token.text) or token.text in _WEAK:
            here = here[0], at
        strong.append(here[0])
        weak.append(here[1])
    return Denials(tuple(strong), tuple(weak))


def denies(word: str) -> bool:
    """Return whether a word denies what stands right after it."""
    return word in DENYING or word.endswith("n't")


def _denies_strongly(tokens: list[Token], at: int) -> bool:
    word, before = tokens[at].text, word_at(tokens, at - 1)
    if word == "few":
        return before not in _FEW_INDEED
    if word == "little":
        return before != "a" and word_at(tokens, at + 1) in _TO_BE
    return word in _STRONG


def _ends_a_sentence(tokens: list[Token], at: int) -> bool:
    return not (word_at(tokens, at - 1) in _SHORTENED and glued(tokens, at))
