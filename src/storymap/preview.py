"""A story in this machine's browser, built afresh when a file of it changes; in error it keeps its last page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from storymap.compiler import build
from storymap.editions import original_of, tag_of, translations_of
from storymap.inputs import read, texts_of
from storymap.media import media_type_of
from storymap.problems import StoryError, ToolError, as_text

_LOOPBACK = "127.0.0.1"


class Preview:
    """The last good page of one story, and when it must be built again."""

    def __init__(self, path: Path, say: Callable[[str], object]) -> None:
        self._path, self._say = path, say
        self._raw: object = None
        self._html = ""
        self._files: Mapping[str, bytes] = {}
        self._lock = Lock()
        self._others: dict[Path, Preview] = {}

    def at(self, address: str) -> tuple[Preview, str]:
        """Return whose an address is, this story's or that of one of its languages, and what it is from there on."""
        original = original_of(self._path) or self._path
        tag, slash, rest = address.partition("/")
        others = translations_of(original)
        known = {tag_of(one): one for one in others} if slash else {"index.html": original} if others else {}
        path = known.get(tag)
        if path is None:
            return self, address
        other = self if path == self._path else self._others.setdefault(path, Preview(path, self._say))
        return other, "" if rest == "index.html" else rest

    def page(self) -> str:
        """Return the page as the files stand now; where they are wrong, say so and return the last good one."""
        with self._lock:
            try:
                inputs = read(self._path)
                own = inputs.translation.source.text if inputs.translation else ""
                raw = (inputs.source.text, own, inputs.editions, inputs.places, inputs.detail, dict(inputs.media))
                if raw != self._raw:
                    built = build(inputs)
                    self._html, self._files = built.html, built.files
                    self._raw = raw
                    self._say(f"built {self._path}")
            except StoryError as error:
                self._say(as_text(error.problems, texts_of(error.problems)))
            except ToolError as error:
                self._say(f"storymap: {error}")
            return self._html

    def file(self, address: str) -> bytes | None:
        """Return a file that stands beside the last good page, None where there is none of that address."""
        with self._lock:
            return self._files.get(address)


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
                return
            shown, address = preview.at(self.path.split("?")[0].removeprefix("/"))
            if not address:
                body = shown.page().encode()
                self.answer(HTTPStatus.OK if body else HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", body)
            elif (data := shown.file(address)) is not None:
                self.answer(HTTPStatus.OK, media_type_of(address), data)
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def answer(self, status: HTTPStatus, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # a browser that has enough of a video hangs up

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of requests."""

    try:
        return ThreadingHTTPServer((_LOOPBACK, port), Handler)
    except OSError as error:
        raise ToolError(f"cannot listen on port {port}: {error.strerror}") from error
