"""Putting templates into force. A published version is never changed; a new one takes its place."""

from datetime import datetime
from typing import Any

from django.db import transaction

from handover.models import Template, TemplateItem
from handover.rules.items import CONFIRMER_OF, GROUP_OF, Kind
from handover.shipped import shipped


@transaction.atomic
def load_templates(*, at: datetime) -> int:
    """The shipped six, for every family that has no template yet. Safe to run again."""
    known = set(Template.objects.filter(unit=None).values_list("job_family", flat=True))
    missing = [spec for spec in shipped() if spec["job_family"] not in known]
    for spec in missing:
        publish(job_family=spec["job_family"], title=spec["title"], items=spec["items"], at=at)
    return len(missing)


@transaction.atomic
def publish(*, job_family: str, title: str, items: list[dict[str, Any]], at: datetime, unit: Any = None) -> Template:
    """A new version; the one in force retires, running handovers keep what they were given."""
    earlier = Template.objects.select_for_update().filter(job_family=job_family, unit=unit).order_by("-version")
    last = earlier.first()
    Template.objects.filter(job_family=job_family, unit=unit).in_force().update(state=Template.State.RETIRED)
    template = Template.objects.create(
        job_family=job_family,
        unit=unit,
        title=title,
        version=last.version + 1 if last else 1,
        state=Template.State.IN_FORCE,
        created_at=at,
    )
    TemplateItem.objects.bulk_create(row(template, position, **item) for position, item in enumerate(items))
    return template


def row(template: Template, position: int, *, kind: str, **fields: Any) -> TemplateItem:
    what = Kind(kind)
    fields.setdefault("confirmer", CONFIRMER_OF[what].value)
    return TemplateItem(template=template, position=position, kind=kind, group=GROUP_OF[what].value, **fields)
