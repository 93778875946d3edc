"""What beat rings: when each job last ran and when it runs next, for the administrator."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery.schedules import crontab
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ehr.celery import SCHEDULE
from ehr.health.models import Heartbeat

TITLES: dict[str, Any] = {
    "ehr.record.tasks.relay": _("Carry events to their subscribers"),
    "ehr.record.tasks.seal": _("Seal the record"),
    "ehr.deadlines.tasks.sweep": _("Remind and escalate"),
    "ehr.deadlines.tasks.ask_for_calendar": _("Ask for next year's calendar"),
    "ehr.documents.tasks.sweep": _("Make papers"),
    "ehr.health.tasks.beat": _("Heartbeat"),
    "ehr.once.tasks.forget": _("Forget old answers"),
    "employees.tasks.advance_imports": _("Go on with imports"),
    "employees.tasks.open_accounts": _("Open the accounts asked for"),
    "handover.tasks.run_transfers": _("Move what leavers have in flight"),
    "offboarding.tasks.keep_clock": _("Acknowledge, end and close by the calendar"),
    "offboarding.tasks.make_packs": _("Make evidence packs"),
    "offboarding.tasks.recount": _("Go through the exits after a figure changed"),
    "integrations.tasks.sweep": _("Carry out effects in other systems"),
    "integrations.tasks.check_health": _("Ask the connections how they are"),
    "integrations.tasks.reconcile": _("Compare with the other systems"),
    "performance.tasks.open_periods": _("Open the month's and the quarter's scorecards"),
    "analytics.tasks.score": _("Score attrition risk"),
}
NOTED_EVERY = 30.0
LATE_AFTER = timedelta(minutes=2)
_noted: dict[str, float] = {}


@dataclass(frozen=True)
class Job:
    title: Any
    seconds: float | None
    """None for a time of the day."""
    last: datetime | None
    next: datetime
    is_late: bool


def note_run(task: str) -> None:
    """At most twice a minute per process: some jobs run every two seconds."""
    now = time.monotonic()
    if task in SCHEDULE and now - _noted.get(task, -NOTED_EVERY) >= NOTED_EVERY:
        _noted[task] = now
        Heartbeat.objects.update_or_create(name=task, defaults={"at": Now()})


def jobs() -> Iterator[Job]:
    last = dict(Heartbeat.objects.values_list("name", "at"))
    for task, rhythm in SCHEDULE.items():
        yield _job(task, rhythm, last.get(task), timezone.now())


def _job(task: str, rhythm: float | crontab, last: datetime | None, now: datetime) -> Job:
    title = TITLES.get(task, task)
    if isinstance(rhythm, crontab):
        due = now + rhythm.remaining_estimate(now)
        return Job(title, None, last, due, is_late=last is not None and now - last > timedelta(days=1) + LATE_AFTER)
    due = (last or now) + timedelta(seconds=rhythm)
    return Job(title, rhythm, last, max(due, now), is_late=last is None or now - last > LATE_AFTER)
