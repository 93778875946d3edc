"""What a step of the wizard shows beside its form."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ehr.clock import legal_day
from employees.permissions import EmployeePermission

from .. import may
from .. import operations as ops
from ..models import Case
from ..models.law_facts import ENDS_BY_ITSELF, prior_segments
from ..models.reference_tables import tables_in_force
from ..permissions import Permission
from ..rules import lifecycle, wizard
from ..rules.compliance import reasons
from ..rules.grounds import GROUNDS
from ..rules.kinds import rule
from ..rules.lifecycle import Action
from ..rules.wizard import Drafted, WizardStep
from .law_money import Estimate, estimate
from .law_page import LawPage, law_page, protections_seen_by
from .sick_leave import MedicalPeriodOnFile, medical_period_on_file

MEDICAL = "LCL40_1"
TRANSFER = timedelta(days=15)
UNION = {"B_NO_UNION_NOTICE", "W_NO_UNION_ENTERPRISE"}


@dataclass(kw_only=True)
class WizardPage:
    case: Case
    step: WizardStep
    drafted: Drafted
    law: LawPage
    reason: str
    can_draft: bool
    can_explain: bool
    sees_protection: bool
    protections: tuple[int, ...] | None = None
    can_override: bool = False
    suggested: list[str] = field(default_factory=list)
    medical_period: MedicalPeriodOnFile | None = None
    sees_pay: bool = False
    money: Estimate | None = None
    today: date = date.min

    @property
    def last_day(self) -> date | None:
        return self.case.planned_day

    @property
    def runs_out(self) -> date | None:
        """When the contract on file ends of itself; its day is not counted from a notice."""
        facts = self.law.facts
        return facts.law.employee.contract.end if facts and self.case.ground in ENDS_BY_ITSELF else None

    @property
    def union_matters(self) -> bool:
        ground = GROUNDS.get(self.case.ground)
        return bool(ground and ground.union_notice)

    @property
    def transfer_until(self) -> date | None:
        return self.last_day + TRANSFER if self.last_day else None


def wizard_page(user: Any, case: Case, step: WizardStep, *, at: datetime) -> WizardPage:
    law = law_page(user, case, at=at)
    reason = law.facts.law.reason if law.facts else case.reason()
    page = WizardPage(
        case=case,
        step=step,
        law=law,
        reason=reason,
        drafted=_drafted(case, law, reason),
        can_draft=_stands(case, Action.REDRAFT) and may.may(user, Permission.START_CASE, case),
        can_explain=_stands(case, Action.ANSWER_FINDING) and may.may(user, Permission.START_CASE, case),
        sees_protection=law.sees_protection,
        today=legal_day(at),
    )
    _fill(user, page, at=at)
    return page


def _fill(user: Any, page: WizardPage, *, at: datetime) -> None:
    """What only one of the steps asks for."""
    case, step = page.case, page.step
    if step is WizardStep.GROUND:
        in_probation = case.in_probation_on(page.today)
        page.suggested = reasons.suggested(page.reason, in_probation=in_probation)
    if step is WizardStep.EVIDENCE and case.ground == MEDICAL and page.law.facts:
        page.medical_period = medical_period_on_file(case, page.law.facts, today=page.today)
    if step is WizardStep.CHECK:
        page.protections = protections_seen_by(user, case, page.law.facts)
        page.can_override = ops.may_override(user, case)
    if step in (WizardStep.MONEY, WizardStep.SUMMARY) and may.may(user, EmployeePermission.VIEW_PAY, case):
        page.sees_pay, page.money = True, _money(page, at=at)


def _money(page: WizardPage, *, at: datetime) -> Estimate | None:
    if page.last_day is None or page.case.ground not in GROUNDS:
        return None
    facts = page.law.facts
    if facts:
        known = {"segments": facts.law.employee.prior_segments, "tables": facts.tables}
    else:
        known = {"segments": prior_segments(page.case.employment), "tables": tables_in_force()}
    return estimate(page.case, last_day=page.last_day, **known, at=at)


def _drafted(case: Case, law: LawPage, reason: str) -> Drafted:
    return Drafted(
        has_reason=bool(reason.strip()),
        ground=case.ground if case.ground in rule(case.kind).grounds else "",
        missing_papers=sum(1 for row in law.papers if row.is_must and not row.is_met and not row.comes_later),
        stopping=len(law.stopping),
        has_day=case.planned_day is not None,
        union_waits=any(row.code in UNION and row.stops for row in law.findings),
    )


def _stands(case: Case, action: Action) -> bool:
    return case.state in lifecycle.TABLE[action].sources


def step_of(case: Case, name: str) -> WizardStep | None:
    return next((step for step in wizard.steps_of(case.kind) if step.value == name), None)
