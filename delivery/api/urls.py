"""The addresses of the calls that tell systems what happened."""

from django.urls import path

from delivery.api import feed

urlpatterns = [
    path("inbox/changes/", feed.Changes.as_view(), name="api-changes"),
]
