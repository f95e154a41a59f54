"""How single values are read: numbers, dates, ids, positions, addresses, moments.

Each reader takes what stands in the file (text) or what Python hands over (a number, a date) and either returns
the value or raises a fault. A fault's message goes on after the key's name: "must be a number, not 'foo'".
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

from pydantic_core import PydanticCustomError

from storymap.problems import did_you_mean

MAX_TEXT = 20_000
ID_PATTERN = r"[a-z][a-z0-9-]*"

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def fault(code: str, message: str, help: str, *, named: bool = True) -> PydanticCustomError:
    """Return the error by which a value is refused; its type is the problem's code.

    `named`: the message goes on after the key's name ("must be …"); else it is a whole sentence.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "help": help, "named": named})


def shown(value: object) -> str:
    """Return a value as a message quotes it: in single quotes, shortened, on one line, nothing invisible."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", " "))
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


def control_character(text: str) -> str | None:
    """Return the first character that no text may hold (controls, U+2028/9, surrogates), or None."""
    for c in text:
        if c not in "\n\t" and (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\ufffe\uffff"):
            return c
    return None


def read_text_value(value: object) -> str:
    """Return text of at most 20,000 characters without control characters."""
    if not isinstance(value, str):
        raise fault("wrong-type", f"must be text, not {kind_of(value)}", "put the text in quotes")
    if len(value) > MAX_TEXT:
        raise fault(
            "text-too-long",
            f"is {len(value):,} characters long; the limit is {MAX_TEXT:,}",
            "split the step in two",
        )
    bad = control_character(value)
    if bad is not None:
        raise fault("bad-character", f"holds the control character U+{ord(bad):04X}", "delete that character")
    return value


def read_filled_text(value: object) -> str:
    """Return text that is not blank."""
    text = read_text_value(value)
    if not text.strip():
        raise fault("missing-value", "has no value", "write its text after the colon")
    return text


def kind_of(value: object) -> str:
    """Return what a value is, in an author's words."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "keys with values"
        case list() | tuple():
            return "a list"
        case str():
            return shown(value)
        case _:
            return f"{type(value).__name__} {shown(value)}"


def number_reader(low: float, high: float) -> Callable[[object], float]:
    """Return a reader of finite numbers from `low` to `high`, both included."""
    wanted = f"must be a number from {low:g} to {high:g}"

    def read(value: object) -> float:
        number = as_number(value)
        if number is None:
            raise fault("bad-number", f"{wanted}, not {kind_of(value)}", _number_help(value))
        if not low <= number <= high:
            help = f"type {low:g} or more" if number < low else f"type {high:g} or less"
            raise fault("bad-number", f"{wanted}, not {kind_of(value)}", help)
        return number

    return read


def as_number(value: object) -> float | None:
    """Return a finite number from text ("11.5") or from a Python number, or None."""
    if isinstance(value, str):
        number = float(value) if len(value) <= 40 and _NUMBER.fullmatch(value) else math.nan
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value) if abs(value) < 1e300 else math.nan
    else:
        number = math.nan
    return number if math.isfinite(number) else None


def _number_help(value: object) -> str:
    if not isinstance(value, str):
        return ""
    for pattern, plain in ((r"([+-]?[0-9]+),([0-9]+)", r"\1.\2"), (r"([+-]?[0-9]+)[_' ]([0-9]+)", r"\1\2")):
        if re.fullmatch(pattern, value) and len(value) <= 40:
            return f"type {re.sub(pattern, plain, value)}: a point before decimals and nothing between thousands"
    return "type digits only, such as 11 or 11.5"


def read_count(value: object) -> int:
    """Return a whole number from 1 to 999."""
    number = as_number(value)
    if number is None or number != int(number) or not 1 <= number <= 999:
        raise fault("bad-number", f"must be a whole number from 1, not {kind_of(value)}", "type 1, 2, 3 …")
    return int(number)


def read_version(value: object) -> int:
    """Return the version of the format, which can only be 1."""
    if isinstance(value, bool) or str(value).strip() != "1":
        raise fault(
            "bad-version",
            f"is {kind_of(value)}: this tool reads version 1 of the format",
            "type storymap: 1, or install a newer storymap",
        )
    return 1


