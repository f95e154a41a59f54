"""Markdown becomes HTML that can do no harm, and quotes are found in it as people read them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from storymap.prose import Found, Mark, Prose, QuoteError, find_quote, mark_quotes, overlaps, read_prose


def found(markdown: str, quote: str, nth: int | None = None) -> str:
    """The words of the text that a quote finds."""
    prose = read_prose(markdown)
    spot = find_quote(prose, quote, nth)
    return prose.text[spot.start : spot.end]


def refused(markdown: str, quote: str, nth: int | None = None) -> QuoteError:
    with pytest.raises(QuoteError) as raised:
        find_quote(read_prose(markdown), quote, nth)
    return raised.value


def marked(markdown: str, *quotes: str) -> str:
    prose = read_prose(markdown)
    spots = [find_quote(prose, quote) for quote in quotes]
    return mark_quotes(prose, [Mark(spot.start, spot.end, "[", "|", "]") for spot in spots])


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>", "a b c"),
        ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>", "a b\nc"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a\nb"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', "a\nb"),
        ("> a\n\nb", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>", "a\nb"),
        ("# a\n\n## b\n\n###### c", "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>", "a\nb\nc"),
        ("a  \nb", "<p>a<br>\nb</p>", "a b"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>", "a & b < c"),
        ("a &amp; &#8212;", "<p>a &amp; —</p>", "a & —"),
        ("a\u00a0b", "<p>a&nbsp;b</p>", "a b"),
        ("a &lt;b> \\<i> &#60;u&gt;", "<p>a &lt;b&gt; &lt;i&gt; &lt;u&gt;</p>", "a <b> <i> <u>"),
        ("`a  <b>`", "<p><code>a  &lt;b&gt;</code></p>", "a <b>"),
        ("a | b\n--|--\nc | d", "<p>a | b\n--|--\nc | d</p>", "a | b --|-- c | d"),
        ("", "", ""),
        (
            "[a](https://x.org/?b=1&c=2 'title')",
            '<p><a href="https://x.org/?b=1&amp;c=2" target="_blank" rel="noopener">a</a></p>',
            "a",
        ),
        (
            "<https://x.org>",
            '<p><a href="https://x.org" target="_blank" class="bare" rel="noopener">https://x.org</a></p>',
            "https://x.org",
        ),
        ("<a@x.org>", '<p><a href="mailto:a@x.org" target="_blank" rel="noopener">a@x.org</a></p>', "a@x.org"),
        ("[a](#step-two)", '<p><a href="#step-two" rel="noopener">a</a></p>', "a"),
        ("[a][b]\n\n[b]: https://x.org", '<p><a href="https://x.org" target="_blank" rel="noopener">a</a></p>', "a"),
    ],
)
def test_markdown_becomes_html_and_text(markdown: str, html: str, text: str) -> None:
    prose = read_prose(markdown)
    assert (prose.html, prose.text, prose.faults) == (html, text, ())


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<b onmouseover=alert(1)>x</b>",
    "<style>*{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</p></article><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\\script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https://user:pw@evil.example/)",
    '[x](https://x.org/" onclick="alert(1))',
    "[x](https://x.org/' onclick='alert(1))",
    '[x](https://x.org "\\" onclick=alert(1) x=\\"")',
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x]\n\n[x]: data:text/html,1",
    "<javascript:alert(1)>",
    "<data:text/html,1>",
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "![x][y]\n\n[y]: https://evil.example/pixel.gif",
    "![<script>alert(1)</script>](https://x.org/a.png)",
    "[![x](https://evil.example/p.gif)](https://x.org)",
    "`<script>alert(1)</script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "{{7*7}} ${alert(1)} {% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "a\u2028<script>alert(1)</script>",
    "*<b*>x</b>",
    "<a\nhref=x\nonclick=alert(1)>",
    "{#id .class onclick=alert(1)}",
    "[x](https://x.org){onclick=alert(1)}",
    '[x](#top"onclick=alert(1))',
    "[x](#__proto__)",
]


class Elements(HTMLParser):
    """Gathers the elements of HTML as browsers see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_as_text_and_does_nothing(payload: str) -> None:
    for markdown in (payload, f"words {payload} words", f"- a\n\n  {payload}\n", f"**{payload}**"):
        elements = Elements(read_prose(markdown).html)
        assert set(elements.tags) <= set("p ul ol li blockquote h3 h4 hr pre a br code em s strong".split())
        assert {name for name, _ in elements.attributes} <= {"href", "rel", "start", "target"}
        links = [value or "" for name, value in elements.attributes if name == "href"]
        assert all(re.match(r"https?://[a-z]|mailto:|#[a-z]", link) and "@evil" not in link for link in links)


