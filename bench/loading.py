"""Opens pages in Chromium from a server of its own, and counts what they cost: bytes, requests, main-thread CPU."""

from __future__ import annotations

import gzip
import mimetypes
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from struct import pack
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, CDPSession, Playwright

from tools.setup.chromium import find_chromium

SETTLED_MS = 1000  # after the load event: longer than any page here works on
# Scripts and styles that folium asks other hosts for, by what their addresses end with, as npm has them.
FOREIGN = {
    "dist/leaflet.js": "leaflet/dist/leaflet.js",
    "dist/leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet.awesome-markers.css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
}
FREE = "<!doctype html><title>Nothing</title>"


def tile() -> bytes:
    """Return a picture of 256 × 256 pixels, about as heavy as a street map's."""
    rows = b"".join(b"\x00" + bytes((x * y + (x ^ y)) % 7 * 3 + 200 for x in range(256)) for y in range(256))
    chunks = ((b"IHDR", pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of a folder, a picture for every tile, and an empty page at `/nothing`; yield the address."""
    picture = tile()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / self.path.split("?")[0].lstrip("/")
            known = {"/nothing": FREE.encode()}.get(self.path)
            body = picture if self.path.startswith("/tiles/") else known
            if body is None and path.is_file():
                body = path.read_bytes()
            with suppress(ConnectionError):  # who goes on to the next page does not wait for all of the last
                self._answer(body)

        def _answer(self, body: bytes | None) -> None:
            self.send_response(200 if body is not None else 404)
            kind = mimetypes.guess_type(self.path)[0] or "text/html; charset=utf-8"
            if body is not None and kind.startswith(("text/", "application/")):
                body = gzip.compress(body, 6)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def chromium(playwright: Playwright) -> Browser:
    """Return a browser without a graphics card."""
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=find_chromium(), args=flags)


@contextmanager
def opened(browser: Browser, host: str, packages: Path, **how: Any) -> Iterator[tuple[Any, CDPSession, list[Any]]]:
    """Yield a page of the host that shows nothing yet, a session that counts, and a list of what the page then gets."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | how))

    def answer(route: Any) -> None:
        ending = next((end for end in FOREIGN if route.request.url.endswith(end)), None)
        if route.request.url.startswith(host):
            route.continue_()
        elif ending:
            route.fulfill(path=packages / FOREIGN[ending])
        else:
            route.fulfill(status=200, body="")

    context.route(lambda url: not url.startswith((host, "data:")), answer)
    page = context.new_page()
    page.goto(f"{host}/nothing")
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  (Playwright marks what it is given)
    yield page, session, responses
    context.close()


def counted(session: CDPSession) -> dict[str, float]:
    """Return what Chromium has counted of the main thread so far: durations in ms of CPU, and numbers."""
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    timed = ("Time", "Duration")
    return {m["name"]: m["value"] * (1000 if m["name"].endswith(timed) else 1) for m in metrics}


def load_cpu_ms(browser: Browser, host: str, packages: Path, address: str) -> dict[str, float]:
    """Return what the main thread does from the click on a link until the page has settled, in ms of CPU."""
    with opened(browser, host, packages) as (page, session, _):
        before = counted(session)
        page.goto(f"{host}/{address}", wait_until="load")
        page.wait_for_timeout(SETTLED_MS)
        after = counted(session)
    return {name: after[name] - before.get(name, 0.0) for name in after}
