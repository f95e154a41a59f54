"""YAML is read as the text that stands there, every value with its place, and all faults together."""

from __future__ import annotations

import pickle

import pytest
import yaml

from storymap.problems import Span, StoryError
from storymap.source import Source, Text, read_text, read_yaml, tree


def read(text: str) -> Source:
    return read_yaml(text.encode(), "f")


def at(text: str, span: Span) -> str:
    """The characters of the text that a span covers."""
    start, end = Text("f", text).offsets(span)
    return text[start:end]


def codes(text: str | bytes) -> list[str]:
    try:
        return [problem.code for problem in read_yaml(text if isinstance(text, bytes) else text.encode(), "f").problems]
    except StoryError as error:
        return [problem.code for problem in error.problems]


@pytest.mark.parametrize(
    "written",
    ["no", "Yes", "12:30", "010", "1_000", "2019-04-25", "null", "~", "1e3", ".inf", "0x10", "0o7", "=", "1.0"],
)
def test_a_value_is_the_text_that_was_written(written: str) -> None:
    assert read(f"a: {written}").data == {"a": written}


def test_a_missing_value_is_none_and_an_empty_text_is_not() -> None:
    source = read("a:\nb: ''\nc: [x, ]\nd:\n  -\n  - |\n")
    assert source.data == {"a": None, "b": "", "c": ["x"], "d": [None, ""]}
    assert source.empty == (("a",), ("d", 0))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spans_count_characters_and_know_all_line_ends(line_end: str, start: str) -> None:
    lines = ["title: 한국 \U0001f600 é", "\U0001f600: {b: 'x y', c: [1, 22]}", "d:", "  - e: |", "      long", "  - f"]
    text = line_end.join(lines) + line_end
    source = read(start + text)
    assert at(text, source.span_of(("title",))) == "한국 \U0001f600 é"
    assert at(text, source.span_of(("\U0001f600", "b"))) == "'x y'"
    assert at(text, source.span_of(("\U0001f600", "c", 1))) == "22"
    assert at(text, source.span_of(("\U0001f600",))) == "{b: 'x y', c: [1, 22]}"
    assert at(text, source.key_span_of(("\U0001f600", "c"))) == "c"
    assert at(text, source.key_span_of(("d",))) == "d"
    assert source.span_of(("d", 1)) == Span("f", 6, 5, 6, 6)


def test_a_block_ends_where_its_last_value_ends() -> None:
    source = read("steps:\n  - a: 1\n    b: 22\n\n\n# end\nlast: x\n")
    assert source.span_of(("steps", 0)) == Span("f", 2, 5, 3, 10)
    assert source.span_of(("steps",)) == Span("f", 2, 3, 3, 10)


def test_a_span_is_found_for_what_the_file_does_not_have() -> None:
    source = read("media: {image: a.jpg}\n")
    assert source.span_of(("media", 0, "image")) == source.span_of(("media", "image"))
    assert source.span_of(("media", "alt")) == source.span_of(("media",))
    assert source.key_span_of(("nothing", "at", "all")) == source.span_of(())


def test_words_are_found_within_a_value_over_line_ends() -> None:
    source = read("a: 5 km\nb: |\n  a bridge of 5\n  km in all\n")
    assert source.span_within(("b",), "5 km") == Span("f", 3, 15, 4, 5)
    assert source.span_within(("b",), "6 km") == source.span_of(("b",))


@pytest.mark.parametrize(
    ("text", "words", "column"),
    [
        ("b: From 267.85 km to 5 km off", "5 km", 22),
        ("b: From 1.5 km to 5 km off", "5 km", 19),
        ("b: 5 kmx and 5 km", "5 km", 14),
        ("b: It is *about* 17 **km** off", "about 17 km", 11),
        ("b: It is _about_ 17 km off", "about 17 km", 11),
        ("b: It is <b>long", "<b>", 10),
        ("b: It is long<b>", "<b>", 14),
    ],
)
def test_words_are_found_as_whole_words_with_or_without_emphasis(text: str, words: str, column: int) -> None:
    span = read(text).span_within(("b",), words)
    assert (span.column, span.end_column - span.column >= len(words)) == (column, True)
    assert span != read(text).span_of(("b",))


