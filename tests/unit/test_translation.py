"""A translation changes the words of a story and nothing else: `trip.ko.yaml` beside `trip.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import yaml

from storymap.compiler import build, build_file, build_many, check, check_file, lay_out
from storymap.editions import Edition, editions_of, original_of, together, translations_of
from storymap.embedding import snippet
from storymap.inputs import read
from storymap.preview import Preview
from storymap.problems import Problem, StoryError
from storymap.publish import page_of
from storymap.story import TranslationDoc, json_schema
from storymap.story.doc import Doc
from storymap.story.reading import OverviewDoc
from storymap.story.translation import (
    ClaimWordsDoc,
    MediaWordsDoc,
    SourceWordsDoc,
    StepWordsDoc,
    UncheckedWordsDoc,
)
from tests.unit.making import PLACES_FILE, letters
from tests.unit.test_page_hostile import SLOTS

WORD_DOCS = (ClaimWordsDoc, MediaWordsDoc, OverviewDoc, SourceWordsDoc, StepWordsDoc, UncheckedWordsDoc)

STORY: dict[str, Any] = {
    "title": "A trip",
    "subtitle": "To the station",
    "byline": "Somebody",
    "language": "en",
    "summary": "In short.",
    "source": {"title": "The report", "author": "A paper", "url": "https://example.org/"},
    "overview": {"title": "All of it", "text": "From [end](#close) to end."},
    "steps": [
        {
            "id": "border",
            "title": "A short border",
            "text": "It is 14 to 17 km long, and 14 to 17 km on any map.",
            "show": [{"place": "border", "label": "The border"}, "station"],
            "media": {"image": "bridge.png", "alt": "A bridge", "caption": "Seen from land", "credit": "Me"},
            "claims": [
                {"quote": "14 to 17 km", "nth": 1, "length": "border", "note": "As published."},
                {"quote": "14 to 17 km", "nth": 2, "length": "border"},
            ],
        },
        {
            "id": "close",
            "title": "Close",
            "text": "The station is less than 150 km from the border, and 12 km from the sea.",
            "show": ["station"],
            "claims": [
                {
                    "quote": "less than 150 km",
                    "distance": {"from": "station", "to": "border"},
                    "also": [{"label": "From the island", "from": "island"}],
                }
            ],
        },
    ],
    "unchecked": [{"quote": "12 km from the sea", "why": "Nobody wrote it down."}],
}
KOREAN: dict[str, Any] = {
    "language": "ko",
    "title": "여행",
    "subtitle": "역까지",
    "summary": "짧게.",
    "source": {"title": "보도"},
    "places": {"station": "역"},
    "overview": {"title": "전체", "text": "[끝](#close)에서 끝까지."},
    "steps": {
        "border": {
            "title": "짧은 국경",
            "text": "길이는 99km, 어느 지도에서나 99km다.",
            "labels": {"border": "국경"},
            "media": {"bridge.png": {"alt": "다리", "caption": "뭍에서 본 모습"}},
            "claims": {
                "14 to 17 km": {"quote": "99km", "nth": 1, "note": "공표된 값."},
                "14 to 17 km (2)": {"quote": "99km", "nth": 2},
            },
        },
        "close": {
            "title": "가깝다",
            "text": "역은 국경에서 150km가 채 안 된다. 사흘 걸린다.",
            "claims": {
                "less than 150 km": {
                    "quote": "국경에서 150km가 채 안 된다",
                    "also": {"From the island": "섬에서"},
                }
            },
        },
    },
    "unchecked": {"12 km from the sea": {"quote": "사흘", "why": "기록이 없다."}},
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f0005000"
    "1ff89993d1d0000000049454e44ae426082"
)


class Project:
    """A folder with a story, its places and its translations."""

    def __init__(self, root: Path) -> None:
        self.stories = root / "stories"
        self.stories.mkdir()
        (root / "data").mkdir()
        (root / "data" / "places.geojson").write_bytes(PLACES_FILE)
        (self.stories / "bridge.png").write_bytes(PIXEL)
        self.story = self.write("trip.yaml", STORY)

    def write(self, name: str, data: dict[str, Any]) -> Path:
        path = self.stories / name
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
        return path

    def problems(self, data: dict[str, Any], name: str = "trip.ko.yaml") -> list[Problem]:
        path = self.write(name, data)
        with pytest.raises(StoryError) as raised:
            check_file(path)
        return [problem for problem in raised.value.problems if problem.level == "error"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def without(data: dict[str, Any], *way: str) -> dict[str, Any]:
    """The data without what stands at the end of a way of keys."""
    first, *rest = way
    if not rest:
        return {key: value for key, value in data.items() if key != first}
    return {**data, first: without(data[first], *rest)}


def with_(data: dict[str, Any], value: object, *way: str) -> dict[str, Any]:
    """The data with a value at the end of a way of keys."""
    first, *rest = way
    return {**data, first: with_(data.get(first, {}), value, *rest) if rest else value}


def test_every_word_is_the_translations(project: Project) -> None:
    story = read(project.write("trip.ko.yaml", KOREAN)).story
    dumped = story.model_dump(by_alias=True, exclude_none=True)
    assert (dumped["title"], dumped["subtitle"], dumped["summary"]) == ("여행", "역까지", "짧게.")
    assert dumped["source"]["title"] == "보도"
    assert dumped["overview"] == {"title": "전체", "text": "[끝](#close)에서 끝까지."}
    border, close = dumped["steps"]
    assert border["show"][0]["label"] == "국경"
    assert (border["media"][0]["alt"], border["media"][0]["caption"]) == ("다리", "뭍에서 본 모습")
    assert [(c["quote"], c["nth"], c["note"]) for c in border["claims"]] == [("99km", 1, "공표된 값."), ("99km", 2, "")]
    assert close["claims"][0]["also"][0]["label"] == "섬에서"
    assert dumped["unchecked"] == [{"quote": "사흘", "why": "기록이 없다."}]
    english = set(re.findall(r"[A-Za-z]{3,}", " ".join(t for t in texts_in(dumped) if not t.startswith("http"))))
    kept = """Somebody paper bridge png border station island close length distance steps once subject context countries
        seas towns fit"""
    assert english - set(kept.split()) == set()


def texts_in(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return [text for value in values for text in texts_in(value)]


def test_what_is_measured_shown_and_framed_is_the_storys(project: Project) -> None:
    base, korean = check_file(project.story), check_file(project.write("trip.ko.yaml", KOREAN))
    assert lay_out(base)[0] == lay_out(korean)[0]
    assert [scene.id for scene in base.resolved.scenes] == [scene.id for scene in korean.resolved.scenes]
    for one, other in zip(base.findings.values(), korean.findings.values(), strict=True):
        assert (one.claim_id, one.step_id, one.verdict) == (other.claim_id, other.step_id, other.verdict)
        for a, b in zip((one.headline, *one.also), (other.headline, *other.also), strict=True):
            assert (a.measurement.value, a.measurement.low, a.measurement.high) == (
                b.measurement.value,
                b.measurement.low,
                b.measurement.high,
            )
            assert a.margin == b.margin


def test_limits_are_read_from_the_storys_words_and_never_from_the_translations(project: Project) -> None:
    """The Korean text says 99 km; the claim is still that of 14 to 17 km."""
    found = list(check_file(project.write("trip.ko.yaml", KOREAN)).findings.values())
    limits = found[0].headline.expectation
    assert limits is not None
    assert (limits.core.low, limits.core.high) == (14_000, 17_000)
    assert limits.words == "99km"


def test_the_same_words_give_the_same_page(project: Project) -> None:
    """In English again, nothing differs but the tag of the language and the way back."""
    same = {
        "language": "en-GB",
        **{key: STORY[key] for key in ("title", "subtitle", "summary", "overview")},
        "steps": {
            step["id"]: {
                "title": step["title"],
                "text": step["text"],
                "labels": {"border": "The border"} if step["id"] == "border" else {},
                "media": {"bridge.png": {"alt": "A bridge", "caption": "Seen from land"}} if "media" in step else {},
                "claims": {
                    "14 to 17 km": {"quote": "14 to 17 km", "nth": 1, "note": "As published."},
                    "14 to 17 km (2)": {"quote": "14 to 17 km", "nth": 2},
                }
                if step["id"] == "border"
                else {
                    "less than 150 km": {
                        "quote": "less than 150 km",
                        "also": {"From the island": "From the island"},
                    }
                },
            }
            for step in STORY["steps"]
        },
        "unchecked": {"12 km from the sea": STORY["unchecked"][0]},
    }
    path = project.write("trip.en-GB.yaml", same)
    pages = [build(read(one)).html for one in (project.story, path)]
    bare = [re.sub(r'<link rel="alternate"[^>]*>\n|<p class="langs">.*?</p>\n', "", page) for page in pages]
    assert bare[0].replace('<html lang="en"', '<html lang="en-GB"') == bare[1]


@pytest.mark.parametrize(
    "way",
    [
        ("title",),
        ("subtitle",),
        ("summary",),
        ("overview", "title"),
        ("overview", "text"),
        ("steps", "close"),
        ("steps", "border", "title"),
        ("steps", "border", "text"),
        ("steps", "border", "labels", "border"),
        ("steps", "border", "media", "bridge.png"),
        ("steps", "border", "media", "bridge.png", "caption"),
        ("steps", "border", "claims", "14 to 17 km (2)"),
        ("steps", "border", "claims", "14 to 17 km", "note"),
        ("steps", "close", "claims", "less than 150 km", "also", "From the island"),
        ("unchecked", "12 km from the sea"),
    ],
)
def test_what_is_not_translated_is_an_error_that_names_the_storys_line(project: Project, way: tuple[str, ...]) -> None:
    problems = project.problems(without(KOREAN, *way))
    assert {problem.code for problem in problems} == {"translation-missing"}
    assert all(problem.span.path == "stories/trip.ko.yaml" for problem in problems)
    lines = project.story.read_text(encoding="utf-8").split("\n")
    for problem in problems:
        found = re.search(r"the story has it in stories/trip\.yaml:(\d+)$", problem.message)
        assert found
        assert lines[int(found[1]) - 1].strip()


@pytest.mark.parametrize("way", [("byline",), ("source",), ("places",), ("source", "title")])
def test_names_may_stay_as_they_are(project: Project, way: tuple[str, ...]) -> None:
    assert check_file(project.write("trip.ko.yaml", without(KOREAN, *way))).passes


@pytest.mark.parametrize(
    "way,near",
    [
        (("steps", "bordr"), "did you mean 'border'?"),
        (("steps", "close", "labels", "station"), ""),
        (("steps", "border", "media", "brige.png"), "did you mean 'bridge.png'?"),
        (("steps", "close", "claims", "less than 15 km"), "did you mean 'less than 150 km'?"),
        (
            ("steps", "close", "claims", "less than 150 km", "also", "From the isle"),
            "'From the island'?",
        ),
        (("unchecked", "14 km from the sea"), "did you mean '12 km from the sea'?"),
        (("source", "title"), ""),
    ],
)
def test_what_the_story_does_not_have_is_an_error_with_what_may_be_meant(
    project: Project, way: tuple[str, ...], near: str
) -> None:
    values: dict[str, object] = {
        "steps": {"title": "가", "text": "나"},
        "media": {"alt": "가"},
        "unchecked": {"quote": "사흘", "why": "왜"},
    }
    project.write("trip.yaml", without(STORY, "source")) if way[0] == "source" else None
    data = with_(KOREAN, values.get(way[-2], "국경"), *way)
    problems = project.problems(data)
    assert {problem.code for problem in problems} == {"translation-unknown"}
    assert near in problems[0].help
    line = (project.stories / "trip.ko.yaml").read_text(encoding="utf-8").split("\n")[problems[0].span.line - 1]
    assert way[-1] in line or way[0] in line


def test_a_quote_that_the_translated_text_does_not_have_is_told_where_it_stands(project: Project) -> None:
    way = ("steps", "close", "claims", "less than 150 km", "quote")
    (problem,) = project.problems(with_(KOREAN, "국경에서 200km", *way))
    assert problem.code == "quote-missing"
    assert problem.span.path == "stories/trip.ko.yaml"


def test_a_claim_may_be_its_quote_alone(project: Project) -> None:
    data = with_(KOREAN, "국경에서 150km가 채 안 된다", "steps", "close", "claims", "less than 150 km")
    assert [problem.code for problem in project.problems(data)] == ["translation-missing"]  # the label of its reading
    project.write("trip.yaml", with_steps_without_also())
    assert check_file(project.write("trip.ko.yaml", data)).passes


def with_steps_without_also() -> dict[str, Any]:
    border, close = STORY["steps"]
    return {**STORY, "steps": [border, {**close, "claims": [without(close["claims"][0], "also")]}]}


def test_a_claim_without_the_storys_quote_above_it_is_one_error(project: Project) -> None:
    """The line `less than 150 km:` is lost, and what stood under it stands under `claims`."""
    claim = KOREAN["steps"]["close"]["claims"]["less than 150 km"]
    (problem,) = project.problems(with_(KOREAN, claim, "steps", "close", "claims"))
    assert problem.code == "missing-key"
    assert problem.message == "'quote' stands where the story's quote belongs"
    assert (
        problem.help
        == "write the words that the story quotes above it, and indent what is theirs: 17 km long: {quote: …}"
    )
    line = (project.stories / "trip.ko.yaml").read_text(encoding="utf-8").split("\n")[problem.span.line - 1]
    assert "quote:" in line


def test_a_place_has_the_name_that_the_translation_gives_it(project: Project) -> None:
    korean = check_file(project.write("trip.ko.yaml", KOREAN))
    assert {item.place.name for scene in korean.resolved.scenes for item in scene.shown} == {"역", "Border"}
    (problem,) = project.problems(with_(KOREAN, "역", "places", "stattion"))
    assert (problem.code, problem.help) == ("unknown-place", "did you mean 'station'?")


def test_a_translation_says_the_language_of_its_name(project: Project) -> None:
    (problem,) = project.problems(KOREAN, "trip.fr.yaml")
    assert problem.code == "translation-language"
    assert "type language: fr" in problem.help


def test_a_fault_of_the_story_is_told_with_the_storys_line(project: Project) -> None:
    project.write("trip.yaml", {**STORY, "steps": [{**STORY["steps"][0], "show": ["bordr"]}, STORY["steps"][1]]})
    problems = project.problems(KOREAN)
    assert ("unknown-place", "stories/trip.yaml") in {(problem.code, problem.span.path) for problem in problems}


def test_warnings_of_the_story_are_not_said_again(project: Project) -> None:
    project.write("trip.yaml", without(STORY, "unchecked"))
    assert {w.code for w in check_file(project.story).warnings} == {"unchecked-measure", "no-license"}
    assert check_file(project.write("trip.ko.yaml", without(KOREAN, "unchecked"))).warnings == ()


def test_each_language_is_a_page_of_its_own_and_links_to_the_others(project: Project, tmp_path: Path) -> None:
    korean, arabic = project.write("trip.ko.yaml", KOREAN), project.write("trip.ar.yaml", {**KOREAN, "language": "ar"})
    out = tmp_path / "out"
    where = {path: page_of(path, out) for path in (project.story, korean, arabic)}
    assert [page.relative_to(out).as_posix() for page in where.values()] == [
        "trip/index.html",
        "trip/ko/index.html",
        "trip/ar/index.html",
    ]
    for path, page in where.items():
        html = letters(build(read(path)).html)
        found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
        targets = {language: (page.parent / address).resolve() for language, address in found}
        assert targets == {
            "en": where[project.story],
            "x-default": where[project.story],
            "ko": where[korean],
            "ar": where[arabic],
        }
        links = re.search(r'<p class="langs">(.*?)</p>', html)
        assert links
        shown = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"[^>]*>([^<]+)</a>', links[1])
        assert {(page.parent / address).resolve() for address, _, _ in shown} == set(where.values()) - {page}
        assert {name for _, _, name in shown} < {"English", "한국어", "العربية"}


def test_a_page_has_the_direction_of_its_language(project: Project) -> None:
    arabic = build(read(project.write("trip.ar.yaml", {**KOREAN, "language": "ar"}))).html
    assert '<html lang="ar" dir="rtl"' in arabic
    hebrew = build(read(project.write("trip.he.yaml", {**KOREAN, "language": "he"}))).html
    assert '<html lang="he" dir="rtl"' in hebrew
    assert ' lang="en" dir="ltr">Map story<' in hebrew  # our own words, which are not there in Hebrew
    assert " dir=" not in re.sub(r'<p class="langs">.*?</p>', "", build(read(project.story)).html).split("<script>")[0]


def test_a_story_without_translations_says_nothing_of_languages(project: Project) -> None:
    html = build(read(project.story)).html
    assert 'hreflang="' not in html
    assert 'class="langs"' not in html


def test_languages_are_known_by_the_names_of_files(project: Project) -> None:
    names = [
        "trip.ko.yaml",
        "trip.pt-BR.yml",
        "trip.notes-on-it-of-mine.yaml",
        "trips.yaml",
        ".trip.fr.yaml",
        "solo.ko.yaml",
    ]
    korean, brazilian, *_ = [project.write(name, KOREAN) for name in names]
    assert translations_of(project.story) == [korean, brazilian]
    assert original_of(korean) == project.story
    assert original_of(project.stories / "solo.ko.yaml") is None
    assert original_of(project.story) is None
    assert editions_of(korean, "en") == (
        Edition("en", "../index.html", original=True),
        Edition("ko", ""),
        Edition("pt-BR", "../pt-BR/index.html"),
    )
    assert together([korean]) == [korean]
    assert together([korean, project.story]) == [project.story, korean, brazilian]


def test_an_article_holds_a_translation_by_its_own_address(project: Project) -> None:
    inputs = read(project.write("trip.ko.yaml", KOREAN))
    assert inputs.name == "trip/ko"
    assert "여행" in snippet(inputs.story, "trip/ko/index.html", 600)


def test_a_translation_is_built_alike_twice(project: Project) -> None:
    path = project.write("trip.ko.yaml", KOREAN)
    assert build(read(path)).html == build(read(path)).html


def test_editors_know_the_keys_of_a_translation() -> None:
    schema = json_schema(TranslationDoc)
    assert set(schema["properties"]) == set(TranslationDoc.keys_here())
    assert schema["required"] == ["language"]
    claims = schema["$defs"]["StepWordsDoc"]["properties"]["claims"]["additionalProperties"]
    assert {"type": "string"} in claims["anyOf"]


def test_a_translation_takes_the_check_of_its_story(project: Project) -> None:
    checked = check(read(project.write("trip.ko.yaml", KOREAN)))
    assert [finding.span.path for finding in checked.findings.values()] == ["stories/trip.ko.yaml"] * 3


def test_no_word_of_a_translation_becomes_markup(project: Project) -> None:
    """All of its words stand where the story's stand; names of places come by a way of their own."""
    evil = "<img src=x onerror=alert(1)>"
    data = with_(with_(KOREAN, evil, "places", "station"), evil, "steps", "border", "labels", "border")
    html = build(read(project.write("trip.ko.yaml", with_(data, evil, "title")))).html
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def word_slots(model: type[Doc], above: str = "") -> Iterator[str]:
    """The places of a translation where there are words: dotted paths, the names of entries left out."""
    for name, field in model.model_fields.items():
        written = str(field.annotation)
        inside = next((part for part in WORD_DOCS if part.__name__ in written), None)
        if inside is not None:
            yield from word_slots(inside, f"{above}{name}.")
        elif "str" in written:
            yield above + name


