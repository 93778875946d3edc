from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib.months import (
    add_months,
    after_months,
    exact_months,
    full_months,
    last_of_month,
    last_of_months,
    month_starts,
    months_between,
    years_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_adding_months(start, months, expected):
    assert add_months(start, months) == expected


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2020, 7, 1), date(2026, 7, 1), 72),
    ],
)
def test_whole_months_that_passed(start, end, months):
    assert months_between(start, end) == months


@given(DAYS, st.integers(0, 400))
def test_adding_and_counting_agree(start, months):
    assert months_between(start, add_months(start, months)) == months


@given(DAYS, st.integers(0, 5000))
def test_exact_months_lie_between_the_whole_ones(start, days):
    end = start + timedelta(days=days)
    whole = months_between(start, end)

    assert whole <= exact_months(start, end) < whole + 1


def test_an_end_before_the_start_is_an_error():
    with pytest.raises(ValueError, match="before the start"):
        months_between(date(2026, 2, 1), date(2026, 1, 1))


def test_the_months_of_a_span():
    assert month_starts(date(2026, 11, 30), date(2027, 1, 1)) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert last_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    assert years_between(date(2020, 5, 2), date(2026, 5, 1)) == 5


@pytest.mark.parametrize(
    ("start", "months", "next_day"),
    [
        (date(2025, 3, 10), 6, date(2025, 9, 10)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 8, 31), 3, date(2026, 12, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
    ],
)
def test_a_period_without_such_a_day_ends_with_its_month(start, months, next_day):
    """CC 202."""
    assert after_months(start, months) == next_day
    assert last_of_months(start, months) == next_day - timedelta(days=1)


@given(DAYS, st.integers(0, 5000))
def test_periods_are_full_when_the_next_day_begins(start, days):
    end = start + timedelta(days=days)
    months = full_months(start, end)

    assert after_months(start, months) <= end < after_months(start, months + 1)
