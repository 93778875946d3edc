"""What is still owed after the exits that are over: a review done, non-competes in force, ended early, never agreed and
in one exit not decided on, and two of them before the arbitrators."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ehr.clock import LEGAL_ZONE
from ehr.identity.models import User
from offboarding import operations as work
from offboarding.models import Case, Obligation

AGENCIES = ("unemployment_notice", "unemployment_list", "housing_fund")
NEEDS_A_REASON = "低于指引建议，双方已书面确认。"


def play_after_exit(*, now: datetime) -> None:
    ended = Case.objects.for_page().exclude(employment_ended_at=None)
    over = list(ended.filter(kind="resignation").order_by("id")[:4])
    if len(over) < 4:
        return
    legal, hr = (User.objects.get(username=name) for name in ("xie.linchuan", "shen.guanfu"))
    for case in over[:2]:
        work.activate_non_compete(
            case=case,
            clause=work.Clause(basis="confidentiality", months=12, monthly=Decimal("6800.00"), reason=NEEDS_A_REASON),
            by=legal,
            at=now,
        )
    clause = over[1].non_compete
    clause.case = over[1]
    work.end_non_compete(clause=clause, state="released", day=now.astimezone(LEGAL_ZONE).date(), by=legal, at=now)
    work.note_no_clause(case=over[2], by=legal, at=now)
    _dispute(over[2], "severance", Decimal("46000.00"), by=legal, now=now)
    _dispute(over[3], "overtime", Decimal("12800.00"), by=legal, now=now, outcome="settled", awarded=Decimal("6000.00"))
    for case in ended.filter(non_compete=None).exclude(pk=over[3].pk):
        work.note_no_clause(case=case, by=legal, at=now)
    _see_to_agencies(now)
    review = Obligation.objects.for_work().get(case=over[3], kind="contact_review")
    work.finish_obligation(
        obligation=review, note="已核对：未了事项仍需联系本人，联系方式暂留，办结后删除。", by=hr, at=now
    )


def _see_to_agencies(now: datetime) -> None:
    """What was due of the exits of months ago was done in its time."""
    today, by = now.astimezone(LEGAL_ZONE).date(), User.objects.get(username="lu.xingjian")
    late = Obligation.objects.for_work().running().filter(kind__in=AGENCIES, due_date__lte=today)
    for duty in late.order_by("id"):
        work.finish_obligation(obligation=duty, note="已按期办理，回执存档。", by=by, at=now)


def _dispute(case: Case, about: str, claim: Decimal, *, by: User, now: datetime, **said: Any) -> None:
    today = now.astimezone(LEGAL_ZONE).date()
    facts = work.DisputeFacts(
        about=about,
        body="arbitration",
        office="杭州市劳动人事争议仲裁院",
        filed_date=today - timedelta(days=6),
        received_date=today - timedelta(days=3),
        hearing_date=today + timedelta(days=20),
        claim=claim,
        **said,
    )
    work.record_dispute(case=case, facts=facts, by=by, at=now)
