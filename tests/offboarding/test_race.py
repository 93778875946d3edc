"""Two people at once: exactly one effect, and the other is told who was first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, transaction

from ehr.errors import Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Approval, Case, FindingAnswer, LawCheck, ReferenceRow
from offboarding.models.decision import Decision
from offboarding.operations import asking_law, batching
from tests.factories.offboarding import a_dismissal, a_dismissal_draft, a_resignation, pending
from tests.factories.reference import a_row, an_average

pytestmark = pytest.mark.slow

ROUNDS = 200


@pytest.fixture
def two_heads(transactional_db, cast, at):
    """A step that either of two people may decide."""
    case = a_dismissal(cast, at)
    first = pending(case)
    assert first.step.chain_step.mode == "any"
    ops.asking.ask(first.step, case, cast.gm, by=None, at=at)
    return case


def _race(case, at):
    """Both press at the same moment; each in an own connection."""
    approvals = list(Approval.objects.pending().filter(step__case=case, step__position=1).select_related("approver"))
    gate = Barrier(len(approvals))

    def press(pk):
        try:
            approval = Approval.objects.select_related("step__chain_step", "step__case", "approver").get(pk=pk)
            gate.wait(timeout=10)
            ops.decide(approval=approval, choice=ops.Choice(decision="approve"), by=approval.approver, at=at)
            return "done"
        except WrongState as refusal:
            return refusal.detail
        finally:
            connection.close()

    with ThreadPoolExecutor(len(approvals)) as pool:
        return list(pool.map(press, [approval.pk for approval in approvals]))


def _at_once(*deeds):
    """What became of each, all begun at the same moment."""
    gate = Barrier(len(deeds))

    def press(deed):
        try:
            gate.wait(timeout=10)
            deed()
            return "done"
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(press, deeds))


def _again(case) -> None:
    """Back to the moment before, for the next round."""
    with transaction.atomic():
        Decision.objects.filter(case=case, kind="approve").delete()
        Approval.objects.filter(step__case=case, step__position__gt=1).delete()
        Approval.objects.filter(step__case=case).update(state="pending", decided_by=None, decided_at=None)
        case.steps.filter(position__gt=1).update(state="waiting", opened_at=None, due_at=None)
        case.steps.filter(position=1).update(state="open", decided_at=None)


def test_of_two_approvers_at_once_exactly_one_has_an_effect(two_heads, at) -> None:
    case = two_heads
    for _ in range(ROUNDS):
        answers = _race(case, at)

        assert answers.count("done") == 1
        [refusal] = [answer for answer in answers if answer != "done"]
        assert "顾承砚" in refusal or "孟怀瑾" in refusal
        assert Decision.objects.filter(case=case, kind="approve").count() == 1
        assert case.steps.get(position=1).state == "done"
        assert case.steps.get(position=2).state == "open"
        _again(case)
    assert Case.objects.get().state == "in_approval"


def test_of_two_answers_at_once_to_one_finding_the_second_finds_nothing_left(transactional_db, cast, at) -> None:
    case = a_dismissal_draft(cast, at, ground="LCL40_3", reason="组织调整, 门店关闭")
    said = {"gate": "submit", "code": "W_40_3_SELF_MADE_CHANGE", "reason": "有公告为证", "at": at}

    def answer(by):
        return lambda: ops.explain_finding(case=Case.objects.for_work().get(pk=case.pk), by=by, **said)

    for _ in range(ROUNDS // 10):
        answers = _at_once(answer(cast.head), answer(cast.hr_manager))

        assert sorted(answers) == ["B_NO_SUCH_FINDING", "done"]
        FindingAnswer.objects.all().delete()


def test_of_two_questions_at_once_the_second_is_one_too_many(transactional_db, cast, at, monkeypatch) -> None:
    monkeypatch.setattr(asking_law, "MOST_AN_HOUR", 1)
    question = ops.Question(kind="dismissal", ground="LCL40_2", last_day=date(2026, 6, 30), reason="x")

    def ask():
        ops.ask_law(employments=[cast.employment["leaver"]], question=question, by=cast.legal, at=at)

    for _ in range(ROUNDS // 10):
        answers = _at_once(ask, ask)

        assert sorted(answers) == ["B_TOO_MANY_CHECKS", "done"]
        LawCheck.objects.all().delete()


@pytest.mark.parametrize(
    ("deed", "last", "numbers"),
    [
        (ops.rehearse_batch, "layoffs_around", {"successor": "LZ-2026-0001"}),
        (ops.open_batch, "check_batch", {"successor": "LZ-2026-0001", "leaver": "LZ-2026-0002"}),
    ],
)
def test_while_a_list_is_asked_about_others_begin_their_cases_without_waiting(
    transactional_db, cast, at, monkeypatch, deed, last, numbers
) -> None:
    """`last`: what takes its time, once the cases of the list stand."""
    question = ops.Question(kind="dismissal", ground="LCL39_2", last_day=date(2026, 6, 30), reason="旷工")
    told: list[str] = []

    def file() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        told.append(a_resignation(cast, at, "successor").number)

    def while_it_is_open(*_entities, **_rest):
        assert Case.objects.filter(employment=cast.employment["leaver"]).exists()
        assert _at_once(file) == ["done"]
        return {}

    monkeypatch.setattr(batching, last, while_it_is_open)

    deed(employments=[cast.employment["leaver"]], question=question, by=cast.hr_manager, at=at)

    who = {cast.employment[name].pk: name for name in ("leaver", "successor")}
    assert {who[case.employment_id]: case.number for case in Case.objects.all()} == numbers
    assert told == ["LZ-2026-0001"]
    started = Event.objects.filter(kind="offboarding.case.started").values_list("payload__number", flat=True)
    assert set(started) == set(numbers.values())


def test_two_figures_for_one_day_entered_and_confirmed_at_once_leave_one_in_force(transactional_db, cast, at) -> None:
    for nth in range(ROUNDS // 40):
        monthly = [f"{13000 + 2 * nth}", f"{13001 + 2 * nth}"]
        assert _at_once(*(partial(an_average, each, by=cast.group_hr, at=at) for each in monthly)) == ["done", "done"]
        rows = list(ReferenceRow.objects.filter(status="draft"))
        for row in rows:
            ops.ask_reference(row=row, by=cast.group_hr, at=at)

        answers = _at_once(*(partial(ops.confirm_references, rows=[a_row(row)], by=cast.legal, at=at) for row in rows))

        assert answers == ["done", "done"]
        assert ReferenceRow.objects.in_force().filter(slot=rows[0].slot).count() == 1
