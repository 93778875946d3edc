"""Approval chains as values: who decides, when a step applies, what the editor refuses, and the chains shipped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from offboarding.rules.kinds import Kind, rule


class Resolver(StrEnum):
    LINE_MANAGER = "line_manager"
    UNIT_HEAD = "unit_head"
    HRBP = "hrbp"
    HR_MANAGER = "hr_manager"
    FINANCE = "finance"
    LEGAL = "hr_legal"
    GENERAL_MANAGER = "general_manager"
    GROUP_HR = "group_hr"
    NAMED = "named"


class Mode(StrEnum):
    ANY = "any"
    ALL = "all"


class LateAction(StrEnum):
    REMIND = "remind"
    ESCALATE_MANAGER = "escalate_manager"
    ESCALATE_HR = "escalate_hr"
    HAND_OVER = "hand_over"


class Allowed(StrEnum):
    """What an approver may do with a step; words are those of the API."""

    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    RETURN = "return"
    REJECT = "reject"
    DELEGATE = "delegate"
    ADD_APPROVER = "add_approver"


class Field(StrEnum):
    GRADE = "grade"
    COST = "cost"
    KIND = "kind"


class Operator(StrEnum):
    AT_LEAST = "gte"
    BELOW = "lt"
    IS = "eq"


@dataclass(frozen=True, kw_only=True)
class Condition:
    field: Field
    operator: Operator
    value: str


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    resolver: Resolver
    mode: Mode = Mode.ANY
    conditions: tuple[Condition, ...] = ()
    sla_days: int = 1
    late_action: LateAction = LateAction.ESCALATE_MANAGER
    late_days: int = 2
    may_delegate: bool = True
    allowed: tuple[str, ...] = field(default=())


REQUEST = (Allowed.APPROVE, Allowed.RETURN, Allowed.REJECT, Allowed.DELEGATE, Allowed.ADD_APPROVER)
NOTICE = (Allowed.ACKNOWLEDGE, Allowed.RETURN, Allowed.DELEGATE, Allowed.ADD_APPROVER)


def allowed_for(kind: str) -> tuple[Allowed, ...]:
    return NOTICE if rule(kind).is_notice else REQUEST


def applies(conditions: Iterable[Condition], facts: Mapping[str, Any]) -> bool:
    """All conditions hold. A fact that is not known yet counts as met: rather one signature too many than too few."""
    return all(_holds(condition, facts.get(condition.field)) for condition in conditions)


def _holds(condition: Condition, value: Any) -> bool:
    if value is None:
        return True
    if condition.operator is Operator.IS:
        return str(value) == condition.value
    number = Decimal(str(value))
    limit = Decimal(condition.value)
    return number >= limit if condition.operator is Operator.AT_LEAST else number < limit


def problems(kind: str, steps: Sequence[Step]) -> list[str]:
    """Why this chain can't be published; codes, worded at the edge."""
    found = [] if steps else ["B_CHAIN_EMPTY"]
    if not rule(kind).started_by:
        found.append("B_CHAIN_KIND")
    possible = set(allowed_for(kind))
    if any(set(step.allowed) - possible for step in steps):
        found.append("B_NOTICE_CANNOT_BE_REJECTED" if rule(kind).is_notice else "B_STEP_ACTION")
    if any(not set(step.allowed) & {Allowed.APPROVE, Allowed.ACKNOWLEDGE} for step in steps):
        found.append("B_STEP_CANNOT_PASS")
    if steps and all(step.conditions for step in steps):
        found.append("B_EVERY_STEP_CONDITIONAL")
    return found


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which cases a chain is for. An empty path is the whole group; no grades means every grade."""

    key: Any
    path: str = ""
    min_grade: int | None = None
    max_grade: int | None = None

    def covers(self, *, path: str, grade: int | None) -> bool:
        return path.startswith(self.path) and self._covers_grade(grade)

    def _covers_grade(self, grade: int | None) -> bool:
        if self.min_grade is None and self.max_grade is None:
            return True
        if grade is None:
            return False
        return (self.min_grade or 0) <= grade <= (self.max_grade if self.max_grade is not None else grade)

    @property
    def closeness(self) -> tuple[int, int]:
        return len(self.path), (self.min_grade is not None) + (self.max_grade is not None)


def choose(scopes: Iterable[Scope], *, path: str, grade: int | None) -> Scope | None:
    """Nearest unit up the tree first, then the narrower range of grades."""
    return max((s for s in scopes if s.covers(path=path, grade=grade)), key=lambda s: s.closeness, default=None)


_TITLES = {
    Resolver.LINE_MANAGER: "Line manager",
    Resolver.UNIT_HEAD: "Department manager",
    Resolver.HRBP: "HRBP",
    Resolver.HR_MANAGER: "HR manager",
    Resolver.FINANCE: "Finance manager",
    Resolver.LEGAL: "Legal",
    Resolver.GENERAL_MANAGER: "General manager",
    Resolver.GROUP_HR: "Group HR",
    Resolver.NAMED: "Named person",
}


def title_of(resolver: str) -> str:
    return _TITLES[Resolver(resolver)]


_DEFAULTS: dict[Kind, tuple[Resolver, ...]] = {
    Kind.RESIGNATION: (Resolver.LINE_MANAGER, Resolver.HRBP),
    Kind.FORCED_RESIGNATION: (Resolver.HRBP, Resolver.LEGAL),
    Kind.MUTUAL_AGREEMENT: (Resolver.LINE_MANAGER, Resolver.HR_MANAGER, Resolver.FINANCE),
    Kind.DISMISSAL: (Resolver.UNIT_HEAD, Resolver.HR_MANAGER, Resolver.FINANCE, Resolver.GENERAL_MANAGER),
    Kind.LAYOFF: (Resolver.HR_MANAGER, Resolver.LEGAL, Resolver.FINANCE, Resolver.GENERAL_MANAGER),
    Kind.EXPIRY: (Resolver.HRBP, Resolver.UNIT_HEAD),
    Kind.RETIREMENT: (Resolver.HRBP, Resolver.UNIT_HEAD),
    Kind.OTHER_ENDING: (Resolver.HRBP, Resolver.HR_MANAGER),
}


def default_steps(kind: str) -> tuple[Step, ...]:
    """Decisions 9: one working day a step, escalation afterwards."""
    allowed = allowed_for(kind)
    return tuple(
        Step(title=title_of(resolver), resolver=resolver, allowed=allowed) for resolver in _DEFAULTS[Kind(kind)]
    )


ACKNOWLEDGE_DAYS = 2
PROBATION_ACKNOWLEDGE_DAYS = 1


def acknowledge_days(*, in_probation: bool) -> int:
    """Working days after which the system acknowledges a resignation by itself (decisions 3)."""
    return PROBATION_ACKNOWLEDGE_DAYS if in_probation else ACKNOWLEDGE_DAYS
