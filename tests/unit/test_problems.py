"""How a fault is shown: where it is, what is wrong, what to type."""

from __future__ import annotations

import json
import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storymap.problems import (
    Problem,
    Span,
    StoryError,
    StorymapError,
    ToolError,
    as_excerpt,
    as_line,
    as_record,
    as_text,
    did_you_mean,
)

TEXT = "title: A border\nplces: data\n"
PROBLEM = Problem(Span("kim.yaml", 2, 1, 2, 6), "unknown-key", "unknown key 'plces'", "did you mean 'places'?")


def test_an_excerpt_shows_the_line_and_points_at_the_words() -> None:
    assert as_excerpt(PROBLEM, TEXT) == (
        "kim.yaml:2:1: error: unknown key 'plces' [unknown-key]\n"
        "  2 | plces: data\n"
        "    | ^^^^^\n"
        "  help: did you mean 'places'?"
    )


def test_lines_to_paste_stand_below_the_help_in_an_excerpt_and_not_on_one_line() -> None:
    problem = Problem(Span("kim.yaml", 2), "c", "what", "claim it:\n- quote: 5 km\n  length: a")
    assert as_excerpt(problem, None).split("\n")[1:] == ["  help: claim it:", "    - quote: 5 km", "      length: a"]
    assert as_line(problem) == "kim.yaml:2:1: error: what (claim it) [c]"
    assert json.loads(json.dumps(as_record(problem)))["help"] == problem.help


def test_without_the_file_there_is_the_message_and_the_help() -> None:
    shown = "kim.yaml:2:1: error: unknown key 'plces' [unknown-key]\n  help: did you mean 'places'?"
    assert as_excerpt(PROBLEM, None) == as_excerpt(PROBLEM, "only one line") == shown


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_yaml_has_them(end: str) -> None:
    assert as_excerpt(PROBLEM, TEXT.replace("\n", end)) == as_excerpt(PROBLEM, TEXT)


def test_other_separators_are_no_ends_of_lines() -> None:
    assert "| plces: data" in as_excerpt(PROBLEM, "title: a\u2028b\x0cc\x85\nplces: data\n")


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "x" * 300 + "HERE" + "y" * 300
    shown = as_excerpt(Problem(Span("a", 1, 301, 1, 305), "c", "m"), line).split("\n")
    assert max(len(part) for part in shown) <= 110
    start = shown[2].index("^")
    assert shown[1][start : start + shown[2].count("^")] == "HERE"


@given(st.text(max_size=200), st.integers(1, 250), st.integers(0, 250), st.integers(0, 3))
def test_the_caret_stays_under_the_line_whatever_the_span(line: str, column: int, end: int, more: int) -> None:
    shown = as_excerpt(Problem(Span("a", 1, column, 1 + more if more else 0, end), "c", "m"), line).split("\n")
    assert len(shown) == 3
    assert "^" in shown[2]
    assert columns(shown[2]) <= columns(shown[1]) + 1
    assert all(part.isprintable() for part in shown)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes, counted apart from the program."""
    wide = sum(unicodedata.east_asian_width(character) in ("W", "F") for character in text)
    marks = sum(unicodedata.category(character) in ("Mn", "Me") for character in text)
    inner = sum(0x1160 <= ord(character) <= 0x11FF for character in text)
    return len(text) + wide - marks - inner


@pytest.mark.parametrize(
    ("before", "words", "carets"),
    [
        ("제목: 두만강 ", "국경", 4),
        ("Ｗｉｄｅ：", "half", 4),
        ("Fäö ".encode().decode(), "é", 1),
        (unicodedata.normalize("NFD", "Füße, 국경 "), unicodedata.normalize("NFD", "é강"), 3),
        ("가" * 200, "국경", 4),
        ("e\u0301" * 200, "here", 4),
    ],
)
def test_the_caret_stands_under_the_words_whatever_the_width_of_letters(before: str, words: str, carets: int) -> None:
    start = len(before) + 1
    shown = as_excerpt(Problem(Span("a", 1, start, 1, start + len(words)), "c", "m"), f"{before}{words} {before}")
    _, line, pointer = shown.split("\n")
    at = line.index(words) if words in line else -1
    assert columns(line[:at]) == pointer.index("^")
    assert pointer.count("^") == carets
    assert columns(line) <= 110


def test_one_line_says_it_all() -> None:
    assert as_line(PROBLEM) == "kim.yaml:2:1: error: unknown key 'plces' (did you mean 'places'?) [unknown-key]"
    assert as_line(Problem(Span("a"), "c", "m", level="warning")) == "a:1:1: warning: m [c]"


def test_a_record_is_plain_data_with_an_end() -> None:
    assert json.loads(json.dumps(as_record(PROBLEM))) == {
        "path": "kim.yaml",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 6,
        "code": "unknown-key",
        "level": "error",
        "message": "unknown key 'plces'",
        "help": "did you mean 'places'?",
    }
    assert as_record(Problem(Span("a", 3, 4), "c", "m"))["end_line"] == 3


def test_several_problems_are_parted_by_blank_lines_each_with_its_own_file() -> None:
    other = Problem(Span("places.geojson", 1, 1, 1, 2), "bad-json", "not JSON")
    shown = as_text([PROBLEM, other], {"kim.yaml": TEXT, "places.geojson": "["}).split("\n\n")
    assert [part.split("\n")[1] for part in shown] == ["  2 | plces: data", "  1 | ["]


def test_an_error_holds_its_problems_in_the_order_of_the_file() -> None:
    early, late = Problem(Span("a", 1, 5), "c", "one"), Problem(Span("a", 10, 1), "c", "two")
    error = StoryError([late, early])
    assert error.problems == (early, late)
    assert str(error) == "a:1:5: error: one [c]\na:10:1: error: two [c]"


def test_errors_cross_processes_whole() -> None:
    error = pickle.loads(pickle.dumps(StoryError([PROBLEM])))
    assert error.problems == (PROBLEM,)
    assert str(pickle.loads(pickle.dumps(ToolError("no disk")))) == "no disk"


def test_there_is_one_error_to_catch() -> None:
    assert issubclass(StoryError, StorymapError)
    assert issubclass(ToolError, StorymapError)


@pytest.mark.parametrize(
    ("word", "said"), [("plces", "did you mean 'places'?"), ("Title", "did you mean 'title'?"), ("zzz", ""), ("", "")]
)
def test_did_you_mean_is_said_only_of_what_is_near(word: str, said: str) -> None:
    assert did_you_mean(word, ["places", "title", "steps"]) == said