def test_all_faults_are_reported_together_and_the_rest_is_read() -> None:
    source = read("a: &x 1\nb: *x\nc: !!int 2\na: 3\n<<: {d: 4}\ne: 5\n? [f]\n: 6\n")
    assert [problem.code for problem in source.problems] == [
        "yaml-alias",
        "yaml-alias",
        "yaml-tag",
        "duplicate-key",
        "yaml-alias",
        "bad-key",
    ]
    assert source.data == {"a": "1", "b": None, "c": "2", "e": "5"}
    assert source.empty == ()


def test_aliases_are_not_followed() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert set(codes(laughs)) == {"yaml-alias"}


def test_a_duplicate_key_names_the_first_line() -> None:
    problem = read("b: 1\na: 2\n\na: 3\n").problems[0]
    assert problem.span == Span("f", 4, 1, 4, 2)
    assert "line 2" in problem.message


def test_64_levels_are_read_and_65_are_not() -> None:
    assert codes("[" * 64 + "]" * 64) == []
    assert codes("[" * 65 + "]" * 65) == ["too-deep"]
    assert codes("[" * 1_000_000) == ["too-deep"]
    assert codes("- " * 100_000) == ["too-deep"]


def test_a_file_may_have_two_million_bytes_and_no_more() -> None:
    body = b"a: b\n"
    assert codes(body + b"#" * (2_000_000 - len(body))) == []
    assert codes(body + b"#" * (2_000_001 - len(body))) == ["file-too-large"]


def test_a_file_may_have_a_hundred_thousand_values() -> None:
    assert codes("[" + "a," * 99_999 + "]") == []
    assert codes("[" + "a," * 100_000 + "]") == ["file-too-large"]


def test_no_more_than_200_problems_are_listed() -> None:
    assert codes("a: 1\n" * 10_000) == ["duplicate-key"] * 200


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_the_byte_that_is_not_utf8_is_named(start: bytes) -> None:
    raw = start + "é: 한\n".encode() + b"b: \xff\n"
    with pytest.raises(StoryError) as raised:
        read_yaml(raw, "f")
    (problem,) = raised.value.problems
    assert problem.code == "not-utf8"
    assert f"0xff at offset {raw.index(0xFF)} " in problem.message
    assert (problem.span.line, problem.span.column) == (2, 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "latin-1", "cp949"])
def test_other_encodings_are_refused(encoding: str) -> None:
    text = "title: é" if encoding == "latin-1" else "title: 한국"
    assert codes(text.encode(encoding))[0] in ("not-utf8", "bad-character")


def test_utf16_is_called_by_its_name() -> None:
    with pytest.raises(StoryError, match="UTF-16"):
        read_text("a: b".encode("utf-16"), "f", max_bytes=100)


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x00", "\x0c", "\x7f", "\ufeff", "\ufffe"])
def test_an_invisible_character_is_a_fault_at_its_place_and_moves_nothing(odd: str) -> None:
    source = read(f"a: 1\nb: x{odd}y\nc: 3\n")
    assert [(p.code, p.span) for p in source.problems] == [("bad-character", Span("f", 2, 5, 2, 6))]
    assert source.span_of(("c",)) == Span("f", 3, 4, 3, 5)


def test_every_line_that_is_indented_with_a_tab_is_named() -> None:
    with pytest.raises(StoryError) as raised:
        read("a:\n\tb: 1\n  c: 2\n\td: 3\n")
    assert [(p.code, p.span.line) for p in raised.value.problems] == [("tab-indent", 2), ("tab-indent", 4)]


