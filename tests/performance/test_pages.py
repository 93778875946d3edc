"""The pages as people use them: own page, team, scoring, plan editor; twelve statements whatever the size."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from performance import operations
from performance.models import (
    Adjustment,
    Feedback,
    MonthlyResult,
    Objective,
    Plan,
    Project,
    Review,
    Score,
    Scorecard,
    Task,
)
from performance.rules.periods import period_from
from tests.access.cast import sign_in
from tests.factories.employees import employed
from tests.performance.conftest import MAY, card_of, score_all
from tests.performance.test_adjustments import deduct

pytestmark = pytest.mark.django_db
MOST = 12
OWN = ["/me/performance/", "/me/performance/commitments/", "/me/performance/feedback/"]


def something_of_everything(cast: Any, at: Any, who: str = "leaver") -> None:
    employment = cast.employment[who]
    for n in range(3):
        operations.set_objective(
            employment=employment,
            title=f"目标 {n}",
            period=period_from("2026-Q2"),
            key_results=[{"title": "续约", "measure": "家", "start": Decimal(0), "target": Decimal(5)}],
            by=None,
            at=at,
        )
        operations.start_project(
            employment=employment,
            name=f"项目 {n}",
            milestones=[{"title": "签约", "due_date": date(2026, 5, 1), "done_date": None}],
            by=None,
            at=at,
        )
        operations.open_task(employment=employment, title=f"任务 {n}", by=None, at=at)
        operations.give_feedback(employment=employment, kind="praise", text="做得好", by=cast.head, at=at)
        operations.write_review(
            employment=employment,
            title="年中",
            on_date=date(2026, 6, 30),
            side="peer",
            about_work="资料齐",
            about_person="性子急",
            rating=4,
            by=cast.hrbp,
            at=at,
        )
        MonthlyResult.objects.create(
            employment=employment,
            month=date(2026, 1 + n, 1),
            target_ratio=Decimal("0.9"),
            source="t",
            source_id=f"{who}{n}",
            received_at=at,
        )


@pytest.mark.parametrize("address", OWN)
def test_everybody_sees_their_own(
    cast: Any, card: Scorecard, at: Any, address: str, django_assert_max_num_queries: Any
) -> None:
    something_of_everything(cast, at)
    score_all(card, cast, at)
    client = sign_in(cast.leaver)

    with django_assert_max_num_queries(MOST):
        answer = client.get(address)

    assert answer.status_code == 200


@pytest.mark.parametrize("part", ["results", "commitments", "feedback"])
def test_those_who_lead_see_the_same_of_their_people(
    cast: Any, card: Scorecard, at: Any, part: str, django_assert_max_num_queries: Any
) -> None:
    something_of_everything(cast, at)
    client = sign_in(cast.head)

    with django_assert_max_num_queries(MOST):
        answer = client.get(f"/employees/{cast.employment['leaver'].pk}/{part}/")

    assert answer.status_code == 200


def test_the_arithmetic_stands_on_the_page(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at)

    page = sign_in(cast.leaver).get("/me/performance/").content.decode()

    assert "40% × 92.5 ＝ 37" in page
    assert "30% × 76.25 ＝ 22.875" in page
    assert "37 ＋ 26.4 ＋ 22.875 ＝ 86.28" in page


def test_a_peer_stays_unnamed_to_the_person_and_has_a_name_for_those_above(cast: Any, at: Any) -> None:
    something_of_everything(cast, at)

    own = sign_in(cast.leaver).get("/me/performance/feedback/").content.decode()
    above = sign_in(cast.head).get(f"/employees/{cast.employment['leaver'].pk}/feedback/").content.decode()

    assert "资料齐" in own
    assert "宋知微" not in own.split('class="ui-tl"')[-1]
    assert "宋知微" in above.split('class="ui-tl"')[-1]


def test_a_team_page_shows_only_own_people_with_twelve_statements(
    cast: Any, card: Scorecard, at: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        employed(f"新人{n}", unit=cast.unit["sales_unit"], employee_number=f"N-{n:03d}", job_family="sales")
    client = sign_in(cast.head)

    with django_assert_max_num_queries(MOST):
        page = client.get("/performance/team/").content.decode()

    assert "周远航" in page
    assert "新人7" in page
    assert "唐景行" not in page
    assert page.count("/results/") == 22


def test_a_head_scores_the_stores_indicators_of_a_whole_page_at_once(
    cast: Any, plan: Plan, at: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        employed(f"新人{n}", unit=cast.unit["sales_unit"], employee_number=f"N-{n:03d}", job_family="sales")
    operations.open_period(period=MAY, by=None, at=at)
    client = sign_in(cast.head)
    with django_assert_max_num_queries(MOST):
        page = client.get("/performance/scoring/")
    fields = list(page.context["form"].fields)

    client.post("/performance/scoring/", dict.fromkeys(fields, "91.5"))

    assert len(fields) == 14
    assert set(Score.objects.values_list("indicator__key", "points")) == {("satisfaction", Decimal("91.50"))}
    assert Score.objects.count() == 14
    assert "p-" not in str(list(client.get("/performance/scoring/").context["form"].fields))


def test_a_head_cannot_slip_in_what_headquarters_scores(cast: Any, card: Scorecard) -> None:
    contracts = card.version.indicators.get(key="contracts")

    answer = sign_in(cast.head).post(
        f"/performance/scorecards/{card.pk}/scores/", {f"p-{card.pk}-{contracts.pk}": "100"}
    )

    assert answer.status_code == 302
    assert not Score.objects.exists()


def test_wrong_points_come_back_with_the_form(cast: Any, card: Scorecard) -> None:
    mine = card.version.indicators.get(key="satisfaction")

    answer = sign_in(cast.head).post(f"/performance/scorecards/{card.pk}/scores/", {f"p-{card.pk}-{mine.pk}": "151"})

    assert answer.status_code == 422
    assert not Score.objects.exists()


def test_a_final_card_answers_409(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at)
    hr = sign_in(cast.hrbp)

    assert hr.post(f"/performance/scorecards/{card.pk}/closure/").status_code == 302
    assert hr.post(f"/performance/scorecards/{card.pk}/closure/").status_code == 409
    assert sign_in(cast.head).post(f"/performance/scorecards/{card.pk}/scores/", {}).status_code == 409


def test_the_way_of_an_appeal_in_the_browser(
    cast: Any, card: Scorecard, at: Any, django_assert_max_num_queries: Any
) -> None:
    heads = score_all(card_of(cast.employment["head"]), cast, at)
    row = deduct(cast, at)
    head, hr = sign_in(cast.head), sign_in(cast.hr_manager)

    assert head.post(f"/performance/adjustments/{row.pk}/appeal/", {"text": " "}).status_code == 422
    assert head.post(f"/performance/adjustments/{row.pk}/appeal/", {"text": "不属实"}).status_code == 302
    whole = {"outcome": "partly_upheld", "percent": "-10", "answer": "部分属实"}
    assert hr.post(f"/performance/adjustments/{row.pk}/decision/", whole).status_code == 422
    assert hr.post(f"/performance/adjustments/{row.pk}/decision/", whole | {"percent": "-5"}).status_code == 302

    with django_assert_max_num_queries(MOST):
        page = head.get(f"/performance/scorecards/{heads.pk}/").content.decode()
    assert all(figure in page for figure in ("86.28", "77.65", "81.97", "不属实", "部分属实"))


def test_hr_adds_a_line_by_the_form(cast: Any, card: Scorecard) -> None:
    hr = sign_in(cast.hrbp)
    line = {"kind": "merit", "percent": "5", "on_date": "2026-05-10", "basis": "奖惩办法", "reason": "救了大单"}

    outside = hr.post(f"/performance/scorecards/{card.pk}/adjustments/", line | {"on_date": "2026-06-01"})
    inside = hr.post(f"/performance/scorecards/{card.pk}/adjustments/", line)

    assert (outside.status_code, inside.status_code) == (422, 302)
    assert Adjustment.objects.get().by == cast.hrbp


def test_feedback_is_given_by_those_who_lead_and_read_at_once(cast: Any) -> None:
    address = f"/performance/employees/{cast.employment['leaver'].pk}/feedback/"

    assert sign_in(cast.head).post(address, {"kind": "praise", "text": "谈判很稳"}).status_code == 302
    assert sign_in(cast.successor).post(address, {"kind": "praise", "text": "x"}).status_code == 404
    assert "谈判很稳" in sign_in(cast.leaver).get("/me/performance/feedback/").content.decode()
    assert Feedback.objects.count() == 1


def test_hr_files_what_a_colleague_said_and_a_head_speaks_as_manager(cast: Any) -> None:
    address = f"/performance/employees/{cast.employment['leaver'].pk}/reviews/"
    said = {"title": "年中", "on_date": "2026-06-30", "about_work": "清楚"}

    for who in (cast.head, cast.hrbp):
        assert sign_in(who).post(address, said).status_code == 302

    assert list(Review.objects.order_by("pk").values_list("side", flat=True)) == ["manager", "peer"]


def test_an_employee_keeps_objectives_projects_and_tasks(cast: Any, at: Any) -> None:
    me, about = sign_in(cast.leaver), f"/performance/employees/{cast.employment['leaver'].pk}"
    rows = {"k-TOTAL_FORMS": 3, "k-INITIAL_FORMS": 0, "k-0-title": "续约 5 家", "k-0-start": 0, "k-0-target": 5}
    steps = {"m-TOTAL_FORMS": 4, "m-INITIAL_FORMS": 0, "m-0-title": "签约", "m-1-title": "回款"}

    assert me.post(f"{about}/objectives/", rows | {"title": "守住客户", "period": "2026-Q2"}).status_code == 302
    assert me.post(f"{about}/projects/", steps | {"name": "锦程物流"}).status_code == 302
    assert me.post(f"{about}/tasks/", {"title": "回访"}).status_code == 302

    objective, project, task = Objective.objects.get(), Project.objects.get(), Task.objects.get()
    said = {"key_result": str(objective.key_results.get().pk), "value": "3", "confidence": "7"}
    assert me.post(f"/performance/objectives/{objective.pk}/check-ins/", said).status_code == 302
    assert me.post(f"/performance/projects/{project.pk}/progress/", {"percent": 50}).status_code == 302
    first = project.milestones.first()
    assert me.post(f"/performance/projects/{project.pk}/milestones/{first.pk}/").status_code == 302
    assert me.post(f"/performance/tasks/{task.pk}/completion/").status_code == 302
    assert me.post(f"/performance/tasks/{task.pk}/completion/").status_code == 409
    assert Objective.objects.get().percent == 60
    assert Project.objects.get().percent == 50


def test_an_objective_without_a_key_result_comes_back(cast: Any) -> None:
    rows = {"k-TOTAL_FORMS": 3, "k-INITIAL_FORMS": 0, "title": "空", "period": "2026-Q2"}

    answer = sign_in(cast.leaver).post(f"/performance/employees/{cast.employment['leaver'].pk}/objectives/", rows)

    assert answer.status_code == 422
    assert not Objective.objects.exists()


@pytest.mark.parametrize("kind", ["objectives", "projects"])
def test_one_thing_in_hand_costs_twelve_statements_at_most(
    cast: Any, at: Any, kind: str, django_assert_max_num_queries: Any
) -> None:
    something_of_everything(cast, at)
    row = {"objectives": Objective, "projects": Project}[kind].objects.first()
    client = sign_in(cast.leaver)

    with django_assert_max_num_queries(MOST):
        assert client.get(f"/performance/{kind}/{row.pk}/").status_code == 200


def test_hr_drafts_a_plan_in_the_browser_and_a_second_person_publishes_it(cast: Any, plan: Plan) -> None:
    editor, second = sign_in(cast.hr_manager), sign_in(cast.group_hr)
    address = f"/settings/performance-plans/{plan.pk}"
    assert editor.post(f"{address}/draft/").status_code == 302
    rows: dict[str, Any] = {"i-TOTAL_FORMS": 5, "i-INITIAL_FORMS": 3, "note": "销售额加重"}
    for n, (key, weight) in enumerate((("satisfaction", 30), ("sales", 60), ("", ""))):
        rows |= {f"i-{n}-key": key, f"i-{n}-title": key, f"i-{n}-weight": weight, f"i-{n}-owner": "store"}

    assert editor.post(f"{address}/draft/", rows).status_code == 302
    assert second.post(f"{address}/publication/").status_code == 422
    assert editor.post(f"{address}/draft/", rows | {"i-1-weight": "70"}).status_code == 302
    assert editor.post(f"{address}/publication/").status_code == 422
    assert second.post(f"{address}/publication/").status_code == 302

    assert [(row.key, row.weight) for row in plan.in_force.indicators.all()] == [("satisfaction", 30), ("sales", 70)]


def test_two_indicators_of_one_key_come_back(cast: Any, plan: Plan) -> None:
    rows: dict[str, Any] = {"i-TOTAL_FORMS": 2, "i-INITIAL_FORMS": 2}
    for n in (0, 1):
        rows |= {f"i-{n}-key": "same", f"i-{n}-title": "t", f"i-{n}-weight": 50, f"i-{n}-owner": "store"}

    answer = sign_in(cast.hr_manager).post(f"/settings/performance-plans/{plan.pk}/draft/", rows)

    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["/settings/performance-plans/", "/performance/shortfalls/"])
def test_lists_of_hr_cost_twelve_statements_at_most(
    cast: Any, plan: Plan, address: str, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(cast.hr_manager)

    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200


def test_a_plan_and_a_period_begin_in_the_browser(cast: Any, plan: Plan) -> None:
    hr = sign_in(cast.hr_manager)
    new = {"name": "门店", "rhythm": "month", "unit": "EAST", "job_family": "store"}

    assert hr.post("/settings/performance-plans/", new | {"unit": "SUPPLY"}).status_code == 422
    assert hr.post("/settings/performance-plans/", new).status_code == 302
    assert hr.post("/settings/performance-plans/", new).status_code == 422
    assert hr.post("/settings/performance-plans/periods/", {"period": "2026-13"}).status_code == 422
    assert hr.post("/settings/performance-plans/periods/", {"period": "2026-05"}).status_code == 302

    assert Scorecard.objects.count() == 3
