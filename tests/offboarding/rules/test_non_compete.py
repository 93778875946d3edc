"""The time of a non-compete, article by article."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from offboarding.rules import non_compete as rules
from offboarding.rules.compliance.non_compete import NonCompeteFacts, noncompete
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


@pytest.mark.parametrize(
    ("released", "begun", "gone"),
    [
        (date(2026, 9, 1), 1, 11),
        (date(2026, 9, 30), 1, 11),
        (date(2026, 10, 1), 2, 10),
        (date(2027, 7, 31), 11, 1),
        (date(2027, 8, 1), 12, 0),
        (date(2027, 8, 31), 12, 0),
    ],
)
def test_what_a_release_costs_month_by_month_up_to_the_last_day(released, begun, gone) -> None:
    """The duties that stay and the sum of the law are one arithmetic: months begun, and three more (JI1 39)."""
    of = rules.term(termination_date=LAST, agreed_months=12)
    pay = [duty for duty in rules.duties(of) if duty.kind == DutyKind.NON_COMPETE_PAY]

    fallen = sum(rules.falls_away(d.kind, d.nth, d.due_date, of, ended=released, today=released) for d in pay)
    sum_of_law = noncompete(
        NonCompeteFacts(
            avg_wage=Decimal(20_000),
            min_wage=Decimal(2_740),
            agreed_months=12,
            agreed_monthly=Decimal(6_000),
            released_after_months=begun,
        )
    )

    assert (len(pay) - fallen, fallen) == (begun, gone)
    assert (sum_of_law.total, sum_of_law.release_extra) == (6_000 * (begun + 3), 18_000)


@pytest.mark.parametrize(
    ("waived", "months"),
    [(date(2026, 9, 1), 1), (date(2026, 9, 30), 1), (date(2026, 10, 1), 2), (date(2028, 8, 31), 24)],
)
def test_a_waiver_after_the_end_owes_the_months_begun_and_three_more(waived, months) -> None:
    owed = rules.waiver_pay(termination_date=LAST, waived=waived)

    assert [duty.kind for duty in owed] == [DutyKind.NON_COMPETE_PAY] * months + [DutyKind.NON_COMPETE_EXTRA]


@pytest.mark.parametrize(
    ("agreed", "waived", "months", "extra"),
    [
        (6, date(2027, 2, 28), 6, 1),
        (6, date(2027, 3, 1), 6, 0),
        (36, date(2028, 8, 31), 24, 1),
        (36, date(2028, 9, 1), 24, 0),
        (0, date(2028, 9, 1), 24, 0),
    ],
)
def test_of_a_term_that_has_run_out_nobody_is_released(agreed, waived, months, extra) -> None:
    owed = rules.waiver_pay(termination_date=LAST, waived=waived, agreed_months=agreed)

    assert [duty.kind for duty in owed] == [DutyKind.NON_COMPETE_PAY] * months + [DutyKind.NON_COMPETE_EXTRA] * extra


@pytest.mark.parametrize(
    ("last", "due", "asked"),
    [(LAST, date(2026, 9, 30), date(2026, 9, 1)), (date(2027, 1, 30), date(2027, 2, 28), date(2027, 1, 31))],
)
def test_who_did_not_decide_does_before_the_first_month_is_due(last, due, asked) -> None:
    duty = rules.decision(termination_date=last)

    assert (duty.due_date, duty.ask_date, duty.role, duty.article) == (due, asked, "hr_legal", "JI1 37")


@pytest.mark.parametrize(("left", "mark"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)])
def test_its_end_is_told_of_thirty_and_seven_days_ahead(left, mark) -> None:
    assert rules.reminder(LAST, today=LAST - timedelta(days=left)) == mark


def test_the_company_s_release_costs_three_months() -> None:
    extra = rules.release_pay(released=date(2027, 1, 15))

    assert (extra.kind, extra.role, extra.article) == ("non_compete_extra", "finance", "JI1 39")
    assert (extra.ask_date, extra.due_date) == (date(2027, 1, 15), date(2027, 2, 15))
