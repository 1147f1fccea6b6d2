"""The addresses of the calls about an authority's inbox as a whole, below /api/v1/inbox/."""

from django.urls import path

from referrals.api import reconciling

urlpatterns = [
    path("reconcile/", reconciling.Reconcile.as_view(), name="api-reconcile"),
]
