"""Which days are worked and which are paid; when a task of n working days is due (compliance 2.7, 7.2, 7.3).

Statutory periods (30 days, 15 days) are calendar days and never counted here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from typing import Any

from ehr.lib.holidays import days_off, statutory_days
from ehr.lib.workdays import add_working_days
from offboarding.rules.compliance.rows import RowMissing

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""+08:00 without summer time since 1992: legal time needs no database of zones."""
LAST_SECOND = time(23, 59, 59)
SATURDAY = 5
FIRST_YEAR_OF_THE_LAW = 2025
"""The thirteen days of the 2024 放假办法; earlier years are known from their notices only."""


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """One State Council notice."""

    id: str
    year: int
    off: frozenset[date]
    make_up: frozenset[date]
    swapped_off: frozenset[date]
    """Weekdays off only because a weekend is worked for them: not worked, and not paid as holidays."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "CalendarYear":
        days = {
            name: frozenset(date.fromisoformat(day) for day in row[name]) for name in ("off", "make_up", "swapped_off")
        }
        return cls(id=row["id"], year=row["year"], **days)


def year_from(year: int, is_workday: Callable[[date], bool]) -> CalendarYear:
    """A notice told day by day. Of the weekdays off those that are neither a holiday nor stand in for one were swapped
    for a worked weekend, so that 261 paid days remain: the days farthest from any holiday."""
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    off = frozenset(day for day in days if not is_workday(day))
    make_up = frozenset(day for day in days if day.weekday() >= SATURDAY and day not in off)
    holidays = frozenset(statutory_days(year))
    free = [day for day in off if day.weekday() < SATURDAY and day not in holidays]
    free.sort(key=lambda day: (day in days_off(year), -min(abs((day - each).days) for each in holidays), day))
    swapped = frozenset(free[: len(make_up)])
    return CalendarYear(id=f"calendar-{year}", year=year, off=off, make_up=make_up, swapped_off=swapped)


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    years: tuple[CalendarYear, ...]

    @cached_property
    def _by_year(self) -> dict[int, CalendarYear]:
        return {year.year: year for year in self.years}

    @property
    def official_through(self) -> date:
        return date(max(self._by_year), 12, 31)

    def is_workday(self, day: date) -> bool:
        year = self._year(day)
        if year is None:
            return day.weekday() < SATURDAY and day not in days_off(day.year)
        return day in year.make_up or (day.weekday() < SATURDAY and day not in year.off)

    def is_paid_day(self, day: date) -> bool:
        """A worked day, or a weekday that is a statutory holiday or stands in for one: 261 a year, 21.75 × 12."""
        if self.is_workday(day):
            return True
        year = self._year(day)
        return day.weekday() < SATURDAY and not (year and day in year.swapped_off)

    def paid_days(self, start: date, end: date) -> int:
        return sum(self.is_paid_day(start + timedelta(days=n)) for n in range((end - start).days + 1))

    def _year(self, day: date) -> CalendarYear | None:
        year = self._by_year.get(day.year)
        if year is None and day.year < FIRST_YEAR_OF_THE_LAW:
            raise RowMissing("calendar_years", year=day.year)
        return year


@dataclass(frozen=True, kw_only=True)
class DueDate:
    start_local_date: date
    due_date: date
    due_at: datetime
    provisional: bool


def due_date(*, trigger: datetime, workdays: int, official_through: date, calendar: WorkCalendar) -> DueDate:
    """The day of the trigger in China is day 0 whatever the hour (CC 201); the n-th worked day ends it (CC 203)."""
    start = trigger.astimezone(SHANGHAI).date()
    due = add_working_days(start, workdays, calendar.is_workday)
    return DueDate(
        start_local_date=start,
        due_date=due,
        due_at=datetime.combine(due, LAST_SECOND, SHANGHAI),
        provisional=due > official_through,
    )
