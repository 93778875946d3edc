"""The ladder between e-mail and the next manager: an SMS or an instant message, once, to who turned it on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from ehr import deadlines
from ehr.deadlines.models import Rung
from ehr.notices.models import ChannelChoice
from ehr.record.models import Event
from integrations.models import Effect
from integrations.receivers.messages import MessageGateway, Sent
from tests.access.cast import sign_in
from tests.factories.identity import a_proven_contact
from tests.factories.offboarding import on
from tests.integrations.conftest import SECRET
from tests.integrations.steps import relayed, run

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def gateway() -> Iterator[MessageGateway]:
    server = MessageGateway(secret=SECRET)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def connected(connect: Any, gateway: MessageGateway) -> Any:
    return connect("gateway", gateway, sends=["send_sms", "send_im"])


def turn_on(user: Any, *codes: str) -> None:
    for code in codes:
        ChannelChoice.objects.create(user=user, channel=code, enabled=True)


def a_phone(cast: Any, name: str, number: str = "13800138000") -> None:
    person = cast.employment[name].person
    person.phone = number
    person.save()


def a_late_duty(cast: Any, at: datetime) -> datetime:
    """Due on Tuesday at 18:00; one working day later the message, two days later the manager."""
    due = on(at.date() + timedelta(days=1), hour=18)
    deadlines.open_deadline(
        kind="handover.confirm", subject="x:1", owner=cast.head, due_at=due, params={"name": "周远航"}, by=None, at=at
    )
    return due


def climbed() -> list[str]:
    return sorted(Rung.objects.values_list("name", flat=True))


def test_the_ladder_takes_the_message_between_the_letter_and_the_next_manager_each_once(
    cast: Any, at: datetime, connected: Any, gateway: MessageGateway
) -> None:
    turn_on(cast.head, "sms", "im")
    a_phone(cast, "head")
    due = a_late_duty(cast, at)

    for after, expected in (
        (MINUTE, ["owner"]),
        (timedelta(days=1) + MINUTE, ["message", "owner"]),
        (timedelta(days=2) + MINUTE, ["manager", "message", "owner"]),
    ):
        for _again in range(2):
            deadlines.sweep(at=due + after)
            relayed()
            run(at=due + after)
        assert climbed() == expected

    title = "确认 周远航 交来的事项"
    assert sorted(one.channel for one in gateway.sent) == ["im", "sms"]
    assert {one.to for one in gateway.sent} == {"gu.chengyan", "13800138000"}
    assert all(title in one.text for one in gateway.sent)
    assert Event.objects.filter(kind="deadlines.deadline.messaged").count() == 1
    assert Effect.objects.filter(action="send_mail").count() <= 1


def test_the_number_stands_in_no_event_and_rests_encrypted(
    cast: Any, at: datetime, connected: Any, gateway: MessageGateway
) -> None:
    turn_on(cast.head, "sms")
    a_phone(cast, "head")
    deadlines.sweep(at=a_late_duty(cast, at) + timedelta(days=1) + MINUTE)

    relayed()

    assert Effect.objects.get(action="send_sms").payload["data"]["to"] == "13800138000"
    assert not any("13800138000" in str(event.payload) for event in Event.objects.all())


@pytest.mark.parametrize("missing", ["choice", "gateway", "phone"])
def test_without_a_wish_a_gateway_or_a_number_no_sms_goes_out(
    cast: Any, at: datetime, connect: Any, gateway: MessageGateway, missing: str
) -> None:
    if missing != "gateway":
        connect("gateway", gateway, sends=["send_sms"])
    if missing != "choice":
        turn_on(cast.head, "sms")
    if missing != "phone":
        a_phone(cast, "head")

    deadlines.sweep(at=a_late_duty(cast, at) + timedelta(days=1) + MINUTE)
    relayed()

    assert not Effect.objects.filter(action="send_sms").exists()
    assert ("message" in climbed()) is (missing == "phone")


def test_a_box_for_it_stands_in_the_settings_once_somebody_carries_it(cast: Any, at: datetime, request: Any) -> None:
    browser = sign_in(cast.head)
    assert 'name="sms"' not in browser.get("/me/settings/").content.decode()

    request.getfixturevalue("connected")

    assert 'name="sms"' in browser.get("/me/settings/").content.decode()
    browser.post("/me/settings/channels/", {"email": "on", "sms": "on"})
    chosen = ChannelChoice.objects.filter(user=cast.head, enabled=True).values_list("channel", flat=True)
    assert set(chosen) == {"email", "sms"}


def test_the_gateway_reads_a_message_as_the_contract_describes_it() -> None:
    gateway = MessageGateway()
    body = {"type": "ehr.message.sms", "data": {"to": "13800138000", "text": "逾期", "link": "https://ehr/1"}}
    gateway.ledger.apply("honours_id", "k1", body)
    gateway.ledger.apply("honours_id", "k1", body)

    assert gateway.sent == [Sent(channel="sms", to="13800138000", text="逾期", link="https://ehr/1")]
    gateway.server.server_close()


def test_who_left_gets_an_sms_at_the_phone_they_proved_and_no_instant_message(
    cast: Any, at: datetime, connected: Any
) -> None:
    user = cast.leaver
    turn_on(user, "sms", "im")
    a_phone(cast, "leaver", "13800138000")
    a_proven_contact(user, "13900139000", kind="phone", at=at)
    user.close_access(at=at)
    deadlines.open_deadline(kind="handover.confirm", subject="x:1", owner=user, due_at=at, by=None, at=at)

    deadlines.sweep(at=at + timedelta(days=1) + MINUTE)
    relayed()

    told = {effect.action: effect.payload["data"]["to"] for effect in Effect.objects.filter(action__startswith="send_")}
    assert (told.get("send_sms"), "send_im" in told) == ("13900139000", False)
