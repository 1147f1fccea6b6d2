"""How often somebody may call: counted in Redis, so that all processes count together.

Without Redis nobody is held up: a lost counter must not stop the work. The log tells of it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

PATIENCE = 0.25  # seconds that a call waits for Redis
REST = 5  # seconds without asking a Redis that was away

# A bucket that holds `calls` and fills evenly in `seconds`. What is kept is the moment when it is full again.
_TAKE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local calls, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local each = seconds / calls
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + each
local wait = full - seconds - now
if wait > 0.000001 then
  return {0, math.ceil(full - each - now), math.ceil(wait)}
end
redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', math.ceil((full - now) * 1000))
return {math.floor((seconds - (full - now)) / each + 0.000001), math.ceil(full - now), 0}
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to `calls` in `seconds`; what was taken comes back evenly."""

    name: str
    calls: int
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """What a call has left: `left` more at once, all of them again in `whole_in` seconds.

    `wait`: in how many seconds to come again; 0 when the call may go on.
    """

    limit: Limit
    left: int
    whole_in: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft has them (draft-ietf-httpapi-ratelimit-headers), and `Retry-After` for who must wait."""
        name = f'"{self.limit.name}"'
        told = {
            "RateLimit-Policy": f"{name};q={self.limit.calls};w={self.limit.seconds}",
            "RateLimit": f"{name};r={self.left};t={self.whole_in}",
        }
        return told | ({"Retry-After": str(self.wait)} if self.wait else {})


def take(limit: Limit, who: str) -> Taken | None:
    """Count one call of `who`, whose name is not kept; None when Redis does not answer, and the call goes on."""
    if time.monotonic() < _redis.asked_again_at:
        return None
    key = f"limit:{limit.name}:{limit.calls}:{salted_hmac('limit', who).hexdigest()}"
    try:
        left, whole_in, wait = _script()(keys=[key], args=[limit.calls, limit.seconds])
    except RedisError as error:
        _redis.asked_again_at = time.monotonic() + REST
        logger.warning("calls are not counted for %s s: %s", REST, type(error).__name__)
        return None
    return Taken(limit, int(left), int(whole_in), int(wait))


def address_of(request: HttpRequest) -> str:
    """The address that calls, as the trusted proxy tells it; "" when it tells none."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def household_of(request: HttpRequest) -> str:
    """The address that calls, or of IPv6 the /64 around it: whoever has one address there has them all."""
    told = address_of(request)
    address = ip_address(told) if told else None
    if address is None or address.version == 4:
        return told
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


class _State:
    asked_again_at = 0.0  # of the process's own clock


_redis = _State()


@cache
def _script() -> Any:
    client = Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
    return client.register_script(_TAKE)
