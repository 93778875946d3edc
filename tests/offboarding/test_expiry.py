"""A contract that runs out: who has to be kept on, and what shows that nobody has to (LCL 14, 45)."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from ehr import documents
from ehr.documents.models import Document
from ehr.errors import Refused
from employees.models import Contract, ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case, ReferenceChange, ReferenceRow
from offboarding.rules.dates import FourDates
from offboarding.rules.gates import Gate
from offboarding.rules.kinds import Starter
from offboarding.rules.pay_inputs import PayInputs
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import add_paper, approved, on
from tests.factories.reference import confirmed_row, run_out

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


def an_expiry(cast: Any, at: Any, *, nth: int = 1, **fields: Any) -> Case:
    """The last of so many terms, one after the other, ends on the last day."""
    employment, last_day = cast.employment["leaver"], at.date() + timedelta(days=30)
    terms(employment, last_day, nth)
    said = {"kind": "expiry", "ground": "LCL44_1", "reason": "合同到期不再续签"} | fields
    return ops.request_ending(
        employment=employment,
        requested_last_working_date=last_day,
        starter=Starter.HR,
        by=cast.hr_manager,
        at=at,
        **said,
    )


def terms(employment: Any, last_day: date, nth: int) -> None:
    employment.contracts.all().delete()
    end = last_day
    for each in range(nth, 0, -1):
        start = end - timedelta(days=364)
        Contract.objects.create(employment=employment, nth=each, start_date=start, end_date=end)
        end = start - timedelta(days=1)


def at_the_end(case: Case, at: Any) -> tuple[bool, list[str]]:
    """Whether it ended on the morning after its last day, and what stood in the way."""
    day_after = on(case.termination_date + timedelta(days=1))
    fresh = Case.objects.for_page().get(pk=case.pk)
    found = [each.code for each in fresh.stopping(Gate.EFFECT, at=day_after)]
    return ops.end_employment(fresh, at=day_after), found


def protect(case: Case, start: date, *, kind: str = "maternity") -> None:
    employment = case.employment
    ProtectedStatus.objects.create(
        employment=employment, data_key=employment.person.data_key, kind=kind, start_date=start
    )


def refused(case: Case, cast: Any, at: Any) -> str:
    with pytest.raises(Refused) as refusal:
        ops.submit_case(case=case, by=cast.hr_manager, at=at)
    return f"{refusal.value.code} {refusal.value.article}"


def test_a_first_term_of_nobody_protected_runs_out(cast, at) -> None:
    case = an_expiry(cast, at)

    ops.submit_case(case=case, by=cast.hr_manager, at=at)

    assert case.state == "in_approval"
    assert at_the_end(approved(case, at), at) == (True, [])


def test_the_contract_of_a_protected_person_goes_on(cast, at) -> None:
    case = an_expiry(cast, at)
    protect(case, at.date())

    assert refused(case, cast, at) == "B_EXTEND_45 LCL 45"


def test_whom_the_law_begins_to_protect_before_the_last_day_stays(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    protect(case, case.termination_date)

    assert at_the_end(case, at) == (False, ["B_EXTEND_45"])
    assert Case.objects.get(pk=case.pk).employment_ended_at is None


def test_no_notice_of_expiry_goes_to_whom_the_law_protects(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    protect(case, at.date())

    with pytest.raises(Refused) as refusal:
        ops.issue_paper(case=case, kind="expiry_notice", given={}, by=cast.hr_manager, at=at)
    assert refusal.value.code == "B_EXTEND_45"
    assert not Document.objects.exists()


def test_nor_a_second_edition_of_one(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    first = ops.issue_paper(case=case, kind="expiry_notice", given={}, by=cast.hr_manager, at=at)
    documents.release(first, by=cast.document_clerk, at=at)
    protect(case, at.date())

    with pytest.raises(Refused) as refusal:
        ops.reissue_paper(document=first, case=case, given={}, by=cast.hr_manager, at=at)
    assert refusal.value.code == "B_EXTEND_45"


def test_a_term_does_not_run_out_before_its_end(cast, at) -> None:
    case = an_expiry(cast, at)
    Contract.objects.filter(employment=case.employment).update(end_date=at.date() + timedelta(days=31))

    assert refused(case, cast, at) == "B_GROUND_NOT_LEGAL REG 18, 19"


def test_nor_when_its_last_day_is_brought_forward_afterwards(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    sooner = case.termination_date - timedelta(days=1)
    dates = FourDates(
        filed_date=case.filed_date, last_working_date=sooner, termination_date=sooner, paid_until_date=sooner
    )
    ops.change_dates(case=case, dates_to_be=dates, by=cast.hrbp, at=at)

    assert at_the_end(case, at) == (False, ["B_GROUND_NOT_LEGAL"])


def test_a_right_that_grows_until_the_last_day_is_asked_for_again(cast, at) -> None:
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    case = approved(case, at)
    type(case.employment).objects.filter(pk=case.employment_id).update(
        hire_date=case.termination_date.replace(year=case.termination_date.year - 10)
    )

    assert at_the_end(case, at) == (False, ["B_OPEN_ENDED_DUE"])


@pytest.mark.parametrize(("kind", "end"), [("task", None), ("fixed", "2026-06-17"), ("open", None)])
def test_only_a_contract_for_a_task_ends_with_its_task(cast, at, kind, end) -> None:
    case = an_expiry(cast, at, ground="TASK_COMPLETED", reason="项目完成")
    Contract.objects.filter(employment=case.employment).update(kind=kind, end_date=end)

    if kind != "task":
        assert refused(case, cast, at) == "B_GROUND_NOT_LEGAL REG 18, 19"
        return
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    assert at_the_end(approved(case, at), at) == (True, [])


def a_retirement(cast: Any, at: Any, *, born: date) -> Case:
    person = cast.employment["leaver"].person
    person.birth_date, person.gender = born, "male"
    person.save()
    cast.employment["leaver"].refresh_from_db()
    return an_expiry(cast, at, kind="retirement", ground="RETIRE", reason="到龄退休")


def test_nobody_of_forty_retires(cast, at) -> None:
    assert refused(a_retirement(cast, at, born=date(1986, 4, 12)), cast, at) == "B_GROUND_NOT_LEGAL REG 18, 19"


def test_whoever_is_of_age_retires_without_a_paper(cast, at) -> None:
    case = a_retirement(cast, at, born=date(1963, 4, 12))

    shown = sign_in(cast.hr_manager).get(f"{case.url}wizard/check/").content.decode()
    ops.submit_case(case=case, by=cast.hr_manager, at=at)

    assert "B_GROUND_NOT_LEGAL" not in shown
    assert at_the_end(approved(case, at), at) == (True, [])


@pytest.mark.parametrize(("chosen", "code"), [(date(2026, 3, 17), ""), (date(2026, 3, 18), "B_FLEX_NOTICE_SHORT")])
def test_whoever_chose_it_in_writing_three_months_ahead_retires_sooner(cast, at, chosen, code) -> None:
    """Sixty in 2026-04, of age in 2026-08; the last day is 2026-06-17."""
    case = a_retirement(cast, at, born=date(1966, 4, 12))
    hr = sign_in(cast.hr_manager)
    assert refused(case, cast, at) == "B_GROUND_NOT_LEGAL REG 18, 19"
    assert 'value="E_FLEX_CHOICE"' in hr.get(f"{case.url}wizard/evidence/").content.decode()

    add_paper(case, "E_FLEX_CHOICE", at=at, dated=chosen)

    if code:
        answer = api_client(cast.hr_manager).post(f"/api/v1/cases/{case.pk}/submission/", HTTP_IDEMPOTENCY_KEY="a")
        assert refused(case, cast, at) == f"{code} FLEX" and answer.json()["code"] == code
        assert "《实施弹性退休制度暂行办法》" in hr.get(f"{case.url}wizard/check/").content.decode()
        return
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    assert at_the_end(approved(case, at), at) == (True, [])


def test_a_choice_that_was_set_aside_opens_nothing_on_the_last_day(cast, at) -> None:
    case = a_retirement(cast, at, born=date(1966, 4, 12))
    paper = add_paper(case, "E_FLEX_CHOICE", at=at, dated=date(2026, 3, 17))
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    approved(case, at)
    type(paper).objects.filter(pk=paper.pk).update(set_aside_at=at)

    assert at_the_end(case, at) == (False, ["B_GROUND_NOT_LEGAL"])


def test_nobody_retires_without_the_exam_after_hazardous_work(cast, at) -> None:
    case = a_retirement(cast, at, born=date(1963, 4, 12))
    protect(case, at.date(), kind="occupational_hazard")

    assert refused(case, cast, at) == "B_PROTECTED_42 LCL 42"


def test_after_a_second_term_an_open_ended_contract_is_due(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)

    assert refused(case, cast, at) == "B_OPEN_ENDED_DUE LCL 14(2)"


def test_where_two_people_confirmed_another_practice_it_only_warns(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)
    row = ReferenceRow.objects.get(table="second_terms")
    assert (row.city, row.status) == ("上海", "unconfirmed")
    confirmed_row(row, cast, at)

    assert refused(case, cast, at) == "W_OPEN_ENDED_DUE LCL 14(2)"
    ops.explain_finding(
        case=case, gate="submit", code="W_OPEN_ENDED_DUE", reason="双方未就续订达成一致", by=cast.hr_manager, at=at
    )
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    assert at_the_end(approved(case, at), at) == (True, [])


def test_what_a_place_reads_out_of_the_law_is_told_of_the_exits_it_changes(cast, at) -> None:
    case = an_expiry(cast, at, nth=2)
    confirmed_row(ReferenceRow.objects.get(table="second_terms"), cast, at)

    run_out(at)

    assert list(ReferenceChange.objects.values_list("case", "outcome")) == [(case.pk, "law")]


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


def test_the_wizard_says_when_the_contract_runs_out_and_hides_nothing_from_its_person(cast, at) -> None:
    case = an_expiry(cast, at)
    hr = sign_in(cast.hr_manager)

    days = hr.get(f"{case.url}wizard/dates/").content.decode()
    summary = hr.get(f"{case.url}wizard/summary/").content.decode()

    assert "档案中的合同于6月17日周三到期。" in re.sub(r"\s", "", days)
    assert "今天送达" not in days
    assert "当面告知之前" not in summary


def test_severance_falls_away_only_with_offer_and_refusal_on_file(cast, at) -> None:
    """LCL 46(5); one rule for verb, browser and API."""
    case = an_expiry(cast, at)
    ops.submit_case(case=case, by=cast.hr_manager, at=at)
    approved(case, at)
    said = PayInputs(renewal_refused=True)
    add_paper(case, "E_RENEWAL_OFFER", at=at, dated=at.date())

    with pytest.raises(Refused) as refusal:
        ops.calculate_settlement(case=case, inputs=said, by=cast.hrbp, at=at)
    assert (refusal.value.code, refusal.value.article) == ("B_RENEWAL_UNPROVEN", "LCL 46(5)")
    assert refusal.value.field == "renewal_refused"
    page = sign_in(cast.hrbp).post(f"{case.url}settlement/", {"renewal_refused": "on"})
    assert page.status_code == 422 and "书面材料均在案" in page.content.decode()
    url, body = f"/api/v1/cases/{case.pk}/settlement/", {"renewal_refused": True}
    answer = api_client(cast.hrbp).post(url, body, format="json", HTTP_IDEMPOTENCY_KEY="a")
    assert (answer.status_code, answer.json()["code"]) == (422, "B_RENEWAL_UNPROVEN")

    add_paper(case, "E_RENEWAL_REFUSAL", at=at, dated=at.date())
    assert ops.calculate_settlement(case=case, inputs=said, by=cast.hrbp, at=at).nth == 1
