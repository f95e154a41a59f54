"""The page asks for nothing beyond itself and says nothing to the console: `open_page` checks both when a test ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.stage import SIZES, Stage


@pytest.mark.parametrize(
    ("size", "theme"), [(size, theme) for size, theme in zip(SIZES, ["light", "dark"] * 2, strict=True)]
)
def test_every_step_and_every_claim_opens_without_a_request_or_a_console_message(
    stage: Callable[..., Stage], size: tuple[int, int], theme: str
) -> None:
    story = stage(size, theme=theme)
    opened = 0
    for step in story.ids:
        assert story.at == step
        for claim in story.claims():
            claim.click()
            assert story.page.locator(".panel:visible").count() == 1
            opened += 1
        story.page.locator("#sm_next").click()
    assert opened == story.page.locator("a.claim").count() > 0
    assert story.page.evaluate("document.activeElement.id") == "sm_checks"


def test_the_policy_lets_nothing_in(stage: Callable[..., Stage]) -> None:
    policy = stage().page.locator("meta[http-equiv]").get_attribute("content") or ""
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for kind in ("script-src", "style-src"):
        assert all(source.startswith("'sha256-") for source in rules[kind].split())
