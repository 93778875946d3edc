"""The steps of asking for an ending by the employer, in the order in which one answer rests on the other."""

from dataclasses import dataclass
from enum import StrEnum

from offboarding.rules.grounds import GROUNDS
from offboarding.rules.kinds import rule


class WizardStep(StrEnum):
    FACTS = "facts"
    GROUND = "ground"
    EVIDENCE = "evidence"
    CHECK = "check"
    UNION = "union"
    DATES = "dates"
    MONEY = "money"
    SUMMARY = "summary"


S = WizardStep
BY_EMPLOYER = tuple(WizardStep)
BY_LAW = (S.FACTS, S.GROUND, S.EVIDENCE, S.CHECK, S.DATES, S.MONEY, S.SUMMARY)
"""No union; but papers show whether a term was offered anew, who draws a pension, and what has happened (LCL 14, 44, 45)."""


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """As much as was said so far."""

    has_reason: bool
    ground: str
    missing_papers: int
    stopping: int
    has_day: bool
    union_waits: bool
    """It was not told yet, or nobody wrote why it goes on without one."""


def steps_of(kind: str) -> tuple[WizardStep, ...]:
    return BY_EMPLOYER if rule(kind).needs_effect_gate else BY_LAW


def after(step: WizardStep, kind: str) -> WizardStep:
    steps = steps_of(kind)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def before(step: WizardStep, kind: str) -> WizardStep | None:
    steps = steps_of(kind)
    return steps[steps.index(step) - 1] if steps.index(step) else None


def applies(step: WizardStep, drafted: Drafted) -> bool:
    """Of a ground that asks no union there is nothing to say at that step."""
    return step is not S.UNION or drafted.ground not in GROUNDS or GROUNDS[drafted.ground].union_notice


def is_settled(step: WizardStep, drafted: Drafted) -> bool:
    """Nothing is left to say there; the last step is settled by being sent."""
    return {
        S.FACTS: drafted.has_reason,
        S.GROUND: drafted.ground in GROUNDS,
        S.EVIDENCE: drafted.ground in GROUNDS and drafted.missing_papers == 0,
        S.CHECK: drafted.ground in GROUNDS and drafted.stopping == 0,
        S.UNION: drafted.ground in GROUNDS and not drafted.union_waits,
        S.DATES: drafted.has_day,
        S.MONEY: drafted.has_day and drafted.ground in GROUNDS,
        S.SUMMARY: False,
    }[step]
