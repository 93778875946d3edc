"""Changing the calendar of working days, and counting anew what was provisional (compliance 7.2, decisions 17)."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import notices, record
from ehr.clock import LEGAL_ZONE
from ehr.deadlines.events import DeadlineMoved
from ehr.deadlines.kinds import counted_kinds
from ehr.deadlines.models import Deadline, Rung
from ehr.deadlines.operations import close
from ehr.errors import Refused
from ehr.lib.holidays import statutory_days
from ehr.lib.workdays import add_working_days, working_days_between
from ehr.units.calendars import DEFAULT, CalendarDay, CalendarYear, forget_days, official_through, published
from ehr.units.calendars import workday_rule as rule_now
from ehr.units.events import CalendarDayChanged, CalendarYearLoaded
from ehr.units.year_files import Listed, whole_year

SUBJECT = f"units.calendar:{DEFAULT}"
NEXT_YEAR = "units.next_calendar"
Rule = Callable[[date], bool]
Moved = list[list[str | int]]


@transaction.atomic
def load_year(*, year: int, listed: dict[date, Listed], source: str, by: Any, at: datetime) -> CalendarYear:
    """A year is certain from now on. The company's own days of that year stay as they are."""
    before = _Before.now()
    CalendarYear.objects.filter(calendar=DEFAULT, year=year).delete()
    row = CalendarYear.objects.create(year=year, source=source, loaded_by=by, loaded_at=at)
    own = set(CalendarDay.objects.filter(calendar=DEFAULT, date__year=year).values_list("date", flat=True))
    plan = whole_year(listed, year=year).items()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=work, note=listed[day].note if day in listed else "", loaded=row)
        for day, work in plan
        if day not in own and work != published(day)
    )
    moved = before.count_anew(by=by, at=at)
    close(subject=SUBJECT, kind=NEXT_YEAR, key=str(year), by=by, at=at)
    fact = CalendarYearLoaded(year=year, source=source, days=len(listed), moved=moved)
    record.emit(fact, subject=SUBJECT, by=by, at=at)
    return row


@transaction.atomic
def set_day(*, day: date, is_workday: bool, note: str, by: Any, at: datetime) -> CalendarDay:
    """The company's own rest day, or a swapped working day; never work on a day that is off by law."""
    if is_workday and day in statutory_days(day.year):
        raise Refused("B_OFF_BY_LAW", _("This day is off by law."), article="放假办法 2", field="date")
    before = _Before.now()
    row, _made = CalendarDay.objects.update_or_create(
        calendar=DEFAULT, date=day, defaults={"is_workday": is_workday, "note": note, "loaded": None}
    )
    _tell_record(before, day, "work" if is_workday else "rest", by=by, at=at)
    return row


@transaction.atomic
def remove_day(*, row: CalendarDay, by: Any, at: datetime) -> None:
    before = _Before.now()
    row.delete()
    _tell_record(before, row.date, "as_published", by=by, at=at)


def _tell_record(before: "_Before", day: date, work: str, *, by: Any, at: datetime) -> None:
    moved = before.count_anew(by=by, at=at)
    record.emit(CalendarDayChanged(date=day.isoformat(), work=work, moved=moved), subject=SUBJECT, by=by, at=at)


class _Before:
    """The calendar as it was, to know how many working days each provisional duty was given."""

    def __init__(self, rule: Rule, certain_through: date) -> None:
        self.rule, self.certain_through = rule, certain_through

    @classmethod
    def now(cls) -> "_Before":
        forget_days()
        return cls(rule_now(), official_through())

    def count_anew(self, *, by: Any, at: datetime) -> Moved:
        """Only what lies beyond the certain years moves. Later freely; earlier only if a working day remains."""
        forget_days()
        transaction.on_commit(forget_days)
        after, found = rule_now(), Counter[tuple[str, str, str]]()
        for deadline in self._provisional():
            due = self._again(deadline, after, at)
            if due != deadline.due_at:
                found[deadline.kind, deadline.due_at.isoformat(), due.isoformat()] += 1
                _move(deadline, due, by=by, at=at)
        return [[*what, number] for what, number in sorted(found.items())]

    def _provisional(self) -> list[Deadline]:
        rows = Deadline.objects.still_open().filter(kind__in=counted_kinds()).select_related("owner")
        last = datetime.combine(self.certain_through, datetime.max.time(), LEGAL_ZONE)
        return list(rows.filter(due_at__gt=last).select_for_update(of=("self",)).order_by("id"))

    def _again(self, deadline: Deadline, after: Rule, at: datetime) -> datetime:
        opened, due = (instant.astimezone(LEGAL_ZONE) for instant in (deadline.opened_at, deadline.due_at))
        days = working_days_between(opened.date(), due.date(), self.rule)
        new = datetime.combine(add_working_days(opened.date(), days, after), due.time(), LEGAL_ZONE)
        today = at.astimezone(LEGAL_ZONE).date()
        if new < due and working_days_between(today, new.date(), after) < 1:
            return deadline.due_at
        return new.astimezone(deadline.due_at.tzinfo)


def _move(deadline: Deadline, due_at: datetime, *, by: Any, at: datetime) -> None:
    fact = DeadlineMoved(
        deadline_id=deadline.pk, deadline_kind=deadline.kind, from_due_at=deadline.due_at, due_at=due_at
    )
    record.emit(fact, subject=deadline.subject, by=by, at=at)
    Deadline.objects.filter(pk=deadline.pk).update(due_at=due_at)
    Rung.objects.filter(deadline=deadline).delete()
    params = {"title": deadline.title, "due": f"{due_at.astimezone(LEGAL_ZONE):%m-%d %H:%M}"}
    if deadline.owner is not None:
        notices.tell(
            [deadline.owner], kind="deadlines.moved", params=params, url=deadline.url, subject=deadline.subject, at=at
        )
