"""A confirmed settlement goes to the finance system by signed webhook; its amounts are read at the moment of sending."""

from typing import Any

import pytest

from ehr import record
from ehr.record.models import Event
from integrations.models import Attempt, Effect
from offboarding import operations as ops
from offboarding.models import Case
from tests.factories.offboarding import done
from tests.factories.settlements import a_leaving, a_parting, calculated, confirmed
from tests.integrations.steps import run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAY = ["pay"]


def pushed(cast: Any, at: Any, connect: Any, receiver: Any, case: Case | None = None) -> Any:
    connection = connect("finance", receiver)
    type(connection).objects.filter(pk=connection.pk).update(config=connection.config | {"sends": PAY})
    settlement = confirmed(calculated(case or a_leaving(cast, at), cast, at), cast, at)
    record.deliver_all()
    return settlement


def test_the_amounts_arrive_and_stand_nowhere_else(cast, at, connect, receivers) -> None:
    receiver = receivers()
    settlement = pushed(cast, at, connect, receiver)

    run(at)

    (message,) = receiver.ledger.messages
    assert message["type"] == "ehr.settlement.confirmed"
    assert message["data"]["total"] == "13793.10"
    assert {line["code"] for line in message["data"]["lines"]} == {"final_wage", "leave_payout"}
    effect = Effect.objects.get(case=settlement.case, action="pay")
    assert effect.state == "done"
    assert "13793.10" not in str(effect.payload)
    said = [*Event.objects.values_list("payload", flat=True), *Attempt.objects.values_list("evidence", flat=True)]
    assert "13793.10" not in str(said)


def test_a_version_that_was_replaced_is_not_sent(cast, at, connect, receivers) -> None:
    receiver = receivers()
    settlement = pushed(cast, at, connect, receiver)
    calculated(Case.objects.for_page().get(pk=settlement.case_id), cast, at)

    run(at)

    assert receiver.ledger.messages == []
    assert Effect.objects.get(case=settlement.case_id, action="pay").state == "not_needed"


def test_each_item_says_whether_it_is_due_and_severance_is_told_again_once_it_is(
    cast, at, connect, receivers, monkeypatch
) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    receiver, case = receivers(), a_parting(cast, at)
    ops.tell_in_person(case=case, by=cast.hrbp, at=at)
    settlement = pushed(cast, at, connect, receiver, case)
    run(at)
    case = settlement.case
    done(case, cast, at, "handover")
    record.deliver_all()

    run(at)

    first, second = receiver.ledger.messages
    last_day = case.termination_date.isoformat()
    assert [first["type"], second["type"]] == ["ehr.settlement.confirmed", "ehr.settlement.due"]
    assert [clock(row) for row in first["data"]["payments"]] == [
        ("last_day", last_day, None),
        ("handover", None, "handover"),
    ]
    assert {clock(row) for row in second["data"]["payments"]} == {
        ("last_day", last_day, None),
        ("handover", last_day, None),
    }
    severance = next(row for row in first["data"]["lines"] if row["code"] == "severance")
    assert clock(severance) == ("handover", None, "handover")


def clock(row: dict[str, Any]) -> tuple[str, str | None, str | None]:
    return row["when"], row["due_date"], row["waits_for"]
