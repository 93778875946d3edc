"""Filing a resignation: a notice that works by being filed (LCL 37, decisions 3 and 13)."""

from datetime import date

import pytest

from ehr.errors import Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case
from tests.factories.offboarding import a_dismissal, a_resignation, approved, decide, duties_of, pending

pytestmark = pytest.mark.django_db


def test_it_files_with_the_dates_of_the_law(cast, at) -> None:
    case = a_resignation(cast, at)

    assert case.state == "in_approval"
    assert case.number == "LZ-2026-0001"
    assert case.filed_at == at
    assert case.filed_date == date(2026, 5, 18)
    assert case.last_working_date == case.termination_date == date(2026, 6, 17)


def test_it_marks_the_employment_as_leaving(cast, at) -> None:
    a_resignation(cast, at)

    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "leaving"


def test_it_asks_the_line_manager_first(cast, at) -> None:
    case = a_resignation(cast, at)

    assert pending(case).approver == cast.head
    [duty] = duties_of(cast.head, "offboarding.approval")
    assert duty.url == f"/cases/{case.pk}/approvals/{pending(case).pk}/"


def test_it_keeps_the_reason_out_of_the_record(cast, at) -> None:
    case = a_resignation(cast, at, reason="准备读研")

    event = Event.objects.get(kind="offboarding.case.submitted")
    assert "读研" not in str(event.payload)
    assert event.payload["reason_sha256"] == case.decisions.get(kind="reason").comment_sha256
    assert event.payload["kind"] == "resignation"


def test_it_refuses_another_name(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        a_resignation(cast, at, typed_name="周远")

    assert refusal.value.field == "typed_name"
    assert not Case.objects.exists()


def test_it_refuses_a_second_one(cast, at) -> None:
    a_resignation(cast, at)

    with pytest.raises(WrongState):
        a_resignation(cast, at)


def test_a_quiet_case_neither_stops_it_nor_shows(cast, at) -> None:
    a_dismissal(cast, at)

    case = a_resignation(cast, at)

    assert case.state == "in_approval"
    assert list(Case.objects.visible_to(cast.leaver)) == [case]


@pytest.mark.parametrize("wish", [date(9999, 12, 31), date(2019, 1, 1)])
def test_a_day_that_can_not_be_meant_is_refused(cast, at, wish) -> None:
    with pytest.raises(Refused) as refused:
        a_resignation(cast, at, requested_last_working_date=wish)

    assert refused.value.field == "requested_last_working_date"
    assert not Case.objects.exists()


def test_only_the_employee_files_it(cast, at) -> None:
    with pytest.raises(Refused) as refusal:
        ops.request_ending(
            kind="resignation",
            employment=cast.employment["leaver"],
            ground="LCL37",
            reason="x",
            requested_last_working_date=None,
            by=cast.head,
            at=at,
        )

    assert refusal.value.code == "B_KIND_STARTER"


def test_probation_shortens_the_notice_to_three_days(cast, at) -> None:
    employment = cast.employment["leaver"]
    type(employment).objects.filter(pk=employment.pk).update(
        hire_date=date(2026, 4, 1), probation_end_date=date(2026, 9, 30)
    )

    case = a_resignation(cast, at)

    assert case.last_working_date == date(2026, 5, 21)


def test_a_head_who_leaves_is_acknowledged_one_level_up(cast, at) -> None:
    case = a_resignation(cast, at, who="head")

    assert pending(case).approver == cast.gm


def test_an_hrbp_who_leaves_is_skipped(cast, at) -> None:
    case = a_resignation(cast, at, who="hrbp")
    decide(case, at, "acknowledge")

    assert pending(case).approver == cast.hr_manager


def test_it_is_acknowledged_by_two_and_then_in_process(cast, at) -> None:
    case = approved(a_resignation(cast, at), at)

    assert case.state == "approved"
    kinds = list(Event.objects.filter(subject=case.ref).order_by("id").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("offboarding.case")] == [
        "offboarding.case.started",
        "offboarding.case.submitted",
        "offboarding.case.step_opened",
        "offboarding.case.step_decided",
        "offboarding.case.step_opened",
        "offboarding.case.step_decided",
        "offboarding.case.approved",
    ]
