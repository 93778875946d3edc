"""Whom the law protects, among those who stay: entered by legal, as somebody would over two years."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from demo import build
from demo.cast import TEAM
from ehr import record
from ehr.clock import LEGAL_ZONE
from ehr.identity.models import User
from employees import events
from employees.models import Employment, EmploymentStatus, Gender, JobFamily, ProtectedKind, ProtectedStatus
from offboarding.models import Case

ONE_OF = 66  # about 1.5 % of the employed
PAPERS_AFTER = timedelta(days=3)
MOTHERS = range(24, 41)
HAZARDOUS = (JobFamily.STORE, JobFamily.OPERATIONS)
EXPECTING = "乔美行"
"""Of 家居事业部, whom the manual names; she never leaves in the plot."""
KINDS = (
    *(ProtectedKind.MATERNITY,) * 6,
    *(ProtectedKind.MEDICAL_PERIOD,) * 3,
    *(ProtectedKind.OCCUPATIONAL_HAZARD,) * 2,
    ProtectedKind.WORK_INJURY,
    ProtectedKind.WORK_INJURY,
    ProtectedKind.UNION,
    ProtectedKind.KEPT_FIRST,
)
GRADES = (None, "9", "7", None, "10", "6")
MONTHS = {ProtectedKind.MATERNITY: 19, ProtectedKind.MEDICAL_PERIOD: 6, ProtectedKind.UNION: 36}
"""How long it runs on from its start; what is not here has no end yet."""


def protect(*, seed: int, now: datetime) -> None:
    """Nobody with an exit, whatever came of it: a protected person would not have been dismissed."""
    today = now.astimezone(LEGAL_ZONE).date()
    rows = list(_rows(_people(), random.Random(seed), today))
    ProtectedStatus.objects.bulk_create(rows)
    by = User.objects.get(username="xie.linchuan")
    record.emit_many(_told(row, by, now) for row in rows)


def _people() -> list[Employment]:
    staying = Employment.objects.filter(status=EmploymentStatus.ACTIVE, person__user=None)
    staying = staying.exclude(pk__in=Case.objects.values("employment")).exclude(unit__code=TEAM)
    return list(staying.select_related("person", "unit", "data_key").order_by("employee_number"))


def _rows(people: list[Employment], rng: random.Random, today: date) -> Iterator[ProtectedStatus]:
    left = rng.sample(people, len(people))
    wanted = [KINDS[n % len(KINDS)] for n in range(max(len(KINDS), len(people) // ONE_OF))]
    left.sort(key=lambda one: one.person.name != EXPECTING)
    for n, kind in enumerate(wanted):
        one = next(_fit(left, kind, today), None)
        if one is not None:
            left.remove(one)
            yield _row(one, kind, GRADES[n % len(GRADES)], rng, today)


def _fit(people: Iterable[Employment], kind: ProtectedKind, today: date) -> Iterator[Employment]:
    for one in people:
        born = one.person.birth_date
        is_mother = one.person.gender == Gender.FEMALE and born and (today - born).days // 365 in MOTHERS
        if kind == ProtectedKind.MATERNITY and not is_mother:
            continue
        if kind == ProtectedKind.OCCUPATIONAL_HAZARD and one.job_family not in HAZARDOUS:
            continue
        yield one


def _row(one: Employment, kind: ProtectedKind, grade: str | None, rng: random.Random, today: date) -> ProtectedStatus:
    start = max(one.hire_date, today - timedelta(days=rng.randint(20, 120)))
    months = MONTHS.get(kind)
    return ProtectedStatus(
        employment=one,
        data_key=one.data_key,
        kind=kind,
        injury_grade=grade if kind == ProtectedKind.WORK_INJURY else None,
        start_date=start,
        end_date=start + timedelta(days=30 * months) if months else None,
    )


def _told(row: ProtectedStatus, by: User, now: datetime) -> record.Emission:
    fact = events.ProtectionRecorded(
        protection_id=str(row.pk),
        employment_id=str(row.employment_id),
        start_date=row.start_date.isoformat(),
        end_date=row.end_date.isoformat() if row.end_date else "",
    )
    return record.Emission(fact=fact, subject=row, by=by, at=min(now, build.morning_of(row.start_date + PAPERS_AFTER)))
