"""What follows on a handover: somebody takes over, is shown things and asks, a plan moves what is in flight; and what is
found missing later counts in the result of the head who had called the list complete, who appeals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from demo.build import give_sign_in
from ehr.clock import LEGAL_ZONE
from ehr.identity.models import User
from ehr.lib.months import add_months
from employees.models import Employment
from employees.queries import manager_of
from handover import operations
from handover.models import Handover
from offboarding.models import Case
from performance import operations as performance
from performance.models import CardState, Scorecard
from performance.operations import Entry
from performance.rules.periods import Period, Rhythm

if TYPE_CHECKING:
    from handover.models import Message

BASIS = "绩效管理办法 第 12 条 交接质量（演示）"
PROJECTS = (("重点客户年度对账", "对方财务李姐", 60), ("秋季陈列调整", "陈列组", 35))
TASKS = (("把报价单旧版本归档", 6), ("和物流确认下月排期", 9))
SESSIONS = (("月末对账从头到尾走一遍", 1), ("一起见主要对接人", 3))
SHOWN = "常用报表和权限在哪里"
QUESTIONS = (
    ("月末对账一直是谁先发起？", "每月 25 日我先发，对方财务两天内回。"),
    ("共享盘里哪一份报价单是最新的？", ""),
)
MISSED = (("客户要求月结", "没人知道，晚开了一周票。"), ("仓库备用钥匙", "少一把钥匙的签收。"))
POINTS = (Decimal("91.5"), Decimal(88), Decimal("84.25"))


def play_afterwards(*, now: datetime) -> None:
    if running := _best_running(now):
        _take_over(running, now=now)
    if signed := _first_signed(now):
        _deduct(signed, now=now)


# --- Taking over --------------------------------------------------------------------------------------------
def _best_running(now: datetime) -> Handover | None:
    """One that HR of the home business and the sales people among the demo's readers see, if there is."""
    ends_after = now.astimezone(LEGAL_ZONE).date() + timedelta(days=max(days for _topic, days in SESSIONS))
    begun = Handover.objects.for_page().filter(state="open", opened_at__lt=now - timedelta(days=3))
    rows = begun.filter(leaver__isnull=False, head__isnull=False, last_working_date__gt=ends_after)
    near = sorted(rows.order_by("id"), key=lambda row: "/HOM/" not in f"/{row.employment.unit.path}/")
    return next((row for row in near if _colleague(row)), None)


def _colleague(handover: Handover) -> Employment | None:
    here = Employment.objects.current().filter(unit=handover.employment.unit).exclude(pk=handover.employment_id)
    staying = here.exclude(pk__in=Case.objects.values("employment")).exclude(person__user=handover.head)
    return staying.select_related("person").order_by("employee_number").first()


def _take_over(handover: Handover, *, now: datetime) -> None:
    colleague, hr = _colleague(handover), User.objects.get(username="shen.guanfu")
    assert colleague and handover.head and handover.leaver
    before, yesterday = now - timedelta(days=2), now - timedelta(days=1)
    give_sign_in([colleague])
    successor = colleague.person.user
    operations.name_successor(handover=handover, successor=successor, by=hr, at=before)
    handover = Handover.objects.for_page().get(pk=handover.pk)
    _give_work(handover, at=before)
    seen = operations.plan_shadowing(
        handover=handover, topic=SHOWN, on_date=_day(yesterday), by=handover.head, at=before
    )
    operations.finish_shadowing(shadowing=seen, by=successor, at=yesterday)
    for topic, days in SESSIONS:
        day = _day(now) + timedelta(days=days)
        operations.plan_shadowing(handover=handover, topic=topic, on_date=day, by=handover.head, at=yesterday)
    asked = [
        (operations.ask_question(handover=handover, text=text, by=successor, at=yesterday), answer)
        for text, answer in QUESTIONS
    ]
    for question, answer in asked:
        _answer(question, answer, by=handover.leaver, at=now)
    plan = operations.propose_transfer(handover=handover, by=handover.head, at=yesterday)
    operations.confirm_transfer(plan=plan, by=handover.head, at=now)


def _give_work(handover: Handover, *, at: datetime) -> None:
    leaver, by = handover.employment, handover.leaver
    for name, counterpart, percent in PROJECTS:
        due_date = handover.last_working_date + timedelta(days=40)
        project = performance.start_project(
            employment=leaver, name=name, counterpart=counterpart, note="", due_date=due_date, milestones=[], by=by, at=at
        )  # fmt: skip
        project.report(percent=percent, note="按计划推进", by=by, at=at)
    for title, days in TASKS:
        due_date = _day(at) + timedelta(days=days)
        performance.open_task(employment=leaver, title=title, due_date=due_date, project=None, by=by, at=at)


def _answer(question: Message, text: str, *, by: User, at: datetime) -> None:
    if text:
        operations.answer_question(question=question, text=text, by=by, at=at)


# --- What a gap costs its head ------------------------------------------------------------------------------
def _first_signed(now: datetime) -> Handover | None:
    """Signed so early that something could be found missing in the month that is over."""
    rows = Handover.objects.for_page().filter(state="signed", signed_at__lt=_found_at(now))
    return rows.order_by("signed_at", "id").first()


def _deduct(handover: Handover, *, now: datetime) -> None:
    """Recorded by HR under a rule that had been announced; the appeal is decided by somebody else, half of it upheld."""
    hr, group_hr = (User.objects.get(username=name) for name in ("shen.guanfu", "lu.xingjian"))
    month = _last_month(now)
    operations.set_deduction_rule(
        basis=BASIS, announced_date=add_months(month.start, -3), per_point=Decimal("0.5"), most=Decimal(10),
        by=group_hr, at=now,
    )  # fmt: skip
    for title, text in MISSED:
        operations.file_omission(handover=handover, title=title, kind="relation", text=text, by=hr, at=_found_at(now))
    card = _scored(handover, month, at=now)
    line = operations.deduct(card=card, by=hr, at=now).adjustment
    head: User = handover.head
    performance.appeal_adjustment(line, text="月结是总部直接谈的，部门不知情。", by=head, at=now)
    half = (line.percent / 2).quantize(Decimal("0.01"))
    performance.decide_appeal(
        line, outcome="partly_upheld", percent=half, answer="月结一项属实，减半；钥匙一项照扣。", by=group_hr, at=now
    )


def _scored(handover: Handover, month: Period, *, at: datetime) -> Scorecard:
    """By those whose indicators they are, and closed."""
    head = Employment.objects.filter(person__user=handover.head)
    performance.open_period(period=month, people=head, by=None, at=at)
    card = Scorecard.objects.for_page().get(employment__in=head, start_date=month.start)
    group_hr, hr = (User.objects.get(username=name) for name in ("lu.xingjian", "shen.guanfu"))
    leads = manager_of(card.employment) or group_hr
    if card.state == CardState.OPEN:
        for row, points in zip(card.version.indicators.order_by("pk"), POINTS, strict=False):
            by = leads if row.owner == "store" else hr
            performance.record_scores([Entry(scorecard_id=card.pk, indicator_id=row.pk, points=points)], by=by, at=at)
        card.close(by=hr, at=at)
    return card


def _last_month(now: datetime) -> Period:
    return Period(rhythm=Rhythm.MONTH, start=add_months(_day(now).replace(day=1), -1))


def _found_at(now: datetime) -> datetime:
    """Two days before the end of last month."""
    first = now.astimezone(LEGAL_ZONE).replace(day=1, hour=10, minute=0, second=0, microsecond=0)
    return first - timedelta(days=2)


def _day(at: datetime) -> date:
    return at.astimezone(LEGAL_ZONE).date()
