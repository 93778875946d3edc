"""薪资结算: what waits for whom, the soonest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ehr.crypto.keys import preload

from ..models import Settlement, SettlementPayment
from ..permissions import Permission
from ..rules.lifecycle import TABLE, Action

SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class SettlementList:
    to_pay: tuple[SettlementPayment, ...]
    waiting: tuple[SettlementPayment, ...]
    open: tuple[Settlement, ...]
    today: date


def settlement_list(user: Any, *, today: date) -> SettlementList:
    unpaid = list(unpaid_for(user).order_by("due_date", "pk")[:SHOWN])
    submitted = _visible(user).filter(state__in=["submitted", "draft"]).order_by("-state", "-pk")[:SHOWN]
    rows = list(submitted)
    preload([*(row.data_key_id for row in rows), *(row.data_key_id for row in unpaid)])
    return SettlementList(
        to_pay=tuple(row for row in unpaid if row.due_date),
        waiting=tuple(row for row in unpaid if not row.due_date),
        open=tuple(rows),
        today=today,
    )


def unpaid_for(user: Any) -> QuerySet[SettlementPayment]:
    """Payments of the versions in force of exits that go on, for those who confirm and pay; never one's own."""
    visible = Settlement.objects.visible_to(user, Permission.CONFIRM_SETTLEMENT).filter(state="confirmed")
    at_work = visible.filter(case__state__in=TABLE[Action.WORK_TRACK].sources)
    rows = SettlementPayment.objects.filter(settlement__in=at_work, paid_date=None)
    return rows.exclude(settlement__case__employment__person__user=user).select_related(
        "settlement__case__employment__person__user", "settlement__case__unit"
    )


def _visible(user: Any) -> QuerySet[Settlement]:
    rows = Settlement.objects.visible_to(user, Permission.CALCULATE_SETTLEMENT).filter(case__state="approved")
    return rows.exclude(case__employment__person__user=user).select_related(
        "case__employment__person", "case__unit", "calculated_by"
    )
