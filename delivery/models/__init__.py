"""What delivery keeps."""

from delivery.models.events import Event, FeedCounter

__all__ = ["Event", "FeedCounter"]
