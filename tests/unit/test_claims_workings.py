"""The promise of the workings: with the numbers that they print and docs/claims.md anyone gets the interval."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from storymap.places import Place, Stated
from storymap.scene import Measurement
from storymap.story import (
    AreaDoc,
    CountDoc,
    CrossesDoc,
    DirectionDoc,
    DistanceDoc,
    IntervalDoc,
    LengthDoc,
    LinksDoc,
    PerimeterDoc,
    TouchesDoc,
    TravelDoc,
    WithinDoc,
)
from storymap.strings import catalogue
from storymap.wording import said
from tests.unit.test_claims import place, taken
from tests.unit.test_claims_perimeter import coast, many_sided

UNITS = {"m": 1.0, "km": 1e3, "m²": 1.0, "km²": 1e6, "°": 1.0, "": 1.0, "km/h": 1 / 3.6}
QUANTITY = r"(−?[\d,]*\.?\d+) ?(km²|km/h|km|m²|m|°|)(?!\w)"
Interval = tuple[float, float]


class Told:
    """The sentences of a measurement's workings, to be asked for the numbers in them."""

    def __init__(self, measurement: Measurement) -> None:
        self.text = " ".join(said(message, catalogue()) for message in measurement.workings)

    def all(self, pattern: str) -> list[tuple[float, ...]]:
        """The quantities (SI) at each # of a sentence, for each time that it is told."""
        asked = re.escape(pattern).replace(r"\#", QUANTITY).replace(r"\.\.\.", ".+?").replace("@", r"\w+")
        return [
            tuple(
                float(number.replace(",", "").replace("−", "-")) * UNITS[unit]
                for number, unit in zip(found.groups()[::2], found.groups()[1::2], strict=True)
            )
            for found in re.finditer(asked, self.text)
        ]

    def one(self, pattern: str) -> tuple[float, ...]:
        (found,) = self.all(pattern)
        return found

    def sum(self, pattern: str) -> float:
        """The sum of all that is told in such sentences; 0 where there is none."""
        return sum(map(sum, self.all(pattern)))

    @property
    def u(self) -> float:
        """How well all places are known, added."""
        return self.sum("is known to #.") + self.sum("is known to #, @ to #.")

    @property
    def edges(self) -> float:
        return self.sum("differs by #; that is added on both sides.")


def agrees(measured: Measurement, by_hand: Interval) -> None:
    """By hand both ends come out right to a fiftieth of what the interval is wide on that side."""
    assert by_hand[0] == pytest.approx(measured.low, abs=0.02 * (measured.value - measured.low) + 1e-9)
    assert by_hand[1] == pytest.approx(measured.high, abs=0.02 * (measured.high - measured.value) + 1e-9)


A = place("a", Point(131.0, 43.0), 100.0)
B = place("b", Point(131.3, 43.1), 1250.0)
C = place("c", Point(131.001, 43.0), 250.0)
LONG = place("b", LineString([(100.0, 50.0), (160.0, 50.0)]), 1000.0)  # its edge can be read in two ways
ROAD = place("road", LineString([(131.0, 43.0), (131.1, 43.05), (131.2, 43.0), (131.3, 43.08)]), 30.0)
SKETCH = replace(ROAD, schematic=True, stated=Stated(31_500, 450, "timetable"))
PIECES = replace(ROAD, geometry=MultiLineString([[(131, 43), (131.1, 43.02), (131.2, 43)], [(132, 43), (132.1, 43)]]))
GREAT = replace(ROAD, geometry=LineString([(100.0, 50.0), (130.0, 52.0), (160.0, 50.0)]))
BETWEEN = {"from": "a", "to": "b"}


@pytest.mark.parametrize("a,b", [(A, B), (A, replace(C, id="b")), (A, LONG), (LONG, replace(ROAD, id="a"))])
def test_distance(a: Place, b: Place) -> None:
    m = taken(DistanceDoc(**BETWEEN), replace(a, id="a"), replace(b, id="b"), words="about 5 miles")
    told = Told(m)
    (value,) = told.one("As drawn: #.")
    u = told.u + told.edges
    agrees(m, (max(0.0, value - u), value + u))


