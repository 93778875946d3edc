from dataclasses import replace

import pytest

from offboarding.rules import wizard
from offboarding.rules.kinds import Kind
from offboarding.rules.wizard import Drafted, WizardStep

COMPLETE = Drafted(has_reason=True, ground="LCL40_2", missing_papers=0, stopping=0, has_day=True, union_waits=False)


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        (Kind.DISMISSAL, "facts ground evidence check union dates money summary"),
        (Kind.LAYOFF, "facts ground evidence check union dates money summary"),
        (Kind.MUTUAL_AGREEMENT, "facts ground evidence check union dates money summary"),
        (Kind.EXPIRY, "facts ground evidence check dates money summary"),
        (Kind.RETIREMENT, "facts ground evidence check dates money summary"),
        (Kind.OTHER_ENDING, "facts ground evidence check dates money summary"),
    ],
)
def test_the_steps_of_each_kind(kind, steps) -> None:
    assert " ".join(wizard.steps_of(kind)) == steps


def test_forth_and_back_along_the_steps() -> None:
    assert wizard.after(WizardStep.GROUND, Kind.DISMISSAL) is WizardStep.EVIDENCE
    assert wizard.after(WizardStep.GROUND, Kind.OTHER_ENDING) is WizardStep.EVIDENCE
    assert wizard.after(WizardStep.CHECK, Kind.OTHER_ENDING) is WizardStep.DATES
    assert wizard.after(WizardStep.SUMMARY, Kind.DISMISSAL) is WizardStep.SUMMARY
    assert wizard.before(WizardStep.FACTS, Kind.DISMISSAL) is None
    assert wizard.before(WizardStep.DATES, Kind.OTHER_ENDING) is WizardStep.CHECK


@pytest.mark.parametrize(
    ("changes", "unsettled"),
    [
        ({}, {"summary"}),
        ({"has_reason": False}, {"facts", "summary"}),
        ({"ground": ""}, {"ground", "evidence", "check", "union", "money", "summary"}),
        ({"missing_papers": 1}, {"evidence", "summary"}),
        ({"stopping": 2}, {"check", "summary"}),
        ({"union_waits": True}, {"union", "summary"}),
        ({"has_day": False}, {"dates", "money", "summary"}),
    ],
)
def test_what_is_left_to_say(changes, unsettled) -> None:
    drafted = replace(COMPLETE, **changes)

    assert {step.value for step in WizardStep if not wizard.is_settled(step, drafted)} == unsettled


@pytest.mark.parametrize(
    ("ground", "applies"),
    [("LCL40_2", True), ("LCL39_2", True), ("LCL36_EMPLOYER", False), ("LCL41_1", False), ("", True)],
)
def test_the_union_is_a_step_of_the_grounds_that_ask_it(ground, applies) -> None:
    assert wizard.applies(WizardStep.UNION, replace(COMPLETE, ground=ground)) is applies


def test_a_ground_without_papers_has_none_left_to_bring() -> None:
    """TASK_COMPLETED, beside the expiry that has some."""
    assert wizard.is_settled(WizardStep.EVIDENCE, replace(COMPLETE, ground="TASK_COMPLETED"))
