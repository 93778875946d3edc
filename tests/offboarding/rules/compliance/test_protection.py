"""Compliance 1.5: LCL 42, 45; ODL 35, 55; WII 33-37; TUL 19."""

from dataclasses import replace
from datetime import date

import pytest

from offboarding.rules.compliance.facts import Contract, ContractType, Maternity, WorkInjury
from offboarding.rules.compliance.protection import items
from offboarding.rules.compliance.service import Segment
from tests.offboarding.rules.compliance.cases import LAST_DAY, PERSON, TABLES, check

VETERAN = replace(PERSON, hire_date=date(2011, 10, 2), birth_date=date(1970, 1, 15))
TERM = Contract(type=ContractType.FIXED, start=date(2023, 10, 1), end=LAST_DAY)

PROTECTED = [
    (1, {"hazard_exposure": True}),
    (1, {"suspected_occ_disease": True, "exit_exam_done": True}),
    (2, {"work_injury": WorkInjury(grade=1)}),
    (2, {"work_injury": WorkInjury(grade=10)}),
    (2, {"work_injury": WorkInjury(in_treatment=True)}),
    (3, {"medical_period_end": LAST_DAY}),
    (4, {"maternity_state": Maternity.PREGNANT}),
    (4, {"maternity_state": Maternity.MATERNITY}),
    (4, {"maternity_state": Maternity.NURSING}),
    (6, {"other_protection": "TUL 19"}),
]
NOT_PROTECTED = [
    {},
    {"hazard_exposure": True, "exit_exam_done": True},  # cured by the exam (ODL 35)
    {"medical_period_end": date(2026, 9, 30)},  # the day before the last day
    {"work_injury": WorkInjury()},
]


@pytest.mark.parametrize(("item", "changes"), PROTECTED)
def test_an_item_holds(item, changes):
    assert items(replace(PERSON, **changes), last_day=LAST_DAY, tables=TABLES) == (item,)


@pytest.mark.parametrize("changes", NOT_PROTECTED)
def test_no_item_holds(changes):
    assert items(replace(PERSON, **changes), last_day=LAST_DAY, tables=TABLES) == ()


@pytest.mark.parametrize("ground", ["LCL40_1", "LCL40_2", "LCL40_3", "LCL41_1", "LCL41_2", "LCL41_3", "LCL41_4"])
@pytest.mark.parametrize(("item", "changes"), PROTECTED)
def test_it_bars_40_and_41(ground, item, changes):
    answer = check(ground, person=replace(PERSON, **changes))

    assert f"B_PROTECTED_42_{item}" in answer.codes and answer.protected == (item,)


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        *((f"LCL39_{item}", "W_PROTECTED_39") for item in range(2, 7)),
        ("LCL36_EMPLOYER", "W_PROTECTED_36"),
        ("LCL36_EMPLOYEE", "W_PROTECTED_36"),
        ("LCL37", ""),
        ("LCL38", ""),
        ("LCL44_4", ""),
    ],
)
def test_it_bars_nothing_else(ground, code):
    answer = check(ground, person=replace(PERSON, maternity_state=Maternity.PREGNANT))

    assert answer.codes == ((code,) if code else ())


@pytest.mark.parametrize(("item", "changes"), PROTECTED)
def test_a_term_that_runs_out_is_extended(item, changes):
    """LCL 45; grade 10 alone may run out, against its one-off payments (WII 37)."""
    answer = check("LCL44_1", person=replace(PERSON, contract=TERM, **changes))
    runs_out = changes.get("work_injury") == WorkInjury(grade=10)

    assert ("B_EXTEND_45" in answer.codes) is not runs_out
    assert answer.protected == (item,)


