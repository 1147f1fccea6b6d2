from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.i18n import set_language

from accounts.actions.choosing import choose_language


def choose(request: HttpRequest) -> HttpResponseBase:
    """The pages are in the chosen language from now on; of who is logged in it is remembered, for letters."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.actor and language in dict(settings.LANGUAGES):
        choose_language(language, by=request.actor)
    return set_language(request)
