"""Dated figures, reached through the verbs; and the shipped ones as if two people had looked at them."""

from datetime import date, datetime
from typing import Any

from offboarding import operations as ops
from offboarding.models import ReferenceRow, ReferenceRun, TablesVersion


def figures_confirmed() -> None:
    if ReferenceRow.objects.filter(status="unconfirmed").update(status="confirmed"):
        TablesVersion.renew()


def figures_unconfirmed() -> None:
    ReferenceRow.objects.filter(status="confirmed", confirmed_at=None).update(status="unconfirmed")
    open_tables = ["average_wages", "minimum_wages", "retirement_ages", "second_terms", "severance_bases"]
    ReferenceRow.objects.exclude(table__in=open_tables).update(status="confirmed")
    TablesVersion.renew()


def an_average(monthly: str, /, *, by: Any, at: datetime, **changes: Any) -> ReferenceRow:
    """Of Shanghai for 2025, a draft."""
    said = {
        "table": "average_wages",
        "city": "上海",
        "adcode": "310000",
        "stat_year": "2025",
        "monthly": monthly,
        "calibre": "severance_and_tax",
        "effective_from": date(2026, 5, 1),
        "source": "沪人社规〔2026〕1号",
    }
    return ops.enter_row(said=said | changes, by=by, at=at)


def confirmed_row(row: ReferenceRow, cast: Any, at: datetime) -> ReferenceRow:
    if not row.is_waiting:
        ops.ask_reference(row=row, by=cast.group_hr, at=at)
    ops.confirm_references(rows=[a_row(row)], by=cast.legal, at=at)
    return a_row(row)


def a_row(row: ReferenceRow) -> ReferenceRow:
    return ReferenceRow.objects.select_related("replaces").get(pk=row.pk)


def run_out(at: datetime) -> ReferenceRun:
    """What the worker does."""
    ops.recount_all(at=at)
    return ReferenceRun.objects.order_by("-created_at", "-pk")[0]
