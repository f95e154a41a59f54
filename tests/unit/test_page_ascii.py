"""A page of a story in Latin letters is written in ASCII, and says what it said (scripts and styles: test_ascii)."""

from __future__ import annotations

import json
import re
from html import unescape

from storymap.compiler import build
from storymap.page.ascii import MOST, in_ascii
from tests.unit.making import made, step

PLAIN = "<p>" + "a" * 5000 + "</p>"


def test_a_page_of_latin_letters_is_all_ascii() -> None:
    assert build(made(step("At – 3° – it is “short”."), title="Îles")).html.isascii()


def test_a_page_of_other_letters_keeps_them() -> None:
    page = PLAIN + "한" * round(len(PLAIN) * MOST * 1.1)
    assert in_ascii(page) == page


def test_words_and_attributes_say_the_same() -> None:
    page = (
        PLAIN + '<title>“é” – &amp;#8211;</title><a title="−1 €">\N{GRINNING FACE}</a><noscript><p>– “x”</p></noscript>'
    )
    written = in_ascii(page)
    assert written.isascii()
    assert unescape(written) == unescape(page)


def test_data_say_the_same() -> None:
    data = {"a": "–\\–\n\N{GRINNING FACE}\\u2013", "é": ["\\", "\\\\é"]}
    text = json.dumps(data, ensure_ascii=False)
    written = in_ascii(f'{PLAIN}<script type="application/json">{text}</script>')
    assert written.isascii()
    (found,) = re.findall(r">(\{.*\})<", written)
    assert json.loads(found) == data


def test_a_letter_that_is_escaped_already_stays() -> None:
    for element in ("script", "style"):
        page = rf"{PLAIN}<{element}>'\–'</{element}>"
        assert in_ascii(page) == page
