"""Figures of the law: what holds, what waits for a second person, and what came out of the last pass over the exits."""

from typing import Any

from django.db.models import Count, Q

from ehr.crypto.keys import preload
from employees.permissions import EmployeePermission

from .. import may
from ..models import ReferenceChange, ReferenceRow, ReferenceRun, ReferenceTable, RowStatus
from ..models.reference_row import TO_CONFIRM

SHOWN = 500


def tables_of(user: Any, chosen: str) -> list[dict[str, Any]]:
    """The tables as tabs, each with the number of rows that wait for a second person."""
    waiting = Count("pk", filter=Q(asked_at__isnull=False, status__in=TO_CONFIRM))
    found = dict(ReferenceRow.objects.visible_to(user).values_list("table").annotate(n=waiting))
    return [
        {"label": label, "href": f"?table={table}", "count": found.get(table) or None, "current": table == chosen}
        for table, label in ReferenceTable.choices
    ]


def unconfirmed_count(user: Any) -> int:
    return ReferenceRow.objects.visible_to(user).filter(status=RowStatus.UNCONFIRMED).count()


def runs_of(user: Any) -> list[ReferenceRun]:
    return list(ReferenceRun.objects.visible_to(user).select_related("created_by").order_by("-created_at")[:5])


def changes_of(user: Any, run: ReferenceRun) -> list[ReferenceChange]:
    """Of exits this user may see; amounts only with the permission to see that person's pay."""
    rows = run.changes.visible_to(user).select_related(
        "case__unit", "case__employment__person__user", "case__employment__line_manager__person", "settlement"
    )
    changes = list(rows.order_by("outcome", "case__number")[:SHOWN])
    seeing = [row for row in changes if may.may(user, EmployeePermission.VIEW_PAY, row.case)]
    preload(row.data_key_id for row in seeing)
    seen = {row.pk for row in seeing}
    for row in changes:
        row.sees_pay = row.pk in seen  # type: ignore[attr-defined]
    return changes
