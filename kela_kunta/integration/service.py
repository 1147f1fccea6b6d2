"""The service as another system sees it: the public API over HTTP, and nothing of the product behind it."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

import httpx
from django.core.management.base import CommandError

SECRET = "KELA_KUNTA_SECRET"  # noqa: S105 - the name of an environment variable
TRIES = 5
LONGEST_WAIT = 60  # seconds
_AGAIN = frozenset({429, 502, 503, 504})


class Refused(Exception):
    """The service said no; `status` and `code` are those of its problem."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        is_problem = response.headers.get("Content-Type", "").startswith("application/problem+json")
        self.code: str = response.json()["code"] if is_problem else ""
        super().__init__(f"{self.status} {self.code}".strip())


class Service:
    """Calls as one API client. A call that may be made twice is made again while the service is busy or away."""

    def __init__(self, url: str, client: str, secret: str) -> None:
        self._login = (client, secret)
        self._good_until = 0.0
        self._http = httpx.Client(base_url=url.rstrip("/") + "/", timeout=30)

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *raised: object) -> None:
        self._http.close()

    def call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **content: Any) -> httpx.Response:
        """The answer of `path`, which begins after /api/v1/. Calls are idempotent by their key, their If-Match or nature.

        Raises:
            Refused: an answer of 400 or more, after `TRIES` where trying again makes sense.
            httpx.TransportError: the service cannot be reached.
        """
        for tried in range(1, TRIES + 1):
            try:
                self._keep_token()
                answer = self._http.request(method, f"api/v1/{path}", headers=headers, **content)
            except httpx.TransportError:
                if tried == TRIES:
                    raise
                time.sleep(2**tried / 10)
                continue
            if answer.status_code in _AGAIN and tried < TRIES:
                time.sleep(_wait(answer, tried))
                continue
            break
        if answer.is_error:
            raise Refused(answer)
        return answer

    def _keep_token(self) -> None:
        """Ask for a token, and for another a while before it ends."""
        if time.monotonic() >= self._good_until:
            answer = self._http.post("oauth2/token/", auth=self._login, data={"grant_type": "client_credentials"})
            if answer.is_error:
                raise Refused(answer)
            token = answer.json()
            self._good_until = time.monotonic() + token["expires_in"] * 0.8
            self._http.headers["Authorization"] = f"Bearer {token['access_token']}"


def _wait(answer: httpx.Response, tried: int) -> float:
    """Seconds: what `Retry-After` asks for, else longer after every try."""
    asked = answer.headers.get("Retry-After", "")
    return float(min(int(asked), LONGEST_WAIT)) if asked.isdigit() else 2**tried / 10


def add_arguments(parser: ArgumentParser, *, client: str) -> None:
    """Where the service is and who calls; the secret comes from the environment, where other processes cannot read it."""
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="The service; %(default)s by default.")
    parser.add_argument(client, dest="client", required=True, help=f"The API client's id; its secret is in {SECRET}.")
    parser.add_argument("--json", action="store_true", help="Print the result for a program.")


def secret_of_client() -> str:
    """The client's secret, which is no setting of this installation: the service may be another one.

    Raises:
        CommandError: there is none.
    """
    if not (secret := os.environ.get(SECRET, "")):
        raise CommandError(f"Put the client's secret into the environment variable {SECRET}.")
    return secret


def service_of(options: dict[str, Any]) -> Service:
    """The service that the options name.

    Raises:
        CommandError: there is no secret.
    """
    return Service(options["url"], options["client"], secret_of_client())
