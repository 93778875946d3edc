from datetime import datetime
from typing import Any

import pytest

from ehr import record
from ehr.record.models import Event
from integrations.models import Effect
from integrations.operations.planning import plan_effects
from offboarding import operations as ops
from offboarding.rules.dates import FourDates
from tests.factories.offboarding import a_dismissal, approved, on
from tests.integrations.steps import an_approved_exit, effects, evening, relayed, run, the_effect

pytestmark = pytest.mark.slow


def test_an_approval_plans_one_effect_per_connected_system(
    cast: Any, at: datetime, connect: Any, receivers: Any, directory: Any
):
    connect("crm", receivers())
    connect("identity", directory)

    case = an_approved_exit(cast, at)

    assert {e.connection.name: e.state for e in effects(case)} == {"crm": "pending", "identity": "pending"}
    assert the_effect(case, connection__name="identity").scheduled_at == on(case.last_working_date, 18)
    assert all(len(e.idem_key) == 33 for e in effects(case))


def test_a_lower_unit_replaces_or_switches_off_what_it_inherits(cast: Any, at: datetime, connect: Any, receivers: Any):
    group, own = receivers(), receivers()
    connect("crm", group)
    connect("crm", own, unit="sales_unit")
    connect("assets", group)
    connect("assets", group, unit="east", mode="ignore")
    connect("oa", group, unit="supply")

    case = an_approved_exit(cast, at)

    assert [e.connection.config["url"] for e in effects(case)] == [own.url]


def test_the_same_event_twice_plans_nothing_twice(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers())
    case = an_approved_exit(cast, at)
    event = Event.objects.get(kind="offboarding.case.approved", subject=record.ref(case))

    for _ in range(5):
        plan_effects(event=event, at=at)

    assert len(effects(case)) == 1


def test_without_a_connection_nothing_is_planned(cast: Any, at: datetime):
    assert effects(an_approved_exit(cast, at)) == []


def test_nothing_leaves_before_the_hour_of_the_last_day(cast: Any, at: datetime, connect: Any, directory: Any):
    connect("identity", directory)
    case = an_approved_exit(cast, at)

    assert run(on(case.last_working_date, 17)) == 0
    assert the_effect(case).state == "pending"


def test_new_dates_move_what_was_not_sent(cast: Any, at: datetime, connect: Any, directory: Any):
    connect("identity", directory)
    case = an_approved_exit(cast, at)
    later = on(case.last_working_date, 10).date().replace(day=28)
    dates = FourDates(
        filed_date=case.filed_date, last_working_date=later, termination_date=later, paid_until_date=later
    )

    case.change_dates(dates=dates, by=cast.hrbp, at=at)
    relayed()

    assert the_effect(case, action="disable_account").scheduled_at == on(later, 18)


def test_quiet_exits_hold_everything_until_the_person_was_told(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver, sends=["announce", "remove_access"])
    case = approved(a_dismissal(cast, at), at)
    relayed()

    assert {e.state for e in effects(case)} == {"held"}
    assert run(evening(case)) == 0

    case.refresh_from_db()
    case.tell(by=cast.hrbp, at=at)
    relayed()
    run(at)

    assert {e.state for e in effects(case)} == {"done"}, "a dismissal is at once, as soon as the person knows"
    assert sum(receiver.ledger.applications.values()) == 2


def test_a_held_effect_that_slipped_through_is_held_in_the_claim(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connect("crm", receiver)
    case = approved(a_dismissal(cast, at), at)
    relayed()
    Effect.objects.filter(case=case).update(state="pending")

    run(evening(case))

    assert the_effect(case).state == "held"
    assert receiver.ledger.requests["POST"] == 0


def test_a_system_looked_after_by_hand_becomes_a_to_do(cast: Any, at: datetime, connect: Any, receivers: Any):
    from tests.factories.offboarding import duties_of

    connect("customs", receivers(), mode="by_hand")

    case = an_approved_exit(cast, at)

    assert the_effect(case).state == "failed_needs_human"
    assert len(duties_of(cast.it, "integrations.effect_failed")) == 1


def test_a_withdrawn_exit_needs_nothing_any_more(cast: Any, at: datetime, connect: Any, directory: Any):
    connect("identity", directory)
    case = an_approved_exit(cast, at)

    ops.withdraw(case=case, by=cast.leaver, at=at, reason="家里有事")
    case.refresh_from_db()
    if case.state != "withdrawn":
        case.withdraw(consent=True, by=cast.hrbp, at=at)
    relayed()

    assert the_effect(case).state == "not_needed"
    assert the_effect(case).reason == "withdrawn"
