from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import record
from ehr.access import refuse_self

from .. import events
from ..models import Employment, PriorSegment
from ..rules.file_facts import Service
from .holding import held, refuse

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def add_prior_segment(
    *,
    employment: Employment,
    employer_name: str,
    start_date: date,
    end_date: date,
    severance_paid: bool,
    by: User,
    at: datetime,
) -> PriorSegment:
    """Service with an earlier employer of the group that counts on (REG 10)."""
    refuse_self(by, employment.person.user)
    kept = held(employment)
    others = list(kept.prior_segments.values_list("start_date", "end_date"))
    service = Service(start_date=start_date, end_date=end_date)
    refuse(service.faults(hire_date=kept.hire_date, first_work_date=kept.person.first_work_date, others=others))
    segment = PriorSegment.objects.create(
        employment=kept,
        employer_name=employer_name,
        start_date=start_date,
        end_date=end_date,
        severance_paid=severance_paid,
    )
    fact = events.PriorServiceAdded(employment_id=str(kept.pk), segment_id=str(segment.pk))
    record.emit(fact, subject=kept, by=by, at=at)
    return segment


@transaction.atomic
def remove_prior_segment(*, segment: PriorSegment, by: User, at: datetime) -> None:
    """An entry made in error. Of two at once one takes it away, and it is told once."""
    refuse_self(by, segment.employment.person.user)
    kept = held(segment.employment)
    removed, _rows = PriorSegment.objects.filter(pk=segment.pk).delete()
    if removed:
        fact = events.PriorServiceRemoved(employment_id=str(kept.pk), segment_id=str(segment.pk))
        record.emit(fact, subject=kept, by=by, at=at)
