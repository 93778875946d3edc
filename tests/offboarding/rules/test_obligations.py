"""Duties after the last day, article by article."""

from datetime import date

import pytest

from offboarding.rules import obligations
from offboarding.rules.obligations import DutyKind

LAST = date(2026, 8, 31)

DUTIES = [
    # kind, due, article, to-do from, of whom
    ("file_transfer", date(2026, 9, 15), "LCL 50(1)", LAST, "hrbp"),
    ("contact_review", date(2027, 8, 31), "PIPL 19, 47", date(2027, 8, 1), "hrbp"),
    ("retention", date(2028, 8, 31), "LCL 50(3)", None, ""),
    ("rehire_priority", date(2027, 2, 28), "LCL 41", None, "hrbp"),
]


def laid_off() -> dict[str, obligations.Duty]:
    return {duty.kind.value: duty for duty in obligations.after(termination_date=LAST, is_layoff=True)}


@pytest.mark.parametrize(("kind", "due", "article", "asked", "role"), DUTIES)
def test_each_duty_has_its_day_its_article_and_its_owner(kind, due, article, asked, role) -> None:
    duty = laid_off()[kind]

    assert (duty.due_date, duty.article, duty.ask_date, duty.role) == (due, article, asked, role)


def test_only_a_layoff_gives_a_right_to_be_invited_first() -> None:
    kinds = {duty.kind for duty in obligations.after(termination_date=LAST, is_layoff=False)}

    assert kinds == {DutyKind.FILE_TRANSFER, DutyKind.CONTACT_REVIEW, DutyKind.RETENTION}


@pytest.mark.parametrize(("kind", "late"), [("retention", False), ("rehire_priority", False), ("contact_review", True)])
def test_a_duty_turns_red_and_a_period_does_not(kind, late) -> None:
    day_after = date(2026, 9, 16)

    due = date(2026, 9, 15)
    assert obligations.is_late(kind, due, today=day_after) is late
    assert not obligations.is_late(kind, due, today=due)


def test_nobody_ends_the_two_years_of_the_contract_text() -> None:
    assert not obligations.may_end_by_hand("retention")
    assert obligations.may_end_by_hand("rehire_priority")
