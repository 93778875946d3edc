"""A confirmed settlement as a finance system takes it: what is paid when. A confirmed version never changes, so every try sends
the same sums; what waits for the handover has no day until that is done."""

from datetime import date
from typing import Any

from ..models import PayWhen, Settlement
from ..operations.pay_clock import due_of

CURRENCY = "CNY"


def settlement_facts(settlement_id: str) -> dict[str, Any] | None:
    """None once a newer version has taken its place."""
    rows = Settlement.objects.filter(pk=settlement_id, state__in=["confirmed", "paid"]).select_related("case")
    settlement = rows.first()
    if settlement is None:
        return None
    due = {when: due_of(settlement.case, settlement, when) for when in PayWhen}
    return {
        "version": settlement.nth,
        "currency": CURRENCY,
        "total": settlement.total,
        "lines": [
            {"code": line.code, "amount": line.amount, **_clock(line.when, due)}
            for line in settlement.lines.exclude(when="").order_by("position")
        ],
        "payments": [{"amount": row.amount, **_clock(row.when, due)} for row in settlement.payments.order_by("-when")],
    }


def _clock(when: str, due: dict[PayWhen, date | None]) -> dict[str, str | None]:
    """Severance alone may wait, and only for the handover (LCL 50(2))."""
    day = due[PayWhen(when)]
    return {
        "when": when,
        "due_date": day.isoformat() if day else None,
        "waits_for": None if day else "handover",
    }
