"""Everything that can go wrong for a reason that the caller should know (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field: `pointer` is a JSON pointer into the body, such as `#/client/identity_code`.

    A fault of the address stands at its parameter, such as `?cursor`.
    """

    pointer: str
    code: str
    detail: Text


class Problem(Exception):
    """A refusal with a stable code, an HTTP status and a sentence for people."""

    status: int = 400
    code: str = "bad_request"
    title: Text = _("The request could not be understood.")
    remedy: str = ""  # what a caller of the API does about it, in English; "" for what the API never tells

    def __init__(self, detail: Text = "", *, errors: Iterable[FieldError] = (), **members: Any) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.errors = list(errors)
        self.members = members

    def lie_in(self, place: str) -> None:
        """The errors lie in an item at `place` ("#/items/3") of a longer list: their pointers begin there."""
        self.errors = [replace(error, pointer=place + error.pointer.removeprefix("#")) for error in self.errors]

    def body(self) -> dict[str, Any]:
        """The problem-details object; texts in the language active now."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": str(self.title),
            "status": self.status,
            "code": self.code,
        }
        if self.detail:
            body["detail"] = str(self.detail)
        if self.errors:
            body["errors"] = [asdict(error) | {"detail": str(error.detail)} for error in self.errors]
        return body | self.members

    def response(self) -> JsonResponse:
        """The problem as it leaves, in the language active now."""
        return JsonResponse(self.body(), status=self.status, content_type=MEDIA_TYPE)


class BadRequest(Problem):
    """The request as a whole is wrong, such as its host or its length."""

    remedy = "Check the address, the host and the headers. Do not repeat it unchanged."


class Invalid(Problem):
    """Some field cannot be accepted; nothing was stored."""

    status, code, title = 422, "invalid", _("Some fields need mending.")
    remedy = "Mend the fields that `errors` names and send again, with the same idempotency key."


class NotFound(Problem):
    """Unknown, or not for this caller: the two look alike."""

    status, code, title = 404, "not_found", _("There is no such thing, or it is not yours to see.")
    remedy = "Check the address and the id. Do not repeat it unchanged."


class NotAllowed(Problem):
    """The caller is known, but this is not theirs to do."""

    status, code, title = 403, "not_allowed", _("You may not do this.")
    remedy = "Leave it: another client or another authority may do this."


class MoveForbidden(Problem):
    """The life cycle has no such move from the present status."""

    status, code, title = 409, "move_forbidden", _("This cannot be done in the referral's present status.")
    remedy = "Read the referral again; its status says which moves there are."


class Stale(Problem):
    """Somebody was faster: the referral is not the version that the caller read."""

    status, code, title = 412, "stale", _("The referral has changed since you read it.")
    remedy = "Read the referral again, look at what has changed, and send the move with its new ETag."


class VersionRequired(Problem):
    """A move without `If-Match`."""

    status, code, title = 428, "version_required", _("Say which version you read, in If-Match.")
    remedy = "Send the ETag that came with the referral as `If-Match`."


class KeyReused(Problem):
    """The idempotency key came before with other content."""

    status, code, title = 422, "key_reused", _("This idempotency key was used before for another referral.")
    remedy = "Repeat the first body unchanged, or send the other referral with a key of its own."


class KeyRequired(Problem):
    """A sending without `Idempotency-Key`."""

    status, code, title = 400, "key_required", _("Send an Idempotency-Key, so that a retry cannot send twice.")
    remedy = "Make a key for each referral, keep it with the referral, and send it with every try."


class NotJson(Problem):
    """The body cannot be read at all."""

    status, code, title = 400, "parse_error", _("The body is not JSON.")
    remedy = "Mend how the body is made; `detail` tells the place."


class BadParameters(Problem):
    """Something behind the `?` of the address is unknown or cannot be understood."""

    status, code, title = 400, "bad_parameters", _("The address asks for something that cannot be understood.")
    remedy = "Mend the parameters that `errors` names."


class NotAuthenticated(Problem):
    """Nobody said who calls."""

    status, code, title = 401, "not_authenticated", _("Send an access token.")
    remedy = "Fetch an access token and send it as `Authorization: Bearer …`."


class BadToken(Problem):
    """The access token is wrong, too old, or its client may not log in any more."""

    status, code, title = 401, "bad_token", _("The access token is not valid, or not any more. Fetch a new one.")
    remedy = "Fetch a new access token and call again, once."


class CertificateWrong(Problem):
    """The client is bound to a certificate, and the call came without it."""

    status, code, title = 401, "certificate_wrong", _("Call with the certificate that this client is bound to.")
    remedy = "Call by mutual TLS with the client's own certificate, for the token as well."


class XRoadClientWrong(Problem):
    """The client is bound to a subsystem of X-Road, and the call came another way."""

    status, code, title = 403, "xroad_client_wrong", _("This client may only call through its own subsystem of X-Road.")
    remedy = "Call through X-Road as the subsystem that the client is bound to, for the token as well."


class ScopeMissing(Problem):
    """The access token was given for other things."""

    status, code, title = 403, "scope_missing", _("The access token does not reach to this.")
    remedy = "Ask for the scope with the token; if the client may not have it, ask Kela's administrator."


class MethodNotAllowed(Problem):
    """The address is right, the method is not."""

    status, code, title = 405, "method_not_allowed", _("This cannot be done at this address.")
    remedy = "Use one of the methods that `Allow` names."


class NotAcceptable(Problem):
    """The caller wants another format than there is."""

    status, code, title = 406, "not_acceptable", _("There is no answer in a format that you accept.")
    remedy = "Send `Accept: application/json`, or a format that the call offers."


class LengthRequired(Problem):
    """The body comes without its length."""

    status, code, title = 411, "length_required", _("Send the body's length, in Content-Length.")
    remedy = "Send `Content-Length`; chunked bodies are not taken."


class TooLarge(Problem):
    """The body is larger than the site takes."""

    status, code, title = 413, "too_large", _("This is larger than 10 MB.")
    remedy = "Send less at once: smaller batches, smaller files."


class MediaTypeUnknown(Problem):
    """The body is in another format than the call takes."""

    status, code, title = 415, "media_type_unknown", _("Send the body in the format that this call takes.")
    remedy = "Send `Content-Type: application/json`, for a file its own."


class TooMany(Problem):
    """The caller calls too often."""

    status, code, title = 429, "too_many", _("Too many calls. Wait a moment.")
    remedy = "Wait as many seconds as `Retry-After` says; `RateLimit` tells in every answer what is left."


class Broken(Problem):
    """Our own fault; nothing of what was sent has been stored."""

    status, code, title = 500, "broken", _("Something went wrong here. Nothing was stored. Try again later.")
    remedy = "Try again later with the same idempotency key, first in some seconds, then ever more rarely."


_BY_STATUS = {
    problem.status: problem
    for problem in (
        BadRequest,
        NotAuthenticated,
        NotAllowed,
        NotFound,
        MethodNotAllowed,
        NotAcceptable,
        LengthRequired,
        TooLarge,
        MediaTypeUnknown,
        TooMany,
        Broken,
    )
}


def problem_for(status: int) -> Problem:
    """The problem that an error of this HTTP status is when nothing more is known of it."""
    problem = _BY_STATUS.get(status, Broken if status >= 500 else BadRequest)()
    problem.status = status
    return problem
