"""A story in this machine's browser, built afresh when a file of it changes; in error it keeps its last page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from storymap.compiler import build
from storymap.inputs import read, texts_of
from storymap.problems import StoryError, ToolError, as_text

_LOOPBACK = "127.0.0.1"


class Preview:
    """The last good page of one story, and when it must be built again."""

    def __init__(self, path: Path, say: Callable[[str], object]) -> None:
        self._path, self._say = path, say
        self._raw: object = None
        self._html = ""
        self._lock = Lock()

    def page(self) -> str:
        """Return the page as the files stand now; where they are wrong, say so and return the last good one."""
        with self._lock:
            try:
                inputs = read(self._path)
                raw = (inputs.source.text, inputs.places, inputs.detail, dict(inputs.pictures))
                if raw != self._raw:
                    self._html = build(inputs).html
                    self._raw = raw
                    self._say(f"built {self._path}")
            except StoryError as error:
                self._say(as_text(error.problems, texts_of(error.problems)))
            except ToolError as error:
                self._say(f"storymap: {error}")
            return self._html


def serve(path: Path, port: int, say: Callable[[str], object]) -> None:
    """Serve the story at `path` on loopback until Ctrl+C; a port of 0 takes a free one. `say` gets lines to show."""
    read(path)  # a story that is not there, or no YAML at all, is nothing to wait for
    preview = Preview(path, say)
    preview.page()
    server = server_of(preview, port)
    say(f"open http://{_LOOPBACK}:{server.server_port}/ (reload after saving; stop with Ctrl+C)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("stopped")
    finally:
        server.server_close()


def server_of(preview: Preview, port: int) -> ThreadingHTTPServer:
    """Return a server on loopback that answers / with the page, and only to this machine's own names."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A hostile page may point a name of its own at loopback; its requests carry that name.
            host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
            if host not in (_LOOPBACK, "localhost"):
                self.send_error(HTTPStatus.BAD_REQUEST)
            elif self.path.split("?")[0] != "/":
                self.send_error(HTTPStatus.NOT_FOUND)
            else:
                body = preview.page().encode()
                self.send_response(HTTPStatus.OK if body else HTTPStatus.SERVICE_UNAVAILABLE)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of requests."""

    try:
        return ThreadingHTTPServer((_LOOPBACK, port), Handler)
    except OSError as error:
        raise ToolError(f"cannot listen on port {port}: {error.strerror}") from error
