"""A house's accent, fonts and style sheet: what is taken, what is refused, what is made of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storymap.compiler import Built, build, picture
from storymap.inputs import gather
from storymap.page.palette import DARK, LIGHT, contrast
from storymap.page.styles import source
from storymap.problems import StoryError
from storymap.source import read_yaml
from storymap.story import Theme, read_css, read_story, theme_of
from storymap.story.colours import accented, counterpart, nearest_that_passes, weakness
from storymap.story.theme import read_font
from tests.unit.making import PLACES, made, place, step

DOCS = Path(__file__).parents[2] / "docs" / "theming.md"
BLUE, SKY = "#1a5f7a", "#80c2e0"
COLOURS = ["#ffd000", "#ff0000", "#00aa55", "#888888", "#000000", "#ffffff", "#6f6255", "#1f3a93", "#c2185b"]


def codes(theme: dict[str, Any]) -> list[str]:
    story = {"title": "T", "theme": theme, "steps": [{"title": "One", "text": "Short."}]}
    return [fault.code for fault in gather(json.dumps(story).encode(), Path("t.yaml")).faults]


def themed(theme: dict[str, Any], **more: Any) -> Built:
    claim = {"quote": "less than 150 km", "distance": {"from": "station", "to": "border"}}
    return build(made(step("It is less than 150 km.", show=["station"], claims=[claim]), theme=theme, **more))


def test_the_pages_own_accents_pass_the_test_that_an_authors_must_pass() -> None:
    assert weakness(LIGHT["acc"], "light") == weakness(DARK["acc"], "dark") == ""


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("mode, palette", [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"])
def test_the_colour_that_is_offered_passes_and_is_no_other_where_the_first_did(
    colour: str, mode: Any, palette: dict[str, str]
) -> None:
    offered = nearest_that_passes(colour, mode)
    assert weakness(offered, mode) == ""
    assert contrast(offered, palette["paper"]) >= 4.5
    assert min(contrast(offered, palette[ground]) for ground in ("land", "water", "halo", "subject")) >= 3
    made_of = accented(offered, mode)
    assert contrast(made_of["on-acc"], offered) >= 4.5
    assert contrast(palette["ink"], made_of["acctint"]) >= 7
    if not weakness(colour, mode):
        assert offered == colour


@pytest.mark.parametrize("colour", COLOURS)
def test_the_accent_that_is_made_for_the_other_mode_passes(colour: str) -> None:
    light = nearest_that_passes(colour, "light")
    dark = counterpart(light, "dark")
    assert weakness(dark, "dark") == ""
    assert weakness(counterpart(dark, "light"), "light") == ""


def test_the_made_accent_keeps_the_hue() -> None:
    red, green, blue = (int(counterpart("#1f3a93", "dark")[i : i + 2], 16) for i in (1, 3, 5))
    assert blue > green > red


@pytest.mark.parametrize(
    "theme, expected",
    [
        ({"accent": BLUE}, []),
        ({"accent": "#ABC"}, ["weak-accent"]),
        ({"accent": {"dark": SKY}}, []),
        ({"accent": {"light": BLUE, "dark": BLUE}}, ["weak-accent"]),
        ({"accent": {}}, ["missing-key"]),
        ({"accent": "1a5f7a"}, ["bad-colour"]),
        ({"accent": "red;}body{display:none"}, ["bad-colour"]),
        ({"accent": "#1a5f7a;x"}, ["bad-colour"]),
        ({"accent": ["#1a5f7a"]}, ["bad-colour"]),
        ({"font": "Georgia, serif"}, []),
        ({"font": 'x"; } body { display: none'}, ["bad-font"]),
        ({"font": "url(//example.org)"}, ["bad-font"]),
        ({"font": "\\75 rl"}, ["bad-font"]),
        ({"font": "</style>"}, ["bad-font"]),
        ({"font": ", ".join(["A"] * 9)}, ["bad-font"]),
        ({"font": ""}, ["bad-font"]),
        ({"css": "no-such.css"}, ["file-missing"]),
        ({"colour": BLUE}, ["unknown-key"]),
    ],
)
def test_what_a_theme_may_hold(theme: dict[str, Any], expected: list[str]) -> None:
    assert codes(theme) == expected


def test_fonts_come_out_quoted_with_a_generic_one_last() -> None:
    assert read_font("Georgia, 'Times New Roman', sans") == '"Georgia", "Times New Roman", sans-serif'
    assert read_font("맑은 고딕") == '"맑은 고딕", serif'
    assert read_font("monospace, Courier") == '"Courier", monospace'
    assert (read_font("serif"), read_font("sans")) == ("serif", "sans")


def test_one_accent_makes_the_other() -> None:
    story = read_story(read_yaml(b'title: T\ntheme: {accent: "#1A5F7A"}\nsteps: [{title: A, text: B.}]', "t.yaml"))
    assert theme_of(story.theme) == Theme(BLUE, counterpart(BLUE, "dark"))
    assert theme_of(None) == Theme()


@pytest.mark.parametrize(
    "css, message",
    [
        ("@import 'x.css';", "@import"),
        ("@IMPORT url(x)", "@import"),
        ("@font-face { src: local(x) }", "@font-face"),
        ("a { background: url(x.png) }", "url("),
        ("a { background: url( 'https://example.org/x.png' ) }", "url("),
        ("a { background: image-set('x.png' 1x) }", "loads a file"),
        ("a { width: expression(1) }", "script"),
        ("a { color: red } </style><script>", "end the style sheet"),
        ("a { color: red } </STYLE >", "end the style sheet"),
        ("<!-- a {} ", "end the style sheet"),
        (r"a { background: u\72l(x.png) }", "backslash"),
        ("a { color: red", "not closed"),
        ("a } b {", "closes nothing"),
        ('a { content: "x }', "quote"),
        ("a { content: '\u0000' }", "U+0000"),
        ("'/*' ; @import 'x'; '*/'", "@import"),
    ],
)
def test_a_style_sheet_that_could_load_or_break_out_is_refused(css: str, message: str) -> None:
    with pytest.raises(StoryError) as caught:
        read_css(css.encode(), "house.css")
    assert {problem.code for problem in caught.value.problems} == {"bad-css"}
    assert message in caught.value.problems[0].message
    assert all(problem.help and problem.span.path == "house.css" for problem in caught.value.problems)


def test_a_comment_hides_nothing_and_moves_no_line() -> None:
    with pytest.raises(StoryError) as caught:
        read_css(b"/* @import\n */ a { } @im/**/port 'x';\n\n}", "house.css")
    assert [(problem.span.line, problem.span.column) for problem in caught.value.problems] == [(4, 1)]
    assert read_css(b"@im/**/port", "x") == "@im port"  # which is no rule


@pytest.mark.parametrize(
    "css", ['a{content:"/*"}', "a{content:'/* no comment */'}b{content:'*/'}", "a{content:'\"/*'}"]
)
def test_what_looks_like_a_comment_inside_a_string_is_none(css: str) -> None:
    assert read_css(css.encode(), "house.css") == css
    assert read_css(f"/* ' */{css}/* \" */".encode(), "house.css") == css


@pytest.mark.parametrize("css", ["a{color:red} /* b\nc{}", "a{color:red /* b", "a{} /*/ b{}", "/* a */ '*/' /*"])
def test_a_comment_that_is_not_closed_is_one_error_where_it_opens(css: str) -> None:
    with pytest.raises(StoryError) as caught:
        read_css(css.encode(), "house.css")
    (problem,) = caught.value.problems
    assert (problem.message, problem.help) == ("this comment is not closed", "close it with */")
    assert (problem.span.line, problem.span.column) == (1, css.rindex("/*") + 1)


def test_pictures_in_a_style_sheet_stand_in_it() -> None:
    css = "a{background:url(data:image/png;base64,iVBO//8=)} b > c{content:'}'}"
    assert read_css(css.encode(), "house.css") == css


def test_a_style_sheet_is_utf_8_and_small(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="UTF-8"):
        read_css(b"a{}\n\xff", "house.css")
    (tmp_path / "house.css").write_text("/*" + "x" * 20_000 + "*/")
    story = {"title": "T", "theme": {"css": "house.css"}, "steps": [{"title": "One", "text": "Short."}]}
    (fault,) = gather(json.dumps(story).encode(), tmp_path / "t.yaml").faults
    assert fault.code == "file-too-large"
    assert "20,000" in fault.message
    assert fault.help == "keep the rules that the page needs"


def test_the_page_and_its_pictures_follow_the_accent() -> None:
    story, plain = themed({"accent": BLUE}), themed({"font": "serif"})
    assert f"--acc:{BLUE}" in story.html
    assert f"--acc:{counterpart(BLUE, 'dark')}" in story.html
    (name,) = story.parts.steps
    for form in ("svg", "png"):
        assert picture(story, name, form) != picture(plain, name, form)
    svg = picture(story, name).decode()
    assert BLUE in svg
    assert LIGHT["acc"] not in svg
    assert plain.html.count("<style>") == 1, "a page without a theme carries nothing of it"


def test_a_font_reaches_the_page_and_the_file() -> None:
    places = [*PLACES, place("bay", {"type": "Point", "coordinates": [131.8, 43.2]}, kind="bay")]
    shown = made(step(show=["station", "bay"]), theme={"font": "Georgia, serif"}, places=places)
    story = build(shown)
    assert ':root{--serif:"Georgia", serif}' in story.html
    (name,) = story.parts.steps
    assert 'font-family:"Georgia", serif' in picture(story, name).decode()


def test_the_documented_properties_are_those_that_the_style_sheets_set() -> None:
    named = re.findall(r"^\| `--([\w-]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    known = set(re.findall(r"--([\w-]+)\s*:", source())) | LIGHT.keys()
    assert len(named) > 15
    assert set(named) - known == set()


def test_the_style_sheet_of_the_manual_is_taken() -> None:
    (css,) = re.findall(r"^```css\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert "--measure: 60ch" in read_css(css.encode(), "house.css")
