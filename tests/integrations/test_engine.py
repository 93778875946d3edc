from datetime import datetime
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from ehr.record.models import Event
from integrations.engine.carry import carry_out
from integrations.engine.claim import Claim, claim
from integrations.engine.finish import finish
from integrations.engine.sweep import expire_leases
from integrations.models import Attempt, Gauge
from integrations.rules.outcome import Kind, Outcome
from integrations.rules.states import Mode
from tests.factories.offboarding import duties_of
from tests.integrations.steps import (
    an_approved_exit,
    effects,
    evening,
    let_lease_run_out,
    make_due,
    run,
    the_effect,
)

pytestmark = pytest.mark.slow


def test_an_account_is_disabled_and_verified_on_the_last_evening(cast: Any, at: datetime, connect: Any, directory: Any):
    account = directory.add(cast.employment["leaver"].employee_number + str(at.microsecond))
    number = directory.user(account)["externalId"]
    type(cast.employment["leaver"]).objects.filter(pk=cast.employment["leaver"].pk).update(employee_number=number)
    connect("identity", directory)
    case = an_approved_exit(cast, at)

    run(evening(case))

    effect = the_effect(case)
    assert effect.state == "done"
    assert effect.verified_at is not None
    assert effect.remote_ref == account
    assert directory.user(account)["active"] is False
    assert directory.groups(account) == 0
    assert case.tracks.get(kind="accounts").state == "done"
    assert Event.objects.filter(kind="integrations.effect.verified", subject=effect.ref).count() == 1


def test_a_message_is_signed_and_says_what_the_receiver_needs(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver)

    case = an_approved_exit(cast, at)
    run(at)

    (message,) = receiver.ledger.messages
    assert message["specversion"] == "1.0"
    assert message["id"] == the_effect(case).idem_key
    assert message["type"] == "offboarding.case.approved"
    assert message["data"]["employee_number"] == cast.employment["leaver"].employee_number
    assert "reason" not in message["data"]


def test_the_try_is_written_before_it_is_made(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver)
    an_approved_exit(cast, at)

    taken = claim(business_now=at)

    assert isinstance(taken, Claim)
    assert Attempt.objects.get(effect=taken.effect).ended_at is None
    assert receiver.ledger.requests["POST"] == 0
    finish(taken, carry_out(taken), at=at)
    assert Attempt.objects.get(effect=taken.effect).outcome == "done"


def test_a_claimed_effect_is_nobody_elses(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers())
    an_approved_exit(cast, at)

    assert isinstance(claim(business_now=at), Claim)
    assert claim(business_now=at) is None


def test_a_late_finisher_changes_nothing(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers(arm="look_up"))
    case = an_approved_exit(cast, at)
    first = claim(business_now=at)
    assert isinstance(first, Claim)
    let_lease_run_out(first.effect)
    expire_leases(at=at)
    second = claim(business_now=at)
    assert isinstance(second, Claim)

    assert finish(first, Outcome(kind=Kind.REJECTED, reason="late"), at=at) is False
    assert finish(second, carry_out(second), at=at) is True
    assert the_effect(case).state == "done"
    assert list(Attempt.objects.order_by("number").values_list("outcome", flat=True)) == ["lost", "done"]


def test_a_worker_that_wakes_up_after_its_time_sends_nothing(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver)
    an_approved_exit(cast, at)
    taken = claim(business_now=at)
    assert isinstance(taken, Claim)
    taken.call.ends = 0.0

    assert carry_out(taken).kind is Kind.RETRY
    assert receiver.ledger.requests["POST"] == 0


def test_after_a_lost_worker_the_system_is_asked_before_anything_is_sent_again(
    cast: Any, at: datetime, connect: Any, receivers: Any
):
    receiver = receivers(arm="look_up")
    connect("assets", receiver)
    case = an_approved_exit(cast, at)
    first = claim(business_now=at)
    assert isinstance(first, Claim)
    carry_out(first)
    let_lease_run_out(first.effect)

    assert expire_leases(at=at) == 1
    assert the_effect(case).state == "ambiguous"
    run(at)

    assert the_effect(case).state == "done"
    assert receiver.ledger.applications[the_effect(case).idem_key] == 1
    assert Attempt.objects.get(number=2).mode == Mode.VERIFY_FIRST


