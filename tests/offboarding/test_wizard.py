"""The steps of the wizard as pages: what each keeps, suggests, calculates and refuses."""

from datetime import date, timedelta

import pytest

from ehr.units.models import LegalEntity
from employees.models import Employment, Person, ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case
from tests.access.cast import sign_in
from tests.factories.offboarding import a_dismissal_draft, a_resignation, add_paper
from tests.factories.painting import statements
from tests.factories.settlements import paid_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STEPS = ("facts", "ground", "evidence", "check", "union", "dates", "money", "summary")


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def draft(cast, at):
    return a_dismissal_draft(cast, at, ground="LCL40_2", reason="业绩不达标")


def test_it_begins_with_a_draft_that_nobody_is_asked_about(cast) -> None:
    said = {"employment": cast.employment["leaver"].pk, "kind": "dismissal", "reason": "业绩不达标"}

    answer = sign_in(cast.head).post("/cases/new/", said)

    case = Case.objects.get()
    assert answer.url == f"{case.url}wizard/ground/"
    assert (case.state, case.ground, case.steps.count()) == ("draft", "", 0)


def test_what_was_begun_is_found_again(cast, at, draft) -> None:
    page = sign_in(cast.head).get(f"/cases/new/?employment={draft.employment_id}").content.decode()

    assert f"{draft.url}wizard/facts/" in page


def test_the_words_point_to_grounds_but_choose_none(cast, draft) -> None:
    page = sign_in(cast.head).get(f"{draft.url}wizard/ground/").content.decode()

    suggested = page.split("这些事实指向")[1].split("</section>")[0]
    assert "《劳动合同法》第40条第2项" in suggested and "《劳动合同法》第36条" in suggested
    assert "第39条" not in suggested


@pytest.mark.parametrize(
    ("step", "said", "kept"),
    [
        ("ground", {"ground": "LCL39_2"}, {"ground": "LCL39_2"}),
        (
            "dates",
            {"requested_last_working_date": "2026-06-30", "pay_in_lieu": "on"},
            {"requested_last_working_date": date(2026, 6, 30), "pay_in_lieu": True},
        ),
    ],
)
def test_each_step_keeps_what_it_is_told_and_leads_on(cast, draft, step, said, kept) -> None:
    answer = sign_in(cast.head).post(f"{draft.url}wizard/{step}/", said)

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in kept} == kept


def test_a_paper_of_the_wrong_day_says_what_it_has_to_follow(cast, at) -> None:
    draft = a_dismissal_draft(cast, at, without=("E_MISCONDUCT_FACTS",))
    add_paper(draft, "E_MISCONDUCT_FACTS", at=at, dated=at.date() - timedelta(days=400))

    page = sign_in(cast.head).get(f"{draft.url}wizard/evidence/").content.decode()

    assert "日期不对" in page
    assert "日期要晚于：列明该行为属严重违纪的制度、制度公示或签收。" in page


def union_step(page: str) -> str:
    return next(line for line in page.split('class="ui-steps"')[1].split("<li") if "工会" in line)


def test_the_union_is_a_step_to_do_until_it_is_told_or_somebody_writes_why_not(cast, at, draft) -> None:
    facts = f"{draft.url}wizard/facts/"
    waits = union_step(sign_in(cast.head).get(facts).content.decode())
    LegalEntity.objects.update(has_union=False)
    alone = union_step(sign_in(cast.head).get(facts).content.decode())
    ops.explain_finding(
        case=draft, gate="issue", code="W_NO_UNION_ENTERPRISE", reason="已告知镇总工会", by=cast.hr_manager, at=at
    )

    told = union_step(sign_in(cast.head).get(facts).content.decode())

    assert ["done" in step for step in (waits, alone, told)] == [False, False, True]


def test_the_step_of_the_union_says_where_it_does_not_apply(cast, at) -> None:
    draft = ops.request_ending(
        employment=cast.employment["leaver"],
        kind="mutual_agreement",
        ground="LCL36_EMPLOYER",
        reason="岗位取消",
        requested_last_working_date=at.date() + timedelta(days=30),
        by=cast.head,
        at=at,
    )

    step = union_step(sign_in(cast.head).get(f"{draft.url}wizard/facts/").content.decode())

    assert "工会（不适用）" in step
    assert "done" in step


@pytest.mark.parametrize(
    ("first_work", "words"),
    [
        (None, "（本单位 7 年，累计 7 年），医疗期为 12 个月内累计病休 6 个月"),
        (date(2014, 5, 18), "（本单位 7 年，累计 12 年），医疗期为 15 个月内累计病休 9 个月"),
    ],
)
def test_the_length_of_the_medical_period_is_said_by_the_service_on_file(cast, at, first_work, words) -> None:
    """MED 3: under ten years in all and five here, six months; ten in all and five here, nine."""
    leaver = cast.employment["leaver"]
    Employment.objects.filter(pk=leaver.pk).update(hire_date=date(2019, 5, 18))
    Person.objects.filter(pk=leaver.person_id).update(first_work_date=first_work)
    draft = a_dismissal_draft(cast, at, ground="LCL40_1")

    assert words in sign_in(cast.head).get(f"{draft.url}wizard/evidence/").content.decode()


