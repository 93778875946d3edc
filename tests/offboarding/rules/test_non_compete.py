"""The time of a non-compete, article by article."""

from datetime import date

import pytest

from offboarding.rules import non_compete as rules
from offboarding.rules.obligations import DutyKind

LAST = date(2026, 8, 31)


def days_of(months: int) -> dict[tuple[str, int], tuple[date, date | None]]:
    term = rules.term(termination_date=LAST, agreed_months=months)
    return {(duty.kind.value, duty.nth): (duty.due_date, duty.ask_date) for duty in rules.duties(term)}


@pytest.mark.parametrize(
    ("agreed", "months", "last"),
    [
        (6, 6, date(2027, 2, 28)),
        (12, 12, date(2027, 8, 31)),
        (24, 24, date(2028, 8, 31)),
        (36, 24, date(2028, 8, 31)),
    ],
)
def test_it_lasts_two_years_at_most_from_the_day_after(agreed, months, last) -> None:
    term = rules.term(termination_date=LAST, agreed_months=agreed)

    assert (term.first, term.months, term.last) == (date(2026, 9, 1), months, last)


@pytest.mark.parametrize(
    ("basis", "binds"),
    [
        ("senior_manager", True),
        ("senior_technician", True),
        ("confidentiality", True),
        ("none", False),
        ("", False),
        ("sales", False),
    ],
)
def test_whom_it_may_bind(basis, binds) -> None:
    assert rules.may_bind(basis) is binds


@pytest.mark.parametrize(
    ("duty", "due", "asked"),
    [
        (("non_compete_pay", 1), date(2026, 9, 30), date(2026, 9, 25)),
        (("non_compete_pay", 6), date(2027, 2, 28), date(2027, 2, 23)),
        (("non_compete_declaration", 1), date(2026, 11, 30), date(2026, 11, 16)),
        (("non_compete_declaration", 4), date(2027, 8, 31), date(2027, 8, 17)),
        (("non_compete_end", 0), date(2027, 8, 31), date(2027, 5, 31)),
    ],
)
def test_months_quarters_and_the_warning_have_their_days(duty, due, asked) -> None:
    assert days_of(12)[duty] == (due, asked)


def test_a_year_is_twelve_months_and_four_quarters() -> None:
    kinds = [kind for kind, _nth in days_of(12)]

    assert (kinds.count("non_compete_pay"), kinds.count("non_compete_declaration")) == (12, 4)


@pytest.mark.parametrize(("unpaid", "may"), [(0, False), (2, False), (3, True), (4, True)])
def test_after_three_unpaid_months_the_person_may_be_released(unpaid, may) -> None:
    assert rules.may_ask_release(unpaid) is may


def test_a_month_is_unpaid_only_once_its_day_is_over() -> None:
    due = [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]

    assert rules.unpaid_months(due, today=date(2026, 10, 31)) == 1
    assert rules.unpaid_months(due, today=date(2026, 12, 1)) == 3


@pytest.mark.parametrize(
    ("ended", "today", "owed"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), 1),
        (date(2026, 9, 30), date(2026, 9, 30), 1),
        (date(2027, 1, 15), date(2027, 1, 15), 5),
        (date(2026, 9, 1), date(2027, 1, 15), 5),
    ],
)
def test_months_begun_by_the_end_and_by_today_are_owed(ended, today, owed) -> None:
    term = rules.term(termination_date=LAST, agreed_months=12)
    pay = [duty for duty in rules.duties(term) if duty.kind == DutyKind.NON_COMPETE_PAY]

    gone = [rules.falls_away(d.kind, d.nth, d.due_date, term, ended=ended, today=today) for d in pay]

    assert gone == [False] * owed + [True] * (12 - owed)


@pytest.mark.parametrize(
    ("kind", "nth", "gone"),
    [
        (DutyKind.NON_COMPETE_PAY, 5, False),
        (DutyKind.NON_COMPETE_PAY, 6, True),
        (DutyKind.NON_COMPETE_DECLARATION, 1, False),
        (DutyKind.NON_COMPETE_DECLARATION, 2, True),
        (DutyKind.NON_COMPETE_END, 0, True),
        (DutyKind.RETENTION, 0, False),
    ],
)
def test_a_release_puts_an_end_to_what_has_not_begun(kind, nth, gone) -> None:
    term = rules.term(termination_date=LAST, agreed_months=12)
    due = next((d.due_date for d in rules.duties(term) if (d.kind, d.nth) == (kind, nth)), date(2028, 8, 31))

    day = date(2027, 1, 15)
    assert rules.falls_away(kind, nth, due, term, ended=day, today=day) is gone


def test_the_company_s_release_costs_three_months() -> None:
    extra = rules.release_pay(released=date(2027, 1, 15))

    assert (extra.kind, extra.role, extra.article) == ("non_compete_extra", "finance", "JI1 39")
    assert (extra.ask_date, extra.due_date) == (date(2027, 1, 15), date(2027, 2, 15))