def of_the_way(told: Told) -> Interval:
    """What is added below and above because other points of the line may be meant."""
    stretches = told.all("the nearest ones, which adds # downwards and # upwards.")
    below, above = stretches[0] if stretches else (0.0, 0.0)
    return below, above + told.sum("may be meant too; that adds # upwards.")


@pytest.mark.parametrize("line", [ROAD, GREAT])
def test_distance_along_a_drawn_line(line: Place) -> None:
    m = taken(DistanceDoc(**BETWEEN, along="road"), A, B, line, words="about 20 km")
    told = Told(m)
    (value,) = told.one("As drawn: #.")
    u, (below, above) = told.u + told.edges, of_the_way(told)
    above += told.sum("Without every second of its points it is # shorter")
    agrees(m, (max(0.0, value - u - below), value + u + above))


@pytest.mark.parametrize("a", [A, replace(A, geometry=Point(131.2, 43.0))])
def test_distance_along_a_line_of_published_length(a: Place) -> None:
    m = taken(DistanceDoc(**BETWEEN, along="road"), a, B, SKETCH, words="about 20 km")
    told = Told(m)
    piece, whole, length, u = told.one("The piece is # of # as drawn; published for all of it: # ± #.")
    value, u, (below, above) = piece * length / whole, u + told.u, of_the_way(told)
    agrees(m, (max(0.0, value - u - below), value + u + above))


def by_hand_length(told: Told) -> Interval:
    if told.all("Published: # ± #."):
        length, u = told.one("Published: # ± #.")
        return length - u, length + u
    if told.all("one line with two ends"):
        (value,), count = told.one("As drawn: #, one line with two ends."), 1.0
    else:
        value, count = told.one("As drawn: #, in # pieces with two ends each.")
    u = 2 * count * told.u + told.edges
    return value - u, value + u + told.sum("Without every second of its points it is # shorter")


@pytest.mark.parametrize("line", [ROAD, SKETCH, PIECES, GREAT])
def test_length(line: Place) -> None:
    m = taken(LengthDoc(of="road"), line, words="about 20 miles")
    agrees(m, by_hand_length(Told(m)))


@pytest.mark.parametrize("line", [ROAD, SKETCH, GREAT])
@pytest.mark.parametrize("speed", ["50..60 km/h", "45 km/h"])
def test_travel(line: Place, speed: str) -> None:
    m = taken(TravelDoc(along="road", speed=speed), line, words="about 20 minutes")
    told = Told(m)
    shortest, longest = by_hand_length(told)
    found = re.search(r"Average speed: ([\d.]+)–([\d.]+) km/h", told.text)
    assert found
    slow, fast = (float(number) / 3.6 for number in found.groups())
    agrees(m, (shortest / fast, longest / slow))


@pytest.mark.parametrize(
    "start,end,uncertainty",
    [
        ("2019-02-27..2019-02-28", "2019-04-25", None),
        ("2019-04-24 11:40", "2019-04-24 18:01", None),
        ("2019-04-24 11:40", "2019-04-25", "10 min"),
        ("2019-04-24 11:40:15", "2019-04-24 12:40:00", None),
    ],
)
def test_interval(start: str, end: str, uncertainty: str | None) -> None:
    m = taken(IntervalDoc.model_validate({"from": start, "to": end, "uncertainty": uncertainty}))
    moments = re.findall(r"(\d\d:\d\d(?::[\d.]+)?) on (\d+ \w+ \d{4})", Told(m).text)
    seconds = [
        datetime.strptime(day, "%d %B %Y").timestamp()  # noqa: DTZ007  (local times of one zone)
        + sum(float(part) * size for part, size in zip(time.split(":"), (3600, 60, 1), strict=False))
        for time, day in moments
    ]
    begins, began, ends, ended = seconds
    agrees(m, (ends - began, ended - begins))


ISLE = place("isle", box(131, 43, 131.1, 43.1), 50.0)
REALM = place("isle", Polygon([(100, 50), (160, 50), (130, 40)]), 500.0)


@pytest.mark.parametrize(
    "spot,area",
    [((131.05, 43.004), ISLE), ((131.05, 42.99), ISLE), ((130.0, 50.5), REALM), ((130.0, 45.0), REALM)],
)
def test_within(spot: tuple[float, float], area: Place) -> None:
    m = taken(WithinDoc(place="a", area="isle"), replace(A, geometry=Point(spot)), area)
    told = Told(m)
    (value,) = told.one("Margin as drawn: #.")
    u = told.u + told.edges
    agrees(m, (value - u, value + u))


