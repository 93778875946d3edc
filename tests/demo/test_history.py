"""The seeded history is one that people could have made: the verbs lead to it again."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction

from demo import seeding
from demo.play import play
from demo.protections import EXPECTING
from ehr import clock
from ehr.clock import LEGAL_ZONE
from employees.models import ProtectedStatus
from offboarding.models import Case
from tests.demo.replay import Told, replayed, stands

pytestmark = pytest.mark.slow
EMPLOYEES = 300
CASES = 10
CHANCE = random.SystemRandom().randrange(2**32)


@pytest.fixture
def leavers(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The demo's company on the morning before anybody left: (exit of the plot, employment)."""
    kept: list[Any] = []
    monkeypatch.setattr(seeding, "play", lambda plot, now: kept.extend(plot))
    seeding.seed_cast()
    seeding.seed_history(employees=EMPLOYEES)
    return kept


def test_ten_random_seeded_exits_replayed_through_the_verbs_end_the_same(leavers: list[Any]) -> None:
    now = clock.now()
    with transaction.atomic():
        play(random.Random(CHANCE).sample(leavers, CASES), now=now)
        told = [Told.of(case) for case in Case.objects.for_page().order_by("started_at")]
        transaction.set_rollback(True)
    assert (len(told), Case.objects.count()) == (CASES, 0)

    twins = replayed(told, now=now, mornings=_mornings(told, now))

    for one, twin in zip(told, twins, strict=True):
        assert stands(twin) == one.stands, f"chance {CHANCE}"


def _mornings(told: list[Told], now: datetime) -> Iterator[datetime]:
    """Today's as well before ten, as on the stage: whoever leaves today has the certificate already."""
    day, today = (at.astimezone(LEGAL_ZONE).date() for at in (min(one.begins_at for one in told), now))
    while day <= today:
        yield min(datetime.combine(day, time(10), tzinfo=LEGAL_ZONE), now)
        day += timedelta(days=1)


def test_the_law_protects_some_who_stay_and_nobody_whose_exit_is_told(leavers: list[Any]) -> None:
    protected = {
        row.employment_id: row for row in ProtectedStatus.objects.select_related("employment__person__data_key")
    }

    kinds = {row.kind for row in protected.values()}
    expecting = [row for row in protected.values() if row.employment.person.name == EXPECTING]
    assert {"maternity", "medical_period", "occupational_hazard", "work_injury", "union", "kept_first"} <= kinds
    assert [row.kind for row in expecting] == ["maternity"]
    assert not protected.keys() & {employment.pk for _exit, employment in leavers}
