"""Leaflet in the page: the bundle is the one that its provenance describes, and it loads nothing."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib.resources import files

import pytest

from storymap.page import leaflet

FOLDER = files("storymap.page.leaflet")
PROVENANCE = json.loads(FOLDER.joinpath("provenance.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PROVENANCE["sha256"]))
def test_the_files_are_those_that_the_tool_wrote(name: str) -> None:
    assert sha256(FOLDER.joinpath(name).read_bytes()).hexdigest() == PROVENANCE["sha256"][name]


def test_the_version_is_the_one_in_the_provenance() -> None:
    assert PROVENANCE["version"] == leaflet.VERSION
    assert f'version:"{leaflet.VERSION}"' in leaflet.script()


def test_the_style_sheet_asks_for_no_file() -> None:
    assert "url(" not in leaflet.style()


def test_the_licence_names_its_authors() -> None:
    assert "Copyright (c) 2010-2023, Volodymyr Agafonkin" in leaflet.license_text()


def test_what_the_client_asks_of_leaflets_own_has_its_name() -> None:
    """Leaflet's own properties have short names in the bundle, but for these."""
    client = files("storymap.page").joinpath("client")
    sources = [file.read_text(encoding="utf-8") for file in client.iterdir() if file.name.endswith(".js")]
    asked = {name for source in sources for name in re.findall(r"(?<![\w$\"])_[a-z]\w+", source)}
    assert "_updatePath" in asked
    script = leaflet.script()
    assert {name for name in asked if not re.search(rf"\b{name}\b", script)} == set()
