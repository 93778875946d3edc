"""A confirmed settlement as a finance system takes it. A confirmed version never changes, so every try sends the same."""

from typing import Any

from ..models import Settlement

CURRENCY = "CNY"


def settlement_facts(settlement_id: str) -> dict[str, Any] | None:
    """None once a newer version has taken its place."""
    settlement = Settlement.objects.filter(pk=settlement_id, state__in=["confirmed", "paid"]).first()
    if settlement is None:
        return None
    return {
        "version": settlement.nth,
        "currency": CURRENCY,
        "total": settlement.total,
        "lines": [
            {"code": line.code, "when": line.when, "amount": line.amount}
            for line in settlement.lines.exclude(when="").order_by("position")
        ],
        "payments": [{"when": row.when, "amount": row.amount} for row in settlement.payments.order_by("-when")],
    }
