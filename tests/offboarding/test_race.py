"""Two people at once: exactly one effect, and the other is told who was first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from ehr.errors import WrongState
from offboarding import operations as ops
from offboarding.models import Approval, Case
from offboarding.models.decision import Decision
from tests.factories.offboarding import a_dismissal, pending

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
