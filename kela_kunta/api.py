"""The root of the REST API."""

from __future__ import annotations

from django.urls import include, path

from kela_kunta import directory

urlpatterns = [
    path("contacts/municipalities/", directory.Municipalities.as_view(), name="api-municipalities"),
    path("contacts/municipalities/<str:code>/", directory.OneMunicipality.as_view(), name="api-municipality"),
    path("referrals/", include("referrals.api.urls")),
]
