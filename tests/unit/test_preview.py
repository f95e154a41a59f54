"""The preview: the page as its files stand now, for this machine alone."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from storymap import preview
from storymap.preview import Preview, serve, server_of
from storymap.problems import StoryError, ToolError
from tests.unit.making import letters

STORY = "title: {}\nsteps:\n  - {{title: One, text: Short.}}\n"


class Site:
    """A preview that is being served, and what it has said."""

    def __init__(self, story: Path) -> None:
        self.story = story
        self.said: list[str] = []
        self.server = server_of(Preview(story, self.said.append), 0)

    def get(self, path: str = "/", host: str = "", method: str = "GET") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        connection.request(method, path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        body = letters(answer.read().decode())
        connection.close()
        return answer.status, body


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "a.yaml").write_text(STORY.format("First"))
    one = Site(tmp_path / "a.yaml")
    thread = Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


def test_the_root_is_the_page_and_a_query_changes_nothing(site: Site) -> None:
    status, body = site.get()
    assert status == 200
    assert "<h1>First</h1>" in body
    assert site.get("/?embed=1") == (status, body)


def test_the_page_is_built_again_only_when_a_file_has_changed(site: Site) -> None:
    site.get()
    site.get()
    assert site.said == [f"built {site.story}"]
    site.story.write_text(STORY.format("Second"))
    assert "<h1>Second</h1>" in site.get()[1]
    assert site.said == [f"built {site.story}"] * 2


@pytest.mark.parametrize("raw", [b"title: [", b"\xff", b"title: x\nsteps: []\n", None])
def test_an_error_is_said_and_the_last_page_stays(site: Site, raw: bytes | None) -> None:
    before = site.get()
    if raw is None:
        site.story.unlink()
    else:
        site.story.write_bytes(raw)
    assert site.get() == before
    assert "error:" in site.said[-1]
    site.story.write_text(STORY.format("Mended"))
    assert "<h1>Mended</h1>" in site.get()[1]


def test_a_machine_at_fault_is_said_and_the_last_page_stays(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.get()

    def refuse(_: Path) -> None:
        raise ToolError("cannot read a.yaml")

    monkeypatch.setattr(preview, "read", refuse)
    assert site.get() == before
    assert site.said[-1] == "storymap: cannot read a.yaml"


def test_a_story_that_was_never_right_is_no_page_yet(site: Site) -> None:
    site.story.write_text("title: [")
    assert site.get() == (503, "")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "evil:127.0.0.1"])
def test_other_names_for_this_machine_are_refused(site: Site, host: str) -> None:
    assert site.get(host=host)[0] == 400
    assert site.said == []


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1"])
def test_its_own_names_are_not(site: Site, host: str) -> None:
    assert site.get(host=host)[0] == 200


@pytest.mark.parametrize("path", ["/index.html", "/../a.yaml", "/etc/passwd", "/a.yaml", "*"])
def test_nothing_else_is_served(site: Site, path: str) -> None:
    assert site.get(path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(site: Site, method: str) -> None:
    assert site.get(method=method)[0] == 501


def test_it_listens_on_this_machine_only(site: Site) -> None:
    assert site.server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_the_machines_fault(site: Site) -> None:
    with pytest.raises(ToolError, match="cannot listen on port"):
        server_of(Preview(site.story, print), site.server.server_port)


def test_serve_says_where_and_stops_on_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.yaml").write_text(STORY.format("First"))
    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", interrupt)
    said: list[str] = []
    serve(tmp_path / "a.yaml", 0, said.append)
    assert said[0] == f"built {tmp_path / 'a.yaml'}"
    assert said[1].startswith("open http://127.0.0.1:")
    assert said[2] == "stopped"


def test_a_story_that_is_not_there_is_an_error_and_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="file-missing"):
        serve(tmp_path / "nope.yaml", 0, print)


def test_the_languages_of_a_story_are_where_its_links_lead(site: Site) -> None:
    translation = site.story.with_name("a.ko.yaml")
    translation.write_text("language: ko\ntitle: 처음\nsteps:\n  one: {title: 하나, text: 짧다.}\n", encoding="utf-8")
    status, body = site.get()
    assert status == 200
    assert 'href="ko/index.html"' in body
    status, korean = site.get("/ko/index.html")
    assert status == 200
    assert "<h1>처음</h1>" in korean
    assert 'href="../index.html"' in korean
    assert site.get("/index.html") == (200, body)
    assert site.get("/fr/index.html")[0] == 404
    translation.write_text(translation.read_text(encoding="utf-8").replace("처음", "다시"), encoding="utf-8")
    assert "<h1>다시</h1>" in site.get("/ko/index.html")[1]
