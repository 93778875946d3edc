"""S18, S19: the signature in both directions, with the vector of the Standard Webhooks specification."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.connectors.protocol import CallbackRejected
from integrations.connectors.registry import connector
from integrations.connectors.webhook.signature import TOLERANCE, check, sign, signatures

NOW = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0yNC1ieXRlcw=="
BODY = json.dumps({"data": {"effect": "e1", "status": "applied", "ref": "r"}}).encode()


def headers(secret: str = SECRET, *, body: bytes = BODY, at: datetime = NOW, message_id: str = "m1") -> dict[str, str]:
    stamp = int(at.timestamp())
    signed = sign(secret, message_id=message_id, timestamp=stamp, body=body)
    return {"webhook-id": message_id, "webhook-timestamp": str(stamp), "webhook-signature": signed}


def test_it_signs_like_the_specification():
    signed = sign(SECRET, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}')

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_good_callback_is_read():
    (event,) = connector("webhook").parse_callback(headers(), BODY, {"secret": SECRET}, now=NOW)

    assert (event.event_id, event.effect_key, event.status, event.remote_ref) == ("m1", "e1", "applied", "r")


def test_both_secrets_hold_while_one_is_replaced():
    both = signatures([SECRET, OTHER], message_id="m1", timestamp=int(NOW.timestamp()), body=BODY)

    assert len(both.split(" ")) == 2
    for known in (SECRET, OTHER):
        assert check({**headers(), "webhook-signature": both}, BODY, [known], now=NOW) == "m1"


ALTERED: dict[str, Any] = {
    "another body": lambda: (headers(), BODY.replace(b"applied", b"undone!")),
    "another secret": lambda: (headers(OTHER), BODY),
    "another id": lambda: ({**headers(), "webhook-id": "m2"}, BODY),
    "no signature": lambda: ({k: v for k, v in headers().items() if k != "webhook-signature"}, BODY),
    "no id": lambda: ({k: v for k, v in headers().items() if k != "webhook-id"}, BODY),
    "no time": lambda: ({k: v for k, v in headers().items() if k != "webhook-timestamp"}, BODY),
    "another version": lambda: (
        {**headers(), "webhook-signature": headers()["webhook-signature"].replace("v1,", "v2,")},
        BODY,
    ),
    "empty signature": lambda: ({**headers(), "webhook-signature": "v1,"}, BODY),
    "too old": lambda: (headers(at=NOW - timedelta(seconds=TOLERANCE + 1)), BODY),
    "from the future": lambda: (headers(at=NOW + timedelta(seconds=TOLERANCE + 1)), BODY),
    "time in other digits": lambda: ({**headers(), "webhook-timestamp": "１７７９"}, BODY),
    "not json": lambda: (headers(body=b"{"), b"{"),
    "a list": lambda: (headers(body=b"[]"), b"[]"),
    "no effect": lambda: (headers(body=b'{"data": {}}'), b'{"data": {}}'),
}


@pytest.mark.parametrize("name", sorted(ALTERED))
def test_it_accepts_no_other(name: str):
    given, body = ALTERED[name]()

    with pytest.raises(CallbackRejected):
        connector("webhook").parse_callback(given, body, {"secret": SECRET}, now=NOW)


def test_without_a_secret_nothing_is_accepted():
    with pytest.raises(CallbackRejected):
        check(headers(""), BODY, ["", ""], now=NOW)
