"""Finer coasts for authors: windows cut from GSHHG and made calm, as the detail files that the basemap reads."""

from storymap.coast.cutting import Area, cut
from storymap.coast.gshhg import Shores, installed
from storymap.coast.windows import CoastError, Window, read_windows
from storymap.coast.writing import detail_text

__all__ = ["Area", "CoastError", "Shores", "Window", "cut", "detail_text", "installed", "read_windows"]
