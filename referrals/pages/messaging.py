"""Writing to the other side on a referral's page, and noting something for one's own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.pages import for_roles
from kela_kunta.base.problems import Invalid, NotFound
from referrals.actions import messaging
from referrals.pages import one
from referrals.pages.filters import INBOX, KELA


@for_roles(*KELA, *INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """A message to the other side."""
    return _add(request, referral_id, messaging.write_message, field="message", done=_("The message is sent."))


@for_roles(*KELA, *INBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """A note that the other side never sees."""
    return _add(request, referral_id, messaging.note, field="note", done=_("The note is kept."))


def _add(
    request: HttpRequest, referral_id: UUID, action: Callable[..., object], *, field: str, done: str | Promise
) -> HttpResponse:
    """What was typed into `field`, by its action; a reader who comes here by address is led to the referral."""
    if request.method == "POST":
        typed = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")
        try:
            action(referral_id, by=request.actor, text=typed)
        except NotFound as error:
            raise Http404 from error
        except Invalid as problem:
            referral = one.referral_or_404(request.actor, referral_id)
            return one.page(request, referral, typed={field: typed, f"{field}_error": str(problem.errors[0].detail)})
        messages.success(request, str(done))
    return redirect("referrals:one", referral_id)
