"""The pages of people: what they show, to whom, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr.record import Event
from employees.models import Employment, Unmasking
from tests.access.cast import sign_in

pytestmark = pytest.mark.django_db


def test_hr_finds_people_of_the_own_units_only(cast):
    client = sign_in(cast.hrbp)

    page = client.get("/employees/", {"status": "all"}).content.decode()

    assert "周远航" in page
    assert "唐景行" not in page


def test_an_employee_sees_only_the_own_row(cast):
    page = sign_in(cast.stranger).get("/employees/").content.decode()

    assert "唐景行" in page
    assert "周远航" not in page


def test_the_list_answers_a_fragment_to_htmx(cast):
    answer = sign_in(cast.auditor).get("/employees/", {"q": "zyh"}, headers={"HX-Request": "true", "HX-Target": "rows"})

    assert "<html" not in answer.content.decode()
    assert "周远航" in answer.content.decode()


def test_the_list_costs_the_same_for_many(cast):
    client = sign_in(cast.group_hr)
    client.get("/employees/")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/employees/")

    assert len(queries) <= 12


def test_a_profile_costs_at_most_twelve_statements(cast):
    client = sign_in(cast.hrbp)
    url = f"/employees/{cast.employment['leaver'].pk}/"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)

    assert page.status_code == 200
    assert len(queries) <= 12


def test_an_invisible_profile_is_not_there(cast):
    answer = sign_in(cast.stranger).get(f"/employees/{cast.employment['leaver'].pk}/")

    assert answer.status_code == 404


def test_my_file_leads_to_the_own_profile(cast):
    answer = sign_in(cast.leaver).get("/me/file/")

    assert answer.url == f"/employees/{cast.employment['leaver'].pk}/"


def test_a_covered_value_needs_a_purpose(cast):
    answer = sign_in(cast.hrbp).post(_looks(cast), {"field": "base_pay", "purpose": ""})

    assert answer.status_code == 422
    assert not Unmasking.objects.exists()


def test_looking_shows_the_value_and_leaves_an_event(cast, at):
    cast.employment["leaver"].set_pay(base_pay="18500.00", by=None, at=at)

    answer = sign_in(cast.hrbp).post(_looks(cast), {"field": "base_pay", "purpose": "settlement", "note": "核对"})

    assert "18500.00" in answer.content.decode()
    event = Event.objects.get(kind="employees.employment.unmasked")
    assert event.payload["purpose"] == "settlement"
    assert "核对" not in str(event.payload) and "18500" not in str(event.payload)


def test_a_head_can_not_open_pay(cast):
    answer = sign_in(cast.head).post(_looks(cast), {"field": "base_pay", "purpose": "pay_review"})

    assert answer.status_code == 403
    assert not Unmasking.objects.exists()


def test_the_own_pay_is_open_to_the_person(cast, at):
    cast.employment["leaver"].set_pay(base_pay="18500.00", by=None, at=at)

    answer = sign_in(cast.leaver).post(_looks(cast), {"field": "base_pay", "purpose": "contact"})

    assert "18500.00" in answer.content.decode()


def test_pay_is_not_in_the_page_itself(cast, at):
    cast.employment["leaver"].set_pay(base_pay="18500.00", by=None, at=at)

    page = sign_in(cast.hrbp).get(f"/employees/{cast.employment['leaver'].pk}/").content.decode()

    assert "18500" not in page


def test_the_tree_narrows_the_list(cast):
    page = sign_in(cast.auditor).get("/employees/", {"unit": str(cast.unit["supply"].pk)}).content.decode()

    assert "唐景行" in page and "周远航" not in page


def test_paging_goes_on_behind_the_last_row(cast, monkeypatch):
    from ehr import paging

    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {"cursor": "", "size": 5})
    client, seen, url = sign_in(cast.auditor), [], "/employees/"

    while url:
        page = client.get(url).context
        seen += [row.employee_number for row in page["page"].rows]
        url = "/employees/" + page["next"] if page["next"] else ""

    assert seen == sorted(Employment.objects.values_list("employee_number", flat=True))


def _looks(cast) -> str:
    return f"/employees/{cast.employment['leaver'].pk}/looks/"


def test_the_list_shows_whom_one_may_see(cast):
    for user in cast.users.values():
        listed = Employment.objects.listed_for(user).values_list("pk", flat=True)
        assert set(listed) == set(Employment.objects.visible_to(user).values_list("pk", flat=True))


def test_the_timeline_shows_the_day_a_hiring_counts_from(cast) -> None:
    page = sign_in(cast.leaver).get(f"/employees/{cast.employment['leaver'].pk}/").content.decode()

    entry = page.partition("ui-tl")[2]
    assert '<time datetime="2021-04-12">' in entry
    assert "2026-05-18" not in entry
