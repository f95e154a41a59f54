"""The words that say how a number is meant, by what they make of it; docs/claims.md states the intervals."""

from __future__ import annotations

from typing import Literal

Hint = Literal[
    "bare",
    "exactly",
    "about",
    "nearly",
    "just-under",
    "just-over",
    "under",
    "at-most",
    "over",
    "at-least",
    "well-under",
    "well-over",
    "unclear",
]


def _graded(side: str) -> str:
    """Return every way to say that something is only a little on one side of a number."""
    steps = "just, slightly, fractionally, marginally, little, a little, a bit, a touch, a shade, a fraction, a whisker"
    return ", ".join(f"{step} {side}" for step in steps.split(", "))


def _far(side: str) -> str:
    """Return every way to say that something is far on one side of a number."""
    words = {"under": "under, below, short of, south of", "over": "over, above, beyond, north of, in excess of"}[side]
    than = {"under": "less than, fewer than, shorter than, closer than, nearer than, smaller than, lower than"}
    than["over"] = "more than, longer than, further than, farther than, larger than, greater than, higher than"
    near = [f"{step} {word}" for step in ("well", "far", "way", "considerably") for word in words.split(", ")]
    steps = "far, way, much, many, a lot, lots, a great deal, a good deal, considerably, significantly, substantially"
    return ", ".join(near + [f"{step} {word}" for step in steps.split(", ") for word in than[side].split(", ")])


BEFORE: dict[Hint, str] = {
    "under": "less than, fewer than, under, below, shorter than, smaller than, closer than, nearer than, lower than, "
    "narrower than, quicker than, sooner than, faster than, short of, shy of, south of, sub -, <",
    "at-most": "at most, at the most, at the very most, less than or equal to, fewer than or equal to, "
    "smaller than or equal to, lower than or equal to, within, inside, inside of, within a radius of, "
    "within a distance of, up to, up to and including, "
    "a maximum of, maximum of, maximum, maximum :, max, max ., max :, as much as, as many as, limited to, capped at, "
    "≤, ≦, ⩽, < =, = <",
    "over": "more than, over, above, greater than, longer than, larger than, bigger than, further than, farther than, "
    "wider than, higher than, taller than, deeper than, slower than, later than, in excess of, upwards of, "
    "upward of, north of, exceed, exceeds, exceeded, exceeding, beyond, >",
    "at-least": "at least, at the least, at the very least, more than or equal to, greater than or equal to, "
    "larger than or equal to, higher than or equal to, a minimum of, minimum of, minimum, minimum :, "
    "min, min ., min :, ≥, ≧, ⩾, > =",
    "well-under": f"well within, well inside, {_far('under')}",
    "well-over": _far("over"),
    "about": "about, around, roughly, approximately, approx, approx ., some, circa, c ., ca ., ~, ∼, ≈, close to, "
    "more or less, in the region of, of the order of, in the order of, "
    "on the order of, in the neighbourhood of, in the vicinity of, something like, an estimated, estimated at",
    "nearly": "nearly, almost, approaching, close on, getting on for, nigh on, virtually, practically, not far off, "
    "not far short of",
    "just-under": "just below, just short of, just shy of, slightly below, a little short of, little short of, "
    f"not quite, fractionally below, marginally below, {_graded('under')}, {_graded('less than')}",
    "just-over": "just above, slightly above, fractionally above, marginally above, "
    f"{_graded('over')}, {_graded('more than')}",
    "exactly": "exactly, precisely",
    # What changes the number, or names another: "half of 160 km", "82 ± 1 km", "other than 5 km".
    "unclear": "barely, hardly, scarcely, a good, a full, fully, easily, nowhere near, nowhere close to, nothing like, "
    "anything but, anything less than, anything more than, anything under, anything over, far from, not "
    "even, not nearly, near, nearer, nearer to, closer to, the nearest, as little as, as few as, as far "
    "as, as long as, as wide as, as high as, as deep as, at best, at worst, than, between, half, half of, "
    "third of, thirds of, quarter of, quarters of, fifth of, fifths of, tenth of, tenths of, sixth of, "
    "sixths of, seventh of, sevenths of, eighth of, eighths of, ninth of, ninths of, sixteenth of, "
    "sixteenths of, hundredth of, hundredths of, % of, percent of, per cent of, fraction of, part of, "
    "parts of, most of, much of, rest of, out of, all but, twice, thrice, double, triple, quadruple, "
    "times, multiple of, limit of, minus, plus or minus, ×, x, *, ±, + / -, + -, - >, = >, "
    "outside, outside of, quarter, a quarter, as large as, as big as, the size of, instead of, except, starting at, "
    "starting from, down to, equal to, equals, end of, everything but, nothing but, again as, increase of, "
    "decrease of, rise of, reduction of, difference of, gain of, loss of",
}
AFTER: dict[Hint, str] = {
    "at-most": "or less, or fewer, or under, or below, or lower, or shorter, or closer, or nearer, or smaller, "
    "at most, at the most, at the very most, at the outside, maximum, max, max ., tops",
    "at-least": "or more, or longer, or over, or above, or greater, or larger, or further, or farther, or wider, "
    "at least, at the least, at the very least, - plus, +, minimum, min, min .",
    "about": "or so, or thereabouts, more or less, give or take, approximately, approx, approx ., roughly, "
    "- odd, - ish",
    "exactly": "exactly, precisely",
    "unclear": "at best, at worst, limit, square, squared, sq, times, ×, x, *, ±, + / -, plus or minus, upwards, "
    "upward, if not more, if not less, if not further, if not longer, or even more, or even less, "
    "and then some, and change, and a bit, perhaps more, maybe more, if that, "
    "at a push, at a stretch, <, >, ≤, ≥, increase, decrease, reduction, difference",
}
# Only where no word follows: "5 km and over", but not "5 km and over the hill".
LAST: dict[Hint, str] = {
    "at-most": "and under, and less, and below",
    "unclear": "up, downwards, downward",
    "at-least": "plus, and over, and more, and up, and upwards, and above, and beyond, and counting",
}
SUPERLATIVES = frozenset(
    (
        "longest shortest largest biggest smallest highest lowest widest narrowest deepest tallest fastest "
        "slowest oldest youngest newest greatest heaviest busiest southernmost northernmost westernmost "
        "easternmost furthest farthest remotest steepest quickest"
    ).split()
)
VAGUE = frozenset(
    "few several many some numerous countless couple handful tens dozens scores hundreds thousands millions".split()
)
