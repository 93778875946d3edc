"""Projects, objectives and tasks of the performance records: on the list, and as what a claim is held against."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from handover import evidence, sources
from handover.rules.checklist import ItemPlan, Source
from handover.rules.items import Kind
from performance.queries import OpenWork, open_work_of, open_work_of_many

if TYPE_CHECKING:
    from handover.models import Handover, HandoverItem

PREFIX = "performance:"


@sources.register
def from_performance(handovers: "Sequence[Handover]") -> sources.Found:
    work = open_work_of_many({handover.employment for handover in handovers})
    return {handover.pk: list(_plans(work[handover.employment_id])) for handover in handovers}


@evidence.register
def recorded_progress(item: "HandoverItem") -> evidence.Recorded | None:
    """How far it is on record at the moment it is handed in; nothing once it is closed there."""
    if not item.key.startswith(PREFIX):
        return None
    work = open_work_of(item.handover.employment)
    percents = {_key(row): row.percent for row in (*work.projects, *work.objectives)}
    found = percents.get(item.key)
    return None if found is None else evidence.Recorded(system=_("Performance"), percent=found)


def _plans(work: OpenWork) -> Iterator[ItemPlan]:
    for row in (*work.projects, *work.objectives):
        yield _plan(row, percent=str(row.percent))
    for row in work.tasks:
        yield _plan(row)


def _plan(row: Any, **why: str) -> ItemPlan:
    return sources.plan(Kind.WORK_ITEM, Source.PERFORMANCE, key=_key(row), title=str(row), **why)


def _key(row: Any) -> str:
    return f"{PREFIX}{row._meta.model_name}:{row.pk}"
