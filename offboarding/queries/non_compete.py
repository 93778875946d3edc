"""What the page after an exit says of a non-compete: state, term, what is unpaid, and what may be done about it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from employees.permissions import EmployeePermission

from .. import may
from ..models import Case, NonCompete, NonCompeteState, Obligation, TrackName
from ..models.non_compete import closed_to_decision
from ..permissions import Permission
from ..rules import non_compete as rules
from ..rules.compliance.lines import Line, money
from ..rules.compliance.non_compete import MONTHS_FOR_A_RELEASE
from ..rules.lifecycle import TABLE, Action
from ..rules.obligations import DutyKind
from .after_exit import DutyRow


@dataclass(frozen=True, kw_only=True)
class Owed:
    amount: Decimal
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class NonCompetePage:
    clause: NonCompete | None
    term: rules.Term | None = None
    owed: Owed | None = None
    penalty: Decimal | None = None
    codes: list[str] = field(default_factory=list)
    unpaid: int = 0
    is_over: bool = False
    can_decide: bool = False
    can_end: bool = False
    can_paper: bool = False

    @property
    def may_ask(self) -> bool:
        return self.can_be_freed and rules.may_ask_release(self.unpaid)

    @property
    def can_be_freed(self) -> bool:
        return self.clause is not None and self.clause.state == NonCompeteState.ACTIVE


def undecided(user: Any) -> Any:
    """Exits whose non-compete this user has to decide on and nobody did. Nobody decides on what binds themself."""
    rows = Case.objects.visible_to(user, Permission.DECIDE_NON_COMPETE).filter(
        state__in=TABLE[Action.WORK_TRACK].sources, tracks__kind=TrackName.NON_COMPETE, non_compete=None
    )
    return rows.exclude(employment__person__user=user.pk).select_related("employment__person", "unit").order_by("id")


def non_compete_page(user: Any, case: Case, rows: list[DutyRow], *, today: date) -> NonCompetePage:
    decides = may.is_at_work(case) and may.may(user, Permission.DECIDE_NON_COMPETE, case)
    clause = clause_of(case)
    can_decide = decides and not closed_to_decision(case, clause)
    if clause is None:
        return NonCompetePage(clause=None, can_decide=can_decide)
    due = [row.duty.due_date for row in rows if row.duty.is_open and row.duty.kind == DutyKind.NON_COMPETE_PAY]
    sees_pay = may.may(user, EmployeePermission.VIEW_PAY, case)
    return NonCompetePage(
        clause=clause,
        term=clause.term or _expected(case, clause),
        owed=owed_each_month(user, clause),
        penalty=penalty_of(user, clause),
        codes=rules.told(clause.codes, sees_pay=sees_pay),
        unpaid=rules.unpaid_months(due, today=today),
        is_over=clause.is_over(today),
        can_decide=can_decide,
        can_end=decides and not clause.closed_to_ending(today),
        can_paper=clause.state != NonCompeteState.NONE and may.may(user, Permission.MANAGE_CASE, case) and sees_pay,
    )


def owed_each_month(user: Any, clause: NonCompete) -> Owed | None:
    """With how it comes about, for those who may know both."""
    if not clause.monthly or not may.sees_non_compete_pay(user, clause):
        return None
    lines = [Line(code="non_compete_floor", formula=clause.formula, article="JI1 36")] if clause.formula else []
    return Owed(amount=Decimal(clause.monthly), lines=lines)


def penalty_of(user: Any, clause: NonCompete) -> Decimal | None:
    if not clause.penalty or not may.sees_non_compete_penalty(user, clause):
        return None
    return Decimal(clause.penalty)


def owed_by(user: Any, duty: Obligation) -> Owed | None:
    """A month, or three of them for an early end."""
    if duty.kind not in (DutyKind.NON_COMPETE_PAY, DutyKind.NON_COMPETE_EXTRA):
        return None
    clause = clause_of(duty.case)
    month = owed_each_month(user, clause) if clause is not None else None
    if month is None or duty.kind == DutyKind.NON_COMPETE_PAY:
        return month
    total = month.amount * MONTHS_FOR_A_RELEASE
    formula = f"{money(month.amount)} × {MONTHS_FOR_A_RELEASE} = {money(total)}"
    return Owed(amount=total, lines=[*month.lines, Line(code="non_compete", formula=formula, article="JI1 39")])


def months_spared(clause: NonCompete, *, today: date) -> int:
    return rules.months_spared(clause.term, ended=today) if clause.term else 0


def clause_of(case: Case) -> NonCompete | None:
    clause = NonCompete.objects.select_related("decided_by", "data_key").filter(case=case).first()
    if clause is not None:
        clause.case = case
    return clause


def _expected(case: Case, clause: NonCompete) -> rules.Term | None:
    if not clause.months or case.termination_date is None:
        return None
    return rules.term(termination_date=case.termination_date, agreed_months=clause.months)
