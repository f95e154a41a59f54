"""What a screen reader is given: Chromium's accessibility tree, read from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A screen reader says such a node by its name, which is made of all that stands in it.
WHOLE = ("heading", "button", "link", "columnheader", "rowheader", "cell", "term")
CONTROLS = ("button", "link", "textbox", "checkbox", "combobox", "DisclosureTriangle", "slider", "switch", "tab")


@dataclass(frozen=True)
class Heard:
    """A node as it is said: its role, name, description and states, and the roles and names that it stands in."""

    role: str
    name: str
    description: str
    states: dict[str, Any]
    within: tuple[tuple[str, str], ...]

    def is_in(self, role: str, name: str = "") -> bool:
        """Whether it stands in a node of this role, and of this name if one is given."""
        return any(its == role and name in ("", called) for its, called in self.within)

    def __str__(self) -> str:
        """The words, spaces made plain."""
        return plain(self.name)


def plain(text: str) -> str:
    """Return a text with one plain space wherever it has some."""
    return " ".join(text.split())


def hear(page: Page) -> list[Heard]:
    """Return all nodes that a screen reader is told of, in the order of the page."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any], within: tuple[tuple[str, str], ...]) -> Iterator[Heard]:
        role, name = (node.get(key, {}).get("value", "") for key in ("role", "name"))
        if not node["ignored"]:
            states = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            yield Heard(role, name, node.get("description", {}).get("value", ""), states, within)
            within = (*within, (role, name))
        for child in node.get("childIds", []):
            if child in by_id:
                yield from walk(by_id[child], within)

    return list(walk(nodes[0], ()))


def lines(heard: Sequence[Heard]) -> list[str]:
    """Return what is said from the beginning to the end: "heading 2: …", "button: …", and plain words."""
    said = []
    for one in heard:
        whole = next((role for role, _ in reversed(one.within) if role in WHOLE), None)
        if one.role in WHOLE and str(one) and (whole is None or one.role in CONTROLS):
            level = f" {one.states['level']}" if one.role == "heading" else ""
            said.append(f"{one.role}{level}: {one}")
        elif one.role == "StaticText" and whole is None and str(one):
            said.append(str(one))
    return said


def in_order(wanted: Sequence[str], said: Sequence[str]) -> list[str]:
    """Return what was wanted in this order and is not said; each part may stand within what is said."""
    missing, rest = [], iter(said)
    for part in wanted:
        kept = list(rest)
        at = next((i for i, line in enumerate(kept) if part in line), None)
        if at is None:
            missing.append(part)
        rest = iter(kept if at is None else kept[at:])
    return missing
