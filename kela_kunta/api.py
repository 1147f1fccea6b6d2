"""The root of the REST API."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("referrals/", include("referrals.api.urls")),
]
