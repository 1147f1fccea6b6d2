"""The addresses of the calls about referrals, below /api/v1/referrals/."""

from django.urls import path

from referrals.api import attaching, messaging, receiving, views

urlpatterns = [
    path("", views.Referrals.as_view(), name="api-referrals"),
    path("batch/", views.Batch.as_view(), name="api-batch"),
    path("<uuid:referral_id>/", views.OneReferral.as_view(), name="api-referral"),
    path("<uuid:referral_id>/decision/", views.Decision.as_view(), name="api-decision"),
    path("<uuid:referral_id>/withdraw/", views.Withdraw.as_view(), name="api-withdraw"),
    path("<uuid:referral_id>/acknowledge/", views.Acknowledge.as_view(), name="api-acknowledge"),
    path("<uuid:referral_id>/start/", views.Start.as_view(), name="api-start"),
    path("<uuid:referral_id>/return/", views.Return.as_view(), name="api-return"),
    path("<uuid:referral_id>/transfer/", views.Transfer.as_view(), name="api-transfer"),
    path("<uuid:referral_id>/messages/", messaging.Messages.as_view(), name="api-messages"),
    path("<uuid:referral_id>/messages/read/", messaging.MessagesReadView.as_view(), name="api-messages-read"),
    path("<uuid:referral_id>/receipt/", receiving.GiveReceipt.as_view(), name="api-receipt"),
    path("<uuid:referral_id>/attachments/", attaching.Attachments.as_view(), name="api-attachments"),
    path("<uuid:referral_id>/attachments/all/", attaching.AttachmentsArchive.as_view(), name="api-archive"),
    path("<uuid:referral_id>/attachments/<slug:sha256>/", attaching.AttachmentFile.as_view(), name="api-attachment"),
    path("<uuid:referral_id>/close/", views.Close.as_view(), name="api-close"),
]
