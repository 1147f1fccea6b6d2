"""The addresses of the calls about assistance paid, below /api/v1/assistance-months/."""

from django.urls import path

from referrals.api import assistance

urlpatterns = [
    path("batch/", assistance.AssistanceMonths.as_view(), name="api-assistance-months"),
]
