"""Whatever stands in a file, reading it gives a value or a StoryError with spans inside the file, and nothing else."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from storymap.places import Atlas, read_places
from storymap.problems import Problem, StoryError, as_text
from storymap.prose import Found, Mark, Prose, QuoteError, find_quote, mark_quotes, quotes, read_prose
from storymap.source import read_yaml
from storymap.story import StoryDoc, read_story

STORY = """\
title: A border
published: 2019-04-25
steps:
  - title: Seventeen kilometres
    show: [border, {place: station, style: context}]
    view: {center: [43.1, 131.9], zoom: 11}
    text: |
      It is **17 km** long, says [a report](https://example.org/).
    claims:
      - quote: 17 km
        length: border
        also: [{label: Once more, of: border}]
  - {title: 끝, text: "The end\\u2014\U0001f600"}
"""
PLACES = """\
{"type": "FeatureCollection", "defaults": {"uncertainty_m": 50, "source": "a test"}, "features": [
{"type": "Feature", "id": "a", "properties": {"name": {"en": "A"}, "stated": {"length_m": 3100, "source": "s"}},
 "geometry": {"type": "LineString", "coordinates": [[130.64, 42.42], [130.7, 42.29]]}},
{"type": "Feature", "id": "b", "properties": {"name": "B", "schematic": true},
 "geometry": {"type": "Polygon", "coordinates": [[[0, 1], [1, 1], [1, 2], [0, 1]]]}}
]}
"""
YAML_BITS = [
    *":-?[]{},&*#|>!%@`'\"\\<~ \t\r\n",
    "\n  ",
    ": ",
    "- ",
    "<<: ",
    "&a ",
    "*a",
    "!!int ",
    "---\n",
    "\u2028",
    "\x85",
]
JSON_BITS = [
    *'[]{},:"\\ \n',
    "null",
    "NaN",
    "-Infinity",
    "1e400",
    "9" * 50,
    '"id"',
    '"geometry"',
    "true",
    "[0,0]",
    "\\ud800",
]


def mutated(text: str, bits: list[str]) -> st.SearchStrategy[str]:
    """The text with up to four stretches of it replaced by something else."""
    change = st.tuples(
        st.integers(0, len(text)),
        st.integers(0, 12),
        st.one_of(st.sampled_from(bits), st.text(max_size=4), st.just("")),
    )

    def apply(changes: list[tuple[int, int, str]]) -> str:
        changed = text
        for at, length, new in changes:
            changed = changed[:at] + new + changed[at + length :]
        return changed

    return st.lists(change, min_size=1, max_size=4).map(apply)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def files(text: str, bits: list[str]) -> st.SearchStrategy[bytes]:
    return st.one_of(
        st.binary(max_size=300),
        st.lists(st.sampled_from(bits), max_size=60).map("".join).map(as_bytes),
        mutated(text, bits).map(as_bytes),
    )


def assert_shown_well(problems: tuple[Problem, ...] | list[Problem], raw: bytes) -> None:
    """There are problems (or no warnings at all), and each says something and points into the file."""
    text = raw.decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.code
        assert problem.message.isprintable()
        assert problem.help.isprintable()
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
    assert as_text(problems, {"f": text}).encode() or not problems


@settings(deadline=None, max_examples=400)
@given(files(STORY, YAML_BITS))
@example(as_bytes("[" * 100_000))
@example(as_bytes("a: " * 50_000))
@example(as_bytes("- " * 50_000))
@example(as_bytes("{a: " * 65))
@example(as_bytes("a: &a [*a, *a]\nb: &b [*a, *a]\n<<: *b\n"))
@example(as_bytes('a: !!python/object/apply:os.system ["x"]\n'))
@example(as_bytes("\ufefftitle: x"))
@example(STORY.encode("utf-16"))
@example(b"a\xff")
@example(b"a: b\r\xff")
@example(as_bytes("\ud800"))
@example(as_bytes('"\\ud800": 1\n'))
@example(as_bytes("? |\n  x\n: {}\n"))
@example(as_bytes("steps:\n- ~\n- [[]]\n"))
def test_any_file_is_a_story_or_a_story_error(raw: bytes) -> None:
    try:
        story = read_story(read_yaml(raw, "f"))
    except StoryError as error:
        assert_shown_well(error.problems, raw)
    else:
        assert isinstance(story, StoryDoc)


@settings(deadline=None, max_examples=400)
@given(files(PLACES, JSON_BITS))
@example(as_bytes('{"features": ' + "[" * 100_000))
@example(as_bytes('{"a": ' + "9" * 5000 + "}"))
@example(as_bytes('{"type": "FeatureCollection", "features": [null, [], {}, "x", 1e999]}'))
@example(as_bytes('{"features": [], "features": {}}'))
@example(as_bytes("\ufeff{}"))
@example(as_bytes('{"features": [], "crs": ' + "[" * 900 + "]" * 900 + "}"))
@example(as_bytes('{"features": [], "defaults": ' + "[" * 900 + "]" * 900 + "}"))
@example(as_bytes('{"features": [' + "[" * 900 + "]" * 900 + "]}"))
@example(as_bytes('{"features": [{"type": "Feature", "id": ' + "[" * 900 + "]" * 900 + "}]}"))
@example(as_bytes('{"features": [{"type": "Feature", "properties": {"name": ' + "[" * 900 + "]" * 900 + "}}]}"))
def test_any_file_is_an_atlas_or_a_story_error(raw: bytes) -> None:
    try:
        atlas, warnings = read_places(raw, "f")
    except StoryError as error:
        assert_shown_well(error.problems, raw)
    else:
        assert isinstance(atlas, Atlas)
        assert all(place.geometry.is_valid and not place.geometry.is_empty for place in atlas.values())
        assert_shown_well(warnings, raw)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-200, 200), st.floats(), st.text(max_size=5), st.just(10**400)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=12,
)
KINDS = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection", "x"]
POSITIONS = st.lists(st.lists(st.floats(-200, 200) | st.integers(-90, 90), min_size=2, max_size=3), max_size=6)


@settings(deadline=None, max_examples=400)
@given(
    st.dictionaries(st.sampled_from(["name", "kind", "uncertainty_m", "edges", "stated", "derived", "min_zoom"]), JSON),
    st.sampled_from(KINDS),
    st.one_of(JSON, POSITIONS, POSITIONS.map(lambda p: [p]), POSITIONS.map(lambda p: [[[*p, *p[:1]]]])),
    JSON,
)
def test_any_feature_is_a_place_or_a_story_error(
    properties: dict[str, object], kind: str, coordinates: object, defaults: object
) -> None:
    feature = {
        "type": "Feature",
        "id": "a",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    raw = json.dumps({"type": "FeatureCollection", "defaults": defaults, "features": [feature]}).encode()
    try:
        atlas, _ = read_places(raw, "f")
    except StoryError as error:
        assert_shown_well(error.problems, raw)
    else:
        place = atlas["a"]
        assert place.geometry.is_valid
        assert place.uncertainty_m is None or place.uncertainty_m > 0


MARKDOWN = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"*_`~[]()<>!#-+>&\\\n\t \"'=|",
                "\n\n",
                "# ",
                "> ",
                "1. ",
                "    ",
                "](",
                "![",
                "<b>",
                "<script>",
                "onload=x",
                "javascript:",
                "https://x.org",
                "data:text/html,x",
                "&#106;",
                "&colon;",
                "&amp;",
                "\u00a0",
                "\u00ad",
                "é",
                "e\u0301",
                "17 km",
                "less than",
                "한국",
                "“",
                "’",
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=60,
).map("".join)
ALLOWED = {
    "a": {"href", "rel", "target"},
    "ol": {"start"},
    **{tag: set[str]() for tag in "p ul li blockquote h3 h4 hr pre br code em s strong".split()},
}


class Tags(HTMLParser):
    """Checks that HTML holds nothing but the tags and attributes of prose, well nested; gathers the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        for name, value in attrs:
            if name == "href":
                assert value is not None
                assert value.startswith(("http://", "https://", "mailto:", "#"))
        if tag not in ("hr", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


@settings(deadline=None, max_examples=500)
@given(MARKDOWN)
@example("[a](java\nscript:x)")
@example("<https://x.org/?a=<b>>")
@example("[a](https://x.org/'onclick='x \"t>\")")
def test_prose_holds_only_the_tags_of_prose(markdown: str) -> None:
    prose = read_prose(markdown)
    tags = Tags()
    tags.feed(prose.html)
    tags.close()
    assert tags.open == []
    assert "".join("".join(tags.words).split()) == "".join(prose.text.split())


@settings(deadline=None, max_examples=500)
@given(MARKDOWN, st.data())
def test_any_words_of_one_block_are_found_and_marked(markdown: str, data: st.DataObject) -> None:
    prose = read_prose(markdown)
    blocks = [block.split(" ") for block in prose.text.split("\n") if block]
    assume(blocks)
    words = data.draw(st.sampled_from(blocks))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    found = first_found(prose, quote)
    if not isinstance(found, Found):
        # Not every place can be marked, and words of soft hyphens alone are no words.
        assert found in ("quote-in-link", "quote-cuts-tag") or not readable(quote)
        return
    assert readable(prose.text[found.start : found.end]) == readable(quote)
    assert_marked(prose, found.start, found.end)


def first_found(prose: Prose, quote: str) -> Found | str:
    """Where the quote stands, the first time if it stands there more than once, or the code of what hinders it."""
    code = "quote-ambiguous"
    for nth in (None, 1):
        try:
            return find_quote(prose, quote, nth)
        except QuoteError as error:
            code = error.code
        if code != "quote-ambiguous":
            break
    return code


def readable(text: str) -> str:
    """The text without what `find_quote` does not look at."""
    return quotes._folded(text).strip()


def assert_marked(prose: Prose, start: int, end: int) -> None:
    """A mark goes where HTML allows it and changes nothing else."""
    marked = mark_quotes(prose, [Mark(start, end, "<button>", "<wbr>", "</button>")])
    assert marked.replace("<button>", "").replace("<wbr>", "").replace("</button>", "") == prose.html
    inside = marked[marked.index("<button>") + 8 : marked.index("</button>")].replace("<wbr>", "")
    tags = Tags()
    tags.feed(inside)
    tags.close()
    assert tags.open == []
    assert "".join("".join(tags.words).split()) == "".join(prose.text[start:end].split())
