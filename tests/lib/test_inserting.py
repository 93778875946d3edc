"""Rows in one statement: every column as the ORM would write it, and what is there already is left out."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr import inserting
from ehr.deadlines.models import Deadline
from ehr.health.models import Heartbeat
from ehr.notices.models import Notice
from ehr.record.models import Delivery
from employees.models import Employment
from integrations.models import Effect

pytestmark = pytest.mark.django_db


def duty(owner: Any, at: Any, key: str) -> Deadline:
    return Deadline(kind="tests.duty", subject="tests.case:1", key=key, owner=owner, due_at=at, opened_at=at)


def test_a_row_is_written_as_the_orm_writes_it(cast: Any, at: Any) -> None:
    said = {"kind": "tests.told", "params": {"name": "周 100% “远航”"}, "url": "/me/", "urgent": True, "created_at": at}
    ours, theirs = Notice(user=cast.head, **said), Notice(user=cast.head, **said)

    inserting.insert([ours])
    theirs.save()

    columns = [field.attname for field in Notice._meta.concrete_fields if not field.primary_key]
    rows = Notice.objects.filter(pk__in=[ours.pk, theirs.pk]).values_list(*columns)
    assert len(rows) == 2
    assert rows[0] == rows[1]
    assert not ours._state.adding


def test_many_take_few_statements_and_none_takes_none(cast: Any, at: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(inserting, "BATCH", 4)

    with CaptureQueriesContext(connection) as statements:
        inserting.insert([duty(cast.head, at, str(n)) for n in range(10)])
        inserting.insert([])

    assert Deadline.objects.filter(kind="tests.duty").count() == 10
    assert len(statements) == 3


def test_what_is_there_already_is_left_out_and_stays(cast: Any, at: Any) -> None:
    first, other = duty(cast.head, at, "a"), duty(cast.head, at, "b")
    inserting.insert([first])

    again = duty(cast.head, at, "a")
    new = inserting.insert_new([again, other, duty(cast.head, at, "b")])

    assert new == [other]
    assert (again._state.adding, other._state.adding) == (True, False)
    assert set(Deadline.objects.filter(kind="tests.duty")) == {first, other}


def test_a_number_that_the_database_counts_is_left_to_it() -> None:
    into, fields = inserting._columns(Delivery)

    assert '"id"' not in into
    assert len(fields) == len(Delivery._meta.concrete_fields) - 1


@pytest.mark.parametrize(("model", "filled"), [(Heartbeat, "at"), (Employment, "search_vector"), (Effect, "next_at")])
def test_what_the_database_fills_in_is_not_written_by_mistake(model: Any, filled: str) -> None:
    with pytest.raises(AssertionError, match=filled):
        inserting._columns(model)
