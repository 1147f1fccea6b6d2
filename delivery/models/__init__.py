"""What delivery keeps."""

from delivery.models.events import Event, FeedCounter
from delivery.models.letters import Letter
from delivery.models.readers import Reader

__all__ = ["Event", "FeedCounter", "Letter", "Reader"]
