"""Taking back (decisions 4), staying (decisions 3), cancelling, moving the dates."""

from datetime import date

import pytest

from ehr.errors import Forbidden, Refused, WrongState
from handover.models import Handover
from offboarding import operations as ops
from offboarding.models import Approval
from offboarding.rules.dates import FourDates
from tests.factories.offboarding import a_dismissal, a_resignation, approved, decide, done, duties_of, served

pytestmark = pytest.mark.django_db


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
    assert ops.withdraw(case=case, has_consent=True, by=cast.hr_manager, at=at)


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
