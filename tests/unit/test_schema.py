"""The schema that editors read."""

from __future__ import annotations

import json
from pathlib import Path

from storymap.story import TranslationDoc, json_schema

ROOT = Path(__file__).parents[2]


def test_the_committed_schema_is_that_of_the_model() -> None:
    """`storymap schema --write` was run after the last change of the model."""
    assert json.loads((ROOT / "storymap.schema.json").read_text(encoding="utf-8")) == json_schema()
    written = (ROOT / "storymap-translation.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == json_schema(TranslationDoc)


def test_the_seed_story_points_editors_at_the_schema() -> None:
    story = ROOT / "stories" / "kim-in-russia.yaml"
    modeline = story.read_text(encoding="utf-8").splitlines()[0]
    named = modeline.removeprefix("# yaml-language-server: $schema=")
    assert (story.parent / named).resolve() == ROOT / "storymap.schema.json"
