"""Findings at the terminal and for machines."""

from __future__ import annotations

import json
import math
from typing import Any
from xml.etree import ElementTree as ET

from storymap.compiler import Checked, check
from storymap.problems import Level, Problem, Span
from storymap.report import Outcome, as_data, as_github, as_junit, as_lines
from storymap.strings import catalogue
from tests.unit.making import made, step

BETWEEN = {"from": "station", "to": "border"}
CLAIMS = [
    {
        "quote": "less than 150 km",
        "distance": {"from": "station", "to": "border"},
        "also": [{"label": "From the island", "from": "island"}],
    },
    {"quote": "more than 150 km", "distance": {"from": "station", "to": "border"}, "verdict": "fails"},
    {"quote": "on the island", "within": {"place": "station", "area": "island"}},
    {"quote": "far", "distance": {"from": "station", "to": "border"}, "expect": "none"},
    {"quote": "two days", "interval": {"from": "2019-04-24", "to": "2019-04-26"}},
]
TEXT = "It is less than 150 km, it is more than 150 km, it is on the island, it is far, it is two days."


def checked() -> Checked:
    return check(made(step(TEXT, claims=CLAIMS), unchecked=[{"quote": "It", "why": "a word"}]))


def data() -> dict[str, Any]:
    found = checked()
    copy: dict[str, Any] = json.loads(
        json.dumps(
            as_data("a.yaml", found.findings.values(), found.resolved.unchecked, found.warnings, catalogue()),
            allow_nan=False,
        )
    )
    return copy


def test_a_line_has_verdict_value_interval_quote_and_place() -> None:
    lines = as_lines(checked().findings.values(), catalogue())
    assert lines[0] == "Holds             127.2 km ± 0.1 km       under 150 km  “less than 150 km”  made-up.yaml:9"
    assert lines[1].startswith("Holds             ")
    assert lines[1].endswith("    also read as: From the island")
    assert "Does not hold     " in lines[2]
    assert "(the author says: fails)" in lines[2]
    assert [line[:17] for line in lines[3:]] == ["Does not hold    ", "Too loose to test", "Too close to call"]
    assert "[uncertainty]" in lines[-1]


def test_the_data_are_json_without_infinity() -> None:
    (less, more, within, loose, _) = data()["claims"]
    assert less["core"] == [None, 150_000]
    assert more["core"] == [150_000, None]
    assert (within["core"], loose["core"]) == (None, None)
    assert math.isclose(less["value"], 127_200, rel_tol=0.01)
    assert less["low"] < less["value"] < less["high"]
    assert less["dimension"] == "length"


def test_the_data_say_where_each_claim_stands_and_how_it_is_shown() -> None:
    claim = data()["claims"][0]
    assert (claim["path"], claim["line"], claim["id"], claim["step"]) == ("made-up.yaml", 9, "c1", "one")
    assert (claim["kind"], claim["quote"], claim["verdict"]) == ("distance", "less than 150 km", "holds")
    assert claim["shown"] == {
        "value": "127.2 km",
        "uncertainty": "± 0.1 km",
        "interval": "127.08–127.29 km",
        "claimed": "under 150 km",
        "allowed": "under 150 km",
        "margin": "22.81 km to spare; with its uncertainty 22.71 km",
        "why": "",
    }
    assert claim["places"] == ["station", "border"]
    assert [also["label"] for also in claim["also"]] == ["From the island"]


def test_the_data_say_whether_it_turned_out_as_the_author_says() -> None:
    assert [(c["verdict"], c["authors_verdict"], c["as_the_author_says"]) for c in data()["claims"]] == [
        ("holds", None, True),
        ("fails", "fails", True),
        ("fails", None, False),
        ("too-loose", None, True),
        ("too-close", None, True),
    ]


def test_what_is_set_aside_and_what_is_wrong_stand_beside_the_claims() -> None:
    found = data()
    assert found["story"] == "a.yaml"
    assert found["unchecked"] == [{"quote": "It", "why": "a word", "step": "one"}]
    assert found["errors"] == []
    assert [warning["code"] for warning in found["warnings"]] == ["too-close"]


# For test reports


def outcome(*problems: Problem, strict: bool = False) -> Outcome:
    found = checked()
    return Outcome("stories/a.yaml", tuple(found.findings.values()), (*found.warnings, *problems), strict)


def at(line: int, message: str, *, level: Level = "error", help: str = "") -> Problem:
    return Problem(Span("stories/a.yaml", line, 7), "some-code", message, help, level)


def junit(*outcomes: Outcome) -> ET.Element:
    return ET.fromstring(as_junit(outcomes, catalogue()))


