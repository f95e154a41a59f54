"""How languages write numbers, dates, lists and units: our small table against Babel, which carries all of CLDR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Literal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from storymap.quantity.showing import number_text, show_quantity
from storymap.quantity.units import UNITS
from storymap.strings import catalogue, direction, own_name
from storymap.strings.catalogue import number_forms
from storymap.strings.cldr import locale
from storymap.strings.plurals import categories, plural
from storymap.wording import split_quantity
from tools import make_cldr_table as tool

IN_BABEL = tool.LOCALES
LANGUAGES = sorted(IN_BABEL)
FOREIGN = [language for language in LANGUAGES if language != "en"]


def numbers() -> Iterator[str]:
    """Numbers as they are seen, by the thousand: whole ones, round ones, and some with decimals."""
    yield from map(str, range(2_200))
    yield from (f"{whole}{zeros}" for whole in ("1", "2", "15", "999") for zeros in ("000", "000000", "000000000"))
    yield from (f"{whole}.{decimals}" for whole in range(130) for decimals in ("0", "00", "1", "5", "50", "125"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_takes_the_plural_category_that_cldr_gives_it(language: str) -> None:
    rule = Locale.parse(IN_BABEL[language]).plural_form
    assert [n for n in numbers() if plural(language, n) != rule(Decimal(n))] == []
    assert set(categories(language)) == {*rule.tags, "other"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_a_plural_do_not_matter(language: str) -> None:
    assert plural(language, "−1,234.0") == plural(language, "1234.0")
    assert plural(language, "∞") == "other"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_written_as_cldr_writes_it(language: str) -> None:
    here = locale(language)
    for value in (
        0.5,
        7.25,
        999.75,
        12_345.5,
        1_234_567.25,
        -1_234_567.5,
        *range(999),
        *range(10_000, 2_000_000, 9_973),
    ):
        pattern = "#,##0.00" if isinstance(value, float) else "#,##0"
        system = "latn" if language == "ar" else "default"
        wanted = format_decimal(value, pattern, IN_BABEL[language], numbering_system=system).replace("-", "−")
        shown = number_forms(language).number(number_text(value, -2 if isinstance(value, float) else 0))
        assert shown.removeprefix("\u200e") == wanted
    # Babel does not know that Spanish leaves four digits together.
    four = number_forms(language).number("1,234")
    assert four == ("1234" if language == "es" else f"1{here.group}234")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_written_as_cldr_writes_it(language: str) -> None:
    here = locale(language)
    for n in range(0, 36_525, 13):
        day = date(1950, 1, 1) + timedelta(days=n)
        shown = here.date.format(day=day.day, month=here.months[day.month - 1], year=day.year)
        assert shown == format_date(day, "long", locale=IN_BABEL[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_written_as_cldr_writes_it(language: str) -> None:
    words = replace(catalogue(), language=language)
    for length in range(6):
        items = [f"«{n}»" for n in range(length)]
        shown = words.listed(items).replace("\u2068", "").replace("\u2069", "")
        assert shown == format_list(items, "standard", IN_BABEL[language])


@pytest.mark.parametrize("language", FOREIGN)
def test_a_unit_is_written_as_cldr_writes_it(language: str) -> None:
    compared = 0
    for symbol, name in (tool.SYMBOLS | tool.WORDS).items():
        if symbol in tool.INSTEAD.get(language, {}):
            continue
        long = symbol in tool.WORDS or (language == "ar" and symbol in tool.ARABIC_WORDS)
        for n in ("0", "1", "2", "3", "7", "11", "21", "25", "100", "1.5", "1000000"):
            number = number_forms(language).number(n)
            shown = number_forms(language).with_unit(number, symbol, plural(language, n))
            assert number in shown
            # Babel writes whole numbers with signs between thousands; Arabic leaves some numbers out.
            width: Literal["short", "long"] = "long" if long else "short"
            decimal = format_unit(Decimal(n), name, width, locale=IN_BABEL[language], numbering_system="latn")
            # Where a width lacks a form, Babel takes one of another width, or the unit's name in CLDR.
            lacking = plural(language, n) not in Locale.parse(IN_BABEL[language])._data["unit_patterns"][name].get(
                width, {}
            )
            if number in decimal and not lacking:
                assert shown == decimal
                compared += 1
    assert compared > 150


@pytest.mark.parametrize("language", FOREIGN)
def test_every_unit_that_is_shown_has_a_name(language: str) -> None:
    """Only fortnights have none in CLDR, and they are shown in days."""
    shown = {unit.symbol.replace("\u00a0", " ") for unit in UNITS.values()}
    assert shown - locale(language).units.keys() == {"fortnights"}
    speed = number_forms(language)
    assert "/" in speed.with_unit("20", "km/days", "other")
    assert "days" not in speed.with_unit("20", "km/days", "other")


def test_numbers_and_units_as_readers_of_a_language_know_them() -> None:
    """A handful by eye, from people's own texts: what Babel says is compared above."""
    km, mile, day = (UNITS[name] for name in ("km", "miles", "days"))
    assert show_quantity(9_288_200, 50, km, number_forms("fr")) == "9\u202f288,20\u202fkm"
    assert show_quantity(9_288_200, 50, km, number_forms("ru")) == "9\u00a0288,20 км"
    assert show_quantity(9_288_200, 50, km, number_forms("es")) == "9288,20 km"
    assert show_quantity(127_500, 300, km, number_forms("ko")) == "127.5km"
    assert show_quantity(127_500, 300, km, number_forms("zh")) == "127.5公里"
    assert show_quantity(127_500, 300, km, number_forms("ar")) == "127.5 كم"
    assert [show_quantity(n * 86_400, 0, day, number_forms("ru")) for n in (1, 3, 5, 1.5)] == [
        "1 день",
        "3 дня",
        "5 дней",
        "1,5 дня",
    ]
    assert show_quantity(2 * 1609.344, 0, mile, number_forms("fr")) == "2\u00a0miles"
    assert number_forms("ar").number("−5") == "\u200e−5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quantity_comes_apart_into_number_and_unit(language: str) -> None:
    for name in ("km", "miles", "days", "km²", "kmh"):
        shown = show_quantity(1_234.5 * UNITS[name].si, 0.0, UNITS[name], number_forms(language))
        number, unit, gap = split_quantity(shown)
        assert number + gap + unit == shown
        assert number == number_forms(language).number("1,234.5")
        assert unit
        assert not any(sign.isdecimal() for sign in unit)
    assert split_quantity("48° (north-east)") == ("48°", "(north-east)", " ")
    assert split_quantity("\u206848°\u2069 (\u2068x\u2069)") == ("\u206848°\u2069", "(\u2068x\u2069)", " ")
    assert split_quantity("12") == ("12", "", "")


def test_the_table_is_what_the_tool_writes() -> None:
    written = json.loads(files("storymap.strings").joinpath("cldr.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(tool.table()))


def test_a_language_is_called_what_it_calls_itself() -> None:
    names = {
        "en": "English",
        "ko": "한국어",
        "ko-KR": "한국어",
        "zh-Hans": "简体中文",
        "ru": "русский",
        "x-none": "x-none",
    }
    assert {tag: own_name(tag) for tag in names} == names


def test_a_language_has_its_direction() -> None:
    rtl = ["ar", "ar-EG", "he", "fa-IR", "ur", "az-Arab", "uz-Arab-AF"]
    ltr = ["en", "ko", "az", "uz", "ar-Latn", "zh-Hant-TW", ""]
    assert [direction(tag) for tag in rtl] == ["rtl"] * len(rtl)
    assert [direction(tag) for tag in ltr] == ["ltr"] * len(ltr)
