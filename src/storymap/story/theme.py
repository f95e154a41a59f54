"""A house's look: the accent, the family of the text, a style sheet of its own, and what is refused of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from storymap.story.colours import LIGHT, Mode, counterpart, nearest_that_passes, weakness
from storymap.story.doc import Doc, Fault
from storymap.story.fields import FilledText
from storymap.story.values import fault, kind_of, shown

MAX_FAMILIES = 8
GENERIC = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded")
OWN_STACKS = ("serif", "sans")  # the page's two

_COLOUR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_FAMILY = re.compile(r"-?[^\W\d_][\w -]{0,59}")


def read_colour(value: object) -> str:
    """Return a colour as #rrggbb in small letters."""
    found = _COLOUR.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and str(value).strip().startswith("#"):
        digits = found[1].lower()
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    help = f'type "#{found[1].lower()}"' if found else f'type six digits after a #, in quotes: "{LIGHT["acc"]}"'
    raise fault("bad-colour", f"must be a colour such as {LIGHT['acc']}, not {kind_of(value)}", help)


def read_font(value: object) -> str:
    """Return `serif` or `sans`, or families of fonts as CSS takes them: quoted, with commas, a generic one last."""
    families = [part.strip() for part in value.split(",")] if isinstance(value, str) else []
    families = [part[1:-1] if len(part) > 1 and part[0] == part[-1] and part[0] in "'\"" else part for part in families]
    help = "for example font: Georgia, serif"
    if not 1 <= len(families) <= MAX_FAMILIES:
        message = f"must be serif, sans, or up to {MAX_FAMILIES} families of fonts, not {kind_of(value)}"
        raise fault("bad-font", message, help)
    if families[0] in OWN_STACKS and len(families) == 1:
        return families[0]
    strange = next((family for family in families if not _FAMILY.fullmatch(family)), None)
    if strange is not None:
        message = (
            f"must be names of fonts (letters, digits, spaces and hyphens) with commas between, not {shown(strange)}"
        )
        raise fault("bad-font", message, help)
    kept = [family for family in families if family not in GENERIC and family != "sans"]
    generic = next(
        (family for family in families if family in GENERIC), "sans-serif" if "sans" in families else "serif"
    )
    return ", ".join([*(f'"{family}"' for family in kept), generic])


Colour = Annotated[
    str,
    BeforeValidator(read_colour),
    WithJsonSchema({"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}),
]
FontStack = Annotated[str, BeforeValidator(read_font), WithJsonSchema({"type": "string", "minLength": 1})]


class AccentDoc(Doc):
    """The colour of what is measured, by day and by night. One that is left out is made from the other."""

    noun: ClassVar[str] = "accent"
    example: ClassVar[str] = 'accent: "#1a5f7a" or accent: {light: "#1a5f7a", dark: "#80c2e0"}'
    light: Colour | None = Field(None, description="On white paper and on maps by day.")
    dark: Colour | None = Field(None, description="On a dark screen.")

    @classmethod
    def faults_in(cls, given: Mapping[str, Any]) -> Iterable[Fault]:
        """Return a fault for a colour in which words and lines could not be seen well."""
        if not {"light", "dark"} & given.keys():
            yield (), fault("missing-key", "needs 'light' or 'dark'", f"for example {cls.example}"), given
        modes: tuple[Mode, ...] = ("light", "dark")
        for mode in modes:
            try:
                colour = read_colour(given[mode])
            except (KeyError, ValueError):
                continue
            if why := weakness(colour, mode):
                help = f'type "{nearest_that_passes(colour, mode)}", the nearest colour that can be used'
                yield (mode,), fault("weak-accent", f"the accent {colour} {why}", help, named=False), given[mode]


def _as_accent(value: object) -> object:
    return value if isinstance(value, Mapping | AccentDoc) else {"light": value}


Accent = Annotated[AccentDoc, BeforeValidator(_as_accent, json_schema_input_type=Colour | AccentDoc)]


class ThemeDoc(Doc):
    """The look of a house: its accent, the family of its text, its style sheet."""

    noun: ClassVar[str] = "theme"
    example: ClassVar[str] = 'theme: {accent: "#1a5f7a", font: "Georgia, serif"}'
    accent: Accent | None = Field(
        None, description="The colour of all that is measured.", examples=['accent: "#1a5f7a"']
    )
    font: FontStack | None = Field(
        None, description="The text's fonts: serif, sans, or names with commas between. Readers must have them."
    )
    css: FilledText | None = Field(None, description="A style sheet of at most 20 kB, relative to the story.")


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of a page: an accent for each mode, "" for the page's own; fonts as CSS takes them; a style sheet."""

    light: str = ""
    dark: str = ""
    font: str = ""
    css: str = ""


NO_THEME = Theme()


def theme_of(doc: ThemeDoc | None, css: str = "") -> Theme:
    """Return the look that a story asks for; `css` is the text of its style sheet, which has been read."""
    if doc is None:
        return NO_THEME
    light, dark = (doc.accent.light or "", doc.accent.dark or "") if doc.accent else ("", "")
    if light or dark:
        light, dark = light or counterpart(dark, "light"), dark or counterpart(light, "dark")
    return Theme(light, dark, doc.font or "", css)
