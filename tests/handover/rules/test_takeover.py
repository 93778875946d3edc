from datetime import date

import pytest

from handover.rules.takeover import asked_until, may_be_asked, problem_of_session

LAST = date(2026, 11, 24)


def test_they_are_asked_until_thirty_days_after_the_last_working_day() -> None:
    assert asked_until(LAST) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("today", "may"),
    [
        (date(2026, 11, 18), True),
        (date(2026, 11, 25), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
    ],
)
def test_asking_ends_with_the_last_of_these_days(today: date, may: bool) -> None:
    assert may_be_asked(today=today, last_working_date=LAST) is may


@pytest.mark.parametrize(
    ("on_date", "problem"),
    [
        (date(2026, 11, 17), "in_the_past"),
        (date(2026, 11, 18), ""),
        (date(2026, 11, 24), ""),
        (date(2026, 11, 25), "after_last_day"),
    ],
)
def test_they_go_through_it_together_while_both_work_here(on_date: date, problem: str) -> None:
    assert problem_of_session(on_date=on_date, today=date(2026, 11, 18), last_working_date=LAST) == problem
