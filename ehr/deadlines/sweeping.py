"""Looks at what is due and takes the rungs that are reached. Any number of sweeps at once do each rung once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ehr import notices, record
from ehr.clock import LEGAL_ZONE
from ehr.deadlines import ladder
from ehr.deadlines.events import (
    DeadlineEscalated,
    DeadlineFact,
    DeadlineMessaged,
    DeadlineMissed,
    DeadlineReminded,
)
from ehr.deadlines.models import Deadline, Rung
from ehr.lib.workdays import add_working_days, working_day_before, working_days_between
from ehr.notices import channels
from ehr.units.calendars import workday_rule

REMINDER_HOUR = time(9)
SHORT_NOTICE = timedelta(hours=4)
LOOK_AHEAD = timedelta(days=40)  # longer than any row of days off, so that the reminder before one is not missed


@dataclass(frozen=True)
class Step:
    """One rung: when it is reached, who is told, and which fact it becomes."""

    name: Rung.Name
    reached_at: Callable[[Deadline], datetime]
    told: Callable[[Deadline], Sequence[Any]]
    is_urgent: bool


def remind_at(deadline: Deadline) -> datetime:
    """09:00 of the last working day before due; a duty of one working day: four hours before due."""
    rule = workday_rule()
    due_on, opened_on = _day(deadline.due_at), _day(deadline.opened_at)
    if working_days_between(opened_on, due_on, rule) <= 1:
        return deadline.due_at - SHORT_NOTICE
    return datetime.combine(working_day_before(due_on, rule), REMINDER_HOUR, LEGAL_ZONE)


def late_by(deadline: Deadline, rungs: int) -> datetime:
    return late_by_days(deadline, deadline.patience * rungs)


def late_by_days(deadline: Deadline, days: int) -> datetime:
    """The same hour, so many working days later."""
    due = deadline.due_at.astimezone(LEGAL_ZONE)
    return datetime.combine(add_working_days(due.date(), days, workday_rule()), due.timetz())


OWNER = Step(Rung.Name.OWNER, lambda deadline: deadline.due_at, ladder.owners, is_urgent=True)
MESSAGE = Step(
    Rung.Name.MESSAGE, lambda deadline: late_by_days(deadline, _half(deadline.patience)), ladder.owners, is_urgent=True
)
MANAGER = Step(Rung.Name.MANAGER, lambda deadline: late_by(deadline, 1), ladder.managers, is_urgent=True)
LADDERS = {
    Deadline.Ladder.FULL: (
        OWNER,
        MESSAGE,
        MANAGER,
        Step(Rung.Name.HR, lambda it: late_by(it, 2), ladder.hr, is_urgent=True),
    ),
    Deadline.Ladder.HR: (OWNER, MESSAGE, Step(Rung.Name.HR, lambda it: late_by(it, 1), ladder.hr, is_urgent=True)),
    Deadline.Ladder.OWNER: (OWNER,),
}
REMINDER = Step(Rung.Name.REMINDER, remind_at, ladder.owners, is_urgent=False)


def sweep(*, at: datetime) -> int:
    """Returns how many rungs were taken."""
    return sum(_take(deadline, step, at) for deadline, step in _reached(at))


def _reached(at: datetime) -> Iterator[tuple[Deadline, Step]]:
    by_message = channels.users_with(("sms", "im"))
    for deadline in _candidates(at):
        taken = {rung.name for rung in deadline.rungs.all()}
        if deadline.owner_id not in by_message:
            taken.add(Rung.Name.MESSAGE)
        for step in LADDERS[Deadline.Ladder(deadline.ladder)] if deadline.is_late(at) else (REMINDER,):
            if step.name not in taken and step.reached_at(deadline) <= at:
                yield deadline, step


def _candidates(at: datetime) -> Iterator[Deadline]:
    """Open duties that still have a rung before them."""
    coming = Q(due_at__gt=at, due_at__lte=at + LOOK_AHEAD) & ~Q(rungs__name=Rung.Name.REMINDER)
    overdue = Q(due_at__lte=at) & ~Q(rungs__name=Rung.Name.HR)
    overdue &= ~(Q(ladder=Deadline.Ladder.OWNER) & Q(rungs__name=Rung.Name.OWNER))
    rows = Deadline.objects.still_open().filter(coming | overdue).order_by("due_at")
    return rows.select_related("owner", "unit__head").prefetch_related("rungs").iterator(chunk_size=500)


@transaction.atomic
def _take(deadline: Deadline, step: Step, at: datetime) -> bool:
    """The lock waits for whoever closes, moves or sweeps it now; what they did is seen after it."""
    locked = Deadline.objects.select_for_update(of=("self",)).still_open()
    if locked.filter(pk=deadline.pk, due_at=deadline.due_at).first() is None:
        return False
    _, is_first = Rung.objects.get_or_create(deadline=deadline, name=step.name, defaults={"at": at})
    if is_first:
        _tell(deadline, step, at)
    return is_first


def _tell(deadline: Deadline, step: Step, at: datetime) -> None:
    told = step.told(deadline)
    record.emit(_fact(deadline, step, told), subject=deadline.subject, by=None, at=at)
    notices.tell(
        told,
        kind=f"deadlines.{step.name}",
        params={"title": deadline.title, "due": f"{deadline.due_at.astimezone(LEGAL_ZONE):%m-%d %H:%M}"},
        url=deadline.url,
        subject=deadline.subject,
        at=at,
        urgent=step.is_urgent,
    )


def _fact(deadline: Deadline, step: Step, told: Sequence[Any]) -> DeadlineFact:
    about: dict[str, Any] = {"deadline_id": deadline.pk, "deadline_kind": deadline.kind}
    if step.name == Rung.Name.REMINDER:
        return DeadlineReminded(**about)
    if step.name == Rung.Name.OWNER:
        return DeadlineMissed(**about)
    if step.name == Rung.Name.MESSAGE:
        return DeadlineMessaged(**about)
    return DeadlineEscalated(**about, rung=str(step.name), told=tuple(user.pk for user in told))


def _half(days: int) -> int:
    """On the way to the next rung, rounded up."""
    return (days + 1) // 2


def _day(instant: datetime) -> Any:
    return instant.astimezone(LEGAL_ZONE).date()
