"""Compliance 1.1: who acts, whether N is due, the union, the notice, and whether 42 bars or 45 extends. REG 18, 19."""

from decimal import Decimal

import pytest

from offboarding.rules.grounds import GROUNDS
from tests.offboarding.rules.compliance.test_severance import pay

NOTICE = {"": "", "30 or +1": "30 days or pay in lieu", "30": "30 days"}

ROWS = [
    # ground, actor, notice, N, union, barred, extended, article
    ("LCL36_EMPLOYER", "both", "", True, False, False, False, "LCL 36"),  # 46(2)
    ("LCL36_EMPLOYEE", "both", "", False, False, False, False, "LCL 36"),
    ("LCL37", "employee", "", False, False, False, False, "LCL 37"),
    ("LCL38", "employee", "", True, False, False, False, "LCL 38"),  # 46(1)
    ("LCL39_1", "employer", "", False, True, False, False, "LCL 39(1)"),
    ("LCL39_2", "employer", "", False, True, False, False, "LCL 39(2)"),
    ("LCL39_3", "employer", "", False, True, False, False, "LCL 39(3)"),
    ("LCL39_4", "employer", "", False, True, False, False, "LCL 39(4)"),
    ("LCL39_5", "employer", "", False, True, False, False, "LCL 39(5)"),
    ("LCL39_6", "employer", "", False, True, False, False, "LCL 39(6)"),
    ("LCL40_1", "employer", "30 or +1", True, True, True, False, "LCL 40(1)"),  # 46(3)
    ("LCL40_2", "employer", "30 or +1", True, True, True, False, "LCL 40(2)"),
    ("LCL40_3", "employer", "30 or +1", True, True, True, False, "LCL 40(3)"),
    ("LCL41_1", "employer", "30", True, False, True, False, "LCL 41(1)"),  # 46(4); a procedure of its own
    ("LCL41_2", "employer", "30", True, False, True, False, "LCL 41(2)"),
    ("LCL41_3", "employer", "30", True, False, True, False, "LCL 41(3)"),
    ("LCL41_4", "employer", "30", True, False, True, False, "LCL 41(4)"),
    ("LCL44_1", "expiry", "", True, False, False, True, "LCL 44(1)"),  # 46(5), 45
    ("LCL44_2", "law", "", False, False, False, False, "LCL 44(2)"),
    ("LCL44_3", "law", "", False, False, False, False, "LCL 44(3)"),
    ("LCL44_4", "law", "", True, False, False, False, "LCL 44(4)"),  # 46(6)
    ("LCL44_5", "law", "", True, False, False, False, "LCL 44(5)"),
    ("RETIRE", "law", "", False, False, False, False, "REG 21"),
    ("TASK_COMPLETED", "law", "", True, False, False, True, "REG 22"),
]


@pytest.mark.parametrize(("ground", "actor", "notice", "pays", "union", "barred", "extended", "article"), ROWS)
def test_a_ground_asks_for_what_the_law_says(ground, actor, notice, pays, union, barred, extended, article):
    row = GROUNDS[ground]

    assert (row.actor, row.notice, row.severance) == (actor, NOTICE[notice], pays)
    assert (row.union_notice, row.barred_when_protected, row.extended_when_protected) == (union, barred, extended)
    assert row.article == article


def test_there_are_no_other_grounds():
    """REG 13, 18, 19."""
    assert set(GROUNDS) == {row[0] for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_severance_is_paid_on_the_grounds_of_article_46_and_no_other(row):
    paid = pay(ground=row[0])

    assert paid.severance == (Decimal("50000.00") if row[3] else Decimal("0.00"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_month_in_lieu_is_known_to_article_40_alone(row):
    """REG 20; art. 41 has no such way."""
    paid = pay(ground=row[0], pay_in_lieu=True, last_month_wage=Decimal("12345.67"))

    assert paid.pay_in_lieu == (Decimal("12345.67") if row[2] == "30 or +1" else Decimal("0.00"))
