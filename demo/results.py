"""What people are measured by and what they have in hand: plans for everybody, a full year for the cast's team."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ehr.identity.models import User
from ehr.lib.months import add_months
from employees.models import Employment
from performance import operations
from performance.models import Indicator, MonthlyResult, Project, Scorecard
from performance.operations import Entry
from performance.rules.periods import Period, Rhythm, period_of

LEAVER, MATE, HEAD = "zhou.yuanhang", "he.shuyao", "gu.chengyan"
SCORED_MONTHS = 3
"""Closed months with points of every indicator for the cast's team, beside the one that is running."""


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    name: str
    job_family: str
    indicators: tuple[tuple[str, str, int, str, str], ...]


PLANS = (
    PlanRow(
        name="通用月度方案",
        job_family="",
        indicators=(
            ("goals", "重点工作完成", 60, "store", "按月初约定"),
            ("discipline", "制度与合规", 20, "headquarters", "无违规"),
            ("service", "协作评价", 20, "store", "4.5 分以上"),
        ),
    ),
    PlanRow(
        name="销售月度方案",
        job_family="sales",
        indicators=(
            ("sales", "销售额达成", 50, "feed", "ERP 每月 5 日上报"),
            ("new_customers", "新客户", 20, "headquarters", "每月 3 家"),
            ("satisfaction", "客户满意度", 30, "store", "4.5 分以上"),
        ),
    ),
    PlanRow(
        name="门店月度方案",
        job_family="store",
        indicators=(
            ("satisfaction", "门店客户满意度", 40, "store", "4.6 分以上"),
            ("sales", "总部销售额", 30, "feed", "ERP 每月 5 日上报"),
            ("stock", "盘点准确率", 30, "headquarters", "99.5% 以上"),
        ),
    ),
)

OBJECTIVES: tuple[tuple[str, tuple[tuple[str, str, int, int, int, int], ...]], ...] = (
    (
        "守住华东五大客户",
        (("续约 5 家", "家", 0, 5, 3, 7), ("回款 420 万", "万", 0, 420, 298, 6), ("投诉降到 2 起", "起", 12, 2, 4, 8)),
    ),
    (
        "季度新增 10 家",
        (("新签 10 家", "家", 0, 10, 6, 5), ("拜访 60 次", "次", 0, 60, 52, 9), ("商机 800 万", "万", 0, 800, 664, 7)),
    ),
)
PROJECTS: tuple[tuple[str, str, str, int, tuple[tuple[str, int, bool], ...]], ...] = (
    (
        "锦程物流 三季度框架合同与验收",
        "吴总、采购小郑",
        "合同额 214 万元",
        50,
        (("合同签署", -51, True), ("接口联调", -4, True), ("对方验收", -3, False), ("首批回款", 17, False)),
    ),
    (
        "远山医药 续约谈判",
        "罗医生",
        "价格已口头同意，账期在谈",
        60,
        (("报价", -29, True), ("第三稿合同", -8, True), ("账期谈定", 2, False), ("签约", 30, False)),
    ),
    (
        "澄海乳业 回款计划",
        "财务李姐",
        "欠 38 万元，分三期",
        33,
        (("第一期 12 万", -18, True), ("第二期 13 万", 12, False), ("第三期 13 万", 43, False)),
    ),
)
TASKS = (("给锦程补开验收发票", 3), ("整理 B 类客户底价表", 7), ("约远山医药周五拜访", 1))


# --- Plans and the running month ---------------------------------------------------------------------------


def publish_plans(*, at: datetime) -> None:
    """One for the group and two for job families; edited by the HR manager, published by the group."""
    editor, publisher = (User.objects.get(username=name) for name in ("shen.guanfu", "lu.xingjian"))
    for row in PLANS:
        plan = operations.create_plan(name=row.name, rhythm="month", job_family=row.job_family, by=editor, at=at)
        draft = plan.open_draft(by=editor, at=at)
        draft.write(indicators=_indicators(row), note="首版", by=editor, at=at)
        draft.publish(by=publisher, at=at)


def _indicators(row: PlanRow) -> list[Indicator]:
    return [
        Indicator(key=key, title=title, weight=Decimal(weight), owner=owner, target=target)
        for key, title, weight, owner, target in row.indicators
    ]


def open_this_month(*, today: date, at: datetime) -> None:
    operations.open_period(period=period_of(rhythm=Rhythm.MONTH, day=today), by=None, at=at)


def tell_shortfalls(employments: Iterable[Employment], *, at: datetime) -> None:
    operations.watch_shortfalls([employment.pk for employment in employments], at=at)


# --- The cast's team ---------------------------------------------------------------------------------------


