"""Words of the to-dos and notices of a handover. {name} and the like come from the row's params."""

from django.utils.translation import gettext_lazy as _

from ehr import deadlines, notices

GROUP = _("Handover")

DUTIES = {
    "handover.fill": (
        _("Fill in your handover list"),
        _("Item by item; who confirms it stands on each."),
        "clipboard-list",
    ),
    "handover.completeness": (
        _("{name}: is the handover list complete?"),
        _("You say within two working days whether anything is missing from it."),
        "clipboard-check",
    ),
    "handover.confirm": (
        _("{name}: confirm what was handed over"),
        _("Confirm, or return it with a reason."),
        "clipboard-check",
    ),
    "handover.sign_off": (
        _("{name}: sign the handover letter"),
        _("Everything is confirmed; your signature ends the handover."),
        "signature",
    ),
    "handover.witness": (
        _("{name}: see what changes hands"),
        _("A witness who is neither of the two sides looks on. Nobody named yet: name one."),
        "eye-check",
    ),
    "handover.take_over": (
        _("Look through what you take over from {name}"),
        _("Open work, its numbers, its people; ask while they are still here."),
        "user-share",
    ),
    "handover.shadow": (
        _("Go through it together: {topic}"),
        _("Handover of {name}; say so when it is done."),
        "users",
    ),
    "handover.answer": (
        _("{name} asks about your work"),
        _("A sentence is often enough. After your last day an answer is a favour."),
        "message-question",
    ),
}
COUNTED = {"handover.completeness", "handover.confirm", "handover.sign_off"}
"""Due after so many working days; all others stand on a date."""

NOTICES = {
    "handover.answered": (_("Your question about the work of {name} is answered"), "", "message-check", "info"),
    "handover.reminded": (
        _("Handovers wait for you"),
        _("HR asks you to look at what is open in your inbox."),
        "bell-ringing",
        "warning",
    ),
    "handover.transfer_ran": (
        _("{name}: what was in flight has moved; {left} left to look at"),
        "",
        "arrows-right",
        "info",
    ),
}


def register() -> None:
    for code, (title, why, icon) in DUTIES.items():
        deadlines.register_kind(code, title=title, why=why, icon=icon, group=GROUP, is_counted=code in COUNTED)
    deadlines.register_kind(
        "handover.template_review",
        title=_("Check and publish the handover template “{title}”"),
        why=_("Two people see to it: one edits, another publishes."),
        icon="template",
        group=_("Settings"),
    )
    for code, (title, body, icon, tone) in NOTICES.items():
        notices.register_kind(code, title=title, body=body, icon=icon, tone=tone)
