"""Everything that can go wrong for a reason that the caller should know (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field: `pointer` is a JSON pointer into the body, such as `#/client/identity_code`."""

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
