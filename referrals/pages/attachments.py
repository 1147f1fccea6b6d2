"""Taking the files of a referral from its page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.models import Look
from accounts.pages import for_roles
from kela_kunta.base.problems import NotFound
from referrals.downloads import archive_response, file_response
from referrals.pages.filters import INBOX, KELA
from referrals.queries.attachments import archive_for, file_for


@for_roles(*KELA, *INBOX)
@require_safe
def file(request: HttpRequest, referral_id: UUID, sha256: str) -> HttpResponse:
    """One file."""
    try:
        return file_response(file_for(request.actor, referral_id, sha256, look=Look.VIEW))
    except NotFound as error:
        raise Http404 from error


@for_roles(*KELA, *INBOX)
@require_safe
def archive(request: HttpRequest, referral_id: UUID) -> HttpResponseBase:
    """All files as one archive."""
    try:
        return archive_response(referral_id, archive_for(request.actor, referral_id, look=Look.VIEW))
    except NotFound as error:
        raise Http404 from error
