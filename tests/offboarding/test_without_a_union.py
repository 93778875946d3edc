"""An employer without a union: nothing to tell, but somebody writes why it goes on all the same (LCL 43; JI1 47)."""

from typing import Any

import pytest

from ehr import record
from ehr.errors import Refused
from ehr.units.models import LegalEntity
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.gates import Gate
from tests.factories.offboarding import a_dismissal, approved, done, duties_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODE = "W_NO_UNION_ENTERPRISE"


@pytest.fixture
def case(cast: Any, at: Any, monkeypatch: Any) -> Case:
    monkeypatch.setattr("ehr.clock.now", lambda: at)
    LegalEntity.objects.update(has_union=False)
    cast.employment["leaver"].refresh_from_db()
    return approved(a_dismissal(cast, at), at)


def test_a_warning_with_a_written_reason_takes_the_place_of_the_letter(cast, at, case) -> None:
    found = [each.code for each in case.findings(Gate.ISSUE, at=at)]
    with pytest.raises(Refused) as refusal:
        ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    ops.explain_finding(case=case, gate="issue", code=CODE, reason="已告知镇总工会", by=cast.hr_manager, at=at)

    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)

    assert found == [CODE]
    assert (refusal.value.code, refusal.value.article) == (CODE, "LCL 43")
    assert notice.context["union_step"] == ""


def test_nobody_is_asked_to_tell_a_union_that_is_not_there(cast, at, case) -> None:
    assert not case.tracks.filter(kind="union_notice").exists()


def test_a_union_that_comes_later_is_told_by_a_track_of_its_own(cast, at, case) -> None:
    LegalEntity.objects.get(pk=cast.employer.pk).say_union(has_union=True, reason="已建会", by=cast.admin, at=at)
    record.deliver_all()
    fresh = Case.objects.for_page().get(pk=case.pk)
    assert [each.code for each in fresh.stopping(Gate.ISSUE, at=at)] == ["B_NO_UNION_NOTICE"]
    [duty] = [each for each in duties_of(cast.hr_manager, "offboarding.track") if each.key == "union_notice"]
    assert duty.due_at > at

    done(fresh, cast, at, "union_notice")

    assert ops.issue_notice(case=fresh, by=cast.hr_manager, at=at)


def test_it_is_laid_out_once_and_only_where_a_union_is_told(cast, at, case) -> None:
    entity = LegalEntity.objects.get(pk=cast.employer.pk)
    for has_union in (True, False, True):
        entity.say_union(has_union=has_union, reason="核对后更正", by=cast.admin, at=at)
        record.deliver_all()

    assert case.tracks.filter(kind="union_notice").count() == 1
