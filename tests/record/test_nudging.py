"""The doorbell never fails a request and never keeps it waiting."""

import re
import socket
import threading
import time

import pytest
from django.db import transaction

from ehr import record
from ehr.record import nudging, subscriptions
from tests.record.facts import serve


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(nudging, "_silent_until", 0.0)
    monkeypatch.setattr(nudging, "_own", threading.local())


@pytest.fixture
def rings(monkeypatch):
    heard = []
    monkeypatch.setattr(nudging, "_ring", heard.append)
    record.subscribe("tests.tea.served", "tests.nudge")(lambda event: None)
    yield heard
    subscriptions.forget("tests.nudge")


@pytest.mark.django_db(transaction=True)
def test_it_rings_once_for_a_transaction_with_many_events(rings, at):
    with transaction.atomic():
        serve(5, at)
        serve(5, at)
        assert rings == []

    assert rings == [nudging.RELAY]


@pytest.mark.django_db(transaction=True)
def test_it_rings_after_an_inner_rollback_and_not_after_an_outer_one(rings, at):
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            serve(1, at)
            raise RuntimeError
        serve(1, at)
    assert len(rings) == 1

    with pytest.raises(RuntimeError), transaction.atomic():
        serve(1, at)
        raise RuntimeError
    assert len(rings) == 1


@pytest.mark.django_db(transaction=True)
def test_events_nobody_listens_to_ring_nobody(rings, at):
    subscriptions.forget("tests.nudge")
    serve(3, at)

    assert rings == []


@pytest.fixture
def silent_broker():
    """Accepts the connection and never answers: worse than one that refuses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.mark.parametrize("which", ["silent_broker", "closed_port"])
def test_a_broker_that_is_down_costs_no_more_than_a_blink(which, settings, request):
    record.nudge()  # what a process does once, importing the broker's library, is not the point here
    nudging._own.__dict__.clear()
    settings.REDIS_URL = request.getfixturevalue(which)

    started = time.monotonic()
    record.nudge()
    first = time.monotonic() - started
    record.nudge()
    both = time.monotonic() - started

    assert first < 0.4
    assert both - first < 0.01  # it does not even try again for a while


def test_a_broker_that_is_up_gets_the_message(settings):
    """In a database of its own, so that no worker takes it first."""
    import redis

    settings.REDIS_URL = re.sub(r"(db=|/)\d+$", r"\g<1>13", settings.REDIS_URL)
    server = redis.from_url(settings.REDIS_URL)
    server.delete("celery")
    record.nudge()

    assert b"ehr.record.tasks.relay" in server.lpop("celery")
    server.close()
