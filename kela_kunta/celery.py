"""The Celery application: it wakes workers up, nothing more."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kela_kunta.settings")

app = Celery("kela_kunta")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
