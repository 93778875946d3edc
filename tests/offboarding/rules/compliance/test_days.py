"""Compliance 7: the calendar of the tables, and when n working days are over. CC 201, 203."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from ehr.lib.holidays import days_off
from offboarding.rules.compliance.days import due_date
from tests.offboarding.rules.compliance.cases import TABLES

OFFICIAL = date(2026, 12, 31)
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2026, 10, 7) - date(2024, 1, 1)).days + 1)]


def test_the_tables_agree_with_the_published_calendar_on_every_day():
    assert [day for day in DAYS if TABLES.calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_2026_has_248_working_days():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert sum(map(TABLES.calendar.is_workday, days)) == 248


def test_a_year_without_a_notice_follows_the_law_alone():
    off = {date(2027, 1, 1) + timedelta(days=n) for n in range(365)}

    weekdays_off = {day for day in off if day.weekday() < 5 and not TABLES.calendar.is_workday(day)}
    assert weekdays_off == {day for day in days_off(2027) if day.weekday() < 5}


@pytest.mark.parametrize(
    ("trigger", "workdays", "start", "due", "provisional"),
    [
        ("2026-04-30T10:00:00+08:00", 2, "2026-04-30", "2026-05-07", False),
        ("2026-09-18T15:00:00+08:00", 2, "2026-09-18", "2026-09-21", False),  # Sunday the 20th is worked
        ("2026-06-10T17:00:00Z", 1, "2026-06-11", "2026-06-12", False),  # already the 11th in China
        ("2026-06-10T15:59:59Z", 1, "2026-06-10", "2026-06-11", False),
        ("2026-06-10T10:00:00+08:00", 0, "2026-06-10", "2026-06-10", False),
        ("2026-06-13T10:00:00+08:00", 0, "2026-06-13", "2026-06-15", False),  # a Saturday: the next worked day
        ("2026-12-30T10:00:00+08:00", 2, "2026-12-30", "2027-01-04", True),  # 2027 is not announced
        ("2026-12-29T10:00:00+08:00", 2, "2026-12-29", "2026-12-31", False),
        ("2027-02-04T10:00:00+08:00", 1, "2027-02-04", "2027-02-11", True),
    ],
)
def test_working_days_are_counted_after_the_day_of_the_trigger(trigger, workdays, start, due, provisional):
    found = due_date(
        trigger=datetime.fromisoformat(trigger),
        workdays=workdays,
        official_through=OFFICIAL,
        calendar=TABLES.calendar,
    )

    assert (found.start_local_date, found.due_date) == (date.fromisoformat(start), date.fromisoformat(due))
    assert found.due_at.isoformat() == f"{due}T23:59:59+08:00"
    assert found.provisional is provisional
