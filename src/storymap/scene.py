"""The words that the stages hand on: what a step shows, what it claims, and what was found.

Plain frozen data. `resolve` makes scenes, `claims` makes findings from them, `page` draws both;
none of these rooms imports another, they meet here. All of it pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from storymap.problems import Problem, Span
from storymap.quantity import Dimension, Expectation, Numeral, Unit

if TYPE_CHECKING:
    from storymap.places import Place
    from storymap.prose import Prose
    from storymap.source import Loc

Role = Literal["subject", "context"]
Journey = Literal["forward", "backward"]  # along a line as it is drawn, or against it
LonLat = tuple[float, float]
MediaKind = Literal["image", "audio", "video", "youtube", "vimeo"]


class Verdict(StrEnum):
    """How a measurement stands to the words: three verdicts and one outcome without a verdict."""

    HOLDS = "holds"
    FAILS = "fails"
    TOO_CLOSE = "too-close"
    TOO_LOOSE = "too-loose"


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a sentence, in SI units, ± `u`; it becomes words where the language is known (`wording.said`)."""

    low: float
    high: float
    u: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for readers: a key of the catalogue in `strings/` and what to fill in."""

    key: str
    values: Mapping[str, str | Amount | Numeral] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A place on a step's map, with the words on its label, how loud it is drawn, and which way it is gone along."""

    place: Place
    label: str
    role: Role = "subject"
    journey: Journey | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a step's map frames: places to fit, or a centre (lon, lat) with a web-map zoom, or neither."""

    fit: tuple[Place, ...] = ()
    center: LonLat | None = None
    zoom: float | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one moment of a recording to another, in seconds; `text` and `settings` are WebVTT's."""

    start_s: float
    end_s: float
    text: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of media, read into memory: its name in the story, and its bytes, whose type is told by their content."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Medium:
    """What stands beside a step's text. `said` are the words for who cannot see or hear it; a player's title.

    A picture and a recording have a `file`; `player` is the host's name and what it calls the video, for all else.
    """

    kind: MediaKind
    said: str
    file: MediaFile | None = None
    player: tuple[Literal["youtube", "vimeo"], str] | None = None
    caption: str = ""
    credit: str = ""
    license: str = ""
    captions: tuple[Cue, ...] = ()
    poster: MediaFile | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote and how to measure it.

    `measure` is the story's own typed measure (`storymap.story`), `places` the places it names by id.
    `expectation` is None for claims that are true or false without a number (within, links) and for
    words that set no limit (`too_loose`). `also` are further readings: (label, measure), never headline.
    """

    id: str
    step_id: str
    quote: str
    start: int
    end: int
    measure: object
    places: Mapping[str, Place]
    expectation: Expectation | None
    span: Span
    too_loose: bool = False
    also: tuple[tuple[str, object], ...] = ()
    authors_verdict: Verdict | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A phrase that is not tested, and the author's reason; `step_id` where it stands, if it stands in one."""

    quote: str
    why: str
    step_id: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Scene:
    """One step, resolved: its places are places, its prose is safe, its quotes have been found."""

    id: str
    number: int
    title: str
    prose: Prose
    shown: tuple[Shown, ...]
    view: View
    claims: tuple[Claim, ...]
    media: tuple[Medium, ...]
    span: Span
    loc: Loc = ()  # where it stands in the story file


@dataclass(frozen=True, slots=True)
class Resolved:
    """A story whose names are all known: its scenes, the places that orient on every map, and what was set aside."""

    scenes: tuple[Scene, ...]
    context: tuple[Place, ...]
    unchecked: tuple[Unchecked, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Widening:
    """What something else than positions adds to an interval below and above (SI, at least 0); `code` is the reason."""

    code: str
    below: float
    above: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """What the earth says: a value and the interval it lies in, in SI units (m, m², s), never without the interval.

    `lines` are the measured lines to draw, each a run of (lon, lat) dense enough to draw straight.
    `cautions` are reason codes: scale, edge-model, not-independent. `widenings` are what the interval holds beside
    positions, for `scale`, `edge-model` and `definition`. `workings` hold every number by which the interval is worked
    out by hand (docs/claims.md), `notes` what readers must beware of.
    """

    value: float
    low: float
    high: float
    dimension: Dimension
    lines: tuple[tuple[LonLat, ...], ...]
    method: Message
    what: Message
    places: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    short_label: Message | None = None
    workings: tuple[Message, ...] = ()
    widenings: tuple[Widening, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One measurement held against one expectation. `margin` (SI) is how far inside the limit; negative is outside.

    `unit` is what a reader asked to have it told in; None leaves it to the words.
    """

    label: str
    measurement: Measurement
    expectation: Expectation | None
    verdict: Verdict
    margin: float | None
    margin_at_worst: float | None
    reasons: tuple[str, ...]
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, judged. `headline` carries the verdict; `also` never changes it."""

    claim_id: str
    step_id: str
    kind: str
    quote: str
    headline: Reading
    also: tuple[Reading, ...]
    authors_verdict: Verdict | None
    note: str
    span: Span

    @property
    def verdict(self) -> Verdict:
        """The headline verdict."""
        return self.headline.verdict

    @property
    def as_the_author_says(self) -> bool:
        """True where the check passes: not failing, or failing just as the author declared."""
        if self.authors_verdict is not None:
            return self.verdict == self.authors_verdict
        return self.verdict != Verdict.FAILS
