"""Periods open, points come in, the result follows and keeps its history."""

from decimal import Decimal
from typing import Any

import pytest

from ehr import clock
from ehr.errors import Refused, WrongState
from ehr.record.models import Event
from employees.models import Employment
from performance import operations
from performance.models import Plan, ResultChange, Score, Scorecard
from performance.tasks import open_periods
from tests.performance.conftest import MAY, a_plan, card_of, entry, score_all

pytestmark = pytest.mark.django_db


def test_everybody_whom_a_plan_reaches_gets_a_scorecard_once(cast: Any, plan: Plan, at: Any) -> None:
    first, second = (operations.open_period(period=MAY, by=None, at=at) for _ in range(2))

    assert (first, second) == (3, 0)
    assert Scorecard.objects.count() == Event.objects.filter(kind="performance.scorecard.opened").count() == 3


def test_a_persons_own_plan_comes_before_the_units(cast: Any, plan: Plan, at: Any) -> None:
    own = a_plan(cast, at, name="周远航本人", unit=None, employment=cast.employment["leaver"])

    operations.open_period(period=MAY, by=None, at=at)

    assert card_of(cast.employment["leaver"]).version.plan == own
    assert card_of(cast.employment["successor"]).version.plan == plan


def test_opening_a_period_costs_the_same_for_many(
    cast: Any, plan: Plan, at: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        operations.open_period(period=MAY, by=None, at=at)


def test_there_is_no_result_before_every_indicator_is_scored(cast: Any, card: Scorecard, at: Any) -> None:
    operations.record_scores([entry(card, "satisfaction", "92.5")], by=cast.head, at=at)

    again = card_of(card.employment)
    assert (again.result, again.composite.so_far, again.composite.scored_weight) == (
        None,
        Decimal("37.00"),
        Decimal(40),
    )


def test_the_result_is_the_weighted_sum_with_its_arithmetic(cast: Any, card: Scorecard, at: Any) -> None:
    scored = score_all(card, cast, at)

    change = ResultChange.objects.get()
    assert scored.result == change.result == Decimal("86.28")
    assert change.arithmetic["base"] == "86.28"
    assert {line["key"]: Decimal(line["points"]) for line in change.arithmetic["lines"]}


def test_a_correction_keeps_what_stood_before(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at)

    operations.record_scores([entry(card, "sales", "98")], by=None, at=at)

    assert [row.points for row in Score.objects.filter(indicator__key="sales").order_by("at", "pk")] == [88, 98]
    assert [row.result for row in ResultChange.objects.order_by("number")] == [Decimal("86.28"), Decimal("89.28")]


def test_the_same_points_again_change_nothing(cast: Any, card: Scorecard, at: Any) -> None:
    score_all(card, cast, at)

    assert operations.record_scores([entry(card, "sales", "88")], by=cast.hrbp, at=at) == 0
    assert Score.objects.count() == 3


def test_nobody_scores_themselves(cast: Any, card: Scorecard, at: Any) -> None:
    own = card_of(cast.employment["head"])

    with pytest.raises(Refused) as refused:
        operations.record_scores([entry(own, "satisfaction", "150")], by=cast.head, at=at)

    assert refused.value.code == "own_score"


@pytest.mark.parametrize("points", ["-0.01", "150.01"])
def test_points_go_from_0_to_150(cast: Any, card: Scorecard, at: Any, points: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.record_scores([entry(card, "sales", points)], by=cast.hrbp, at=at)

    assert refused.value.code == "points_out_of_range"


def test_an_indicator_of_another_plan_is_refused(cast: Any, card: Scorecard, at: Any) -> None:
    other = a_plan(cast, at, name="别处", unit=cast.unit["supply"])
    row = entry(card, "sales", "80")

    with pytest.raises(Refused):
        operations.record_scores(
            [type(row)(scorecard_id=card.pk, indicator_id=other.in_force.indicators.first().pk, points=Decimal(1))],
            by=cast.hrbp,
            at=at,
        )


def test_a_final_card_takes_no_more_points(cast: Any, card: Scorecard, at: Any) -> None:
    scored = score_all(card, cast, at)
    scored.close(by=cast.hrbp, at=at)

    with pytest.raises(WrongState):
        operations.record_scores([entry(card, "sales", "99")], by=cast.hrbp, at=at)
    with pytest.raises(WrongState):
        card_of(card.employment).close(by=cast.hrbp, at=at)


def test_a_card_without_all_scores_cannot_be_final(cast: Any, card: Scorecard, at: Any) -> None:
    with pytest.raises(Refused):
        card.close(by=cast.hrbp, at=at)


def test_the_record_knows_which_indicators_but_no_points(cast: Any, card: Scorecard, at: Any) -> None:
    operations.record_scores([entry(card, "sales", "87.65", note="含退货")], by=cast.hrbp, at=at)

    payload = Event.objects.get(kind="performance.scores.recorded").payload
    assert payload["indicators"] == ["sales"]
    assert "87.65" not in str(payload)
    assert "退货" not in str(payload)


def test_who_left_gets_no_scorecard(cast: Any, plan: Plan, at: Any) -> None:
    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(status="left", termination_date="2026-04-30")

    operations.open_period(period=MAY, by=None, at=at)

    assert not Scorecard.objects.filter(employment=cast.employment["leaver"]).exists()


def test_exactly_these_people_see_a_result(cast: Any, card: Scorecard) -> None:
    rows = Scorecard.objects.filter(pk=card.pk)
    seeing = {name for name, user in cast.users.items() if rows.visible_to(user).exists()}

    assert seeing == {"leaver", "head", "gm", "hrbp", "hr_manager", "group_hr", "auditor"}


def test_every_night_the_running_periods_are_open(cast: Any, at: Any) -> None:
    a_plan(cast, at)
    a_plan(cast, at, name="季度", rhythm="quarter")

    open_periods()
    open_periods()

    cards = Scorecard.objects.filter(employment=cast.employment["leaver"])
    assert sorted(cards.values_list("rhythm", flat=True)) == ["month", "quarter"]
    assert all(card.start_date <= clock.today() <= card.end_date for card in cards)