def test_what_a_search_left_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storymap.earth.effort._PIECES", 0)
    monkeypatch.setattr("storymap.earth.effort._FOR_EACH_PAIR", 0)
    spiral = place("a", LineString([(0, 89.99), (170, 89.999), (340, 89.99)]))
    cap = place("isle", Polygon([(lon, 80) for lon in range(0, 360, 40)]))
    m = taken(WithinDoc(place="a", area="isle"), spiral, cap)
    told = Told(m)
    (value,) = told.one("Margin as drawn: #.")
    (open_m,) = told.one("which adds # on both sides.")
    u = told.u + told.edges + open_m
    agrees(m, (value - u, value + u))


@pytest.mark.parametrize("end", [131.205, 131.195, 131.25])
def test_links(end: float) -> None:
    bridge = place("road", LineString([(131.09, 43.05), (end, 43.05)]), 30.0)
    east = place("east", box(131.2, 43, 131.3, 43.1), 150.0)
    m = taken(LinksDoc(line="road", areas=["isle", "east"]), bridge, ISLE, east)
    told = Told(m)
    (u,) = told.one("Road is known to #.")
    ends = [*told.all("One end lies # inside ... is known to #.")]
    ends += [(-depth, its_u) for depth, its_u in told.all("One end lies # outside ... is known to #.")]
    assert len(ends) == 2
    agrees(m, (min(depth - u - v for depth, v in ends), min(depth + u + v for depth, v in ends)))


def passing(told: Told) -> float:
    """The margin of a line that passes over another, or through an area, or does not."""
    over = told.all("is # from @, at ... #, on the other side.")
    through = told.all("lies # outside at #, #, # inside at #, #, # outside at #, #.")
    if over:
        return min(*over[0], *(loose for (loose,) in told.all("the ends of @ are at least # away.")))
    if through:
        return min(through[0][0], through[0][3], through[0][6])
    return told.one("Margin as drawn: #.")[0]


FENCE = LineString([(0, 0), (0, 0.2)])


@pytest.mark.parametrize("u_m", [0.5, 100.0])
@pytest.mark.parametrize(
    "line,over",
    [
        (LineString([(-0.02, 0.1), (0.05, 0.1)]), FENCE),
        (LineString([(-0.5, 0.19), (0.5, 0.19)]), FENCE),  # the fence's end is nearest
        (LineString([(0.01, 0.1), (0.05, 0.1)]), FENCE),
        (LineString([(-0.02, 0.1), (0.0, 0.1)]), FENCE),
        (LineString([(-0.02, 0.1), (0.05, 0.1), (0.05, 0.5)]), LineString([(0, 0), (0.02, 0.2), (0, 0.2), (0, 0)])),
        (LineString([(-0.3, 0.1), (0.21, 0.1)]), box(0, 0, 0.2, 0.2)),
        (LineString([(-0.3, 0.1), (0.05, 0.1)]), box(0, 0, 0.2, 0.2)),
        (LineString([(10, 45), (15, 50.3), (20, 45)]), Polygon([(0, 50), (30, 50), (15, 55)])),
    ],
)
def test_crosses(line: BaseGeometry, over: BaseGeometry, u_m: float) -> None:
    m = taken(CrossesDoc(line="a", over="b"), place("a", line, u_m), place("b", over, 2 * u_m))
    told = Told(m)
    u = told.u + told.edges + told.sum("in a fine drawing, # is added")
    agrees(m, (passing(told) - u, passing(told) + u))


