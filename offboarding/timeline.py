"""Events of a case as sentences."""

from collections.abc import Iterable
from itertools import groupby, islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from . import may
from .words import duty_words, paper_words, service_proof_words, service_words

WORDS = {
    "offboarding.case.started": (gettext_noop("started the case"), "file-plus", "plan"),
    "offboarding.case.redrafted": (gettext_noop("wrote the request anew"), "pencil", "plan"),
    "offboarding.case.submitted": (gettext_noop("filed it"), "file-text", "plan"),
    "offboarding.case.step_decided": (gettext_noop("decided a step"), "check", "ok"),
    "offboarding.case.approved": (
        gettext_noop("settled the exit; everything runs side by side now"),
        "circle-check",
        "ok",
    ),
    "offboarding.case.letter_recorded": (gettext_noop("recorded a letter of resignation"), "mail", "plan"),
    "offboarding.case.letter_told": (gettext_noop("told the person of the recorded letter"), "mail", "plan"),
    "offboarding.case.letter_disputed": (gettext_noop("objected to the recorded letter"), "hand-stop", "bad"),
    "offboarding.case.letter_struck": (gettext_noop("struck the letter off: recorded in error"), "x", "idle"),
    "offboarding.case.arrears_checked": (gettext_noop("checked the arrears"), "scale", "plan"),
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
    "offboarding.case.paper_prepared": (gettext_noop("prepared a paper"), "file-text", "plan"),
    "offboarding.case.service_recorded": (gettext_noop("recorded the proof of service"), "signature", "ok"),
    "offboarding.case.agreement_taken_back": (
        gettext_noop("took back that both signed"),
        "arrow-back-up",
        "warn",
    ),
    "offboarding.case.service_tried": (gettext_noop("sent the notice to the person"), "send", "plan"),
    "offboarding.case.service_proof_added": (gettext_noop("added a proof of service"), "paperclip", "plan"),
    "offboarding.case.track_moved": (gettext_noop("moved a track"), "progress", "plan"),
    "offboarding.case.proof_added": (gettext_noop("added a proof"), "paperclip", "plan"),
    "offboarding.case.evidence_added": (gettext_noop("added a piece of evidence"), "paperclip", "plan"),
    "offboarding.case.finding_explained": (gettext_noop("explained a warning of the law"), "scale", "warn"),
    "offboarding.case.finding_overridden": (gettext_noop("let pass what the law forbids"), "scale", "bad"),
    "offboarding.case.settlement_calculated": (gettext_noop("calculated the settlement"), "receipt-yuan", "plan"),
    "offboarding.case.settlement_submitted": (gettext_noop("sent the settlement to finance"), "send", "plan"),
    "offboarding.case.settlement_returned": (gettext_noop("returned the settlement"), "arrow-back-up", "warn"),
    "offboarding.case.settlement_confirmed": (gettext_noop("confirmed the settlement"), "circle-check", "ok"),
    "offboarding.case.settlement_due": (gettext_noop("The handover is done: severance is due"), "clock", "plan"),
    "offboarding.case.settlement_paid": (gettext_noop("recorded a payment of the settlement"), "receipt-yuan", "ok"),
    "offboarding.case.settlement_flagged": (
        gettext_noop("A figure of the law changed after the settlement was confirmed"),
        "alert-triangle",
        "warn",
    ),
    "offboarding.case.settlement_exported": (gettext_noop("exported the settlement"), "download", "idle"),
    "offboarding.case.evidence_pack_asked": (gettext_noop("asked for the evidence pack"), "package", "idle"),
    "offboarding.case.evidence_pack_made": (gettext_noop("The evidence pack was made"), "package", "plan"),
    "offboarding.case.evidence_pack_taken": (gettext_noop("downloaded the evidence pack"), "download", "warn"),
    "offboarding.case.ending_judged": (gettext_noop("judged whether the ending holds"), "scale", "warn"),
    "offboarding.case.effect_blocked": (gettext_noop("The ending could not take effect"), "hand-stop", "bad"),
    "offboarding.case.employment_ended": (gettext_noop("The employment ended"), "flag", "ok"),
    "offboarding.case.closed": (gettext_noop("The case was closed"), "checks", "ok"),
    "offboarding.case.non_compete_decided": (gettext_noop("decided on the non-compete"), "shield-lock", "plan"),
    "offboarding.case.non_compete_ended": (gettext_noop("ended the non-compete early"), "shield-lock", "warn"),
    "offboarding.case.dispute_recorded": (gettext_noop("recorded a dispute"), "scale", "warn"),
    "offboarding.case.dispute_followed": (gettext_noop("wrote on in a dispute"), "scale", "plan"),
    "offboarding.case.obligation_finished": (gettext_noop("settled a duty after the exit"), "checks", "ok"),
    "offboarding.case.obligation_cancelled": (
        gettext_noop("struck off a duty after the exit: it is no longer needed"),
        "x",
        "idle",
    ),
    "offboarding.case.obligation_reopened": (
        gettext_noop("opened a duty after the exit anew"),
        "calendar-event",
        "warn",
    ),
    "offboarding.case.obligation_proof_added": (gettext_noop("added a proof"), "paperclip", "plan"),
    "offboarding.case.step_handed_on": (
        gettext_noop("Nobody signed in time: the next manager is asked instead"),
        "arrow-forward-up",
        "warn",
    ),
    "offboarding.case.nudged": (gettext_noop("reminded everybody it waits for"), "bell-ringing", "idle"),
    "offboarding.case.commented": (gettext_noop("left a comment"), "message", "idle"),
}


