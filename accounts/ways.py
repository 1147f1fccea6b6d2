"""Which way an API client must come, where it is bound to one: through X-Road, or with a certificate of its own.

What headers say counts only from those whom the settings trust; a client that is bound to a
way that nobody is trusted for is refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest
from oauth2_provider.oauth2_validators import OAuth2Validator

from accounts.models import ApiClient
from kela_kunta.base.limits import address_of
from kela_kunta.base.problems import CertificateWrong, Problem, XRoadClientWrong

XROAD_CLIENT = re.compile(r"[^/\s]+(/[^/\s]+){3}")  # instance/class/member/subsystem, percent-encoded
_CALL = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class ClientValidator(OAuth2Validator):
    """Gives no token to a client that comes another way than its own."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        if not super().authenticate_client(request, *args, **kwargs):
            return False
        asking = HttpRequest()
        asking.META = dict(request.headers)  # OAuthLib's request has what Django's has under this name
        try:
            require_way(request.client, asking)
        except Problem:
            return False
        return True


def require_way(client: ApiClient, request: HttpRequest) -> None:
    """Go on if the call came the way that `client` is bound to.

    Raises:
        CertificateWrong: without one of the client's certificates (as RFC 8705, section 3, has it).
        XRoadClientWrong: not from the client's subsystem of X-Road.
    """
    if client.certificates and _certificate(request) not in client.certificates:
        raise CertificateWrong
    if client.xroad_client and _parts(_xroad(request, "X-Road-Client")) != _parts(client.xroad_client):
        raise XRoadClientWrong


def call_of(request: HttpRequest) -> str:
    """The X-Road-Id of the call; "" when it did not come through X-Road, or its id is not fit for a log."""
    told = unquote(_xroad(request, "X-Road-Id"))
    return told if _CALL.fullmatch(told) else ""


def fingerprint(told: str) -> str:
    """A certificate's SHA-256 fingerprint in small hexadecimal digits, or "".

    Takes the fingerprint itself, with or without colons, a certificate as RFC 9440 has it in
    `Client-Cert` (base64 between colons), or in PEM, percent-encoded or not; of a chain the first.
    """
    bare = told.strip().replace(":", "")
    if _FINGERPRINT.fullmatch(bare.lower()):
        return bare.lower()
    pem = _PEM.search(unquote(told))
    if pem:
        encoded = "".join(pem[1].split())
    elif bare and told.strip() == f":{bare}:":
        encoded = bare
    else:
        return ""
    try:
        return hashlib.sha256(base64.b64decode(encoded, validate=True)).hexdigest()
    except ValueError:
        return ""


def _certificate(request: HttpRequest) -> str:
    header = settings.CLIENT_CERTIFICATE_HEADER
    return fingerprint(request.headers.get(header, "")) if header else ""


def _xroad(request: HttpRequest, header: str) -> str:
    """What a security server says; "" from anybody else."""
    address = address_of(request)
    if not address or not any(ip_address(address) in network for network in settings.XROAD_SERVERS):
        return ""
    return request.headers.get(header, "").strip()


def _parts(identifier: str) -> list[str]:
    """The parts of an identifier of X-Road, each decoded by itself: a slash inside one is no border."""
    return [unquote(part) for part in identifier.split("/")]