@pytest.mark.parametrize(
    ("markdown", "code", "words"),
    [
        ("a <b>c</b>", "html-in-text", "<b>"),
        ("<div class=x>", "html-in-text", "<div class=x>"),
        ("&lt;i> and <b> it", "html-in-text", "<b>"),
        ('<a href="x&amp;y">', "html-in-text", '<a href="x&amp;y">'),
        ("![alt words](https://x.org/a.png)", "image-in-text", "![alt words"),
        ("![alt](a.png)", "image-in-text", "![alt"),
        ("[a](b.html)", "link-refused", "b.html"),
        ("[a](javascript:x)", "link-refused", "javascript:x"),
    ],
)
def test_what_will_not_do_what_its_author_wants_is_said_with_its_words(markdown: str, code: str, words: str) -> None:
    faults = read_prose(markdown).faults
    assert (faults[0].code, faults[0].words) == (code, words)
    assert {fault.code for fault in faults} == {code}
    assert words in markdown


def test_html_in_backticks_is_meant_to_be_shown() -> None:
    assert read_prose("Type `<b>` here, 5 < 6 and 7 > 2.").faults == ()


@pytest.mark.parametrize(
    "text", ["![" * 10_000, "[" * 20_000, "*" * 20_000, "> " * 10_000, "[a](b" * 4_000, "`a" * 10_000]
)
def test_hostile_markdown_of_the_largest_size_is_read(text: str) -> None:
    assert read_prose(text[:20_000]).html


@pytest.mark.parametrize(
    ("markdown", "quote", "words"),
    [
        ("It is less than **150** km.", "less than 150 km", "less than 150 km"),
        ("It is *less than **150*** km.", "less than 150", "less than 150"),
        ("It is 17\nkilometres long.", "17 kilometres long", "17 kilometres long"),
        ("It is 17\u00a0km long.", "17 km", "17 km"),
        ("It is 17 km long.", "17\n  km", "17 km"),
        ("The “North\u00a0Korean” border’s", '"North Korean" border\'s', "“North Korean” border’s"),
        ('The "North" border', "“North” border", '"North" border'),
        ("a distance\u00ad of 5 km", "distance of", "distance\u00ad of"),
        ("50\u201360 km/h", "50-60 km/h", "50\u201360 km/h"),
        ("and so on… then", "so on... then", "so on… then"),
        ("Cafe\u0301 noir", "Caf\u00e9 noir", "Cafe\u0301 noir"),
        ("Caf\u00e9 noir", "Cafe\u0301 noir", "Caf\u00e9 noir"),
        ("AT&amp;T is 5 < 6", "AT&T is 5 < 6", "AT&T is 5 < 6"),
        ("국경은 17킬로미터이다.", "17킬로미터", "17킬로미터"),
        ("\U0001f600 5 km \U0001f600", "5 km", "5 km"),
        ("- one\n- two km", "two km", "two km"),
        ("line one  \nline two", "one line", "one line"),
        ("[a link](https://x.org) and 5 km", "and 5 km", "and 5 km"),
        ("It is **about 5 km** long", "5 km", "5 km"),
        ("It is 5 km", "It is 5 km", "It is 5 km"),
    ],
)
def test_a_quote_is_found_as_people_read_it(markdown: str, quote: str, words: str) -> None:
    assert found(markdown, quote) == words


@pytest.mark.parametrize(
    ("markdown", "quote"),
    [
        ("It is 150 km away.", "50 km"),
        ("It is 1,150 km away.", "150 km"),
        ("It is 3.5 km away.", "5 km"),
        ("It is 5.25 km away.", "5"),
        ("It is 17 kms away.", "17 km"),
        ("It is 17 km away.", "t is"),
        ("It is 17 KM away.", "17 km"),
        ("The cafe\u0301", "cafe"),
        ("It is 17 km away.", "18 km"),
        ("", "a"),
        ("a", " "),
        ("a", "\u00ad"),
    ],
)
def test_words_and_numbers_must_be_whole_and_the_same(markdown: str, quote: str) -> None:
    assert refused(markdown, quote).code == "quote-missing"


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("less than 150 km from the border", "less than 150 kilometres from the North"),
        ("17 kms long", "17 kilometres long"),
        ("a few ours by rail", "a few hours by rail"),
        ("FRIENDSHIP BRIDGE", "Friendship Bridge"),
    ],
)
def test_a_missing_quote_is_answered_with_the_nearest_words(quote: str, nearest: str) -> None:
    text = (
        "The border is 17 kilometres long. Vladivostok is less than 150 kilometres from the North Korean border, "
        "a few hours by rail over the *Friendship Bridge*."
    )
    assert nearest in refused(text, quote).help
    assert refused(text, "quantum chromodynamics").help == "copy the words from the step's text"


def test_the_nearest_words_can_be_quoted() -> None:
    text = "It was, they said, “about 17 kms”, and cold."
    near = refused(text, "about 17 km, and").help.removeprefix("the nearest words are: ")
    assert found(text, near)


