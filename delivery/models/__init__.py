"""What delivery keeps."""

from delivery.models.events import Event, FeedCounter
from delivery.models.letters import Letter
from delivery.models.readers import Reader
from delivery.models.webhooks import Delivery, State, Subscription

__all__ = ["Delivery", "Event", "FeedCounter", "Letter", "Reader", "State", "Subscription"]
