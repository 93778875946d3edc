"""The sign-off letter: what passed into whose hands, and who said so when."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind
from handover.models.choices import Confirmer, Group

if TYPE_CHECKING:
    from ehr.identity.models import User
    from handover.models import Handover, HandoverItem

LETTER = DocumentKind(
    code="handover_letter",
    template="handover/documents/letter.html",
    number_prefix="JJ",
    title=_("Handover sign-off letter"),
    sealed=False,
    icon="signature",
    required=("leaver", "employee_number", "head", "items", "signed_at"),
)


def letter_context(handover: "Handover", *, signed_by: "User", at: datetime) -> dict[str, Any]:
    employment = handover.employment
    return {
        "leaver": employment.person.name,
        "employee_number": employment.employee_number,
        "job_title": employment.job_title,
        "unit": employment.unit.name,
        "successor": str(handover.successor or ""),
        "head": str(signed_by),
        "last_working_date": handover.last_working_date.isoformat(),
        "completed_at": handover.completed_at.isoformat() if handover.completed_at else "",
        "submitted_at": _last_submission(handover),
        "signed_at": at.isoformat(),
        "items": [_line(handover, row) for row in _items(handover)],
    }


def _items(handover: "Handover") -> "list[HandoverItem]":
    return list(handover.items.in_order().select_related("confirmed_by").prefetch_related("files"))


def _line(handover: "Handover", item: "HandoverItem") -> dict[str, Any]:
    return {
        "group": item.group,
        "group_label": str(Group(item.group).label),
        "title": item.title,
        "nothing": item.is_nothing,
        "receiver": str(handover.successor or handover.head) if item.confirmer in _PEOPLE else str(item.confirmed_by),
        "confirmed_by": str(item.confirmed_by),
        "confirmed_at": item.confirmed_at.isoformat() if item.confirmed_at else "",
        "files": len(item.files.all()),
        "content_sha256": item.content_sha256[:8],
    }


_PEOPLE = (Confirmer.HEAD, Confirmer.SUCCESSOR)


def _last_submission(handover: "Handover") -> str:
    times = [row.submitted_at for row in handover.items.all() if row.submitted_at]
    return max(times).isoformat() if times else ""