def test_three_lost_workers_put_an_effect_under_quarantine(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("assets", receivers(arm="look_up"))
    case = an_approved_exit(cast, at)

    for _ in range(3):
        taken = claim(business_now=at)
        assert isinstance(taken, Claim)
        let_lease_run_out(taken.effect)
        expire_leases(at=at)

    assert the_effect(case).state == "quarantined"
    assert claim(business_now=at) is None
    assert len(duties_of(cast.it, "integrations.effect_failed")) == 1


def to_the_desk(mailbox: Any) -> list[Any]:
    """Without the letters of the notices."""
    return [message for message in mailbox.messages if "desk@" in message["To"]]


def test_mail_that_may_have_left_is_not_sent_again(cast: Any, at: datetime, connect: Any, mailbox: Any):
    mailbox.fault = lambda n: "drop_after"
    connect("mail", mailbox)
    case = an_approved_exit(cast, at)

    run(at)
    make_due(the_effect(case))
    run(at)

    assert the_effect(case).state == "failed_needs_human"
    assert len(to_the_desk(mailbox)) == 1
    assert any(duty.params["number"] == case.number for duty in duties_of(cast.it, "integrations.effect_failed"))


def test_a_letter_carries_the_effects_key(cast: Any, at: datetime, connect: Any, mailbox: Any):
    connect("mail", mailbox)
    case = an_approved_exit(cast, at)

    run(at)

    (message,) = to_the_desk(mailbox)
    assert the_effect(case).idem_key in message["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("arm", ["honours_id", "look_up"])
@pytest.mark.parametrize("fault", ["500_after", "drop_after", "html_after", "500_before", "drop_before"])
def test_an_unclear_answer_ends_in_one_application(
    cast: Any, at: datetime, connect: Any, receivers: Any, arm: str, fault: str
):
    receiver = receivers(arm=arm, fault=lambda n, key: fault if n == 1 else "")
    connect("crm", receiver)
    case = an_approved_exit(cast, at)

    run(at)
    assert the_effect(case).state == "ambiguous"
    make_due(the_effect(case))
    run(at)

    assert the_effect(case).state == "done"
    assert receiver.ledger.applications[the_effect(case).idem_key] == 1


def test_a_request_to_slow_down_is_obeyed_and_burns_nothing(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers(fault=lambda n, key: "429" if n == 1 else "")
    connection = connect("crm", receiver)
    case = an_approved_exit(cast, at)

    run(at)

    effect = the_effect(case)
    assert (effect.state, effect.tries, effect.reason) == ("pending", 0, "throttled")
    make_due(effect)
    assert run(at) == 0, "the whole system is left alone, not only this effect"
    Gauge.objects.filter(connection=connection).update(opened_until=0)
    run(at)
    assert the_effect(case).state == "done"


def test_a_refused_credential_pages_once_and_burns_nothing(
    cast: Any, at: datetime, connect: Any, directory: Any, receivers: Any
):
    connection = connect("identity", directory)
    connection.change(fields={}, secrets={"token": "wrong"}, by=None, at=at)
    case = an_approved_exit(cast, at)

    for _ in range(2):
        run(evening(case))
        make_due(the_effect(case))
        Gauge.objects.filter(connection=connection).update(opened_until=0, failures=0)

    assert (the_effect(case).state, the_effect(case).tries) == ("pending", 0)
    assert len(duties_of(cast.it, "integrations.connection_locked")) == 1


def test_a_broken_system_is_left_alone_and_others_go_on(cast: Any, at: datetime, connect: Any, receivers: Any):
    good = receivers()
    connection = connect("crm", receivers())
    connect("oa", good)
    case = an_approved_exit(cast, at)
    Gauge.objects.filter(connection=connection).update(failures=5, opened_until=4e12)

    run(at)

    assert {e.connection.name: e.state for e in effects(case)} == {"crm": "pending", "oa": "done"}


def test_no_more_calls_at_a_time_than_the_bulkhead_allows(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers(), sends=["announce", "remove_access"], bulkhead=1)
    case = an_approved_exit(cast, at)

    taken = claim(business_now=evening(case))

    assert isinstance(taken, Claim)
    assert run(evening(case)) == 0
    finish(taken, carry_out(taken), at=at)
    assert run(evening(case)) == 1


def test_an_empty_bucket_waits(cast: Any, at: datetime, connect: Any, receivers: Any):
    connection = connect("crm", receivers(), rate=0.001)
    case = an_approved_exit(cast, at)
    Gauge.objects.filter(connection=connection).update(tokens=0, filled_at=4e12)

    assert run(at) == 0
    assert the_effect(case).state == "pending"


def test_after_the_withdrawal_commits_nothing_is_sent(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver)
    case = an_approved_exit(cast, at)
    case.refresh_from_db()
    type(case).objects.filter(pk=case.pk).update(state="withdrawn")

    run(at)

    assert the_effect(case).state == "not_needed"
    assert receiver.ledger.requests["POST"] == 0


def test_what_may_have_been_sent_before_the_withdrawal_is_asked_about_only(
    cast: Any, at: datetime, connect: Any, receivers: Any
):
    receiver = receivers(arm="look_up")
    connect("assets", receiver)
    case = an_approved_exit(cast, at)
    taken = claim(business_now=at)
    assert isinstance(taken, Claim)
    let_lease_run_out(taken.effect)
    expire_leases(at=at)
    type(case).objects.filter(pk=case.pk).update(state="withdrawn")

    run(at)

    assert the_effect(case).state == "not_needed"
    assert receiver.ledger.requests["POST"] == 0
    assert receiver.ledger.requests["GET"] == 1


def test_a_track_waits_for_its_last_effect_and_fails_with_any(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers(), sends=["remove_access"])
    connect("oa", receivers(fault=lambda n, key: "400"), sends=["remove_access"])
    case = an_approved_exit(cast, at)

    run(evening(case))

    assert case.tracks.get(kind="business_systems").state == "failed"


def test_an_attempt_is_written_once_and_closed_once(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers())
    an_approved_exit(cast, at)
    run(at)
    attempt = Attempt.objects.get()

    for change in (lambda: Attempt.objects.update(outcome="rejected"), attempt.delete):
        with pytest.raises((InternalError, ProgrammingError), match="written once"), transaction.atomic():
            change()


def test_a_connector_that_raises_leaves_a_question_not_a_crash(
    cast: Any, at: datetime, connect: Any, receivers: Any, monkeypatch: Any
):
    from integrations.connectors.webhook.connector import WebhookConnector

    def broken(*_: Any) -> None:
        raise RuntimeError("a defect")

    connect("crm", receivers())
    case = an_approved_exit(cast, at)
    monkeypatch.setattr(WebhookConnector, "apply", broken)

    run(at)

    assert (the_effect(case).state, the_effect(case).reason) == ("ambiguous", "connector_error")


def test_secrets_and_payloads_rest_encrypted(cast: Any, at: datetime, connect: Any, mailbox: Any):
    from django.db import connection as database

    connect("mail", mailbox)
    an_approved_exit(cast, at)

    with database.cursor() as cursor:
        cursor.execute("SELECT payload FROM integrations_effect")
        payloads = [bytes(row[0]) for row in cursor.fetchall()]

    assert payloads
    assert not any(b"hengchuan" in payload for payload in payloads)


def test_a_connection_that_is_switched_off_sends_nothing(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connection = connect("crm", receiver)
    case = an_approved_exit(cast, at)
    connection.switch(enabled=False, by=None, at=at)

    assert run(at) == 0
    connection.switch(enabled=True, by=None, at=at)
    assert run(at) == 1
    assert the_effect(case).state == "done"
