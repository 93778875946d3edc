"""A head leaves: everything in flight goes to named people in one reviewed action, at 18:00 of the last working day."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from ehr import deadlines
from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from employees.models import Employment
from handover import movers, operations
from handover.models import Handover, Transfer, TransferLine
from handover.movers import Mover
from offboarding import operations as ops
from offboarding.models import Approval, Track
from performance import operations as performance
from performance.models import Project, Task
from performance.rules.periods import period_from
from tests.access.cast import a_user, api_client, sign_in
from tests.factories.offboarding import a_resignation, duties_of, on
from tests.factories.offboarding import pending as pending_of

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 6, 17)
SET_TIME, BEFORE = on(LAST_DAY, hour=18), on(LAST_DAY, hour=17)


@pytest.fixture
def leaving(cast: Any, at: datetime) -> Handover:
    """The head's own handover to 何书瑶, led by the general manager."""
    opened = operations.open_handover(
        employment=cast.employment["head"], origin="offboarding.case:head", successor=cast.successor, head=cast.gm,
        due_at=SET_TIME, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip
    return Handover.objects.for_page().get(pk=opened.pk)


def proposed(leaving: Handover, cast: Any, at: datetime) -> Transfer:
    return operations.propose_transfer(handover=leaving, by=cast.hrbp, at=at)


def confirmed(leaving: Handover, cast: Any, at: datetime) -> Transfer:
    plan = proposed(leaving, cast, at)
    operations.confirm_transfer(plan=plan, by=cast.hrbp, at=at)
    return plan


def line(plan: Transfer, mover: str, text: str = "") -> TransferLine:
    return plan.lines.select_related("transfer__handover", "to").get(mover=mover, title__contains=text)


def state_of(plan: Transfer, mover: str, text: str = "") -> str:
    return line(plan, mover, text).state


def work_of(cast: Any, at: datetime) -> None:
    facts = {"employment": cast.employment["head"], "by": cast.head, "at": at}
    performance.start_project(name="大客户续约", **facts)
    performance.open_task(title="回访邱工", **facts)
    steps = [{"title": "续约", "start": Decimal(0), "target": Decimal(5)}]
    performance.set_objective(title="续约率 95%", period=period_from("2026-Q2"), key_results=steps, **facts)


def test_everything_in_flight_goes_to_named_people_at_the_set_time_and_each_line_says_what_came_of_it(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    case, own = a_resignation(cast, at), a_resignation(cast, at, who="successor")
    work_of(cast, at)
    hr, address = sign_in(cast.hrbp), reverse("handover:transfer", args=[leaving.pk])
    assert hr.post(address).status_code == 302
    plan = Transfer.objects.get()
    assert line(plan, "offboarding.approval", case.number).to == cast.successor
    assert line(plan, "offboarding.approval", own.number).to == cast.gm  # nobody signs their own exit
    assert line(plan, "employees.report", "周远航").to == cast.successor
    assert line(plan, "employees.report", "何书瑶").to == cast.gm
    chosen = reverse("handover:transfer_line", args=[leaving.pk, line(plan, "offboarding.approval", case.number).pk])
    assert hr.post(chosen, {"username": "zhou.yuanhang"}).status_code == 302  # whose exit it is: will be refused
    assert hr.post(reverse("handover:transfer_confirmation", args=[leaving.pk])).status_code == 302
    assert operations.run_transfers(at=BEFORE) == 0
    performance.open_task(title="新来的任务", employment=cast.employment["head"], by=cast.gm, at=BEFORE)

    operations.run_transfers(at=SET_TIME)

    assert state_of(plan, "offboarding.approval", case.number) == "refused"
    assert state_of(plan, "performance.work", "新来的任务") == "waiting"
    others = plan.lines.exclude(title__contains=case.number).exclude(title="新来的任务")
    assert set(others.values_list("state", flat=True)) == {"done"}
    assert hr.post(chosen, {"username": "he.shuyao"}).status_code == 302  # tried again with somebody else
    assert state_of(plan, "offboarding.approval", case.number) == "done"
    page = hr.get(address).content.decode()
    assert "评审之后才出现" in page
    # The successor sees it and can act on it; the leaver no longer can; what was there before stays in history.
    moved = pending_of(case)
    assert moved.approver == cast.successor
    assert sign_in(cast.successor).get(f"{case.url}approvals/{moved.pk}/").status_code == 200
    before = Approval.objects.get(step=moved.step, approver=cast.head)
    assert (before.state, before.decided_by) == ("delegated", cast.hrbp)
    with pytest.raises(Forbidden):
        ops.decide(approval=moved, choice=ops.Choice(decision="acknowledge"), by=cast.head, at=SET_TIME)
    with pytest.raises(WrongState):
        ops.decide(approval=before, choice=ops.Choice(decision="acknowledge"), by=cast.head, at=SET_TIME)
    ops.decide(approval=moved, choice=ops.Choice(decision="acknowledge"), by=cast.successor, at=SET_TIME)
    assert duties_of(cast.head, "offboarding.approval") == []
    # work and people
    assert Project.objects.get().employment == cast.employment["successor"]
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].line_manager == cast.employment["successor"]
    assert (
        Event.objects.filter(kind="handover.transfer.line_ended").count()
        == plan.lines.exclude(state="waiting").count() + 1
    )


def test_it_moves_once_however_often_the_clock_runs(cast: Any, at: datetime, leaving: Handover) -> None:
    case = a_resignation(cast, at)
    confirmed(leaving, cast, at)
    assert operations.run_transfers(at=SET_TIME) > 0

    assert operations.run_transfers(at=SET_TIME) == 0

    assert Approval.objects.filter(step__case=case, approver=cast.successor).count() == 1


def test_a_crash_in_the_middle_loses_and_doubles_nothing(
    cast: Any, at: datetime, leaving: Handover, monkeypatch: Any
) -> None:
    class Killed(BaseException):
        pass

    work_of(cast, at)
    plan = confirmed(leaving, cast, at)
    known = movers.mover_of("performance.work")
    assert known
    seen: list[str] = []

    def killed_after_the_second(passing: Any) -> None:
        known.move(passing)
        seen.append(passing.ref)
        if len(seen) == 2:
            raise Killed

    broken = Mover(code=known.code, label=known.label, icon="x", find=known.find, move=killed_after_the_second)
    monkeypatch.setitem(movers._movers, known.code, broken)
    with pytest.raises(Killed):
        operations.run_transfers(at=SET_TIME)
    assert plan.lines.filter(mover=known.code, state="done").count() == 1
    monkeypatch.setitem(movers._movers, known.code, known)

    operations.run_transfers(at=SET_TIME)

    assert set(plan.lines.values_list("state", flat=True)) == {"done"}
    for kind in ("project", "objective", "task"):
        assert Event.objects.filter(kind=f"performance.{kind}.moved").count() == 1


def test_what_somebody_decided_meanwhile_is_settled(cast: Any, at: datetime, leaving: Handover) -> None:
    case = a_resignation(cast, at)
    plan = confirmed(leaving, cast, at)
    ops.decide(approval=pending_of(case), choice=ops.Choice(decision="acknowledge"), by=cast.head, at=at)
    task = performance.open_task(title="晚到", employment=cast.employment["head"], by=cast.head, at=at)

    operations.run_transfers(at=SET_TIME)

    assert state_of(plan, "offboarding.approval") == "settled"
    assert state_of(plan, "performance.work", task.title) == "waiting"


def test_a_track_a_duty_and_the_places_in_other_handovers_move_too(cast: Any, at: datetime, leaving: Handover) -> None:
    other = operations.open_handover(
        employment=cast.employment["leaver"], origin="offboarding.case:leaver", successor=cast.hrbp, head=cast.head,
        due_at=SET_TIME, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip
    case = a_resignation(cast, at, who="stranger")
    track = Track.objects.create(case=case, kind="assets", required=True, owner=cast.head, due_at=SET_TIME)
    deadlines.open_deadline(kind="x.y", subject="x:1", owner=cast.head, due_at=SET_TIME, by=None, at=at)
    plan = confirmed(leaving, cast, at)

    operations.run_transfers(at=SET_TIME)

    assert set(plan.lines.values_list("state", flat=True)) == {"done"}
    other.refresh_from_db()
    track.refresh_from_db()
    assert other.head == track.owner == Deadline.objects.get(kind="x.y").owner == cast.successor
    assert duties_of(cast.head, "handover.completeness") == []
    assert [duty.kind for duty in duties_of(cast.head)] == ["handover.fill"]  # the own list stays the leaver's
    assert not Handover.objects.visible_to(cast.head).filter(pk=other.pk).exists()
    operations.state_complete(handover=other, by=cast.successor, at=SET_TIME)


def test_each_line_goes_to_somebody_and_never_to_the_leaver(cast: Any, at: datetime, leaving: Handover) -> None:
    work_of(cast, at)
    plan = proposed(leaving, cast, at)
    row = line(plan, "performance.work", "续约率")

    with pytest.raises(Refused) as refused:
        operations.choose_taker(line=row, to=cast.head, by=cast.hrbp, at=at)
    plan.lines.filter(pk=row.pk).update(to=None)
    with pytest.raises(Refused) as missing:
        operations.confirm_transfer(plan=plan, by=cast.hrbp, at=at)

    assert (refused.value.code, missing.value.code) == ("may_not_take", "somebody_missing")


def test_somebody_without_an_employment_or_without_access_is_refused_and_nothing_moves(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    work_of(cast, at)
    plan = proposed(leaving, cast, at)
    guest = a_user("guest", auditor=None)
    operations.choose_taker(line=line(plan, "performance.work", "回访"), to=guest, by=cast.hrbp, at=at)
    operations.choose_taker(line=line(plan, "performance.work", "续约率"), to=cast.stranger, by=cast.hrbp, at=at)
    operations.confirm_transfer(plan=plan, by=cast.hrbp, at=at)
    cast.stranger.close_access(at=at)

    operations.run_transfers(at=SET_TIME)

    for text in ("回访", "续约率"):
        assert state_of(plan, "performance.work", text) == "refused"
        assert line(plan, "performance.work", text).answer
    assert Task.objects.get().employment == cast.employment["head"]


def test_who_chooses_while_the_plan_runs_has_it_moved_at_once(cast: Any, at: datetime, leaving: Handover) -> None:
    work_of(cast, at)
    plan = confirmed(leaving, cast, at)
    TransferLine.objects.filter(title__contains="回访").update(state="refused")
    seen_before = line(plan, "performance.work", "回访")
    assert seen_before.transfer.state == "confirmed"
    operations.run_transfers(at=SET_TIME)

    operations.choose_taker(line=seen_before, to=cast.gm, by=cast.hrbp, at=SET_TIME)

    assert state_of(plan, "performance.work", "回访") == "done"


def test_a_project_that_another_system_keeps_is_refused_with_its_name(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    work_of(cast, at)
    Project.objects.update(source="Jira", source_id="K-1")
    plan = confirmed(leaving, cast, at)

    operations.run_transfers(at=SET_TIME)

    row = line(plan, "performance.work", "大客户续约")
    assert (row.state, "Jira" in row.answer) == ("refused", True)


def test_nobody_comes_to_report_to_somebody_below_them(cast: Any, at: datetime, leaving: Handover) -> None:
    cast.employment["stranger"].report_to(manager=cast.employment["leaver"], by=None, at=at)
    plan = proposed(leaving, cast, at)
    row = line(plan, "employees.report", "周远航")
    operations.choose_taker(line=row, to=cast.stranger, by=cast.hrbp, at=at)
    operations.confirm_transfer(plan=plan, by=cast.hrbp, at=at)

    operations.run_transfers(at=SET_TIME)

    assert state_of(plan, "employees.report", "周远航") == "refused"


def test_looking_again_before_it_is_confirmed_keeps_what_was_chosen(cast: Any, at: datetime, leaving: Handover) -> None:
    work_of(cast, at)
    plan = proposed(leaving, cast, at)
    operations.choose_taker(line=line(plan, "performance.work", "回访"), to=cast.gm, by=cast.hrbp, at=at)
    Project.objects.update(state="done")
    performance.open_task(title="新任务", employment=cast.employment["head"], by=cast.head, at=at)

    proposed(leaving, cast, at)

    assert line(plan, "performance.work", "回访").to == cast.gm
    assert line(plan, "performance.work", "新任务").state == "planned"
    assert not plan.lines.filter(title="大客户续约").exists()


def test_a_successor_who_is_named_later_is_proposed_when_one_looks_again(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    work_of(cast, at)
    proposed(leaving, cast, at)
    operations.name_successor(handover=leaving, successor=cast.stranger, by=cast.hrbp, at=at)

    plan = proposed(leaving, cast, at)

    assert set(plan.lines.filter(mover="performance.work").values_list("to", flat=True)) == {cast.stranger.pk}


def test_the_set_time_follows_the_last_working_day_and_a_withdrawn_exit_moves_nothing(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    work_of(cast, at)
    confirmed(leaving, cast, at)
    later = LAST_DAY + timedelta(days=7)
    operations.move_handover(origin=leaving.origin, last_working_date=later, due_at=on(later, hour=18), by=None, at=at)

    assert operations.run_transfers(at=SET_TIME) == 0
    operations.cancel_handover(origin=leaving.origin, by=None, at=at)
    assert operations.run_transfers(at=on(later, hour=19)) == 0


def test_only_the_head_and_hr_review_it(cast: Any, at: datetime, leaving: Handover) -> None:
    address = reverse("handover:transfer", args=[leaving.pk])
    for who in (cast.head, cast.successor, cast.leaver, cast.stranger, cast.auditor):
        assert sign_in(who).get(address).status_code in (403, 404)
    assert sign_in(cast.gm).get(address).status_code == 200
    assert "移交计划" in sign_in(cast.gm).get(leaving.get_absolute_url()).content.decode()
    assert "移交计划" not in sign_in(cast.successor).get(leaving.get_absolute_url()).content.decode()


def test_a_confirmed_plan_is_not_proposed_or_confirmed_again(cast: Any, at: datetime, leaving: Handover) -> None:
    work_of(cast, at)
    plan = confirmed(leaving, cast, at)

    assert sign_in(cast.hrbp).post(reverse("handover:transfer", args=[leaving.pk])).status_code == 409
    with pytest.raises(WrongState):
        operations.confirm_transfer(plan=plan, by=cast.gm, at=at)
    operations.run_transfers(at=SET_TIME)
    with pytest.raises(WrongState):
        operations.choose_taker(line=line(plan, "performance.work", "回访"), to=cast.gm, by=cast.gm, at=SET_TIME)


def test_a_name_that_nobody_has_comes_back_at_its_own_line_and_the_proposed_one_stands_ready(
    cast: Any, at: datetime, leaving: Handover
) -> None:
    work_of(cast, at)
    row = line(proposed(leaving, cast, at), "performance.work", "回访")
    hr = sign_in(cast.hrbp)

    page = hr.get(reverse("handover:transfer", args=[leaving.pk])).content.decode()
    answer = hr.post(reverse("handover:transfer_line", args=[leaving.pk, row.pk]), {"username": "nobody"})

    assert f'value="he.shuyao" maxlength="150" class="form-control" required id="id_{row.pk}_username"' in page
    assert answer.status_code == 422
    assert answer.content.decode().count('value="nobody"') == 1


def test_the_same_by_the_api(cast: Any, at: datetime, leaving: Handover) -> None:
    work_of(cast, at)
    hr, address = api_client(cast.hrbp), f"/api/v1/handovers/{leaving.pk}/transfer/"
    assert hr.get(address).status_code == 404

    made = hr.post(address, {}, format="json", HTTP_IDEMPOTENCY_KEY="t1")
    row = next(one for one in made.data["lines"] if one["title"] == "回访邱工")
    place = f"{address}lines/{row['id']}/"
    wrong = hr.post(place, {"to": "nobody"}, format="json", HTTP_IDEMPOTENCY_KEY="t2")
    changed = hr.post(place, {"to": "meng.huaijin"}, format="json", HTTP_IDEMPOTENCY_KEY="t3")
    done = hr.post(f"{address}confirmation/", {}, format="json", HTTP_IDEMPOTENCY_KEY="t4")

    assert (made.status_code, wrong.status_code, changed.status_code) == (201, 422, 200)
    assert (done.data["state"], done.data["actions"]) == ("confirmed", ["run"])
    assert next(one for one in done.data["lines"] if one["id"] == row["id"])["to"] == "meng.huaijin"


def test_the_page_asks_a_fixed_number_of_statements(
    cast: Any, at: datetime, leaving: Handover, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        performance.open_task(title=f"任务 {number}", employment=cast.employment["head"], by=cast.head, at=at)
    proposed(leaving, cast, at)
    hr, address = sign_in(cast.hrbp), reverse("handover:transfer", args=[leaving.pk])
    hr.get(address)

    with django_assert_max_num_queries(12):
        hr.get(address)
    with django_assert_max_num_queries(12):
        hr.get(leaving.get_absolute_url())


@pytest.mark.slow
def test_of_a_signature_and_its_transfer_at_the_same_moment_one_wins_and_the_other_sees_it(
    transactional_db: None, cast: Any, at: datetime
) -> None:
    people = ("leaver", "stranger", "it", "finance", "legal", "auditor")
    for name in people:
        Employment.objects.filter(pk=cast.employment[name].pk).update(line_manager=cast.employment["head"])
    cases = [a_resignation(cast, at, who=name) for name in people]
    opened = operations.open_handover(
        employment=cast.employment["head"], origin="offboarding.case:head", successor=cast.successor, head=cast.gm,
        due_at=SET_TIME, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip
    plan = confirmed(Handover.objects.for_page().get(pk=opened.pk), cast, at)
    asked = {case.pk: pending_of(case).pk for case in cases}
    gate = Barrier(2)

    def sign_all() -> None:
        gate.wait(timeout=10)
        for pk in asked.values():
            approval = Approval.objects.select_related("step__chain_step", "step__case", "approver").get(pk=pk)
            with suppress(WrongState, Forbidden):
                ops.decide(approval=approval, choice=ops.Choice(decision="acknowledge"), by=cast.head, at=SET_TIME)
        connection.close()

    def move_all() -> None:
        gate.wait(timeout=10)
        operations.run_transfers(at=SET_TIME)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for future in (pool.submit(sign_all), pool.submit(move_all)):
            future.result(timeout=60)

    for case in cases:
        came = state_of(plan, "offboarding.approval", case.number), Approval.objects.get(pk=asked[case.pk]).state
        assert came in (("done", "delegated"), ("settled", "acknowledged"))
        taken = Approval.objects.filter(step__approvals=asked[case.pk], approver=cast.successor).count()
        assert taken == (came[0] == "done")
