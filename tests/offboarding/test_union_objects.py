"""A union that objects is answered in writing before the ending goes on (LCL 43)."""

from datetime import timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.compliance.union import waits_for_answer
from offboarding.rules.gates import Gate
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal, add_paper, approved, done, duties_of, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE, OBJECTION, ANSWER = "B_UNION_UNANSWERED", "E_UNION_OBJECTION", "E_UNION_ANSWER"
DUTY = "offboarding.union_answer"


@pytest.fixture
def case(cast: Any, at: Any, monkeypatch: Any) -> Case:
    """The union was told."""
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    made = approved(a_dismissal(cast, at), at)
    done(made, cast, at, "union_notice")
    return made


def codes(case: Case, gate: Gate, at: Any) -> list[str]:
    return [each.code for each in Case.objects.get(pk=case.pk).stopping(gate, at=at)]


def test_its_paper_stops_the_notice_and_somebody_has_to_answer(cast, at, case) -> None:
    add_paper(case, OBJECTION, at=at, dated=at.date())

    with pytest.raises(Refused) as refusal:
        ops.issue_notice(case=case, by=cast.hr_manager, at=at)

    [duty] = duties_of(cast.hr_manager, DUTY)
    page = sign_in(cast.hr_manager).get(duty.url).content.decode()
    assert (refusal.value.code, refusal.value.article) == (CODE, "LCL 43")
    assert duty.due_at.date() == at.date() + timedelta(days=2)
    assert "工会异议" in page and "对工会的书面答复" in page
    assert "答复工会" in sign_in(cast.hr_manager).get(case.url).content.decode()


def test_the_written_answer_lets_it_go_on_and_ends_the_duty(cast, at, case) -> None:
    add_paper(case, OBJECTION, at=at, dated=at.date())

    add_paper(case, ANSWER, at=at, dated=at.date())

    assert duties_of(cast.hr_manager, DUTY) == []
    assert CODE not in codes(case, Gate.ISSUE, at)
    assert ops.issue_notice(case=case, by=cast.hr_manager, at=at)


def test_an_objection_after_the_service_still_stops_the_effect(cast, at, case) -> None:
    served(case, cast, at)
    add_paper(case, OBJECTION, at=at, dated=at.date())

    assert CODE in codes(case, Gate.EFFECT, at)


def test_an_answer_of_an_earlier_day_answers_nothing(cast, at, case) -> None:
    add_paper(case, ANSWER, at=at, dated=at.date() - timedelta(days=1))

    add_paper(case, OBJECTION, at=at, dated=at.date())

    assert duties_of(cast.hr_manager, DUTY)
    assert CODE in codes(case, Gate.ISSUE, at)


def test_legal_may_let_it_pass_with_a_reason(cast, at, case) -> None:
    add_paper(case, OBJECTION, at=at, dated=at.date())

    ops.override_finding(case=case, gate="issue", code=CODE, reason="异议已当面撤回", by=cast.legal, at=at)

    assert CODE not in codes(case, Gate.ISSUE, at)


def test_an_ending_that_no_union_is_told_of_owes_no_answer(cast, at, case) -> None:
    Case.objects.filter(pk=case.pk).update(ground="LCL44_4")
    case = Case.objects.get(pk=case.pk)

    add_paper(case, OBJECTION, at=at, dated=at.date())

    assert duties_of(cast.hr_manager, DUTY) == []


def test_without_an_objection_nothing_is_asked_for(cast, at, case) -> None:
    page = sign_in(cast.hr_manager).get(case.url).content.decode()

    assert "答复工会" not in page
    assert CODE not in codes(case, Gate.ISSUE, at)
    assert not waits_for_answer({})