def test_every_claim_is_a_test_case_with_its_file_and_line() -> None:
    cases = junit(outcome()).findall("testsuite/testcase")
    assert [case.get("name") for case in cases][:2] == ["c1: less than 150 km", "c2: more than 150 km"]
    assert {case.get("classname") for case in cases} == {"stories.a.one"}
    assert {case.get("file") for case in cases} == {"made-up.yaml"}
    assert [case.get("line") for case in cases] == [str(claim["line"]) for claim in data()["claims"]]
    assert {case.get("time") for case in cases} == {"0"}


def test_a_claim_fails_in_the_test_report_where_the_command_fails() -> None:
    """One that is too close to call passes, and fails under --strict; the finding stands in the output of each."""
    cases = junit(outcome()).findall("testsuite/testcase")
    assert [case.find("failure") is not None for case in cases] == [False, False, True, False, False]
    assert all((case.findtext("system-out") or "").splitlines() for case in cases)
    failure = cases[2].find("failure")
    assert failure is not None
    assert failure.get("type") == "fails"
    assert (failure.get("message") or "").startswith("Does not hold: measured −")
    strict = junit(outcome(strict=True)).findall("testsuite/testcase")
    assert [case.find("failure") is not None for case in strict] == [False, False, True, False, True]


def test_faults_of_a_story_are_errors_and_warnings_stand_beside_the_cases() -> None:
    problems = [at(3, "no <place> & 'none'"), at(4, "odd", level="warning")]
    suite = junit(outcome(*problems)).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("6", "1", "1")
    (error,) = [case for case in suite.findall("testcase") if case.find("error") is not None]
    assert (error.get("name"), error.get("line")) == ("some-code: 3:7: no <place> & 'none'", "3")
    assert error.findtext("error") == "stories/a.yaml:3:7: error: no <place> & 'none' [some-code]"
    assert suite.findtext("system-err") == "stories/a.yaml:4:7: warning: odd [some-code]"
    (strict,) = junit(outcome(*problems, strict=True)).findall("testsuite")
    assert (strict.get("tests"), strict.get("failures"), strict.find("system-err")) == ("7", "3", None)


def test_a_test_report_is_what_common_readers_expect() -> None:
    """Ant's order of elements, counts that add up, names that are unique, and no character that XML cannot hold."""
    problems = [at(3, "a\x00\x1b[31m\ud800\ufffe"), at(4, "odd", level="warning")]
    root = junit(outcome(*problems), outcome(*problems, strict=True))
    assert root.tag == "testsuites"
    suites = root.findall("testsuite")
    assert root.get("tests") == str(sum(int(suite.get("tests", "")) for suite in suites)) == "13"
    for suite in suites:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
        assert [child.tag for child in suite] in (["testcase"] * 6 + ["system-err"], ["testcase"] * 7)
        for case in cases:
            assert [child.tag for child in case] in (["system-out"], ["failure", "system-out"], ["failure"], ["error"])
            assert case.attrib.keys() == {"classname", "name", "file", "line", "time"}
    assert "a\ufffd\ufffd[31m\ufffd\ufffd" in as_junit([outcome(*problems)], catalogue()).decode()


def test_a_report_of_no_story_is_empty_and_whole() -> None:
    assert junit().attrib == {
        "name": "storymap", "tests": "0", "failures": "0", "errors": "0", "skipped": "0", "time": "0"
    }  # fmt: skip


# For GitHub


def github(*problems: Problem, strict: bool = False) -> list[str]:
    return as_github(outcome(*problems, strict=strict), catalogue())


def test_what_fails_is_an_error_at_its_line_and_what_is_fine_says_nothing() -> None:
    failing, close = github()
    line = data()["claims"][2]["line"]
    assert failing.startswith(f"::error file=made-up.yaml,line={line},col=")
    assert ",title=Does not hold::“on the island”: Does not hold: measured −" in failing
    assert close.startswith("::warning file=made-up.yaml,line=")
    assert ",title=too-close::too close to call: measured " in close


def test_under_strict_warnings_are_errors_and_none_is_told_twice() -> None:
    commands = github(at(4, "odd", level="warning"), strict=True)
    assert [command.partition(" ")[0] for command in commands] == ["::error"] * 3
    assert [command.count("Too close to call") for command in commands] == [0, 2, 0]


def test_what_has_a_meaning_in_commands_is_escaped() -> None:
    """A message may hold anything but line ends and percent signs; a property no colon and no comma either."""
    problem = Problem(Span("a,b:c%.yaml", 2, 3), "some-code", "50 %, so: \r\n::error::mine", "type\n100 %")
    (command,) = as_github(Outcome("a", (), (problem,)), catalogue())
    assert command == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,title=some-code::50 %25, so: %0D%0A::error::mine%0Atype%0A100 %25"
    )


def test_no_words_of_an_author_begin_a_line_of_a_log() -> None:
    (finding,) = check(
        made(
            step(
                "It is far\n::error::off.",
                claims=[{"quote": "far\n::error::off", "distance": BETWEEN, "expect": "none"}],
            )
        )
    ).findings.values()
    assert [line for line in as_lines([finding], catalogue()) if "\n" in line] == []
