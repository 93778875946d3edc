"""Another employer at a unit: exits under way rest on the person's own employer, who answers for that one is asked live."""

import pytest

from ehr import access, record
from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.units.models import LegalEntity
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.gates import Gate
from tests.access.cast import a_user
from tests.factories.offboarding import a_dismissal, a_dismissal_draft, approved, done

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def without_union(db) -> LegalEntity:
    return LegalEntity.objects.create(code="RET", name="衡川零售有限公司", has_union=False)


def test_the_union_of_the_persons_employer_is_still_told(cast, at, without_union) -> None:
    case = approved(a_dismissal(cast, at), at)

    cast.unit["sales_unit"].employ(without_union, by=cast.group_hr, at=at)
    record.deliver_all()

    fresh = Case.objects.for_page().get(pk=case.pk)
    assert [each.code for each in fresh.stopping(Gate.ISSUE, at=at)] == ["B_NO_UNION_NOTICE"]
    done(fresh, cast, at, "union_notice")
    notice = ops.issue_notice(case=fresh, by=cast.hr_manager, at=at)
    assert notice.entity == cast.employer


def test_who_lets_findings_pass_for_the_employer_follows_the_units_that_stand_for_it(cast, at, without_union) -> None:
    case = a_dismissal_draft(cast, at)
    lawyer = a_user("pei.yunqi")
    RoleGrant.objects.create(user=lawyer, role=Role.HR_LEGAL, unit=cast.unit["retail"])

    def may() -> bool:
        access.forget(lawyer)
        return ops.may_override(lawyer, case)

    assert not may(), "the employer stands at the group, out of reach"
    cast.unit["retail"].employ(cast.employer, by=cast.group_hr, at=at)
    assert may()
    cast.unit["retail"].employ(without_union, by=cast.group_hr, at=at)
    assert not may()
