"""A template layer in the editor: the group's items with the unit's over them, and what the person will see."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from handover import words
from handover.models import Template, TemplateItem
from handover.models.choices import Confirmer, Group
from handover.rules import checklist, items, lifecycle
from handover.rules.checklist import ItemPlan


@dataclass(frozen=True, kw_only=True)
class Line:
    """`own`: what this layer says about the item; `above`: what the group says."""

    key: str
    plan: ItemPlan
    own: TemplateItem | None
    above: TemplateItem | None

    @property
    def is_changed(self) -> bool:
        return bool(self.own and self.above)

    @property
    def is_locked(self) -> bool:
        return bool(self.above and self.above.locked)

    @property
    def confirmer(self) -> str:
        return str(Confirmer(self.plan.confirmer).label)

    @property
    def fields(self) -> tuple[dict[str, Any], ...]:
        specs = items.specs(self.plan.kind, self.plan.extra)
        own = {field.name for field in self.own.extra} if self.own else set()
        return tuple(
            {
                "name": spec.name,
                "label": words.label_of(spec),
                "type": spec.type.value,
                "required": spec.required,
                "long": spec.long,
                "value": "",
                "is_own": spec.name in own,
            }
            for spec in specs
        )


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    code: str
    label: str
    lines: list[Line]


def templates(user: Any) -> QuerySet[Template]:
    rows = Template.objects.visible_to(user).exclude(state=Template.State.RETIRED).select_related("unit")
    return (
        with_running(rows).annotate(size=Count("items", distinct=True)).order_by("job_family", "unit__path", "version")
    )


def with_running(rows: QuerySet[Template]) -> QuerySet[Template]:
    running = Q(handovers__state__in=["held", *lifecycle.RUNNING])
    return rows.annotate(running=Count("handovers", filter=running, distinct=True))


def versions_of(template: Template) -> QuerySet[Template]:
    same = Template.objects.filter(job_family=template.job_family, unit=template.unit)
    return with_running(same.select_related("edited_by", "published_by")).order_by("-version")


def layers_of(user: Any, template: Template) -> QuerySet[Template]:
    """The same family in the other layers: the group and the units that have something of their own."""
    rows = Template.objects.visible_to(user).in_force().filter(job_family=template.job_family)
    return rows.exclude(unit=template.unit).select_related("unit").order_by("unit__path")


def lines_of(template: Template) -> list[LineGroup]:
    own = {item.key: item for item in template.items.all()}
    above = {item.key: item for item in _group_items(template)}
    plans = checklist.merge(
        [[replace(one.plan(), removed=False) for one in layer] for layer in (above.values(), own.values())]
    )
    lines = [Line(key=plan.key, plan=plan, own=own.get(plan.key), above=above.get(plan.key)) for plan in plans]
    return [
        LineGroup(code=code, label=str(Group(code).label), lines=list(found))
        for code, found in groupby(lines, key=lambda line: line.plan.group.value)
    ]


def line_of(groups: list[LineGroup], key: str) -> Line | None:
    return next((line for group in groups for line in group.lines if line.key == key), None)


def _group_items(template: Template) -> list[TemplateItem]:
    if template.unit_id is None:
        return []
    return list(TemplateItem.objects.filter(template__in=_group_template(template)))


def _group_template(template: Template) -> QuerySet[Template]:
    return Template.objects.in_force().filter(job_family=template.job_family, unit=None)
