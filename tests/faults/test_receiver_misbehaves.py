"""F6: the system applies and then says nothing. F6b: the lease must outlast what the receiver may still do."""

from typing import Any

import pytest

from tests.faults import harness
from tests.faults.harness import House, Systems


@pytest.mark.parametrize("fault", ["drop_after", "hang_after", "500_after"])
def test_applied_and_silent_is_still_once(house: House, systems: Systems, once: Any, fault: str):
    for receiver in (systems.a, systems.b):
        receiver.behaviour.fault = lambda n, key: fault if n <= 2 else ""
    house.script("seed", cases=3, connections=systems.connections[:2], decided=True)

    house.start("worker", "beat")

    once(house, systems, cases=3, connections=2)


def test_a_slow_receiver_is_not_overtaken_by_our_own_retry(house: House, once: Any):
    """The worker dies while the receiver still works for a second: nobody asks before it can have finished."""
    with harness.systems(slowest=0.0, steady=1.0) as slow:
        slow.b.behaviour.fault = lambda n, key: ""
        about = slow.webhook("b", slow.b, receiver_seconds=1.5, deadline_seconds=0.3, margin_seconds=0.2)
        house.script("seed", cases=2, connections=[about], decided=True)
        house.start("worker", "beat", crash="mid_call:1")
        for _ in range(40):
            house.ring("integrations.tasks.sweep")

        found = house.at_rest(2)

        applied = slow.b.ledger.applications
        assert [applied[key] for _, key, _ in found] == [1, 1]
