"""What an approver needs to decide: the wish, the law's day, the reason, and who comes after."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from employees.models import Employment

from .. import operations as ops
from ..models import Approval, Case, Decision, Evidence, Step
from ..rules import dates
from ..timeline import decision_word


@dataclass(frozen=True, kw_only=True)
class ApprovalPage:
    offered: list[tuple[str, str]]
    main: str
    reason: str
    notice_end: date | None
    waived_days: int
    steps: list[Step]
    said: list[Decision]
    successors: list[Employment]
    evidence: list[Evidence]


UNSAID = ("reason", "arrears", "objection", "struck", "explanation", "override")
"""The reason stands apart; why the law let it pass may touch a protection and is read by legal (decisions 12)."""


def approval_page(user: Any, case: Case, approval: Approval, *, at: datetime) -> ApprovalPage:
    offered = ops.offered(approval) if approval.is_for(user) else []
    notices_end = _notice_end(case)
    return ApprovalPage(
        offered=[(word, decision_word(word)) for word in offered],
        main=offered[0] if offered else "",
        reason=case.reason(),
        notice_end=notices_end,
        waived_days=_waived(case),
        steps=list(case.steps.filter(round=case.round).select_related("chain_step").order_by("position")),
        said=list(
            case.decisions.exclude(kind__in=UNSAID).exclude(comment_sha256="").select_related("by").order_by("at")
        ),
        successors=_colleagues(case) if case.is_notice else [],
        evidence=[] if case.is_notice else list(Evidence.objects.visible_to(user).filter(case=case)),
    )


def _notice_end(case: Case) -> date | None:
    if not case.has_notice_period or case.filed_date is None:
        return None
    return dates.notice_end(filed_date=case.filed_date, in_probation=case.in_probation_on(case.filed_date))


def _waived(case: Case) -> int:
    wish = case.requested_last_working_date
    if not case.has_notice_period or wish is None or case.filed_date is None:
        return 0
    return dates.waived_days(
        agreed=wish, filed_date=case.filed_date, in_probation=case.in_probation_on(case.filed_date)
    )


def _colleagues(case: Case) -> list[Employment]:
    same_unit = Employment.objects.current().filter(unit=case.unit, person__user__isnull=False)
    return list(same_unit.exclude(pk=case.employment_id).select_related("person__user")[:20])
