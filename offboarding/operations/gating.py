"""The three gates, asked with the facts of a case. The same refusal comes from page, API and batch."""

from datetime import date, datetime

from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused
from employees.models import ProtectedStatus

from ..models import Case
from ..reference import shipped
from ..rules import dates, gates
from ..rules.compliance import protection
from ..rules.compliance.facts import Employee
from ..rules.gates import Facts, Finding, Gate
from ..words import finding_words
from . import law_facts


def findings(gate: Gate, case: Case, *, at: datetime) -> list[Finding]:
    return gates.check(gate, facts_of(case, at=at))


def blocking(gate: Gate, case: Case, *, at: datetime) -> list[Finding]:
    return [finding for finding in findings(gate, case, at=at) if finding.blocks]


def refuse(gate: Gate, case: Case, *, at: datetime) -> None:
    for finding in blocking(gate, case, at=at):
        raise Refused(
            finding.code, finding_words(finding.code), article=finding.article, field=_FIELDS.get(finding.code)
        )


def refuse_dates(planned: dates.FourDates, *, field: str = "last_working_date") -> None:
    for code in dates.problems(planned):
        raise Refused(code, finding_words(code), field=field)


def refuse_wish(day: date, *, at: datetime) -> None:
    """What is asked for must be a day that can come, whatever is agreed later."""
    wished = dates.on(filed_date=at.astimezone(LEGAL_ZONE).date(), day=day)
    refuse_dates(wished, field="requested_last_working_date")


def facts_of(case: Case, *, at: datetime) -> Facts:
    today = at.astimezone(LEGAL_ZONE).date()
    person = law_facts.employee_of(case.employment)
    proof = case.service_proofs.order_by("delivered_date").first()
    reason = case.decisions.filter(kind="reason").order_by("-at").first()
    return Facts(
        kind=case.kind,
        ground=case.ground,
        on=today,
        reason=reason.comment if reason else "",
        probation_end_date=law_facts.lawful_probation_end(case.employment, person),
        is_protected=_is_protected(case, person, today),
        union_notified=case.tracks.filter(kind="union_notice", state="done").exists(),
        agreement_signed=case.agreement_signed_at is not None,
        delivered_on=proof.delivered_date if proof else None,
        termination_date=case.termination_date,
        pay_in_lieu=case.pay_in_lieu,
    )


def _is_protected(case: Case, person: Employee, today: date) -> bool:
    """From today to the last day: what begins after the notice protects as well (LCL 42)."""
    last_day = max(today, case.termination_date or case.requested_last_working_date or today)
    rows = ProtectedStatus.objects.filter(employment=case.employment).in_force_between(today, last_day)
    return rows.exists() or protection.is_near_retirement(person, last_day, shipped())


_FIELDS = {
    "B_GROUND_NOT_LEGAL": "ground",
    "B_REASON_MISSING": "reason",
    "B_DISCRIMINATION": "reason",
    "B_RETALIATION": "reason",
    "B_PROBATION_RESTRICTED_21": "ground",
    "B_PROBATION_EXPIRED": "ground",
    "B_PROTECTED_42": "ground",
}
