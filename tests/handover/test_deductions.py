"""What the handovers of a month take from the result of their head: off by default, decided by a person, appealed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from handover import operations, queries
from handover.models import Deduction, DeductionRule, Handover
from performance import operations as performance
from performance.models import ResultChange, Scorecard
from performance.rules.periods import period_from
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import hand_over_everything, item_of
from tests.performance.conftest import a_plan, card_of, score_all

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FOUND_AT = datetime(2026, 6, 20, 2, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def signed(cast: Any, at: datetime, opened: Handover) -> Handover:
    """Everything confirmed in May; the last day is in June."""
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)
    return Handover.objects.for_page().get(pk=opened.pk)


@pytest.fixture
def june(cast: Any, at: datetime) -> Scorecard:
    """The head's scorecard: 40 % × 92.5 + 30 % × 88 + 30 % × 76.25 = 86.28."""
    a_plan(cast, at)
    performance.open_period(period=period_from("2026-06"), by=None, at=at)
    return score_all(card_of(cast.employment["head"], "2026-06"), cast, JULY)


@pytest.fixture
def in_july(monkeypatch: Any) -> None:
    monkeypatch.setattr("ehr.clock.now", lambda: JULY)


def a_rule(cast: Any, at: datetime, **facts: Any) -> DeductionRule:
    given = {"basis": "绩效管理办法 第 12 条", "announced_date": date(2026, 5, 4), "per_point": Decimal("0.5")} | facts
    return operations.set_deduction_rule(**{"most": Decimal(10)} | given, by=cast.group_hr, at=at)


def missed(handover: Handover, cast: Any, at: datetime = FOUND_AT, title: str = "客户的特殊要求") -> None:
    operations.file_omission(handover=handover, title=title, kind="relation", by=cast.successor, at=at)


def test_the_heads_deduction_is_a_line_in_the_heads_result_appealed_half_upheld_and_the_result_keeps_its_history(
    cast: Any, at: datetime, signed: Handover, june: Scorecard, in_july: None
) -> None:
    hr, head, reviewer = sign_in(cast.hrbp), sign_in(cast.head), sign_in(cast.hr_manager)
    a_rule(cast, at)
    missed(signed, cast)

    counted = hr.get(reverse("handover:deduction", args=[june.pk])).content.decode()
    assert "5 ÷ 5 ＝ 100.00%" in counted
    assert "1 ÷ (5 ＋ 1) ＝ 16.67%" in counted
    assert "(0.00 ＋ 11.67) × 0.50% ＝ 5.84%" in counted
    assert hr.post(reverse("handover:deduction", args=[june.pk])).status_code == 302

    mine = head.get(reverse("performance:scorecard", args=[june.pk])).content.decode()
    assert "86.28 × -5.84% ＝ -5.04" in mine
    assert "1 ÷ (5 ＋ 1) ＝ 16.67%" in mine
    assert "绩效管理办法 第 12 条" in mine
    line = Deduction.objects.get().adjustment
    head.post(reverse("performance:appeal", args=[line.pk]), {"text": "那位客户由总部直接跟进"})
    half = {"outcome": "partly_upheld", "percent": "-2.92", "answer": "部分属实，减半"}
    assert hr.post(reverse("performance:decision", args=[line.pk]), half).status_code == 403
    assert reviewer.post(reverse("performance:decision", args=[line.pk]), half).status_code == 302

    after = head.get(reverse("performance:scorecard", args=[june.pk])).content.decode()
    assert "86.28 × -2.92% ＝ -2.52" in after
    assert "部分属实，减半" in after
    assert list(ResultChange.objects.filter(scorecard=june).order_by("number").values_list("because", "result")) == [
        ("scored", Decimal("86.28")),
        ("adjusted", Decimal("81.24")),
        ("appeal_decided", Decimal("83.76")),
    ]
    assert "-2.92%" in hr.get(reverse("handover:deductions"), {"period": "2026-06"}).content.decode()


def test_nothing_is_deducted_until_the_rules_basis_is_recorded(
    cast: Any, signed: Handover, june: Scorecard, in_july: None
) -> None:
    missed(signed, cast)
    hr = sign_in(cast.hrbp)

    page = hr.get(reverse("handover:deductions"), {"period": "2026-06"}).content.decode()
    answer = hr.post(reverse("handover:deduction", args=[june.pk]))

    assert "1 ÷ (5 ＋ 1)" in page
    assert answer.status_code == 422
    assert not Deduction.objects.exists()


