"""The room of protected statuses: who comes in, and what stands there."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.record import Event

from .models import Employment, ProtectedStatus, ProtectionState
from .models.employment_query import HEAVY
from .protection_forms import CorrectionForm, EndingForm

TONES = {
    ProtectionState.TO_COME: ("plan", "clock"),
    ProtectionState.IN_FORCE: ("warn", "shield-lock"),
    ProtectionState.ENDED: ("idle", "check"),
    ProtectionState.TAKEN_BACK: ("idle", "arrow-back"),
}
HAPPENED = {
    "employees.protection.recorded": ("warn", "shield-lock", _("entered a protection")),
    "employees.protection.ended": ("ok", "check", _("said when it ends")),
    "employees.protection.taken_back": ("idle", "arrow-back", _("took an entry back")),
}


def file_of(pk: UUID, *, reader: Any, permission: str) -> Employment:
    """Nobody reads or decides on their own; whom the permission does not reach is not there."""
    rows = Employment.objects.visible_to(reader, permission)
    employment = get_object_or_404(
        rows.select_related("person__user", "unit", "data_key").defer(*HEAVY[:2]),
        pk=pk,
    )
    access.refuse_self(reader, employment.person.user)
    return employment


def rows_of(employment: Employment) -> QuerySet[ProtectedStatus]:
    return ProtectedStatus.objects.filter(employment=employment).select_related("data_key")


def row_of(employment: Employment, pk: UUID) -> ProtectedStatus:
    row = get_object_or_404(rows_of(employment), pk=pk)
    row.employment = employment
    return row


def lines_of(rows: list[ProtectedStatus], today: date) -> list[dict[str, Any]]:
    return [_line(row, row.state_on(today)) for row in rows]


def _line(row: ProtectedStatus, state: ProtectionState) -> dict[str, Any]:
    tone, icon = TONES[state]
    is_open = state in (ProtectionState.TO_COME, ProtectionState.IN_FORCE)
    return {
        "row": row,
        "state": state.label,
        "tone": tone,
        "icon": icon,
        "ending": EndingForm(initial={"end_date": row.end_date}, auto_id=f"end_{row.pk}_%s") if is_open else None,
        "correction": None if state == ProtectionState.TAKEN_BACK else CorrectionForm(auto_id=f"correct_{row.pk}_%s"),
    }


def timeline_of(rows: list[ProtectedStatus]) -> list[dict[str, Any]]:
    return [_entry(event) for event in record.timeline([record.ref(row) for row in rows])]


def _entry(event: Event) -> dict[str, Any]:
    tone, icon, words = HAPPENED[event.kind]
    days = " – ".join(day for day in (event.payload.get("start_date"), event.payload.get("end_date")) if day)
    return {"tone": tone, "icon": icon, "text": str(words), "who": event.actor, "at": event.at, "small": days}
