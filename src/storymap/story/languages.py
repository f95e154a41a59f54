"""Tags of languages: those of BCP 47, whose first part is a code of ISO 639, and what is often typed in their place."""

from __future__ import annotations

import re

from storymap.story.values import fault, kind_of

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# The codes of two letters, ISO 639-1 (https://www.loc.gov/standards/iso639-2/). Those of three letters are too many.
_OF_TWO_LETTERS = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv
    sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)

# Countries, names and codes of three letters. "kr" is Kanuri, and yet who types it alone means Korean.
_OFTEN_MEANT = {
    meant: tag
    for tag, typed in {
        "ar": "arabic ara",
        "be": "by belarusian bel",
        "cs": "cz czech ces cze",
        "da": "dk danish dan",
        "de": "german deutsch deu ger at",
        "el": "gr greek ell gre",
        "en": "english eng gb us",
        "es": "spanish spa mx",
        "et": "estonian est",
        "fa": "persian farsi fas per ir",
        "fr": "french fra fre",
        "he": "hebrew heb iw il",
        "hi": "hindi hin",
        "id": "indonesian ind in",
        "it": "italian ita",
        "ja": "jp japanese jpn",
        "kk": "kz kazakh kaz",
        "ko": "kr kp korean kor",
        "nl": "dutch nld dut",
        "pl": "polish pol",
        "pt": "portuguese por",
        "ru": "russian rus",
        "sv": "swedish swe",
        "th": "thai tha",
        "tr": "turkish tur",
        "uk": "ua ukrainian ukr",
        "vi": "vn vietnamese vie",
        "zh": "cn chinese zho chi",
    }.items()
    for meant in typed.split()
}


def meant_by(word: str) -> str:
    """Return the tag that is meant by the name of a language or a country's code ("ko" for "korean" or "kr"), or ""."""
    return _OFTEN_MEANT.get(word.lower(), "")


def read_language(value: object) -> str:
    """Return a BCP 47 language tag, of a language that there is."""
    word = value if isinstance(value, str) and len(value) <= 35 else ""
    near = word.replace("_", "-")
    meant, first = meant_by(near), near.lower().split("-", 1)[0]
    help = f"type {meant or near}" if meant or TAG.fullmatch(near) else "type en, ko, ru, pt-BR …"
    if not TAG.fullmatch(word):
        raise fault("bad-choice", f"must be a language tag, not {kind_of(value)}", help)
    if meant:
        raise fault("bad-choice", f"must be a language tag, and {kind_of(value)} is not the one that is used", help)
    if len(first) == 2 and first not in _OF_TWO_LETTERS:
        tail = near[2:]
        help = f"did you mean '{meant_by(first)}{tail}'?" if meant_by(first) else "type en, ko, ru, pt-BR …"
        raise fault("bad-choice", f"must be a language tag, and there is no language '{first}'", help)
    return word
