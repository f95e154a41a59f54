"""A places file becomes an atlas of places that can be measured, or all its problems at once."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from storymap.places import Atlas, Place, read_places
from storymap.places.properties import half_a_unit
from storymap.problems import Problem, Span, StoryError

POINT = {"type": "Point", "coordinates": [131.8819, 43.1112]}


def feature(place_id: object = "station", geometry: object = POINT, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "id": place_id, "properties": {"name": "A", **properties}, "geometry": geometry}


def shape(kind: str, coordinates: object) -> dict[str, object]:
    return {"type": kind, "coordinates": coordinates}


def collection(*features: object, **members: object) -> str:
    lines = ",\n".join(json.dumps(one) for one in features)
    more = "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in members.items())
    return f'{{"type": "FeatureCollection", {more}"features": [\n{lines}\n]}}'


def read(text: str) -> tuple[Atlas, list[Problem]]:
    return read_places(text.encode("utf-8", "surrogatepass"), "f")


def one(*features: object, **members: object) -> Place:
    atlas, problems = read(collection(*features, **members))
    assert problems == []
    return next(iter(atlas.values()))


def faults(text: str) -> list[str]:
    with pytest.raises(StoryError) as raised:
        read(text)
    return [problem.code for problem in raised.value.problems if problem.level == "error"]


def the_fault(*features: object, **members: object) -> Problem:
    with pytest.raises(StoryError) as raised:
        read(collection(*features, **members))
    (problem,) = (problem for problem in raised.value.problems if problem.level == "error")
    return problem


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ([-79, 9014, 9.3], "[-79.9014, 9.3]"),
        ([-79, 9014, 9, 3], "[-79.9014, 9.3]"),
        ([-79, 95, 9], "[-79.95, 9]"),
    ],
)
def test_decimal_commas_are_asked_about(written: list[float], typed: str) -> None:
    problem = the_fault({**feature(), "geometry": shape("Point", written)})
    assert (problem.code, problem.help) == ("bad-position", f"if these are decimal commas, type points: {typed}")


@pytest.mark.parametrize("written", [[543210, 4649776, 12], [543210.5, 4649776.25], [9014.5, 9014.5, 3]])
def test_metres_are_not_taken_for_decimal_commas(written: list[float]) -> None:
    assert the_fault({**feature(), "geometry": shape("Point", written)}).help.startswith("these look like metres")


@pytest.mark.parametrize(
    ("right", "wrong", "mark"),
    [
        ('"A place"', "“A place”", "“"),
        ('"A place"', "'A place'", "'"),
        ('"name"', "“name”", "“"),
        ('"A place"', "„A place“", "„"),
    ],
)
def test_a_curly_quote_is_named_with_what_to_type(right: str, wrong: str, mark: str) -> None:
    text = collection(feature(name="A place"))
    assert right in text
    with pytest.raises(StoryError) as raised:
        read(text.replace(right, wrong))
    (problem,) = raised.value.problems
    assert (problem.code, problem.message, problem.help) == (
        "bad-json",
        f"texts stand in straight double quotes, not in {mark}",
        'type " before and after the text',
    )


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ("2,5 km", "type metres as a number, such as 2500"),
        ("50 m", "type metres as a number, such as 2500"),
        ("50", "type it without quotes"),
    ],
)
def test_metres_in_words_are_told_as_a_number(value: str, help: str) -> None:
    assert the_fault(feature(uncertainty_m=value)).help == help


def test_no_place_is_as_uncertain_as_the_solar_system_is_wide() -> None:
    assert "of at most 1,000,000,000" in the_fault(feature(uncertainty_m=1e308)).message


def test_a_place_has_what_its_feature_says() -> None:
    place = one(
        feature(
            kind="bridge",
            uncertainty_m=50,
            source="S",
            license="CC0",
            retrieved="2026-11",
            edges="geodesic",
            scale="1:10,000",
            stated={"length_m": 3100, "uncertainty_m": 10, "source": "T"},
            derived=True,
            schematic=True,
            min_zoom=3,
            max_zoom=9.5,
            note="N",
            in_text="the bridge",
        )
    )
    assert place.phrase == "the bridge"
    assert (place.id, place.name, place.kind, place.uncertainty_m, place.source) == (
        "station",
        "A",
        "bridge",
        50.0,
        "S",
    )
    assert (place.license, place.retrieved, place.edges, place.scale) == ("CC0", "2026-11", "geodesic", "1:10,000")
    assert place.stated is not None
    assert (place.stated.length_m, place.stated.uncertainty_m, place.stated.source) == (3100.0, 10.0, "T")
    assert (place.derived, place.schematic, place.min_zoom, place.max_zoom, place.note) == (True, True, 3.0, 9.5, "N")
    assert place.geometry.coords[0] == (131.8819, 43.1112)


def test_what_is_not_said_is_unknown_and_never_zero() -> None:
    place = one(feature())
    assert place.phrase == place.name
    assert (place.uncertainty_m, place.source, place.license, place.stated, place.edges) == (
        None,
        None,
        None,
        None,
        "planar",
    )
    assert (place.derived, place.schematic, place.min_zoom, place.max_zoom) == (False, False, None, None)


def test_what_a_place_was_drawn_from_makes_it_derived() -> None:
    atlas, problems = read(collection(feature("a", derived_from=["b", "c"]), feature("b"), feature("c")))
    assert problems == []
    assert (atlas["a"].derived, atlas["a"].derived_from) == (True, ("b", "c"))
    assert (atlas["b"].derived, atlas["b"].derived_from) == (False, ())


def test_a_place_is_drawn_from_places_of_its_file() -> None:
    problem = the_fault(feature("bridge", derived_from=["iland"]), feature("island"))
    assert (problem.code, problem.span.line, problem.help) == ("unknown-place", 2, "did you mean 'island'?")


def test_defaults_hold_for_all_features_wherever_they_stand() -> None:
    defaults = {"uncertainty_m": 50, "source": "S", "edges": "geodesic"}
    before = collection(feature("a"), feature("b", uncertainty_m=7), defaults=defaults)
    after = collection(feature("a"), feature("b", uncertainty_m=7))[:-1] + f', "defaults": {json.dumps(defaults)}}}'
    for text in (before, after):
        atlas, _ = read(text)
        assert [(p.uncertainty_m, p.source, p.edges) for p in atlas.values()] == [
            (50.0, "S", "geodesic"),
            (7.0, "S", "geodesic"),
        ]


def test_an_id_may_stand_in_the_properties() -> None:
    assert one({"type": "Feature", "properties": {"id": "a", "name": "A"}, "geometry": POINT}).id == "a"


@pytest.mark.parametrize(
    ("name", "shown"), [({"ko": "나", "en": "N"}, "N"), ({"ko": "나", "ru": "Н"}, "나"), ("한국", "한국")]
)
def test_of_several_names_the_english_one_counts_else_the_first(name: object, shown: str) -> None:
    assert one(feature(name=name)).name == shown


def test_a_name_is_in_a_language() -> None:
    """What stands there becomes an attribute of the label."""
    with pytest.raises(StoryError) as caught:
        read_places(collection(feature("a", name={"en": "N", '"><script>': "M"})).encode(), "f")
    (problem,) = caught.value.problems
    assert (problem.code, problem.help) == ("bad-choice", 'type languages such as "en" or "pt-BR"')


@pytest.mark.parametrize(
    ("language", "shown", "told"),
    [("ko", "나", ""), ("ko-KR", "나", ""), ("pt-BR", "B", ""), ("pt-PT", "P", ""), ("fr", "N", "en"), ("EN", "N", "")],
)
def test_a_name_is_in_the_storys_language_or_tells_its_own(language: str, shown: str, told: str) -> None:
    names = {"ko": "나", "en": "N", "pt": "P", "pt-br": "B"}
    raw = collection(feature("a", name=names), feature("b", name="text")).encode()
    atlas = read_places(raw, "f", language)[0]
    assert (atlas["a"].name, atlas["a"].name_lang) == (shown, told)
    assert (atlas["b"].name, atlas["b"].name_lang) == ("text", "")


@pytest.mark.parametrize(
    ("length", "half"),
    [(327000, 500), (3100, 50), (17391, 0.5), (17.4, 0.05), (1e6, 500_000), (0.25, 0.005), (100, 50)],
)
def test_a_stated_length_without_uncertainty_is_known_to_half_a_unit_of_its_last_digit(
    length: float, half: float
) -> None:
    assert half_a_unit(float(length)) == pytest.approx(half)
    stated = one(feature(stated={"length_m": length, "source": "S"})).stated
    assert stated is not None
    assert stated.uncertainty_m == pytest.approx(half)


@pytest.mark.parametrize("value", [0, -1, 0.0, "50", True, [50], 1e999, float("nan"), 10**400])
def test_an_uncertainty_is_a_finite_number_above_zero(value: object) -> None:
    assert the_fault(feature(uncertainty_m=value)).code == "bad-number"


@pytest.mark.parametrize(
    ("properties", "code", "says"),
    [
        ({"edges": "geodessic"}, "bad-choice", "did you mean 'geodesic'?"),
        ({"edges": 1}, "bad-choice", ""),
        ({"derived": "true"}, "bad-choice", "without quotes"),
        ({"derived_from": "island"}, "wrong-type", '["id-of-a-place"]'),
        ({"derived_from": [5]}, "wrong-type", '["id-of-a-place"]'),
        ({"source": 5}, "wrong-type", "double quotes"),
        ({"source": " "}, "missing-value", "delete"),
        ({"source": "a\u2028"}, "bad-character", "delete"),
        ({"source": "\ud800"}, "bad-character", "delete"),
        ({"source": "x" * 20_001}, "text-too-long", "shorten"),
        ({"name": {}}, "wrong-type", "double quotes"),
        ({"name": {"en": 5}}, "wrong-type", "double quotes"),
        ({"name": None}, "missing-key", '"name"'),
        ({"min_zoom": 15}, "bad-number", "number"),
        ({"min_zoom": 9, "max_zoom": 8}, "bad-number", "swap"),
        ({"stated": 3100}, "wrong-type", "length_m"),
        ({"stated": {"length_m": 3100}}, "missing-key", '"source"'),
        ({"stated": {"source": "S"}}, "missing-key", '"length_m"'),
        ({"stated": {"length_m": 0, "source": "S"}}, "bad-number", "metres"),
    ],
)
def test_a_bad_property_is_a_fault_that_names_place_and_property(
    properties: dict[str, object], code: str, says: str
) -> None:
    problem = the_fault(feature(**properties))
    assert problem.code == code
    assert "'station'" in problem.message
    assert next(iter(properties)) in problem.message
    assert says in problem.help


def test_a_bad_default_is_one_fault() -> None:
    assert the_fault(feature("a"), feature("b"), defaults={"uncertainty_m": 0}).code == "bad-number"
    assert the_fault(feature("a"), defaults={"name": "x"}).code == "unknown-key"
    assert the_fault(feature("a"), defaults=[1]).code == "wrong-type"


@pytest.mark.parametrize("place_id", ["A", "a b", "1a", "", "ä", "a_b", 5, ["a"], "__proto__", "x" * 101])
def test_an_id_has_small_letters_digits_and_hyphens(place_id: object) -> None:
    assert the_fault(feature(place_id)).code == "bad-id"


def test_a_place_without_id_is_told_one() -> None:
    problem = the_fault({"type": "Feature", "properties": {"name": "Vladivostok Station"}, "geometry": POINT})
    assert (problem.code, problem.help) == ("missing-key", 'add "id": "vladivostok-station"')


def test_two_places_cannot_have_one_id() -> None:
    problem = the_fault(feature("a"), feature("b"), feature("a"))
    assert (problem.code, problem.span.line) == ("duplicate-id", 4)
    assert "line 2" in problem.message
    assert the_fault(feature("a", id="b")).code == "bad-id"


RING = [[0, 0.1], [1, 0.1], [1, 1], [0, 0.1]]


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        (None, "no geometry"),
        ({}, "'type' and 'coordinates'"),
        ({"type": "Point"}, "no position: None"),
        ({"type": "Circle", "coordinates": []}, "'Circle'"),
        ({"type": "GeometryCollection", "geometries": [POINT]}, "GeometryCollection"),
        (shape("Point", []), "no position"),
        (shape("Point", [1]), "no position"),
        (shape("Point", ["1", "2"]), "no position"),
        (shape("Point", [True, False]), "no position"),
        (shape("Point", [[1, 2]]), "no position"),
        (shape("Point", {"x": 1}), "no position"),
        (shape("MultiPoint", []), "at least 1"),
        (shape("LineString", [[1, 2]]), "at least 2"),
        (shape("LineString", [[1, 2], [1, 2]]), "measured"),
        (shape("LineString", [[1, 2], None]), "position 2 of the LineString"),
        (shape("MultiLineString", []), "list of lines"),
        (shape("MultiLineString", [[[1, 2]]]), "line 1 of the MultiLineString"),
        (shape("Polygon", []), "list of rings"),
        (shape("Polygon", RING), "ring 1"),
        (shape("Polygon", [RING[:3]]), "at least 4"),
        (shape("Polygon", [[*RING[:3], [0, 0.2]]]), "not closed"),
        (shape("Polygon", [RING, [*RING[:3], [0, 0.2]]]), "ring 2 of the Polygon is not closed"),
        (shape("Polygon", [[[0, 1], [1, 0], [1, 1], [0, 0.5], [0, 1]]]), "Self-intersection at"),
        (shape("MultiPolygon", [[RING], [[[5, 5]] * 4]]), "measured"),
        (shape("MultiPolygon", [RING]), "polygon 1 of the MultiPolygon"),
    ],
)
def test_a_shape_that_cannot_be_measured_is_refused_with_the_place_named(geometry: object, says: str) -> None:
    problem = the_fault(feature(geometry=geometry))
    assert problem.code in ("bad-geometry", "bad-position")
    assert problem.message.startswith("'station': ")
    assert says in problem.message


@pytest.mark.parametrize(
    ("position", "says"),
    [
        ([43.1112, 131.8819], "type [131.8819, 43.1112]"),
        ([-33.5, -170.25], "type [-170.25, -33.5]"),
        ([14681000, 5330000], "EPSG:4326"),
        ([541, 0], "540"),
        ([100, 90.001], "90"),
    ],
)
def test_a_position_outside_the_world_is_refused_and_a_swap_recognised(position: list[float], says: str) -> None:
    problem = the_fault(feature(geometry=shape("Point", position)))
    assert problem.code == "bad-position"
    assert says in problem.help


@pytest.mark.parametrize("position", [[540, 90], [-540, -90], [180, 0.0]])
def test_longitudes_may_run_on_past_the_antimeridian(position: list[float]) -> None:
    assert one(feature(geometry=shape("Point", position))).geometry.coords[0] == tuple(map(float, position))


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (shape("Point", [131.8819, 43.1112, 12]), "height-dropped"),
        (shape("Point", [0, 0]), "null-island"),
        (shape("LineString", [[1, 1], [-0.0, 0.0]]), "null-island"),
        (shape("LineString", [[179.5, 66], [-179.5, 66]]), "crosses-antimeridian"),
        (shape("Polygon", [[[179, 1], [-179, 1], [-179, 2], [179, 1]]]), "crosses-antimeridian"),
    ],
)
def test_what_is_odd_but_can_be_measured_is_a_warning(geometry: object, code: str) -> None:
    atlas, warnings = read(collection(feature(geometry=geometry)))
    assert [(w.code, w.level) for w in warnings] == [(code, "warning")]
    assert not atlas["station"].geometry.has_z


def test_a_line_between_two_features_far_apart_is_no_crossing() -> None:
    one(feature(geometry=shape("MultiLineString", [[[-179, 1], [-178, 1]], [[179, 1], [178, 1]]])))


def test_a_misspelt_property_is_a_warning_and_foreign_properties_are_nobodys_business() -> None:
    _, warnings = read(collection(feature(uncertainity_m=5, population=3, NAME_EN="x", sourcing="y")))
    assert [(w.code, w.help) for w in warnings] == [("unknown-key", "did you mean 'uncertainty_m'?")]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "bad-json", 1),
        ("[]", "bad-json", 1),
        ('"x"', "bad-json", 1),
        ('{"type": "FeatureCollection" "features": []}', "bad-json", 30),
        ('{"type": "FeatureCollection", "features": [],}', "bad-json", 46),
        ('{"type": "FeatureCollection", "features": [1,]}', "bad-geojson", 44),
        ('{"type": "FeatureCollection", "features": []', "bad-json", 45),
        ('{"type": "FeatureCollection", "features": []} x', "bad-json", 47),
        ('{"type": "FeatureCollection", "features": {}}', "bad-geojson", 43),
        ('{"type": "FeatureCollection"}', "bad-geojson", 10),
        ('{"type": "Feature", "features": []}', "bad-geojson", 10),
        ('{"features": []}', "bad-geojson", 1),
        ('{"type": "FeatureCollection", "features": [{"type": "Point"}]}', "bad-geojson", 44),
        ('{"type": "FeatureCollection", "features": [], "features": []}', "duplicate-key", 59),
        ('{"type": "FeatureCollection", "features": [], "type": "x"}', "duplicate-key", 55),
        ('{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:3857"}}}', "bad-crs", 54),
        ("{'type': 1}", "bad-json", 2),
        ("{\"type\": 'x'}", "bad-json", 10),
        ('{"type": "a\nb"}', "bad-json", 12),
        ('{"type": NaN, "features": []}', "bad-number", 10),
        ('{"a": ' + "9" * 5000 + "}", "bad-number", 7),
        ('{"a": ' + "[" * 100_000, "too-deep", 7),
    ],
)
def test_a_file_that_is_no_collection_is_explained_where_it_goes_wrong(text: str, code: str, column: int) -> None:
    with pytest.raises(StoryError) as raised:
        read(text)
    assert (code, column) in [(p.code, p.span.column) for p in raised.value.problems]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_a_crs_that_says_wgs84_is_no_fault(name: str) -> None:
    one(feature(), crs={"type": "name", "properties": {"name": name}})


def test_an_empty_collection_is_an_empty_atlas() -> None:
    atlas, problems = read('{"type": "FeatureCollection", "features": []}')
    assert (len(atlas), problems) == (0, [])


def test_all_problems_come_at_once() -> None:
    text = collection(
        feature("a", uncertainty_m=0),
        feature("B", geometry=None),
        feature("a", edges="x", source=1),
        defaults={"nam": 1},
    )
    assert faults(text) == [
        "unknown-key",
        "bad-number",
        "bad-geometry",
        "bad-id",
        "duplicate-id",
        "bad-choice",
        "wrong-type",
    ]


def test_a_number_that_json_does_not_have_hides_no_other_problem() -> None:
    text = collection(feature("a"), feature("b", uncertainty_m=0)).replace("131.8819", "NaN", 1)
    assert faults(text) == ["bad-number", "bad-number"]


def test_a_doubled_member_is_a_fault_at_its_feature() -> None:
    text = collection(feature("a"), feature("b")).replace('"id": "b"', '"id": "b", "type": "Feature"')
    with pytest.raises(StoryError) as raised:
        read(text)
    assert [(p.code, p.span.line) for p in raised.value.problems] == [("duplicate-key", 3)]


def test_the_span_of_a_place_is_its_id_wherever_the_file_breaks_its_lines() -> None:
    atlas, _ = read(collection(feature("a"), feature("b", name="\U0001f600")).replace("\n", "\r\n"))
    assert atlas["b"].span == Span("f", 3, 27, 3, 30)


def test_a_byte_order_mark_may_stand_first_and_other_encodings_are_refused() -> None:
    assert len(read("\ufeff" + collection(feature()))[0]) == 1
    with pytest.raises(StoryError, match="UTF-16"):
        read_places(collection(feature()).encode("utf-16"), "f")


def test_a_file_may_have_64_million_bytes() -> None:
    with pytest.raises(StoryError, match="64,000,001 bytes"):
        read_places(b" " * 64_000_001, "f")


def test_no_more_than_200_errors_are_listed_and_warnings_do_not_hide_them() -> None:
    flat = [feature(f"a{i}", geometry=shape("Point", [1, 1, 1])) for i in range(500)]
    with pytest.raises(StoryError) as raised:
        read(collection(*flat, *[feature("B")] * 500))
    levels = [problem.level for problem in raised.value.problems]
    assert (levels.count("warning"), levels.count("error")) == (200, 200)


def test_an_atlas_is_a_mapping_in_the_order_of_the_file_and_crosses_a_process_pool() -> None:
    atlas, _ = read(collection(feature("b"), feature("a")))
    copy = pickle.loads(pickle.dumps(atlas))
    assert list(atlas) == list(copy) == ["b", "a"]
    assert copy["a"] == atlas["a"]
    assert "c" not in atlas
