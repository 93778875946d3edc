"""Events of a case as sentences."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    "offboarding.case.started": (gettext_noop("started the case"), "file-plus", "plan"),
    "offboarding.case.submitted": (gettext_noop("filed it"), "file-text", "plan"),
    "offboarding.case.step_opened": (gettext_noop("A step was opened"), "git-branch", "idle"),
    "offboarding.case.step_decided": (gettext_noop("decided a step"), "check", "ok"),
    "offboarding.case.approved": (
        gettext_noop("settled the exit; everything runs side by side now"),
        "circle-check",
        "ok",
    ),
    "offboarding.case.returned": (gettext_noop("returned it for changes"), "arrow-back-up", "warn"),
    "offboarding.case.rejected": (gettext_noop("rejected it"), "x", "bad"),
    "offboarding.case.withdrawal_requested": (gettext_noop("asked to withdraw"), "arrow-back", "warn"),
    "offboarding.case.withdrawal_refused": (gettext_noop("did not agree to the withdrawal"), "x", "idle"),
    "offboarding.case.withdrawn": (gettext_noop("withdrew it"), "arrow-back", "idle"),
    "offboarding.case.retained": (gettext_noop("stays with the company"), "heart-handshake", "ok"),
    "offboarding.case.retention_recorded": (gettext_noop("talked about staying"), "heart-handshake", "plan"),
    "offboarding.case.cancelled": (gettext_noop("cancelled it"), "x", "idle"),
    "offboarding.case.converted": (gettext_noop("turned the preparation into a formal case"), "arrow-right", "plan"),
    "offboarding.case.stood_down": (gettext_noop("stood the preparation down"), "x", "idle"),
    "offboarding.case.dates_changed": (gettext_noop("moved the dates"), "calendar-event", "warn"),
    "offboarding.case.notice_waived": (gettext_noop("gave up part of the notice period"), "calendar-event", "idle"),
    "offboarding.case.told": (gettext_noop("told the person"), "message", "plan"),
    "offboarding.case.notice_prepared": (gettext_noop("prepared the notice of termination"), "file-x", "plan"),
    "offboarding.case.service_recorded": (gettext_noop("recorded the proof of service"), "signature", "ok"),
    "offboarding.case.track_moved": (gettext_noop("moved a track"), "progress", "plan"),
    "offboarding.case.effect_blocked": (gettext_noop("The ending could not take effect"), "hand-stop", "bad"),
    "offboarding.case.employment_ended": (gettext_noop("The employment ended"), "flag", "ok"),
    "offboarding.case.closed": (gettext_noop("The case was closed"), "checks", "ok"),
    "offboarding.case.nudged": (gettext_noop("reminded everybody it waits for"), "bell-ringing", "idle"),
    "offboarding.case.commented": (gettext_noop("left a comment"), "message", "idle"),
}


def items(events: Iterable[Any]) -> list[dict[str, Any]]:
    """Deadlines come and go by themselves; they stand in the whole record, not here."""
    return [_item(event) for event in events if event.kind in WORDS]


def _item(event: Any) -> dict[str, Any]:
    words, icon, tone = WORDS[event.kind]
    return {
        "tone": tone,
        "icon": icon,
        "who": str(event.actor) if event.actor else _("System"),
        "text": _(words),
        "at": event.at,
        "small": _small(event),
        "on_behalf": str(event.on_behalf_of) if event.on_behalf_of else "",
    }


def _small(event: Any) -> str:
    payload = event.payload
    if event.kind == "offboarding.case.track_moved":
        from .models import TrackName, TrackState

        return f"{TrackName(payload['track']).label} · {TrackState(payload['state']).label}"
    if event.kind == "offboarding.case.dates_changed":
        return f"{payload['before']['last_working_date']} → {payload['last_working_date']}"
    if event.kind == "offboarding.case.notice_prepared":
        return str(payload["document_number"])
    if event.kind == "offboarding.case.step_decided":
        return decision_word(payload["decision"])
    return ""


def decision_word(decision: str) -> str:
    return {
        "approve": _("Approve"),
        "acknowledge": _("Acknowledge"),
        "return": _("Return for changes"),
        "reject": _("Reject"),
        "delegate": _("Hand to a colleague"),
        "add_approver": _("Add a signer"),
    }.get(decision, decision)
