"""Duties after the last day, article by article."""

from datetime import date

import pytest

from offboarding.rules import obligations
from offboarding.rules.obligations import DutyKind

LAST = date(2026, 8, 31)

DUTIES = [
    # kind, due, article, to-do from, of whom
    ("file_transfer", date(2026, 9, 15), "LCL 50(1)", LAST, "hrbp"),
    ("unemployment_notice", LAST, "失业保险条例 16", LAST, "hrbp"),
    ("unemployment_list", date(2026, 9, 7), "SIL 50, 失业保险条例 16", LAST, "hrbp"),
    ("housing_fund", date(2026, 9, 30), "住房公积金管理条例 15", LAST, "hrbp"),
    ("contact_review", date(2027, 8, 31), "PIPL 19, 47", date(2027, 8, 1), "hrbp"),
    ("retention", date(2028, 8, 31), "LCL 50(3)", None, ""),
    ("wage_records", date(2028, 8, 31), "WPR 6", None, ""),
    ("arbitration_window", date(2027, 8, 31), "调解仲裁法 27", None, ""),
    ("rehire_priority", date(2027, 2, 28), "LCL 41", None, "hrbp"),
]


def laid_off() -> dict[str, obligations.Duty]:
    return {
        duty.kind.value: duty for duty in obligations.after(termination_date=LAST, is_layoff=True, ground="LCL41_1")
    }


@pytest.mark.parametrize(("kind", "due", "article", "asked", "role"), DUTIES)
def test_each_duty_has_its_day_its_article_and_its_owner(kind, due, article, asked, role) -> None:
    duty = laid_off()[kind]

    assert (duty.due_date, duty.article, duty.ask_date, duty.role) == (due, article, asked, role)


def test_only_a_layoff_gives_a_right_to_be_invited_first() -> None:
    assert DutyKind.REHIRE_PRIORITY not in kinds_of("LCL39_2")


def kinds_of(ground: str) -> set[DutyKind]:
    return {duty.kind for duty in obligations.after(termination_date=LAST, is_layoff=False, ground=ground)}


@pytest.mark.parametrize("ground", ["LCL39_2", "LCL40_1", "LCL44_1", "LCL36_EMPLOYER", "LCL38"])
def test_who_lost_the_job_against_their_will_is_told_of_the_benefits(ground) -> None:
    assert {DutyKind.UNEMPLOYMENT_NOTICE, DutyKind.UNEMPLOYMENT_LIST} <= kinds_of(ground)


@pytest.mark.parametrize("ground", ["LCL37", "LCL36_EMPLOYEE"])
def test_who_left_by_their_own_wish_is_only_on_the_list(ground) -> None:
    assert DutyKind.UNEMPLOYMENT_LIST in kinds_of(ground)
    assert DutyKind.UNEMPLOYMENT_NOTICE not in kinds_of(ground)


@pytest.mark.parametrize("ground", ["RETIRE", "LCL44_2", "LCL44_3"])
def test_who_retired_or_died_is_not_unemployed(ground) -> None:
    assert not {DutyKind.UNEMPLOYMENT_NOTICE, DutyKind.UNEMPLOYMENT_LIST} & kinds_of(ground)
    assert DutyKind.HOUSING_FUND in kinds_of(ground)


def test_only_a_death_is_followed_by_the_benefits_of_the_survivors() -> None:
    duties = obligations.after(termination_date=LAST, is_layoff=False, ground="LCL44_3")
    [claim] = [duty for duty in duties if duty.kind == DutyKind.SURVIVORS]

    assert (claim.due_date, claim.role, claim.ask_date) == (date(2026, 9, 30), "hrbp", LAST)
    assert DutyKind.SURVIVORS not in kinds_of("LCL44_4") | kinds_of("RETIRE")


LATE = [
    ("retention", False),
    ("arbitration_window", False),
    ("rehire_priority", False),
    ("housing_fund", True),
    ("contact_review", True),
]


@pytest.mark.parametrize(("kind", "late"), LATE)
def test_a_duty_turns_red_and_a_period_does_not(kind, late) -> None:
    day_after = date(2026, 9, 16)

    due = date(2026, 9, 15)
    assert obligations.is_late(kind, due, today=day_after) is late
    assert not obligations.is_late(kind, due, today=due)


def test_nobody_ends_the_two_years_of_the_contract_text() -> None:
    for kept in ("retention", "wage_records", "arbitration_window"):
        assert not obligations.may_end_by_hand(kept)
    assert obligations.may_end_by_hand("rehire_priority")
