"""What an approver can do with a step, and that it happens once."""

from datetime import date, timedelta

import pytest

from ehr.errors import Forbidden, Refused, WrongState
from ehr.notices.models import Notice
from ehr.record.models import Event
from handover.models import Handover
from offboarding import operations as ops
from offboarding.models import Approval, Case, Decision, Track
from tests.factories.offboarding import a_dismissal, a_resignation, approved, decide, duties_of, pending

pytestmark = pytest.mark.django_db


def test_a_resignation_cannot_be_rejected(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(WrongState) as refusal:
        decide(case, at, "reject", comment="不同意")

    assert "acknowledge" in refusal.value.allowed
    assert pending(case).approver == cast.head


def test_a_stranger_cannot_decide(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Forbidden):
        decide(case, at, "acknowledge", by=cast.stranger)


def test_the_leaver_cannot_decide_on_their_own_case(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Forbidden):
        decide(case, at, "acknowledge", by=cast.leaver)


def test_a_second_decision_answers_with_who_and_when(cast, at) -> None:
    case = a_resignation(cast, at)
    first = decide(case, at, "acknowledge")

    with pytest.raises(WrongState) as refusal:
        ops.decide(approval=first, choice=ops.Choice(decision="acknowledge"), by=cast.head, at=at)

    assert "顾承砚" in refusal.value.detail
    assert "05-18 10:00" in refusal.value.detail


def test_deciding_closes_the_duty_and_asks_the_next(cast, at) -> None:
    case = a_resignation(cast, at)

    decide(case, at, "acknowledge")

    assert duties_of(cast.head, "offboarding.approval") == []
    assert len(duties_of(cast.hrbp, "offboarding.approval")) == 1


def test_approval_plans_all_tracks_and_the_handover_at_once(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge", successor=cast.successor)

    approved(case, at)

    assert set(case.tracks.values_list("kind", flat=True)) == {
        "handover", "oa_tasks", "settlement", "accounts", "business_systems", "assets", "documents",
        "social_insurance", "non_compete",
    }  # fmt: skip
    handover = Handover.objects.get(origin=case.ref)
    assert (handover.head, handover.successor, handover.state) == (cast.head, cast.successor, "open")
    event = Event.objects.get(kind="offboarding.case.approved")
    assert event.payload["last_working_date"] == "2026-06-17"
    assert event.payload["successor_id"] == str(cast.successor.pk)


def test_each_owner_has_a_duty_with_the_day_of_the_track(cast, at) -> None:
    approved(a_resignation(cast, at), at)

    for user in (cast.finance, cast.it, cast.asset_clerk, cast.hrbp, cast.legal):
        [duty] = duties_of(user, "offboarding.track")
        assert duty.due_at.date() in {date(2026, 6, 17), date(2026, 7, 2)}


def test_an_agreed_earlier_day_is_a_waiver(cast, at) -> None:
    case = a_resignation(cast, at, requested_last_working_date=date(2026, 6, 11))

    decide(case, at, "acknowledge", last_working_date=date(2026, 6, 11))

    assert case.termination_date == date(2026, 6, 11)
    assert case.waivers.get().days == 6
    assert case.filed_date == date(2026, 5, 18)


def test_return_needs_a_reason(cast, at) -> None:
    case = a_resignation(cast, at)

    with pytest.raises(Refused) as refusal:
        decide(case, at, "return")

    assert refusal.value.field == "comment"


def test_a_returned_notice_keeps_its_legal_instant(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "return", comment="请补充日期")
    later = at + timedelta(hours=5)

    assert case.state == "returned"
    ops.amend_case(case=case, requested_last_working_date=date(2026, 6, 30), by=cast.leaver, at=later)
    ops.submit_case(case=case, by=cast.leaver, at=later)

    case.refresh_from_db()
    assert (case.state, case.filed_at, case.round) == ("in_approval", at, 2)
    assert case.last_working_date == date(2026, 6, 30)
    assert pending(case).approver == cast.head


def test_a_dismissal_goes_through_four_people(cast, at) -> None:
    case = a_dismissal(cast, at)
    asked = []
    while case.state == "in_approval":
        asked.append(decide(case, at, "approve").approver)

    assert asked == [cast.head, cast.hr_manager, cast.finance, cast.gm]
    assert case.state == "approved"


def test_a_rejection_ends_it_with_a_reason_kept_encrypted(cast, at) -> None:
    case = a_dismissal(cast, at)

    decide(case, at, "reject", comment="证据不足")

    assert case.state == "rejected"
    said = Decision.objects.get(kind="reject")
    assert said.comment == "证据不足"
    event = Event.objects.get(kind="offboarding.case.rejected")
    assert event.payload["reason_sha256"] == said.comment_sha256
    assert not Track.objects.exists()


def test_a_quiet_exit_that_is_rejected_leaves_no_trace(cast, at) -> None:
    case = a_dismissal(cast, at)

    decide(case, at, "reject", comment="证据不足")

    assert not Event.objects.filter(kind="employees.employment.kept").exists()
    assert not Notice.objects.filter(user=cast.leaver).exists()


def test_a_step_handed_to_a_colleague_waits_for_them(cast, at) -> None:
    case = a_dismissal(cast, at)

    decide(case, at, "delegate", to=cast.successor)

    assert pending(case).approver == cast.successor
    assert duties_of(cast.head, "offboarding.approval") == []


def test_it_cannot_be_handed_to_the_leaver(cast, at) -> None:
    case = a_dismissal(cast, at)

    with pytest.raises(Refused):
        decide(case, at, "delegate", to=cast.leaver)


def test_an_added_signer_must_sign_too(cast, at) -> None:
    case = a_dismissal(cast, at)
    decide(case, at, "add_approver", to=cast.legal)

    first = Approval.objects.pending().get(step__case=case, approver=cast.head)
    ops.decide(approval=first, choice=ops.Choice(decision="approve"), by=cast.head, at=at)

    assert pending(case).approver == cast.legal
    decide(case, at, "approve")
    assert pending(case).approver == cast.hr_manager


def test_a_delegate_decides_on_behalf_while_the_approver_is_away(cast, at) -> None:
    case = a_dismissal(cast, at)
    ops.delegate_while_away(
        owner=cast.head,
        delegate=cast.successor,
        from_date=date(2020, 1, 1),
        until_date=date(2099, 1, 1),
        by=cast.head,
        at=at,
    )

    decide(case, at, "approve", by=cast.successor)

    said = Decision.objects.get(kind="approve")
    assert (said.by, said.on_behalf_of) == (cast.successor, cast.head)


def test_nobody_of_the_role_found_means_hr_gets_it(cast, at) -> None:
    from ehr.access.models import RoleGrant

    RoleGrant.objects.filter(role="finance").delete()
    case = a_dismissal(cast, at)
    decide(case, at, "approve")
    decide(case, at, "approve")

    assert pending(case).approver == cast.hr_manager


def test_no_hr_at_all_leaves_it_with_the_pool_of_group_hr(cast, at) -> None:
    from ehr.access.models import RoleGrant

    RoleGrant.objects.exclude(role="it").delete()
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")

    assert (pending(case).approver, pending(case).role) == (None, "group_hr")


def test_a_case_that_is_invisible_is_not_in_the_set(cast, at) -> None:
    case = a_resignation(cast, at)

    for user in (cast.leaver, cast.head, cast.hrbp, cast.hr_manager, cast.gm, cast.auditor):
        assert case in Case.objects.visible_to(user)
    for user in (cast.successor, cast.stranger, cast.it, cast.admin, cast.finance):
        assert case not in Case.objects.visible_to(user)
