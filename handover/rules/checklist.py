"""From template layers to the list of one person. Group first, then each unit down to the person's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from handover.rules.items import Confirmer, Field, Group, Kind


class Source(StrEnum):
    TEMPLATE = "template"
    SYSTEM = "system"
    ASSET = "asset"
    PERFORMANCE = "performance"
    SUBORDINATE = "subordinate"
    APPROVAL = "approval"
    TODO = "todo"
    PREDICTION = "prediction"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class ItemPlan:
    key: str
    kind: Kind
    group: Group
    title: str
    confirmer: Confirmer
    hint: str = ""
    evidence_required: bool = False
    witness_required: bool = False
    days_before_end: int = 0
    locked: bool = False
    removed: bool = False
    extra: tuple[Field, ...] = ()
    source: Source = Source.TEMPLATE
    why: Mapping[str, str] = field(default_factory=dict)


def merge(layers: Sequence[Iterable[ItemPlan]]) -> list[ItemPlan]:
    """A later layer replaces or removes an item with the same key; one that is locked above it can only tighten."""
    merged: dict[str, ItemPlan] = {}
    for layer in layers:
        for plan in layer:
            above = merged.get(plan.key)
            merged[plan.key] = tightened(above, plan) if above and above.locked else plan
    return [plan for plan in _by_group(merged.values()) if not plan.removed]


def tightened(above: ItemPlan, below: ItemPlan) -> ItemPlan:
    """What a unit may do to a locked item: another hint, more fields, proof too, an earlier day. Never less."""
    names = {field.name for field in above.extra}
    return replace(
        above,
        hint=below.hint or above.hint,
        extra=(*above.extra, *(field for field in below.extra if field.name not in names)),
        evidence_required=above.evidence_required or below.evidence_required,
        witness_required=above.witness_required or below.witness_required,
        days_before_end=max(above.days_before_end, below.days_before_end),
        why=below.why or above.why,
    )


def with_reason(plans: Iterable[ItemPlan], **why: str) -> list[ItemPlan]:
    return [replace(plan, why=why) for plan in plans]


def due_date(
    *, last_working_date: date, opened_date: date, days_before_end: int, is_workday: Callable[[date], bool]
) -> date:
    """So many working days before the last working day, but never before the list existed."""
    day, left = last_working_date, days_before_end
    while left and day > opened_date:
        day -= timedelta(days=1)
        left -= is_workday(day)
    return max(day, opened_date)


def _by_group(plans: Iterable[ItemPlan]) -> list[ItemPlan]:
    order = list(Group)
    return sorted(plans, key=lambda plan: order.index(plan.group))
