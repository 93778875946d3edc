"""Working days by CC 201: the first day never counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib.workdays import add_working_days, on_or_after, working_day_before, working_days_between

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def weekdays(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 5, 18), 0, date(2026, 5, 18)),  # a Monday
        (date(2026, 5, 18), 1, date(2026, 5, 19)),
        (date(2026, 5, 18), 5, date(2026, 5, 25)),
        (date(2026, 5, 22), 1, date(2026, 5, 25)),  # Friday to Monday
        (date(2026, 5, 23), 0, date(2026, 5, 25)),  # from a Saturday
        (date(2026, 5, 23), 1, date(2026, 5, 25)),
        (date(2026, 5, 23), 2, date(2026, 5, 26)),
    ],
)
def test_the_nth_working_day(start, days, expected):
    assert add_working_days(start, days, weekdays) == expected


@given(DAYS, st.integers(1, 60))
def test_counting_back_gives_the_number(start, days):
    end = add_working_days(start, days, weekdays)

    assert weekdays(end)
    assert working_days_between(start, end, weekdays) == days


@given(DAYS)
def test_the_day_before_is_the_nearest_worked_one(day):
    before = working_day_before(day, weekdays)

    assert weekdays(before) and before < day
    assert not any(weekdays(before + timedelta(days=n)) for n in range(1, (day - before).days))


def test_a_calendar_without_any_work_is_an_error():
    with pytest.raises(ValueError, match="no working day"):
        on_or_after(date(2026, 5, 18), lambda day: False)


def test_it_refuses_to_count_backwards():
    with pytest.raises(ValueError, match="backwards"):
        add_working_days(date(2026, 5, 18), -1, weekdays)
