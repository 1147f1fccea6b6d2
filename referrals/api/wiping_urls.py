"""The address of the call about test data, below /api/v1/test-data/."""

from django.urls import path

from referrals.api import wiping

urlpatterns = [
    path("", wiping.WipeTestData.as_view(), name="api-test-data"),
]
