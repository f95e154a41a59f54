"""Captions: WebVTT, read strictly, and nothing but its cues goes on."""

from __future__ import annotations

import pytest

from storymap.media import as_webvtt, spoken
from storymap.media.captions import MAX_CUES, CaptionsRefused, read_captions

FILE = """WEBVTT - of the border

NOTE
a remark --with dashes

STYLE
::cue { background: url(https://tracker.example/) }

1
00:00.000 --> 00:02.500 line:0 position:20%,line-left align:start evil:"x"
<v Ada>It is <i>short</i>, &amp; wet.

01:00:02.500 --> 01:00:04.000
<v Ada>Two lines
of words.
"""


def test_cues_go_on_and_nothing_else_does() -> None:
    cues = read_captions(FILE.encode())
    assert [(cue.start_s, cue.end_s) for cue in cues] == [(0, 2.5), (3602.5, 3604)]
    assert as_webvtt(cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.500 line:0 position:20%,line-left align:start\n"
        "<v Ada>It is <i>short</i>, &amp; wet.\n\n01:00:02.500 --> 01:00:04.000\n<v Ada>Two lines\nof words.\n"
    )


def test_what_was_written_reads_the_same_again() -> None:
    cues = read_captions(FILE.encode())
    assert read_captions(as_webvtt(cues).encode()) == cues


def test_the_transcript_is_plain_words_and_names_a_voice_when_it_begins() -> None:
    assert spoken(read_captions(FILE.encode())) == ["Ada: It is short, & wet.", "Two lines of words."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_machine_and_a_byte_order_mark_are_read(end: str) -> None:
    assert read_captions(("\ufeff" + FILE.replace("\n", end)).encode()) == read_captions(FILE.encode())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is not WebVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", 1, "is not WebVTT"),
        ("WEBVTTX\n", 1, "is not WebVTT"),
        ("WEBVTT\n", 1, "has no cue"),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nA\n", 3, "a time that cannot be read"),
        ("WEBVTT\n\n1\n00:01.000 -->00:61.000\nA\n", 4, "a time that cannot be read"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", 3, "ends before it begins"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nA\n\n00:01.000 --> 00:03.000\nB\n", 6, "begins before the cue above"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n00:02.000 --> 00:03.000\nB\n", 5, "a time inside a cue"),
        ("WEBVTT\n\nWords alone\nand more\n", 3, "words without a time"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nA\x00\n", 4, "control character"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(CaptionsRefused, match=message) as refused:
        read_captions(text.encode())
    assert refused.value.line == line
    assert refused.value.help


def test_other_encodings_are_told_at_their_line() -> None:
    with pytest.raises(CaptionsRefused, match="UTF-8") as refused:
        read_captions("WEBVTT\n\n00:02.000 --> 00:03.000\nÄ".encode("latin-1"))
    assert refused.value.line == 4


def test_no_more_cues_are_read_than_a_page_can_hold() -> None:
    def file(count: int) -> bytes:
        cues = (f"{at // 60:02}:{at % 60:02}.000 --> {at // 60:02}:{at % 60:02}.900\nWords" for at in range(count))
        return "\n\n".join(["WEBVTT", *cues]).encode()

    assert len(read_captions(file(MAX_CUES))) == MAX_CUES
    with pytest.raises(CaptionsRefused, match="more than 2,000 cues") as refused:
        read_captions(file(20_000))
    assert refused.value.line == 3 + 3 * MAX_CUES
    assert "into parts" in refused.value.help
