"""Compliance 2.1: LCL 47(1), REG 10, 27; CC 202, 1259."""

from datetime import date
from decimal import Decimal

import pytest

from offboarding.rules.compliance.service import Segment, joined_start, service_years


def years(start: str, last: str) -> Decimal:
    return service_years(hire_date=date.fromisoformat(start), last_day=date.fromisoformat(last)).comp_years


@pytest.mark.parametrize(
    ("start", "last", "expected"),
    [
        ("2025-03-10", "2025-09-09", "1.0"),  # six months include six (CC 1259)
        ("2025-03-10", "2025-09-08", "0.5"),
        ("2019-10-08", "2024-10-07", "5.0"),
        ("2019-10-08", "2024-10-08", "5.5"),
        ("2024-02-29", "2025-02-28", "1.0"),  # the month's last day closes the year (CC 202)
        ("2026-05-18", "2026-05-18", "0.5"),  # both ends count: one day is a part
        ("2020-08-31", "2021-02-28", "1.0"),
        ("2020-08-31", "2021-02-27", "0.5"),
        ("2008-01-01", "2026-12-31", "19.0"),
        ("2020-01-01", "2026-06-30", "7.0"),
        ("2020-01-01", "2026-06-29", "6.5"),
    ],
)
def test_years_are_counted(start, last, expected):
    assert str(years(start, last)) == expected


@pytest.mark.parametrize(
    ("last", "on_the_edge"),
    [("2026-03-14", False), ("2026-03-15", True), ("2026-03-16", True), ("2026-03-17", False), ("2026-09-14", True)],
)
def test_a_day_that_costs_half_a_month_is_pointed_out(last, on_the_edge):
    result = service_years(hire_date=date(2020, 3, 16), last_day=date.fromisoformat(last))

    assert ("W_BOUNDARY_1DAY" in result.codes) is on_the_edge


def segment(start: str, end: str, *, compensated: bool = False, reason: str = "NON_EMPLOYEE_CAUSE") -> Segment:
    return Segment(start=date.fromisoformat(start), end=date.fromisoformat(end), reason=reason, compensated=compensated)


HIRED = date(2024, 2, 1)
LAST = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("segments", "start", "codes"),
    [
        ([], "2024-02-01", ()),
        ([segment("2022-02-01", "2024-01-31")], "2022-02-01", ()),
        ([segment("2022-02-01", "2024-01-31"), segment("2020-02-01", "2022-01-31")], "2020-02-01", ()),
        ([segment("2022-02-01", "2024-01-30")], "2024-02-01", ("W_NON_CONTIGUOUS_SERVICE",)),
        ([segment("2022-02-01", "2024-01-31", compensated=True)], "2024-02-01", ("W_PRIOR_SEVERANCE_PAID",)),
        ([segment("2022-02-01", "2024-01-31", reason="RESIGNED")], "2024-02-01", ()),
        (
            [segment("2022-02-01", "2024-01-31", compensated=True), segment("2020-02-01", "2022-01-31")],
            "2024-02-01",
            ("W_PRIOR_SEVERANCE_PAID",),
        ),
        (
            [segment("2022-02-01", "2024-01-31"), segment("2019-01-01", "2021-12-31")],
            "2022-02-01",
            ("W_NON_CONTIGUOUS_SERVICE",),
        ),
    ],
)
def test_service_with_the_group_joins(segments, start, codes):
    """REG 10; JI1 46."""
    result = service_years(hire_date=HIRED, last_day=LAST, prior_segments=segments)

    assert result.effective_start == date.fromisoformat(start)
    assert tuple(code for code in result.codes if code != "W_BOUNDARY_1DAY") == codes


def test_paid_years_are_gone_for_severance_only():
    paid = [segment("2010-02-01", "2024-01-31", compensated=True)]

    assert service_years(hire_date=HIRED, last_day=LAST, prior_segments=paid).effective_start == HIRED
    assert joined_start(hire_date=HIRED, prior_segments=paid) == date(2010, 2, 1)
