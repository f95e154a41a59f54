"""What stands beside the prose: files typed by content, read and checked, and pictures made ready for a page."""

from storymap.media.captions import as_webvtt, spoken
from storymap.media.medium import MediaFault, medium_of
from storymap.media.recordings import ending_of, kind_of_recording, media_type_of
from storymap.media.renditions import Encoded, Renditions, renditions

__all__ = [
    "Encoded",
    "MediaFault",
    "Renditions",
    "as_webvtt",
    "ending_of",
    "kind_of_recording",
    "media_type_of",
    "medium_of",
    "renditions",
    "spoken",
]
