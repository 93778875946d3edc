"""The inbox page and its API: what waits for me, red and oldest first."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ehr import deadlines
from ehr.deadlines import queries
from tests.access.cast import api_client, sign_in
from tests.deadlines.conftest import KIND, shanghai

pytestmark = pytest.mark.django_db
NOW = shanghai(20, 10)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("ehr.clock.now", lambda: NOW)


@pytest.fixture
def four_groups(opened):
    for key, due in {
        "later": shanghai(27, 18),
        "week": shanghai(22, 18),
        "today": shanghai(20, 18),
        "late": shanghai(19, 18),
    }.items():
        opened(key=key, due_at=due, params={"name": key})


def get(user, url=None, **headers):
    return sign_in(user).get(url or reverse("deadlines:inbox"), **headers)


def test_it_shows_four_groups_with_the_late_first(four_groups, cast):
    page = get(cast.head).content.decode()

    places = [page.index(f"Approve the exit of {name}") for name in ("late", "today", "week", "later")]
    assert places == sorted(places)
    assert "逾期 16 小时" in page
    assert "等您处理的 4 件" in page and "1 件已逾期" in page


def test_an_empty_inbox_says_so(cast):
    assert "都办完了" in get(cast.stranger).content.decode()


def test_somebody_elses_duties_are_not_there(four_groups, cast):
    assert "Approve the exit" not in get(cast.stranger).content.decode()


def test_anonymous_is_sent_to_the_sign_in_page(client):
    assert client.get(reverse("deadlines:inbox")).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_answers_only_to_get(cast, method):
    assert getattr(sign_in(cast.head), method)(reverse("deadlines:inbox")).status_code == 405


def test_pages_follow_one_another_without_gap_or_repetition(opened, cast):
    for number in range(queries.PER_PAGE * 2 + 5):
        opened(key=f"{number:03d}", due_at=NOW + timedelta(minutes=number % 3))

    seen, after = [], None
    while True:
        page, after = queries.page_of(queries.waiting_for(cast.head), after)
        seen += [deadline.pk for deadline in page]
        if after is None:
            break
        after = queries.Cursor.of(str(after))
    assert len(seen) == len(set(seen)) == queries.PER_PAGE * 2 + 5


@pytest.mark.parametrize(
    "text", ["", "x", "2026-05-18T00:00:00_0", "2026-05-18T00:00:00_01a20104-4404-73ba-bb31-1a5b4c9b0c0f"]
)
def test_a_broken_cursor_begins_at_the_beginning(text):
    assert queries.Cursor.of(text) is None


def test_htmx_gets_the_rows_alone(opened, cast):
    for number in range(queries.PER_PAGE + 1):
        opened(key=str(number))

    first = get(cast.head).content.decode()
    cursor = str(queries.page_of(queries.waiting_for(cast.head), None)[1])
    rest = get(cast.head, f"{reverse('deadlines:inbox')}?after={cursor.replace('+', '%2B')}", HTTP_HX_REQUEST="true")

    assert first.count("<li>") >= queries.PER_PAGE and 'rel="next"' in first
    assert rest.content.decode().count("Approve the exit") == 1
    assert "<html" not in rest.content.decode()


@pytest.mark.parametrize("rows", [3, 300])
def test_the_number_of_statements_does_not_depend_on_the_rows(opened, cast, rows, django_assert_max_num_queries):
    for number in range(rows):
        opened(key=str(number))
    client = sign_in(cast.head)

    with django_assert_max_num_queries(6):
        client.get(reverse("deadlines:inbox"))


def test_what_i_finished_is_kept(opened, cast, at):
    opened()
    deadlines.close(subject="tests.case:1", kind=KIND, by=cast.head, at=at)

    assert "Approve the exit of 周远航" in get(cast.head, reverse("deadlines:done")).content.decode()
    assert "还没有办过的事" in get(cast.boss, reverse("deadlines:done")).content.decode()


def test_the_api_gives_the_same_list(four_groups, cast):
    answer = api_client(cast.head).get("/api/v1/inbox/").json()

    assert [row["title"].split()[-1] for row in answer["results"]] == ["late", "today", "week", "later"]
    assert [row["is_late"] for row in answer["results"]] == [True, False, False, False]
    assert api_client(cast.stranger).get("/api/v1/inbox/").json()["results"] == []