def test_whatever_words_a_story_has_can_be_translated() -> None:
    """But for what is a name everywhere: who hosts a street map, a licence, a kind in the places file."""
    called_otherwise = {"steps.labels": "steps.show.label", "steps.claims.also": "steps.claims.also.label"}
    told = {called_otherwise.get(slot, slot) for slot in word_slots(TranslationDoc)}
    texts = {"steps.text", "overview.title", "overview.text"}
    names = {"tiles.attribution", "steps.media.license", "steps.claims.count.kind"}
    assert told - {"language", "places", "steps.media.captions"} == (SLOTS | texts) - names


@pytest.mark.parametrize("key", ["aqz-KE-bpKQ", "https://youtu.be/aqz-KE-bpKQ?t=90", "https://youtu.be/aqz-KE-bpKQ"])
def test_a_video_of_another_host_is_translated_by_its_id_or_any_address_of_it(project: Project, key: str) -> None:
    video = {"youtube": "https://youtu.be/aqz-KE-bpKQ?t=90", "title": "The bridge"}
    border, *others = STORY["steps"]
    project.write("trip.yaml", {**STORY, "steps": [{**border, "media": video}, *others]})
    korean = with_(KOREAN, {key: {"title": "다리"}}, "steps", "border", "media")
    checked = check_file(project.write("trip.ko.yaml", korean))
    assert [one.title for one in checked.inputs.story.steps[0].media] == ["다리"]


