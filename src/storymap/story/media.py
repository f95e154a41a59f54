"""What stands beside a step's text: pictures, recordings, and videos that another host plays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from storymap.problems import did_you_mean
from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText, Text
from storymap.story.players import PlayerName, read_vimeo, read_youtube
from storymap.story.values import fault

# What an entry can be, and the words by which messages call it.
KINDS = {"image": "picture", "audio": "recording", "video": "video", "youtube": "video", "vimeo": "video"}
_OURS = ("image", "audio", "video")
_FOR_SOME = (
    ("captions", ("audio", "video"), "'audio' and 'video'"),
    ("poster", ("video", "youtube", "vimeo"), "videos"),
)
_NOBODY_SPEAKS = "none"

Youtube = Annotated[str, BeforeValidator(read_youtube), WithJsonSchema({"type": "string", "minLength": 1})]
Vimeo = Annotated[str, BeforeValidator(read_vimeo), WithJsonSchema({"type": "string", "minLength": 1})]


class MediaDoc(Doc):
    """A picture, a recording or a video beside a step's text: exactly one of the first five keys."""

    noun: ClassVar[str] = "entry of 'media'"
    example: ClassVar[str] = "media: {image: bridge.jpg, alt: A steel bridge over a brown river}"
    image: FilledText | None = Field(None, description="A picture's file: PNG, JPEG, WebP or GIF.")
    audio: FilledText | None = Field(None, description="A sound's file: MP3, M4A, Ogg or WAV.")
    video: FilledText | None = Field(None, description="A video's file: MP4 or WebM.")
    youtube: Youtube | None = Field(None, description="A video's id or address at YouTube; loads when readers ask.")
    vimeo: Vimeo | None = Field(None, description="A video's number or address at Vimeo; loads when readers ask.")
    alt: FilledText | None = Field(
        None, description="What it shows or lets hear, in a sentence, for readers who cannot see or hear it."
    )
    title: FilledText | None = Field(None, description="The title of a video at YouTube or Vimeo.")
    caption: Text | None = Field(None, description="The words under it.")
    credit: Text | None = Field(None, description="Who made it.")
    license: Text | None = Field(None, description="Under which licence it may be shown.")
    captions: FilledText | None = Field(
        None, description="A WebVTT file with what is said in a recording or video; none where nobody speaks."
    )
    poster: FilledText | None = Field(None, description="A picture's file that a video shows before it plays.")

    @property
    def kind(self) -> str:
        """Return which of the five keys the entry has."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def player(self) -> tuple[PlayerName, str] | None:
        """Return the host that plays it and what it calls the video, None for what is a file."""
        if self.youtube is not None:
            return "youtube", self.youtube
        return ("vimeo", self.vimeo) if self.vimeo is not None else None

    def files(self) -> Iterable[tuple[str, str]]:
        """Return the keys that name files, each with the file's name."""
        for key in (*_OURS, "captions", "poster"):
            name = getattr(self, key)
            if name is not None and (key, name) != ("captions", _NOBODY_SPEAKS):
                yield key, name

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault unless one thing is shown, with the words it needs and no key that is not for it."""
        kinds = [kind for kind in KINDS if kind in given]
        if not kinds:
            if not any(did_you_mean(str(key), KINDS) for key in given if key not in cls.keys_here()):
                why = f"needs one of {', '.join(map(repr, KINDS))}"
                yield (), fault("bad-media", why, f"for example {cls.example}"), given
            return
        kind, *others = kinds
        for other in others:
            help = f"make it an entry of its own: '- {other}: …'"
            yield (other,), fault("bad-media", f"stands beside '{kind}', and an entry has one of them", help), given
        needed, unfit = ("alt", "title") if kind in _OURS else ("title", "alt")
        unknown = [str(key) for key in given if key not in cls.keys_here()]
        if needed not in given and not any(did_you_mean(key, [needed]) for key in unknown):
            description = cls.model_fields[needed].description
            message = f"this {KINDS[kind]} has no '{needed}'"
            yield (needed,), fault("missing-key", message, f"add '{needed}: …'. {description}", named=False), given
        if unfit in given:
            help = f"type {needed}: and the same words"
            yield (unfit,), fault("bad-media", f"is not for '{kind}', which has '{needed}'", help), given
        for key, those, words in _FOR_SOME:
            if key in given and kind not in those:
                yield (key,), fault("bad-media", f"is for {words}, not for '{kind}'", "leave it out"), given


def _as_list(value: object) -> object:
    return [value] if isinstance(value, Mapping | MediaDoc) else value


Media = Annotated[list[MediaDoc], BeforeValidator(_as_list, json_schema_input_type=MediaDoc | list[MediaDoc])]
