"""Retry one step, settle it, take it back, find what has drifted."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command

from ehr.errors import Forbidden, Refused, WrongState
from integrations.models import Effect
from integrations.operations.redriving import redrive, settle
from integrations.operations.reverting import revert
from tests.factories.offboarding import duties_of
from tests.integrations.steps import an_approved_exit, effects, evening, run, the_effect

pytestmark = pytest.mark.slow


@pytest.fixture
def failed(cast: Any, at: datetime, connect: Any, receivers: Any) -> Any:
    """One of two systems says no once."""
    bad = receivers(fault=lambda n, key: "400" if n == 1 else "")
    good = receivers()
    connect("crm", bad, sends=["remove_access"])
    connect("oa", good, sends=["remove_access"])
    case = an_approved_exit(cast, at)
    run(evening(case))
    return case, bad, good


def test_only_the_failed_branch_is_tried_again(cast: Any, at: datetime, failed: Any):
    case, bad, good = failed
    assert case.tracks.get(kind="business_systems").state == "failed"

    redrive(the_effect(case, connection__name="crm"), by=cast.it, at=at)
    run(evening(case))

    assert {e.state for e in effects(case)} == {"done"}
    assert (bad.ledger.requests["POST"], good.ledger.requests["POST"]) == (2, 1)
    assert case.tracks.get(kind="business_systems").state == "done"
    assert duties_of(cast.it, "integrations.effect_failed") == []


def test_what_rests_well_can_not_be_retried(cast: Any, at: datetime, failed: Any):
    case, _bad, _good = failed

    with pytest.raises(WrongState):
        redrive(the_effect(case, connection__name="oa"), by=cast.it, at=at)


def test_nobody_retries_for_their_own_exit(cast: Any, at: datetime, failed: Any):
    case, _bad, _good = failed

    with pytest.raises(Forbidden):
        redrive(the_effect(case, connection__name="crm"), by=cast.leaver, at=at)


@pytest.mark.parametrize(("outcome", "state"), [("done_by_hand", "done"), ("not_needed", "not_needed")])
def test_a_person_may_settle_it(cast: Any, at: datetime, failed: Any, outcome: str, state: str):
    case, _bad, _good = failed

    settle(the_effect(case, connection__name="crm"), outcome=outcome, by=cast.it, at=at)

    assert the_effect(case, connection__name="crm").state == state
    assert case.tracks.get(kind="business_systems").state == "done"


def test_only_two_ways_to_settle(cast: Any, at: datetime, failed: Any):
    case, _bad, _good = failed

    with pytest.raises(Refused):
        settle(the_effect(case, connection__name="crm"), outcome="whatever", by=cast.it, at=at)


def with_account(cast: Any, directory: Any) -> str:
    from employees.models import Employment

    user = directory.add(f"R{Employment.objects.count()}-{id(cast)}")
    number = directory.user(user)["externalId"]
    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(employee_number=number)
    return user


def test_a_disabled_account_comes_back_with_its_groups_when_the_exit_is_off(
    cast: Any, at: datetime, connect: Any, directory: Any
):
    user = with_account(cast, directory)
    connect("identity", directory, when="at_once")
    case = an_approved_exit(cast, at)
    run(at)
    assert directory.user(user)["active"] is False
    with pytest.raises(WrongState):
        revert(the_effect(case), by=cast.it, at=at)
    type(case).objects.filter(pk=case.pk).update(state="withdrawn")

    revert(the_effect(case), by=cast.it, at=at)
    run(at)

    assert {e.purpose: e.state for e in effects(case)} == {"apply": "done", "revert": "done"}
    assert directory.user(user)["active"] is True
    assert directory.groups(user) == 2


def test_an_account_enabled_by_hand_is_found_and_disabled_again(cast: Any, at: datetime, connect: Any, directory: Any):
    user = with_account(cast, directory)
    connect("identity", directory, when="at_once")
    case = an_approved_exit(cast, at)
    run(at)
    assert "drifted 0" in reconciled()

    directory.enable(user)
    report = reconciled()

    assert "reopened: identity" in report
    assert "active=true" in report
    effect = the_effect(case)
    assert (effect.state, effect.reason) == ("pending", "drift")
    Effect.objects.filter(pk=effect.pk).update(scheduled_at=at)
    run(at)
    assert directory.user(user)["active"] is False
    assert "drifted 0" in reconciled("--connection", "identity")


def reconciled(*arguments: str) -> str:
    out = io.StringIO()
    call_command("effects_reconcile", *arguments, stdout=out)
    return out.getvalue()
