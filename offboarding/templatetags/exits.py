"""Words, tones and icons of exits for templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from .. import pages
from ..chain_forms import ACTIONS, CONDITION_FIELDS, LATE, MODES, OPERATORS, RESOLVERS
from ..models import CaseKind, StepState, TrackName, TrackState
from ..rules import progress
from ..timeline import decision_word

register = template.Library()


@register.filter
def role_word(who: Any) -> str:
    return pages.role_word(str(who))


@register.filter
def track_icon(kind: str) -> str:
    return pages.TRACK_ICONS.get(kind, "circle-dot")


@register.filter
def track_word(kind: str) -> str:
    return str(TrackName(kind).label) if kind in TrackName.values else kind


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
    if part.total > 1 and not part.is_done:
        return f"{part.done}/{part.total}"
    if part.key.startswith("step:"):
        return str(StepState(part.state).label)
    return str(TrackState(part.state).label)


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
        {"icon": "arrow-up", "text": dict(LATE)[step.late_action]},
        {"icon": "checks", "text": " ".join(str(ACTIONS[word]) for word in step.allowed)},
    ]


def _conditions(step: Any) -> list[str]:
    fields, operators = dict(CONDITION_FIELDS), dict(OPERATORS)
    return [f"{fields[row['field']]} {operators[row['operator']]} {row['value']}" for row in step.conditions]
