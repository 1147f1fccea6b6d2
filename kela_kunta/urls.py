"""Every address of the site."""

from allauth.account.views import login, logout, password_change, reauthenticate
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import TemplateView

from accounts.api import TokenView
from accounts.pages import language
from kela_kunta import audit, health, home

urlpatterns = [
    path("", home.start, name="home"),
    path("accounts/login/", login, name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", password_change, name="account_change_password"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/own/", login_required(TemplateView.as_view(template_name="account/own.html")), name="account_own"),
    path("accounts/language/", language.choose, name="set_language"),
    path("referrals/", include("referrals.pages.urls")),
    path("contacts/", include("contacts.pages.urls")),
    path("stats/", include("stats.pages.urls")),
    path("api/v1/", include("kela_kunta.api")),
    path("api/pxweb/", include("stats.pxweb.urls")),
    path("oauth2/token/", TokenView.as_view(), name="token"),
    path("audit/", audit.audit, name="audit"),
    path("audit/person/", audit.person, name="audit_person"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
