"""The page: everything about the output, from what each step frames to the finished document."""

from storymap.page.document import frames, render

__all__ = ["frames", "render"]
