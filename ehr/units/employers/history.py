from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ehr import record
from ehr.units.employers.entity import LegalEntity
from ehr.units.events import EmployerAdded, EmployerRenamed, SealChanged, UnionSaid, UsccCorrected

SHOWN = 20


def history(entity: LegalEntity) -> list[dict[str, Any]]:
    """Who changed what and why, the last of it first, as a timeline shows it."""
    return [
        {
            "who": event.actor,
            "text": _words(event.kind, event.payload),
            "quote": event.payload.get("reason", ""),
            "at": event.at,
        }
        for event in record.timeline([record.ref(entity)])[:SHOWN]
    ]


def _words(kind: str, told: Mapping[str, Any]) -> str:
    if kind == EmployerAdded.kind:
        return _("entered this employer: %(name)s") % told
    if kind == EmployerRenamed.kind:
        return _("changed the name from %(previous)s to %(name)s") % told
    if kind == UsccCorrected.kind:
        return _("changed the credit code from %(before)s to %(now)s") % {
            "before": told["previous"] or "—",
            "now": told["uscc"] or "—",
        }
    if kind == SealChanged.kind:
        return _("gave it an image of its seal") if told["seal_sha256"] else _("went back to the drawn seal")
    if kind == UnionSaid.kind:
        return _("said that there is a union") if told["has_union"] else _("said that there is no union")
    return kind
