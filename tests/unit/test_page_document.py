"""The document: whole without a script, every link inside it leads somewhere, and nothing in it loads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built, build, build_file, check
from storymap.inputs import read
from storymap.page import document
from storymap.page.policy import CSP_SLOT
from storymap.strings import catalogue
from tests.unit.drawn import file_of, hills
from tests.unit.making import letters, made, step

SEED = Path(__file__).parents[2] / "stories" / "kim-in-russia.yaml"


@cache
def seed() -> Built:
    return build(read(SEED))


class Elements(HTMLParser):
    """All elements of a page, in order, with their attributes; and the words that stand in the open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_data(self, data: str) -> None:
        if self._in not in ("script", "style"):
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.all if name == tag]


@cache
def elements() -> Elements:
    return Elements(seed().html)


def test_no_id_stands_twice() -> None:
    ids = Counter(attributes["id"] for _, attributes in elements().all if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []


def test_a_step_may_have_the_name_of_anything_in_the_page() -> None:
    """Ids of ours hold an underscore, and a step's cannot."""
    names = ["z5", "z9", "detail-1", "card", "map", "checks", "v-holds", "c1"]
    steps = [{**step(show=["island"]), "id": name} for name in names]
    ids = Counter(a["id"] for _, a in Elements(build(made(*steps)).html).all if "id" in a)
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(names) <= set(ids)


def test_every_link_inside_the_page_leads_somewhere() -> None:
    ids = {attributes["id"] for _, attributes in elements().all if "id" in attributes}
    links = [a["href"] for _, a in elements().all if a.get("href", "").startswith("#")]
    assert len(links) > 100
    assert {link for link in links if link[1:] not in ids} == set()
    named = [name for _, a in elements().all for key in ("aria-labelledby", "for") for name in a.get(key, "").split()]
    assert set(named) - ids == set()


def test_nothing_loads_and_nothing_acts_from_an_attribute() -> None:
    for tag, attributes in elements().all:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcset", "action")]
        assert attributes.get("src", "data:").startswith("data:")
        if tag == "link" and attributes["rel"] != "alternate":  # those lead to the story in other languages
            assert attributes == {"rel": "icon", "href": "data:,"}
        assert tag not in ("iframe", "object", "embed", "form", "base", "audio", "video")


def test_links_out_of_the_page_open_elsewhere_and_say_nothing_of_it() -> None:
    out = [a for a in elements().named("a") if not a["href"].startswith("#") and "hreflang" not in a]
    assert out
    assert {(a["target"], a["rel"]) for a in out if "target" in a} == {("_blank", "noopener")}
    assert all(a["rel"] == "noopener" and a["href"].startswith("https://") for a in out)


def test_the_head_begins_with_encoding_and_policy_and_ends_with_style_and_script() -> None:
    head = [(tag, a) for tag, a in Elements(seed().html.split("</head>")[0]).all if tag not in ("html", "head")]
    assert head[0] == ("meta", {"charset": "utf-8"})
    assert head[1][1]["http-equiv"] == "Content-Security-Policy"
    assert [tag for tag, _ in head[-2:]] == ["style", "script"]
    assert {tag for tag, _ in head[2:-2]} == {"meta", "title", "link"}
    assert seed().html.startswith("<!doctype html>\n<html lang=")


def test_the_policy_is_in_its_place_and_allows_no_more_than_the_page_holds() -> None:
    assert CSP_SLOT not in seed().html
    policy = elements().named("meta")[1]["content"]
    assert "unsafe" not in policy
    assert policy.count("sha256-") == len(re.findall(r"<(?:script|style)>", seed().html))


def test_there_is_one_main_heading_and_one_for_each_step() -> None:
    tags = [tag for tag, _ in elements().all]
    steps = len(seed().checked.inputs.story.steps)
    assert tags.count("h1") == tags.count("main") == 1
    assert len([a for a in elements().named("section") if a.get("class") == "step"]) == steps
    assert len([a for a in elements().named("svg") if a.get("class") == "map"]) == steps
    assert len([a for a in elements().named("p") if re.fullmatch(r"sm_m\d+", a.get("id") or "")]) == steps


def test_every_claim_is_marked_in_the_prose_and_has_an_entry_and_a_row() -> None:
    findings = seed().checked.findings
    assert [a["data-claim"] for a in elements().named("a") if a.get("class") == "claim"] == list(findings)
    assert [a["id"] for a in elements().named("article")] == [f"sm_{claim}" for claim in findings]
    rows = sum(1 + len(f.also) for f in findings.values()) + len(seed().checked.resolved.unchecked)
    assert len(elements().named("tr")) == rows + 1


def test_every_word_of_the_story_stands_in_the_page() -> None:
    text = " ".join("".join(elements().words).split())
    prose = re.findall(r'<div class="prose">(.*?)</div>', seed().html, re.DOTALL)
    for html, scene in zip(prose, seed().checked.resolved.scenes, strict=True):
        without_signs = re.sub(r'<svg class="sign".*?</svg>|<span class="vh">.*?</span>', "", html)
        assert "".join(Elements(without_signs).words).split() == scene.prose.text.split()
    for finding in seed().checked.findings.values():
        assert f"“{finding.quote}”" in text
        assert not finding.note or finding.note in text


def test_no_sentence_of_the_catalogue_is_left_unfilled() -> None:
    assert [word for word in elements().words if re.search(r"\{\w+\}", word)] == []


def test_every_sentence_of_the_catalogue_is_used_by_someone() -> None:
    """A word that no code asks for is one that translators would work on for nothing."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(document.__file__).parents[1].rglob("*")
        if path.suffix in (".py", ".j2", ".js")
    )
    built_of_parts = (
        "verdict.",
        "needed.",
        "reason.",
        "unit.",
        "table.",
        "row.edges-",
        "claims.label-",
        "claims.what-",
        "claims.method-",
        "quantity.",
        "compass.",
        "wind.",
        "claims.work-end-",
        "claims.work-count-",
        "ruler.basis-",
    )
    begun = ("claims.work-", "claims.note-", "ruler.", "report.")  # whose code adds the last part of the name
    keys = [key for key in catalogue().sentences if not key.startswith(built_of_parts) and key not in source]
    lasts = {key: re.sub("-(one|many)$", "", key.removeprefix(next(filter(key.startswith, begun), ""))) for key in keys}
    said = [key for key, last in lasts.items() if f'"{last}"' in source or key.split(".", 1)[1] in source]
    assert sorted(keys) == sorted(said)


def test_the_page_says_its_language_and_its_title() -> None:
    built = build(made(step(), language="pt-BR", title="Uma fronteira"))
    assert '<html lang="pt-BR" ' in built.html
    assert "<title>Uma fronteira</title>" in built.html


class Voices(HTMLParser):
    """The words of a page, and what speaks for them (aria-label, alt), by the language that is said for them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: dict[str, str] = defaultdict(str)
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("dt", "dd", "td", "th", "p"):
            while self._open[-1][0] in ("dt", "dd", "td", "th", "p"):
                self._open.pop()  # this ends it
        language = given.get("lang", self._open[-1][1])
        self.said[language] += " ".join(["", given.get("aria-label", ""), given.get("alt", "")])
        if tag not in ("meta", "link", "img", "br", "hr"):
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self._open[-1]
        if tag not in ("script", "style"):
            self.said[language] += f" {data}"


def test_our_own_words_say_their_language_in_a_story_of_another() -> None:
    """A screen reader would speak them as the language of Jeju, and the story's as English."""
    claim = {
        "quote": "아주 가깝다",
        "distance": {"from": "station", "to": "border"},
        "expect": "less than 150 km",
        "note": "직선 거리",
        "also": [{"label": "섬에서", "from": "island"}],
    }
    korean: dict[str, Any] = {"title": "국경", "subtitle": "부제", "byline": "글", "language": "jje"}
    one = {**step("역은 국경에서 아주 가깝다.", show=["station"], claims=[claim]), "title": "걸음"}
    unchecked = [{"quote": "국경에서", "why": "뜻"}]
    html = build(made(one, unchecked=unchecked, source={"title": "신문"}, **korean)).html
    said = Voices(html).said
    ours = ["page.kicker", "page.back", "page.next", "page.map", "page.checks", "page.methods", "page.credits"]
    ours += ["row.method", "verdict.holds-means", "page.reset", "page.data-undated", "credit.borders"]
    assert [key for key in ours if catalogue().say(key) not in said["en"]] == []
    assert [key for key in ours if catalogue().say(key) in said["jje"]] == []
    theirs = ["국경", "부제", "걸음", "역은", "아주 가깝다", "직선 거리", "뜻", "신문"]
    assert [words for words in theirs if words not in said["jje"]] == []
    assert re.findall("checked:|Holds|1 of 1", said["jje"]) == []
    assert re.sub(r"걸음|섬에서", "", said["en"]) == re.sub(r"[가-힣]", "", said["en"])  # in our sentences on them


def test_a_story_in_our_language_says_it_once() -> None:
    assert re.sub(r'<p class="langs">.*?</p>', "", seed().html).count(" lang=") == 1
    assert build(made(step(), language="en-GB")).html.count(" lang=") == 1


def test_a_long_summary_is_cut_for_previews() -> None:
    page = letters(build(made(summary="word " * 99)).html)
    (description,) = re.findall(r'<meta name="description" content="([^"]*)">', page)
    assert len(description) == 300
    assert description.endswith("…")


def test_a_story_without_places_and_claims_is_a_page() -> None:
    built = build(made(step("Once upon a time.")))
    assert "Once upon a time." in built.html
    assert "<table" not in built.html


def test_pictures_stand_in_the_page_with_their_words(tmp_path: Path) -> None:
    (tmp_path / "bridge.gif").write_bytes(file_of(hills(1, 1), "GIF"))
    (tmp_path / "a.yaml").write_text(
        "title: T\nsteps:\n  - title: One\n    text: Short.\n"
        "    media: {image: bridge.gif, alt: A bridge, caption: In snow., credit: Photo by me, license: CC0}\n"
    )
    _, page = build_file(tmp_path / "a.yaml", tmp_path)
    html = page.read_text(encoding="utf-8")
    assert re.search(r'<img src="data:image/webp;base64,[^"]+" alt="A bridge" width="1" height="1" ', html)
    assert '<figcaption>In snow. <span class="by">Photo by me</span></figcaption>' in html
    assert "Picture: Photo by me <a href=" in html


@pytest.mark.parametrize("center", [[80, 0], [-80, 180], [0, -180], [0, 180]])
@pytest.mark.parametrize("zoom", [0, 14])
def test_a_view_at_the_edge_of_the_map_can_be_drawn(center: list[float], zoom: float) -> None:
    assert "<svg" in build(made(step(view={"center": center, "zoom": zoom}))).html


def test_places_beyond_the_antimeridian_can_be_drawn() -> None:
    from tests.unit.making import place

    east = place("east", {"type": "LineString", "coordinates": [[180.5, 10], [182, 11]]})
    checked = check(made(step(show=["east"]), places=[east]))
    assert 'href="#p_east"' in build(checked.inputs).html
