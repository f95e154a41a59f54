"""Numbers below zero as arguments."""

from __future__ import annotations

import re

import click


class TakesMinus(click.Command):
    """A command whose arguments may begin with a minus, as positions of the south and the west do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write such a minus as the sign of mathematics, which begins no option."""
        return super().parse_args(ctx, [re.sub(r"^-(?=\.?[0-9])", "−", arg) for arg in args])
