"""Everything that can go wrong for a reason that the caller should know (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
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

    def __init__(self, detail: Text = "", *, errors: Iterable[FieldError] = (), **members: Any) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.errors = list(errors)
        self.members = members

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


class Invalid(Problem):
    """Some field cannot be accepted; nothing was stored."""

    status, code, title = 422, "invalid", _("Some fields need mending.")


class NotFound(Problem):
    """Unknown, or not for this caller: the two look alike."""

    status, code, title = 404, "not_found", _("There is no such thing, or it is not yours to see.")


class NotAllowed(Problem):
    """The caller is known, but this is not theirs to do."""

    status, code, title = 403, "not_allowed", _("You may not do this.")


class MoveForbidden(Problem):
    """The life cycle has no such move from the present status."""

    status, code, title = 409, "move_forbidden", _("This cannot be done in the referral's present status.")


class Stale(Problem):
    """Somebody was faster: the referral is not the version that the caller read."""

    status, code, title = 412, "stale", _("The referral has changed since you read it.")


class VersionRequired(Problem):
    """A move without `If-Match`."""

    status, code, title = 428, "version_required", _("Say which version you read, in If-Match.")


class KeyReused(Problem):
    """The idempotency key came before with other content."""

    status, code, title = 422, "key_reused", _("This idempotency key was used before for another referral.")


class KeyRequired(Problem):
    """A sending without `Idempotency-Key`."""

    status, code, title = 400, "key_required", _("Send an Idempotency-Key, so that a retry cannot send twice.")


class NotJson(Problem):
    """The body cannot be read at all."""

    status, code, title = 400, "parse_error", _("The body is not JSON.")


class BadParameters(Problem):
    """Something behind the `?` of the address is unknown or cannot be understood."""

    status, code, title = 400, "bad_parameters", _("The address asks for something that cannot be understood.")


class NotAuthenticated(Problem):
    """Nobody said who calls."""

    status, code, title = 401, "not_authenticated", _("Send an access token.")


class BadToken(Problem):
    """The access token is wrong, too old, or its client may not log in any more."""

    status, code, title = 401, "bad_token", _("The access token is not valid, or not any more. Fetch a new one.")


class ScopeMissing(Problem):
    """The access token was given for other things."""

    status, code, title = 403, "scope_missing", _("The access token does not reach to this.")


class MethodNotAllowed(Problem):
    """The address is right, the method is not."""

    status, code, title = 405, "method_not_allowed", _("This cannot be done at this address.")


class NotAcceptable(Problem):
    """The caller wants another format than there is."""

    status, code, title = 406, "not_acceptable", _("There is no answer in a format that you accept.")


class LengthRequired(Problem):
    """The body comes without its length."""

    status, code, title = 411, "length_required", _("Send the body's length, in Content-Length.")


class TooLarge(Problem):
    """The body is larger than the site takes."""

    status, code, title = 413, "too_large", _("This is larger than 10 MB.")


class MediaTypeUnknown(Problem):
    """The body is in another format than the call takes."""

    status, code, title = 415, "media_type_unknown", _("Send the body in the format that this call takes.")


class TooMany(Problem):
    """The caller calls too often."""

    status, code, title = 429, "too_many", _("Too many calls. Wait a moment.")


class Broken(Problem):
    """Our own fault; nothing of what was sent has been stored."""

    status, code, title = 500, "broken", _("Something went wrong here. Nothing was stored. Try again later.")


_BY_STATUS = {
    problem.status: problem
    for problem in (
        Problem,
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
    problem = _BY_STATUS.get(status, Broken if status >= 500 else Problem)()
    problem.status = status
    return problem
