"""A notice with a mistake is corrected, not rewritten: the first stays, and the second has to be served anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr import documents
from ehr.documents import Document
from ehr.errors import Refused, WrongState
from employees.models import Contract, Employment
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.queries.service_page import service_page
from offboarding.rules.gates import Gate
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_consent, a_dismissal, approved, done, duties_of, on, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case(cast: Any, at: Any, monkeypatch: Any) -> Case:
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    found = approved(a_dismissal(cast, at), at)
    done(found, cast, at, "union_notice")
    return found


def a_notice(case: Case, cast: Any, at: Any) -> Document:
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)
    return notice


def corrected(case: Case, first: Document, cast: Any, at: Any) -> Document:
    first.refresh_from_db()
    return ops.reissue_paper(document=first, case=case, given={}, by=cast.hr_manager, at=at)


def effect(case: Case, at: Any) -> list[str]:
    return [each.code for each in Case.objects.get(pk=case.pk).findings(Gate.EFFECT, at=at)]


def test_the_first_counts_until_the_second_is_sealed(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    served(case, cast, at)
    assert "B_NO_SERVICE_PROOF" not in effect(case, at)

    second = corrected(case, first, cast, at)
    waiting = effect(case, at)
    documents.release(second, by=cast.document_clerk, at=at)

    first.refresh_from_db()
    assert "B_NO_SERVICE_PROOF" not in waiting
    assert "B_NO_SERVICE_PROOF" in effect(case, at)
    assert (first.state, second.edition, second.supersedes_id) == ("superseded", 2, first.pk)


def test_its_page_offers_what_can_be_done_next_and_no_second_issue(cast, at, case) -> None:
    page, manager = f"/cases/{case.pk}/papers/termination_notice/", sign_in(cast.hr_manager)
    before = manager.get(page).content.decode()
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    waiting = manager.get(page).content.decode()
    documents.release(notice, by=cast.document_clerk, at=at)

    issued = manager.get(page).content.decode()

    nexts = [
        f"/cases/{case.pk}/service-proofs/",
        notice.file_url,
        f"/cases/{case.pk}/papers/{notice.pk}/reissue/",
    ]
    assert ["出具文书<" in each.replace("\n", "") for each in (before, waiting, issued)] == [True, False, False]
    assert [f'href="{url}"' in waiting for url in nexts] == [False, False, False]
    assert [f'href="{url}"' in issued for url in nexts] == [True, True, True]


def test_its_service_starts_anew_and_the_old_way_stays_readable(
    cast, at, case, django_capture_on_commit_callbacks
) -> None:
    first = a_notice(case, cast, at)
    old = served(case, cast, at)
    second = corrected(case, first, cast, at)
    documents.release(second, by=cast.document_clerk, at=at)
    ops.serving.ask_to_serve(case, by=cast.document_clerk, at=at)
    page = service_page(cast.hr_manager, Case.objects.for_page().get(pk=case.pk))
    assert ([row.service.pk for row in page.earlier], page.rows, page.delivered) == ([old.pk], [], None)
    assert duties_of(cast.hr_manager, "offboarding.service")

    later = at + timedelta(days=1)
    new = served(Case.objects.for_page().get(pk=case.pk), cast, later)

    assert new.document_id == second.pk
    assert "B_NO_SERVICE_PROOF" not in effect(case, later)
    shown = sign_in(cast.hr_manager).get(f"/cases/{case.pk}/service-proofs/").content.decode()
    assert first.number in shown
    assert second.number in shown


def test_what_is_shown_of_the_old_way_can_still_be_added_to_but_proves_nothing(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    sending = ops.Sending(method="ems", sent_date=at.date(), is_agreed=True)
    old = ops.send_notice(case=case, sending=sending, by=cast.hr_manager, at=at)
    documents.release(corrected(case, first, cast, at), by=cast.document_clerk, at=at)

    old.refresh_from_db()
    ops.follow_service(service=old, result="delivered", day=at.date(), by=cast.hr_manager, at=at)

    assert "B_NO_SERVICE_PROOF" in effect(case, at)


def test_after_the_ending_the_notice_stays_as_it_was_served(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    served(case, cast, at)
    after = on(case.termination_date + timedelta(days=1))
    ops.end_employment(case, at=after)

    with pytest.raises(WrongState):
        corrected(Case.objects.for_page().get(pk=case.pk), first, cast, after)


def test_the_service_of_a_notice_that_was_taken_back_ends_nothing(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    served(case, cast, at)

    taken_back(first, cast, at)

    assert "B_NO_SERVICE_PROOF" in effect(case, at)
    assert not ended(case)
    with pytest.raises(Refused) as refusal:
        served(case, cast, at)
    assert refusal.value.code == "B_NOTICE_TAKEN_BACK"


def test_a_notice_issued_anew_is_served_anew(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    served(case, cast, at)
    taken_back(first, cast, at)

    a_notice(case, cast, at)
    ops.serving.ask_to_serve(case, by=cast.document_clerk, at=at)

    assert duties_of(cast.hr_manager, "offboarding.service")
    assert not ended(case)
    served(Case.objects.for_page().get(pk=case.pk), cast, at)
    assert ended(case)


def test_the_service_of_a_paper_from_outside_is_not_that_of_the_next_notice(cast, at, case) -> None:
    served(case, cast, at)
    first = a_notice(case, cast, at)
    assert "B_NO_SERVICE_PROOF" not in effect(case, at)

    documents.release(corrected(case, first, cast, at), by=cast.document_clerk, at=at)

    assert "B_NO_SERVICE_PROOF" in effect(case, at)


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_whoever_read_a_notice_is_kept_only_by_consent_whatever_became_of_it(cast, at, case, is_taken_back) -> None:
    first = a_notice(case, cast, at)
    served(case, cast, at)
    if is_taken_back:
        taken_back(first, cast, at)
    else:
        documents.release(corrected(case, first, cast, at), by=cast.document_clerk, at=at)
    shown = api_client(cast.hr_manager).get(f"/api/v1/cases/{case.pk}/").json()

    with pytest.raises(WrongState):
        ops.withdraw(case=case, by=cast.hr_manager, at=at)

    assert "withdraw" not in shown["actions"]
    assert ops.withdraw(case=case, consent=a_consent(at), by=cast.hr_manager, at=at)


def test_one_corrected_after_probation_comes_too_late(cast, at, monkeypatch) -> None:
    """A notice on LCL 39(1) has to be delivered inside it (compliance 1.2)."""
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    case = in_probation_until(at.date(), cast, at)
    done(case, cast, at, "union_notice")
    first = a_notice(case, cast, at)
    served(case, cast, at)
    assert "B_PROBATION_EXPIRED" not in effect(case, at)

    later = at + timedelta(days=1)
    documents.release(corrected(case, first, cast, later), by=cast.document_clerk, at=later)
    served(Case.objects.for_page().get(pk=case.pk), cast, later)

    assert "B_PROBATION_EXPIRED" in effect(case, later)
    assert not ended(case)


def in_probation_until(day: date, cast: Any, at: Any) -> Case:
    employment = cast.employment["leaver"]
    start = day - timedelta(days=60)
    Employment.objects.filter(pk=employment.pk).update(hire_date=start, probation_end_date=day)
    employment.contracts.all().delete()
    Contract.objects.create(employment=employment, start_date=start, end_date=start + timedelta(days=1200))
    employment.refresh_from_db()
    return approved(a_dismissal(cast, at, ground="LCL39_1", reason="试用期考核不符合录用条件"), at)


def taken_back(notice: Document, cast: Any, at: Any) -> None:
    notice.refresh_from_db()
    documents.revoke(notice, reason="写错了日期", by=cast.document_clerk, at=at)


def ended(case: Case) -> bool:
    return ops.end_employment(Case.objects.for_page().get(pk=case.pk), at=on(case.termination_date + timedelta(days=1)))


def test_the_page_and_the_api_offer_it(cast, at, case) -> None:
    first = a_notice(case, cast, at)
    url = f"/cases/{case.pk}/papers/{first.pk}/reissue/"

    assert url in sign_in(cast.hr_manager).get(f"/cases/{case.pk}/papers/").content.decode()
    answer = api_client(cast.hr_manager).post(
        f"/api/v1{url}", {"fields": {}, "bilingual": False}, format="json", HTTP_IDEMPOTENCY_KEY="k"
    )

    assert (answer.status_code, answer.json()["edition"]) == (201, 2)
