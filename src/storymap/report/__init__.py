"""Findings for people at a terminal, and for machines: JSON, JUnit's XML, GitHub's workflow commands."""

from storymap.report.data import as_data
from storymap.report.github import as_github
from storymap.report.junit import as_junit
from storymap.report.outcome import Outcome
from storymap.report.text import as_lines, what_fails

__all__ = ["Outcome", "as_data", "as_github", "as_junit", "as_lines", "what_fails"]
