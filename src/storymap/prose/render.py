"""Markdown → HTML that is safe to stand in a page, and the plain text that its readers see.

Safe twice over: the parser passes no raw HTML and no image, links are held against an allow-list, and what it
writes goes through a sanitiser that knows only the tags of prose.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from storymap.story import address_fault

_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "h3", "h4", "hr", "pre"}
_TAGS = {*_BLOCKS, "a", "br", "code", "em", "s", "strong"}
_SCHEMES = ("http", "https", "mailto")
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
_PIECE = re.compile(r"""<(?P<close>/?)(?P<tag>[a-z0-9]+)(?:"[^"]*"|[^">])*> | &\#?\w+; | .""", re.VERBOSE | re.DOTALL)
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]{0,200})\]\(\s*<?(?P<url>[^)>\s]{0,2000})")
_HTML_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!--")


@dataclass(frozen=True, slots=True)
class ProseFault:
    """Something in the Markdown that will not do what its author wants; the page shows it as text.

    `words` are the characters of the Markdown that are at fault.
    """

    code: str
    message: str
    help: str
    words: str


class Letter(NamedTuple):
    """Where one character of the plain text stands in the HTML, and the tags that are open around it."""

    start: int
    end: int
    path: tuple[tuple[int, str], ...]  # (number of the tag, its name), outermost first


@dataclass(frozen=True, slots=True)
class Prose:
    """Safe HTML and its plain text: white space runs are one space, blocks are parted by line feeds."""

    html: str
    text: str
    faults: tuple[ProseFault, ...] = ()
    steps: tuple[str, ...] = ()  # the ids of the steps that links lead to
    letters: tuple[Letter, ...] = field(default=(), repr=False, compare=False)


def read_prose(markdown: str) -> Prose:
    """Return the prose of a Markdown text: paragraphs, lists, quotes, emphasis, links, headings from h3 down."""
    refused: list[str] = []
    faults: list[ProseFault] = []
    parser = MarkdownIt("js-default").disable(["table"])

    def allowed(url: str) -> bool:
        fine = not _link_fault(url)
        if not fine:
            refused.append(url)
        return fine

    parser.validateLink = allowed  # type: ignore[method-assign]
    parser.core.ruler.before("text_join", "html_in_text", lambda state: faults.extend(_tags(state.tokens)))
    tokens = parser.parse(markdown)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        for child, inside in pairwise([*(token.children or []), Token("", "", 0)]):
            if child.type == "image":
                faults.append(_image(child.content))
                child.type, child.tag, child.attrs = "text", "", {}
            elif child.type == "link_open" and not str(child.attrs["href"]).startswith("#"):
                child.attrs["target"] = "_blank"  # in an article's frame, another site must not take the story's place
                if child.attrs["href"] == inside.content:
                    child.attrs["class"] = "bare"
            elif child.type == "text":
                for match in _IMAGE.finditer(child.content):  # left as text, since its address was refused too
                    faults.append(_image(match["alt"]))
                    refused = [url for url in refused if url != match["url"]]
    faults += [_link(url) for url in refused]
    rendered = parser.renderer.render(tokens, parser.options, {})
    html = nh3.clean(
        rendered,
        tags=_TAGS,
        clean_content_tags=set(),
        attributes={"*": set(), "a": {"href", "target", "class"}, "ol": {"start"}},
        url_schemes=set(_SCHEMES),
        link_rel="noopener",
        strip_comments=True,
    ).strip()
    text, letters = _plain(html)
    return Prose(html, text, tuple(dict.fromkeys(faults)), _steps(tokens), letters)


def _steps(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the ids of the steps that links lead to, each once."""
    links = (child for token in tokens for child in token.children or [] if child.type == "link_open")
    addresses = (str(link.attrs["href"]) for link in links)
    return tuple(dict.fromkeys(address[1:] for address in addresses if address.startswith("#")))


def _tags(tokens: Iterable[Token]) -> Iterator[ProseFault]:
    for token in tokens:
        yield from (_html(match[0]) for match in _HTML_TAG.finditer(_as_typed(token.children or [])))


def _as_typed(tokens: Iterable[Token]) -> str:
    """Return the text of one block before its parts are joined: "&lt;" and "\\<" are as typed, and begin no tag."""
    pieces = []
    for token in tokens:
        if token.type == "text_special":
            pieces.append(re.sub("[<>]", " ", token.markup))
        else:
            pieces.append(token.content if token.type == "text" else "< ")  # no tag runs over emphasis or a link
    return "".join(pieces)


def _image(alt: str) -> ProseFault:
    return ProseFault("image-in-text", "a picture stands in the text", "put it under the step's 'media:'", f"![{alt}")


def _html(tag: str) -> ProseFault:
    help = "use Markdown: *emphasis*, **strong**, [words](address); to show it as it is, `put it in backticks`"
    return ProseFault("html-in-text", f"the HTML {tag[:40]} is shown as text", help, tag)


def _link(url: str) -> ProseFault:
    message = f"the link to '{url[:60]}' {_link_fault(url)}, so it is shown as text"
    return ProseFault(
        "link-refused", message, "type the whole address, such as https://example.org/page, or #step-id", url
    )


def _link_fault(address: str) -> str:
    """Return why a link is refused, or "": http, https, mailto and #step-id may stand in a page."""
    if re.fullmatch(r"#[a-z][a-z0-9-]*", address):
        return ""
    return address_fault(address, _SCHEMES)


def _plain(html: str) -> tuple[str, tuple[Letter, ...]]:
    """Return the text of sanitised HTML with one `Letter` a character."""
    text: list[str] = []
    letters: list[Letter] = []
    for character, letter in _characters(html):
        if character == "\n" and (not text or text[-1] == "\n"):
            continue
        if character == " " and (not text or text[-1] in " \n"):
            continue
        if character == "\n" and text[-1] == " ":
            text.pop()
            letters.pop()
        text.append(character)
        letters.append(letter)
    while text and text[-1] in " \n":
        text.pop()
        letters.pop()
    return "".join(text), tuple(letters)


def _characters(html: str) -> Iterator[tuple[str, Letter]]:
    """Yield every character that readers see, white space as a space and the edges of blocks as line feeds."""
    path: tuple[tuple[int, str], ...] = ()
    for number, piece in enumerate(_PIECE.finditer(html)):
        start, end = piece.span()
        tag = piece["tag"]
        if tag is None:
            seen = entities.unescape(piece[0])
            yield (" " if seen.isspace() else seen), Letter(start, end, path)
        elif tag in _BLOCKS:
            yield "\n", Letter(start, end, path)
            # Blocks are no tags that a quote could cut in half: crossing them is another fault.
        elif tag == "br":
            yield " ", Letter(start, end, path)
        elif piece["close"]:
            path = path[:-1]
        else:
            path = (*path, (number, tag))
