"""A line that changes a result: recorded, appealed, decided - and the result keeps every state it was in."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from ehr.notices.models import Notice
from ehr.record.models import Event
from performance import operations
from performance.models import Adjustment, ResultChange, Scorecard
from tests.performance.conftest import MAY, card_of, score_all

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)


def deduct(cast: Any, at: Any, **facts: Any) -> Adjustment:
    given = {
        "employment": cast.employment["head"],
        "on_date": DAY,
        "kind": "handover_omission",
        "percent": Decimal(-10),
        "reason": "交接漏了客户特殊需求",
        "basis": "绩效管理办法 第 12 条",
        "origin": "handover.omission:1",
        "by": cast.hrbp,
        "at": at,
    } | facts
    return operations.record_adjustment(**given)


@pytest.fixture
def heads_card(cast: Any, card: Scorecard, at: Any) -> Scorecard:
    return score_all(card_of(cast.employment["head"]), cast, at)


def test_the_heads_deduction_is_appealed_half_upheld_and_the_result_follows_with_its_history(
    cast: Any, heads_card: Scorecard, at: Any
) -> None:
    deduction = deduct(cast, at)
    operations.appeal_adjustment(deduction, text="那位客户是我亲自跟的", by=cast.head, at=at)

    operations.decide_appeal(
        deduction, outcome="partly_upheld", percent=Decimal(-5), answer="部分属实", by=cast.hr_manager, at=at
    )

    states = ResultChange.objects.filter(scorecard=heads_card).order_by("number")
    assert [(row.because, row.result) for row in states] == [
        ("scored", Decimal("86.28")),
        ("adjusted", Decimal("77.65")),
        ("appeal_decided", Decimal("81.97")),
    ]
    assert card_of(cast.employment["head"]).result == Decimal("81.97")
    assert Adjustment.objects.get().percent == Decimal("-10.00")


def test_the_line_stands_in_the_arithmetic(cast: Any, heads_card: Scorecard, at: Any) -> None:
    deduct(cast, at)

    (change,) = card_of(cast.employment["head"]).composite.changes
    assert (change.percent, change.points) == (Decimal("-10.00"), Decimal("-8.63"))


def test_until_it_is_decided_the_line_counts_as_it_stands(cast: Any, heads_card: Scorecard, at: Any) -> None:
    operations.appeal_adjustment(deduct(cast, at), text="不对", by=cast.head, at=at)

    assert card_of(cast.employment["head"]).result == Decimal("77.65")


def test_the_same_origin_is_recorded_once(cast: Any, heads_card: Scorecard, at: Any) -> None:
    assert deduct(cast, at) == deduct(cast, at)
    assert Event.objects.filter(kind="performance.adjustment.recorded").count() == 1


def test_a_line_that_comes_before_its_scorecard_waits_for_it(cast: Any, plan: Any, at: Any) -> None:
    deduction = deduct(cast, at)

    operations.open_period(period=MAY, by=None, at=at)

    deduction.refresh_from_db()
    assert deduction.scorecard == card_of(cast.employment["head"])
    assert score_all(card_of(cast.employment["head"]), cast, at).result == Decimal("77.65")


def test_it_changes_a_final_card_too(cast: Any, heads_card: Scorecard, at: Any) -> None:
    heads_card.close(by=cast.hrbp, at=at)

    deduct(cast, at)

    assert card_of(cast.employment["head"]).result == Decimal("77.65")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"percent": Decimal(0)}, "percent_out_of_range"),
        ({"percent": Decimal("-100.01")}, "percent_out_of_range"),
        ({"reason": " "}, "reason_empty"),
        ({"basis": ""}, "basis_empty"),
    ],
)
def test_it_needs_an_amount_a_reason_and_a_rule(
    cast: Any, heads_card: Scorecard, at: Any, facts: Any, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        deduct(cast, at, **facts)

    assert refused.value.code == code


def test_nobody_adjusts_their_own_result(cast: Any, heads_card: Scorecard, at: Any) -> None:
    with pytest.raises(Forbidden):
        deduct(cast, at, by=cast.head)


def test_the_person_is_told_and_hr_gets_a_duty_until_it_answers(cast: Any, heads_card: Scorecard, at: Any) -> None:
    deduction = deduct(cast, at)
    operations.appeal_adjustment(deduction, text="不对", by=cast.head, at=at)
    duty = Deadline.objects.still_open().get(kind="performance.appeal")

    operations.decide_appeal(deduction, outcome="lifted", answer="查无此事", by=cast.hr_manager, at=at)

    assert duty.role == "hr_manager"
    assert not Deadline.objects.still_open().filter(kind="performance.appeal").exists()
    told = Notice.objects.filter(user=cast.head).order_by("created_at", "pk").values_list("kind", flat=True)
    assert set(told) == {"performance.adjusted", "performance.appeal_decided"}


def test_there_is_one_appeal_and_one_decision(cast: Any, heads_card: Scorecard, at: Any) -> None:
    deduction = deduct(cast, at)
    with pytest.raises(WrongState):
        operations.decide_appeal(deduction, outcome="lifted", answer="好", by=cast.hr_manager, at=at)
    operations.appeal_adjustment(deduction, text="不对", by=cast.head, at=at)
    with pytest.raises(WrongState):
        operations.appeal_adjustment(deduction, text="还是不对", by=cast.head, at=at)
    operations.decide_appeal(deduction, outcome="upheld", answer="属实", by=cast.hr_manager, at=at)

    with pytest.raises(WrongState):
        operations.decide_appeal(deduction, outcome="lifted", answer="好", by=cast.hr_manager, at=at)


def test_whoever_recorded_it_does_not_decide(cast: Any, heads_card: Scorecard, at: Any) -> None:
    deduction = deduct(cast, at, by=cast.hr_manager)
    operations.appeal_adjustment(deduction, text="不对", by=cast.head, at=at)

    with pytest.raises(Refused) as refused:
        operations.decide_appeal(deduction, outcome="upheld", answer="属实", by=cast.hr_manager, at=at)

    assert refused.value.code == "second_person"


def test_the_words_rest_encrypted_and_only_their_hash_is_on_record(cast: Any, heads_card: Scorecard, at: Any) -> None:
    deduct(cast, at)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM performance_adjustment")
        (stored,) = cursor.fetchone()
    assert "客户特殊需求".encode() not in bytes(stored)
    assert Adjustment.objects.get().reason == "交接漏了客户特殊需求"
    assert "客户" not in str(Event.objects.get(kind="performance.adjustment.recorded").payload)