def test_what_is_missing_is_said_with_the_keys_it_belongs_under(project: Project) -> None:
    problems = project.problems(without(KOREAN, "overview"))
    assert problems[0].help == "under 'overview', add 'title:' with the words for 'All of it'"


@pytest.mark.parametrize(
    "name,data,told",
    [
        ("trip.ko.fr.yaml", KOREAN, "rename the file to trip.fr.yaml"),
        ("trip.old.yaml", STORY, "a story of its own may be called trip-old.yaml"),
        ("trap.ko.yaml", KOREAN, "put trap.yaml beside it"),
        ("trip.en.yaml", {**KOREAN, "language": "en"}, "delete this file, or correct the story's 'language'"),
    ],
)
def test_a_name_that_cannot_be_a_translations_is_told_with_what_to_do(
    project: Project, name: str, data: dict[str, Any], told: str
) -> None:
    project.write("trip.ko.yaml", KOREAN)
    problems = project.problems(data, name)
    assert [problem.code for problem in problems] == ["translation-language"]
    assert told in problems[0].help


def test_a_translation_of_a_translation_is_not_left_out_in_silence(project: Project) -> None:
    paths = [project.story, *(project.write(name, KOREAN) for name in ("trip.ko.yaml", "trip.ko.ko.yaml"))]
    assert together(paths) == paths


