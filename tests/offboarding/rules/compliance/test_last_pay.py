"""Compliance 2.6-2.9, 2.11: ALR 3; ALM 10-12; WPR 9, 16; DAY; LCL 50(2), 82; REG 6, 7."""

from datetime import date
from decimal import Decimal

import pytest

from offboarding.rules.compliance import final_wage
from offboarding.rules.compliance.deadlines import severance_due
from offboarding.rules.compliance.deductions import deduction_cap
from offboarding.rules.compliance.double_wage import double_wage
from offboarding.rules.compliance.leave import entitlement_days, leave_payout
from tests.offboarding.rules.compliance.cases import TABLES


@pytest.mark.parametrize(("years", "days"), [(0, 0), (1, 5), (9, 5), (10, 10), (19, 10), (20, 15), (40, 15)])
def test_the_entitlement_grows_with_all_years_of_work(years, days):
    """ALR 3."""
    assert entitlement_days(total_work_years=years) == days


def leave(last_day: str, entitlement: int, used: str, hired: str | None = None):
    return leave_payout(
        entitlement_days=entitlement,
        last_day=date.fromisoformat(last_day),
        used_days=Decimal(used),
        avg_wage_ex_overtime=Decimal("15225.00"),
        hire_date=date.fromisoformat(hired) if hired else None,
        tables=TABLES,
    )


@pytest.mark.parametrize(
    ("last_day", "entitlement", "used", "hired", "elapsed", "days"),
    [
        ("2026-09-30", 10, "3", None, 273, 4),
        ("2026-09-30", 10, "3.5", None, 273, 3),  # 7.479 − 3.5 = 3.979
        ("2026-09-30", 10, "2.4", None, 273, 5),  # floored after the used days: 5.079
        ("2026-03-31", 5, "3", None, 90, 0),  # never asked back
        ("2026-12-31", 10, "0", None, 365, 10),
        ("2028-12-31", 10, "0", None, 366, 10),  # a leap year is divided by 365 too
        ("2026-09-30", 10, "0", "2026-07-01", 92, 2),  # joined this year
        ("2026-09-30", 10, "0", "2020-07-01", 273, 7),  # joined earlier: of no matter
        ("2026-09-30", 0, "0", None, 273, 0),
    ],
)
def test_leave_not_taken_is_paid_in_whole_days(last_day, entitlement, used, hired, elapsed, days):
    """ALM 12."""
    paid = leave(last_day, entitlement, used, hired)

    assert (paid.elapsed_days, paid.payable_days) == (elapsed, days)
    assert paid.extra_200pct == days * 1400
    assert paid.total_300pct == days * 2100


def test_a_leave_day_is_rounded_at_the_end_of_the_line():
    paid = leave_payout(
        entitlement_days=15,
        last_day=date(2026, 12, 31),
        used_days=Decimal(0),
        avg_wage_ex_overtime=Decimal("10001.00"),
        tables=TABLES,
    )

    assert (str(paid.daily_wage), str(paid.extra_200pct)) == ("459.82", "13794.48")  # 15 × 459.82 × 2 would be 13794.60


@pytest.mark.parametrize(
    ("start", "last", "days", "amount"),
    [
        ("2026-02-01", "2026-02-25", 17, "17000.00"),  # swapped weekdays are not paid, holidays are
        ("2026-02-01", "2026-02-28", 20, "21750.00"),  # a whole month is its wage, whatever the count
        ("2026-10-01", "2026-10-07", 3, "3000.00"),  # 1, 2 and 5 October: 3 October is a Saturday, 5 stands in for it
        ("2026-10-01", "2026-10-10", 6, "6000.00"),  # Saturday the 10th is worked
        ("2026-05-01", "2026-05-04", 2, "2000.00"),  # 2 May is a Saturday, made up on the 4th
        ("2026-05-31", "2026-05-31", 0, "0.00"),  # a Sunday
        ("2027-05-01", "2027-05-05", 3, "3000.00"),  # not announced yet: by the law alone
    ],
)
def test_paid_days_of_the_last_month(start, last, days, amount):
    """DAY: 21.75; statutory holidays and what stands in for them are paid."""
    wage = final_wage.by_period(
        monthly_wage=Decimal("21750.00"),
        period_start=date.fromisoformat(start),
        last_day=date.fromisoformat(last),
        tables=TABLES,
    )

    assert (wage.paid_days, str(wage.amount)) == (days, amount)


