"""How many bytes a page's basemap may take on the way to a reader, and what gives way where it would take more."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

WHOLE_BYTES = 120_000  # all tiers together, as they travel
REGION_BYTES = 35_000  # of a story whose widest tier is a region itself: all tiers but that one
REGION_FROM_ZOOM = 5
_MARKUP_BYTES = 60  # of a tier, beside its paths
_STEP, _COARSEST = 1.5, 3.5  # each time a tier is drawn again its tolerance grows by half, up to 1.75 pixels


class Weighed(Protocol):
    """A tier, as far as its weight goes."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def zoom(self) -> int:
        """What it is drawn for."""
        ...

    @property
    def paths(self) -> tuple[str, ...]:
        """Its SVG paths."""
        ...


T = TypeVar("T", bound=Weighed)


def within_budget(tiers: Sequence[T], draw: Callable[[int, float], T]) -> tuple[list[T], list[str]]:
    """Return the tiers, coarse to fine, as few bytes as a page may have, and what was done for it, in sentences.

    The heaviest tier is drawn again with a larger tolerance until all fit; where that does not do, the heaviest is
    left out, and the next coarser one serves its views. The first tier, which every view has to fall back on, stays.

    Args:
        tiers: as they are wanted.
        draw: returns the tier with a number in `tiers` for a tolerance in units of half a pixel (1 is the usual).
    """
    kept = dict(enumerate(tiers))
    coarse = dict.fromkeys(kept, 1.0)
    region = tiers[0].zoom >= REGION_FROM_ZOOM
    dropped: list[str] = []

    def over() -> list[int]:
        """Return which tiers could give way: those of a region first, if they are too much by themselves."""
        rest = [number for number in kept if number]
        if region and not _fit([kept[number] for number in rest], REGION_BYTES):
            return rest
        return [] if _fit(list(kept.values()), WHOLE_BYTES) else list(kept)

    while candidates := over():
        finer = [number for number in candidates if coarse[number] * _STEP <= _COARSEST]
        if not finer and candidates == [0]:
            break  # there is no less than one map
        number = max(finer or [n for n in candidates if n], key=lambda n: weight(kept[n]))
        if finer:
            coarse[number] *= _STEP
            kept[number] = draw(number, coarse[number])
        else:
            dropped.append(kept.pop(number).name)
    return list(kept.values()), _told({kept[n].name: factor for n, factor in coarse.items() if n in kept}, dropped)


def weight(*tiers: Weighed) -> int:
    """Return about how many bytes tiers have together on the way to a reader."""
    return len(zlib.compress(_paths(tiers), 9)) + _MARKUP_BYTES * len(tiers)


def _fit(tiers: Sequence[Weighed], most: int) -> bool:
    # Most are far below, and the quickest compression, which is the weakest, says so.
    return len(zlib.compress(_paths(tiers), 1)) + _MARKUP_BYTES * len(tiers) <= most or weight(*tiers) <= most


def _paths(tiers: Sequence[Weighed]) -> bytes:
    return "".join(path for tier in tiers for path in tier.paths).encode()


def _told(coarse: dict[str, float], dropped: list[str]) -> list[str]:
    told = []
    redrawn = [f"{name} to {factor / 2:.2g} px instead of 0.5" for name, factor in coarse.items() if factor > 1]
    if redrawn:
        told.append(f"the basemap is drawn more coarsely to keep the page small: {', '.join(redrawn)}")
    if dropped:
        told.append(
            f"the basemap leaves out {', '.join(dropped)} to keep the page small: steps there show a coarser map"
        )
    if told:
        told[-1] += "; fewer steps in far-apart places, or wider views, would make room"
    return told
