"""Where the items of a list come from. Each source is one function from an employment to plans; adding one is one line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from employees.models import HoldingPresence, JobFamily
from handover.models import Template
from handover.rules.checklist import ItemPlan, Source, merge, with_reason
from handover.rules.items import CONFIRMER_OF, GROUP_OF, Kind

if TYPE_CHECKING:
    from employees.models import Employment

# What a connector calls a thing → what it is in a handover.
HOLDING_KINDS = {
    "account": Kind.ACCOUNT,
    "repository": Kind.ACCOUNT,
    "mailbox": Kind.ACCOUNT,
    "customer": Kind.RELATION,
    "supplier": Kind.RELATION,
    "document": Kind.DOCUMENT,
    "asset": Kind.THING,
    "project": Kind.WORK_ITEM,
    "task": Kind.WORK_ITEM,
}


def plans_for(employment: "Employment", *, trying: Template | None = None) -> tuple[list[ItemPlan], list[Template]]:
    """The list of this person, and the templates it rests on. `trying`: a version that is not in force yet."""
    layers = template_layers(employment)
    if trying:
        layers = [trying if row.unit_id == trying.unit_id else row for row in layers]
        layers += [] if trying in layers else [trying]
    more = [plan for source in SOURCES for plan in source(employment)]
    plans = merge([*(with_reason(t.plans(), template=t.title, version=str(t.version)) for t in layers), more])
    return plans, layers


def template_layers(employment: "Employment") -> list[Template]:
    """The group's template of the family (or the general one), then each unit's on the way down to the person."""
    family = employment.job_family or JobFamily.GENERAL
    path = employment.unit.path
    units = [unit.pk for unit in [employment.unit, *employment.unit.ancestors()]]
    found = Template.objects.in_force().filter(
        Q(unit=None) | Q(unit__in=units), job_family__in=[family, JobFamily.GENERAL]
    )
    rows = list(found.select_related("unit").prefetch_related("items"))
    chosen = [row for row in rows if row.job_family == family] or [
        row for row in rows if row.job_family == JobFamily.GENERAL
    ]
    if not any(row.unit is None for row in chosen):
        chosen += [row for row in rows if row.unit is None and row.job_family == JobFamily.GENERAL]
    return sorted(chosen, key=lambda row: len(row.unit.path) if row.unit and path.startswith(row.unit.path) else 0)


def from_systems(employment: "Employment") -> list[ItemPlan]:
    """What connectors saw in the person's hands. 'Unclear' is listed too: it is never counted as gone."""
    held = employment.holdings.exclude(presence=HoldingPresence.HAS_NOT).order_by("system", "kind", "ref")
    return [_held(row) for row in held]


def _held(row) -> ItemPlan:  # type: ignore[no-untyped-def]
    kind = HOLDING_KINDS.get(row.kind, Kind.ACCOUNT)
    return ItemPlan(
        key=f"{row.system}:{row.kind}:{row.ref}"[:80],
        kind=kind,
        group=GROUP_OF[kind],
        title=row.title,
        confirmer=CONFIRMER_OF[kind],
        source=Source.SYSTEM,
        why={"system": row.system},
    )


SOURCES: list[Callable[["Employment"], list[ItemPlan]]] = [from_systems]