def test_a_day_of_the_last_wage_is_rounded_at_the_end_of_the_line():
    wage = final_wage.by_days(monthly_wage=Decimal("10001.00"), paid_days=4, tables=TABLES)

    assert (str(wage.daily_wage), str(wage.amount)) == ("459.82", "1839.26")  # 4 × 459.82 would be 1839.28


def test_a_year_has_261_paid_days():
    """21.75 × 12."""
    assert TABLES.calendar.paid_days(date(2026, 1, 1), date(2026, 12, 31)) == 261


def test_a_full_month_pays_the_monthly_wage():
    assert str(final_wage.full_month(monthly_wage=Decimal("45000"), tables=TABLES).amount) == "45000.00"


@pytest.mark.parametrize(
    ("wage", "loss", "minimum", "most"),
    [
        ("6000", "3000", "2540", "1200.00"),  # a fifth
        ("6000", "1000", "2540", "1000.00"),  # the loss itself
        ("3000", "3000", "2540", "460.00"),  # down to the minimum wage
        ("2540", "3000", "2540", "0.00"),
        ("2000", "3000", "2540", "0.00"),  # never below zero
    ],
)
def test_a_loss_is_kept_back_within_limits(wage, loss, minimum, most):
    """WPR 16."""
    kept = deduction_cap(month_wage=Decimal(wage), loss=Decimal(loss), min_wage=Decimal(minimum))

    assert str(kept.max_deduction) == most


@pytest.mark.parametrize(
    ("hired", "signed", "last", "start", "end", "months", "amount"),
    [
        ("2025-01-06", None, "2026-07-05", "2025-02-06", "2026-01-05", 11, "88000.00"),  # eleven months at most
        ("2025-01-06", "2025-02-06", "2026-07-05", None, None, 0, "0.00"),  # within the month (REG 5)
        ("2025-01-06", "2025-05-06", "2026-07-05", "2025-02-06", "2025-05-05", 3, "24000.00"),
        ("2025-01-06", None, "2025-05-05", "2025-02-06", "2025-05-05", 3, "24000.00"),
        ("2025-01-31", None, "2026-07-05", "2025-03-01", "2026-01-30", 11, "88000.00"),  # no drift of month ends
        ("2025-01-06", "2026-06-01", "2026-07-05", "2025-02-06", "2026-01-05", 11, "88000.00"),
        ("2025-01-06", "2025-04-11", "2026-07-05", "2025-02-06", "2025-04-10", 2, "17471.26"),  # + 4 paid days
        ("2025-01-06", None, "2025-02-05", None, None, 0, "0.00"),
        (
            "2024-11-08",
            None,
            "2025-11-06",
            "2024-12-08",
            "2025-11-06",
            10,
            "88000.00",
        ),  # + 22 paid days, but no twelfth
    ],
)
def test_months_without_a_contract_are_owed_twice(hired, signed, last, start, end, months, amount):
    """LCL 82; REG 6, 7. The second wage only."""
    owed = double_wage(
        hire_date=date.fromisoformat(hired),
        signed_date=date.fromisoformat(signed) if signed else None,
        last_day=date.fromisoformat(last),
        monthly_wage=Decimal("8000.00"),
        tables=TABLES,
    )

    assert (owed.start and owed.start.isoformat(), owed.end and owed.end.isoformat()) == (start, end)
    assert (owed.whole_months, str(owed.amount)) == (months, amount)


LAST = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("completed", "delays", "due"),
    [
        (None, False, None),
        (date(2026, 12, 4), False, date(2026, 12, 4)),
        (date(2026, 11, 20), False, LAST),  # not before the end
        (None, True, LAST),  # the employer's delay is the employer's
    ],
)
def test_severance_alone_waits_for_the_handover(completed, delays, due):
    """LCL 50(2)."""
    assert severance_due(last_day=LAST, handover_completed=completed, employer_delays=delays) == due
