"""A story file becomes typed data, or all its problems at once, each where it stands and in an author's words."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from storymap.problems import Problem, StoryError
from storymap.source import Text, read_yaml
from storymap.story import (
    AlsoDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    ShowDoc,
    StoryDoc,
    TravelDoc,
    ViewDoc,
    WithinDoc,
    address_fault,
    json_schema,
    read_story,
)

LEAST = "title: A border\nsteps:\n  - title: Seventeen kilometres\n    text: It is 17 km long.\n"
WHOLE = (
    """\
storymap: 1
title: A border
subtitle: On the Tumen
byline: A. Writer
published: 2019-04-25
language: pt-BR
summary: Short.
source: {title: A report, url: "https://example.org/a?b=c", author: B, date: 2019-04-24}
data_as_of: 2026-03-01
places: ../data/places.geojson
basemap: {detail: coast.geojson, borders: false}
context: [pyongyang]
"""
    + LEAST.split("\n", 1)[1]
    + """\
    id: first
    show: [border, {place: station, label: The station, style: context}]
    view: {center: [43.1, 131.9], zoom: 11.5}
    media: {image: a.jpg, alt: A bridge, caption: C, credit: D, license: CC0}
    claims:
      - {quote: a, distance: {from: a, to: b, along: c}, also: [{label: L, from: d}], verdict: fails, note: N}
      - {quote: b, nth: 2, length: border, expect: about 17 km}
      - {quote: c, within: {place: a, area: b}}
      - {quote: d, links: {line: a, areas: [b, c]}}
      - {quote: e, travel: {along: a, speed: 50..60 km/h}}
      - {quote: f, interval: {from: 2019-04-24 11:40, to: 2019-04-25, uncertainty: 10 min},
         also: [{label: M, to: 2019-04-26}]}
