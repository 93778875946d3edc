"""What the law forbids is refused with the same code by the verb, the API and the page; deleting one call turns these red."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from employees.models import Contract, Employment, Person, ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.words import finding_words
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal_draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def long_in_service(cast: Any, at: Any) -> Case:
    """Fifteen years here, four and a half to the delayed age of 50 (LCL 42(5))."""
    employment = cast.employment["leaver"]
    Person.objects.filter(pk=employment.person_id).update(birth_date=date(1979, 1, 10), gender="female")
    Employment.objects.filter(pk=employment.pk).update(hire_date=date(2008, 4, 1), retirement_category="female_50")
    employment.refresh_from_db()
    employment.person.refresh_from_db()
    return a_dismissal_draft(cast, at, ground="LCL40_2")


def pregnant_from_tomorrow(cast: Any, at: Any) -> Case:
    """It begins after the request, before the last day."""
    employment = cast.employment["leaver"]
    start = at.date() + timedelta(days=1)
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind="maternity", start_date=start
    )
    return a_dismissal_draft(cast, at, ground="LCL40_3")


def sick_without_an_end(cast: Any, at: Any) -> Case:
    """A shorter medical period entered later does not end the one that still runs."""
    employment = cast.employment["leaver"]
    for start, end in ((30, None), (10, at.date() - timedelta(days=1))):
        ProtectedStatus.objects.create(
            employment=employment,
            data_key=employment.person.data_key,
            kind="medical_period",
            start_date=at.date() - timedelta(days=start),
            end_date=end,
        )
    return a_dismissal_draft(cast, at, ground="LCL40_3")


def beyond_lawful_probation(cast: Any, at: Any) -> Case:
    """Two years of contract allow two months of probation; six were agreed (LCL 19)."""
    employment = cast.employment["leaver"]
    Employment.objects.filter(pk=employment.pk).update(hire_date=date(2026, 3, 1), probation_end_date=date(2026, 8, 31))
    employment.contracts.all().delete()
    Contract.objects.create(employment=employment, start_date=date(2026, 3, 1), end_date=date(2028, 2, 29))
    employment.refresh_from_db()
    return a_dismissal_draft(cast, at, ground="LCL39_1")


def an_intern(cast: Any, at: Any) -> Case:
    """Compliance 1.0: other rules apply than those of this law, so somebody says why it goes this way."""
    cast.employment["leaver"].relation = "intern"
    cast.employment["leaver"].save()
    return a_dismissal_draft(cast, at, ground="LCL40_3")


FORBIDDEN = [
    (long_in_service, "B_PROTECTED_42"),
    (pregnant_from_tomorrow, "B_PROTECTED_42"),
    (sick_without_an_end, "B_PROTECTED_42"),
    (beyond_lawful_probation, "B_PROBATION_EXPIRED"),
    (an_intern, "W_OUT_OF_SCOPE"),
]


@pytest.mark.parametrize(("draft", "code"), FORBIDDEN)
def test_every_way_of_sending_it_refuses_with_the_same_code(cast, at, draft, code):
    case = draft(cast, at)

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)
    by_api = api_client(cast.head).post(
        f"/api/v1/cases/{case.pk}/submission/", {}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )
    last_day = case.requested_last_working_date.isoformat()
    by_page = sign_in(cast.head).post(f"{case.url}submission/", {"requested_last_working_date": last_day})

    assert refusal.value.code == code
    assert by_api.status_code == 422 and code in str(by_api.json())
    assert by_page.status_code == 422 and finding_words(code) in by_page.content.decode()
    case.refresh_from_db()
    assert case.state == "draft"


def test_no_refusal_says_which_protection_it_was(cast, at):
    case = long_in_service(cast, at)

    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.head, at=at)

    assert (refusal.value.code, refusal.value.article) == ("B_PROTECTED_42", "LCL 42")


def test_somebody_whom_nothing_protects_may_be_dismissed(cast, at):
    case = a_dismissal_draft(cast, at, ground="LCL40_2")

    ops.submit_case(case=case, by=cast.head, at=at)

    assert case.state == "in_approval"
