"""The doorbell. PostgreSQL holds the truth; a lost, repeated or reordered message changes nothing."""

import os
import sys
import warnings
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init
from django.core.exceptions import ImproperlyConfigured

from ehr import production

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ehr.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # Django's checks of the code read every page; CI has run them

if os.environ.get("EHR_DEMO") == "1":  # a demo may be run by root; the image of docker-compose.yml is not
    warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("ehr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Task: seconds between two rings, or the time of day in Shanghai.
SCHEDULE: dict[str, float | crontab] = {
    "ehr.record.tasks.relay": 2,
    "ehr.record.tasks.seal": 5,
    "ehr.deadlines.tasks.sweep": 60,
    "ehr.documents.tasks.sweep": 30,
    "ehr.health.tasks.beat": 2,
    "employees.tasks.advance_imports": 10,
    "employees.tasks.open_accounts": 10,
    "handover.tasks.run_transfers": 60,
    "offboarding.tasks.keep_clock": 60,
    "offboarding.tasks.make_packs": 5,
    "offboarding.tasks.recount": 10,
    "integrations.tasks.sweep": 2,
    "integrations.tasks.check_health": 60,
    "ehr.deadlines.tasks.ask_for_calendar": crontab(hour=8, minute=0),
    "integrations.tasks.reconcile": crontab(hour=3, minute=0),
    "performance.tasks.open_periods": crontab(hour=1, minute=0),
    "analytics.tasks.score": crontab(hour=2, minute=0),
}


def _entry(task: str, schedule: float | crontab) -> dict[str, Any]:
    """A ring nobody heard is worth nothing once the next one has rung."""
    expires = 6 * 3600 if isinstance(schedule, crontab) else max(schedule, 5)
    return {"task": task, "schedule": schedule, "options": {"expires": expires, "ignore_result": True}}


app.conf.beat_schedule = {task: _entry(task, schedule) for task, schedule in SCHEDULE.items()}


@celeryd_init.connect
def _check_worker(**_: Any) -> None:
    _refuse_without(production.OF_THE_WORKER)


@beat_init.connect
def _check_beat(**_: Any) -> None:
    _refuse_without(production.REQUIRED)


def _refuse_without(secrets: tuple[str, ...]) -> None:
    """What a receiver raises is only logged by Celery, and the process would go on."""
    try:
        production.refuse_without_secrets(secrets)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
