"""The facts of a file by the API: read by few, changed against the version that was read."""

from datetime import date
from uuid import uuid4

import pytest

from ehr.record import Event
from employees.models import Employment, PriorSegment
from tests.access.cast import api_client

pytestmark = pytest.mark.django_db

GATED = ("relation", "first_work_date", "retirement_category", "prior_segments")


@pytest.fixture
def file(cast) -> Employment:
    return cast.employment["leaver"]


def base(file: Employment) -> str:
    return f"/api/v1/employments/{file.pk}/"


def call(user, method: str, url: str, body=None):
    return getattr(api_client(user, HTTP_IDEMPOTENCY_KEY=uuid4().hex), method)(url, body, format="json")


def with_service(file: Employment) -> PriorSegment:
    days = {"start_date": date(2016, 1, 1), "end_date": date(2021, 4, 11)}
    return PriorSegment.objects.create(employment=file, employer_name="衡川家居有限公司", **days)


@pytest.mark.parametrize("name", ["leaver", "head", "finance", "gm"])
def test_who_sees_the_employment_alone_gets_no_more_of_it_than_before(cast, file, name):
    with_service(file)

    told = call(cast.users[name], "get", base(file)).json()

    assert [told[key] for key in GATED] == [None] * 4
    assert set(told["contracts"][0]) == {"kind", "start_date", "end_date", "nth"}


def test_who_may_read_the_facts_gets_them_with_the_employment(cast, file):
    with_service(file)

    told = call(cast.legal, "get", base(file)).json()

    assert (told["relation"], told["retirement_category"], told["first_work_date"]) == ("employment", "unknown", None)
    assert told["prior_segments"][0]["employer_name"] == "衡川家居有限公司"


def test_only_what_is_sent_is_changed(cast, file):
    read = call(cast.hrbp, "get", f"{base(file)}facts/").json()

    said = {"version": read["version"], "relation": "dispatched", "first_work_date": "2012-07-01"}
    told = call(cast.hrbp, "patch", f"{base(file)}facts/", said)

    assert told.status_code == 200
    expected = read | {"relation": "dispatched", "first_work_date": "2012-07-01"}
    assert {**told.json(), "version": read["version"]} == expected
    assert told.json()["version"] != read["version"]
    changed = Event.objects.filter(kind="employees.employment.facts_corrected").latest("id")
    assert changed.payload["fields"] == ["first_work_date", "relation"]


def test_a_version_that_was_read_too_early_answers_409(cast, file):
    url, read = f"{base(file)}facts/", call(cast.hrbp, "get", f"{base(file)}facts/").json()["version"]
    call(cast.hrbp, "patch", url, {"version": read, "union_role": "committee"})

    late = call(cast.group_hr, "patch", url, {"version": read, "union_role": "chair"})

    assert late.status_code == 409
    file.refresh_from_db()
    assert file.union_role == "committee"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "version"),
        ({"version": "x", "employee_number": "HC-1"}, "employee_number"),
        ({"version": "x", "relation": None}, "relation"),
    ],
)
def test_what_can_not_be_understood_is_named(cast, file, said, field):
    told = call(cast.hrbp, "patch", f"{base(file)}facts/", said)

    assert told.status_code == 422 and field in told.json()["errors"]


def test_a_rule_that_says_no_names_its_field_and_article(cast, file):
    read = call(cast.hrbp, "get", f"{base(file)}facts/").json()["version"]
    said = {"version": read, "relation": "part_time", "probation_end_date": "2021-07-11"}

    told = call(cast.hrbp, "patch", f"{base(file)}facts/", said).json()

    assert (told["status"], told["code"], told["article"]) == (422, "probation_part_time", "LCL 70")
    assert list(told["errors"]) == ["probation_end_date"]


def test_nobody_changes_the_own_file(cast):
    own = cast.employment["hrbp"]
    read = call(cast.hrbp, "get", f"{base(own)}facts/").json()["version"]

    assert call(cast.hrbp, "patch", f"{base(own)}facts/", {"version": read, "union_role": "chair"}).status_code == 403


def test_contracts_are_added_and_corrected(cast, file):
    said = {"kind": "open", "start_date": "2027-04-12", "nth": 2}

    added = call(cast.hrbp, "post", f"{base(file)}contracts/", said)
    row = added.json()
    url = f"{base(file)}contracts/{row['id']}/"
    corrected = call(cast.hrbp, "patch", url, {"version": row["version"], "start_date": "2027-05-01"})
    late = call(cast.hrbp, "patch", url, {"version": row["version"], "start_date": "2027-06-01"})

    assert added.status_code == 201 and row["end_date"] is None
    assert corrected.json()["start_date"] == "2027-05-01"
    assert late.status_code == 409


def test_earlier_service_is_added_and_taken_away(cast, file):
    said = {"employer_name": "衡川家居有限公司", "start_date": "2016-01-01", "end_date": "2021-04-11"}

    added = call(cast.hrbp, "post", f"{base(file)}prior-segments/", said)
    refused = call(cast.hrbp, "post", f"{base(file)}prior-segments/", said)
    gone = call(cast.hrbp, "delete", f"{base(file)}prior-segments/{added.json()['id']}/")

    assert added.status_code == 201 and added.json()["severance_paid"] is False
    assert refused.status_code == 422 and refused.json()["code"] == "service_overlaps"
    assert gone.status_code == 204 and not file.prior_segments.exists()
