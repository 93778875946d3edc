"""Taking back (decisions 4), staying (decisions 3), cancelling, moving the dates."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr.errors import Forbidden, Refused, WrongState
from handover.models import Handover
from offboarding import operations as ops
from offboarding.models import Approval, Case
from offboarding.rules.dates import FourDates
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import (
    a_consent,
    a_dismissal,
    a_resignation,
    approved,
    decide,
    done,
    duties_of,
    served,
)

pytestmark = pytest.mark.django_db
ONCE = {"Idempotency-Key": "once"}


def test_it_is_free_until_acknowledged(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")

    assert ops.withdraw(case=case, by=cast.leaver, at=at)

    assert case.state == "withdrawn"
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "active"
    assert not Approval.objects.pending().exists()
    assert duties_of(cast.hrbp, "offboarding.approval") == []


def test_after_the_acknowledgement_hr_has_to_agree(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)

    assert not ops.withdraw(case=case, by=cast.leaver, at=at)

    assert case.state == "approved"
    assert len(duties_of(cast.hrbp, "offboarding.withdrawal")) == 1


def test_consent_stops_everything_and_keeps_what_was_done(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)
    done(case, cast, at, "settlement")
    ops.withdraw(case=case, by=cast.leaver, at=at)

    ops.answer_withdrawal(case=case, agree=True, by=cast.hrbp, at=at)

    assert case.state == "withdrawn"
    assert case.tracks.get(kind="settlement").state == "done"
    assert case.tracks.get(kind="assets").state == "cancelled"
    assert Handover.objects.get(origin=case.ref).state == "cancelled"
    assert duties_of(cast.finance) == []


def test_a_refusal_leaves_it_running(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)
    ops.withdraw(case=case, by=cast.leaver, at=at)

    ops.answer_withdrawal(case=case, agree=False, comment="岗位已补", by=cast.hrbp, at=at)

    case.refresh_from_db()
    assert case.state == "approved"
    with pytest.raises(WrongState):
        ops.answer_withdrawal(case=case, agree=True, by=cast.hrbp, at=at)


def test_only_the_person_withdraws_a_resignation(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Forbidden):
        ops.withdraw(case=case, by=cast.hrbp, at=at)


def test_hr_withdraws_a_dismissal_until_it_is_delivered(cast, at) -> None:
    case = approved(a_dismissal(cast, at), at)

    assert ops.withdraw(case=case, reason="证据不足", by=cast.hr_manager, at=at)
    assert case.state == "withdrawn"


def test_after_delivery_only_with_the_signed_consent(cast, at) -> None:
    case = approved(a_dismissal(cast, at), at)
    done(case, cast, at, "union_notice")
    served(case, cast, at, method="ems")

    with pytest.raises(WrongState):
        ops.withdraw(case=case, by=cast.hr_manager, at=at)
    assert ops.withdraw(case=case, consent=a_consent(at), by=cast.hr_manager, at=at)


@pytest.fixture
def agreed(cast, at, monkeypatch) -> Case:
    """A mutual ending that both have signed."""
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    case = approved(a_dismissal(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER"), at)
    paper = case.evidence.get(paper="E_MUTUAL_AGREEMENT")
    Case.objects.filter(pk=case.pk).update(filed_date=paper.dated)
    ops.sign_agreement(case=case, signed_on=paper.dated, paper=paper.pk, by=cast.hr_manager, at=at)
    return Case.objects.get(pk=case.pk)


def test_what_both_have_signed_is_not_hrs_to_take_back(cast, at, agreed) -> None:
    browser, api = sign_in(cast.hr_manager), api_client(cast.hr_manager)

    with pytest.raises(WrongState) as refusal:
        ops.withdraw(case=agreed, reason="改主意了", by=cast.hr_manager, at=at)
    by_browser = browser.post(f"{agreed.url}withdrawal/", {"text": "改主意了"})
    by_api = api.post(f"/api/v1/cases/{agreed.pk}/withdrawal/", {"reason": "改主意了"}, format="json", headers=ONCE)

    assert "withdraw" not in refusal.value.allowed
    assert (by_browser.status_code, by_api.status_code) == (409, 409)
    assert Case.objects.get(pk=agreed.pk).state == "approved"


def test_with_the_employees_dated_paper_it_is_taken_back_and_the_paper_is_on_file(cast, at, agreed) -> None:
    page = sign_in(cast.hr_manager).get(agreed.url).content.decode()
    scan = SimpleUploadedFile("同意书.pdf", b"%PDF-1.7 consent")
    sent = {"signed_on": str(at.date()), "file": scan, "text": "双方决定继续"}

    answer = sign_in(cast.hr_manager).post(f"{agreed.url}withdrawal/", sent)

    assert 'id="withdrawal_signed_on"' in page
    assert answer.status_code == 302
    assert Case.objects.get(pk=agreed.pk).state == "withdrawn"
    assert agreed.evidence.get(paper="E_WITHDRAWAL_CONSENT").dated == at.date()


def test_by_the_api_the_consent_is_a_part_of_its_own(cast, at, agreed) -> None:
    api, url = api_client(cast.hr_manager), f"/api/v1/cases/{agreed.pk}/withdrawal/"
    consent = SimpleUploadedFile("同意书.pdf", b"%PDF-1.7 consent")

    undated = api.post(url, {"consent": consent}, format="multipart", headers={"Idempotency-Key": "k1"})
    consent.seek(0)
    sent = {"consent": consent, "signed_on": str(at.date())}
    answer = api.post(url, sent, format="multipart", headers={"Idempotency-Key": "k2"})

    assert (undated.status_code, answer.status_code) == (422, 200), answer.content
    assert answer.json()["state"] == "withdrawn"


@pytest.mark.parametrize(("days", "code"), [(1, "B_FUTURE_DATE"), (-9, "B_CONSENT_IN_ADVANCE")])
def test_a_consent_is_neither_of_a_day_to_come_nor_older_than_what_binds(cast, at, agreed, days, code) -> None:
    consent = a_consent(at, signed_on=at.date() + timedelta(days=days))

    with pytest.raises(Refused) as refusal:
        ops.withdraw(case=agreed, consent=consent, by=cast.hr_manager, at=at)

    assert (refusal.value.code, refusal.value.field) == (code, "signed_on")
    assert not agreed.evidence.filter(paper="E_WITHDRAWAL_CONSENT").exists()


def test_retained_only_by_the_persons_own_word(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)
    ops.record_retention(case=case, measure="raise", outcome="open", amount=3000, by=cast.head, at=at)
    with pytest.raises(Forbidden):
        ops.accept_retention(case=case, by=cast.hrbp, at=at)

    ops.accept_retention(case=case, by=cast.leaver, at=at)

    assert case.state == "retained"
    assert case.retentions.get().outcome == "stayed"


def test_there_must_be_an_offer(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Refused):
        ops.accept_retention(case=case, by=cast.leaver, at=at)


def test_a_notice_cannot_be_cancelled_by_the_company(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(WrongState):
        ops.cancel_case(case=case, reason="算了", by=cast.hrbp, at=at)


def test_a_request_can_be_cancelled_with_a_reason(cast, at) -> None:
    case = a_dismissal(cast, at)

    ops.cancel_case(case=case, reason="开错人了", by=cast.hrbp, at=at)

    assert case.state == "cancelled"


def four(day: date, ends: date) -> FourDates:
    return FourDates(filed_date=date(2026, 5, 18), last_working_date=day, termination_date=ends, paid_until_date=ends)


def test_the_preview_moves_nothing(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)

    shifts = ops.preview(case, four(date(2026, 6, 24), date(2026, 6, 25)), at=at)

    assert {shift.what for shift in shifts} >= {"handover", "settlement", "accounts", "social_insurance"}
    case.refresh_from_db()
    assert case.last_working_date == date(2026, 6, 17)


def test_a_change_moves_tracks_deadlines_and_the_handover(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)

    ops.change_dates(case=case, dates_to_be=four(date(2026, 6, 24), date(2026, 6, 25)), by=cast.hrbp, at=at)

    assert case.tracks.get(kind="accounts").due_at.date() == date(2026, 6, 24)
    [duty] = duties_of(cast.finance, "offboarding.track")
    assert duty.due_at.date() == date(2026, 6, 25)
    assert Handover.objects.get(origin=case.ref).last_working_date == date(2026, 6, 24)


def test_dates_that_do_not_fit_are_refused(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Refused) as refusal:
        ops.change_dates(case=case, dates_to_be=four(date(2026, 6, 26), date(2026, 6, 25)), by=cast.hrbp, at=at)

    assert refusal.value.code == "B_WORK_AFTER_TERMINATION"
