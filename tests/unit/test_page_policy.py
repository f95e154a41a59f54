"""The page's policy lets run what the page holds, by hash, and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from storymap.page.policy import CSP_SLOT, script_safe, with_policy

PAGE = f'<meta content="{CSP_SLOT}"><style>a{{}}</style><script>one()</script><script>two()</script>'


def policy_of(page: str) -> dict[str, list[str]]:
    content = re.findall(r'<meta content="([^"]*)">', page)[0]
    return {rule.split()[0]: rule.split()[1:] for rule in content.split(";")}


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_each_script_and_style_is_allowed_by_its_hash_and_all_else_is_not() -> None:
    assert policy_of(with_policy(PAGE)) == {
        "default-src": ["'none'"],
        "script-src": [hashed("one()"), hashed("two()")],
        "style-src": [hashed("a{}")],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_a_changed_letter_changes_the_hash() -> None:
    before, after = (policy_of(with_policy(page)) for page in (PAGE, PAGE.replace("two()", "two() ")))
    assert before["script-src"][0] == after["script-src"][0]
    assert before["script-src"][1] != after["script-src"][1]
    assert before["style-src"] == after["style-src"]


def test_letters_beyond_ascii_are_hashed_as_utf_8() -> None:
    assert hashed("“né”") in policy_of(with_policy(PAGE.replace("one()", "“né”")))["script-src"]


def test_data_is_no_script_and_gets_no_hash() -> None:
    page = PAGE + '<script type="application/json">{}</script>'
    assert policy_of(with_policy(page)) == policy_of(with_policy(PAGE))


def test_the_slot_in_later_text_stays_text() -> None:
    assert with_policy(f"{PAGE}<p>{CSP_SLOT}</p>").endswith(f"<p>{CSP_SLOT}</p>")


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "</style", "<!--"])
def test_no_script_can_end_early(text: str) -> None:
    assert "<" not in script_safe(f'say("{text}")')


def test_harmless_script_is_left_alone() -> None:
    text = "if (a < b && c > d) return `<p>${e}</p>`;"
    assert script_safe(text) == text
