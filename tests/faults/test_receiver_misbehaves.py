"""F6: the system applies and then says nothing. F6b: the lease must outlast what the receiver may still do."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from integrations.connectors.webhook.signature import sign
from integrations.receivers.webhook import Receiver
from tests.faults import harness
from tests.faults.harness import REST, SECRET, House, Systems, until


def test_only_the_first_receiver_takes_one_message_once(systems: Systems):
    """Or these tests would count what a receiver put right, and not what we did."""
    for receiver in (systems.a, systems.b):
        assert [_deliver(receiver), _deliver(receiver)] == [200, 200]

    assert dict(systems.a.ledger.applications) == {"the-same": 1}
    assert dict(systems.b.ledger.applications) == {"the-same": 2}


def _deliver(receiver: Receiver) -> int:
    body, stamp = b'{"data": {}}', int(datetime.now(UTC).timestamp())
    signature = sign(SECRET, message_id="the-same", timestamp=stamp, body=body)
    headers = {"webhook-id": "the-same", "webhook-timestamp": str(stamp), "webhook-signature": signature}
    return httpx.post(receiver.url, content=body, headers=headers).status_code


@pytest.mark.parametrize("fault", ["drop_after", "hang_after", "500_after"])
def test_applied_and_silent_is_still_once(house: House, systems: Systems, once: Any, fault: str):
    for receiver in (systems.a, systems.b):
        receiver.behaviour.fault = lambda n, key: fault if n <= 2 else ""
    house.script("seed", cases=3, connections=systems.connections[:2], decided=True)

    house.start("worker", "beat")

    once(house, systems, cases=3, connections=2)


def test_a_slow_receiver_is_not_overtaken_by_our_own_retry(house: House):
    """The worker dies while the receiver still works for three seconds: nobody asks before it can have finished."""
    with harness.systems(slowest=0.0, applying=3.0) as slow:
        about = slow.webhook("b", slow.b, receiver_seconds=4.0, deadline_seconds=0.5, margin_seconds=0.5)
        house.script("seed", cases=1, connections=[about], decided=True)
        house.start("worker", "beat", crash="mid_call:1")
        until(lambda: slow.b.ledger.requests["POST"], what="the first call")
        until(lambda: _keeps_ringing(house), what="at rest")

        assert list(slow.b.ledger.applications.values()) == [1]
        assert [state for _, _, state in house.effects()] == ["done"]


def _keeps_ringing(house: House) -> bool:
    """Impatience must not help: the sweep is rung far more often than the beat does."""
    house.ring("integrations.tasks.sweep")
    found = house.effects()
    return bool(found) and all(state in REST for _, _, state in found)
