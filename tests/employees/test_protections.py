"""Protections on file: entered, ended and taken back by HR-legal alone, and the record never says which kind."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr.errors import Refused, WrongState
from ehr.record import Event
from employees.models import ProtectedStatus, ProtectionState
from tests.access.cast import api_client, sign_in

pytestmark = pytest.mark.django_db
START = date(2026, 3, 2)
WHY = "登记到了另一位同名员工"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    return at.date()


@pytest.fixture
def enter(cast, at):
    def put(kind="maternity", *, start_date=START, **more):
        return ProtectedStatus.enter(
            cast.employment["leaver"], kind=kind, start_date=start_date, by=cast.legal, at=at, **more
        )

    return put


def page_of(cast, name="leaver"):
    return f"/employees/{cast.employment[name].pk}/protections/"


def api_of(cast, name="leaver"):
    return f"/api/v1/employments/{cast.employment[name].pk}/protections/"


def of_protections():
    return Event.objects.filter(kind__startswith="employees.protection.").order_by("at", "id")


# --- The verbs --------------------------------------------------------------------------------------------


def test_the_record_tells_days_and_neither_the_kind_nor_the_grade(cast, at, today, enter) -> None:
    row = enter("work_injury", injury_grade=7)
    row.end(end_date=today, by=cast.legal, at=at)
    row.take_back(reason=WHY, by=cast.legal, at=at)

    told = list(of_protections())
    assert [one.kind.rpartition(".")[2] for one in told] == ["recorded", "ended", "taken_back"]
    assert {one.subject for one in told} == {f"employees.protectedstatus:{row.pk}"}
    assert set(told[0].payload) == {"protection_id", "employment_id", "start_date", "end_date"}
    assert "injury" not in str([one.payload for one in told]) and WHY not in str([one.payload for one in told])


def test_what_was_taken_back_stays_with_its_reason_and_counts_no_more(cast, at, today, enter) -> None:
    row = enter()

    row.take_back(reason=WHY, by=cast.legal, at=at)

    kept = ProtectedStatus.objects.get()
    assert (kept.kind, kept.taken_back_reason) == ("maternity", WHY)
    assert kept.state_on(today) == ProtectionState.TAKEN_BACK
    assert not ProtectedStatus.objects.in_force_on(today).exists()


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"end_date": START - timedelta(days=1)}, "end_before_start", "end_date"),
        ({"kind": "occupational_hazard", "end_date": date(2099, 1, 1)}, "check_up_in_future", "end_date"),
        ({"kind": "maternity", "injury_grade": 5}, "grade_without_injury", "injury_grade"),
        ({"kind": "work_injury", "injury_grade": 11}, "grade_unknown", "injury_grade"),
    ],
)
def test_it_refuses_what_can_not_be(enter, said, code, field) -> None:
    with pytest.raises(Refused) as refusal:
        enter(**said)

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not ProtectedStatus.objects.exists() and not of_protections().exists()


def test_it_refuses_the_same_kind_twice_over_the_same_days(enter) -> None:
    enter(end_date=START + timedelta(days=30))

    with pytest.raises(Refused) as refusal:
        enter(start_date=START + timedelta(days=30))
    enter(start_date=START + timedelta(days=31))
    enter("medical_period")

    assert refusal.value.code == "protection_twice"
    assert ProtectedStatus.objects.count() == 3


def test_two_accidents_are_two_injuries(enter) -> None:
    enter("work_injury", injury_grade=9)
    enter("work_injury", start_date=START + timedelta(days=10))

    with pytest.raises(Refused):
        enter("work_injury")

    assert ProtectedStatus.objects.count() == 2


def test_a_check_up_that_lies_ahead_ends_nothing(cast, at, today, enter) -> None:
    row = enter("occupational_hazard")

    with pytest.raises(Refused) as refusal:
        row.end(end_date=today + timedelta(days=1), by=cast.legal, at=at)
    row.end(end_date=today, by=cast.legal, at=at)

    assert refusal.value.code == "check_up_in_future"
    assert row.end_date == today


def test_what_has_ended_or_was_taken_back_ends_no_more(cast, at, today, enter) -> None:
    over = enter(end_date=today - timedelta(days=1))
    wrong = enter("union")
    wrong.take_back(reason=WHY, by=cast.legal, at=at)

    for row in (over, wrong):
        with pytest.raises(WrongState):
            row.end(end_date=today, by=cast.legal, at=at)
    with pytest.raises(WrongState):
        wrong.take_back(reason=WHY, by=cast.legal, at=at)


def test_who_came_second_is_judged_by_what_the_first_left(cast, at, today, enter) -> None:
    first = enter()
    second = ProtectedStatus.objects.get()
    first.take_back(reason=WHY, by=cast.legal, at=at)

    with pytest.raises(WrongState):
        second.end(end_date=today, by=cast.legal, at=at)


def test_nothing_protects_who_has_left(cast, at, enter) -> None:
    cast.employment["leaver"].end(termination_date=at.date(), by=None, at=at)

    with pytest.raises(WrongState):
        enter()


# --- The page ---------------------------------------------------------------------------------------------


def test_legal_enters_ends_and_takes_back_in_the_browser(cast, today) -> None:
    client = sign_in(cast.legal)

    client.post(page_of(cast), {"kind": "maternity", "start_date": START.isoformat()})
    row = ProtectedStatus.objects.get()
    client.post(f"{page_of(cast)}{row.pk}/ending/", {"end_date": today.isoformat()})
    client.post(f"{page_of(cast)}{row.pk}/correction/", {"reason": WHY})

    page = client.get(page_of(cast)).content.decode()
    row.refresh_from_db()
    assert (row.end_date, row.taken_back_reason) == (today, WHY)
    assert "孕期、产期、哺乳期" in page and "已撤销" in page and WHY in page
    assert "登记了一项受保护情形" in page


def test_a_double_click_enters_one(cast) -> None:
    client = sign_in(cast.legal)
    body = {"kind": "maternity", "start_date": START.isoformat(), "once": "k1"}

    answers = [client.post(page_of(cast), body).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert ProtectedStatus.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"kind": "", "start_date": "2026-06-01"}, "id_kind_error"),
        ({"kind": "maternity", "start_date": "gestern"}, "id_start_date_error"),
        ({"kind": "maternity", "start_date": "2026-03-02", "end_date": "2026-03-01"}, "早于开始日期"),
        ({"kind": "maternity", "start_date": "2026-06-01", "injury_grade": "5"}, "只有工伤才有伤残等级"),
    ],
)
def test_the_form_says_what_is_wrong_beside_the_field(cast, body, words) -> None:
    answer = sign_in(cast.legal).post(page_of(cast), body)

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("name", ["head", "hrbp", "hr_manager", "group_hr", "auditor", "leaver"])
def test_nobody_else_has_the_page_or_its_tab(cast, enter, name) -> None:
    enter()
    client = sign_in(cast.users[name])

    profile = client.get(f"/employees/{cast.employment['leaver'].pk}/").content.decode()

    assert client.get(page_of(cast)).status_code in (403, 404)
    assert "/protections/" not in profile and "受保护" not in profile


def test_nobody_reads_or_writes_the_own(cast) -> None:
    own = page_of(cast, "legal")
    client, body = sign_in(cast.legal), {"kind": "maternity", "start_date": START.isoformat()}

    assert client.get(own).status_code == 403
    assert client.post(own, body).status_code == 403
    assert api_client(cast.legal).get(api_of(cast, "legal")).status_code == 403
    assert "/protections/" not in client.get(f"/employees/{cast.employment['legal'].pk}/").content.decode()
    assert not ProtectedStatus.objects.exists()


def test_the_page_costs_at_most_twelve_statements_however_many_there_are(cast, enter) -> None:
    for n in range(12):
        enter("other", start_date=START - timedelta(days=2 * n), end_date=START - timedelta(days=2 * n))
    client = sign_in(cast.legal)
    client.get(page_of(cast))

    with CaptureQueriesContext(connection) as queries:
        page = client.get(page_of(cast))

    assert page.status_code == 200
    assert len(queries) <= 12


# --- The API ----------------------------------------------------------------------------------------------


def test_the_api_enters_ends_and_takes_back(cast, today) -> None:
    client = api_client(cast.legal)
    body = {"kind": "work_injury", "start_date": START.isoformat(), "injury_grade": 6}

    made = client.post(api_of(cast), body, format="json", HTTP_IDEMPOTENCY_KEY="a")
    own = f"{api_of(cast)}{made.json()['id']}/"
    ended = client.post(f"{own}ending/", {"end_date": str(today)}, format="json", HTTP_IDEMPOTENCY_KEY="b")
    gone = client.post(f"{own}correction/", {"reason": WHY}, format="json", HTTP_IDEMPOTENCY_KEY="c")
    again = client.post(f"{own}correction/", {"reason": WHY}, format="json", HTTP_IDEMPOTENCY_KEY="d")

    [listed] = client.get(api_of(cast)).json()["results"]
    assert [one.status_code for one in (made, ended, gone, again)] == [201, 200, 200, 409]
    assert (listed["kind"], listed["injury_grade"], listed["state"]) == ("work_injury", 6, "taken_back")
    assert ended.json()["end_date"] == str(today)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"end_date": "2026-03-01"}, "end_before_start"),
        ({"injury_grade": 6}, "grade_without_injury"),
        ({"kind": "illness"}, ""),
        ({"note": "x"}, ""),
    ],
)
def test_the_api_refuses_with_the_same_words(cast, more, code) -> None:
    body = {"kind": "maternity", "start_date": START.isoformat(), **more}

    answer = api_client(cast.legal).post(api_of(cast), body, format="json", HTTP_IDEMPOTENCY_KEY="a")

    assert answer.status_code == 422
    assert code in str(answer.json())
    assert not ProtectedStatus.objects.exists()
