"""Findings as JUnit's XML, which the test reports of most build servers read.

There is no standard; elements stand in the order of Ant's schema, and every test case has the `file` and `line` that
newer readers show. A suite is a story, a test case a claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from xml.etree import ElementTree as ET

from storymap.problems import Problem, Span, as_line
from storymap.report.outcome import Outcome
from storymap.report.text import as_lines, in_short, one_line
from storymap.scene import Finding
from storymap.strings import Catalogue

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(outcomes: Sequence[Outcome], words: Catalogue) -> bytes:
    """Return the XML (UTF-8) of all stories.

    A claim that fails is a failure, a fault of a story an error with a test case of its own. Warnings stand in the
    suite's `system-err`; where they fail too, each is a failure.
    """
    root = ET.Element("testsuites", name="storymap")
    for outcome in outcomes:
        _suite(root, outcome, words)
    _count(root)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _suite(root: ET.Element, outcome: Outcome, words: Catalogue) -> None:
    suite = ET.SubElement(root, "testsuite", name=_text(outcome.path))
    # Readers take name and class name together for one test, so the class name holds the whole path.
    story = ".".join(part for part in PurePath(outcome.path).with_suffix("").parts if part != "/")
    for problem in outcome.problems_beside("error"):
        _problem(suite, story, problem, "error")
    for finding in outcome.findings:
        _claim(suite, story, finding, words, fails=outcome.fails(finding))
    warnings = outcome.problems_beside("warning")
    if outcome.strict:
        for problem in warnings:
            _problem(suite, story, problem, "failure")
    elif warnings:
        ET.SubElement(suite, "system-err").text = _text("\n".join(map(as_line, warnings)))
    _count(suite)


def _claim(suite: ET.Element, story: str, finding: Finding, words: Catalogue, *, fails: bool) -> None:
    name = f"{finding.claim_id}: {one_line(finding.quote)}"
    case = _case(suite, f"{story}.{finding.step_id}", name, finding.span)
    told = _text("\n".join(as_lines([finding], words)))
    if fails:
        failure = ET.SubElement(case, "failure", type=finding.verdict, message=_text(in_short(finding, words)))
        failure.text = told
    ET.SubElement(case, "system-out").text = told


def _problem(suite: ET.Element, story: str, problem: Problem, kind: str) -> None:
    name = f"{problem.code}: {problem.span.line}:{problem.span.column}: {one_line(problem.message)}"
    case = _case(suite, story, name, problem.span)
    ET.SubElement(case, kind, type=problem.code, message=_text(problem.message)).text = _text(as_line(problem))


def _case(suite: ET.Element, classname: str, name: str, span: Span) -> ET.Element:
    return ET.SubElement(
        suite,
        "testcase",
        classname=_text(classname),
        name=_text(name),
        file=_text(span.path),
        line=str(span.line),
        time="0",  # not measured; some readers want the attribute
    )


def _count(element: ET.Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("time", "0")


def _text(text: str) -> str:
    """Return a text with what XML 1.0 cannot hold replaced."""
    return _NOT_IN_XML.sub("\ufffd", text)
