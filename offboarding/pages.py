"""From rows to what the components draw: words, tones, icons."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ehr.templatetags.words import short_day

from .models import Case
from .queries.case_page import Block, CasePage

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


LATE_DUTIES = {
    "handover.fill": gettext_noop("The handover list is not filled in"),
    "handover.completeness": gettext_noop("Nobody has said that the handover list is complete"),
    "handover.confirm": gettext_noop("Handed-over work is not confirmed"),
    "handover.sign_off": gettext_noop("The handover is not signed off"),
}


def blocks(page: CasePage) -> list[dict[str, Any]]:
    """What holds the case, with the person, since when, and what to do about it."""
    return [
        {
            "tone": block.tone,
            "word": _("Failed") if block.part.state == "failed" else tone_word(block.tone),
            "title": _(LATE_DUTIES.get(block.duty, block.duty or block.title)),
            "small": _who_since(block),
            "action": _way_out(page, block),
        }
        for block in page.blocking
    ]


def _who_since(block: Block) -> str:
    who = role_word(block.who)
    if block.since is None:
        return who
    return _("%(who)s · since %(day)s") % {"who": who, "day": short_day(block.since)}


def _way_out(page: CasePage, block: Block) -> dict[str, Any]:
    """What failed is opened and mended; who is merely waited for is reminded."""
    if block.part.state == "failed" or not page.can_nudge or block.tone != "bad":
        return {"text": _("Look"), "href": block.url, "icon": "chevron-right"}
    return {"text": _("Remind"), "post": reverse("offboarding:nudge", args=[page.case.pk]), "icon": "bell-ringing"}


def role_word(who: str) -> str:
    from ehr.access.labels import ROLE_LABELS
    from ehr.access.roles import Role

    return str(ROLE_LABELS[Role(who)]) if who in set(Role) else who
