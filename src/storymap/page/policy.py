"""The Content-Security-Policy of a finished page: nothing may load, and only the page's own scripts and styles run."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

CSP_SLOT = "storymap-csp-slot"

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def with_policy(html: str) -> str:
    """Return the page with its policy in place of the slot: hashes of every inline script and style, and no more."""
    scripts = " ".join(dict.fromkeys(_hash(text) for text in _SCRIPT.findall(html)))
    styles = " ".join(dict.fromkeys(_hash(text) for text in _STYLE.findall(html)))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return html.replace(CSP_SLOT, policy, 1)


def script_safe(text: str) -> str:
    """Return script or style text that cannot end its element early."""
    return re.sub(r"<(?=/(?:script|style)|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
