from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from offboarding.reference import shipped
from offboarding.rules import gates
from offboarding.rules.compliance.evidence import NEEDS
from offboarding.rules.compliance.facts import Contract, ContractType, Employee, GroundFacts, Maternity, Probation
from offboarding.rules.compliance.layoff import LayoffFacts, LayoffRecord
from offboarding.rules.gates import Facts, Gate

ON = date(2026, 5, 18)
SOMEBODY = Employee(
    hire_date=date(2022, 3, 14),
    is_male=True,
    birth_date=date(1990, 6, 1),
    contract=Contract(type=ContractType.OPEN, start=date(2022, 3, 14)),
    retire_category="M60",
)
IN_PROBATION = replace(
    SOMEBODY, hire_date=date(2026, 3, 1), probation=Probation(start=date(2026, 3, 1), end=date(2026, 8, 31))
)
PREGNANT = replace(SOMEBODY, maternity_state=Maternity.PREGNANT)
ENTITY = "HC"


def all_papers(ground: str) -> dict[str, date | None]:
    return {paper: None for need in NEEDS[ground].must for paper in need.split("|")}


def facts(*, kind: str = "dismissal", ground: str = "LCL39_2", delivered_on: date | None = None, **law: Any) -> Facts:
    given: dict[str, Any] = {
        "notice_date": delivered_on or ON,
        "last_day": date(2026, 6, 30),
        "employee": SOMEBODY,
        "has_union": True,
        "reason": "三天没有来上班",
        "evidence": all_papers(ground) if ground in NEEDS else {},
    }
    layoff = law.pop("layoff", None)
    asked = GroundFacts(ground=ground, **(given | law))
    return Facts(kind=kind, law=asked, tables=shipped(), layoff=layoff, delivered_on=delivered_on)


def codes(gate: Gate, asked: Facts) -> list[str]:
    return [finding.code for finding in gates.check(gate, asked) if not finding.is_advice]


def without(ground: str, paper: str) -> dict[str, date | None]:
    return {name: day for name, day in all_papers(ground).items() if name != paper}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"ground": ""}, ["B_GROUND_NOT_LEGAL"]),  # REG 19: no others exist
        ({"ground": "LCL37"}, ["B_GROUND_NOT_LEGAL"]),
        ({"reason": "  "}, ["B_REASON_MISSING"]),
        ({"reason": "她怀孕了"}, ["B_DISCRIMINATION"]),
        ({"reason": "年龄大"}, ["B_DISCRIMINATION"]),
        ({"reason": "去年申请过仲裁"}, ["B_RETALIATION"]),
        ({"ground": "LCL39_1"}, ["B_PROBATION_EXPIRED"]),
        ({"ground": "LCL40_3", "employee": IN_PROBATION}, ["B_PROBATION_RESTRICTED_21"]),  # LCL 21
        ({"ground": "LCL39_1", "employee": IN_PROBATION, "notice_date": date(2026, 8, 31)}, []),  # its last day
        ({"ground": "LCL40_2", "employee": PREGNANT}, ["B_PROTECTED_42"]),
        ({"employee": PREGNANT}, ["W_PROTECTED"]),  # LCL 42 does not bar 39
        ({"kind": "mutual_agreement", "ground": "LCL36_EMPLOYER", "employee": PREGNANT}, ["W_PROTECTED"]),
        ({"evidence": without("LCL39_2", "E_RULEBOOK")}, ["B_MISSING_EVIDENCE:E_RULEBOOK"]),
        (
            {"ground": "LCL39_4", "evidence": {"E_DUAL_EMPLOYMENT_PROOF": None, "E_REFUSAL": None}},
            ["B_MISSING_EVIDENCE:E_IMPACT_PROOF|E_CORRECTION_DEMAND+E_REFUSAL"],
        ),
        (
            {"ground": "LCL40_2", "evidence": without("LCL40_2", "E_APPRAISAL_2")},
            ["B_MISSING_EVIDENCE:E_APPRAISAL_2"],
        ),
        (
            {"ground": "LCL40_2", "evidence": all_papers("LCL40_2") | {
                "E_APPRAISAL_1": date(2026, 4, 2), "E_TRAINING": date(2026, 4, 9), "E_APPRAISAL_2": date(2026, 4, 1),
            }},
            ["B_MISSING_EVIDENCE:E_APPRAISAL_2"],  # what lies before the training proves nothing
        ),
        ({"ground": "LCL40_3", "reason": "组织调整"}, ["W_40_3_SELF_MADE_CHANGE"]),
        ({"misconduct_known_date": date(2026, 2, 1)}, ["W_STALE_MISCONDUCT"]),
        ({"kind": "mutual_agreement", "ground": "LCL36_EMPLOYER", "evidence": {}},
         ["B_MISSING_EVIDENCE:E_PROPOSER_RECORD"]),  # the agreement itself is signed later
    ],
)  # fmt: skip
def test_the_submit_gate_finds(changes, expected) -> None:
    assert codes(Gate.SUBMIT, facts(**changes)) == expected


def test_a_warning_does_not_block_but_asks_for_a_reason() -> None:
    [finding] = gates.check(Gate.SUBMIT, facts(employee=PREGNANT))[:1]

    assert not finding.blocks and finding.needs_reason


def test_advice_asks_for_nothing() -> None:
    advice = [finding for finding in gates.check(Gate.SUBMIT, facts()) if finding.is_advice]

    assert [finding.code for finding in advice] == [
        "W_MISSING_EVIDENCE:E_EMPLOYEE_STATEMENT",
        "W_MISSING_EVIDENCE:E_PRIOR_WARNINGS",
        "W_MISSING_EVIDENCE:E_PROPORTIONALITY_NOTE",
    ]
    assert not any(finding.blocks or finding.needs_reason for finding in advice)


