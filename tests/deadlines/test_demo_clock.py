"""The demo's clock goes forward only, only in a demo, and says so in the record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ehr import clock
from ehr.deadlines.demo_clock import next_morning
from ehr.deadlines.models import ClockOffset
from ehr.record.models import Event
from tests.access.cast import sign_in
from tests.deadlines.conftest import shanghai

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def fresh():
    clock.forget()
    yield
    clock.forget()


@pytest.fixture
def demo(settings):
    settings.EHR_DEMO = True


def forward(user, **data):
    return sign_in(user).post(reverse("deadlines:demo_clock"), data)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (shanghai(18, 10), shanghai(19, 9)),
        (shanghai(22, 23), shanghai(25, 9)),
        (shanghai(30, 20, month=4), shanghai(6, 9)),
    ],
)
def test_the_next_morning_is_nine_of_the_next_working_day(now, morning):
    assert next_morning(now) == morning


def test_outside_a_demo_it_does_not_exist(cast):
    assert forward(cast.head, days="1").status_code == 404
    assert not ClockOffset.objects.exists()


def test_an_offset_left_in_the_table_moves_nothing_outside_a_demo(cast):
    ClockOffset.objects.create(offset=timedelta(days=900))

    assert clock.offset() == timedelta()


def test_it_goes_forward_by_days(cast, demo):
    before = clock.now()

    assert forward(cast.head, days="3", next="/inbox/").url == "/inbox/"

    clock.forget()
    assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, seconds=30)
    assert Event.objects.get(kind="deadlines.clock.put_forward").actor == cast.head


def test_it_goes_forward_to_the_next_morning(cast, demo):
    forward(cast.head)
    clock.forget()

    local = clock.now().astimezone(clock.LEGAL_ZONE)
    assert (local.hour, local.minute) == (9, 0)


@pytest.mark.parametrize("days", ["-5", "0", "x", "1.5"])
def test_it_never_goes_back(cast, demo, days):
    before = clock.now()
    forward(cast.head, days=days)
    clock.forget()

    assert clock.now() >= before


def test_it_leads_nobody_to_another_site(cast, demo):
    assert forward(cast.head, days="1", next="https://elsewhere.example/").url == "/"


def test_the_strip_shows_only_in_a_demo(cast, settings):
    url = reverse("deadlines:inbox")
    assert "快进到明早" not in sign_in(cast.head).get(url).content.decode()

    settings.EHR_DEMO = True
    assert "快进到明早" in sign_in(cast.head).get(url).content.decode()


def test_the_time_costs_no_statement_outside_a_demo(django_assert_num_queries):
    with django_assert_num_queries(0):
        clock.now()


def test_it_follows_the_clock_of_the_database(monkeypatch):
    from django.db import connection

    monkeypatch.setattr(clock, "_difference", timedelta(hours=5))
    clock.measure(connection=connection)

    assert abs(clock._difference) < timedelta(seconds=1)


@pytest.mark.parametrize("is_played", [True, False])
def test_the_strip_says_that_the_history_is_still_coming(cast, demo, monkeypatch, is_played):
    monkeypatch.setattr("ehr.deadlines.past.is_taken", lambda key: is_played)

    page = sign_in(cast.hrbp).get("/cases/").content.decode()

    assert ("历史还在补写" in page) == is_played