def test_the_nearest_words_are_never_fewer_and_stay_in_their_paragraph() -> None:
    text = "They lie fewer than 70 km apart. It is less."
    assert refused(text, "less than 70 km apart").help.endswith(": fewer than 70 km apart")
    assert refused("17 kilometres", "17 kilometres long").help == "copy the words from the step's text"
    assert refused("70 km\n\naway", "70 kms away").help == "copy the words from the step's text"
    long = " ".join(f"word{i}" for i in range(60))
    assert refused(f"So {long} it is.", f"{long.replace('word3 ', 'wort3 ')}").help.endswith(f": {long}")


def test_the_search_for_the_nearest_words_is_bounded() -> None:
    text = " ".join(f"word{i % 97} less than {i} km" for i in range(800))[:20_000]
    assert refused(text, "less then 9999 km word " * 800).code == "quote-missing"
    assert refused("x" * 20_000, "y" + "x" * 19_000).code == "quote-missing"


def test_a_quote_that_stands_twice_needs_nth() -> None:
    text = "17 km here and 17 km there"
    assert refused(text, "17 km").code == "quote-ambiguous"
    prose = read_prose(text)
    assert find_quote(prose, "17 km", 1) == Found(0, 5)
    assert find_quote(prose, "17 km", 2) == Found(15, 20)
    assert refused(text, "17 km", 3).code == "quote-nth"
    assert "2 times" in refused(text, "17 km", 3).message


@pytest.mark.parametrize(
    ("markdown", "quote", "code"),
    [
        ("one\n\ntwo", "one two", "quote-crosses-blocks"),
        ("- one\n- two", "one two", "quote-crosses-blocks"),
        ("# one\ntwo", "one two", "quote-crosses-blocks"),
        ("a [b c](https://x.org) d", "b c", "quote-in-link"),
        ("a [b c](https://x.org) d", "a b", "quote-in-link"),
        ("a [b **c**](https://x.org) d", "c", "quote-in-link"),
        ("less than **150 km** away", "than 150", "quote-cuts-tag"),
        ("less **than 150** km away", "150 km", "quote-cuts-tag"),
        ("less *than **150*** km away", "than 150 km", ""),
        ("**a b** and *c d*", "b and c", "quote-cuts-tag"),
    ],
)
def test_a_quote_that_cannot_be_marked_is_refused(markdown: str, quote: str, code: str) -> None:
    if code:
        assert refused(markdown, quote).code == code
    else:
        assert found(markdown, quote) == quote


@pytest.mark.parametrize(
    ("markdown", "quote", "html"),
    [
        ("It is 17 km long.", "17 km", "<p>It is [17 |km] long.</p>"),
        ("It is 17 km long.", "17", "<p>It is [|17] km long.</p>"),
        (
            "It is less than **150 km** away.",
            "less than 150 km",
            "<p>It is [less than <strong>150 km</strong>|] away.</p>",
        ),
        ("It is **150** km away.", "150 km", "<p>It is [<strong>150</strong> |km] away.</p>"),
        ("It is **150 km** away.", "150 km", "<p>It is <strong>[150 |km]</strong> away.</p>"),
        ("It is **about 150 km** away.", "150 km", "<p>It is <strong>about [150 |km]</strong> away.</p>"),
        ("***a* b** c", "a b c", "<p>[<strong><em>a</em> b</strong> |c]</p>"),
        ("5 < 6 & 7", "< 6 &", "<p>5 [&lt; 6 |&amp;] 7</p>"),
        ("17\u00a0km on", "17 km", "<p>[17&nbsp;|km] on</p>"),
        ("17\nkm on", "17 km", "<p>[17\n|km] on</p>"),
    ],
)
def test_a_mark_stands_around_the_quote_and_its_tail_before_the_last_word(markdown: str, quote: str, html: str) -> None:
    assert marked(markdown, quote) == html


def test_several_marks_may_stand_in_any_order_but_not_overlap() -> None:
    assert marked("one two three four", "three four", "one two") == "<p>[one |two] [three |four]</p>"
    prose = read_prose("one two three")
    marks = [Mark(0, 7, "[", "", "]"), Mark(4, 13, "[", "", "]")]
    with pytest.raises(ValueError, match="overlap"):
        mark_quotes(prose, marks)


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [((0, 5), (5, 9), False), ((0, 5), (4, 9), True), ((2, 3), (0, 9), True), ((6, 9), (0, 5), False)],
)
def test_stretches_overlap_where_they_share_a_character(a: tuple[int, int], b: tuple[int, int], together: bool) -> None:
    assert overlaps(Found(*a), Found(*b)) is together
    assert overlaps(Found(*b), Found(*a)) is together


def test_no_mark_changes_nothing() -> None:
    prose = read_prose("a **b**")
    assert isinstance(prose, Prose)
    assert mark_quotes(prose, []) == prose.html