@pytest.mark.parametrize(
    "protected",
    [
        PREGNANT,
        replace(SOMEBODY, hazard_exposure=True),
        replace(SOMEBODY, medical_period_end=date.max),
        replace(SOMEBODY, other_protection="TUL 19"),
    ],
)
@pytest.mark.parametrize("ground", ["LCL40_1", "LCL40_2", "LCL40_3"])
def test_no_finding_says_which_protection_it_is(protected, ground) -> None:
    found = gates.everything(facts(ground=ground, employee=protected))

    named = [finding for finding in found if "PROTECT" in finding.code or "42" in finding.article]
    assert {(finding.code, finding.article) for finding in named} == {("B_PROTECTED_42", "LCL 42")}
    assert not any("OHC" in finding.code or "INJURY" in finding.code for finding in found)


def test_a_resignation_passes_whatever_it_says() -> None:
    asked = facts(kind="resignation", ground="LCL37", reason="怀孕", employee=PREGNANT)

    assert gates.everything(asked) == []


def test_the_union_must_be_told_before_the_notice_is_issued() -> None:
    assert codes(Gate.ISSUE, facts()) == ["B_NO_UNION_NOTICE"]  # LCL 43
    assert codes(Gate.ISSUE, facts(union_notice_date=ON)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["B_NO_SERVICE_PROOF"]),
        ({"delivered_on": ON}, []),
        ({"ground": "LCL40_2", "delivered_on": ON, "last_day": date(2026, 6, 16)}, ["B_NOTICE_SHORT"]),
        ({"ground": "LCL40_2", "delivered_on": ON, "last_day": date(2026, 6, 17)}, []),
        ({"ground": "LCL40_2", "delivered_on": ON, "last_day": ON, "pay_in_lieu": True}, []),
        ({"ground": "LCL40_2", "delivered_on": ON, "employee": PREGNANT}, ["B_PROTECTED_42"]),
    ],
)
def test_the_effect_gate_finds(changes, expected) -> None:
    assert codes(Gate.EFFECT, facts(**changes)) == expected


def test_a_mutual_ending_needs_the_signed_agreement() -> None:
    asked = {"kind": "mutual_agreement", "ground": "LCL36_EMPLOYER"}

    assert codes(Gate.EFFECT, facts(**asked)) == ["B_NO_CONSENT"]
    assert codes(Gate.EFFECT, facts(**asked, employee_signed=True)) == []


def layoff(ground: str, *, count: int, briefing: date | None = None) -> LayoffFacts:
    day = date(2026, 6, 30)
    records = [LayoffRecord(entity=ENTITY, ground=ground, effective_date=day, count=count)]
    return LayoffFacts(
        entity=ENTITY, headcount=500, records=records, briefing_date=briefing, opinions_recorded=False, report_date=None
    )


def test_twenty_under_article_41_need_the_briefing_first_and_the_rest_in_its_time() -> None:
    asked = facts(kind="layoff", ground="LCL41_2", layoff=layoff("LCL41_2", count=20))

    assert codes(Gate.SUBMIT, asked) == ["B_41_NO_BRIEFING"]
    assert codes(Gate.ISSUE, asked) == ["B_41_NO_OPINIONS", "B_41_NO_REPORT"]
    told = facts(kind="layoff", ground="LCL41_2", layoff=layoff("LCL41_2", count=20, briefing=date(2026, 6, 1)))
    assert codes(Gate.SUBMIT, told) == []
    assert "B_41_NOTICE_SHORT" in codes(Gate.EFFECT, told)


def test_the_plan_is_asked_for_when_notices_are_issued() -> None:
    asked = facts(
        kind="layoff",
        ground="LCL41_2",
        layoff=layoff("LCL41_2", count=20, briefing=ON),
        evidence=without("LCL41_2", "E_PLAN"),
    )

    assert codes(Gate.SUBMIT, asked) == []
    assert "B_MISSING_EVIDENCE:E_PLAN" in codes(Gate.ISSUE, asked)


@pytest.mark.parametrize(("count", "expected"), [(20, ["W_PATTERN_LAYOFF"]), (19, [])])
def test_as_many_agreements_look_like_a_layoff_in_parts(count, expected) -> None:
    asked = facts(kind="mutual_agreement", ground="LCL36_EMPLOYER", layoff=layoff("LCL36_EMPLOYER", count=count))

    assert codes(Gate.SUBMIT, asked) == expected


def test_what_papers_and_notice_rest_on_is_the_article_of_the_ground() -> None:
    found = gates.everything(facts(ground="LCL40_2", evidence={}))

    article = next(finding.article for finding in found if finding.code == "B_MISSING_EVIDENCE:E_APPRAISAL_2")
    assert article == "LCL 40(2), JI1 44"


@pytest.mark.parametrize(
    ("kind", "ground", "asked_again"),
    [("mutual_agreement", "LCL36_EMPLOYER", Gate.EFFECT), ("dismissal", "LCL40_3", Gate.ISSUE)],
)
def test_a_layoff_in_parts_is_asked_about_again_at_the_last_gate(kind, ground, asked_again) -> None:
    """What was sent as one of ten may stand among twenty when it is carried out."""
    asked = facts(kind=kind, ground=ground, layoff=layoff(ground, count=20))

    found = [finding.gate for finding in gates.everything(asked) if finding.code == "W_PATTERN_LAYOFF"]
    assert found == [Gate.SUBMIT, asked_again]
