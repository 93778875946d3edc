"""What a profile page shows, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ehr import access, record
from ehr.record import Event

from .forms import LookForm
from .models import Employment, MaskedField
from .models.unmasking import PAY_FIELDS
from .permissions import EmployeePermission as P
from .tabs import tabs_of

COVERED = "••••••••"
TIMELINE_LENGTH = 12

HAPPENED = {
    "hired": ("ok", "user-plus", _("Hired")),
    "regularised": ("ok", "check", _("Probation passed")),
    "transferred": ("plan", "arrows-exchange", _("Moved to another unit")),
    "promoted": ("ok", "trending-up", _("Promoted")),
    "raised": ("ok", "coin-yuan", _("Pay changed")),
    "changed": ("idle", "pencil", _("File corrected")),
    "facts_corrected": ("idle", "pencil", _("File corrected")),
    "contract_added": ("ok", "file-text", _("Contract put on file")),
    "contract_corrected": ("idle", "pencil", _("Contract corrected")),
    "prior_service_added": ("idle", "pencil", _("File corrected")),
    "prior_service_removed": ("idle", "pencil", _("File corrected")),
    "exit_filed": ("warn", "clock", _("Exit filed")),
    "kept": ("ok", "arrow-back", _("Stays with us")),
    "ended": ("idle", "logout", _("Employment ended")),
    "ending_taken_back": ("ok", "arrow-back", _("The ending was an error and is taken back")),
    "contacts_forgotten": ("idle", "trash", _("Contact data deleted")),
    "unmasked": ("idle", "eye", _("Covered value shown")),
}
"""Kind of event → tone, icon, words."""


def context_of(employment: Employment, *, reader: Any) -> dict[str, Any]:
    return {
        "employment": employment,
        "person": employment.person,
        "contracts": employment.contracts.order_by("-nth"),
        "timeline": timeline_of(employment),
        "manager_is_open": _manager_is_open(employment, reader),
        "tabs": tabs_of(employment, reader=reader, current="employees:profile"),
        **covered_context(employment, reader=reader),
    }


def _manager_is_open(employment: Employment, reader: Any) -> bool:
    """May this reader open the line manager's file too? Everybody reads the own, few the one above."""
    return bool(
        employment.line_manager_id
        and Employment.objects.visible_to(reader).filter(pk=employment.line_manager_id).exists()
    )


def timeline_of(employment: Employment) -> list[dict[str, Any]]:
    events = record.timeline([record.ref(employment)])[:TIMELINE_LENGTH]
    return [_entry(event) for event in events if _noun(event) in HAPPENED]


def _noun(event: Event) -> str:
    return event.kind.rpartition(".")[2]


def _entry(event: Event) -> dict[str, Any]:
    """Under the day it counts from: a hiring that was imported is older than the import."""
    tone, icon, words = HAPPENED[_noun(event)]
    counts_from = event.payload.get("hire_date") or event.payload.get("termination_date")
    return {
        "tone": tone,
        "icon": icon,
        "text": str(words),
        "at": date.fromisoformat(counts_from) if counts_from else event.at,
        "small": " · ".join(str(part) for part in (event.actor, event.payload.get("job_title")) if part),
    }


def covered_context(
    employment: Employment, *, reader: Any, shown: dict[str, Any] | None = None, form: LookForm | None = None
) -> dict[str, Any]:
    """Only lines the reader may open at all are offered; nothing is decrypted for the page itself."""
    is_own = employment.person.user_id == reader.pk
    may_pay = is_own or _reads_pay(reader)
    may_personal = is_own or access.has(reader, P.UNMASK_PERSONAL)
    lines = [
        {"field": field, "hidden": COVERED, "label": field.label}
        for field in MaskedField
        if (may_pay if field in PAY_FIELDS else may_personal)
    ]
    return {
        "employment": employment,
        "lines": lines,
        "shown": shown or {},
        "look": form or LookForm(),
        "is_own": is_own,
    }


def _reads_pay(reader: Any) -> bool:
    """Everybody reads the own pay, so `has` alone says nothing: a role beyond employee must give it."""
    return bool(access.roles(reader) & set(access.roles_with(P.VIEW_PAY)) - {access.Role.EMPLOYEE})
