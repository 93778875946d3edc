"""The doorbell. PostgreSQL holds the truth; a lost, repeated or reordered message changes nothing."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ehr.settings")

app = Celery("ehr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