@pytest.mark.parametrize("u_m", [0.5, 100.0])
@pytest.mark.parametrize(
    "a,b",
    [
        (box(0, 0, 1, 1), box(1.1, 0, 2, 1)),
        (box(0, 0, 1, 1), box(0.9, 0.2, 2, 0.8)),
        (box(0, 0, 1, 1), box(1, 0, 2, 1)),
        (Point(1, 1), box(1, 1, 2, 2)),
        (LineString([(-0.5, 0.1), (0.5, 0.1)]), FENCE),
    ],
)
def test_touches(a: BaseGeometry, b: BaseGeometry, u_m: float) -> None:
    m = taken(TouchesDoc(places=["a", "b"]), place("a", a, u_m), place("b", b, 2 * u_m))
    told = Told(m)
    u = told.u + told.edges + told.sum("in a fine drawing, # is added")
    u *= 2 if "each of its two ends" in told.text else 1
    agrees(m, (passing(told) - u, passing(told) + u))


def by_turn(value: float, bearing: float) -> float:
    return math.remainder(bearing - value, 360.0)


@pytest.mark.parametrize(
    "a,b",
    [
        (Point(131.0, 43.0), Point(132.0, 44.0)),
        (Point(116.4, 39.9), Point(131.9, 43.1)),
        (Point(131.0, 43.0), Point(131.0001, 43.5)),
        (Point(131.0, 43.0), LineString([(131.1, 43.0), (131.2, 43.3)])),
        (box(100, 20, 130, 50), Polygon([(140, 20), (170, 45), (150, 50)])),
        (Point(131.0, 43.0), Point(131.001, 43.0)),
        (box(0, 0, 1, 1), box(1, 0, 2, 1)),
        (Point(131.0, 43.0), LineString([(130.9, 42.95), (130.9, 43.1), (131.1, 43.1), (131.1, 42.95)])),
    ],
)
def test_direction(a: BaseGeometry, b: BaseGeometry) -> None:
    m = taken(DirectionDoc(**BETWEEN), place("a", a, 300.0), place("b", b, 500.0))
    told = Told(m)
    value, turn = told.one("sets out at #, which both positions may turn by #.")
    half = turn + told.edges
    senses = [(value, half), *told.all("The line of constant direction runs at #, ± #.")]
    senses += [sense[1:] for sense in told.all("Between the nearest points, # apart, it is #, ± #.")]
    senses += told.all("it lies at # ± # from there")
    senses += [(value, 180.0)] * ("any direction is possible" in told.text)
    low = min(by_turn(value, bearing) - its_turn for bearing, its_turn in senses)
    high = max(by_turn(value, bearing) + its_turn for bearing, its_turn in senses)
    agrees(m, (value + max(low, -180.0), value + min(high, 180.0)))
    lat_a, *_, distance = told.one("From #, # to #, # it is #.")
    seen = math.sin(told.u / 6_371_000) / math.sin(distance / 6_371_000)
    north = math.degrees(math.asin(math.sin(300 / 6_371_000) / math.cos(math.radians(lat_a))))
    assert turn == pytest.approx(math.degrees(math.asin(seen)) + north if seen < 1 else 180.0, rel=0.01)


def counted(told: Told, inside: Callable[[Told], list[tuple[float, float]]], around_u: float) -> Interval:
    margins = [(margin, u + around_u) for margin, u in inside(told)]
    more = told.sum("# more lie further inside.")
    return (
        sum(margin > u for margin, u in margins) + more,
        sum(margin >= -u for margin, u in margins) + more,
    )


TOWNS = [place(f"t{k}", Point(131.0 + 0.01 * k, 43.05), 200.0 + 100 * k, kind="town") for k in range(30)]


def test_count_near() -> None:
    m = taken(CountDoc(kind="town", near="a", distance="15 km"), A, *TOWNS, words="about 13 towns")
    told = Told(m)
    (u,) = told.one("A is known to #.")
    agrees(m, counted(told, lambda told: [(15_000 - far, v) for far, v in told.all(": # away, known to #.")], u))
    assert 0 < m.low < m.value < m.high < len(TOWNS)


def test_count_within() -> None:
    m = taken(CountDoc(kind="town", within="isle"), ISLE, *TOWNS, words="about 10 towns")
    told = Told(m)
    (u,) = told.one("Isle is known to #.")

    def inside(told: Told) -> list[tuple[float, float]]:
        within = [(depth, v) for depth, v in told.all(": # inside, known to #.")]
        return within + [(-depth, v) for depth, v in told.all(": # outside, known to #.")]

    agrees(m, counted(told, inside, u))
    assert 0 < m.low < m.value < m.high < len(TOWNS)


