"""A contract that runs out: who has to be kept on, and what shows that nobody has to (LCL 14, 45)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr.errors import Refused
from employees.models import Contract, ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.kinds import Starter
from tests.access.cast import sign_in
from tests.factories.offboarding import add_paper, approved, on

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def an_expiry(cast: Any, at: Any, *, nth: int = 1, **fields: Any) -> Case:
    employment = cast.employment["leaver"]
    employment.contracts.all().delete()
    for each in range(1, nth + 1):
        start = employment.hire_date.replace(year=employment.hire_date.year + each - 1)
        Contract.objects.create(employment=employment, nth=each, start_date=start, end_date=start + timedelta(days=364))
    return ops.request_ending(
        kind="expiry",
        employment=employment,
        ground="LCL44_1",
        reason="合同到期不再续签",
        requested_last_working_date=at.date() + timedelta(days=30),
        starter=Starter.HR,
        by=cast.hr_manager,
        at=at,
        **fields,
    )


def protect(case: Case, start: date) -> None:
    employment = case.employment
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind="maternity", start_date=start
    )


def refused(case: Case, cast: Any, at: Any) -> str:
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.hr_manager, at=at)
    return f"{refusal.value.code} {refusal.value.article}"


def test_a_first_term_of_nobody_protected_runs_out(cast, at) -> None:
    case = an_expiry(cast, at)

    ops.submit_case(case=case, by=cast.hr_manager, at=at)

    assert case.state == "in_approval"


def test_the_contract_of_a_protected_person_goes_on(cast, at) -> None:
    case = an_expiry(cast, at)
    protect(case, at.date())

    assert refused(case, cast, at) == "B_EXTEND_45 LCL 45"


def test_whom_the_law_begins_to_protect_before_the_last_day_stays(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    protect(case, case.termination_date)
    day_after = on(case.termination_date + timedelta(days=1))

    assert ops.end_employment(case, at=day_after) is False

    assert Case.objects.get(pk=case.pk).employment_ended_at is None


def test_after_a_second_term_an_open_ended_contract_is_due(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)

    assert refused(case, cast, at) == "B_OPEN_ENDED_DUE LCL 14(2)"


def test_after_ten_years_an_open_ended_contract_is_due(cast, at) -> None:
    employment = cast.employment["leaver"]
    employment.hire_date = at.date().replace(year=at.year - 10)
    employment.save()

    assert refused(an_expiry(cast, at), cast, at) == "B_OPEN_ENDED_DUE LCL 14(2)"


def test_whoever_refused_the_same_terms_in_writing_may_go(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)
    for paper in ("E_RENEWAL_OFFER", "E_RENEWAL_REFUSAL"):
        add_paper(case, paper, at=at, dated=at.date())

    ops.submit_case(case=case, by=cast.hr_manager, at=at)

    assert case.state == "in_approval"


def test_a_contract_without_an_end_does_not_run_out(cast, at) -> None:
    case = an_expiry(cast, at)
    Contract.objects.filter(employment=case.employment).update(kind="open", end_date=None)

    assert refused(case, cast, at) == "B_GROUND_NOT_LEGAL REG 18, 19"


def test_the_wizard_shows_the_article_beside_the_finding(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)
    protect(case, at.date())

    shown = sign_in(cast.hr_manager).get(f"{case.url}wizard/check/").content.decode()

    assert "B_EXTEND_45" in shown
    assert "B_OPEN_ENDED_DUE" in shown
    assert "第45条" in shown
    assert "第14条第2款" in shown


def test_the_papers_of_a_renewal_are_on_the_checklist(cast, at) -> None:
    case = an_expiry(cast, at)

    shown = sign_in(cast.hr_manager).get(f"{case.url}wizard/evidence/").content.decode()

    assert 'value="E_RENEWAL_REFUSAL"' in shown