@pytest.mark.parametrize(
    ("injury", "extended"),
    [
        *((WorkInjury(grade=grade), True) for grade in range(1, 7)),
        *((WorkInjury(grade=grade), False) for grade in range(7, 11)),
        (WorkInjury(grade=4, asks_to_end=True), True),  # WII 35: kept to retirement
        (WorkInjury(grade=5, asks_to_end=True), False),  # WII 36: at the employee's own request
        (WorkInjury(grade=6, asks_to_end=True), False),
        (WorkInjury(grade=8, in_treatment=True), True),  # WII 33
    ],
)
@pytest.mark.parametrize("ground", ["LCL44_1", "TASK_COMPLETED"])
def test_the_grade_of_an_injury_decides_about_expiry(ground, injury, extended):
    answer = check(ground, person=replace(PERSON, contract=TERM, work_injury=injury))

    assert ("B_EXTEND_45" in answer.codes) is extended
    assert "W_WORK_INJURY_LUMP" in answer.advice


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        ("LCL36_EMPLOYER", "B_OHC_EXIT_EXAM"),
        ("LCL36_EMPLOYEE", "B_OHC_EXIT_EXAM"),
        ("LCL44_1", "B_OHC_EXIT_EXAM"),
        ("LCL44_4", "B_OHC_EXIT_EXAM"),
        ("TASK_COMPLETED", "B_OHC_EXIT_EXAM"),
        ("LCL44_3", ""),
        ("LCL37", ""),
        ("LCL39_2", ""),
    ],
)
def test_no_ending_before_the_exit_exam(ground, code):
    """ODL 35(2), 55(2): 解除或者终止 without limit."""
    term = replace(TERM, type=ContractType.TASK if ground == "TASK_COMPLETED" else ContractType.FIXED)
    answer = check(ground, person=replace(PERSON, contract=term, hazard_exposure=True))

    assert ("B_OHC_EXIT_EXAM" in answer.codes) is bool(code)
    assert ("W_OHC_EXIT_EXAM" in answer.advice) is ground.startswith("LCL39_")


@pytest.mark.parametrize(
    ("changes", "protected"),
    [
        ({}, True),  # 2011-10-02 to 2026-10-01 is fifteen years to the day
        ({"hire_date": date(2011, 10, 3)}, False),  # a day short of fifteen years
        ({"birth_date": date(1972, 1, 15)}, False),  # more than five years to go
    ],
)
def test_long_service_near_retirement(changes, protected):
    person = replace(VETERAN, **({"birth_date": date(1969, 1, 15)} | changes))

    assert (5 in items(person, last_day=LAST_DAY, tables=TABLES)) is protected


def test_exactly_five_years_is_not_less_than_five():
    """Born 1970-01-15, 60 years and 16 months: 2031-05-15."""
    person = replace(VETERAN, hire_date=date(2010, 1, 1))

    assert items(person, last_day=date(2026, 5, 15), tables=TABLES) == ()
    assert items(person, last_day=date(2026, 5, 16), tables=TABLES) == (5,)


def test_service_with_the_group_counts_even_where_it_was_paid_off():
    """REG 10; LCL 42(5)."""
    joined = Segment(start=date(2008, 1, 1), end=date(2020, 12, 31), reason="NON_EMPLOYEE_CAUSE", compensated=True)
    person = replace(VETERAN, birth_date=date(1968, 1, 15), hire_date=date(2021, 1, 1))

    assert items(person, last_day=LAST_DAY, tables=TABLES) == ()
    assert items(replace(person, prior_segments=(joined,)), last_day=LAST_DAY, tables=TABLES) == (5,)


def test_an_unknown_category_protects_if_either_would():
    """A woman born 1979: 50 is near, 55 is not."""
    woman = replace(VETERAN, is_male=False, retire_category=None, birth_date=date(1979, 3, 1))

    unknown = check("LCL40_3", person=woman)
    manager = check("LCL40_3", person=replace(woman, retire_category="F55"))

    assert unknown.codes == ("B_PROTECTED_42_5", "W_RETIRE_CATEGORY_UNKNOWN")
    assert manager.codes == ()


@pytest.mark.parametrize(
    "changes",
    [{"hire_date": date(2021, 3, 1)}, {"is_male": True}, {"retire_category": "F50", "birth_date": date(1990, 1, 1)}],
)
def test_an_unknown_category_is_no_matter_where_it_decides_nothing(changes):
    woman = replace(VETERAN, is_male=False, retire_category=None, birth_date=date(1990, 3, 1))

    assert check("LCL40_3", person=replace(woman, **changes)).codes == ()


def test_a_condition_that_begins_after_the_notice_counts():
    """The day looked at is the last day."""
    person = replace(PERSON, medical_period_end=date(2026, 10, 20))

    assert "B_PROTECTED_42_3" in check("LCL40_3", person=person, last_day=date(2026, 10, 20)).codes
    assert "B_PROTECTED_42_3" not in check("LCL40_3", person=person, last_day=date(2026, 10, 21)).codes
