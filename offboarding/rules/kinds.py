"""The nine ways of leaving: who starts each, whether it is a notice or a request, and on which grounds of law it may rest."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    RESIGNATION = "resignation"
    FORCED_RESIGNATION = "forced_resignation"
    MUTUAL_AGREEMENT = "mutual_agreement"
    DISMISSAL = "dismissal"
    LAYOFF = "layoff"
    EXPIRY = "expiry"
    RETIREMENT = "retirement"
    OTHER_ENDING = "other_ending"
    PRE_OFFBOARDING = "pre_offboarding"


class Starter(StrEnum):
    EMPLOYEE = "employee"
    MANAGER = "manager"
    HR = "hr"


BY_DATE = frozenset({"LCL44_1", "RETIRE"})
"""A day brings the ending, and the law says whose day it is not."""
BY_EVENT = frozenset({"LCL44_2", "LCL44_3", "LCL44_4", "LCL44_5"})
"""Something that happened brings the ending, and a paper shows that it did."""
DEATH = "LCL44_3"
"""Filed when it has happened: the last day is that of the event, not of whoever heard of it. Nobody else's lies in the past:
who worked on after a ruling or a closure is paid for it."""


@dataclass(frozen=True, kw_only=True)
class KindRule:
    started_by: frozenset[Starter]
    grounds: tuple[str, ...]
    is_notice: bool = False
    """The employee tells, the employer acknowledges: it can't be rejected (LCL 37, 38)."""
    has_notice_period: bool = False
    """The thirty days of LCL 37; who is forced to end it waits for none (LCL 38)."""
    needs_effect_gate: bool = False
    """An ending by the employer takes effect only with its proofs (decisions 2)."""
    quiet: bool = False
    """Nothing reaches the person before they were told in person."""

    @property
    def asks_law(self) -> bool:
        """About the person, not only the ground: an ending by the employer, a contract that runs out (LCL 14, 45), a
        retirement (REG 21), and what the law ends by itself (LCL 44(2) to (5))."""
        return self.needs_effect_gate or not (BY_DATE | BY_EVENT).isdisjoint(self.grounds)


EMPLOYEE = frozenset({Starter.EMPLOYEE})
HR_ONLY = frozenset({Starter.HR})
MANAGER_OR_HR = frozenset({Starter.MANAGER, Starter.HR})

KINDS: dict[Kind, KindRule] = {
    Kind.RESIGNATION: KindRule(started_by=EMPLOYEE, grounds=("LCL37",), is_notice=True, has_notice_period=True),
    Kind.FORCED_RESIGNATION: KindRule(started_by=EMPLOYEE, grounds=("LCL38",), is_notice=True),
    Kind.MUTUAL_AGREEMENT: KindRule(
        started_by=MANAGER_OR_HR, grounds=("LCL36_EMPLOYER", "LCL36_EMPLOYEE"), needs_effect_gate=True, quiet=True
    ),
    Kind.DISMISSAL: KindRule(
        started_by=MANAGER_OR_HR,
        grounds=(
            *(f"LCL39_{item}" for item in range(1, 7)),
            *(f"LCL40_{item}" for item in range(1, 4)),
        ),
        needs_effect_gate=True,
        quiet=True,
    ),
    Kind.LAYOFF: KindRule(
        started_by=HR_ONLY,
        grounds=tuple(f"LCL41_{item}" for item in range(1, 5)),
        needs_effect_gate=True,
        quiet=True,
    ),
    Kind.EXPIRY: KindRule(started_by=HR_ONLY, grounds=("LCL44_1", "TASK_COMPLETED")),
    Kind.RETIREMENT: KindRule(started_by=HR_ONLY, grounds=("RETIRE", "LCL44_2")),
    Kind.OTHER_ENDING: KindRule(started_by=HR_ONLY, grounds=("LCL44_3", "LCL44_4", "LCL44_5")),
    Kind.PRE_OFFBOARDING: KindRule(started_by=HR_ONLY, grounds=(), quiet=True),
}

FORMAL_KINDS = tuple(kind for kind in Kind if kind is not Kind.PRE_OFFBOARDING)


def rule(kind: str) -> KindRule:
    return KINDS[Kind(kind)]


def may_start(kind: str, starter: Starter) -> bool:
    return starter in rule(kind).started_by
