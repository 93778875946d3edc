"""What the law asks of a file: who reads it, who changes it, and what it can't say."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from ehr.record import Event
from employees import keeping
from employees.models import Contract, Employment, PriorSegment
from tests.access.cast import sign_in
from tests.factories.painting import statements

pytestmark = pytest.mark.django_db

FACTS = {
    "hire_date": "2021-04-12",
    "birth_date": "",
    "gender": "unknown",
    "relation": "employment",
    "first_work_date": "2015-07-01",
    "place_of_performance": "上海",
    "work_time_system": "standard",
    "retirement_category": "unknown",
    "union_role": "none",
    "probation_end_date": "",
    "leave_balance_days": "",
}
FIXED = {"kind": "fixed", "nth": "2", "start_date": "2027-04-12", "end_date": "2030-04-11"}
SERVICE = {"employer_name": "衡川家居有限公司", "start_date": "2016-01-01", "end_date": "2021-04-11"}


@pytest.fixture
def file(cast) -> Employment:
    return cast.employment["leaver"]


def page_of(file: Employment) -> str:
    return reverse("employees:facts", args=[file.pk])


def said(file: Employment, **changes: str) -> dict[str, str]:
    now = Employment.objects.select_related("person").get(pk=file.pk)
    return FACTS | {"version": keeping.facts_version(now)} | changes


def events_of(kind: str) -> list[dict]:
    return list(Event.objects.filter(kind=f"employees.employment.{kind}").values_list("payload", flat=True))


# --- Facts ------------------------------------------------------------------------------------------------


def test_who_keeps_the_file_changes_the_facts_and_the_event_names_them_without_values(cast, file):
    answer = sign_in(cast.hrbp).post(page_of(file), said(file, relation="part_time", leave_balance_days="3.5"))

    file.refresh_from_db()
    assert answer.status_code == 302
    assert (file.relation, file.leave_balance_days) == ("part_time", Decimal("3.5"))
    assert file.person.first_work_date == date(2015, 7, 1)
    changed = events_of("facts_corrected")[-1]
    assert changed["fields"] == ["first_work_date", "leave_balance_days", "relation"]
    assert "2015" not in str(changed) and "part_time" not in str(changed)


def test_what_did_not_change_writes_nothing(cast, file):
    client = sign_in(cast.hrbp)
    client.post(page_of(file), said(file))
    before = Event.objects.count()

    answer = client.post(page_of(file), said(file))

    assert answer.status_code == 302
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_work_date": "2021-04-13"}, "参加工作日期晚于入职日期"),
        ({"probation_end_date": "2021-04-11"}, "试用期止早于入职日期"),
        ({"relation": "part_time", "probation_end_date": "2021-07-11"}, "不得约定试用期"),
        ({"relation": "intern", "union_role": "chair"}, "不能担任工会职务"),
        ({"relation": "friend"}, "friend"),
        ({"birth_date": "2005-04-13"}, "不满 16 周岁"),
        ({"hire_date": "2029-01-01"}, "日期太远了"),
        ({"hire_date": ""}, "必填"),
        ({"leave_balance_days": "400"}, "366"),
    ],
)
def test_what_can_not_be_true_is_refused_beside_its_field(cast, file, changes, words):
    before = Event.objects.count()

    answer = sign_in(cast.hrbp).post(page_of(file), said(file, **changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Event.objects.count() == before


def test_the_day_of_the_hire_stays_between_earlier_service_and_the_ending(cast, file):
    served = PriorSegment(
        employment=file, employer_name="旧厂", start_date=date(2016, 1, 1), end_date=date(2021, 4, 11)
    )
    served.save()
    client = sign_in(cast.hrbp)

    early = client.post(page_of(file), said(file, hire_date="2021-04-11"))
    Employment.objects.filter(pk=file.pk).update(status="left", termination_date=date(2024, 6, 30))
    late = client.post(page_of(file), said(file, hire_date="2024-07-01"))

    assert (early.status_code, late.status_code) == (422, 422)
    assert set(early.context["form"].errors) == set(late.context["form"].errors) == {"hire_date"}


def test_birth_and_gender_are_of_the_person(cast, file):
    sign_in(cast.hrbp).post(page_of(file), said(file, birth_date="1988-02-29", gender="female", hire_date="2021-05-12"))

    file.refresh_from_db()
    assert (file.person.birth_date, file.person.gender, file.hire_date) == (
        date(1988, 2, 29),
        "female",
        date(2021, 5, 12),
    )


def test_the_retirement_category_is_of_the_persons_own_gender(cast, file):
    answer = sign_in(cast.hrbp).post(page_of(file), said(file, gender="female", retirement_category="male_60"))

    assert answer.status_code == 422 and "与档案里的性别不符" in answer.content.decode()


def test_the_later_of_two_editors_is_told_and_may_then_put_theirs_in_its_place(cast, file):
    first, second = sign_in(cast.hrbp), sign_in(cast.group_hr)
    read_by_both = said(file)
    first.post(page_of(file), read_by_both | {"place_of_performance": "南京"})

    told = second.post(page_of(file), read_by_both | {"place_of_performance": "杭州", "union_role": "chair"})

    page = told.content.decode()
    assert told.status_code == 409
    assert "您打开期间有人改过了" in page and "目前登记的是：南京" in page and 'value="杭州"' in page
    assert set(told.context["form"].errors) == {"__all__", "place_of_performance"}
    file.refresh_from_db()
    assert file.place_of_performance == "南京"
    again = FACTS | {"place_of_performance": "杭州", "version": told.context["form"].data["version"]}
    assert second.post(page_of(file), again).status_code == 302
    file.refresh_from_db()
    assert file.place_of_performance == "杭州"


def test_a_wrong_entry_does_not_hide_that_somebody_else_was_faster(cast, file):
    first, second = sign_in(cast.hrbp), sign_in(cast.group_hr)
    read_by_both = said(file)
    wrong = second.post(page_of(file), read_by_both | {"probation_end_date": "2020-01-01"})
    first.post(page_of(file), read_by_both | {"place_of_performance": "南京"})

    told = second.post(page_of(file), read_by_both | {"version": wrong.context["form"].data["version"]})

    assert wrong.status_code == 422
    assert told.status_code == 409


def test_nobody_changes_the_own_file(cast):
    own = cast.employment["hrbp"]
    client = sign_in(cast.hrbp)

    page = client.get(page_of(own)).content.decode()

    assert "保存" not in page
    assert client.post(page_of(own), said(own)).status_code == 403
    assert client.post(f"{page_of(own)}contracts/", FIXED).status_code == 403
    assert client.post(f"{page_of(own)}prior-service/", SERVICE).status_code == 403
    contract = own.contracts.get()
    assert client.get(f"{page_of(own)}contracts/{contract.pk}/").status_code == 403


def test_who_may_only_read_gets_no_form(cast, file):
    page = sign_in(cast.auditor).get(page_of(file)).content.decode()

    assert "用工信息" in page and "劳动合同（全日制）" in page
    assert "保存" not in page and "添加合同" not in page


def test_the_tab_is_offered_to_those_alone_who_may_read_it(cast, file):
    profile = f"/employees/{file.pk}/"

    assert page_of(file) in sign_in(cast.hrbp).get(profile).content.decode()
    assert page_of(file) not in sign_in(cast.head).get(profile).content.decode()
    assert page_of(file) not in sign_in(cast.leaver).get(profile).content.decode()


def test_the_page_costs_the_same_for_many_rows(cast, file, at):
    client = sign_in(cast.hrbp)
    for year in range(2000, 2015):
        PriorSegment.objects.create(
            employment=file, employer_name="衡川", start_date=date(year, 1, 1), end_date=date(year, 6, 1)
        )

    assert statements(client, page_of(file)) <= 12


# --- Contracts --------------------------------------------------------------------------------------------


def test_a_contract_is_added_and_told(cast, file):
    answer = sign_in(cast.hrbp).post(f"{page_of(file)}contracts/", FIXED)

    assert answer.status_code == 302
    row = file.contracts.get(nth=2)
    assert (row.kind, row.start_date, row.end_date) == ("fixed", date(2027, 4, 12), date(2030, 4, 11))
    assert events_of("contract_added") == [{"employment_id": str(file.pk), "contract_id": str(row.pk)}]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "open"}, "无固定期限合同没有到期日"),
        ({"end_date": ""}, "固定期限合同要有到期日"),
        ({"end_date": "2027-01-01"}, "合同止期早于起期"),
        ({"nth": "1"}, "已有合同用了这个次数"),
        ({"start_date": "2027-04-11"}, "期限重叠"),
    ],
)
def test_a_contract_that_can_not_be_is_refused(cast, file, changes, words):
    answer = sign_in(cast.hrbp).post(f"{page_of(file)}contracts/", FIXED | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert file.contracts.count() == 1


def test_an_open_ended_contract_may_follow_a_term_that_still_runs(cast, file):
    said = {"kind": "open", "nth": "2", "start_date": "2025-01-01", "end_date": ""}

    assert sign_in(cast.hrbp).post(f"{page_of(file)}contracts/", said).status_code == 302


def test_a_contract_is_corrected_and_the_later_editor_is_told(cast, file):
    row, client = file.contracts.get(), sign_in(cast.hrbp)
    url = f"{page_of(file)}contracts/{row.pk}/"
    read = client.get(url).context["form"].initial["version"]
    terms = {"kind": "fixed", "nth": "1", "start_date": "2021-04-12", "version": read}

    first = client.post(url, terms | {"end_date": "2024-04-11"})
    late = sign_in(cast.group_hr).post(url, terms | {"end_date": "2026-04-11"})

    assert first.status_code == 302
    assert events_of("contract_corrected")[-1]["fields"] == ["end_date"]
    assert late.status_code == 409 and "2024-04-11" in late.content.decode()
    assert Contract.objects.get(pk=row.pk).end_date == date(2024, 4, 11)


def test_the_contract_of_somebody_else_is_not_reached_through_this_file(cast, file):
    other = cast.employment["successor"].contracts.get()

    assert sign_in(cast.hrbp).get(f"{page_of(file)}contracts/{other.pk}/").status_code == 404


# --- Earlier service --------------------------------------------------------------------------------------


def test_earlier_service_is_added_and_taken_away_again_and_both_are_told(cast, file):
    client = sign_in(cast.hrbp)

    client.post(f"{page_of(file)}prior-service/", SERVICE | {"severance_paid": "on"})
    row = file.prior_segments.get()
    taken = client.post(f"{page_of(file)}prior-service/{row.pk}/removal/")

    assert (row.employer_name, row.severance_paid) == ("衡川家居有限公司", True)
    assert taken.status_code == 302 and not file.prior_segments.exists()
    both = {"employment_id": str(file.pk), "segment_id": str(row.pk)}
    assert events_of("prior_service_added") == events_of("prior_service_removed") == [both]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_date": "2021-04-12"}, "要在入职日期之前结束"),
        ({"end_date": "2015-12-31"}, "结束日期早于开始日期"),
        ({"start_date": "2014-01-01", "end_date": "2015-03-01"}, "与已登记的年限重叠"),
        ({"start_date": "2009-01-01", "end_date": "2009-12-31"}, "早于档案里的参加工作日期"),
    ],
)
def test_service_that_can_not_be_is_refused(cast, file, changes, words):
    days = {"start_date": date(2012, 1, 1), "end_date": date(2015, 3, 31)}
    PriorSegment.objects.create(employment=file, employer_name="衡川", **days)
    file.person.first_work_date = date(2010, 1, 1)
    file.person.save(update_fields=["first_work_date"])

    answer = sign_in(cast.hrbp).post(f"{page_of(file)}prior-service/", SERVICE | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert file.prior_segments.count() == 1


def test_the_first_day_of_work_is_not_after_earlier_service_in_the_group(cast, file):
    client = sign_in(cast.hrbp)
    client.post(f"{page_of(file)}prior-service/", SERVICE)

    answer = client.post(page_of(file), said(file, first_work_date="2017-01-01"))

    assert answer.status_code == 422 and "早于这个参加工作日期" in answer.content.decode()
