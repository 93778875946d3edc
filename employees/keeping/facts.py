from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Min

from ehr import record
from ehr.access import refuse_self
from ehr.as_read import differing, refuse_older
from ehr.clock import legal_day

from .. import events
from ..models import Employment
from ..rules.file_facts import FileFacts
from .holding import held, refuse
from .versions import PERSON_FACTS, facts_on_file, facts_version

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def change_facts(*, employment: Employment, version: str, by: User, at: datetime, **said: Any) -> list[str]:
    """Answers the names of what changed. `version` is that of the facts the editor read."""
    refuse_self(by, employment.person.user)
    kept = held(employment)
    changed = differing(facts_on_file(kept), said)
    if not changed:
        return []
    refuse_older(version, facts_version(kept))
    for name, value in changed.items():
        setattr(kept.person if name in PERSON_FACTS else kept, name, value)
    refuse(_facts(kept).faults(today=legal_day(at)))
    _save(kept, changed)
    names = sorted(changed)
    record.emit(events.FactsCorrected(employment_id=str(kept.pk), fields=names), subject=kept, by=by, at=at)
    return names


def _save(kept: Employment, changed: dict[str, Any]) -> None:
    of_person = [name for name in changed if name in PERSON_FACTS]
    of_employment = [name for name in changed if name not in PERSON_FACTS]
    if of_person:
        kept.person.save(update_fields=of_person)
    if of_employment:
        kept.save(update_fields=of_employment)


def _facts(kept: Employment) -> FileFacts:
    return FileFacts(
        hire_date=kept.hire_date,
        ended=kept.termination_date,
        **_service(kept),
        gender=kept.person.gender,
        birth_date=kept.person.birth_date,
        relation=kept.relation,
        first_work_date=kept.person.first_work_date,
        probation_end_date=kept.probation_end_date,
        union_role=kept.union_role,
        retirement_category=kept.retirement_category,
    )


def _service(kept: Employment) -> dict[str, date | None]:
    others = (
        Employment.objects.filter(person=kept.person_id)
        .exclude(pk=kept.pk)
        .aggregate(hired=Min("hire_date"), served=Min("prior_segments__start_date"))
    )
    own = kept.prior_segments.aggregate(served=Min("start_date"), until=Max("end_date"))
    began = [day for day in (kept.hire_date, own["served"], *others.values()) if day]
    return {"here_since": min(began), "served_until": own["until"]}