def build_team(*, seed: int, today: date, at: datetime) -> None:
    """A year of target ratios, three scored months, work in hand, and what was said of it."""
    rng = random.Random(seed)
    team = {who: _employment(who) for who in (LEAVER, MATE, HEAD)}
    _year(team.values(), rng, today, at)
    publish_plans(at=at - timedelta(days=120))
    people = Employment.objects.filter(pk__in=[employment.pk for employment in team.values()])
    for back in range(SCORED_MONTHS, 0, -1):
        month = Period(rhythm=Rhythm.MONTH, start=add_months(today.replace(day=1), -back))
        operations.open_period(period=month, people=people, by=None, at=at - timedelta(days=30 * back))
        _score(month, rng, at=at - timedelta(days=30 * back - 20))
    _work(team[LEAVER], today, at)
    _voices(team[LEAVER], today, at)


def _employment(username: str) -> Employment:
    rows = Employment.objects.select_related("person__user", "unit", "data_key")
    return rows.get(person__user__username=username)


def _year(people: Iterable[Employment], rng: random.Random, today: date, at: datetime) -> None:
    first = today.replace(day=1)
    MonthlyResult.objects.bulk_create(
        MonthlyResult(
            employment=employment,
            month=add_months(first, -back),
            target_ratio=Decimal(str(round(rng.uniform(0.94, 1.14), 4))),
            score=Decimal(str(round(rng.uniform(84, 98), 1))),
            source="ERP",
            source_id=f"{employment.employee_number}:{back}",
            received_at=at,
        )
        for employment in people
        for back in range(12, 0, -1)
    )


def _score(month: Period, rng: random.Random, *, at: datetime) -> None:
    """Each side its own indicators, as the three would have come in; then HR closes the month."""
    cards = Scorecard.objects.filter(start_date=month.start).for_page()
    hr, head, manager = (User.objects.get(username=name) for name in ("song.zhiwei", HEAD, "meng.huaijin"))
    for card in cards:
        leads = manager if card.employment.person.user_id == head.pk else head
        by = {"store": leads, "headquarters": hr, "feed": None}
        for row in card.version.indicators.all():
            points = Decimal(rng.randint(340, 440)) / 4
            source = {"source": "ERP", "source_id": f"{card.pk}:{row.key}"} if row.owner == "feed" else {}
            entry = Entry(scorecard_id=card.pk, indicator_id=row.pk, points=points, **source)
            operations.record_scores([entry], by=by[row.owner], at=at)
    for card in Scorecard.objects.filter(start_date=month.start):
        card.close(by=hr, at=at + timedelta(days=1))


def _work(leaver: Employment, today: date, at: datetime) -> None:
    by: Any = leaver.person.user
    quarter = period_of(rhythm=Rhythm.QUARTER, day=today)
    for title, results in OBJECTIVES:
        rows = [
            {"title": name, "measure": measure, "start": Decimal(start), "target": Decimal(target)}
            for name, measure, start, target, _now, _sure in results
        ]
        objective = operations.set_objective(
            employment=leaver, title=title, period=quarter, key_results=rows, by=by, at=at - timedelta(days=40)
        )
        for row, (*_words, now, sure) in zip(objective.key_results.all(), results, strict=True):
            objective.check_in(key_result=row, value=Decimal(now), confidence=sure, by=by, at=at - timedelta(days=3))
    for name, counterpart, note, percent, steps in PROJECTS:
        project = operations.start_project(
            employment=leaver, name=name, counterpart=counterpart, note=note,
            due_date=today + timedelta(days=steps[-1][1]), milestones=_steps(steps, today),
            by=by, at=at - timedelta(days=60),
        )  # fmt: skip
        project.report(percent=percent, note="按里程碑推进", by=by, at=at - timedelta(days=2))
    first = Project.objects.of(leaver).order_by("pk").first()
    for title, days in TASKS:
        operations.open_task(
            employment=leaver, title=title, due_date=today + timedelta(days=days), project=first, by=by, at=at
        )


def _steps(steps: tuple[tuple[str, int, bool], ...], today: date) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "due_date": today + timedelta(days=days),
            "done_date": today + timedelta(days=days) if done else None,
        }
        for title, days, done in steps
    ]


def _voices(leaver: Employment, today: date, at: datetime) -> None:
    head, hr = (User.objects.get(username=name) for name in (HEAD, "song.zhiwei"))
    for kind, text, days in (
        ("praise", "远山医药那次谈判底价守得很稳。", 12),
        ("advice", "报价模型的说明可以早一点写，别都在脑子里。", 5),
    ):
        operations.give_feedback(employment=leaver, kind=kind, text=text, by=head, at=at - timedelta(days=days))
    half_year = date(today.year, 6, 30) if today.month > 6 else date(today.year - 1, 12, 31)
    for by, side, work, person, rating in (
        (head, "manager", "大客户关系最稳，底价把得住；内部文档可以再早一点写。", "可以培养成部门副手。", 4),
        (hr, "peer", "找他要资料很快，合同条款记得比法务还清楚。", "说话直，开会容易急。", None),
    ):
        operations.write_review(
            employment=leaver, title="年中评价", on_date=half_year, side=side, about_work=work,
            about_person=person, rating=rating, by=by, at=at - timedelta(days=20),
        )  # fmt: skip
