"""Words of the to-dos and notices of an exit. {name} and the like come from the row's params."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ehr import deadlines, notices

from .words import duty_words

GROUP = _("Exits")

DUTIES = {
    "offboarding.approval": (_("{name}: decide on the exit"), _("Step: {step}"), "checkbox"),
    "offboarding.track": (_("{name}: {track}"), _("Your part of the exit; say when it is done."), "checklist"),
    "offboarding.returned": (_("{name}: change and send again"), _("It was returned with a reason."), "arrow-back-up"),
    "offboarding.letter_untold": (
        _("{name}: tell them of the recorded letter"),
        _("They have no account and no message could be sent: call or write, and note how they were told."),
        "phone",
    ),
    "offboarding.objection": (
        _("{name} objects: the letter of resignation is not theirs"),
        _("Ask the person. What was recorded in error is struck off with a written reason."),
        "hand-stop",
    ),
    "offboarding.arrears": (
        _("{name} ends it for the company's fault: check the arrears first"),
        _("What is owed in wages and insurance decides the case, and N is due if it holds (LCL 38, 46)."),
        "scale",
    ),
    "offboarding.union_answer": (
        _("{name}: answer the objection of the union in writing"),
        _("The ending takes effect only once the answer is on file (LCL 43)."),
        "users-group",
    ),
    "offboarding.withdrawal": (
        _("{name} asks to withdraw the exit"),
        _("It was acknowledged already, so HR has to agree."),
        "arrow-back",
    ),
    "offboarding.effect_blocked": (
        _("{name}: the ending can't take effect"),
        _("A proof is missing. The person stays employed and paid."),
        "hand-stop",
    ),
    "offboarding.service": (
        _("{name}: {step}"),
        _("The ending takes effect only once the notice has provably arrived."),
        "send",
    ),
    "offboarding.certificate_incomplete": (
        _("{name}: the certificate lacks a fact"),
        _("Fill in the file; the certificate is due today."),
        "file-alert",
    ),
    "offboarding.obligation": (
        _("{name}: {duty}"),
        _("A duty after the exit, with its own day."),
        "calendar-time",
    ),
    "offboarding.non_compete_unpaid": (
        _("{name}: three months of the non-compete are not paid"),
        _("The person may have the clause ended. Have it paid."),
        "alert-triangle",
    ),
    "offboarding.settlement_confirm": (
        _("{name}: confirm the settlement"),
        _("Somebody else calculated it; look at every line."),
        "receipt-yuan",
    ),
    "offboarding.settlement_payment": (
        _("{name}: pay – {when}"),
        _("The law sets this day; it waits for nothing else."),
        "receipt-yuan",
    ),
    "offboarding.reference_review": (
        _("Confirm a figure of the law: {figure}"),
        _("A second person compares it with its source."),
        "scale",
    ),
    "offboarding.chain_review": (
        _("Check an approval chain: {chain}"),
        _("A second person publishes it."),
        "git-branch",
    ),
}

CONFIRM = "offboarding.settlement_confirm"
APPROVALS = {"offboarding.approval", CONFIRM}
COUNTED = {
    "offboarding.approval",
    "offboarding.returned",
    "offboarding.arrears",
    "offboarding.objection",
    "offboarding.union_answer",
    "offboarding.letter_untold",
    "offboarding.withdrawal",
    "offboarding.chain_review",
    "offboarding.service",
    "offboarding.reference_review",
    CONFIRM,
}
"""Due after so many working days; all others stand on a date."""

NOTICES = {
    "offboarding.asked": (_("{name}: your decision is asked for"), "checkbox", "info"),
    "offboarding.filed": (_("Your exit was filed: {number}"), "file-text", "info"),
    "offboarding.letter_recorded": (
        _(
            "HR recorded your letter of resignation, received on {received_on}: {number}. Is it not yours? Object there."
        ),
        "mail",
        "warning",
    ),
    "offboarding.objected": (_("{name} objects to the recorded letter {number}"), "hand-stop", "warning"),
    "offboarding.death": (
        _("{name}: death in service, {number}. Please look at what is owed to the estate"),
        "scale",
        "warning",
    ),
    "offboarding.approved": (_("Your exit is settled. Last working day: {last_day}"), "circle-check", "success"),
    "offboarding.decided": (_("{name}: the exit {number} is decided"), "circle-check", "success"),
    "offboarding.rejected": (_("{name}: the exit {number} was rejected"), "x", "warning"),
    "offboarding.acknowledged_by_law": (
        _("{name}: nobody answered in time, the system acknowledged {number}"),
        "scale",
        "warning",
    ),
    "offboarding.dates_changed": (_("Your last working day is now {last_day}"), "calendar-event", "info"),
    "offboarding.told": (_("Your exit {number} was opened. Here is what happens next"), "route", "info"),
    "offboarding.agreement_set_aside": (
        _("HR noted that the agreement on {number} counts as not signed. Tell HR if that is not so"),
        "alert-triangle",
        "warning",
    ),
    "offboarding.agreement_taken_back": (
        _("{name}: HR took back that both signed the agreement on {number}"),
        "alert-triangle",
        "warning",
    ),
    "offboarding.settlement_changed": (_("{name}: the settlement was calculated anew"), "receipt-yuan", "warning"),
    "offboarding.settlement_flagged": (
        _("{name}: a figure changed after the settlement was confirmed"),
        "alert-triangle",
        "warning",
    ),
    "offboarding.settlement_returned": (_("{name}: finance returned the settlement"), "arrow-back-up", "warning"),
    "offboarding.settlement_confirmed": (_("Your settlement is confirmed: {number}"), "receipt-yuan", "success"),
    "offboarding.stopped": (_("The exit {number} was stopped"), "arrow-back", "info"),
    "offboarding.withdrawn": (_("{name}: the exit {number} was stopped"), "arrow-back", "info"),
    "offboarding.withdrawal_refused": (_("Your wish to withdraw {number} was not agreed to"), "x", "warning"),
    "offboarding.closed": (_("{name}: the exit {number} is closed"), "checks", "success"),
    "offboarding.rehire_first": (
        _("{employer} hired {name}: whoever was laid off is invited first (LCL 41): {names}"),
        "users",
        "warning",
    ),
    "offboarding.pack_ready": (_("{name}: the evidence pack of {number} is ready"), "package", "success"),
    "offboarding.union_there": (_("{name} counts as having a union from now on: {reason}"), "scale", "info"),
    "offboarding.union_gone": (_("{name} counts as having no union from now on: {reason}"), "scale", "warning"),
    "offboarding.non_compete_ending": (_("{name}: the non-compete ends on {day}"), "shield-lock", "info"),
    "offboarding.own_non_compete_ending": (
        _("Your non-compete ends on {day}; until then it binds you"),
        "shield-lock",
        "info",
    ),
    "offboarding.nudge": (_("{name}: the exit {number} is waiting for you"), "bell-ringing", "warning"),
}


def _words(params: Mapping[str, Any]) -> dict[str, Any]:
    """Rows keep codes and source texts; whoever reads them gets words in their own language."""
    from .models import PayWhen, TrackName

    words = {"track": TrackName(params["track"]).label} if "track" in params else {}
    words |= {"when": PayWhen(params["when"]).label} if "when" in params else {}
    if params.get("duty"):
        words["duty"] = duty_words(params["duty"], params.get("nth", 0))
    return words | ({"step": gettext(params["step"])} if params.get("step") else {})


def register() -> None:
    for code, (title, why, icon) in DUTIES.items():
        sort = {"is_approval": code in APPROVALS, "is_counted": code in COUNTED}
        deadlines.register_kind(code, title=title, why=why, icon=icon, group=GROUP, words=_words, **sort)
    for code, (title, icon, tone) in NOTICES.items():
        notices.register_kind(code, title=title, icon=icon, tone=tone)
