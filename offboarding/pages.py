"""From rows to what the components draw: words, tones, icons."""

from typing import Any

from django.utils.translation import gettext as _

from .models import Case
from .queries.case_page import CasePage

TRACK_ICONS = {
    "handover": "clipboard-list",
    "oa_tasks": "checklist",
    "settlement": "receipt-yuan",
    "accounts": "user-off",
    "business_systems": "address-book",
    "assets": "device-laptop",
    "documents": "certificate",
    "social_insurance": "building-community",
    "non_compete": "shield-lock",
    "union_notice": "users-group",
}
STATE_TONES = {
    "draft": "idle",
    "submitted": "plan",
    "in_approval": "plan",
    "approved": "plan",
    "closed": "ok",
    "returned": "warn",
    "rejected": "idle",
    "withdrawn": "idle",
    "retained": "ok",
    "cancelled": "idle",
}


def dates(case: Case) -> list[dict[str, Any]]:
    return [
        {"label": _("Filed on"), "date": case.filed_date},
        {"label": _("Last working day"), "date": case.last_working_date},
        {"label": _("Employment ends on"), "date": case.termination_date, "hint": _("Certificate on this day")},
        {"label": _("Paid until"), "date": case.paid_until_date, "hint": _("Wages in one sum, handover or not")},
    ]


def tone_word(tone: str) -> str:
    return {
        "bad": _("Overdue"),
        "warn": _("Due soon"),
        "plan": _("Waiting"),
        "ok": _("Done"),
        "idle": _("Not yet"),
    }[tone]


def blocks(page: CasePage) -> list[dict[str, Any]]:
    """What holds the case, with the person and the way there."""
    return [
        {
            "tone": block.tone,
            "word": _("Failed") if block.part.state == "failed" else tone_word(block.tone),
            "title": block.title,
            "small": role_word(block.who),
            "action": {"text": _("Open"), "href": block.url},
        }
        for block in page.blocking
    ]


def role_word(who: str) -> str:
    from ehr.access.labels import ROLE_LABELS
    from ehr.access.roles import Role

    return str(ROLE_LABELS[Role(who)]) if who in set(Role) else who
