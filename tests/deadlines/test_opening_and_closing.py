"""A duty is opened once, seen by whoever it waits for, and closed once."""

from datetime import timedelta

import pytest

from ehr import deadlines
from ehr.deadlines.models import Deadline
from ehr.record.models import Event
from tests.deadlines.conftest import KIND, shanghai

pytestmark = pytest.mark.django_db


def kinds():
    return list(Event.objects.filter(subject="tests.case:1").order_by("id").values_list("kind", flat=True))


def test_it_waits_for_its_owner_and_nobody_else(opened, cast):
    deadline = opened()

    assert list(Deadline.objects.waiting_for(cast.head)) == [deadline]
    for other in (cast.boss, cast.stranger, cast.it_east):
        assert not Deadline.objects.waiting_for(other).exists()


def test_a_role_in_a_unit_waits_for_those_who_hold_it_there_or_above(opened, cast):
    opened(owner=None, role="it")

    assert Deadline.objects.waiting_for(cast.it_east).exists()
    assert Deadline.objects.waiting_for(cast.it_group).exists()
    assert not Deadline.objects.waiting_for(cast.it_west).exists()
    assert not Deadline.objects.waiting_for(cast.hrbp).exists()


def test_opening_twice_gives_the_open_one_and_one_event(opened):
    first, second = opened(), opened()

    assert first.pk == second.pk
    assert kinds() == ["deadlines.deadline.opened"]


def test_another_key_is_another_duty(opened):
    assert opened(key="a").pk != opened(key="b").pk


def test_closing_closes_every_key_and_says_so(opened, cast, at):
    opened(key="a")
    opened(key="b")

    closed = deadlines.close(subject="tests.case:1", kind=KIND, by=cast.head, at=at)

    assert closed == 2
    assert not Deadline.objects.waiting_for(cast.head).exists()
    assert set(Deadline.objects.values_list("outcome", "closed_by", "closed_at")) == {("done", cast.head.pk, at)}
    assert kinds().count("deadlines.deadline.closed") == 2


def test_closing_one_key_leaves_the_other(opened, cast, at):
    opened(key="a")
    opened(key="b")

    assert deadlines.close(subject="tests.case:1", kind="tests.*", key="a", by=None, at=at, outcome="cancelled") == 1
    assert Deadline.objects.waiting_for(cast.head).get().key == "b"


def test_closing_what_is_closed_changes_nothing(opened, at):
    opened()
    deadlines.close(subject="tests.case:1", kind=KIND, by=None, at=at)

    assert deadlines.close(subject="tests.case:1", kind=KIND, by=None, at=at + timedelta(days=1)) == 0


def test_a_closed_duty_can_be_opened_anew(opened, at):
    first = opened()
    deadlines.close(subject="tests.case:1", kind=KIND, by=None, at=at)

    assert opened().pk != first.pk


def test_moving_starts_the_reminder_anew(opened, at):
    deadline = opened()
    deadline.rungs.create(name="reminder", at=at)

    moved = deadlines.move(subject="tests.case:1", kind=KIND, due_at=shanghai(22, 18), by=None, at=at)

    assert moved == 1
    assert Deadline.objects.get().due_at == shanghai(22, 18)
    assert not deadline.rungs.exists()
    assert deadlines.move(subject="tests.case:1", kind=KIND, due_at=shanghai(22, 18), by=None, at=at) == 0


def test_handing_over_keeps_the_due_time(opened, cast, at):
    deadline = opened()

    deadlines.hand_over(deadline, to=cast.boss, by=cast.head, at=at)

    assert Deadline.objects.waiting_for(cast.boss).get().due_at == deadline.due_at
    assert not Deadline.objects.waiting_for(cast.head).exists()
    assert kinds()[-1] == "deadlines.deadline.handed_over"


def test_somebody_takes_a_duty_out_of_the_pool(opened, cast, at):
    deadline = opened(owner=None, role="it")

    deadlines.hand_over(deadline, to=cast.it_east, by=cast.it_east, at=at)

    assert not Deadline.objects.waiting_for(cast.it_group).exists()


def test_the_words_come_from_the_kind(opened):
    deadline = opened()

    assert deadline.title == "Approve the exit of 周远航"
    assert deadline.why == "since "


@pytest.mark.parametrize(
    ("days", "started", "due"),
    [
        (1, shanghai(18, 10), shanghai(19, 18)),
        (2, shanghai(18, 23), shanghai(20, 18)),  # the hour does not count
        (1, shanghai(22, 10), shanghai(25, 18)),  # over a weekend
        (2, shanghai(30, 10, month=4), shanghai(7, 18)),  # Labour Day: 1 to 5 May are off
    ],
)
def test_due_in_working_days(cast, days, started, due):
    assert deadlines.due_in(working_days=days, at=started) == due
