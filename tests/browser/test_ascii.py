"""Scripts, styles and words that are written in ASCII mean to a browser what they meant before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from storymap.page.ascii import in_ascii

LETTERS = "é × – “ ” 한 \N{GRINNING FACE} \u2028"
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{LETTERS}</title>
<link rel="icon" href="data:,">
<style>b::before {{ content: "{LETTERS[:-2]} é1 \\\\–" }}</style></head>
<body><b title="{LETTERS}">{LETTERS}</b>{"." * 20000}
<script>globalThis.found = ["{LETTERS}", `{LETTERS}é\\\\–`,
/^[–−]$/u.test("−"), /^\N{GRINNING FACE}$/u.test("\N{GRINNING FACE}"), "\\\\–\\–"]</script>
"""
SEEN = """() => [document.title, document.querySelector("b").title, document.querySelector("b").textContent,
  getComputedStyle(document.querySelector("b"), "::before").content, ...found]"""


def test_a_browser_reads_the_same(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    seen = []
    for name, text in (("as-it-was", PAGE), ("ascii", in_ascii(PAGE))):
        path = tmp_path / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        seen.append(open_page(path).page.evaluate(SEEN))
    assert in_ascii(PAGE) != PAGE
    assert seen[0] == seen[1]
    assert seen[0][6:8] == [True, True]
