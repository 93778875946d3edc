"""The worked examples of the scorecard, base 15 %; each weight once; and that the sum explains the index."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rules.scorecard import Facts, Tier, score, tier_of

DROP_20 = (1.0, 1.0, 1.0, 0.8)
THREE_FALLING = (1.00, 0.99, 0.98, 0.97)


@pytest.mark.parametrize(
    ("facts", "index", "tier"),
    [
        (Facts(), 15.0, Tier.LOW),
        (Facts(target_ratios=DROP_20), 32.4, Tier.MEDIUM),
        (Facts(extra_personal_leaves=3), 27.2, Tier.MEDIUM),
        (Facts(months_since_attempt=12), 49.6, Tier.MEDIUM),
        (Facts(target_ratios=DROP_20, extra_personal_leaves=3, months_since_attempt=12), 85.0, Tier.CRITICAL),
        (Facts(target_ratios=THREE_FALLING), 80.0, Tier.CRITICAL),
        (Facts(target_ratios=(0.75, 0.70)), 64.9, Tier.HIGH),
        (Facts(target_ratios=(0.79, 0.79)), 61.9, Tier.HIGH),
    ],
)
def test_it_reproduces_the_worked_examples(facts, index, tier):
    result = score(facts)

    assert (result.index, result.tier) == (index, tier)


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        (Facts(extra_personal_leaves=9), 1.50),
        (Facts(extra_personal_leaves=-2), 0),
        (Facts(months_since_attempt=6), 1.90),
        (Facts(months_since_attempt=24), 1.00),
        (Facts(months_since_attempt=25), 0),
        (Facts(months_since_attempt=6, retained_by_raise=True), 1.60),
        (Facts(intent_voiced=True), 1.20),
        (Facts(months_since_raise=24), 0.35),
        (Facts(months_since_promotion=36), 0.35),
        (Facts(pay_percentile=9), 0.75),
        (Facts(pay_percentile=24), 0.45),
        (Facts(pay_percentile=25), 0),
        (Facts(monthly_overtime_hours=36), 0),
        (Facts(monthly_overtime_hours=37), 0.45),
        (Facts(monthly_overtime_hours=61), 0.80),
        (Facts(tenure_months=3), 0.55),
        (Facts(tenure_months=12), 0.60),
        (Facts(tenure_months=24), 0.25),
        (Facts(tenure_months=60), 0),
        (Facts(tenure_months=61), -0.45),
        (Facts(months_with_manager=6), 0.30),
        (Facts(team_exit_share=0.2), 0.60),
        (Facts(team_exit_share=0.9), 0.90),
        (Facts(commute_minutes=61), 0.20),
        (Facts(days_to_contract_end=90), 0.60),
        (Facts(days_to_contract_end=91), 0),
        (Facts(target_ratios=(1, 0.9, 0.8)), 1.40),
        (Facts(target_ratios=(1, 0.99, 0.98, 0.97, 0.96)), 3.30),
    ],
)
def test_each_weight_stands_as_documented(facts, weight):
    assert sum(reason.weight for reason in score(facts).reasons) == pytest.approx(weight)


def test_one_fall_in_performance_counts_once():
    result = score(Facts(target_ratios=(1.0, 0.9, 0.75, 0.70)))

    assert [reason.code for reason in result.reasons] == ["performance_decline"]


@pytest.mark.parametrize(
    ("index", "tier"), [(24.9, "low"), (25, "medium"), (60, "high"), (79.9, "high"), (80, "critical")]
)
def test_tiers_begin_where_they_say(index, tier):
    assert tier_of(index) == tier


@given(
    st.builds(
        Facts,
        target_ratios=st.lists(st.floats(0, 2), max_size=8),
        extra_personal_leaves=st.none() | st.integers(-5, 20),
        months_since_attempt=st.none() | st.integers(0, 60),
        tenure_months=st.none() | st.integers(0, 480),
        team_exit_share=st.none() | st.floats(0, 1),
    ),
    st.floats(0.01, 0.9),
)
def test_the_reasons_sum_to_the_index(facts, base):
    result = score(facts, base=base)

    log_odds = math.log(base / (1 - base)) + sum(reason.weight for reason in result.reasons)
    assert result.index == pytest.approx(100 / (1 + math.exp(-log_odds)), abs=0.051)
