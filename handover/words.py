"""Codes of the rules in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employees.models import JobFamily
from handover.models.choices import Source
from handover.rules.deduction import Deduction
from handover.rules.items import Field, Problem
from handover.rules.responsibility import Finding
from handover.rules.tempo import Suggestion

FIELD_LABELS = {
    "progress": gettext_lazy("How far it is"),
    "counterpart": gettext_lazy("Counterpart"),
    "next_step": gettext_lazy("Next step"),
    "place": gettext_lazy("Where it lies"),
    "remark": gettext_lazy("What to know"),
    "system": gettext_lazy("System"),
    "account": gettext_lazy("Account"),
    "contact": gettext_lazy("Contact"),
    "status": gettext_lazy("How things stand"),
    "special_requests": gettext_lazy("Special requests"),
    "whereabouts": gettext_lazy("Where it is"),
    "condition": gettext_lazy("Condition"),
    "text": gettext_lazy("Handover note"),
    "file": gettext_lazy("Proof"),
    "comment": gettext_lazy("Reason"),
}

ACTIONS = {
    "submit": gettext_lazy("Submit"),
    "explain": gettext_lazy("Explain"),
    "witness": gettext_lazy("Witness it"),
    "confirm": gettext_lazy("Confirm"),
    "return": gettext_lazy("Return"),
    "complete": gettext_lazy("Confirm that the list is complete"),
    "sign": gettext_lazy("Sign the letter"),
}
"""Codes of the lifecycle, as a page names what is still possible."""

_PROBLEMS = {
    "missing": gettext_lazy("Please fill in “%(field)s”."),
    "too_long": gettext_lazy("“%(field)s” is too long: 4000 characters at most."),
    "not_a_progress": gettext_lazy("Say how far “%(field)s” is: 60%%, half, done, not started."),
    "not_a_date": gettext_lazy("“%(field)s” is a day."),
    "not_a_number": gettext_lazy("“%(field)s” is a number."),
    "secret": gettext_lazy("Never write a password here: name the system and the account, IT passes on the access."),
    "say_why_nothing": gettext_lazy("Say in a few words why there is nothing to hand over."),
}


def label_of(field: Field) -> Any:
    return field.label or FIELD_LABELS.get(field.name, field.name)


def of_problem(problem: Problem, fields: Iterable[Field] = ()) -> str:
    own = {field.name: label_of(field) for field in fields}
    named = own.get(problem.field) or FIELD_LABELS.get(problem.field, problem.field)
    return str(_PROBLEMS[problem.code]) % {"field": named}


_WHY = {
    Source.ASSET: gettext_lazy("%(system)s has it under your name"),
    Source.PERFORMANCE: gettext_lazy("Not finished in the performance records"),
    Source.SUBORDINATE: gettext_lazy("Reports to you; needs somebody else to report to"),
    Source.APPROVAL: gettext_lazy("Waits for your decision in this system"),
    Source.TODO: gettext_lazy("Waits for you in this system"),
}


def often_missed(params: Mapping[str, Any]) -> str:
    """'Of the last 20 handovers in sales 16 missed this', or nothing."""
    if "missed" not in params:
        return ""
    family = str(JobFamily(params["family"]).label)
    return _("Of the last %(of)s handovers in %(family)s, %(missed)s missed this") % {**params, "family": family}


def why(source: str, params: dict[str, str]) -> str:
    """Why this item is on the list."""
    if source == Source.PREDICTION:
        return often_missed(params)
    if source == Source.SYSTEM:
        return _("%(system)s says you have it") % {"system": params.get("system", "")}
    if source == Source.PERFORMANCE and "percent" in params:
        return _("Not finished in the performance records: %(percent)s%%") % params
    if source in _WHY:
        return str(_WHY[source]) % params
    if source == Source.ADDED:
        return _("Added by %(name)s") % {"name": params.get("name", "")}
    return _("Template %(template)s, version %(version)s") % {
        "template": params.get("template", ""),
        "version": params.get("version", ""),
    }


_EVENTS = {
    "handover.handover.opened": gettext_lazy("the list was drawn up"),
    "handover.handover.released": gettext_lazy("the list was opened to the person"),
    "handover.handover.completed": gettext_lazy("said that the list is complete"),
    "handover.handover.returned": gettext_lazy("gave the whole list back"),
    "handover.handover.signed": gettext_lazy("signed the handover off"),
    "handover.handover.cancelled": gettext_lazy("called the handover off"),
    "handover.handover.dates_moved": gettext_lazy("moved the last day"),
    "handover.head.replaced": gettext_lazy("another head took the place"),
    "handover.successor.named": gettext_lazy("named the successor"),
    "handover.witness.named": gettext_lazy("named the witness"),
    "handover.takeover.noted": gettext_lazy("looked through what they take over"),
    "handover.item.added": gettext_lazy("added an item"),
    "handover.item.submitted": gettext_lazy("handed in"),
    "handover.item.confirmed": gettext_lazy("confirmed"),
    "handover.item.returned": gettext_lazy("returned"),
    "handover.item.witnessed": gettext_lazy("saw it change hands"),
    "handover.conflict.explained": gettext_lazy("explained a difference"),
    "handover.file.attached": gettext_lazy("attached a file"),
    "handover.file.removed": gettext_lazy("removed a file"),
    "handover.message.sent": gettext_lazy("wrote a message"),
    "handover.omission.filed": gettext_lazy("filed something that was missing"),
    "handover.shadowing.planned": gettext_lazy("planned to go through something together"),
    "handover.shadowing.moved": gettext_lazy("moved what is gone through together"),
    "handover.shadowing.done": gettext_lazy("went through something together"),
    "handover.shadowing.called_off": gettext_lazy("called off what was to be gone through together"),
    "handover.report.asked": gettext_lazy("had the report drawn up"),
    "handover.people.reminded": gettext_lazy("reminded those it waits for"),
}
"""What the report tells of, in the order of a handover."""


def of_event(kind: str) -> str:
    """Empty for what is not told."""
    return str(_EVENTS.get(kind, ""))


_DUTIES = {
    "handover.fill": gettext_lazy("fill in the list"),
    "handover.completeness": gettext_lazy("to say that the list is complete"),
    "handover.confirm": gettext_lazy("confirm items"),
    "handover.sign_off": gettext_lazy("sign the letter"),
    "handover.witness": gettext_lazy("see what changes hands"),
}


def of_duty(kind: str) -> str:
    return str(_DUTIES.get(kind, ""))


def of_suggestion(told: Suggestion) -> str:
    """'R&D takes 30 % longer than the others because of the repository: begin it 3 days earlier'."""
    family = str(JobFamily(told.key).label)
    said = {"family": family, "excess": round(100 * told.excess), "title": told.title, "days": told.lead_days}
    return (
        _("%(family)s takes %(excess)s%% longer than the others because of “%(title)s”: begin it %(days)s days earlier")
        % said
    )


def arithmetic_of(told: Suggestion) -> str:
    return _(
        "%(mean)s days (%(n)s handovers) ÷ %(others_mean)s days (%(others_n)s) − 1 = %(excess)s%%; %(sigma)s standard errors"
        " apart; in %(last)s of %(n)s this was confirmed last"
    ) % {
        "mean": f"{told.mean:.1f}",
        "n": told.n,
        "others_mean": f"{told.others_mean:.1f}",
        "others_n": told.others_n,
        "excess": round(100 * told.excess),
        "sigma": f"{told.sigma:.1f}",
        "last": told.last,
    }


_SESSION_PROBLEMS = {
    "in_the_past": gettext_lazy("That day is over."),
    "after_last_day": gettext_lazy(
        "You go through it together while both work here: on the last working day at the latest."
    ),
}


def of_session_problem(code: str) -> str:
    return str(_SESSION_PROBLEMS[code])


_FINDINGS = {
    Finding.LEAVER_NEVER_SUBMITTED: gettext_lazy("%(leaver)s never handed it in"),
    Finding.CONFIRMED_WITHOUT: gettext_lazy("%(confirmer)s confirmed it without this on %(confirmed)s"),
    Finding.HEAD_CONFIRMED_WITHOUT: gettext_lazy("%(head)s confirmed without it on %(completed)s"),
    Finding.TEMPLATE_LACKED: gettext_lazy("The template lacked it"),
}


def of_finding(code: str, params: Mapping[str, Any]) -> str:
    return str(_FINDINGS[Finding(code)]) % params


def of_deduction(counted: Deduction) -> list[str]:
    """Each step with its figures, as it can be checked by hand."""
    figures, terms = counted.figures, counted.terms
    params = {
        "confirmed": figures.confirmed,
        "due": figures.due,
        "completion": figures.completion,
        "lacking": counted.lacking,
        "missed": figures.missed,
        "checked": figures.checked,
        "omission": figures.omission,
        "excess": counted.excess,
        "points": counted.points,
        "per_point": terms.per_point,
        "uncapped": counted.uncapped,
        "most": terms.most,
        "percent": counted.percent,
    }
    return [str(line) % params for line in _DEDUCTION]


_DEDUCTION = (
    gettext_lazy("Completed: %(confirmed)s ÷ %(due)s ＝ %(completion)s%%; goal 100%%, %(lacking)s points below"),
    gettext_lazy(
        "Missed: %(missed)s ÷ (%(checked)s ＋ %(missed)s) ＝ %(omission)s%%; goal under 5%%, %(excess)s points above"
    ),
    gettext_lazy(
        "(%(lacking)s ＋ %(excess)s) × %(per_point)s%% ＝ %(uncapped)s%%; at most %(most)s%% → −%(percent)s%%"
    ),
)
