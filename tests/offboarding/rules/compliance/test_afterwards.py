"""Compliance 1.8, 1.9, 5.1, 5.3: MED 3, 4; RET; LCL 23, 24, 50; JI1 36-39; SIL 50."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from offboarding.rules.compliance.deadlines import exit_deadlines
from offboarding.rules.compliance.medical import medical_period
from offboarding.rules.compliance.non_compete import NonCompeteFacts, noncompete
from offboarding.rules.compliance.retirement import retirement
from tests.offboarding.rules.compliance.cases import TABLES

DATA = Path(__file__).parents[3] / "data"
OFFICIAL = list(csv.DictReader((DATA / "retirement_rows.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(("category", "count"), [("M60", 168), ("F55", 168), ("F50", 144)])
def test_the_age_agrees_with_the_official_table_month_by_month(category, count):
    rows = [row for row in OFFICIAL if row["category"] == category]
    found = [(row["birth_month"], retirement(birth_date=birth(row), category=category, tables=TABLES)) for row in rows]

    assert len(rows) == count
    assert [
        (month, str(each.delay_months), str(each.age_years), str(each.age_months), each.retire_month)
        for month, each in found
    ] == [
        (row["birth_month"], row["delay_months"], row["age_years"], row["age_months"], row["retire_month"])
        for row in rows
    ]


def birth(row: dict[str, str]) -> date:
    return date.fromisoformat(f"{row['birth_month']}-15")


@pytest.mark.parametrize(
    ("born", "category", "delay", "month"),
    [
        ("1964-12-31", "M60", 0, "2024-12"),
        ("1965-01-01", "M60", 1, "2025-02"),
        ("1976-09-01", "M60", 36, "2039-09"),
        ("1969-12-31", "F55", 0, "2024-12"),
        ("1970-01-01", "F55", 1, "2025-02"),
        ("1981-09-01", "F55", 36, "2039-09"),
        ("1974-12-31", "F50", 0, "2024-12"),
        ("1975-01-01", "F50", 1, "2025-02"),
        ("1984-11-01", "F50", 60, "2039-11"),
        ("1968-02-29", "M60", 10, "2028-12"),
    ],
)
def test_first_and_last_rows(born, category, delay, month):
    found = retirement(birth_date=date.fromisoformat(born), category=category, tables=TABLES)

    assert (found.delay_months, found.retire_month) == (delay, month)


@pytest.mark.parametrize(
    ("total", "company", "months", "window"),
    [
        ("0", "0", 3, 6),
        ("9.9", "4.9", 3, 6),
        ("9", "5", 6, 12),
        ("10", "0", 6, 12),
        ("10", "4", 6, 12),
        ("10", "5", 9, 15),
        ("12", "9", 9, 15),
        ("10", "10", 12, 18),
        ("20", "14", 12, 18),
        ("15", "15", 18, 24),
        ("30", "19", 18, 24),
        ("20", "20", 24, 30),
        ("40", "35", 24, 30),
    ],
)
def test_the_medical_period(total, company, months, window):
    """MED 3, 4."""
    found = medical_period(total_work_years=Decimal(total), company_years=Decimal(company), tables=TABLES)

    assert (found.months, found.window_months) == (months, window)


def test_what_is_due_after_the_last_day():
    due = exit_deadlines(last_day=date(2026, 12, 25))

    assert due.certificate_due == due.wages_due == date(2026, 12, 25)  # LCL 50(1), WPR 9
    assert due.transfer_due == due.unemployment_list_due == date(2027, 1, 9)  # LCL 50(1), SIL 50
    assert due.unemployment_list_target == date(2027, 1, 1)  # a holiday moves nothing
    assert due.housing_fund_due == date(2027, 1, 24)
    assert due.contract_retention_until == date(2028, 12, 25)  # LCL 50(3)
    assert due.arbitration_window_until == date(2027, 12, 25)


def test_periods_from_29_february_are_never_shorter():
    due = exit_deadlines(last_day=date(2028, 2, 29))

    assert (due.contract_retention_until, due.arbitration_window_until) == (date(2030, 3, 1), date(2029, 3, 1))


def promise(**changes: Any):
    given = {
        "avg_wage": Decimal(20_000),
        "min_wage": Decimal(2_740),
        "agreed_months": 12,
        "agreed_monthly": Decimal(6_000),
    } | changes
    return noncompete(NonCompeteFacts(**given))


@pytest.mark.parametrize(
    ("changes", "floor", "payable", "months", "guideline", "total", "codes"),
    [
        ({}, 6000, 6000, 12, 6000, 72_000, ()),
        ({"agreed_monthly": None}, 6000, 6000, 12, 6000, 72_000, ("I_NC_NO_AGREED_COMP",)),  # JI1 36
        (
            {"agreed_monthly": Decimal("5999.99")},
            6000,
            Decimal("5999.99"),
            12,
            6000,
            Decimal("71999.88"),
            ("W_NC_BELOW_30PCT", "W_NC_BELOW_GUIDELINE"),
        ),
        ({"avg_wage": Decimal(5000), "agreed_monthly": None}, 2740, 2740, 12, 1500, 32_880, ("I_NC_NO_AGREED_COMP",)),
        ({"agreed_months": 13}, 6000, 6000, 13, 10_000, 78_000, ("W_NC_BELOW_GUIDELINE",)),  # NC: half beyond a year
        ({"agreed_months": 24, "agreed_monthly": Decimal(10_000)}, 6000, 10_000, 24, 10_000, 240_000, ()),
        (
            {"agreed_months": 25, "agreed_monthly": Decimal(10_000)},
            6000,
            10_000,
            24,
            10_000,
            240_000,
            ("W_NC_OVER_24M",),
        ),
        ({"has_secret_access": False}, 6000, 6000, 12, 6000, 72_000, ("B_NC_INELIGIBLE",)),  # JI2 13
    ],
)
def test_non_compete(changes, floor, payable, months, guideline, total, codes):
    found = promise(**changes)

    assert (found.monthly_floor, found.monthly_payable, found.effective_months) == (floor, payable, months)
    assert (found.guideline_min, found.total, found.codes) == (guideline, total, codes)


@pytest.mark.parametrize(
    ("released", "extra", "total"),
    [
        (None, 0, 72_000),
        (0, 18_000, 18_000),
        (4, 18_000, 42_000),
        (11, 18_000, 84_000),
        (12, 18_000, 90_000),
        (13, 0, 72_000),
    ],
)
def test_a_release_costs_three_more_months(released, extra, total):
    """JI1 39: also in its last month; after the term there is nothing to release from."""
    found = promise(released_after_months=released)

    assert (found.release_extra, found.total) == (extra, total)


@pytest.mark.parametrize(
    ("changes", "floor", "payable", "codes"),
    [
        ({"avg_wage": None}, 2740, 6000, ("W_NC_NO_AVERAGE",)),
        ({"min_wage": None}, 6000, 6000, ("W_NC_NO_MINIMUM",)),
        ({"min_wage": None, "agreed_monthly": Decimal(5999)}, 6000, 5999, ("W_NC_BELOW_30PCT", "W_NC_BELOW_GUIDELINE", "W_NC_NO_MINIMUM")),
        ({"avg_wage": None, "agreed_monthly": Decimal(2000)}, 2740, 2000, ("W_NC_BELOW_30PCT", "W_NC_NO_AVERAGE")),
        ({"avg_wage": None, "agreed_monthly": None}, 2740, 2740, ("B_NC_NO_AVERAGE", "I_NC_NO_AGREED_COMP")),
        ({"min_wage": None, "agreed_monthly": None}, 6000, 6000, ("B_NC_NO_MINIMUM", "I_NC_NO_AGREED_COMP")),
    ],
)  # fmt: skip
def test_what_an_amount_was_not_measured_against_is_said(changes, floor, payable, codes):
    found = promise(**changes)

    assert (found.monthly_floor, found.monthly_payable, found.codes) == (floor, payable, codes)


@pytest.mark.parametrize(("unpaid", "may"), [(0, False), (2, False), (3, True), (4, True)])
def test_three_unpaid_months_free_the_employee(unpaid, may):
    """JI1 38."""
    assert promise(unpaid_months_employer_cause=unpaid).employee_may_rescind is may


@pytest.mark.parametrize(("penalty", "advice"), [(360_000, ()), (360_001, ("W_NC_PENALTY_HIGH",))])
def test_a_penalty_beyond_five_times_is_high(penalty, advice):
    assert promise(penalty=Decimal(penalty)).advice == advice


@pytest.mark.parametrize(
    ("changes", "formula", "floor"),
    [
        ({}, "max(30% × 20000.00, 2740.00) = 6000.00", 6000),
        ({"avg_wage": Decimal(9133)}, "max(30% × 9133.00, 2740.00) = 2740.00", 2740),
        ({"avg_wage": Decimal("9133.35")}, "max(30% × 9133.35, 2740.00) = 2740.01", Decimal("2740.01")),
        ({"avg_wage": Fraction(100_000, 3)}, "max(30% × ≈33333.33, 2740.00) = 10000.00", 10_000),  # rounded once
    ],
)
def test_the_floor_is_shown_with_its_arithmetic(changes, formula, floor):
    """JI1 36: thirty per cent of the average wage, the minimum wage at least."""
    line = promise(agreed_monthly=None, **changes).lines[0]

    assert (line.formula, line.amount, line.article) == (formula, floor, "JI1 36")
    assert [line.code for line in promise(**changes).lines] == ["non_compete"]