HANDOVER = {
    "handover.handover.opened": (gettext_noop("The handover list was drawn up"), "clipboard-list", "plan"),
    "handover.handover.completed": (gettext_noop("said that the handover list is complete"), "checks", "plan"),
    "handover.handover.returned": (gettext_noop("gave the handover back"), "arrow-back-up", "warn"),
    "handover.handover.signed": (gettext_noop("signed the handover off"), "signature", "ok"),
    "handover.successor.named": (gettext_noop("named the successor"), "user-check", "plan"),
    "handover.takeover.noted": (gettext_noop("looked through what they take over"), "user-share", "ok"),
    "handover.people.reminded": (gettext_noop("reminded those it waits for"), "bell-ringing", "idle"),
    "handover.report.asked": (gettext_noop("had the report drawn up"), "report-analytics", "idle"),
}
COUNTED = {
    "handover.item.submitted": ("eye", "plan"),
    "handover.item.confirmed": ("check", "ok"),
    "handover.item.returned": ("arrow-back-up", "warn"),
}
"""Items of the list come in handfuls: one line for those that one person dealt with in a row."""

COMMENTED = "offboarding.case.commented"
DISPUTED = "offboarding.case.dispute_"
PREPARED = "offboarding.case.paper_prepared"
AFTERWARDS = ("offboarding.obligation", "offboarding.non_compete_unpaid")
"""To-dos whose mere coming and going tells of a non-compete or a dispute."""
MOVED_TONES = {"done": ("check", "ok"), "failed": ("alert-triangle", "bad"), "returned": ("arrow-back-up", "warn")}
LINES = 12


def known_to(user: Any, case: Any, events: Any) -> Any:
    """A line is read by whom what it is about is shown; whoever else sees the case has a record without it."""
    hidden = Q(kind__in=may.hidden_facts(user, case))
    if not may.sees_duties(user, case):
        hidden |= Q(kind__startswith="deadlines.", payload__deadline_kind__in=AFTERWARDS)
    if not may.sees_non_compete(user, case):
        hidden |= Q(kind=PREPARED, payload__document_kind="noncompete_notice")
    return events.exclude(hidden)


def shown(events: Any) -> Any:
    """Deadlines come and go by themselves; they stand in the whole record, not here."""
    return events.filter(kind__in=[*WORDS, *HANDOVER, *COUNTED])