WEBM = Path(__file__).parents[1] / "media" / "square.webm"
CUES = "WEBVTT\n\n00:00.000 --> 00:01.000\n{}\n"


@pytest.fixture
def filmed(project: Project) -> Project:
    """A story with a video, which stands beside its page, and captions in each of its languages."""
    (project.stories / "square.webm").write_bytes(WEBM.read_bytes())
    for name, words in (("square.vtt", "A square moves."), ("square.ko.vtt", "네모가 움직인다.")):
        (project.stories / name).write_text(CUES.format(words), encoding="utf-8")
    border, *others = STORY["steps"]
    video = {"video": "square.webm", "alt": "A square", "license": "CC0", "captions": "square.vtt"}
    project.write("trip.yaml", {**STORY, "steps": [{**border, "media": video}, *others]})
    spoken = {"square.webm": {"alt": "네모", "captions": "square.ko.vtt"}}
    project.write("trip.ko.yaml", with_(KOREAN, spoken, "steps", "border", "media"))
    return project


def test_media_are_shared_by_the_languages_of_a_story(filmed: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pages = [page for _, page in build_many([filmed.story, filmed.stories / "trip.ko.yaml"], out)]
    files = [path.relative_to(out).as_posix() for path in out.rglob("*.webm")]
    assert len(files) == 1
    for page in pages:
        (source,) = re.findall(r'src="([^"]+\.webm)"', page.read_text(encoding="utf-8"))
        assert (page.parent / source).resolve() == out / files[0]


@pytest.mark.parametrize("served", ["trip.yaml", "trip.ko.yaml"])
def test_a_preview_has_the_media_of_a_translation_where_its_page_seeks_them(filmed: Project, served: str) -> None:
    preview = Preview(filmed.stories / served, print)
    preview.page()
    shown, rest = preview.at("ko/index.html")
    assert rest == ""
    (source,) = re.findall(r'src="([^"]+\.webm)"', shown.page())
    base = f"http://127.0.0.1/{'ko/' if served == 'trip.yaml' else ''}"
    owner, address = preview.at(urlsplit(urljoin(base, source)).path.removeprefix("/"))
    assert owner.file(address) == WEBM.read_bytes()


def test_captions_may_be_those_of_the_language(filmed: Project) -> None:
    english, korean = (build(read(filmed.stories / name)).html for name in ("trip.yaml", "trip.ko.yaml"))
    assert ("A square moves." in english, "네모가 움직인다." in unescape(english)) == (True, False)
    assert ("A square moves." in korean, "네모가 움직인다." in unescape(korean)) == (False, True)


def test_a_translation_built_alone_brings_its_media_and_takes_none_away(filmed: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_file(filmed.stories / "trip.ko.yaml", out)
    (film,) = out.rglob("*.webm")
    assert film.parent == out / "trip" / "media"
    old = film.with_name(f"old-{sha256(b'old').hexdigest()[:8]}.webm")
    old.write_bytes(b"old")
    (out / "trip" / "ko" / "media").mkdir()
    copy = out / "trip" / "ko" / "media" / film.name
    copy.write_bytes(film.read_bytes())
    build_file(filmed.stories / "trip.ko.yaml", out)
    assert old.exists(), "the story's own page may need it"
    assert not copy.exists(), "an older release has left it there"
    build_file(filmed.story, out)
    assert not old.exists()


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def test_a_line_that_is_lost_is_missed_where_it_stood(project: Project) -> None:
    """Beside it, or at a line that it stood under, or by a message that names such a line."""
    lines = project.write("trip.ko.yaml", KOREAN).read_text(encoding="utf-8").strip().split("\n")
    for lost in range(len(lines)):
        left = lines[:lost] + lines[lost + 1 :]
        path = project.stories / "trip.ko.yaml"
        path.write_text("\n".join(left), encoding="utf-8")
        with pytest.raises(StoryError) as raised:
            check_file(path)
        problems = [one for one in raised.value.problems if one.span.path.endswith("ko.yaml")]
        above = [n for n in range(lost) if indent_of(lines[n]) < indent_of(lines[lost])]
        near = {*(above[-4:] or [0]), lost - 1, lost, lost + 1}
        told = {one.span.line - 1 for one in problems}
        named = {int(n) - 1 for one in problems for n in re.findall(r"\bline (\d+)", one.message)}
        assert (told | named) & near, (lines[lost], problems)
