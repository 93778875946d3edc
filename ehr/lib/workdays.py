"""Counting working days. Which days are worked is the caller's rule; statutory periods are never counted with this."""

from collections.abc import Callable
from datetime import date, timedelta

IsWorkday = Callable[[date], bool]

ONE_DAY = timedelta(days=1)
LONGEST_BREAK = 60  # days; a rule with a longer break is a mistake, not a holiday


def add_working_days(start: date, days: int, is_workday: IsWorkday) -> date:
    """The n-th working day after start, which never counts itself (CC 201). 0: start, or the next worked day."""
    if days < 0:
        raise ValueError("count backwards with working_day_before")
    day = start if days else on_or_after(start, is_workday)
    for _ in range(days):
        day = on_or_after(day + ONE_DAY, is_workday)
    return day


def on_or_after(day: date, is_workday: IsWorkday) -> date:
    for offset in range(LONGEST_BREAK):
        if is_workday(day + timedelta(days=offset)):
            return day + timedelta(days=offset)
    raise ValueError(f"no working day within {LONGEST_BREAK} days of {day}")


def working_day_before(day: date, is_workday: IsWorkday) -> date:
    for offset in range(1, LONGEST_BREAK + 1):
        if is_workday(day - timedelta(days=offset)):
            return day - timedelta(days=offset)
    raise ValueError(f"no working day within {LONGEST_BREAK} days before {day}")


def working_days_between(start: date, end: date, is_workday: IsWorkday) -> int:
    """Working days after start up to and with end; 0 when end is not later."""
    return sum(is_workday(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))
