"""The report of a handover: everything that is on record of it, on one paper that can be checked."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.documents import DocumentKind
from ehr.documents.digests import sha256_of_text
from ehr.documents.languages import language_of_reader
from handover import words
from handover.models import Decision, ItemFile, MessageFile
from handover.models.choices import Group

if TYPE_CHECKING:
    from ehr.identity.models import User
    from handover.models import Handover, HandoverItem, Message

REPORT = DocumentKind(
    code="handover_report",
    template="handover/documents/report.html",
    number_prefix="JB",
    title=_("Handover report"),
    icon="report-analytics",
    required=("leaver", "employee_number", "items", "timeline"),
    standing=("handover",),
)
SHORT = 16
"""Of a fingerprint on paper where the whole one would break the line; the whole ones stand with the files."""


def report_context(handover: "Handover", *, by: "User", at: datetime) -> dict[str, Any]:
    """What was said stays in the talk: here stands who said something when, with the fingerprint of the words. In the language
    of whoever has it drawn up."""
    language = language_of_reader()
    with translation.override(language):
        items = _items(handover)
        messages = _messages(handover)
        return {
            "language": language,
            **_heading(handover),
            "asked_by": str(by),
            "asked_at": at.isoformat(),
            "items": [_item(handover, row) for row in items],
            "messages": [_message(row) for row in messages],
            "omissions": [
                _omission(row) for row in handover.omissions.select_related("item", "filed_by").order_by("id")
            ],
            "files": [*_files(items, _("item")), *_files(messages, _("message"))],
            "timeline": list(_timeline(handover)),
        }


def _heading(handover: "Handover") -> dict[str, Any]:
    employment = handover.employment
    return {
        "leaver": employment.person.name,
        "employee_number": employment.employee_number,
        "job_title": employment.job_title,
        "unit": employment.unit.name,
        "successor": str(handover.successor or ""),
        "head": str(handover.head or ""),
        "witness": str(handover.witness or ""),
        "state": str(handover.get_state_display()),
        "last_working_date": handover.last_working_date.isoformat(),
        "opened_at": handover.opened_at.isoformat(),
        "completed_at": handover.completed_at.isoformat() if handover.completed_at else "",
        "signed_at": handover.signed_at.isoformat() if handover.signed_at else "",
        "letter": handover.letter.number if handover.letter else "",
    }


def _items(handover: "Handover") -> "list[HandoverItem]":
    rows = handover.items.in_order().select_related("submitted_by", "confirmed_by", "witnessed_by")
    decisions = Decision.objects.select_related("by").order_by("round")
    files = ItemFile.objects.select_related("uploaded_by").order_by("id")
    return list(rows.prefetch_related(Prefetch("decisions", decisions), Prefetch("files", files)))


def _item(handover: "Handover", row: "HandoverItem") -> dict[str, Any]:
    row.handover = handover
    return {
        "group": str(Group(row.group).label),
        "title": row.title,
        "why": words.why(row.source, row.why),
        "state": str(row.get_state_display()),
        "nothing": row.is_nothing,
        "submitted_by": str(row.submitted_by or ""),
        "submitted_at": row.submitted_at.isoformat() if row.submitted_at else "",
        "doubt": _doubt(row),
        "witness": str(row.witnessed_by or ""),
        "decisions": [
            {
                "round": one.round,
                "verdict": str(one.get_verdict_display()),
                "by": str(one.by),
                "at": one.at.isoformat(),
                "comment": one.comment,
            }
            for one in row.decisions.all()
        ],
        "files": len(row.files.all()),
        "sha256": row.content_sha256[:SHORT],
    }


def _doubt(row: "HandoverItem") -> str:
    if row.recorded_percent is None:
        return ""
    return _("%(claimed)s%% claimed, %(system)s has %(recorded)s%%: %(explanation)s") % {
        "claimed": row.claimed_percent,
        "system": row.recorded_in,
        "recorded": row.recorded_percent,
        "explanation": row.explanation or _("not explained"),
    }


def _messages(handover: "Handover") -> "list[Message]":
    files = MessageFile.objects.select_related("uploaded_by").order_by("id")
    rows = handover.messages.select_related("author", "item").order_by("id")
    return list(rows.prefetch_related(Prefetch("files", files)))


def _message(row: "Message") -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "author": str(row.author),
        "kind": str(_("Answer")) if row.question_id else str(row.get_kind_display()),
        "item": row.item.title if row.item else "",
        "files": len(row.files.all()),
        "sha256": sha256_of_text(row.text)[:SHORT],
    }


def _omission(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "item": row.item.title if row.item else "",
        "by": str(row.filed_by),
        "at": row.filed_at.isoformat(),
    }


def _files(rows: Any, where: Any) -> "Iterator[dict[str, Any]]":
    for row in rows:
        for file in row.files.all():
            yield {
                "where": str(where),
                "of": getattr(row, "title", "") or str(row),
                "name": file.name,
                "size": file.size,
                "by": str(file.uploaded_by),
                "at": file.uploaded_at.isoformat(),
                "sha256": file.sha256,
            }


def _timeline(handover: "Handover") -> "Iterator[dict[str, str]]":
    titles = {str(row.pk): row.title for row in handover.items.all()}
    events = record.timeline([record.ref(handover)]).filter(kind__startswith="handover.").order_by("at", "id")
    for event in events:
        if said := words.of_event(event.kind):
            yield {
                "at": event.at.isoformat(),
                "by": str(event.actor or _("the system")),
                "what": said,
                "item": titles.get(event.payload.get("item_id", ""), ""),
            }
