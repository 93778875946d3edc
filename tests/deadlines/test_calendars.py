"""Working days of a unit: own rows, then the published calendar, then the law alone."""

from datetime import date

import pytest
from django.utils import timezone

from ehr.units.calendars import CalendarDay, CalendarYear, forget_days, official_through, workday_rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    forget_days()
    yield
    forget_days()


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 5, 9), True),  # a Saturday worked for Labour Day
        (date(2026, 5, 4), False),
        (date(2026, 12, 30), True),
        (date(2027, 1, 1), False),  # not published: by law
        (date(2027, 1, 4), True),
        (date(2027, 2, 9), False),  # a substitute by art. 6
    ],
)
def test_published_years_and_beyond(day, is_worked):
    assert workday_rule()(day) is is_worked


def test_own_rows_win():
    CalendarDay.objects.create(date=date(2026, 5, 18), is_workday=False, note="司庆")
    CalendarDay.objects.create(date=date(2027, 2, 14), is_workday=True)

    rule = workday_rule()

    assert not rule(date(2026, 5, 18))
    assert rule(date(2027, 2, 14))


def test_counting_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        rule = workday_rule()
        assert sum(rule(date(2026, 1, day)) for day in range(1, 32)) > 15
        workday_rule()


def test_dates_are_certain_as_far_as_years_were_loaded():
    assert official_through() == date(2026, 12, 31)

    CalendarYear.objects.create(year=2027, source="国办发明电", loaded_at=timezone.now())

    assert official_through() == date(2027, 12, 31)