def test_legal_is_told_of_payments_for_a_work_injury_and_nobody_else(cast, at) -> None:
    """REG 23: by the table of the province, so they are entered by hand."""
    leaver = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=leaver, data_key_id=leaver.data_key_id, kind="work_injury", start_date=at.date(), injury_grade="8"
    )
    draft = a_dismissal_draft(cast, at)

    pages = {
        who: sign_in(cast.users[who]).get(f"{draft.url}wizard/check/").content.decode() for who in ("legal", "hrbp")
    }

    assert {who: "工伤" in page for who, page in pages.items()} == {"legal": True, "hrbp": False}


def test_without_a_ground_the_page_asks_for_one(cast, at) -> None:
    draft = a_dismissal_draft(cast, at)
    Case.objects.filter(pk=draft.pk).update(ground="")

    page = sign_in(cast.head).get(f"{draft.url}wizard/check/").content.decode()

    assert "还没有选法定依据。" in page


def test_the_facts_are_written_anew(cast, draft) -> None:
    sign_in(cast.head).post(f"{draft.url}wizard/facts/", {"reason": "两次考核不合格"})

    assert draft.decisions.filter(kind="reason").order_by("-at", "-id").first().comment == "两次考核不合格"


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("wizard/nowhere/", "head", 404),
        ("wizard/check/", "stranger", 404),
        ("wizard/check/", "legal", 200),
        ("wizard/check/", "auditor", 403),
        ("wizard/facts/", "leaver", 404),
    ],
)
def test_who_reads_it(cast, draft, path, who, status) -> None:
    assert sign_in(cast.users[who]).get(f"{draft.url}{path}").status_code == status


def test_legal_reads_and_does_not_write(cast, draft) -> None:
    assert sign_in(cast.legal).post(f"{draft.url}wizard/facts/", {"reason": "x"}).status_code == 403


def test_once_sent_it_is_read_only(cast, at, draft) -> None:
    ops.submit_case(case=draft, by=cast.head, at=at)

    assert sign_in(cast.head).post(f"{draft.url}wizard/facts/", {"reason": "x"}).status_code == 409
    assert "不能再在这里修改" in sign_in(cast.head).get(f"{draft.url}wizard/facts/").content.decode()


def test_a_resignation_has_none(cast, at) -> None:
    case = a_resignation(cast, at)

    assert sign_in(cast.hr_manager).get(f"{case.url}wizard/facts/").status_code == 404


def test_a_notice_one_day_short_shows_the_first_lawful_day(cast, draft, at) -> None:
    said = {"requested_last_working_date": (at.date() + timedelta(days=29)).isoformat()}
    browser = sign_in(cast.head)
    browser.post(f"{draft.url}wizard/dates/", said)

    page = browser.get(f"{draft.url}wizard/dates/").content.decode()

    assert "B_NOTICE_SHORT" in page and "6月17日" in page


def test_no_notice_is_short_before_a_day_is_chosen(cast, draft) -> None:
    Case.objects.filter(pk=draft.pk).update(requested_last_working_date=None)

    page = sign_in(cast.head).get(f"{draft.url}wizard/dates/").content.decode()

    assert "B_NOTICE_SHORT" not in page


def test_the_money_is_shown_with_its_arithmetic(cast, at, draft) -> None:
    """Hired 2021-04-12, so 5.5 years on 2026-06-17; twelve months of 20,000 and one month instead of notice."""
    paid_for(cast.employment["leaver"], at, place_of_performance="上海")
    Case.objects.filter(pk=draft.pk).update(pay_in_lieu=True)

    page = sign_in(cast.hr_manager).get(f"{draft.url}wizard/money/").content.decode()

    assert "20000.00 × 5.5 = 110000.00" in page
    assert "《劳动合同法》第46条" in page
    assert "141,954.02" in page  # N + 1, and the wage of June until the last day
    assert "220,000.00" in page  # 2N, if it is held unlawful
    assert "110000.00" not in sign_in(cast.head).get(f"{draft.url}wizard/money/").content.decode()


def test_without_a_figure_of_the_place_it_says_so(cast, at, draft) -> None:
    paid_for(cast.employment["leaver"], at, place_of_performance="拉萨")

    page = sign_in(cast.hr_manager).get(f"{draft.url}wizard/money/").content.decode()

    assert "没有拉萨的社会平均工资" in page and "没有拉萨的最低工资" in page


def test_a_month_without_pay_on_file_is_named_and_no_sum_is_guessed_from_the_others(cast, at, draft) -> None:
    paid_for(cast.employment["leaver"], at, place_of_performance="上海")
    cast.employment["leaver"].pay_months.get(month=date(2025, 11, 1)).delete()

    page = sign_in(cast.hr_manager).get(f"{draft.url}wizard/money/").content.decode()

    assert "缺这些月份的工资：2025-11" in page
    assert "20000.00" not in page


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("reader", ["head", "hr_manager", "legal"])
def test_a_step_costs_few_statements(cast, draft, step, reader) -> None:
    assert statements(sign_in(cast.users[reader]), f"{draft.url}wizard/{step}/") <= 12


def test_who_may_not_see_pay_is_not_sent_back_for_a_ground_that_is_there(cast, at, draft) -> None:
    undated = a_dismissal_draft(cast, at, "successor", requested_last_working_date=None)

    told = sign_in(cast.head).get(f"{draft.url}wizard/money/").content.decode()
    open_yet = sign_in(cast.hr_manager).get(f"{undated.url}wizard/money/").content.decode()

    assert "收入只有 HR 和财务能看到。" in told and "先定依据" not in told
    assert "先定依据和最后工作日。" in open_yet
