"""One reminder before, red and the ladder after; each once, whoever sweeps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from ehr import deadlines
from ehr.deadlines.models import Rung
from ehr.notices.models import Notice
from ehr.record.models import Event
from tests.deadlines.conftest import KIND, shanghai

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE = timedelta(minutes=1)


def told(kind):
    return sorted(Notice.objects.filter(kind=f"deadlines.{kind}").values_list("user__username", flat=True))


def rungs():
    return sorted(Rung.objects.values_list("name", flat=True))


def test_it_reminds_at_nine_of_the_last_working_day_before_due(opened):
    opened()

    assert deadlines.sweep(at=shanghai(19, 9) - MINUTE) == 0
    assert deadlines.sweep(at=shanghai(19, 9)) == 1
    assert told("reminder") == ["gu.chengyan"]
    assert deadlines.sweep(at=shanghai(19, 10)) == 0


def test_a_duty_of_one_day_is_reminded_four_hours_before(opened):
    opened(due_at=shanghai(19, 18))

    assert deadlines.sweep(at=shanghai(19, 14) - MINUTE) == 0
    assert deadlines.sweep(at=shanghai(19, 14)) == 1


def test_the_reminder_skips_a_weekend(opened, at):
    opened(due_at=shanghai(25, 18))

    assert deadlines.sweep(at=shanghai(22, 9)) == 1  # Friday, for Monday


def test_the_ladder_starts_only_after_due(opened, boss_of_head):
    opened()
    deadlines.sweep(at=shanghai(20, 18))

    assert "owner" not in rungs()
    assert deadlines.sweep(at=shanghai(20, 18) + MINUTE) == 1
    assert told("owner") == ["gu.chengyan"]
    assert Notice.objects.get(kind="deadlines.owner").urgent


def test_the_next_manager_hears_after_two_working_days_and_hr_after_two_more(opened, boss_of_head):
    opened()

    for day, expected in [(21, []), (22, ["lu.boss"])]:
        deadlines.sweep(at=shanghai(day, 18) + MINUTE)
        assert told("manager") == expected
    assert told("hr") == []
    deadlines.sweep(at=shanghai(26, 18) + MINUTE)
    assert told("hr") == ["song.zhiwei"]
    assert rungs() == ["hr", "manager", "owner"]


def test_a_late_sweep_takes_every_rung_it_missed_once(opened, boss_of_head):
    opened()

    assert deadlines.sweep(at=shanghai(30, 9)) == 3
    assert deadlines.sweep(at=shanghai(30, 9)) == 0


def test_without_a_manager_hr_hears_in_the_managers_place(opened):
    opened()
    deadlines.sweep(at=shanghai(22, 18) + MINUTE)

    assert told("manager") == ["song.zhiwei"]


def test_a_pool_is_reminded_where_it_is_nearest_and_its_head_hears_when_late(opened, cast, at):
    cast.shop.appoint(cast.head, by=None, at=at)
    opened(owner=None, role="it")
    deadlines.sweep(at=shanghai(19, 9))
    deadlines.sweep(at=shanghai(22, 18) + MINUTE)

    assert told("reminder") == ["fang.jibai"]
    assert told("manager") == ["gu.chengyan"]


def test_a_closed_duty_is_left_alone(opened, at):
    opened()
    deadlines.close(subject="tests.case:1", kind=KIND, by=None, at=at)

    assert deadlines.sweep(at=shanghai(30, 9)) == 0


def test_every_rung_is_an_event_of_the_case(opened, boss_of_head, cast):
    opened()
    deadlines.sweep(at=shanghai(22, 18) + MINUTE)

    found = Event.objects.filter(subject="tests.case:1").order_by("id")
    assert [event.kind for event in found if event.kind.startswith("deadlines.")] == [
        "deadlines.deadline.opened",
        "deadlines.deadline.missed",
        "deadlines.deadline.escalated",
    ]
    escalated = found.get(kind="deadlines.deadline.escalated")
    assert escalated.payload["told"] == [str(cast.boss.pk)]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_take_each_rung_once(opened, boss_of_head):
    for number in range(8):
        opened(key=str(number))

    def sweep(_):
        try:
            return deadlines.sweep(at=shanghai(30, 9))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(sweep, range(4)))

    assert taken == 24
    assert Rung.objects.count() == 24
    assert len(told("owner")) == 8
