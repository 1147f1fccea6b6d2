"""How people log in: by user name and password with a second factor; nobody signs up by themselves."""

from __future__ import annotations

import base64
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kela_kunta.base import sealed


class AccountAdapter(DefaultAccountAdapter):
    """allauth without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor, its secrets kept encrypted: who reads the database cannot make the codes."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(sealed.seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(base64.b64decode(encrypted_text))


class SecondFactorMiddleware:
    """Whoever has no second factor yet sets one up before anything else, where it is required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        missing = (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and not request.path_info.startswith("/accounts/")
            and not is_mfa_enabled(request.user)
        )
        if missing:
            messages.info(request, _("Set up a second factor first."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)
