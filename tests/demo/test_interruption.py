"""A demo that was stopped while its past was played goes on with it, and the present never meddles."""

from typing import Any

import pytest
from django.db import connections

from demo import seeding
from ehr.deadlines import past
from offboarding.models import Case
from offboarding.tasks import keep_clock

pytestmark = pytest.mark.slow
EMPLOYEES = 300


class Interrupted(Exception):
    pass


@pytest.fixture
def half_played(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The people are there, five exits are, and then the process ended."""
    settings.EHR_DEMO = True

    def play_five(plot: Any, *, now: Any) -> None:
        play(plot[:5], now=now)
        raise Interrupted

    play = seeding.play
    seeding.seed_cast()
    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        patch.setattr(seeding, "play", play_five)
        seeding.seed_history(employees=EMPLOYEES)


def test_the_next_start_plays_the_exits_that_are_missing_and_a_third_changes_nothing(half_played: None) -> None:
    begun = set(Case.objects.values_list("pk", flat=True))

    seeding.seed_history(employees=EMPLOYEES)
    second = set(Case.objects.values_list("pk", "state"))
    seeding.seed_history(employees=EMPLOYEES)

    assert len(begun) == 5
    assert begun < {pk for pk, _state in second}
    assert len(second) == len(list(seeding.plot.exits()))
    assert set(Case.objects.values_list("pk", "state")) == second


@pytest.mark.django_db(transaction=True)
def test_the_sweeps_wait_while_another_process_plays(settings: Any) -> None:
    settings.EHR_DEMO = True
    other = connections.create_connection("default")

    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [past.KEY])
        waiting = keep_clock()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [past.KEY])
    other.close()

    assert waiting == {}
    assert keep_clock()["acknowledged"] == 0
