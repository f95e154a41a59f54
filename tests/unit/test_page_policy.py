"""A page's policy: hashes of what stands in it, and no host but those that a story's tiles come from."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from storymap.compiler import build
from storymap.page.policy import CSP_SLOT, script_safe, with_policy
from tests.unit.making import made, step

PAGE = f'<meta content="{CSP_SLOT}"><style>a{{}}</style><script>one()</script><script>two()</script>'
HOST = "https://tiles.example.org"


def rules(html: str) -> dict[str, str]:
    policy = html.split('content="')[1].partition('"')[0]
    return dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_each_script_and_style_is_allowed_by_its_hash_and_all_else_is_not() -> None:
    assert rules(with_policy(PAGE)) == {
        "default-src": "'none'",
        "script-src": f"{hashed('one()')} {hashed('two()')}",
        "style-src": hashed("a{}"),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_letters_beyond_ascii_are_hashed_as_utf_8() -> None:
    assert hashed("“né”") in rules(with_policy(PAGE.replace("one()", "“né”")))["script-src"]


def test_data_is_no_script_and_gets_no_hash() -> None:
    page = PAGE + '<script type="application/json">{}</script>'
    assert rules(with_policy(page)) == rules(with_policy(PAGE))


def test_the_slot_in_later_text_stays_text() -> None:
    assert with_policy(f"{PAGE}<p>{CSP_SLOT}</p>").endswith(f"<p>{CSP_SLOT}</p>")


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "</style", "<!--"])
def test_no_script_can_end_early(text: str) -> None:
    assert "<" not in script_safe(f'say("{text}")')


def test_harmless_script_is_left_alone() -> None:
    text = "if (a < b && c > d) return `<p>${e}</p>`;"
    assert script_safe(text) == text


def test_without_tiles_nothing_may_load() -> None:
    found = rules(with_policy(PAGE))
    assert found["img-src"] == "data:"
    assert "connect-src" not in found
    assert found["default-src"] == "'none'"


def test_with_tiles_pictures_and_the_one_question_may_go_to_their_hosts_and_nothing_else_changes() -> None:
    without, found = rules(with_policy(PAGE)), rules(with_policy(PAGE, [HOST, "https://b.example.org:8443"]))
    assert found.pop("img-src") == f"data: {HOST} https://b.example.org:8443"
    assert found.pop("connect-src") == f"{HOST} https://b.example.org:8443"
    assert found == {key: value for key, value in without.items() if key != "img-src"}


@pytest.mark.parametrize(
    "origin",
    [
        "https://a.org; script-src *",
        "https://a.org 'unsafe-inline'",
        'https://a.org"',
        "https://a.org/path",
        "https://*.org",
        "https://a",
        "http://a.org",
        "*",
        "",
        "https://a.org\n",
    ],
)
def test_what_is_no_origin_never_reaches_a_policy(origin: str) -> None:
    with pytest.raises(ValueError, match="no origins"):
        with_policy(PAGE, [origin])


def test_a_story_without_tiles_holds_nothing_of_them() -> None:
    html = build(made(step())).html
    for word in ("connect-src", 'id="sm_tiles', "$$tiles", "tile-pane", "street map"):
        assert word not in html
