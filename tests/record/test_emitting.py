"""Facts enter the record in the transaction of the change they tell of."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import DatabaseError, transaction

from ehr import record
from ehr.record import subscriptions
from ehr.record.models import Delivery, Event


@dataclass(frozen=True, kw_only=True)
class TeaServed(record.Fact):
    kind: ClassVar[str] = "tests.tea.served"

    cups: int = 1


@pytest.fixture
def listening():
    heard = []
    record.subscribe("tests.tea.*", "tests.listener")(heard.append)
    yield heard
    subscriptions.forget("tests.listener")


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_emit_outside_a_transaction(at):
    with pytest.raises(transaction.TransactionManagementError):
        record.emit(TeaServed(), subject="tea:1", by=None, at=at)


@pytest.mark.django_db
def test_it_keeps_the_fact_with_its_time_and_subject(at):
    event = record.emit(TeaServed(cups=3), subject="tea:1", by=None, at=at, role="host")

    kept = Event.objects.get(pk=event.id)
    assert (kept.kind, kept.subject, kept.payload, kept.at, kept.role) == (
        "tests.tea.served",
        "tea:1",
        {"cups": 3},
        at,
        "host",
    )
    assert kept.transaction > 0


@pytest.mark.django_db
def test_it_plans_a_delivery_for_each_listener_in_the_same_transaction(at, listening):
    record.emit(TeaServed(), subject="tea:1", by=None, at=at)

    assert list(Delivery.objects.values_list("subscriber", flat=True)) == ["tests.listener"]
    assert record.deliver_all() == 1
    assert [event.subject for event in listening] == ["tea:1"]
    assert record.deliver_all() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE record_event SET kind = 'x'", "DELETE FROM record_event", "DELETE FROM record_seal"]
)
def test_the_database_refuses_to_change_the_record(at, statement):
    from django.db import connection

    record.emit(TeaServed(), subject="tea:1", by=None, at=at)

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_database_refuses_to_empty_the_record(at):
    from django.db import connection

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record_event ENABLE TRIGGER record_event_keeps_all")
        cursor.execute("TRUNCATE record_event CASCADE")
