"""Every page costs the same few statements with 3 and with 300 rows (decisions 39)."""

import itertools
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ehr import record
from ehr.crypto.models import DataKey
from ehr.deadlines.models import Deadline
from ehr.lib.ids import uuid7
from ehr.record.models import Event
from employees.models import Employment, Person
from handover.models import Handover, HandoverItem
from offboarding.models import Case, Decision, Step, Track
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved, pending

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 12
FEW, MANY = 3, 300


NUMBER = itertools.count(1)


def multiply(case: Case, times: int) -> None:
    """The same exit of other people: rows written straight, because only reading them is measured."""
    keys = DataKey.objects.bulk_create(copied(case.employment.person.data_key) for _ in range(times))
    people = Person.objects.bulk_create(Person(data_key=key, name="同事") for key in keys)
    posts = [copied(case.employment, person=person, employee_number=f"M-{next(NUMBER)}") for person in people]
    Employment.objects.bulk_create(posts)
    cases = [copied(case, employment=post, number=f"LZ-{post.employee_number}") for post in posts]
    Case.objects.bulk_create(cases)
    for model in (Step, Track):
        rows = model.objects.filter(case=case)
        model.objects.bulk_create(copied(row, case=other) for other in cases for row in rows)
    multiply_handovers(case, cases)
    with connection.cursor() as cursor:  # as autovacuum does after such a load; what other tests rolled back misleads
        cursor.execute("ANALYZE")


def multiply_handovers(case: Case, cases: list[Case]) -> None:
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
    multiply_events(case, times)
    said = Decision.objects.filter(case=case).first()
    Decision.objects.bulk_create(copied(said) for _ in range(times))
    for handover in Handover.objects.filter(origin=case.ref).exclude(state="held"):
        late = Deadline.objects.filter(subject=record.ref(handover)).first()
        Deadline.objects.bulk_create(copied(late, key=f"k{next(NUMBER)}") for _ in range(times))
    Deadline.objects.bulk_create(duties_of_leaver(case, times))


def multiply_events(case: Case, times: int) -> None:
    event = Event.objects.filter(subject=case.ref).first()
    Event.objects.bulk_create(copied(event) for _ in range(times))


def duties_of_leaver(case: Case, times: int) -> list[Deadline]:
    owner = case.employment.person.user
    duty = Deadline(kind="handover.fill", owner=owner, due_at=case.filed_at, opened_at=case.filed_at)
    return [copied(duty, subject=f"x:{next(NUMBER)}") for _ in range(times)]


def copied(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fresh = type(row)(**values | {"id": uuid7()})
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh


def cost(browser: Any, path: str) -> int:
    browser.get(path)  # what is kept in memory is loaded by the first visit
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    assert answer.status_code == 200
    assert not [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return len(queries)


@pytest.mark.parametrize("query", ["", "?red=1", "?tab=waiting", "?view=columns"])
def test_the_board(cast, at, query) -> None:
    rows = [approved(a_resignation(cast, at), at), a_resignation(cast, at, who="successor")]
    browser, path = sign_in(cast.hr_manager), reverse("offboarding:board") + query
    for case in rows:
        multiply(case, FEW)
    few = cost(browser, path)

    for case in rows:
        multiply(case, MANY)

    assert cost(browser, path) == few <= MOST


def pages(cast: Any, at: Any) -> dict[str, tuple[Any, Case, str]]:
    return {
        "case": lambda: (cast.hr_manager, a_settled(cast, at), "{case.url}"),
        "dismissal": lambda: (cast.hr_manager, approved(a_dismissal(cast, at), at), "{case.url}"),
        "head's case": lambda: (cast.head, a_settled(cast, at), "{case.url}"),
        "my exit": lambda: (cast.leaver, a_settled(cast, at), "/me/"),
        "approval": lambda: (cast.head, a_resignation(cast, at), "{case.url}approvals/{asked.pk}/"),
        "timeline": lambda: (cast.hr_manager, a_settled(cast, at), "{case.url}timeline/"),
    }


def a_settled(cast: Any, at: Any) -> Case:
    return approved(a_resignation(cast, at), at)


@pytest.mark.parametrize("name", ["case", "dismissal", "head's case", "my exit", "approval", "timeline"])
def test_the_pages_of_one_exit(cast, at, name) -> None:
    user, case, address = pages(cast, at)[name]()
    asked = pending(case) if name == "approval" else None
    browser, path = sign_in(user), address.format(case=case, asked=asked)
    more_of_everything(case, FEW)
    few = cost(browser, path)

    more_of_everything(case, MANY)

    assert cost(browser, path) == few <= MOST


def test_my_exit_before_filing(cast) -> None:
    assert cost(sign_in(cast.leaver), "/me/") <= MOST