def test_a_tab_inside_a_text_is_text() -> None:
    assert read("a: |\n  x\n  \ty\n").data == {"a": "x\n\ty\n"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "says"),
    [
        ("a: b: c\n", "bad-yaml", 1, 5, "quotes"),
        ("title\nb: 1\n", "bad-yaml", 1, 1, "key: value"),
        ("a: 1\nb\nc: 1\n", "bad-yaml", 2, 1, "key: value"),
        ("a: 1\n b: 2\n", "bad-yaml", 2, 2, "indent"),
        ("a:\n  b: 1\n c: 2\n", "bad-yaml", 3, 2, "indent"),
        ("a: 'x\nb: 1\n", "bad-yaml", 1, 4, "close it"),
        ('a: "x\nb: 1\n', "bad-yaml", 1, 4, "close it"),
        ("a: [1, 2\nb: 3\n", "bad-yaml", 1, 4, "close it"),
        ("a: {b: 1\nc: 3\n", "bad-yaml", 1, 4, "close it"),
        ("a:\n - b\n c: 1\n", "bad-yaml", 3, 2, "'- '"),
        ("a: - b\n", "bad-yaml", 1, 4, "quotes"),
        ("a: @b\n", "bad-yaml", 1, 4, "quotes"),
        ("a: `b`\n", "bad-yaml", 1, 4, "quotes"),
        ("a: *\n", "bad-yaml", 1, 4, "quotes"),
        ('a: "\\x"\n', "bad-yaml", 1, 7, "character itself"),
        ('a: "\\ud800"\n', "bad-yaml", 1, 7, "character itself"),
        ('a: "C:\\path"\n', "bad-yaml", 1, 7, "backslash"),
        ("a: |x\n  y\n", "bad-yaml", 1, 4, "next line"),
        ("a: 1\n---\nb: 2\n", "bad-yaml", 2, 1, "---"),
        ("a: 'it's'\n", "bad-yaml", 1, 8, "quote marks"),
        ("title:\u00a0x\nb: 1\n", "odd-space", 1, 7, "plain space"),
        ("title：x\nb: 1\n", "odd-colon", 1, 6, "plain :"),
        ("a: “b: c”\n", "odd-quote", 1, 4, "plain quote marks"),
        ("a: “b\n  and c: d”\n", "odd-quote", 1, 4, "plain quote marks"),
        ("a:\n  b: c\n   d: “e” f\n", "bad-yaml", 3, 4, "indent it exactly like the key above"),
        ("a:\n  b:\n      c: d\n   e: f\n", "bad-yaml", 4, 4, "like line 3"),
        ("a:\n  b:\n    c:\n  d:\n        e: f\n    g:\n", "bad-yaml", 6, 5, "like line 5"),
        ("a:\n  - t: |\n       long\n      text\n", "bad-yaml", 4, 7, "like line 3"),
        ("a:\n  ,b: c\n", "bad-yaml", 2, 3, "quotes"),
    ],
)
def test_broken_yaml_is_explained_where_it_broke(text: str, code: str, line: int, column: int, says: str) -> None:
    with pytest.raises(StoryError) as raised:
        read(text)
    (problem,) = raised.value.problems
    assert (problem.code, problem.span.line, problem.span.column) == (code, line, column)
    assert says in problem.help


def test_an_empty_file_is_called_empty() -> None:
    assert [codes(text) for text in ("", "\n\n", "# only this\n", "---\n")] == [["empty-file"]] * 4


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: {b: [1, 'x']}\nc:\n  - |\n    two\n    lines\n  - d: \U0001f600\n    e:\nf: x\n"
    fast = read(text)
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    slow = read(text)
    assert (slow.data, slow.values, slow.keys) == (fast.data, fast.values, fast.keys)


def test_a_failure_inside_the_parser_is_the_authors_problem_not_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise IndexError("from inside")

    monkeypatch.setattr(yaml, "parse", broken)
    assert codes("a: b") == ["bad-yaml"]


def test_a_source_crosses_a_process_pool() -> None:
    source = read("a: [1, 2]\n")
    copy = pickle.loads(pickle.dumps(source))
    assert copy == source
    assert copy.span_of(("a", 1)) == source.span_of(("a", 1))
