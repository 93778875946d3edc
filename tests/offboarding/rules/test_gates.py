from dataclasses import replace
from datetime import date

import pytest

from offboarding.rules import gates
from offboarding.rules.gates import Facts, Gate

ON = date(2026, 5, 18)
DISMISSAL = Facts(kind="dismissal", ground="LCL39_2", on=ON, reason="旷工三天, 两次书面警告")


def codes(gate: Gate, facts: Facts) -> list[str]:
    return [finding.code for finding in gates.check(gate, facts)]


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
        ({"ground": "LCL40_3", "probation_end_date": date(2026, 6, 1)}, ["B_PROBATION_RESTRICTED_21"]),  # LCL 21
        ({"ground": "LCL39_1", "probation_end_date": ON}, []),  # the last day of probation is inside
        ({"ground": "LCL40_2", "is_protected": True}, ["B_PROTECTED_42"]),
        ({"is_protected": True}, ["W_PROTECTED"]),  # LCL 42 does not bar 39
    ],
)
def test_the_submit_gate_finds(changes, expected) -> None:
    assert codes(Gate.SUBMIT, replace(DISMISSAL, **changes)) == expected


def test_a_warning_does_not_block() -> None:
    [finding] = gates.check(Gate.SUBMIT, replace(DISMISSAL, is_protected=True))

    assert not finding.blocks


def test_a_resignation_passes_whatever_it_says() -> None:
    facts = Facts(kind="resignation", ground="LCL37", on=ON, reason="怀孕", is_protected=True)

    assert codes(Gate.SUBMIT, facts) == []
    assert codes(Gate.EFFECT, facts) == []


def test_the_union_must_be_told_before_the_notice_is_issued() -> None:
    assert codes(Gate.ISSUE, DISMISSAL) == ["B_NO_UNION_NOTICE"]  # LCL 43
    assert codes(Gate.ISSUE, replace(DISMISSAL, union_notified=True)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["B_NO_SERVICE_PROOF"]),
        ({"delivered_on": ON}, []),
        ({"ground": "LCL40_2", "delivered_on": ON, "termination_date": date(2026, 6, 16)}, ["B_NOTICE_SHORT"]),
        ({"ground": "LCL40_2", "delivered_on": ON, "termination_date": date(2026, 6, 17)}, []),
        ({"ground": "LCL40_2", "delivered_on": ON, "termination_date": ON, "pay_in_lieu": True}, []),
        (
            {"ground": "LCL40_2", "delivered_on": ON, "termination_date": date(2026, 7, 1), "is_protected": True},
            ["B_PROTECTED_42"],
        ),
    ],
)
def test_the_effect_gate_finds(changes, expected) -> None:
    assert codes(Gate.EFFECT, replace(DISMISSAL, **changes)) == expected


def test_a_mutual_ending_needs_the_signed_agreement() -> None:
    facts = Facts(kind="mutual_agreement", ground="LCL36_EMPLOYER", on=ON, reason="协商")

    assert codes(Gate.EFFECT, facts) == ["B_NO_CONSENT"]
    assert codes(Gate.EFFECT, replace(facts, agreement_signed=True)) == []