def test_only_group_hr_records_the_rule_and_ends_it(cast: Any, at: datetime, in_july: None) -> None:
    said = {"basis": "绩效管理办法 第 12 条", "announced_date": "2026-05-04", "per_point": "0.5", "most": "10"}
    address = reverse("handover:deduction_rule")
    assert sign_in(cast.hr_manager).post(address, said).status_code == 403
    group = sign_in(cast.group_hr)

    assert group.post(address, {**said, "most": "10.01"}).status_code == 422
    assert group.post(address, {**said, "basis": " "}).status_code == 422
    assert group.post(address, said).status_code == 302
    assert group.post(address, {**said, "per_point": "1"}).status_code == 302

    (rule,) = DeductionRule.objects.in_force()
    assert rule.per_point == Decimal(1)
    assert "0.50%" in group.get(address).content.decode()
    assert group.post(reverse("handover:deduction_rule_ending", args=[rule.pk])).status_code == 302
    assert not DeductionRule.objects.in_force().exists()
    with pytest.raises(WrongState):
        rule.end(by=cast.group_hr, at=JULY)


def test_no_rule_takes_more_than_ten_percent_whoever_writes_the_row(cast: Any, at: datetime) -> None:
    rule = a_rule(cast, at)

    for change in ({"most": Decimal("10.01")}, {"per_point": Decimal(0)}, {"basis": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeductionRule.objects.filter(pk=rule.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeductionRule.objects.create(
            basis="另一个", announced_date=rule.announced_date, per_point=1, most=1, set_by=cast.group_hr, set_at=at
        )


@pytest.mark.parametrize(
    ("announced", "when", "code"),
    [
        (date(2026, 6, 2), JULY, "rule_is_younger"),
        (date(2026, 5, 4), datetime(2026, 6, 30, 12, 0, tzinfo=UTC), "period_runs"),
    ],
)
def test_a_rule_does_not_reach_back_and_a_period_is_over_first(
    cast: Any, signed: Handover, june: Scorecard, announced: date, when: datetime, code: str
) -> None:
    a_rule(cast, JULY, announced_date=announced)
    missed(signed, cast)

    with pytest.raises(Refused) as refused:
        operations.deduct(card=june, by=cast.hrbp, at=when)

    assert refused.value.code == code


def test_a_line_is_taken_once_by_somebody_else_and_only_for_a_goal_that_was_missed(
    cast: Any, at: datetime, signed: Handover, june: Scorecard
) -> None:
    a_rule(cast, at)
    with pytest.raises(Refused) as nothing:
        operations.deduct(card=june, by=cast.hrbp, at=JULY)
    missed(signed, cast)
    for who in (cast.head, cast.stranger, cast.auditor):
        with pytest.raises(Forbidden):
            operations.deduct(card=june, by=who, at=JULY)

    operations.deduct(card=june, by=cast.hrbp, at=JULY)

    assert nothing.value.code == "nothing_to_deduct"
    with pytest.raises(Refused) as again:
        operations.deduct(card=june, by=cast.hr_manager, at=JULY)
    assert again.value.code == "deducted_already"
    fact = Event.objects.get(kind="handover.deduction.recorded")
    assert "5.84" not in str(fact.payload)


def test_the_deduction_keeps_the_figures_and_the_rule_it_was_counted_from(
    cast: Any, at: datetime, signed: Handover, june: Scorecard
) -> None:
    a_rule(cast, at)
    missed(signed, cast)
    operations.deduct(card=june, by=cast.hrbp, at=JULY)

    a_rule(cast, JULY, per_point=Decimal(1), most=Decimal(2))
    missed(signed, cast, JULY, title="对账日")

    (row,) = queries.deductions(cast.hrbp, period="2026-06")
    assert row.recorded
    assert row.counted
    assert (row.figures.missed, row.counted.percent) == (1, Decimal("5.84"))


def test_what_was_confirmed_after_the_period_was_not_done_in_it(
    cast: Any, at: datetime, opened: Handover, june: Scorecard
) -> None:
    hand_over_everything(opened, cast, at)
    opened.items.filter(key__in=["work", "crm"]).update(confirmed_at=datetime(2026, 6, 30, 16, 0, tzinfo=UTC))

    figures = queries.figures_of([june])[june.pk]

    assert (figures.due, figures.confirmed, figures.completion) == (5, 3, Decimal("60.00"))


def test_an_omission_found_later_counts_in_its_own_month_against_the_items_of_its_handover(
    cast: Any, at: datetime, signed: Handover, june: Scorecard
) -> None:
    missed(signed, cast, JULY)
    performance.open_period(period=period_from("2026-07"), by=None, at=at)
    july = card_of(cast.employment["head"], "2026-07")

    before, then = queries.figures_of([june])[june.pk], queries.figures_of([july])[july.pk]

    assert (before.due, before.missed) == (5, 0)
    assert (then.due, then.checked, then.missed, then.completion) == (0, 5, 1, Decimal(100))


def test_what_the_leaver_did_not_hand_in_or_a_clerk_confirmed_counts_against_nobody_here(
    cast: Any, at: datetime, signed: Handover, june: Scorecard
) -> None:
    operations.file_omission(
        handover=signed, title="", kind="account", item=item_of(signed, "crm"), by=cast.successor, at=FOUND_AT
    )

    assert queries.figures_of([june])[june.pk].missed == 0


def test_a_quarters_scorecard_is_charged_once_for_its_three_months(cast: Any, at: datetime, signed: Handover) -> None:
    a_plan(cast, at, name="销售季度", rhythm="quarter")
    performance.open_period(period=period_from("2026-Q2"), by=None, at=at)
    quarter = score_all(card_of(cast.employment["head"], "2026-Q2"), cast, JULY)
    a_rule(cast, at, announced_date=date(2026, 3, 30))
    missed(signed, cast)

    assert queries.deductions(cast.hrbp, period="2026-06") == []
    (row,) = queries.deductions(cast.hrbp, period="2026-Q2")
    operations.deduct(card=row.card, by=cast.hrbp, at=JULY)

    assert card_of(cast.employment["head"], "2026-Q2").result < quarter.result
    assert queries.deductions(cast.hrbp, period="nonsense") == []


def test_the_same_by_the_api(cast: Any, at: datetime, signed: Handover, june: Scorecard, in_july: None) -> None:
    missed(signed, cast)
    rule = {"basis": "绩效管理办法 第 12 条", "announced_date": "2026-05-04", "per_point": "0.5", "most": "10"}
    group, hr = api_client(cast.group_hr), api_client(cast.hrbp)
    rules, lines = "/api/v1/handover-deduction-rule/", "/api/v1/handover-deductions/"
    body = {"scorecard": str(june.pk)}
    assert group.get(rules).status_code == 204
    assert hr.post(lines, body, format="json", HTTP_IDEMPOTENCY_KEY="d0").data["code"] == "no_basis"
    assert group.post(rules, rule, format="json", HTTP_IDEMPOTENCY_KEY="d1").status_code == 201

    taken = hr.post(lines, body, format="json", HTTP_IDEMPOTENCY_KEY="d2")

    assert (taken.status_code, taken.data["percent"], taken.data["percent_in_force"]) == (201, "5.84", "-5.84")
    (row,) = hr.get(lines, {"period": "2026-06"}).data["results"]
    assert row == taken.data
    assert group.delete(rules, HTTP_IDEMPOTENCY_KEY="d3").status_code == 204
    assert group.get(rules).status_code == 204


def test_a_page_of_heads_asks_a_fixed_number_of_statements(
    cast: Any, at: datetime, signed: Handover, june: Scorecard, in_july: None, django_assert_max_num_queries: Any
) -> None:
    a_rule(cast, at)
    for days, who in enumerate(("hrbp", "gm", "hr_manager")):
        Handover.objects.create(
            origin=f"offboarding.case:{who}", employment=cast.employment["successor"], head=cast.head, state="signed",
            last_working_date=signed.last_working_date - timedelta(days=days), due_at=at, opened_at=at, signed_at=at,
        )  # fmt: skip
    missed(signed, cast)
    hr = sign_in(cast.hrbp)
    hr.get(reverse("handover:deductions"), {"period": "2026-06"})

    with django_assert_max_num_queries(12):
        hr.get(reverse("handover:deductions"), {"period": "2026-06"})
    with django_assert_max_num_queries(12):
        hr.get(reverse("handover:deduction", args=[june.pk]))
