"""Compliance 1.2: LCL 19, 21, 83; REG 15."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from offboarding.rules.compliance.facts import Contract, ContractType, Probation
from offboarding.rules.compliance.probation import is_in, legal_end, most_months
from tests.offboarding.rules.compliance.cases import NEWCOMER, check

START = date(2025, 7, 1)


def fixed(end: date, start: date = START) -> Contract:
    return Contract(type=ContractType.FIXED, start=start, end=end)


@pytest.mark.parametrize(
    ("contract", "months"),
    [
        (fixed(date(2025, 9, 29)), 0),  # a day short of three months: none
        (fixed(date(2025, 9, 30)), 1),  # three months exactly
        (fixed(date(2026, 6, 29)), 1),
        (fixed(date(2026, 6, 30)), 2),  # a year exactly
        (fixed(date(2028, 6, 29)), 2),
        (fixed(date(2028, 6, 30)), 6),  # 2025-07-01..2028-06-30 is exactly 36 months
        (fixed(date(2025, 2, 28), start=date(2024, 11, 30)), 1),  # the month's last day closes the third month
        (Contract(type=ContractType.OPEN, start=START), 6),
        (Contract(type=ContractType.TASK, start=START, end=date(2027, 1, 1)), 0),  # LCL 19(3)
    ],
)
def test_the_contract_decides_how_long_probation_may_be(contract, months):
    assert most_months(contract) == months


def test_a_probation_of_six_months_ends_the_day_before_the_same_day():
    assert legal_end(Probation(start=date(2026, 5, 1), end=date(2026, 12, 31)), NEWCOMER.contract) == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("on", "inside"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 10, 31), True),  # delivered on the last day is still inside
        (date(2026, 11, 1), False),
    ],
)
def test_both_ends_are_inside(on, inside):
    assert is_in(NEWCOMER.probation, NEWCOMER.contract, on=on) is inside
    assert ("B_PROBATION_EXPIRED" in check("LCL39_1", person=NEWCOMER, notice_date=on, last_day=on).codes) is not inside


def test_what_was_agreed_beyond_the_law_is_no_probation():
    """Two years allow two months; six were agreed (LCL 83)."""
    person = replace(NEWCOMER, contract=fixed(date(2028, 4, 30), start=date(2026, 5, 1)))
    after = date(2026, 7, 1)

    told = {"union_notice_date": date(2026, 6, 1), "last_day": after}

    inside = check("LCL39_1", person=person, notice_date=after - timedelta(days=1), **told)
    outside = check("LCL39_1", person=person, notice_date=after, **told)

    assert inside.codes == ("W_PROBATION_ILLEGAL_LENGTH",) and inside.verdict == "WARN"
    assert outside.codes == ("B_PROBATION_EXPIRED", "W_PROBATION_ILLEGAL_LENGTH") and outside.verdict == "BLOCK"


def test_without_probation_there_are_no_hiring_conditions_to_fail():
    assert check("LCL39_1").codes == ("B_PROBATION_EXPIRED",)


@pytest.mark.parametrize("ground", ["LCL40_3", "LCL41_1", "LCL41_2", "LCL41_3", "LCL41_4"])
def test_in_probation_these_grounds_are_closed(ground):
    """LCL 21."""
    inside = check(ground, person=NEWCOMER)
    outside = check(ground, person=NEWCOMER, notice_date=date(2026, 11, 1), last_day=date(2026, 12, 1))

    assert "B_PROBATION_RESTRICTED_21" in inside.codes
    assert "B_PROBATION_RESTRICTED_21" not in outside.codes


@pytest.mark.parametrize("ground", ["LCL39_2", "LCL40_1", "LCL40_2", "LCL36_EMPLOYER"])
def test_in_probation_these_grounds_are_open(ground):
    assert check(ground, person=NEWCOMER).codes == ()
