"""From rows to what the components draw: words, tones, icons."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ehr.clock import LEGAL_ZONE
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
DUTY_ICONS = {
    "file_transfer": "building-community",
    "unemployment_notice": "info-circle",
    "unemployment_list": "list",
    "housing_fund": "building",
    "retention": "archive",
    "wage_records": "archive",
    "arbitration_window": "scale",
    "contact_review": "address-book",
    "rehire_priority": "user-plus",
    "survivors": "users-group",
    "non_compete_decision": "shield-lock",
    "non_compete_pay": "coin-yuan",
    "non_compete_declaration": "signature",
    "non_compete_end": "shield-lock",
    "non_compete_extra": "coin-yuan",
    "dispute_defence": "scale",
    "dispute_hearing": "scale",
    "dispute_sue": "scale",
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


TRANSFER = timedelta(days=15)


def strip(case: Case, *, at: datetime) -> list[dict[str, Any]]:
    """最后这些天: from filing to the last duty of the law, today among them."""
    if case.last_working_date is None or case.termination_date is None:
        return []
    today = at.astimezone(LEGAL_ZONE).date()
    days = [*_days(case), {"at": today, "icon": "map-pin", "title": _("Today"), "state": "now"}]
    for day in days:
        day.setdefault("state", "done" if day["at"] < today else "")
    return sorted(days, key=lambda day: (day["at"], day["state"] == "now"))


def _days(case: Case) -> list[dict[str, Any]]:
    assert case.termination_date
    last, ends = case.last_working_date, case.termination_date
    settled = case.approved_at.astimezone(LEGAL_ZONE).date() if case.approved_at else None
    days = [
        {"at": case.filed_date, "icon": "file-text", "title": _("Filed")},
        {"at": settled, "icon": "circle-check", "title": _("Settled")},
        {"at": last, "icon": "user-off", "title": _("Last working day"), "small": _("Access ends 18:00")},
        {"at": ends, "icon": "certificate", "title": _("Ends · paid"), "small": _("Wages and certificate")},
        {"at": ends + TRANSFER, "icon": "building-community", "title": _("Insurance and file"), "small": _("By law")},
    ]
    return [day for day in days if day["at"]]


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
        return {"text": _("Look"), "href": block.url, "icon": "chevron-right"} if block.url else {}
    return {"text": _("Remind"), "post": reverse("offboarding:nudge", args=[page.case.pk]), "icon": "bell-ringing"}


def role_word(who: str) -> str:
    from ehr.access.labels import ROLE_LABELS
    from ehr.access.roles import Role

    return str(ROLE_LABELS[Role(who)]) if who in set(Role) else who