def test_count_of_what_lies_near_an_edge_that_can_be_read_in_two_ways() -> None:
    m = taken(CountDoc(kind="town", near="b", distance="1000 km"), LONG, place("t", Point(130.0, 42.0), kind="town"))
    told = Told(m)
    far, u, edges = told.one("T: # away, known to #. For T, the other reading of edges adds #.")
    agrees(m, counted(told, lambda _: [(1_000_000 - far, u + edges)], told.one("B is known to #.")[0]))
    assert (m.low, m.value, m.high) == (0, 1, 1)


def test_count_lists_the_places_next_to_the_limit_and_how_many_more_there_are() -> None:
    spread = [place(f"t{k}", Point(131.0 + 0.1 * k, 43.0), 10.0, kind="town") for k in range(1, 30)]
    m = taken(CountDoc(kind="town", near="a", distance="200 km"), A, *spread, words="about 20 towns")
    told = Told(m)
    listed = [far for far, _ in told.all(": # away, known to #.")]
    assert len(listed) == 12
    assert sorted(listed, key=lambda far: abs(far - 200_000)) == listed
    assert told.sum("# more lie further inside.") == m.value - sum(far <= 200_000 for far in listed)


@pytest.mark.parametrize(
    "field",
    [
        box(10, 0, 10.1, 0.1),
        Polygon(box(10, 0, 10.1, 0.1).exterior, [box(10.02, 0.02, 10.03, 0.03).exterior]),
        MultiPolygon([box(10.0, 0.0, 10.1, 0.1), box(10.3, 0.0, 10.4, 0.1)]),
        Polygon([(100, 50), (160, 50), (130, 20)]),
    ],
)
def test_area(field: BaseGeometry) -> None:
    m = taken(AreaDoc(of="field"), place("field", field, 500.0), words="about 100 square miles")
    told = Told(m)
    rings = told.all("within an edge # long in # outer rings and # holes.")
    edge, outer, holes = rings[0] if rings else (*told.one("within an edge # long."), 1, 0)
    (value,) = told.one("As drawn: #,")
    strip = edge * told.u + told.edges
    agrees(m, (value - strip - holes * math.pi * told.u**2, value + strip + outer * math.pi * told.u**2))


@pytest.mark.parametrize(
    "shore,u_m,how",
    [
        (coast(1, 6, 0.2), 400.0, "Walked"),
        (coast(2, 6, 0.15), 200.0, "Walked"),
        (coast(2, 5, 0.2), 2500.0, "Walked"),
        (MultiPolygon([coast(1, 6, 0.2), box(10.3, 0, 10.31, 0.01)]), 400.0, "count as they are drawn"),
        (many_sided(12), 10.0, "Without every second"),
        (Polygon([(100, 50), (160, 50), (130, 20)]), 20_000.0, "differs by"),
    ],
)
def test_perimeter(shore: BaseGeometry, u_m: float, how: str) -> None:
    m = taken(PerimeterDoc(of="isle"), place("isle", shore, u_m), words="about 100 miles")
    told = Told(m)
    assert how in told.text
    rings = told.all("As drawn: #, in # rings.")
    value, count = rings[0] if rings else (*told.one("As drawn: #, in one ring."), 1)
    u = count * 2 * math.pi * told.u + told.edges
    detail = told.sum("Without every second of its points it is # shorter")
    walk = (
        "in steps of # it is # long, in steps of # #. Carried on through # halvings, down to steps of 10 m, that adds #"
    )
    for step, fine, twice, coarse, halvings, hidden in told.all(walk):
        assert (step, twice, halvings) == pytest.approx((told.u, 2 * told.u, math.log2(told.u / 10)), abs=1e-3)
        not_walked = told.sum("Of it, # is in rings shorter than")
        detail = not_walked + fine * (fine / coarse) ** halvings - value
        assert detail == pytest.approx(hidden, rel=0.02)
    agrees(m, (max(0.0, value - u), value + u + detail))


def test_published_perimeter() -> None:
    coastline = place("isle", many_sided(12), 10.0, stated=Stated(71_234, 1_500, "survey"))
    m = taken(PerimeterDoc(of="isle"), coastline, words="about 100 km")
    agrees(m, by_hand_length(Told(m)))
