"""What happened in other systems is told in the product's time, also after the demo's clock jumped; leases stay raw."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ehr import clock
from ehr.deadlines import demo_clock
from ehr.deadlines.demo_clock import as_measured, as_shown, put_forward
from integrations.models import Attempt, Effect
from integrations.queries import last_day_of, row_of
from tests.access.cast import api_client, sign_in
from tests.integrations.steps import an_approved_exit, run, the_effect

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _demo(settings: Any, monkeypatch: Any) -> None:
    settings.EHR_DEMO = True
    monkeypatch.setattr(demo_clock, "_after_jump", clock.forget)
    clock.forget()
    yield
    settings.EHR_DEMO = False
    clock.forget()


def jump(days: int, by: Any) -> None:
    put_forward(days=days, by=by, at=clock.now())
    clock.forget()


def close(one: Any, other: Any) -> bool:
    return abs(one - other) < MINUTE


def test_before_between_and_after_the_jumps(cast: Any) -> None:
    raw = timezone.now()
    jump(30, cast.head)
    jump(7, cast.head)

    assert as_shown(raw - DAY) == raw - DAY
    assert close(as_shown(raw + MINUTE), raw + MINUTE + 37 * DAY)


def test_and_back_again(cast: Any) -> None:
    raw = timezone.now()
    jump(30, cast.head)

    assert as_measured(as_shown(raw - DAY)) == raw - DAY
    assert as_measured(as_shown(raw + MINUTE)) == raw + MINUTE
    assert close(as_measured(raw + 3 * DAY), raw), "the clock passed over it: the moment of the jump"


def test_outside_a_demo_nothing_is_moved(cast: Any, settings: Any) -> None:
    jump(30, cast.head)
    settings.EHR_DEMO = False
    clock.forget()

    assert as_shown(timezone.now()) - timezone.now() < MINUTE


@pytest.fixture
def sent(cast: Any, connect: Any, receivers: Any) -> Effect:
    """Done thirty days ahead of the machine's clock."""
    jump(30, cast.head)
    connect("crm", receivers())
    case = an_approved_exit(cast, clock.now())
    run(clock.now())
    return the_effect(case)


def test_the_pages_and_the_api_show_when_the_product_did_it(cast: Any, sent: Effect) -> None:
    today = clock.now()

    assert close(row_of(sent).moment, today)
    answer = api_client(cast.hrbp).get(f"/api/v1/cases/{sent.case_id}/effects/").json()["results"][0]
    assert answer["finished_at"][:10] == today.astimezone(clock.LEGAL_ZONE).date().isoformat()
    page = sign_in(cast.it).get(sent.url).content.decode()
    assert f'datetime="{today.date().isoformat()}' in page


def test_it_counts_as_done_in_the_last_day(sent: Effect) -> None:
    assert last_day_of(sent.connection, at=clock.now())["calls"] == 1
    assert last_day_of(sent.connection, at=clock.now() + 2 * DAY)["calls"] == 0


def test_what_is_written_stays_the_machines_own_time(sent: Effect) -> None:
    attempt = Attempt.objects.get(effect=sent)

    assert close(attempt.started_at, timezone.now()) and close(sent.next_at, timezone.now())


def test_the_receiver_is_told_the_product_time(cast: Any, connect: Any, receivers: Any) -> None:
    from integrations.engine.carry import context_of
    from integrations.engine.claim import Claim, claim

    jump(30, cast.head)
    connect("crm", receivers())
    an_approved_exit(cast, clock.now())

    taken = claim(business_now=clock.now())

    assert isinstance(taken, Claim)
    assert close(context_of(taken).created_at, clock.now())
