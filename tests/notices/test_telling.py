from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ehr import notices
from ehr.identity.models import User
from ehr.notices import kinds
from ehr.notices.models import ChannelChoice, Notice, channels_of
from ehr.record.models import Event
from tests.access.cast import a_user, api_client, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    kept = dict(kinds._kinds)
    notices.register_kind("test.returned", title="{name} sent it back", body="Because of {reason}.")
    yield
    kinds._kinds.clear()
    kinds._kinds.update(kept)


def told(*users: User, at: datetime, **options: Any) -> list[Notice]:
    return notices.tell(users, kind="test.returned", params={"name": "Gu"}, at=at, **options)


def test_each_person_gets_one_line_and_the_record_one_event(at: datetime) -> None:
    one, two = a_user("one"), a_user("two")

    rows = told(one, two, one, at=at, url="/cases/1/", subject="offboarding.case:1")

    assert {row.user for row in rows} == {one, two}
    event = Event.objects.get(kind="ehr.notice.told")
    assert event.subject == "offboarding.case:1"
    assert sorted(event.payload["notice_ids"]) == sorted(str(row.pk) for row in rows)


def test_the_words_are_made_at_the_edge_and_a_missing_value_is_a_gap(at: datetime) -> None:
    (notice,) = told(a_user("one"), at=at)

    assert notice.title == "Gu sent it back"
    assert notice.body == "Because of …."


def test_a_notice_without_words_is_not_told(at: datetime) -> None:
    with pytest.raises(LookupError, match=r"test\.wordless"):
        notices.tell([a_user("one")], kind="test.wordless", at=at)


def test_telling_nobody_writes_nothing(at: datetime) -> None:
    assert notices.tell([], kind="test.returned", at=at) == []
    assert not Event.objects.exists()


def test_a_hundred_people_cost_as_many_statements_as_one(at: datetime) -> None:
    people = [User(username=f"u{number}") for number in range(100)]
    User.objects.bulk_create(people)

    def cost(users: list[User]) -> int:
        with CaptureQueriesContext(connection) as statements:
            told(*users, at=at)
        return len(statements)

    assert cost(people[:1]) == cost(people)


def test_taking_the_change_back_takes_the_notice_back(at: datetime) -> None:
    one = a_user("one")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told(one, at=at)
        _ = 1 / 0

    assert not Notice.objects.exists()


def test_reading_one_goes_where_it_points(at: datetime) -> None:
    user = a_user("one")
    first, second = told(user, at=at, url="/units/")[0], told(user, at=at)[0]
    client = sign_in(user)

    assert client.post(f"/notices/{first.pk}/reading/").headers["Location"] == "/units/"

    assert list(Notice.objects.of(user).unread()) == [second]


def test_a_notice_never_leads_to_another_site(at: datetime) -> None:
    user = a_user("one")
    (notice,) = told(user, at=at, url="https://evil.example/")

    assert sign_in(user).post(f"/notices/{notice.pk}/reading/").headers["Location"] == "/notices/"


def test_all_are_read_at_once_and_only_mine(at: datetime) -> None:
    me, other = a_user("me"), a_user("other")
    told(me, other, at=at)
    told(me, at=at)

    sign_in(me).post("/notices/reading/")

    assert not Notice.objects.of(me).unread().exists()
    assert Notice.objects.of(other).unread().count() == 1


def test_the_inbox_costs_the_same_with_three_and_with_three_hundred(at: datetime) -> None:
    costs = []
    for name, number in (("few", 3), ("many", 300)):
        user = a_user(name)
        Notice.objects.bulk_create(Notice(user=user, kind="test.returned", created_at=at) for _one in range(number))
        client = sign_in(user)
        client.get("/notices/")
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/notices/").status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 5


def test_the_inbox_pages_without_gap_or_double(at: datetime) -> None:
    user = a_user("one")
    Notice.objects.bulk_create(Notice(user=user, kind="test.returned", created_at=at) for _one in range(70))
    client, seen, query = sign_in(user), [], ""
    while True:
        page = client.get(f"/notices/{query}").context
        seen += [notice.pk for notice in page["notices"]]
        query = page["next"]
        if not query:
            break

    assert len(seen) == len(set(seen)) == 70


def test_mail_is_on_until_somebody_turns_it_off() -> None:
    user = a_user("one")
    assert channels_of(user) == {"email"}

    sign_in(user).post("/me/settings/channels/", {})

    assert channels_of(user) == set()
    assert ChannelChoice.objects.get().channel == "email"


def test_the_api_lists_mine_and_marks_them_read(at: datetime) -> None:
    me, other = a_user("me"), a_user("other")
    (mine, theirs) = told(me, at=at)[0], told(other, at=at)[0]
    api = api_client(me)

    listed = api.get("/api/v1/notices/?unread=true").json()["results"]
    assert [row["id"] for row in listed] == [str(mine.pk)]
    assert listed[0]["title"] == "Gu sent it back"
    assert api.post(f"/api/v1/notices/{theirs.pk}/reading/", HTTP_IDEMPOTENCY_KEY="a").status_code == 404

    api.post(f"/api/v1/notices/{mine.pk}/reading/", HTTP_IDEMPOTENCY_KEY="b")

    assert api.get("/api/v1/notices/?unread=true").json()["results"] == []