def read_flag(value: object) -> bool:
    """Return a truth value, written true or false."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
    word = str(value).lower()
    word = meant.get(word, word)
    help = f"type {word}" if word in ("true", "false") else "type true or false"
    raise fault("bad-choice", f"must be true or false, not {kind_of(value)}", help)


LABELS = ("countries", "seas", "towns")


def read_borders(value: object) -> bool | str:
    """Return whether borders are drawn, or the file that they come from: true, false, or a name that ends in json."""
    if isinstance(value, str) and value.strip().lower().endswith((".geojson", ".json")):
        return value.strip()
    if value in ("true", "false", "none") or isinstance(value, bool):
        return value in ("true", True)
    try:
        return read_flag(value)
    except PydanticCustomError as error:
        context = dict(error.context or {})
        if context.get("help") == "type true or false":
            message = f"must be true, false or a GeoJSON file, not {kind_of(value)}"
            raise fault("bad-choice", message, "type true, false, or ../data/borders.geojson") from None
        raise


def read_labels(value: object) -> tuple[str, ...]:
    """Return what is named on the maps beside the story's own places: of `LABELS`, in that order."""
    if value in ("true", True):
        return LABELS
    if value in ("false", "none", False):
        return ()
    words = value if isinstance(value, list | tuple) else [value]
    unknown = next((word for word in words if word not in LABELS), None)
    if unknown is None:
        return tuple(word for word in LABELS if word in words)
    near = did_you_mean(unknown.lower(), LABELS) if isinstance(unknown, str) else ""
    message = f"must be true, false or a list of {', '.join(LABELS)}, not {kind_of(unknown)}"
    raise fault("bad-choice", message, near or "type true, false, or [countries, seas]")


def choice_reader(*choices: str) -> Callable[[object], str]:
    """Return a reader of one of a few words."""
    listed = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]

    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        near = did_you_mean(value.lower().replace(" ", "-"), choices) if isinstance(value, str) else ""
        raise fault("bad-choice", f"must be {listed}, not {kind_of(value)}", near or f"type {listed}")

    return read


def read_id(value: object) -> str:
    """Return an id: small letters a–z, digits and hyphens, a letter first."""
    if isinstance(value, str) and len(value) <= 100 and re.fullmatch(ID_PATTERN, value):
        return value
    near = slug(value) if isinstance(value, str) else ""
    help = f"type {near}" if near else "type an id such as vladivostok-station"
    raise fault("bad-id", f"must be an id (a–z, 0–9 and hyphens, a letter first), not {kind_of(value)}", help)


def slug(title: str) -> str:
    """Return an id made of a title's ASCII letters and digits, "" where it has none."""
    plain = unicodedata.normalize("NFKD", title.replace("'", "").replace("’", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    # A letter of another alphabet must not vanish in the middle of a word and leave half of it as the id.
    if any(c.isalpha() and not c.isascii() for c in plain):
        return ""
    words = re.findall(r"[a-z0-9]+", plain.lower())
    name = "-".join(words)[:60].strip("-")
    return f"step-{name}" if name[:1].isdigit() else name


def stable_slug(title: str) -> str:
    """Return the id of a title, hashed where the title has no ASCII form: it must not move when steps are added."""
    return slug(title) or f"step-{sha256(title.strip().encode('utf-8', 'replace')).hexdigest()[:8]}"


def read_date(value: object) -> date:
    """Return a day, written YYYY-MM-DD."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise fault("bad-date", f"is {shown(value)}, a day that does not exist", "correct the day") from None
    raise fault("bad-date", f"must be a date, not {kind_of(value)}", "type year-month-day, such as 2019-04-25")


def read_moments(value: object) -> str:
    """Return the text of a day, a minute, or a range of either ("2019-02-27..2019-02-28"), known to be real."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    ends = [part.strip() for part in value.split("..")] if isinstance(value, str) else []
    if not 1 <= len(ends) <= 2 or not all(_MOMENT.fullmatch(end) for end in ends):
        raise fault(
            "bad-date",
            f"must be a date, a date with a time, or two of them with '..' between, not {kind_of(value)}",
            "type 2019-04-25, 2019-04-24 11:40 or 2019-02-27..2019-02-28",
        )
    try:
        moments = [datetime.fromisoformat(end) for end in ends]
    except ValueError:
        raise fault("bad-date", f"is {kind_of(value)}, a moment that does not exist", "correct it") from None
    if moments != sorted(moments):
        raise fault("bad-date", f"is {kind_of(value)}, which ends before it begins", "put the earlier one first")
    return "..".join(ends)
