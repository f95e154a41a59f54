"""storymap: YAML stories into interactive map pages whose prose is checked against the earth."""

__version__ = "0.1.0"
