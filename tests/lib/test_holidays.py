"""放假办法 art. 2 and 6, for years without a published calendar; compared with the published years where there are any."""

from datetime import date

import chinese_calendar
import pytest

from ehr.lib.holidays import FESTIVALS, LAST_YEAR, days_off, is_statutory_workday, statutory_days


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_table_has_the_official_statutory_days(year):
    """Every statutory day is a day off in the State Council's calendar of that year."""
    assert len(statutory_days(year)) == 13
    assert all(chinese_calendar.is_holiday(day) for day in statutory_days(year))


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2027, 1, 1), False),  # New Year
        (date(2027, 1, 4), True),
        (date(2027, 2, 5), False),  # New Year's Eve by the lunar calendar
        (date(2027, 2, 8), False),  # the third day
        (date(2027, 2, 9), False),  # made up for the Saturday
        (date(2027, 2, 10), False),  # made up for the Sunday
        (date(2027, 2, 11), True),
        (date(2027, 4, 5), False),
        (date(2027, 5, 3), False),  # 1 and 2 May fall on a weekend
        (date(2027, 5, 4), False),
        (date(2027, 5, 5), True),
        (date(2027, 6, 9), False),
        (date(2027, 9, 15), False),
        (date(2027, 10, 4), False),  # 2 and 3 October fall on a weekend
        (date(2027, 10, 5), False),
        (date(2027, 10, 6), True),
        (date(2027, 10, 9), False),  # a Saturday is never guessed to be worked
    ],
)
def test_the_year_2027(day, is_worked):
    assert is_statutory_workday(day) is is_worked


@pytest.mark.parametrize("year", range(2024, LAST_YEAR + 1))
def test_every_year_of_the_table_is_plausible(year):
    spring, qingming, dragon, moon = FESTIVALS[year]

    assert "0121" <= spring <= "0220"
    assert qingming in ("0404", "0405")
    assert "0525" <= dragon <= "0625"
    assert "0907" <= moon <= "1008"
    assert all(day.weekday() < 5 for day in days_off(year) - set(statutory_days(year)))


def test_beyond_the_table_the_fixed_days_remain():
    assert statutory_days(LAST_YEAR + 1) == tuple(
        date(LAST_YEAR + 1, month, day) for month, day in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
    )
