"""Lighthouse gives the page full marks for accessibility, best practices and search engines."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import FLAGS
from tools.setup.chromium import find_chromium

SCRIPT = Path(__file__).with_name("lighthouse.mjs")
ROOT = SCRIPT.parents[2]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(story_page: Path) -> Iterator[str]:
    """Where this machine alone finds the seed story: Lighthouse looks at no files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(story_page.parent))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{story_page.name}"
        server.shutdown()


def test_full_marks(address: str) -> None:
    npm = ["sh", str(ROOT / "tools" / "setup" / "npm.sh"), "exec", "--", "node", str(SCRIPT)]
    browser = shutil.which(find_chromium() or "")
    assert browser
    run = subprocess.run([*npm, address, browser, *FLAGS], capture_output=True, text=True, check=False, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert told == {"scores": {"accessibility": 100, "best-practices": 100, "seo": 100}, "wanting": []}
