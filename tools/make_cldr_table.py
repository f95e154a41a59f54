# /// script
# requires-python = ">=3.11"
# dependencies = ["babel==2.18.0"]
# ///
"""Rebuild `src/storymap/strings/cldr.json`: how languages write numbers, dates, lists and units, from Unicode CLDR.

Run it with `uv run tools/make_cldr_table.py`. Babel 2.18.0 carries CLDR 47. `storymap.strings.cldr` reads what is
written here; the two files change together.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import locale_identifiers

OUT = Path(__file__).resolve().parent.parent / "src" / "storymap" / "strings" / "cldr.json"
LOCALES = {"en": "en_001", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "ko": "ko", "zh": "zh"}
SYMBOLS = {
    "mm": "length-millimeter",
    "cm": "length-centimeter",
    "m": "length-meter",
    "km": "length-kilometer",
    "in": "length-inch",
    "ft": "length-foot",
    "yd": "length-yard",
    "m²": "area-square-meter",
    "ha": "area-hectare",
    "km²": "area-square-kilometer",
    "ft²": "area-square-foot",
    "yd²": "area-square-yard",
    "s": "duration-second",
    "min": "duration-minute",
    "h": "duration-hour",
    "km/h": "speed-kilometer-per-hour",
    "m/s": "speed-meter-per-second",
    "mph": "speed-mile-per-hour",
}
WORDS = {
    "miles": "length-mile",
    "nautical miles": "length-nautical-mile",
    "fathoms": "length-fathom",
    "furlongs": "length-furlong",
    "square miles": "area-square-mile",
    "acres": "area-acre",
    "days": "duration-day",
    "weeks": "duration-week",
    "months": "duration-month",
    "years": "duration-year",
    "decades": "duration-decade",
    "centuries": "duration-century",
    "knots": "speed-knot",
}
# Arabic's short names of these are single letters, or end in forms that leave the number out.
ARABIC_WORDS = ("s", "min", "h", "m")
# CLDR's short form falls back on Latin letters; this is its own pattern for km per hour (公里 and 每小时's /小时).
INSTEAD = {"zh": {"km/h": "{count}公里/小时", "m/s": "{count}米/秒"}}
# Babel leaves out CLDR's minimumGroupingDigits: Spanish writes 1234 and 12.345.
LEAST_GROUPED = {"es": 2}


def units(locale: Locale, name: str) -> dict[str, str | dict[str, str]]:
    """Return the patterns of the units by our symbols, one or one for each plural category."""
    found: dict[str, str | dict[str, str]] = {}
    for symbol, unit in (SYMBOLS | WORDS).items():
        long = symbol in WORDS or (name == "ar" and symbol in ARABIC_WORDS)
        patterns = forms(_patterns(locale, unit), "long" if long else "short")
        other = patterns["other"]
        tags = [*locale.plural_form.tags, "other"]
        # Arabic leaves the number out of one and two; beside an uncertainty it must be seen.
        each = {tag: patterns[tag] if "{count}" in patterns.get(tag, "") else other for tag in sorted(tags)}
        found[symbol] = other if set(each.values()) == {other} else each
    return found | INSTEAD.get(name, {})


def forms(widths: Any, width: str) -> dict[str, str]:
    """Return the patterns of one width, what it lacks from the next shorter one."""
    merged: dict[str, str] = {}
    for one in ("short", width):
        merged |= {tag: text for tag, text in dict(widths.get(one, {})).items() if tag != "per"}
    return {tag: text.replace("{0}", "{count}") for tag, text in merged.items()}


def _patterns(locale: Locale, unit: str) -> Any:
    return locale._data["unit_patterns"][unit]  # noqa: SLF001  (Babel has no other door to the patterns)


def per(locale: Locale) -> dict[str, str]:
    """Return how a length per a time is written, by our symbol of the time."""
    times = {symbol: unit for symbol, unit in (SYMBOLS | WORDS).items() if unit.startswith("duration-")}
    patterns = {symbol: dict(_patterns(locale, unit)["short"]).get("per") for symbol, unit in times.items()}
    return {symbol: pattern for symbol, pattern in patterns.items() if pattern}


def date_pattern(locale: Locale) -> str:
    """Return the long date as a pattern with {day}, {month} and {year}."""
    said = re.sub(r"'([^']*)'|d+|M+|y+", _field, locale.date_formats["long"].pattern)
    if not {"{day}", "{month}", "{year}"} <= set(re.findall(r"\{\w+\}", said)):
        raise ValueError(said)
    return said


def _field(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    return {"d": "{day}", "M": "{month}", "y": "{year}"}[found[0][0]]


def months(locale: Locale) -> list[str]:
    """Return the names of the months in the form that the long date asks for, numbers where it asks for these."""
    if re.search(r"(?<!M)M{1,2}(?!M)", locale.date_formats["long"].pattern):
        return [str(month) for month in range(1, 13)]
    return [locale.months["format"]["wide"][month] for month in range(1, 13)]


def entry(name: str, tag: str) -> dict[str, Any]:
    """Return all that is written of one language."""
    locale = Locale.parse(tag)
    signs = locale.number_symbols["latn"]
    lists = locale.list_patterns["standard"]
    return {
        "decimal": signs["decimal"],
        "group": signs["group"],
        "least_grouped": LEAST_GROUPED.get(name, 1),
        # The real signs instead of the hyphen; Arabic's come with a mark of direction before them.
        "minus": signs["minusSign"].replace("-", "−"),
        "plus": signs["plusSign"],
        "date": date_pattern(locale),
        "months": months(locale),
        "listed": [lists[key] for key in ("2", "start", "middle", "end")],
        "units": {} if name == "en" else units(locale, name),
        "per": {} if name == "en" else per(locale),
    }


def names() -> dict[str, str]:
    """Return what each language calls itself, by its tag in small letters."""
    found = {}
    for identifier in sorted(locale_identifiers()):
        locale = Locale.parse(identifier)
        parts = [locale.language, *([locale.script] if locale.script else [])]
        if locale.territory or locale.variant:
            continue
        own = locale.languages.get("_".join(parts)) or (
            None if locale.script else locale.languages.get(locale.language)
        )
        if own:
            found["-".join(parts).lower()] = own
    return found


def table() -> dict[str, Any]:
    """Return the whole table."""
    plain = (Locale.parse(one) for one in locale_identifiers() if "_" not in one)
    rtl = sorted(locale.language for locale in plain if locale.character_order == "right-to-left")
    return {
        "locales": {name: entry(name, tag) for name, tag in LOCALES.items()},
        "names": names(),
        "rtl": rtl,
    }


def main() -> None:
    """Write the table."""
    OUT.write_text(json.dumps(table(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
