"""The main path: every fault at once, the author's word on a claim, and the same page on any executor."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import build, build_file, build_many, check, check_file
from storymap.inputs import File, Inputs, gather
from storymap.problems import StoryError
from tests.unit.making import PLACES, PLACES_FILE, STATION, made, place, step

ROOT = Path(__file__).parents[2]
SEED = ROOT / "stories" / "kim-in-russia.yaml"

TRUE = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}
FALSE = {"quote": "less than 100 km", "distance": {"from": "station", "to": "border"}}
TEXT = "It is less than 150 km, it is less than 100 km, it is less than 127.2 km and far away."
CLOSE = {"quote": "less than 127.2 km", "distance": {"from": "station", "to": "border"}}


def codes_of(action: Any) -> list[str]:
    with pytest.raises(StoryError) as caught:
        action()
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("claim", "verdict", "passes"),
    [
        (TRUE, "holds", True),
        (FALSE, "fails", False),
        (CLOSE, "too-close", True),
        ({**FALSE, "verdict": "fails"}, "fails", True),
        ({**TRUE, "verdict": "fails"}, "holds", False),
        ({**CLOSE, "verdict": "too-close"}, "too-close", True),
        ({**CLOSE, "verdict": "holds"}, "too-close", False),
        ({**TRUE, "verdict": "holds"}, "holds", True),
        ({**FALSE, "quote": "far away", "expect": "none"}, "too-loose", True),
    ],
)
def test_a_check_passes_where_the_claim_turns_out_as_its_author_says(
    claim: Mapping[str, Any], verdict: str, *, passes: bool
) -> None:
    checked = check(made(step(TEXT, claims=[claim])))
    (finding,) = checked.findings.values()
    assert (finding.verdict, checked.passes) == (verdict, passes)


@pytest.mark.parametrize("verdict", [None, "holds", "too-close"])
def test_a_claim_that_is_too_close_to_call_is_a_warning_unless_its_author_says_so(verdict: str | None) -> None:
    claim = {**CLOSE, "also": [{"label": "To the island", "to": "island"}]} | ({"verdict": verdict} if verdict else {})
    warnings = [w for w in check(made(step(TEXT, claims=[claim]))).warnings if w.code == "too-close"]
    assert len(warnings) == (0 if verdict == "too-close" else 1)
    for warning in warnings:
        measured = "measured 127.2 km ± 0.1 km, needed under 127.2 km. The limit 127.2 km lies inside the interval."
        assert warning.message == f"too close to call: {measured}"
        assert (warning.level, "`verdict: too-close`" in warning.help) == ("warning", True)


def test_a_claim_without_a_number_can_be_too_close_too() -> None:
    edge = place("edge", {"type": "Point", "coordinates": [131.8, 42.95]})
    claim = {"quote": "on the island", "within": {"place": "edge", "area": "island"}}
    (warning,) = check(made(step("It is on the island.", claims=[claim]), places=[*PLACES, edge])).warnings
    assert (warning.code, warning.message.endswith(". The limit 0 m lies inside the interval.")) == ("too-close", True)


def test_one_failing_claim_fails_the_story() -> None:
    assert not check(made(step(TEXT, claims=[TRUE, FALSE]))).passes


def test_further_readings_never_change_the_outcome() -> None:
    also = [{"label": "To the island", "to": "island"}]
    checked = check(made(step(TEXT, claims=[{**TRUE, "also": also}, {**FALSE, "verdict": "fails", "also": also}])))
    assert [finding.also[0].verdict for finding in checked.findings.values()] == ["holds", "holds"]
    assert checked.passes


def test_faults_of_files_places_and_words_come_together() -> None:
    story = made(
        step("It is short.", show=["nowhere"], claims=[{"quote": "is long", "length": "border"}]), places=[{"id": 1}]
    )
    codes = codes_of(lambda: check(replace(story, faults=made(step(media={"image": "no.png", "alt": "x"})).faults)))
    assert {"file-missing", "bad-geojson", "quote-missing"} <= set(codes)
    assert "unknown-place" not in codes  # the places could not be read, so nothing can be said of that


def test_faults_of_keys_and_of_places_come_together() -> None:
    raw = (
        b"titel: A border\ntitle: A border\nsteps:\n  - title: One\n    text: It is short.\n"
        b"    show: [bordr]\n    viw: {}\n"
    )
    story = replace(gather(raw, Path("a.yaml")), places=made().places)
    assert codes_of(lambda: check(story)) == ["unknown-key", "unknown-place", "unknown-key"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"uncertainty_m": -5}, "bad-number"), ({"kind": 7}, "wrong-type"), ({"name": None}, "missing-key")],
)
def test_a_wrong_place_leaves_the_other_places_known(wrong: Mapping[str, Any], code: str) -> None:
    """Where the places cannot be read, nothing is said of their names; what is wrong besides is."""
    claims = [TRUE, {**TRUE, "quote": "less than 15 km"}]
    story = made(
        step("It is less than 150 km.", show=["island"], claims=claims),
        places=[place("station", STATION, **wrong), *PLACES[1:]],
    )
    assert sorted(codes_of(lambda: check(story))) == sorted([code, "quote-missing"])


def test_one_wrong_entry_does_not_hide_the_faults_of_the_others() -> None:
    """Each fault stands where it is in the file, though the entries before it have been left out."""
    raw = (
        b"title: A border\nsteps:\n  - title: One\n    text: It is 17 km, and 20 km wide.\n"
        b"    show: [{plcae: x}, nowhere, {place: border, style: loud}, island, neverland]\n    claims:\n"
        b"      - {quote: 17 km, nht: 2, length: border}\n      - {quote: 20 km long, length: bordr}\n"
        b"      - {quote: 17 km, length: 3, area: x}\n      - {quote: 20 km wide, length: bordre}\n"
        b"context: [Nowhere, elsewhere]\n"
    )
    with pytest.raises(StoryError) as caught:
        check(replace(gather(raw, Path("a.yaml")), places=made().places))
    lines = raw.decode().split("\n")
    spans = [(problem.code, problem.span) for problem in caught.value.problems]
    found = {(code, at.line, lines[at.line - 1][at.column - 1 :][:6]) for code, at in spans}
    assert found >= {
        ("unknown-place", 5, "nowher"),
        ("unknown-place", 5, "neverl"),
        ("unknown-key", 7, "nht: 2"),
        ("quote-missing", 8, "20 km "),
        ("unknown-place", 8, "bordr}"),
        ("unknown-place", 10, "bordre"),
        ("bad-id", 11, "Nowher"),
        ("unknown-place", 11, "elsewh"),
    }
    assert not {fault for fault in found if fault[0] in ("quote-overlap", "unchecked-measure")}


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("text: Short.", "missing-key"),
        ("title: One", "missing-key"),
        ("title: [One]\n    text: Short.", "wrong-type"),
        ("title: One\n    text: {a: b}", "wrong-type"),
        ("title: Two\n    text: Short.", "duplicate-id"),
        ("[Short.]", "wrong-type"),
    ],
)
def test_a_step_without_title_or_text_does_not_hide_the_faults_of_the_others(first: str, code: str) -> None:
    show = "" if first.startswith("[") else "\n    show: [nowhere]"
    raw = f"title: A border\nsteps:\n  - {first}{show}\n  - title: Two\n    text: Long.\n    show: [neverland]\n"
    story = replace(gather(raw.encode(), Path("a.yaml")), places=made().places)
    assert sorted(codes_of(lambda: check(story))) == sorted([code, *["unknown-place"] * (2 if show else 1)])


def test_what_is_left_out_of_a_wrong_story_gives_no_further_faults() -> None:
    """A claim with a wrong key is set aside, and so is the warning that nobody checks its figures."""
    raw = (
        b"title: A border\nsteps:\n  - title: One\n    text: It is 17 km, and 17 km again.\n"
        b"    show: [nowhere]\n    claims:\n      - {quote: 17 km, nht: 2, length: border}\n"
    )
    story = replace(gather(raw, Path("a.yaml")), places=made().places)
    assert codes_of(lambda: check(story)) == ["unknown-place", "unknown-key"]


@pytest.mark.parametrize("key", ["idd", "name"])
def test_a_link_to_a_step_whose_id_has_a_misspelt_key_is_no_fault_of_its_own(key: str) -> None:
    story = made(step("See [the bridge](#bridge)."), {"title": "Two", "text": "Short.", key: "bridge"})
    assert codes_of(lambda: check(story)) == ["unknown-key"]


def test_claims_that_cannot_be_measured_are_all_told() -> None:
    sketch = place("sketch", {"type": "LineString", "coordinates": [[10, 10], [11, 11]]}, schematic=True)
    late = {"from": "2019-04-26", "to": "2019-04-24"}
    claims = [{"quote": "10 km", "length": "sketch"}, {"quote": "two days", "interval": late}, TRUE]
    story = made(step("It is 10 km, two days, less than 150 km.", claims=claims), places=[*PLACES, sketch])
    assert codes_of(lambda: check(story)) == ["schematic-line", "bad-date"]


def test_warnings_come_beside_a_story_that_is_fine() -> None:
    checked = check(made(step(TEXT), unchecked=[{"quote": "not there", "why": "x"}]))
    assert {problem.code for problem in checked.warnings} == {"unchecked-missing", "unchecked-measure"}
    assert {problem.level for problem in checked.warnings} == {"warning"}


HIGH = {"type": "Point", "coordinates": [131.9, 43.1, 7]}


@pytest.mark.parametrize(
    "used",
    [
        {"show": ["hill"]},
        {"view": {"fit": ["hill"]}},
        {"claims": [{**TRUE, "distance": {"from": "hill", "to": "border"}}]},
        {"claims": [{**TRUE, "also": [{"label": "From the hill", "from": "hill"}]}]},
    ],
)
def test_a_warning_about_a_place_comes_only_with_a_story_that_uses_it(used: Mapping[str, Any]) -> None:
    places = [*PLACES, place("hill", HIGH), place("dale", HIGH, sorce="x")]
    text = "It is less than 150 km."
    assert [w.code for w in check(made(step(text, **used), places=places)).warnings if w.code == "height-dropped"] == [
        "height-dropped"
    ]
    assert check(made(step(text, claims=[TRUE]), places=places)).warnings == ()
    assert [w.code for w in check(made(context=["hill"], places=places)).warnings] == ["height-dropped"]


def test_an_error_in_a_place_is_an_error_of_every_story_and_the_warnings_of_other_places_stay_away() -> None:
    places = [*PLACES, place("hill", HIGH), place("dale", STATION, uncertainty_m=0)]
    assert codes_of(lambda: check(made(step(), places=places))) == ["bad-number"]
    assert codes_of(lambda: check(made(step(show=["nowhere"]), places=[*PLACES, place("hill", HIGH)]))) == [
        "unknown-place"
    ]


@pytest.mark.parametrize("action", [build, check])
def test_a_wrong_detail_file_is_an_error_of_the_check_too(action: Callable[[Inputs], object]) -> None:
    """With all other faults: what a check passes can be built."""
    story = replace(made(step(show=["nowhere"])), detail=File("coast.geojson", b"[]"))
    assert codes_of(lambda: action(story)) == ["bad-detail-file", "unknown-place"]


def test_a_wrong_story_leaves_the_old_page_as_it_was(tmp_path: Path) -> None:
    story = tmp_path / "a.yaml"
    story.write_text("title: T\nsteps:\n  - {title: One, text: Short.}\n")
    _, page = build_file(story, tmp_path / "build")
    before = page.read_bytes()
    story.write_text("title: T\nsteps:\n  - {title: One, text: Short., show: [nowhere]}\n")
    with pytest.raises(StoryError):
        build_file(story, tmp_path / "build")
    assert page.read_bytes() == before
    written = sorted(path.relative_to(page.parent).as_posix() for path in page.parent.rglob("*"))
    assert written == ["index.html", "maps", "maps/one.svg", "preview.png"]


def test_nothing_is_built_where_two_stories_would_have_one_page(tmp_path: Path) -> None:
    stories = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        stories.append(tmp_path / folder / "a.yaml")
        stories[-1].write_text("title: T\nsteps:\n  - {title: One, text: Short.}\n")
    with pytest.raises(StoryError, match="would both be"):
        list(build_many(stories, tmp_path / "build"))
    assert not (tmp_path / "build").exists()


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Some stories in no alphabetic order, one of them with claims."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    (folder / "data" / "places.geojson").write_bytes(PLACES_FILE)
    text = "title: {}\nsteps:\n  - title: One\n    text: It is less than 150 km.\n    show: [island]\n"
    claim = "    claims:\n      - {quote: less than 150 km, distance: {from: station, to: border}}\n"
    paths = [folder / f"{name}.yaml" for name in ("c", "a", "b")]
    for path in paths:
        path.write_text(text.format(path.stem) + (claim if path.stem == "a" else ""))
    return paths


EXECUTORS: dict[str, Callable[[], Executor | None]] = {
    "none": lambda: None,
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
}


@pytest.mark.parametrize("kind", EXECUTORS)
def test_many_stories_are_built_alike_on_every_executor(stories: list[Path], tmp_path: Path, kind: str) -> None:
    alone = [build_file(path, tmp_path / "alone")[1].read_bytes() for path in stories]
    executor = EXECUTORS[kind]()
    results = list(build_many(stories, tmp_path / kind, executor))
    if executor is not None:
        executor.shutdown()
    assert [page for _, page in results] == [tmp_path / kind / path.stem / "index.html" for path in stories]
    assert [page.read_bytes() for _, page in results] == alone
    assert [built.html.encode() for built, _ in results] == alone


def test_an_error_in_another_process_comes_back_with_its_problems(stories: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: T\nsteps:\n  - {title: One, text: Short., show: [nowhere]}\n")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        assert codes_of(lambda: list(build_many([bad, stories[0]], tmp_path, executor))) == ["unknown-place"]


def test_a_checked_story_and_its_findings_pickle() -> None:
    checked = check_file(SEED)
    copy = pickle.loads(pickle.dumps(checked))
    assert copy.findings == checked.findings
    assert build(copy.inputs).html == build(checked.inputs).html