def items(
    events: Iterable[Any], *, lines: int | None = None, remarks: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    runs = groupby((event for event in events if _is_told(event)), key=_run)
    return list(islice((_line(list(run), remarks or {}) for _, run in runs), lines))


def remarks_of(case: Any, events: Iterable[Any]) -> dict[str, str]:
    """What was said to all who see the case, by the digest that its event holds. Costs nothing where nobody spoke."""
    digests = [event.payload.get("reason_sha256", "") for event in events if event.kind == COMMENTED]
    if not digests:
        return {}
    said = case.decisions.filter(kind="comment", comment_sha256__in=digests).select_related("data_key")
    return {decision.comment_sha256: decision.comment for decision in said}


def _is_told(event: Any) -> bool:
    """The handover tells of its own end; the track that moves with it would say it twice."""
    is_echo = event.kind == "offboarding.case.track_moved" and event.payload["track"] == "handover"
    return not is_echo and (event.kind in WORDS or event.kind in HANDOVER or event.kind in COUNTED)


def _run(event: Any) -> Any:
    return (event.kind, event.actor_id) if event.kind in COUNTED else event.pk


def _line(run: list[Any], remarks: dict[str, str]) -> dict[str, Any]:
    event = run[0]
    words, icon, tone = _words(event, len(run))
    return {
        "tone": tone,
        "icon": icon,
        "who": str(event.actor) if event.actor else _("System"),
        "text": words,
        "quote": remarks.get(event.payload.get("reason_sha256", ""), "") if event.kind == COMMENTED else "",
        "at": event.at,
        "small": _small(event),
        "on_behalf": str(event.on_behalf_of) if event.on_behalf_of else "",
    }


def _words(event: Any, count: int) -> tuple[str, str, str]:
    if event.kind in COUNTED:
        return (_counted(event.kind, count), *COUNTED[event.kind])
    words, icon, tone = (WORDS | HANDOVER)[event.kind]
    if event.kind == "offboarding.case.step_decided":
        return decided_word(event.payload["decision"]), icon, tone
    if event.kind == "offboarding.case.service_tried" and event.payload["result"] != "waiting":
        return (_("noted what came of the service"), icon, tone)
    if event.kind == "offboarding.case.track_moved":
        return (_moved(event.payload), *MOVED_TONES.get(event.payload["state"], (icon, tone)))
    return _(words), icon, tone


def _counted(kind: str, n: int) -> str:
    words = {
        "handover.item.submitted": ngettext("handed in %(n)s item", "handed in %(n)s items", n),
        "handover.item.confirmed": ngettext("confirmed %(n)s item", "confirmed %(n)s items", n),
        "handover.item.returned": ngettext("gave back %(n)s item", "gave back %(n)s items", n),
    }
    return words[kind] % {"n": n}


def _moved(payload: dict[str, Any]) -> str:
    from .models import TrackName, TrackState

    words = {"track": TrackName(payload["track"]).label, "state": TrackState(payload["state"]).label}
    return _("%(track)s: %(state)s") % words


def _small(event: Any) -> str:
    payload = event.payload
    if event.kind == "offboarding.case.dates_changed":
        return f"{payload['before']['last_working_date']} → {payload['last_working_date']}"
    if event.kind in ("offboarding.case.notice_prepared", "offboarding.case.paper_prepared"):
        return str(payload["document_number"])
    if event.kind == "offboarding.case.evidence_added":
        return paper_words(payload["paper"])
    if event.kind.startswith("offboarding.case.obligation_"):
        return duty_words(payload["obligation"], payload["nth"])
    if event.kind.startswith(DISPUTED):
        return _("No. %(nth)s") % {"nth": payload["nth"]}
    if event.kind == "offboarding.case.non_compete_ended":
        return _no_longer_owed(payload.get("months_gone", 0))
    if event.kind == "offboarding.case.service_tried":
        return service_words(payload["method"], payload["result"])
    if event.kind == "offboarding.case.service_proof_added":
        return service_proof_words(payload["proof"])
    return ""


def _no_longer_owed(n: int) -> str:
    return ngettext("%(n)s month is no longer owed", "%(n)s months are no longer owed", n) % {"n": n}


def decided_word(decision: str) -> str:
    """What somebody did, after their name."""
    return {
        "approve": _("approved"),
        "acknowledge": _("acknowledged the notice"),
        "return": _("returned it for changes"),
        "reject": _("rejected it"),
        "delegate": _("handed it to a colleague"),
        "add_approver": _("added a signer"),
    }.get(decision, decision)


def decision_word(decision: str) -> str:
    return {
        "approve": _("Approve"),
        "acknowledge": _("Acknowledge"),
        "return": _("Return for changes"),
        "reject": _("Reject"),
        "delegate": _("Hand to a colleague"),
        "add_approver": _("Add a signer"),
    }.get(decision, decision)
