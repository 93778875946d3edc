"""F2: the web process dies between COMMIT and bell. F13: a callback that comes fifty times."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from integrations.connectors.webhook.signature import sign
from tests.faults.harness import SECRET, House, Systems


def test_an_approval_that_was_committed_is_carried_out(house: House, systems: Systems, once: Any):
    seeded = house.script("seed", cases=2, connections=systems.connections, decided=False)
    house.start("web", crash="after_commit_before_ring:1")
    answers = []

    for case, approval in zip(seeded["cases"], seeded["approvals"], strict=True):
        try:
            answers.append(house.approve(case, approval, session=seeded["session"], once="the-same-form" + case))
        except (http.client.HTTPException, OSError):
            answers.append(0)
            house.kill("web")
            house.start("web")
            again = house.approve(case, approval, session=seeded["session"], once="the-same-form" + case)
            assert again in (302, 409), "the same form again has no second effect"

    assert 0 in answers, "the crash happened"
    house.start("worker", "beat")
    once(house, systems, cases=2)
    assert house.rows("SELECT count(*) FROM record_event WHERE kind = 'offboarding.case.approved'") == [(2,)]


def test_fifty_deliveries_of_one_callback_are_one(house: House, systems: Systems):
    house.script("seed", cases=1, connections=systems.connections[:1], decided=True)
    house.start("web")
    body = json.dumps({"data": {"effect": "e" * 33, "status": "applied"}}).encode()
    stamp = int(datetime.now(UTC).timestamp())
    headers = {
        "webhook-id": "delivery-1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": sign(SECRET, message_id="delivery-1", timestamp=stamp, body=body),
        "Content-Type": "application/json",
    }

    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(house.ask, "POST", "/api/v1/connections/a/callbacks/", body=body, headers=headers)
            for _ in range(50)
        ]

    assert {call.result()[0] for call in calls} == {200}
    assert house.rows("SELECT count(*) FROM integrations_inbox") == [(1,)]
