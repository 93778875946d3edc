"""Every subscriber gets every event: once in effect, whatever fails in between."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ehr import record
from ehr.health.models import Heartbeat
from ehr.identity.models import User
from ehr.record import relay, subscriptions
from ehr.record.apps import LATE_SECONDS
from ehr.record.catching_up import catch_up
from ehr.record.models import Delivery, SubscriberSeen
from tests.record.facts import TeaServed, serve


@pytest.fixture
def subscriber():
    """subscriber(name, handler) for the length of the test."""
    names = []

    def register(name, handler, kind="tests.tea.served"):
        record.subscribe(kind, name)(handler)
        names.append(name)

    yield register
    for name in names:
        subscriptions.forget(name)


def make_due(*, attempts: int | None = None) -> None:
    changes = {"next_at": timezone.now()} | ({} if attempts is None else {"attempts": attempts})
    Delivery.objects.filter(done_at=None).update(**changes)


@pytest.mark.django_db
def test_work_and_mark_are_one_transaction(subscriber, at):
    def half(event):
        User.objects.create(username="half")
        raise RuntimeError("in the middle")

    subscriber("tests.half", half)
    serve(1, at)

    assert record.deliver_all() == 0
    assert not User.objects.exists()
    delivery = Delivery.objects.get()
    assert (delivery.done_at, delivery.attempts, delivery.error) == (None, 1, "RuntimeError: in the middle")
    assert delivery.next_at > timezone.now()


@pytest.mark.django_db
def test_one_that_fails_holds_nobody_up(subscriber, at):
    heard = []
    subscriber("tests.failing", lambda event: 1 / 0)
    subscriber("tests.healthy", heard.append)
    serve(3, at)

    assert record.deliver_all() == 3
    assert len(heard) == 3


@pytest.mark.django_db
def test_it_is_tried_again_and_done_when_the_reason_is_gone(subscriber, at):
    answers = [RuntimeError("not yet"), None]

    def sometimes(event):
        if error := answers.pop(0):
            raise error

    subscriber("tests.sometimes", sometimes)
    serve(1, at)
    record.deliver_all()
    assert record.deliver_all() == 0  # it waits
    make_due()

    assert record.deliver_all() == 1
    assert Delivery.objects.get().error == ""


@pytest.mark.django_db
def test_a_poisoned_one_is_given_up_with_its_reason(subscriber, at):
    subscriber("tests.poison", lambda event: 1 / 0)
    serve(1, at)
    make_due(attempts=relay.MOST_ATTEMPTS - 1)
    record.deliver_all()

    poisoned = Delivery.objects.poisoned().get()
    assert poisoned.error == "ZeroDivisionError: division by zero"
    assert relay.claim() == []

    subscriptions.forget("tests.poison")
    heard = []
    subscriber("tests.poison", heard.append)
    relay.redeliver([poisoned.pk])
    assert record.deliver_all() == 1


@pytest.mark.django_db
def test_one_that_kills_its_worker_runs_out_of_attempts_too(at, subscriber):
    subscriber("tests.killer", lambda event: os.abort())
    serve(1, at)
    for _ in range(relay.MOST_ATTEMPTS):
        assert relay.claim()  # and then the process dies
        make_due()

    assert relay.claim() == []
    assert Delivery.objects.poisoned().get().error == relay.UNFINISHED


@pytest.mark.django_db
def test_waiting_grows_and_is_bounded():
    waits = [relay.wait_seconds(n) for n in range(1, 20)]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2, relay.LONGEST_WAIT_SECONDS)


@pytest.mark.django_db
def test_a_subscriber_that_is_not_deployed_here_keeps_its_events(subscriber, at):
    subscriber("tests.elsewhere", lambda event: None)
    serve(1, at)
    subscriptions.forget("tests.elsewhere")
    record.deliver_all()

    assert "no subscriber is called" in Delivery.objects.get().error


@pytest.mark.django_db
def test_two_subscribers_may_not_share_a_name(subscriber):
    subscriber("tests.same", lambda event: None)

    with pytest.raises(ValueError, match=r"tests\.same"):
        subscriber("tests.same", lambda event: 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "kind", "is_heard"),
    [
        ("tests.tea.served", "tests.tea.served", True),
        ("tests.tea.*", "tests.tea.served", True),
        ("tests.*", "tests.tea.served", True),
        ("tests.tea", "tests.tea.served", False),
        ("tests.te.*", "tests.tea.served", False),
        ("tests.tea.serve", "tests.tea.served", False),
    ],
)
def test_kinds_match_whole_words(wanted, kind, is_heard):
    assert subscriptions.Subscription("x", wanted, print).wants(kind) is is_heard


@pytest.mark.django_db(transaction=True)
def test_four_relays_at_once_do_each_delivery_once(subscriber, at):
    lock, heard = threading.Lock(), []

    def hear(event):
        with lock:
            heard.append(event.pk)

    subscriber("tests.one", hear)
    subscriber("tests.two", hear)
    events = serve(60, at)

    def run(_):
        try:
            return record.deliver_all()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(run, range(4)))

    assert done == len(heard) == 120
    assert sorted(heard) == sorted([UUID(event.id) for event in events] * 2)


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_rolled_back_change_is_never_heard(subscriber, at):
    heard = []
    subscriber("tests.rolled_back", heard.append)
    with pytest.raises(RuntimeError), transaction.atomic():
        record.emit(TeaServed(), subject="tests.tea:1", by=None, at=at)
        raise RuntimeError

    assert record.deliver_all() == 0
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_process_that_does_not_know_a_new_subscriber_loses_it_nothing(subscriber, at):
    heard = []
    subscriber("tests.new", heard.append, kind="tests.tea.*")
    catch_up()  # the new release is seen
    subscriptions.forget("tests.new")
    serve(5, at)  # by a process of the old release
    subscriber("tests.new", heard.append, kind="tests.tea.*")
    serve(2, at)

    assert catch_up() == 5
    assert catch_up() == 0
    assert record.deliver_all() == 7
    assert len(heard) == 7


@pytest.mark.django_db(transaction=True)
def test_a_new_subscriber_gets_nothing_from_before_its_time(subscriber, at):
    serve(5, at)
    subscriber("tests.late", lambda event: None)

    assert catch_up() == 0
    assert SubscriberSeen.objects.filter(name="tests.late").exists()


@pytest.mark.django_db
def test_the_product_is_not_ready_while_nobody_carries_what_is_due(subscriber, at, client):
    subscriber("tests.waiting", lambda event: None)
    Heartbeat.objects.create(name="beat")
    serve(1, at)
    fresh = client.get("/readyz")
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=LATE_SECONDS + 5))

    late = client.get("/readyz")
    record.deliver_all()

    assert (fresh.status_code, late.status_code, client.get("/readyz").status_code) == (200, 503, 200)
    assert [reason.partition(":")[0] for reason in late.json()["reasons"]] == ["deliveries"]
