"""The lists of many exits at once: template layers from the group down, then what every source found."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from ehr.units.models import path_prefixes
from employees.models import JobFamily
from handover import predicting, sources
from handover.models import Template, TemplateItem
from handover.rules.checklist import ItemPlan, merge, with_reason
from handover.rules.omissions import Prompt

if TYPE_CHECKING:
    from employees.models import Employment
    from handover.models import Handover

Plans = list[ItemPlan]
Generated = dict[UUID, tuple[Plans, list[Template]]]


def plans_for(handovers: "Sequence[Handover]", *, today: date, trying: Template | None = None) -> Generated:
    """Handover id → its items and the templates they rest on. `trying`: a version that is not in force yet."""
    known, found, past = _templates_of(handovers), sources.found_for(handovers), predicting.history(today=today)
    made: dict[tuple[str, str], tuple[Plans, list[Template], list[Prompt]]] = {}
    for handover in handovers:
        place = (handover.employment.job_family, handover.employment.unit.path)
        if place not in made:
            layers = template_layers(handover.employment, known, trying)
            told = past.prompts(family=place[0], unit_path=place[1], today=today)
            made[place] = (_of_template(layers), layers, told)
    generated: Generated = {}
    for handover in handovers:
        plans, layers, told = made[handover.employment.job_family, handover.employment.unit.path]
        listed = merge([plans, found.get(handover.pk, ())])
        generated[handover.pk] = (
            merge([predicting.with_prompts(listed, told, past.topics)]) if told else listed,
            layers,
        )
    return generated


def template_layers(
    employment: "Employment", known: Sequence[Template], trying: Template | None = None
) -> list[Template]:
    """The group's template of the family (or the general one), then each unit's on the way down to the person."""
    path, family = employment.unit.path, employment.job_family or JobFamily.GENERAL
    here = [row for row in known if row.unit is None or path.startswith(row.unit.path)]
    chosen = [row for row in here if row.job_family == family]
    if not any(row.unit is None for row in chosen):
        chosen += [row for row in here if row.unit is None and row.job_family == JobFamily.GENERAL]
    if trying:
        chosen = [row for row in chosen if row.unit_id != trying.unit_id] + [trying]
    return sorted(chosen, key=lambda row: len(row.unit.path) if row.unit else 0)


def _templates_of(handovers: "Sequence[Handover]") -> list[Template]:
    families = {h.employment.job_family for h in handovers} | {JobFamily.GENERAL}
    paths = {path for h in handovers for path in path_prefixes(h.employment.unit.path)}
    rows = Template.objects.in_force().filter(Q(unit=None) | Q(unit__path__in=paths), job_family__in=families)
    return list(rows.select_related("unit"))


def _of_template(layers: list[Template]) -> Plans:
    """Layered once for everybody of the same family and unit."""
    return merge([with_reason(_plans(t), template=t.title, version=str(t.version)) for t in layers])


def _plans(template: Template) -> Plans:
    return _published_plans(template.pk) if template.state == Template.State.IN_FORCE else template.plans()


@lru_cache(maxsize=256)
def _published_plans(template_id: UUID) -> Plans:
    """A published version is never changed, so each process reads it once."""
    return [item.plan() for item in TemplateItem.objects.filter(template=template_id)]
