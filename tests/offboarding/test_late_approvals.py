"""What a step says about being late is done: remind only, tell the next manager and HR, tell HR, or hand it on.

Monday 18 May, one working day a step: due Tuesday at 18:00, the late action two working days later."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr import deadlines
from ehr.deadlines.models import Deadline
from ehr.notices.models import Notice
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, ChainStep
from tests.factories.offboarding import a_dismissal, a_resignation, decide, duties_of, on, pending

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUE = on(date(2026, 5, 19), hour=18)
AFTER_TWO, AFTER_FOUR = on(date(2026, 5, 21), hour=19), on(date(2026, 5, 26), hour=19)
MINUTE = timedelta(minutes=1)


def late_case(cast: Any, at: Any, action: str, days: int = 2) -> Case:
    """A request that the head of the department has to sign first."""
    ops.ensure_default_chain("dismissal")
    ChainStep.objects.filter(version__chain__kind="dismissal").update(late_action=action, late_days=days)
    return a_dismissal(cast, at, by=cast.group_hr)


def told(rung: str) -> list[str]:
    rows = Notice.objects.filter(kind=f"deadlines.{rung}").values_list("user__display_name", flat=True)
    return sorted(rows)


# --- who hears ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "after_two", "after_four"),
    [
        ("remind", ([], []), ([], [])),
        ("escalate_manager", (["孟怀瑾"], []), (["孟怀瑾"], ["宋知微"])),
        ("escalate_hr", ([], ["宋知微"]), ([], ["宋知微"])),
        ("hand_over", ([], []), ([], [])),
    ],
)
def test_who_hears_of_it_and_when(cast, at, action, after_two, after_four) -> None:
    late_case(cast, at, action)

    deadlines.sweep(at=DUE + MINUTE)
    assert (told("owner"), told("manager"), told("hr")) == (["顾承砚"], [], [])
    deadlines.sweep(at=AFTER_TWO)
    assert (told("manager"), told("hr")) == after_two
    deadlines.sweep(at=AFTER_FOUR)
    assert (told("manager"), told("hr")) == after_four
    assert deadlines.sweep(at=AFTER_FOUR) == 0


def test_the_step_says_after_how_many_days(cast, at) -> None:
    late_case(cast, at, "escalate_hr", days=1)

    deadlines.sweep(at=on(date(2026, 5, 20), hour=17))
    assert told("hr") == []
    deadlines.sweep(at=on(date(2026, 5, 20), hour=19))
    assert told("hr") == ["宋知微"]


def test_whom_it_is_about_hears_nothing_even_as_the_manager_or_the_hr_of_who_is_late(cast, at) -> None:
    """The general manager is to be dismissed by a step of somebody who reports to them; so is the only HRBP."""
    ops.ensure_default_chain("dismissal")
    for who in ("gm", "hrbp"):
        a_dismissal(cast, at, who=who, by=cast.group_hr)
    Deadline.objects.filter(kind="offboarding.approval").update(owner=cast.head)

    deadlines.sweep(at=AFTER_FOUR)

    about_gm, about_hrbp = (
        Notice.objects.filter(user=user, kind__startswith="deadlines.") for user in (cast.gm, cast.hrbp)
    )
    assert [notice.title for notice in about_gm if "孟怀瑾" in notice.title] == []
    assert [notice.title for notice in about_hrbp if "宋知微" in notice.title] == []
    assert about_gm.exists()


# --- handing on -----------------------------------------------------------------------------------------------
def test_the_next_manager_is_asked_instead_with_a_due_time_of_their_own(cast, at) -> None:
    case = late_case(cast, at, "hand_over")
    before = pending(case)

    assert ops.keep_clock(at=AFTER_TWO - timedelta(hours=2))["handed_on"] == 0
    assert ops.keep_clock(at=AFTER_TWO)["handed_on"] == 1

    before.refresh_from_db()
    assert (before.state, before.decided_by) == ("delegated", None)
    assert pending(case).approver == cast.gm
    assert duties_of(cast.head, "offboarding.approval") == []
    [duty] = duties_of(cast.gm, "offboarding.approval")
    assert duty.due_at == pending(case).step.due_at == on(date(2026, 5, 22), hour=18)


def test_it_is_told_and_written_down(cast, at) -> None:
    case = late_case(cast, at, "hand_over")
    ops.keep_clock(at=AFTER_TWO)

    fact = Event.objects.get(kind="offboarding.case.step_handed_on", subject=case.ref)
    assert (fact.payload["from_id"], fact.payload["to_id"]) == (str(cast.head.pk), str(cast.gm.pk))
    assert Notice.objects.filter(kind="offboarding.asked", user=cast.gm).count() == 1


def test_it_is_done_once_however_often_the_clock_runs(cast, at) -> None:
    late_case(cast, at, "hand_over")
    ops.keep_clock(at=AFTER_TWO)

    assert ops.keep_clock(at=AFTER_TWO)["handed_on"] == 0


def test_who_was_relieved_can_no_longer_sign_and_who_relieves_can(cast, at) -> None:
    from ehr.errors import WrongState

    case = late_case(cast, at, "hand_over")
    before = pending(case)
    ops.keep_clock(at=AFTER_TWO)

    with pytest.raises(WrongState):
        ops.decide(approval=before, choice=ops.Choice(decision="approve"), by=cast.head, at=AFTER_TWO)
    decide(case, AFTER_TWO, "approve")
    assert pending(case).approver == cast.hr_manager


def test_above_the_last_manager_stands_hr_and_above_hr_nobody(cast, at) -> None:
    case = late_case(cast, at, "hand_over")
    ops.keep_clock(at=AFTER_TWO)
    ops.keep_clock(at=on(date(2026, 5, 27)))
    assert pending(case).approver == cast.hrbp

    assert ops.keep_clock(at=on(date(2026, 6, 30)))["handed_on"] == 0
    assert pending(case).approver == cast.hrbp


def test_other_late_actions_hand_nothing_on(cast, at) -> None:
    case = late_case(cast, at, "escalate_manager")

    assert ops.keep_clock(at=AFTER_FOUR)["handed_on"] == 0
    assert pending(case).approver == cast.head


# --- a notice works by itself (LCL 37, decisions 3) -------------------------------------------------------------
def test_nobody_answers_a_resignation_and_after_two_working_days_the_system_does(cast, at) -> None:
    case = a_resignation(cast, at)

    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=17))["acknowledged"] == 0
    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=18))["acknowledged"] == 1

    case.refresh_from_db()
    fact = Event.objects.get(kind="offboarding.case.approved", subject=case.ref)
    assert (case.state, fact.actor, fact.payload["by_law"]) == ("approved", None, True)
    assert case.tracks.count() == 9
    assert case.filed_at == at
    assert case.last_working_date == date(2026, 6, 17)


def test_then_nobody_is_asked_any_more_and_hr_knows_why(cast, at) -> None:
    case = a_resignation(cast, at)
    ops.keep_clock(at=on(date(2026, 5, 20), hour=18))

    assert not Deadline.objects.still_open().filter(subject=case.ref, kind="offboarding.approval").exists()
    assert sorted(case.steps.values_list("state", flat=True)) == ["done", "skipped"]
    told_hr = Notice.objects.get(kind="offboarding.acknowledged_by_law")
    assert told_hr.user == cast.hrbp


def test_in_probation_one_working_day_is_enough(cast, at) -> None:
    from employees.models import Employment

    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(
        hire_date=date(2026, 4, 1), probation_end_date=date(2026, 9, 30)
    )
    a_resignation(cast, at)

    assert ops.keep_clock(at=on(date(2026, 5, 19), hour=17))["acknowledged"] == 0
    assert ops.keep_clock(at=on(date(2026, 5, 19), hour=18))["acknowledged"] == 1


def test_a_return_for_changes_does_not_stop_the_clock(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "return", comment="日期写错了")
    assert len(duties_of(cast.leaver, "offboarding.returned")) == 1

    ops.keep_clock(at=on(date(2026, 5, 20), hour=18))

    case.refresh_from_db()
    assert (case.state, case.filed_at) == ("approved", at)
    assert duties_of(cast.leaver, "offboarding.returned") == []


def test_half_acknowledged_counts_as_not_answered(cast, at) -> None:
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")

    assert ops.keep_clock(at=on(date(2026, 5, 20), hour=18))["acknowledged"] == 1
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_request_by_the_employer_is_never_approved_by_silence(cast, at) -> None:
    case = a_dismissal(cast, at)

    ops.keep_clock(at=on(date(2026, 7, 1)))

    case.refresh_from_db()
    assert case.state == "in_approval"
