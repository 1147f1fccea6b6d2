"""The addresses of the calls that tell systems what happened."""

from django.urls import path

from delivery.api import feed, webhooks

urlpatterns = [
    path("inbox/changes/", feed.Changes.as_view(), name="api-changes"),
    path("webhooks/", webhooks.Webhooks.as_view(), name="api-webhooks"),
    path("webhooks/<uuid:webhook_id>/", webhooks.OneWebhook.as_view(), name="api-webhook"),
    path("webhooks/<uuid:webhook_id>/rotate/", webhooks.Rotate.as_view(), name="api-rotate"),
    path("webhooks/<uuid:webhook_id>/resume/", webhooks.Resume.as_view(), name="api-resume"),
    path("webhooks/<uuid:webhook_id>/deliveries/", webhooks.Deliveries.as_view(), name="api-deliveries"),
    path(
        "webhooks/<uuid:webhook_id>/deliveries/<uuid:delivery_id>/resend/",
        webhooks.Resend.as_view(),
        name="api-resend",
    ),
]
