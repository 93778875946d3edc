"""Whoever was laid off is told first when their employer hires within six months (LCL 41): each hiring is told once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ehr import access, notices, record
from ehr.access import Role
from ehr.clock import legal_day
from employees.models import Employment

from .. import events
from ..models import Obligation, ObligationEnd
from ..rules.obligations import DutyKind
from . import people

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ehr.identity.models import User

LATE = timedelta(days=31)
"""A roster often comes weeks after the day somebody began; what was due then is still told."""
NAMED = 10


def mind_hirings(*, at: datetime) -> int:
    """Those that nobody has been told of yet, however they came onto the file."""
    return sum(
        _mind(employer, list(duties), at=at)
        for employer, duties in groupby(_owed(legal_day(at)), key=lambda duty: duty.case.employment.employer_id)
    )


def _owed(today: date) -> Iterable[Obligation]:
    """Not of those who were invited, or have lost the right."""
    rows = Obligation.objects.filter(kind=DutyKind.REHIRE_PRIORITY, due_date__gte=today - LATE)
    answered = rows.exclude(outcome__in=[ObligationEnd.DONE, ObligationEnd.CANCELLED])
    return answered.for_rows().order_by("case__employment__employer", "case__employment__person__name", "id")


def _mind(employer: Any, duties: list[Obligation], *, at: datetime) -> int:
    first, last = min(_since(duty) for duty in duties), max(duty.due_date for duty in duties)
    rows = Employment.objects.filter(employer=employer, hire_date__range=(first, last)).order_by("hire_date", "pk")
    told = set(_told(payload__employer_id=str(employer)).values_list("payload__employment_id", flat=True))
    return sum(_tell(pk, duties, at=at) for pk in rows.values_list("pk", flat=True) if str(pk) not in told)


def _told(**about: Any) -> "QuerySet[record.Event]":
    return record.Event.objects.filter(kind=events.HiringToldFirst.kind, **about)


@transaction.atomic
def _tell(pk: Any, duties: list[Obligation], *, at: datetime) -> bool:
    rows = Employment.objects.select_related("person__user", "unit", "employer")
    hired = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    first = [duty for duty in duties if _comes_before(duty, hired)]
    if not first or _told(subject=record.ref(hired)).exists():
        return False
    fact = events.HiringToldFirst(
        employment_id=str(hired.pk), employer_id=str(hired.employer_id), obligation_ids=[str(duty.pk) for duty in first]
    )
    record.emit(fact, subject=hired, by=None, at=at)
    notices.tell(
        _hr_and_legal(hired, first),
        kind="offboarding.rehire_first",
        params={"employer": hired.employer.name, "name": hired.person.name, "names": _names(first)},
        url=f"/obligations/?view={DutyKind.REHIRE_PRIORITY}&entity={hired.employer.code}",
        subject=hired,
        at=at,
    )
    return True


def _comes_before(duty: Obligation, hired: Employment) -> bool:
    """Whoever is taken back is their own answer."""
    is_other = duty.case.employment.person_id != hired.person_id
    return is_other and _since(duty) <= hired.hire_date <= duty.due_date


def _since(duty: Obligation) -> date:
    assert duty.case.termination_date is not None
    return duty.case.termination_date + timedelta(days=1)


def _hr_and_legal(hired: Employment, duties: list[Obligation]) -> "list[User]":
    """Of the unit that hires, and of those the people were laid off from."""
    units = {unit.pk: unit for unit in (hired.unit, *(duty.case.unit for duty in duties))}
    own = hired.person.user
    asked = [user for unit in units.values() for user in (*people.hr_in(unit), *access.users_with(Role.HR_LEGAL, unit))]
    return [user for user in asked if user != own]


def _names(duties: list[Obligation]) -> str:
    names = [duty.case.employment.person.name for duty in duties]
    return "、".join(names[:NAMED]) + (f" … ({len(names)})" if len(names) > NAMED else "")
