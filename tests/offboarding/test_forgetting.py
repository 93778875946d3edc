"""The review of the contact data ends with what is deleted (PIPL 47)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from ehr.record.models import Event
from employees.keeping import forget_contacts
from employees.models import Person
from offboarding import operations as ops
from offboarding.models import Case, Obligation
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = date(2026, 6, 17)
OTHERS = ("retention", "wage_records", "arbitration_window", "contact_review")


@pytest.fixture
def left(cast: Any, at: Any) -> Case:
    case = approved(a_resignation(cast, at), at)
    person = Person.objects.get(pk=case.employment.person_id)
    person.phone, person.personal_email, person.bank_account = "13800001111", "zhou@example.com", "6222000011112222"
    person.save()
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    return Case.objects.for_page().get(pk=case.pk)


@pytest.fixture
def free(left: Case, at: Any) -> Case:
    """Everything else of the exit is done."""
    left.obligations.exclude(kind__in=OTHERS).update(done_at=at, outcome="done")
    return left


def review(case: Case) -> Obligation:
    return Obligation.objects.for_work().get(case=case, kind="contact_review")


def person_of(case: Case) -> Person:
    return Person.objects.get(pk=case.employment.person_id)


def test_what_was_chosen_is_gone_with_what_it_was_found_by(free: Case, cast: Any, at: Any) -> None:
    ops.finish_obligation(obligation=review(free), forget=["phone", "bank_account"], by=cast.hrbp, at=at)

    person = person_of(free)
    assert (person.phone, person.phone_index, person.bank_account, person.bank_account_index) == (None,) * 4
    assert person.personal_email == "zhou@example.com" and person.personal_email_index
    assert review(free).outcome == "done"
    event = Event.objects.get(kind="employees.employment.contacts_forgotten")
    assert event.payload["fields"] == ["bank_account", "phone"]
    assert "1380000" not in str(event.payload)


def test_while_something_needs_them_they_stay_and_it_is_said_what(left: Case, cast: Any, at: Any) -> None:
    with pytest.raises(Refused) as refusal:
        ops.finish_obligation(obligation=review(left), forget=["phone"], by=cast.hrbp, at=at)

    assert refusal.value.code == "B_CONTACTS_NEEDED"
    assert "住房公积金封存或转移" in sign_in(cast.hrbp).get(review(left).url).content.decode()
    assert person_of(left).phone == "13800001111" and review(left).is_open


def test_an_open_dispute_needs_them(free: Case, cast: Any, at: Any) -> None:
    facts = ops.DisputeFacts(about="wages", body="mediation", filed_date=date(2026, 5, 1))
    ops.record_dispute(case=free, facts=facts, by=cast.legal, at=on(LAST))

    with pytest.raises(Refused):
        ops.finish_obligation(obligation=review(free), forget=["phone"], by=cast.hrbp, at=at)


def test_only_the_review_deletes_any(free: Case, cast: Any, at: Any) -> None:
    free.obligations.filter(kind="housing_fund").update(done_at=None, outcome="")
    row = Obligation.objects.for_work().get(case=free, kind="housing_fund")

    with pytest.raises(Refused) as refusal:
        ops.finish_obligation(obligation=row, forget=["phone"], by=cast.hrbp, at=at)

    assert refusal.value.code == "B_NO_CONTACTS"


def test_of_somebody_who_works_here_nothing_is_deleted(cast: Any, at: Any) -> None:
    with pytest.raises(Refused) as refusal:
        forget_contacts(employment=cast.employment["leaver"], names=["phone"], by=cast.hrbp, at=at)

    assert refusal.value.code == "B_STILL_EMPLOYED"


def test_in_the_browser_one_ticks_what_goes(free: Case, cast: Any) -> None:
    browser, url = sign_in(cast.hrbp), review(free).url
    page = browser.get(url).content.decode()
    assert "从档案中删除" in page and 'value="personal_email"' in page

    answer = browser.post(url, {"action": "done", "note": "", "forget": ["personal_email"]})

    assert (answer.status_code, person_of(free).personal_email) == (302, None)


def test_over_the_api_the_names_are_sent(free: Case, cast: Any) -> None:
    client = api_client(cast.hrbp, HTTP_IDEMPOTENCY_KEY="one")
    url = f"/api/v1/cases/{free.pk}/obligations/{review(free).pk}/"
    assert client.post(url, {"forget": ["name"]}, format="json").status_code == 422

    answer = api_client(cast.hrbp, HTTP_IDEMPOTENCY_KEY="two").post(url, {"forget": ["phone"]}, format="json")

    assert (answer.status_code, person_of(free).phone) == (200, None)


def test_the_page_of_the_review_asks_little(free: Case, cast: Any, django_assert_max_num_queries: Any) -> None:
    browser, url = sign_in(cast.hrbp), review(free).url
    browser.get(url)

    with django_assert_max_num_queries(12):
        browser.get(url)