unchecked: [{quote: first 100 metres, why: not recorded}]
"""
)


def read(text: str) -> StoryDoc:
    return read_story(read_yaml(text.encode(), "f"))


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(StoryError) as raised:
        read(text)
    return raised.value.problems


def step(*lines: str) -> str:
    return LEAST + "".join(f"    {line}\n" for line in lines)


def claim(rest: str) -> str:
    return step("claims:", f"  - {{quote: 17 km, {rest}}}")


def the_problem(text: str) -> tuple[str, str, Problem]:
    """The code of the one problem, the characters it points at, and the problem."""
    (problem,) = problems(text)
    start, end = Text("f", text).offsets(problem.span)
    return problem.code, text[start:end], problem


def test_the_least_story_gets_good_defaults() -> None:
    story = read(LEAST)
    assert (story.storymap, story.language, story.basemap.borders) == (1, "en", True)
    assert (story.steps[0].id, story.steps[0].show, story.steps[0].view) == ("seventeen-kilometres", [], None)


def test_every_key_is_read() -> None:
    story = read(WHOLE)
    first = story.steps[0]
    assert story.published == date(2019, 4, 25)
    assert story.source is not None
    assert story.source.date == date(2019, 4, 24)
    assert story.basemap.borders is False
    assert first.show == [ShowDoc(place="border"), ShowDoc(place="station", label="The station", style="context")]
    assert first.view == ViewDoc.model_validate({"center": [43.1, 131.9], "zoom": 11.5})
    assert [(m.image, m.alt) for m in first.media] == [("a.jpg", "A bridge")]
    assert [c.claim_kind for c in first.claims] == ["distance", "length", "within", "links", "travel", "interval"]
    kinds = [DistanceDoc, LengthDoc, WithinDoc, LinksDoc, TravelDoc, IntervalDoc]
    assert [type(c.measure) for c in first.claims] == kinds
    assert (first.claims[0].verdict, first.claims[1].nth, first.claims[1].expect) == ("fails", 2, "about 17 km")
    assert story.unchecked[0].why == "not recorded"


def test_a_position_is_kept_as_lon_lat() -> None:
    story = read(step("view: {center: [43.1, 131.9], zoom: 9}"))
    assert story.steps[0].view is not None
    assert story.steps[0].view.center == (131.9, 43.1)


@pytest.mark.parametrize(
    "written",
    [
        "[43.1112, 131.8819]",
        "'43.1112, 131.8819'",
        "43.1112 131.8819",
        "43°06′40.32″N 131°52′54.84″E",
        "43° 06' 40.32\\\" N, 131° 52' 54.84\\\" E",
        "131°52′54.84″E 43°06′40.32″N",
        "43.1112°N 131.8819°E",
    ],
)
def test_a_position_may_be_written_as_people_copy_it(written: str) -> None:
    text = written if written[0] in "['" else f'"{written}"'
    view = read(step(f"view: {{center: {text}, zoom: 9}}")).steps[0].view
    assert view is not None
    assert view.center == pytest.approx((131.8819, 43.1112), abs=1e-9)


def test_south_and_west_are_negative() -> None:
    view = read(step("view: {center: '33°30′S 70°30′W', zoom: 9}")).steps[0].view
    assert view is not None
    assert view.center == (-70.5, -33.5)


@pytest.mark.parametrize(
    "written",
    [
        "[43.1]",
        "[43.1, 131.9, 0]",
        "[a, b]",
        "43.1",
        "'43°N 44°N'",
        "'43°61′N 131°E'",
        "[nan, 1]",
        "[91, 181]",
        "{a: b}",
    ],
)
def test_what_is_no_position_is_refused(written: str) -> None:
    assert the_problem(step(f"view: {{center: {written}, zoom: 9}}"))[0] == "bad-position"


def test_a_swapped_position_is_recognised() -> None:
    code, shown, problem = the_problem(step("view: {center: [131.8819, 43.1112], zoom: 9}"))
    assert (code, shown) == ("bad-position", "[131.8819, 43.1112]")
    assert "type [43.1112, 131.8819]" in problem.help


@pytest.mark.parametrize(
    "written",
    [
        "foo",
        "nan",
        ".nan",
        "inf",
        "-inf",
        ".inf",
        "1e400",
        "1_0",
        "0x9",
        "'9,5'",
        "'1 0'",
        "-1",
        "14.1",
        "٣",
        "9" * 5000,
        "true",
    ],
)
def test_a_bad_number_is_pointed_at(written: str) -> None:
    code, shown, problem = the_problem(step(f"view: {{center: [43.1, 131.9], zoom: {written}}}"))
    assert (code, shown) == ("bad-number", written)
    assert problem.message.startswith("'zoom' must be a number from 0 to 14, not '")


def test_the_message_is_in_the_authors_words() -> None:
    problem = the_problem(step("view: {center: [43.1, 131.9], zoom: foo}"))[2]
    assert problem.message == "'zoom' must be a number from 0 to 14, not 'foo'"
    assert "9.5" in the_problem(step("view: {center: [43.1, 131.9], zoom: '9,5'}"))[2].help


@pytest.mark.parametrize(
    "written", ["2019-02-30", "2019-13-01", "25.4.2019", "2019-4-5", "20190425", "2019-04-25 11:40", "soon"]
)
def test_a_bad_date_is_pointed_at(written: str) -> None:
    assert the_problem(LEAST + f"published: {written}\n")[:2] == ("bad-date", written)


@pytest.mark.parametrize(
    "written", ["2019-02-30", "2019-04-25 25:00", "2019-04-26..2019-04-25", "2019", "April", "a..b", "1..2..3"]
)
def test_a_bad_moment_is_pointed_at(written: str) -> None:
    assert the_problem(claim(f"interval: {{from: {written}, to: 2019-04-25}}"))[:2] == ("bad-date", written)


@pytest.mark.parametrize(
    "written",
    [
        "2019-04-25",
        "2019-04-25 11:40",
        "2019-04-25T11:40:30",
        "2019-02-27..2019-02-28",
        "2019-02-27 .. 2019-02-28 12:00",
    ],
)
def test_moments_may_be_days_minutes_and_ranges(written: str) -> None:
    measure = read(claim(f"interval: {{from: {written}, to: 2019-04-25}}")).steps[0].claims[0].measure
    assert isinstance(measure, IntervalDoc)
    assert measure.from_ == written.replace(" .. ", "..")


@pytest.mark.parametrize(
    ("text", "code", "shown", "says"),
    [
        (LEAST + "subtitel: x\n", "unknown-key", "subtitel", "did you mean 'subtitle'?"),
        (step("veiw: {fit: [a]}"), "unknown-key", "veiw", "did you mean 'view'?"),
        (claim("lenght: border, distance: {from: a, to: b}"), "unknown-key", "lenght", "did you mean 'length'?"),
        (claim("distance: {frm: a, to: b}"), "unknown-key", "frm", "did you mean 'from'?"),
        (claim("distance: {from: a, to: b}, also: [{label: L, of: a}]"), "unknown-key", "of", "from, to, along"),
        (step("zzz: 1"), "unknown-key", "zzz", "known here: id, title"),
        (
            step("view: {center: [9.3, -79.9], zoom: 9,5}"),
            "unknown-key",
            "5",
            "type zoom: 9.5: a point before decimals",
        ),
        (step("view: {center: [9.3, -79.9], zoom: 9, 5: 1}"), "unknown-key", "5", "known here: fit"),
        (claim("distance: {from: a}"), "missing-key", "{from: a}", "'to: …'"),
        (step("media: {image: a.jpg}"), "missing-key", "{image: a.jpg}", "cannot see"),
        (claim("length: a, also: [{label: x}]"), "missing-key", "{label: x}", "of"),
        (LEAST + "byline:\n", "missing-value", "byline", "after the colon"),
        (LEAST + "byline: ~\nsource:\n", "missing-value", "source", "after the colon"),
        (
            step("show: [a,\n      , b]").replace("[a,\n      , b]", "\n      - a\n      -"),
            "missing-value",
            "",
            "delete",
        ),
        (LEAST.replace("It is 17 km long.", "'  '"), "missing-value", "'  '", "text"),
        (step("show: station"), "wrong-type", "station", "type show: [station]"),
        (step("claims: {quote: a}"), "wrong-type", "{quote: a}", "claims: [{quote"),
        (claim("distance: a"), "wrong-type", "a", "distance: {from: vladivostok-station"),
        (claim("links: {line: a, areas: [b]}"), "wrong-type", "[b]", "areas: [mainland"),
        (claim("links: {line: a, areas: [b, c, d]}"), "wrong-type", "[b, c, d]", "areas: [mainland"),
        (LEAST + "summary: [a]\n", "wrong-type", "[a]", "text"),
        (LEAST + "storymap: 2\n", "bad-version", "2", "storymap: 1"),
        (LEAST + "language: en_GB\n", "bad-choice", "en_GB", "type en-GB"),
        (LEAST + "units: metric\n", "unknown-key", "units", "known here"),
        (LEAST + "basemap: {borders: yes}\n", "bad-choice", "yes", "type true"),
        (LEAST + "basemap: {labels: [countries, sea]}\n", "bad-choice", "[countries, sea]", "did you mean 'seas'"),
        (LEAST + "basemap: {labels: maybe}\n", "bad-choice", "maybe", "type true, false"),
        (step("show: [{place: a, style: Context}]"), "bad-choice", "Context", "did you mean 'context'?"),
        (claim("length: a, verdict: true"), "bad-choice", "true", "holds, fails or too-close"),
        (step("id: Über uns"), "bad-id", "Über uns", "type uber-uns"),
        (step("show: [vladivostok_station]"), "bad-id", "vladivostok_station", "type vladivostok-station"),
        (step("show: [__proto__]"), "bad-id", "__proto__", "type proto"),
        (claim("length: a, nth: 0"), "bad-number", "0", "1, 2, 3"),
        (claim("length: a, nth: 1.5"), "bad-number", "1.5", "1, 2, 3"),
        (step("view: {zoom: 9}"), "bad-view", "{zoom: 9}", "center"),
        (step("view: {fit: [a], center: [1, 2], zoom: 9}"), "bad-view", "{fit: [a], center: [1, 2], zoom: 9}", "fit"),
        (step("view: {fit: []}"), "bad-view", "{fit: []}", "fit"),
        (claim("nth: 1"), "one-measure", "{quote: 17 km, nth: 1}", "distance"),
        (claim("length: a, distance: {from: a, to: b}"), "one-measure", "length", "of its own"),
        (LEAST + "  - {title: Seventeen kilometres, text: b}\n", "duplicate-id", "Seventeen kilometres", "id:"),
        (LEAST + "  - {id: seventeen-kilometres, title: a, text: b}\n", "duplicate-id", "seventeen-kilometres", "id:"),
        (step('view: {fit: ["a\\0"]}'), "bad-id", '"a\\0"', "type a"),
        (LEAST + 'byline: "a\\u2028b"\n', "bad-character", '"a\\u2028b"', "delete"),
        (LEAST + f"byline: {'x' * 20_001}\n", "text-too-long", "x" * 20_001, "split"),
        ("title: a\nsteps: []\n", "wrong-type", "[]", "steps: [{title"),
        ("[]\n", "wrong-type", "[]", "title"),
        ("just text\n", "wrong-type", "just text", "title"),
    ],
)
def test_a_mistake_is_pointed_at_with_what_to_type(text: str, code: str, shown: str, says: str) -> None:
    if shown == "":
        assert [p.code for p in problems(text)] == [code]
        return
    found = the_problem(text)
    assert found[:2] == (code, shown)
    assert says in found[2].help


def test_a_text_may_have_20000_characters() -> None:
    assert read(LEAST + f"byline: {'x' * 20_000}\n").byline == "x" * 20_000


def test_all_problems_of_the_file_and_of_the_story_come_at_once_in_the_order_of_the_file() -> None:
    text = (
        "titel: A\ntitle: B\ntitle: C\npublished: soon\nsteps:\n"
        "  - title: One\n    view: {zoom: x, center: *here}\n    claims:\n      - quote: a\n      - quot: b\n"
        "  - text: y\n"
    )
    found = [(problem.code, problem.span.line) for problem in problems(text)]
    assert found == [
        ("unknown-key", 1),
        ("duplicate-key", 3),
        ("bad-date", 4),
        ("missing-key", 6),
        ("bad-number", 7),
        ("yaml-alias", 7),
        ("one-measure", 9),
        ("unknown-key", 10),
        ("one-measure", 10),
        ("missing-key", 11),
    ]


def test_what_only_follows_from_a_fault_of_the_file_is_not_reported_again() -> None:
    assert [p.code for p in problems(LEAST.replace("A border", "{{ title }}"))] == ["bad-key"]
    assert [p.code for p in problems(LEAST.replace("A border", "*border"))] == ["yaml-alias"]


@pytest.mark.parametrize(
    ("title", "step_id"),
    [
        ("A border of seventeen kilometres", "a-border-of-seventeen-kilometres"),
        ("17 kilometres", "step-17-kilometres"),
        ("Kim’s train", "kims-train"),
        ("Crème brûlée!", "creme-brulee"),
        ("x" * 200, "x" * 60),
    ],
)
def test_an_id_is_made_of_the_title(title: str, step_id: str) -> None:
    assert read(LEAST.replace("Seventeen kilometres", title)).steps[0].id == step_id


@pytest.mark.parametrize("title", ["국경", "Граница", "…", "Tumen강"])
def test_the_id_of_a_title_without_latin_letters_does_not_depend_on_the_other_steps(title: str) -> None:
    alone = read(LEAST.replace("Seventeen kilometres", title)).steps[0].id
    later = read(LEAST + f"  - {{title: {title}, text: b}}\n").steps[1].id
    assert alone == later
    assert alone.startswith("step-")


def test_another_reading_changes_only_the_parts_it_names() -> None:
    first = read(WHOLE).steps[0].claims[0]
    changed = first.also[0].applied_to(DistanceDoc.model_validate({"from": "a", "to": "b", "along": "c"}))
    assert changed == DistanceDoc.model_validate({"from": "d", "to": "b", "along": "c"})


def test_a_bad_part_of_another_reading_is_pointed_at() -> None:
    assert the_problem(claim("length: a, also: [{label: L, of: b}, {label: M, of: B C}]"))[:2] == ("bad-id", "B C")
    text = claim("interval: {from: 2019-01-01, to: 2019-01-02}, also: [{label: L, to: soon}]")
    assert the_problem(text)[:2] == ("bad-date", "soon")
    with pytest.raises(ValidationError):
        AlsoDoc(label="L", of="b").applied_to(WithinDoc(place="a", area="b"))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org",
        "/page",
        "www.example.org",
        "https:///x",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org\\@evil.org",
        "http://[::1",
        "ftp://example.org",
        "https://exa mple.org",
        "https://example.org/\u202ex",
        "",
    ],
)
def test_an_address_that_could_harm_or_break_is_refused(address: str) -> None:
    assert address_fault(address) != ""


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:8080/a%20b?c=d#e", "https://пример.рф/가"]
)
def test_a_web_address_is_allowed(address: str) -> None:
    assert address_fault(address) == ""


def test_a_story_comes_back_the_same_from_its_own_data_and_from_a_process_pool() -> None:
    story = read(WHOLE)
    assert StoryDoc.model_validate(story.model_dump(by_alias=True, exclude_none=True)) == story
    assert pickle.loads(pickle.dumps(story)) == story


def test_python_may_hand_over_its_own_values() -> None:
    story = StoryDoc.model_validate(
        {
            "title": "A",
            "published": date(2019, 4, 25),
            "steps": [{"title": "B", "text": "C", "view": {"center": (43.1, 131.9), "zoom": 9}, "show": ["a"]}],
        }
    )
    assert story.published == date(2019, 4, 25)
    assert story.steps[0].show == [ShowDoc(place="a")]


def parts(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in [("StoryDoc", schema), *schema["$defs"].items()]:
        for key, value in part["properties"].items():
            yield f"{name}.{key}", value


def test_the_schema_is_2020_12_and_explains_every_key() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [name for name, value in parts(schema) if not value.get("description")] == []
    assert [name for name, part in schema["$defs"].items() if not part.get("description")] == []
    assert all(part["additionalProperties"] is False for part in [schema, *schema["$defs"].values()])


def test_the_schema_uses_no_word_that_json_schema_does_not_have() -> None:
    known = set("type const enum pattern format minimum maximum minLength minItems maxItems".split())
    known |= set("items prefixItems anyOf $ref default description examples".split())
    used = {word for _, value in parts(json_schema()) for word in value}
    assert used <= known


def test_the_schema_offers_the_short_and_the_long_way() -> None:
    defs = json_schema()["$defs"]
    assert [sorted(choice) for choice in defs["StepDoc"]["properties"]["show"]["items"]["anyOf"]] == [
        ["pattern", "type"],
        ["$ref"],
    ]
    assert "prefixItems" in defs["ViewDoc"]["properties"]["center"]["anyOf"][0]
    assert defs["StepDoc"]["required"] == ["title", "text"]
    assert json_schema()["required"] == ["title", "steps"]
