"""Many rows beside one that the verbs made: written straight into the tables, because only reading them is measured."""

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from ehr import record
from ehr.crypto.models import DataKey
from ehr.deadlines.models import Deadline
from ehr.lib.ids import uuid7
from ehr.record.models import Event
from employees.models import Employment, Person
from handover.models import Handover, HandoverItem
from offboarding.models import Case, Decision, Step, Track

WRITTEN = (DataKey, Person, Employment, Case, Step, Track, Handover, HandoverItem, Deadline, Event, Decision)
_number = itertools.count(1)


def colleagues(post: Employment, times: int) -> list[Employment]:
    """Other people in the same post."""
    keys = DataKey.objects.bulk_create(copied(post.person.data_key) for _ in range(times))
    people = Person.objects.bulk_create(Person(data_key=key, name="同事") for key in keys)
    return Employment.objects.bulk_create(
        copied(post, person=person, employee_number=f"M-{next(_number)}") for person in people
    )


def multiply(case: Case, times: int) -> list[Case]:
    """The same exit of other people in the same post."""
    return exits_of(colleagues(case.employment, times), like=case)


def exits_of(posts: Iterable[Employment], *, like: Case) -> list[Case]:
    """The same exit of these people, each in their own unit."""
    cases = Case.objects.bulk_create(
        copied(like, employment=post, unit_id=post.unit_id, number=f"LZ-{post.employee_number}") for post in posts
    )
    for model in (Step, Track):
        rows = model.objects.filter(case=like)
        model.objects.bulk_create(copied(row, case=other) for other in cases for row in rows)
    _handovers(like, cases)
    return cases


def _handovers(case: Case, cases: list[Case]) -> None:
    """With two items each, and a confirmation that is late."""
    for handover in Handover.objects.filter(origin=case.ref):
        lists = [copied(handover, origin=other.ref, employment=other.employment) for other in cases]
        Handover.objects.bulk_create(lists)
        items = HandoverItem.objects.filter(handover=handover)[:2]
        HandoverItem.objects.bulk_create(copied(item, handover=other) for other in lists for item in items)
        late = Deadline.objects.filter(subject=record.ref(handover)).first()
        Deadline.objects.bulk_create(copied(late, subject=record.ref(other)) for other in lists)


def more_of_everything(case: Case, times: int) -> None:
    """On one case: remarks, papers, things said and people who owe its handover something."""
    event = Event.objects.filter(subject=case.ref).first()
    Event.objects.bulk_create(copied(event) for _ in range(times))
    said = Decision.objects.filter(case=case).first()
    Decision.objects.bulk_create(copied(said) for _ in range(times))
    for handover in Handover.objects.filter(origin=case.ref).exclude(state="held"):
        late = Deadline.objects.filter(subject=record.ref(handover)).first()
        Deadline.objects.bulk_create(copied(late, key=f"k{next(_number)}") for _ in range(times))
    duties(case.employment.person.user, times, at=case.filed_at)


def duties(owner: Any, times: int, *, at: datetime) -> None:
    """That wait for this person, each about something else."""
    duty = Deadline(kind="handover.fill", owner=owner, due_at=at, opened_at=at)
    Deadline.objects.bulk_create(copied(duty, subject=f"x:{next(_number)}") for _ in range(times))


def refresh_statistics() -> None:
    """What autovacuum does by itself a minute later; it never sees the rows of a test. Plans for empty tables take minutes."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in WRITTEN)}")


def copied(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fresh = type(row)(**values | {"id": uuid7()})
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh
