"""A plan of the sales unit in force, and the leaver's scorecard of May under it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from performance import operations
from performance.models import Indicator, Plan, Scorecard
from performance.operations import Entry
from performance.rules.periods import Period, Rhythm, period_from

MAY = Period(rhythm=Rhythm.MONTH, start=date(2026, 5, 1))
INDICATORS = (
    ("satisfaction", "客户满意度", "40", "store"),
    ("sales", "总部销售额", "30", "feed"),
    ("contracts", "合同管理", "30", "headquarters"),
)


def indicators(*rows: tuple[str, str, str, str]) -> list[Indicator]:
    return [Indicator(key=k, title=t, weight=Decimal(w), owner=o) for k, t, w, o in rows or INDICATORS]


def a_plan(cast: Any, at: Any, *rows: Any, **facts: Any) -> Plan:
    """Edited by the HR manager, published by group HR."""
    facts = {"name": "销售月度", "rhythm": "month", "unit": cast.unit["sales_unit"]} | facts
    plan = operations.create_plan(**facts, by=cast.hr_manager, at=at)
    plan.draft.write(indicators=indicators(*rows), note="", by=cast.hr_manager, at=at)
    plan.draft.publish(by=cast.group_hr, at=at)
    return plan


@pytest.fixture
def plan(cast: Any, at: Any) -> Plan:
    return a_plan(cast, at)


@pytest.fixture
def card(cast: Any, plan: Plan, at: Any) -> Scorecard:
    operations.open_period(period=MAY, by=None, at=at)
    return card_of(cast.employment["leaver"])


def card_of(employment: Any, code: str = "2026-05") -> Scorecard:
    period = period_from(code)
    assert period
    return Scorecard.objects.for_page().get(employment=employment, rhythm=period.rhythm, start_date=period.start)


def entry(card: Scorecard, key: str, points: str, **facts: Any) -> Entry:
    indicator = card.version.indicators.get(key=key)
    return Entry(scorecard_id=card.pk, indicator_id=indicator.pk, points=Decimal(points), **facts)


def score_all(card: Scorecard, cast: Any, at: Any, *points: str) -> Scorecard:
    given = points or ("92.5", "88", "76.25")
    keys = [row.key for row in card.version.indicators.all()]
    rows = [entry(card, key, value) for key, value in zip(keys, given, strict=True)]
    operations.record_scores(rows, by=cast.hrbp, at=at)
    return card_of(card.employment, card.period.code)
