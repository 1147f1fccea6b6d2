from django.urls import path

from referrals.pages import alerts, attachments, messaging, moving, one, printing, sending, worklists

app_name = "referrals"
urlpatterns = [
    path("", worklists.worklist, name="worklist"),
    path("search/", worklists.search, name="search"),
    path("bulk/", worklists.bulk, name="bulk"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/runs/<uuid:run_id>/", alerts.run, name="alert_run"),
    path("alerts/imports/<uuid:import_id>/", alerts.months_import, name="alert_import"),
    path("new/", sending.choose, name="choose"),
    path("new/<slug:slug>/", sending.compose, name="new"),
    path("<uuid:referral_id>/", one.referral, name="one"),
    path("<uuid:referral_id>/print/", printing.pdf, name="print"),
    path("<uuid:referral_id>/messages/", messaging.write, name="message"),
    path("<uuid:referral_id>/notes/", messaging.note, name="note"),
    path("<uuid:referral_id>/attachments/all/", attachments.archive, name="files"),
    path("<uuid:referral_id>/attachments/<slug:sha256>/", attachments.file, name="file"),
    path("<uuid:referral_id>/<slug:move>/", moving.move, name="move"),
]
