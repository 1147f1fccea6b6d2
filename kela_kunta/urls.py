"""Every address of the site."""

from django.urls import include, path

from kela_kunta import audit, health, home

urlpatterns = [
    path("", home.start, name="home"),
    path("accounts/", include("allauth.urls")),
    path("referrals/", include("referrals.pages.urls")),
    path("stats/", include("stats.pages.urls")),
    path("audit/", audit.audit, name="audit"),
    path("audit/person/", audit.person, name="audit_person"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
