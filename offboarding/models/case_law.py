"""What the law says to a case. `_advance` asks it, so no way of moving a case goes past it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Subquery

from ehr.clock import legal_day
from ehr.errors import Refused

from ..rules import gates
from ..rules.compliance import delivery
from ..rules.compliance.delivery import Service
from ..rules.gates import Finding, Gate
from ..rules.kinds import Kind, rule
from ..words import refusal_words
from .law_facts import Plan, facts_of

FIELDS = {
    "B_GROUND_NOT_LEGAL": "ground",
    "B_REASON_MISSING": "reason",
    "B_DISCRIMINATION": "reason",
    "B_RETALIATION": "reason",
    "B_PROBATION_RESTRICTED_21": "ground",
    "B_PROBATION_EXPIRED": "ground",
    "B_PROTECTED_42": "ground",
}


class Unlawful(Refused):
    """Refused by the law; `findings` are all that stop the gate, the first of them speaks."""

    def __init__(self, findings: list[Finding]) -> None:
        first, self.findings = findings[0], findings
        field = FIELDS.get(first.code)
        super().__init__(first.code, refusal_words(first), article=first.article, field=field)


class CaseLaw:
    """Mixed into Case; `self: Any` because the fields stand there."""

    def refuse_unlawful(self: Any, gate: Gate, *, at: datetime, last_day: date | None = None) -> None:
        if stopping := self.stopping(gate, at=at, last_day=last_day):
            raise Unlawful(gates.as_told(stopping))

    def stopping(self: Any, gate: Gate, *, at: datetime, last_day: date | None = None) -> list[Finding]:
        """What nobody has mended, explained or, where that is possible, let pass."""
        found = [each for each in self.findings(gate, at=at, last_day=last_day) if each.blocks or each.needs_reason]
        if not found:
            return []
        answered = set(self.finding_answers.filter(gate=gate).values_list("code", "is_override"))
        return [each for each in found if (each.code, each.blocks) not in answered]

    def findings(self: Any, gate: Gate, *, at: datetime, last_day: date | None = None) -> list[Finding]:
        return [each for each in self.all_findings(at=at, last_day=last_day) if each.gate == gate]

    def all_findings(self: Any, *, at: datetime, last_day: date | None = None) -> list[Finding]:
        """Most kinds need no more than a ground; the others the facts of the file."""
        if self.kind == Kind.PRE_OFFBOARDING:
            return []
        if refusal := gates.ground_refusal(self.kind, self.ground):
            return [refusal]
        if not rule(self.kind).asks_law:
            return []
        return gates.everything(facts_of(self.employment, self.plan(at=at, last_day=last_day)))

    def plan(self: Any, *, at: datetime, last_day: date | None = None) -> Plan:
        today = legal_day(at)
        proof, union = self._milestones()
        services = self.services() if proof else []
        signed = self.agreement_signed_at and legal_day(self.agreement_signed_at)
        day = last_day or self.planned_day or today
        return Plan(
            kind=self.kind,
            ground=self.ground,
            reason=self.reason(),
            notice_date=proof or signed or min(today, day),
            last_day=day,
            pay_in_lieu=self.pay_in_lieu,
            papers={row.paper: row.dated for row in self.evidence.all() if row.counts},
            union_told_on=legal_day(union) if union else None,
            delivered_on=proof,
            is_half_proven=delivery.is_half_proven(services),
            is_one_way=bool(services) and "W_WEAK_PROOF" in delivery.codes(services, ground=self.ground),
            is_signed=signed is not None,
            case_id=self.pk,
        )

    def services(self: Any) -> list[Service]:
        """Every way that was gone to bring the notice to its person, as the rules see it."""
        return list(self.service_rules().values())

    def service_rules(self: Any) -> dict[Any, Service]:
        rows = list(self.service_proofs.counting().with_proofs())
        others = [row.as_rule(proofs=row.proof_names) for row in rows if row.method != delivery.PUBLIC]
        failed = delivery.failed_ways(others)
        return {row.pk: row.as_rule(proofs=row.proof_names, failed=failed) for row in rows}

    def _milestones(self: Any) -> tuple[date | None, datetime | None]:
        """The first arrival of the notice, and when the union was told."""
        served = self.service_proofs.proven().order_by("delivered_date").values("delivered_date")[:1]
        told = self.tracks.filter(kind="union_notice", state="done").values("moved_at")[:1]
        row: tuple[date | None, datetime | None] = (
            type(self).objects.filter(pk=self.pk).values_list(Subquery(served), Subquery(told)).get()
        )
        return row
