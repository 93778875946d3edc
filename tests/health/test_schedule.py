"""The administrator sees when each job last ran and runs next; a job that stopped is red."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ehr.celery import SCHEDULE
from ehr.health import schedule
from ehr.health.models import Heartbeat
from tests.access.cast import sign_in


@pytest.fixture(autouse=True)
def _nothing_noted(monkeypatch):
    monkeypatch.setattr(schedule, "_noted", {})


def test_every_job_of_the_schedule_has_words():
    assert set(SCHEDULE) <= set(schedule.TITLES)


def test_a_run_is_noted_once_within_half_a_minute(db, django_assert_num_queries):
    schedule.note_run("ehr.record.tasks.seal")

    with django_assert_num_queries(0):
        schedule.note_run("ehr.record.tasks.seal")

    assert Heartbeat.objects.filter(name="ehr.record.tasks.seal").count() == 1


def test_what_beat_does_not_ring_is_not_noted(db):
    schedule.note_run("demo.tasks.seed_history")

    assert not Heartbeat.objects.exists()


def test_a_job_that_stopped_is_late_and_one_that_ran_is_not(db):
    schedule.note_run("ehr.record.tasks.seal")
    Heartbeat.objects.create(name="ehr.deadlines.tasks.sweep", at=timezone.now() - timedelta(minutes=5))

    late = {str(job.title): job.is_late for job in schedule.jobs()}

    assert late[str(schedule.TITLES["ehr.deadlines.tasks.sweep"])]
    assert not late[str(schedule.TITLES["ehr.record.tasks.seal"])]


def test_a_daily_job_runs_next_within_a_day(db):
    scoring = next(job for job in schedule.jobs() if job.title == schedule.TITLES["analytics.tasks.score"])

    assert timezone.now() < scoring.next <= timezone.now() + timedelta(days=1, minutes=1)


def test_the_page_shows_every_job(cast, django_assert_max_num_queries):
    client = sign_in(cast.admin)

    with django_assert_max_num_queries(6):
        page = client.get(reverse("schedule"))

    assert page.status_code == 200
    assert all(str(schedule.TITLES[task]) in page.content.decode() for task in SCHEDULE)
