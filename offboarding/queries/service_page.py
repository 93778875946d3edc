"""Every way that was gone to bring the notice to its person, with its papers and what the law makes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import may
from ..models import Case, ServiceFile, ServiceProof
from ..permissions import Permission
from ..rules.compliance import delivery
from ..rules.lifecycle import Action


@dataclass(kw_only=True)
class ServiceRow:
    service: ServiceProof
    rule: delivery.Service
    files: list[ServiceFile]
    form: Any = None
    """Put there by the view."""

    @property
    def tone(self) -> str:
        if self.service.delivered_date:
            return "ok" if self.rule.is_complete else "warn"
        return "plan" if self.service.is_waiting or self.counts_from else "bad"

    @property
    def counts_from(self) -> date | None:
        return self.service.counts_from()

    @property
    def missing(self) -> tuple[str, ...]:
        """Of a way that failed nothing more is asked than the proof that it did."""
        if self.service.is_waiting or self.rule.has_failed:
            return ()
        return self.rule.missing


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    rows: list[ServiceRow]
    earlier: list[ServiceRow]
    """About a notice that was replaced: kept, but it proves nothing any more."""
    next_way: str
    delivered: date | None
    is_weak: bool
    can_serve: bool


def service_page(user: Any, case: Case) -> ServicePage:
    rules = case.service_rules()
    services, everything = list(rules.values()), _rows(case, rules)
    rows = [row for row in everything if row.service.pk in rules]
    delivered = min((row.service.delivered_date for row in rows if row.service.delivered_date), default=None)
    actions = case.actions(is_delivered=any(row.service.delivered_date for row in everything))
    return ServicePage(
        rows=rows,
        earlier=[row for row in everything if row.service.pk not in rules],
        next_way=delivery.next_way(services) or "",
        delivered=delivered,
        is_weak=delivered is not None and bool(delivery.codes(services, ground=case.ground)),
        can_serve=may.may(user, Permission.MANAGE_CASE, case) and Action.RECORD_SERVICE in actions,
    )


def _rows(case: Case, rules: dict[Any, delivery.Service]) -> list[ServiceRow]:
    found = case.service_proofs.select_related("by", "data_key", "document").prefetch_related("files__uploaded_by")
    rows = []
    for service in found.order_by("-at", "-id"):
        files = list(service.files.all())
        for file in files:
            service.case, file.service = case, service
        rule = rules.get(service.pk) or service.as_rule(proofs=[file.proof for file in files])
        rows.append(ServiceRow(service=service, rule=rule, files=files))
    return rows
