"""薪资结算: what waits for whom, the soonest first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from ehr.crypto.keys import preload

from ..models import Settlement, SettlementPayment, SettlementState
from ..permissions import Permission
from ..rules.lifecycle import TABLE, Action

SHOWN = 200


class Group(TextChoices):
    TO_PAY = "to_pay", _("To pay")
    WAITING = "waiting", _("Waiting for the handover")
    TO_CONFIRM = "to_confirm", _("To confirm")
    DRAFTS = "drafts", _("Not submitted yet")


_WHERE = {
    Group.TO_PAY: Q(due_date__isnull=False),
    Group.WAITING: Q(due_date=None),
    Group.TO_CONFIRM: Q(state=SettlementState.SUBMITTED),
    Group.DRAFTS: Q(state=SettlementState.DRAFT),
}


@dataclass(frozen=True, kw_only=True)
class SettlementList:
    to_pay: tuple[SettlementPayment, ...]
    waiting: tuple[SettlementPayment, ...]
    to_confirm: tuple[Settlement, ...]
    drafts: tuple[Settlement, ...]
    counts: dict[str, int]
    """Of everything there is, however much of it is shown."""
    show: str
    today: date


def settlement_list(user: Any, *, today: date, show: str = "") -> SettlementList:
    """All groups, or the one that is asked for."""
    unpaid, open_ones = unpaid_for(user), _open_for(user)
    shown = {group: _rows(group, unpaid.order_by("due_date", "pk")) for group in (Group.TO_PAY, Group.WAITING)}
    shown |= {group: _rows(group, open_ones.order_by("-pk")) for group in (Group.TO_CONFIRM, Group.DRAFTS)}
    found = {group: list(rows) if show in ("", group) else [] for group, rows in shown.items()}
    preload(row.data_key_id for rows in found.values() for row in rows)
    return SettlementList(
        **{group.value: tuple(rows) for group, rows in found.items()},
        counts=_counts(unpaid, Group.TO_PAY, Group.WAITING) | _counts(open_ones, Group.TO_CONFIRM, Group.DRAFTS),
        show=show,
        today=today,
    )


def _rows(group: Group, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(_WHERE[group])[:SHOWN]


def _counts(rows: QuerySet[Any], *groups: Group) -> dict[str, int]:
    return rows.aggregate(**{group.value: Count("pk", filter=_WHERE[group]) for group in groups})


def unpaid_for(user: Any) -> QuerySet[SettlementPayment]:
    """Payments of the versions in force of exits that go on, for those who confirm and pay; never one's own."""
    visible = Settlement.objects.visible_to(user, Permission.CONFIRM_SETTLEMENT).filter(state="confirmed")
    at_work = visible.filter(case__state__in=TABLE[Action.WORK_TRACK].sources)
    rows = SettlementPayment.objects.filter(settlement__in=at_work, paid_date=None)
    return rows.exclude(settlement__case__employment__person__user=user).select_related(
        "settlement__case__employment__person__user", "settlement__case__unit"
    )


def _open_for(user: Any) -> QuerySet[Settlement]:
    rows = Settlement.objects.visible_to(user, Permission.CALCULATE_SETTLEMENT).filter(case__state="approved")
    rows = rows.filter(state__in=(SettlementState.SUBMITTED, SettlementState.DRAFT))
    return rows.exclude(case__employment__person__user=user).select_related(
        "case__employment__person", "case__unit", "calculated_by"
    )
