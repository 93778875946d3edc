"""Whoever was laid off is told first when their employer hires within six months (LCL 41): each hiring is told once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

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


@transaction.atomic
def _mind(employer: Any, duties: list[Obligation], *, at: datetime) -> int:
    """One message for all that came at once: a roster may bring hundreds."""
    hired = [(one, first) for one in _unheard_of(employer, duties) if (first := _before(one, duties))]
    for one, first in hired:
        fact = events.HiringToldFirst(
            employment_id=str(one.pk), employer_id=str(employer), obligation_ids=[str(duty.pk) for duty in first]
        )
        record.emit(fact, subject=one, by=None, at=at)
    if hired:
        asked = {duty for _one, first in hired for duty in first}
        _tell([one for one, _first in hired], [duty for duty in duties if duty in asked], at)
    return len(hired)


def _unheard_of(employer: Any, duties: list[Obligation]) -> "Iterable[Employment]":
    """Locked, and looked at once more: two workers tell of a hiring once."""
    first, last = min(_since(duty) for duty in duties), max(duty.due_date for duty in duties)
    rows = Employment.objects.filter(employer=employer, hire_date__range=(first, last))
    unheard = rows.exclude(pk__in=_told(employer)).select_related("person__user", "unit", "employer")
    held = list(unheard.select_for_update(of=("self",), no_key=True).order_by("hire_date", "pk"))
    told = set(_told(employer)) if held else ()
    return [one for one in held if one.pk not in told]


def _told(employer: Any) -> "list[UUID]":
    said = record.Event.objects.filter(kind=events.HiringToldFirst.kind, payload__employer_id=str(employer))
    return [UUID(pk) for pk in said.values_list("payload__employment_id", flat=True)]


def _tell(hired: list[Employment], first: list[Obligation], at: datetime) -> None:
    employer = hired[0].employer
    notices.tell(
        _hr_and_legal(hired, first),
        kind="offboarding.rehire_first",
        params={
            "employer": employer.name,
            "name": _names(one.person.name for one in hired),
            "names": _names(duty.case.employment.person.name for duty in first),
        },
        url=f"/obligations/?view={DutyKind.REHIRE_PRIORITY}&entity={employer.code}",
        subject=employer,
        at=at,
    )


def _before(hired: Employment, duties: list[Obligation]) -> list[Obligation]:
    return [duty for duty in duties if _comes_before(duty, hired)]


def _comes_before(duty: Obligation, hired: Employment) -> bool:
    """Whoever is taken back is their own answer."""
    is_other = duty.case.employment.person_id != hired.person_id
    return is_other and _since(duty) <= hired.hire_date <= duty.due_date


def _since(duty: Obligation) -> date:
    assert duty.case.termination_date is not None
    return duty.case.termination_date + timedelta(days=1)


def _hr_and_legal(hired: list[Employment], duties: list[Obligation]) -> "list[User]":
    """Of the units that hire, and of those the people were laid off from; not whoever was hired themself."""
    units = {unit.pk: unit for unit in (*(one.unit for one in hired), *(duty.case.unit for duty in duties))}
    own = {one.person.user_id for one in hired}
    asked = [user for unit in units.values() for user in (*people.hr_in(unit), *access.users_with(Role.HR_LEGAL, unit))]
    return [user for user in asked if user.pk not in own]


def _names(names: Iterable[str]) -> str:
    names = list(names)
    return "、".join(names[:NAMED]) + (f" … ({len(names)})" if len(names) > NAMED else "")
