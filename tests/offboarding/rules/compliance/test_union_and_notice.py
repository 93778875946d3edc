"""Compliance 1.6, 1.7 and the open-ended trap of 1.3: LCL 14, 36, 37, 40, 43; JI1 47; CC 201."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from offboarding.rules.compliance.facts import Contract, ContractType, Relation
from offboarding.rules.compliance.ground_check import ground_check
from offboarding.rules.compliance.service import Segment
from offboarding.rules.compliance.tables import SecondTerm
from tests.offboarding.rules.compliance.cases import LAST_DAY, NEWCOMER, NOTICE, PERSON, TABLES, check, facts

DAY = timedelta(days=1)
WITH_UNION = [f"LCL39_{item}" for item in range(2, 7)] + [f"LCL40_{item}" for item in (1, 2, 3)]
WITHOUT = ["LCL36_EMPLOYER", "LCL36_EMPLOYEE", "LCL37", "LCL38", "LCL41_2", "LCL44_4", "RETIRE"]


@pytest.mark.parametrize("ground", WITH_UNION)
@pytest.mark.parametrize(
    ("union", "told", "codes"),
    [
        (True, NOTICE, ()),  # on the day of the notice is in time
        (True, NOTICE - DAY, ()),
        (True, NOTICE + DAY, ("B_NO_UNION_NOTICE",)),
        (True, None, ("B_NO_UNION_NOTICE",)),
        (False, None, ("W_NO_UNION_ENTERPRISE",)),
    ],
)
def test_the_union_hears_of_it_first(ground, union, told, codes):
    assert check(ground, has_union=union, union_notice_date=told).codes == codes


@pytest.mark.parametrize("ground", WITHOUT)
@pytest.mark.parametrize("union", [True, False])
def test_other_grounds_need_no_union(ground, union):
    person = replace(PERSON, birth_date=date(1960, 1, 1))

    assert not [
        code for code in check(ground, person=person, has_union=union, union_notice_date=None).codes if "UNION" in code
    ]


@pytest.mark.parametrize("ground", ["LCL40_1", "LCL40_2", "LCL40_3"])
@pytest.mark.parametrize(
    ("last_day", "in_lieu", "codes"),
    [
        (NOTICE + 30 * DAY, False, ()),
        (NOTICE + 29 * DAY, False, ("B_NOTICE_SHORT",)),
        (NOTICE, True, ()),
        (NOTICE + 10 * DAY, True, ()),
        (NOTICE - DAY, True, ("B_NOTICE_SHORT",)),
    ],
)
def test_thirty_days_or_a_month_in_lieu(ground, last_day, in_lieu, codes):
    """LCL 40; the day of delivery is not counted."""
    assert check(ground, last_day=last_day, pay_in_lieu=in_lieu).codes == codes


@pytest.mark.parametrize("ground", ["LCL36_EMPLOYER", "LCL39_2"])
def test_no_ending_before_it_is_delivered(ground):
    assert check(ground, last_day=NOTICE).codes == ()
    assert check(ground, last_day=NOTICE - DAY).codes == ("B_NOTICE_SHORT",)


@pytest.mark.parametrize(
    ("ground", "person", "earliest"),
    [
        ("LCL37", PERSON, NOTICE + 30 * DAY),
        ("LCL37", NEWCOMER, NOTICE + 3 * DAY),  # in probation
        ("LCL40_2", PERSON, NOTICE + 30 * DAY),
        ("LCL39_2", PERSON, NOTICE),
        ("LCL36_EMPLOYEE", PERSON, NOTICE),
    ],
)
def test_the_first_lawful_last_day_is_shown(ground, person, earliest):
    assert check(ground, person=person).earliest_last_day == earliest


def test_an_employee_who_leaves_early_is_not_kept():
    assert check("LCL37", last_day=NOTICE).codes == ()


@pytest.mark.parametrize("ground", ["LCL36_EMPLOYER", "LCL36_EMPLOYEE"])
def test_an_agreement_is_signed_or_is_none(ground):
    assert check(ground, employee_signed=False).codes == ("B_NO_CONSENT",)
    assert check("LCL40_2", employee_signed=False).codes == ()


FIRST = Contract(type=ContractType.FIXED, start=date(2023, 10, 2), end=LAST_DAY)
SECOND = replace(FIRST, fixed_term_count=2)


@pytest.mark.parametrize(
    ("changes", "given", "codes"),
    [
        ({"contract": FIRST}, {}, ()),
        ({"contract": SECOND}, {}, ("B_OPEN_ENDED_DUE",)),  # LCL 14(2)(3)
        ({"contract": SECOND}, {"second_term_only_warns": True}, ("W_OPEN_ENDED_DUE",)),
        ({"contract": SECOND, "wants_renewal": False}, {"second_term_only_warns": True}, ()),
        ({"contract": SECOND, "hire_date": date(2016, 10, 2)}, {"second_term_only_warns": True}, ("B_OPEN_ENDED_DUE",)),
        ({"contract": SECOND, "wants_renewal": False}, {}, ()),
        ({"contract": SECOND}, {"evidence": {"E_RENEWAL_OFFER": None, "E_RENEWAL_REFUSAL": None}}, ()),
        ({"contract": SECOND}, {"evidence": {"E_RENEWAL_OFFER": None}}, ("B_OPEN_ENDED_DUE",)),
        ({"contract": FIRST, "hire_date": date(2016, 10, 2)}, {}, ("B_OPEN_ENDED_DUE",)),  # ten years to the day
        ({"contract": FIRST, "hire_date": date(2016, 10, 3)}, {}, ()),
        (
            {
                "contract": FIRST,
                "hire_date": date(2021, 3, 1),
                "prior_segments": (
                    Segment(
                        start=date(2015, 1, 1), end=date(2021, 2, 28), reason="NON_EMPLOYEE_CAUSE", compensated=True
                    ),
                ),
            },
            {},
            ("B_OPEN_ENDED_DUE",),  # paid years count here (JI1 46)
        ),
        ({}, {}, ("B_GROUND_NOT_LEGAL",)),  # an open-ended contract does not run out
        ({"contract": replace(FIRST, type=ContractType.TASK)}, {}, ("B_GROUND_NOT_LEGAL",)),  # nor does a task
        ({"contract": replace(FIRST, end=LAST_DAY + DAY)}, {}, ("B_GROUND_NOT_LEGAL",)),  # earlier: a dismissal
        ({"contract": replace(FIRST, end=LAST_DAY - DAY)}, {}, ()),
        ({"contract": replace(FIRST, end=None)}, {}, ()),
    ],
)
def test_a_term_may_not_simply_run_out(changes, given, codes):
    assert check("LCL44_1", person=replace(PERSON, **changes), **given).codes == codes


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (ContractType.TASK, ()),
        (ContractType.FIXED, ("B_GROUND_NOT_LEGAL",)),
        (ContractType.OPEN, ("B_GROUND_NOT_LEGAL",)),
    ],
)
def test_only_a_contract_for_a_task_ends_with_the_task(kind, codes):
    """REG 22; of the others the completion of a task is no ground."""
    assert check("TASK_COMPLETED", person=replace(PERSON, contract=replace(FIRST, type=kind))).codes == codes


@pytest.mark.parametrize(
    ("last_day", "codes"), [(date(2026, 11, 30), ("B_GROUND_NOT_LEGAL",)), (date(2026, 12, 1), ())]
)
def test_nobody_retires_before_the_month(last_day, codes):
    """REG 21; a man born 1966-07 retires in 2026-12."""
    assert check("RETIRE", person=replace(PERSON, birth_date=date(1966, 7, 20)), last_day=last_day).codes == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"birth_date": date(1975, 12, 1)}, ("B_GROUND_NOT_LEGAL",)),  # by the earliest age in 2026-06
        ({"birth_date": date(1975, 10, 1)}, ("W_RETIRE_CATEGORY_UNKNOWN",)),
        ({"birth_date": date(1975, 10, 1), "retire_category": "F50"}, ()),
        ({"birth_date": date(1975, 10, 1), "retire_category": "F55"}, ("B_GROUND_NOT_LEGAL",)),
        ({"birth_date": date(1970, 1, 1)}, ()),  # of age by either
        ({"birth_date": None}, ("W_RETIRE_CATEGORY_UNKNOWN",)),
    ],
)
def test_a_retirement_that_depends_on_what_nobody_entered_is_told(changes, codes):
    """The category is a fact of file and post, never guessed (RET; REG 21)."""
    person = replace(PERSON, **{"is_male": False, "retire_category": None, **changes})

    assert check("RETIRE", person=person, last_day=date(2026, 5, 31)).codes == codes


@pytest.mark.parametrize("ground", ["LCL39_7", "LCL42_1", "末位淘汰", ""])
def test_there_is_no_other_ground(ground):
    answer = check(ground)

    assert (answer.verdict, answer.codes) == ("BLOCK", ("B_GROUND_NOT_LEGAL",))


@pytest.mark.parametrize("relation", [each for each in Relation if each is not Relation.EMPLOYMENT])
def test_what_is_no_employment_leaves_the_engine(relation):
    """Compliance 1.0: LCL 58, 68-72; JI2 21."""
    answer = check("LCL40_2", person=replace(PERSON, relation=relation), evidence={})

    assert (answer.verdict, answer.codes) == ("WARN", ("W_OUT_OF_SCOPE",))


def test_every_finding_cites_its_article():
    assert check("LCL40_2", union_notice_date=None, last_day=NOTICE).citations == ("LCL 40", "LCL 43")


def shanghai(status: str = "confirmed", practice: str = "warns", since: date = date(2009, 3, 3)) -> SecondTerm:
    return SecondTerm(
        id=f"{since}", city="上海", adcode="310000", practice=practice, effective_from=since, source="x", status=status
    )


@pytest.mark.parametrize(
    ("rows", "city", "code"),
    [
        ([], "上海", "B_OPEN_ENDED_DUE"),
        ([shanghai()], "上海", "W_OPEN_ENDED_DUE"),
        ([shanghai()], "310000", "W_OPEN_ENDED_DUE"),
        ([shanghai()], "北京", "B_OPEN_ENDED_DUE"),
        ([shanghai()], "", "B_OPEN_ENDED_DUE"),
        ([shanghai("demo")], "上海", "W_OPEN_ENDED_DUE"),
        ([shanghai("unconfirmed")], "上海", "B_OPEN_ENDED_DUE"),  # nobody vouches for what takes a right away
        ([shanghai(practice="blocks")], "上海", "B_OPEN_ENDED_DUE"),
        ([shanghai(since=LAST_DAY)], "上海", "W_OPEN_ENDED_DUE"),  # in force on the last day
        ([shanghai(since=LAST_DAY + DAY)], "上海", "B_OPEN_ENDED_DUE"),
        ([shanghai(), shanghai(practice="blocks", since=date(2025, 9, 1))], "上海", "B_OPEN_ENDED_DUE"),
        ([shanghai(), shanghai("unconfirmed", "blocks", date(2025, 9, 1))], "上海", "W_OPEN_ENDED_DUE"),
    ],
)
def test_a_second_term_ends_as_its_place_reads_the_law(rows, city, code):
    said = facts("LCL44_1", person=replace(PERSON, contract=SECOND), city=city)

    assert ground_check(said, tables=replace(TABLES, second_terms=tuple(rows))).codes == (code,)


def test_ten_years_count_wherever_it_is():
    person = replace(PERSON, contract=SECOND, hire_date=date(2016, 10, 2))
    said = facts("LCL44_1", person=person, city="上海")

    assert ground_check(said, tables=replace(TABLES, second_terms=(shanghai(),))).codes == ("B_OPEN_ENDED_DUE",)
