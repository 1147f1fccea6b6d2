"""Places in an authority's feed, as its readers keep them: opaque to them, and good for ever.

A cursor tells the authority, the event's number in its feed and a tag of the event itself. It
needs no key and no clock, so it outlives keys and moves to another cluster; the tag tells when
the feed is not the one that it was taken from, such as one restored without its last hours.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from uuid import UUID
from zlib import crc32

_LARGEST = 2**63 - 1  # a number of PostgreSQL's bigint
_TAG = re.compile(r"[0-9a-f]{8}")


class BadCursor(ValueError):
    """The text is no cursor of ours, or none of this feed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader stands: just behind the event of this `number`, which has this `tag`."""

    authority: str
    number: int
    tag: str

    @classmethod
    def beginning(cls, authority: str) -> Place:
        """Before the first event."""
        return cls(authority, 0, "")


def tag(subject_id: UUID, version: int) -> str:
    """Eight hexadecimal digits that tell one event from another that got its number."""
    return f"{crc32(f'{subject_id}:{version}'.encode()):08x}"


def write(place: Place) -> str:
    """The cursor, in letters that need no escape in an address."""
    text = f"{place.authority}:{place.number}:{place.tag}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str) -> Place:
    """The place that `write` wrote.

    Raises:
        BadCursor: it never wrote this.
    """
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode()
        authority, number, told = text.split(":")
        place = Place(authority, int(number), told)
    except (ValueError, binascii.Error) as error:
        raise BadCursor from error
    is_place = 0 < place.number <= _LARGEST and _TAG.fullmatch(told)
    if write(place) != cursor or not (is_place or place == Place.beginning(authority)):
        raise BadCursor
    return place
