"""Words, tones and icons of exits for templates."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ehr.clock import LEGAL_ZONE
from ehr.templatetags.words import short_day

from .. import pages
from ..chain_forms import ACTIONS, CONDITION_FIELDS, LATE, MODES, OPERATORS, RESOLVERS
from ..models import CaseKind, StepState, TrackName, TrackState
from ..rules import progress
from ..rules.chains import LateAction
from ..timeline import decision_word
from ..words import duty_words, paper_words, service_proof_words

register = template.Library()

TRACK_WORDS = dict(TrackName.choices)


@register.filter
def role_word(who: Any) -> str:
    return pages.role_word(str(who))


@register.filter
def paper_word(paper: str) -> str:
    return paper_words(paper)


@register.filter
def service_proof_word(proof: str) -> str:
    return service_proof_words(proof)


@register.filter
def track_icon(kind: str) -> str:
    return pages.TRACK_ICONS.get(kind, "circle-dot")


@register.filter
def duty_icon(kind: str) -> str:
    return pages.DUTY_ICONS.get(kind, "calendar-time")


@register.filter
def duty_word(duty: Any) -> str:
    return duty_words(duty.kind, duty.nth)


@register.filter
def track_word(kind: str) -> str:
    return str(TRACK_WORDS.get(kind, kind))


@register.filter
def state_tone(state: str) -> str:
    return pages.STATE_TONES.get(state, "idle")


@register.filter
def kind_word(kind: str) -> str:
    return str(CaseKind(kind).label)


@register.filter
def action_word(decision: str) -> str:
    return decision_word(decision)


@register.simple_tag
def part_tone(part: Any, at: Any) -> str:
    return progress.tone(part, at=at).value if part is not None else "idle"


@register.filter
def part_word(part: Any) -> str:
    """7/12 while a list is being worked off, else the state."""
    if part is None:
        return _("Not needed")
    if part.total > 1 and not part.is_done and part.state != "held":
        return f"{part.done}/{part.total}"
    if part.key.startswith("step:"):
        return str(StepState(part.state).label)
    return str(TrackState(part.state).label)


@register.simple_tag
def state_word(part: Any, at: Any) -> str:
    """The state, or how long it is late."""
    is_late = progress.tone(part, at=at) == progress.Tone.BAD and part.state != "failed"
    return late_word(at - part.due_at) if is_late else part_word(part)


@register.simple_tag
def cell_word(part: Any, at: Any) -> str:
    """A cell of the board: how long it is late, when it is due, how far it is."""
    if part is None or part.state in {"failed", "held"}:
        return part_word(part)
    is_dated = part.state == "planned" and part.total == 1 and progress.tone(part, at=at) != progress.Tone.BAD
    return short_day(part.due_at) if is_dated and part.due_at else state_word(part, at)


def late_word(late: timedelta) -> str:
    if late.days:
        return ngettext("%(n)s day late", "%(n)s days late", late.days) % {"n": late.days}
    hours = late.seconds // 3600
    return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours} if hours else _("Overdue")


@register.simple_tag
def days_left(day: Any, at: Any) -> str:
    """今天 · 还有 4 天 · 2 天前"""
    if day is None:
        return ""
    days = (day - at.astimezone(LEGAL_ZONE).date()).days
    if days == 0:
        return _("Today")
    words = (
        ngettext("in %(n)s day", "in %(n)s days", days)
        if days > 0
        else ngettext("%(n)s day ago", "%(n)s days ago", -days)
    )
    return words % {"n": abs(days)}


@register.filter
def titled(step_title: str) -> str:
    """A shipped step's title is translated; one that somebody typed stays as it is."""
    return _(step_title)


@register.filter
def step_facts(step: Any) -> list[dict[str, Any]]:
    """What the card of a chain's step says below its title."""
    who = str(step.named) if step.named_id else dict(RESOLVERS)[step.resolver]
    return [
        {"icon": "user", "text": who},
        {"icon": "user-check", "text": dict(MODES)[step.mode]},
        {"icon": "filter", "text": " · ".join(_conditions(step)) or _("Always")},
        {"icon": "clock", "text": _("%(days)s working days") % {"days": step.sla_days}},
        {"icon": "arrow-up", "text": _late(step)},
        {"icon": "checks", "text": " ".join(str(ACTIONS[word]) for word in step.allowed)},
    ]


def _late(step: Any) -> str:
    what = str(dict(LATE)[step.late_action])
    if step.late_action == LateAction.REMIND:
        return what
    return _("%(what)s (after %(days)s more working days)") % {"what": what, "days": step.late_days}


def _conditions(step: Any) -> list[str]:
    fields, operators = dict(CONDITION_FIELDS), dict(OPERATORS)
    return [f"{fields[row['field']]} {operators[row['operator']]} {row['value']}" for row in step.conditions]
