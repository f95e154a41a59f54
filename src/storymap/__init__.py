"""storymap: YAML stories into interactive map pages whose prose is checked against the earth.

>>> import storymap
>>> storymap.Story("A short border").step("The river", "It flows to the sea.").check().passes
True
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return `Story`, the door for Python, when somebody asks for it: the commands need not load it."""
    if name == "Story":
        return import_module("storymap.api").Story
    raise AttributeError(f"module 'storymap' has no attribute '{name}'")
