"""From template layers to the list of one person. Group first, then each unit down to the person's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from handover.rules.items import Confirmer, Group, Kind


class Source(StrEnum):
    TEMPLATE = "template"
    SYSTEM = "system"
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
    days_before_end: int = 0
    locked: bool = False
    removed: bool = False
    source: Source = Source.TEMPLATE
    why: Mapping[str, str] = field(default_factory=dict)


def merge(layers: Sequence[Iterable[ItemPlan]]) -> list[ItemPlan]:
    """A later layer replaces or removes an item with the same key, except one that the group has locked."""
    merged: dict[str, ItemPlan] = {}
    for layer in layers:
        for plan in layer:
            if not (plan.key in merged and merged[plan.key].locked):
                merged[plan.key] = plan
    return [plan for plan in _by_group(merged.values()) if not plan.removed]


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
