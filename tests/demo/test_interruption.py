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


def test_the_next_start_plays_the_exits_that_are_missing(half_played: None) -> None:
    begun = set(Case.objects.values_list("pk", flat=True))

    seeding.seed_history(employees=EMPLOYEES)

    assert len(begun) == 5
    assert Case.objects.filter(pk__in=begun).count() == 5
    assert Case.objects.count() == len(list(seeding.plot.exits()))
    assert seeding.is_finished()


def test_a_third_start_changes_nothing(half_played: None) -> None:
    seeding.seed_history(employees=EMPLOYEES)
    before = set(Case.objects.values_list("pk", "state"))

    seeding.seed_history(employees=EMPLOYEES)

    assert set(Case.objects.values_list("pk", "state")) == before


@pytest.mark.django_db(transaction=True)
def test_the_sweeps_wait_while_another_process_plays(settings: Any) -> None:
    settings.EHR_DEMO = True
    other = connections.create_connection("default")

    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [past.KEY])
        waiting = keep_clock()
    other.close()

    assert waiting == {}
    assert set(keep_clock()) == {"acknowledged", "certified", "ended", "closed"}
