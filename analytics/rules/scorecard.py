"""The attrition scorecard: a rule index from 0 to 100 with its reasons, not a validated probability.

index = 100 × sigmoid(logit(base) + sum of weights); base is 15 % in twelve months unless a company sets its own.
The weights are judgement, documented in docs/algorithms/scorecard.md; sick, maternity, parental and care leave never enter.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

DEFAULT_BASE = 0.15


class Tier(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about one person before the day of the score. None means unknown and never counts.

    `target_ratios` are monthly results against target (1.0 = on target), oldest first. Leave counts personal
    leave (事假) only. `team_exit_share` is the share of the unit that left within six months, 0 to 1.
    """

    target_ratios: Sequence[float] = ()
    extra_personal_leaves: int | None = None
    months_since_attempt: int | None = None
    retained_by_raise: bool = False
    intent_voiced: bool = False
    months_since_raise: int | None = None
    months_since_promotion: int | None = None
    pay_percentile: float | None = None
    monthly_overtime_hours: float | None = None
    tenure_months: int | None = None
    months_with_manager: int | None = None
    team_exit_share: float | None = None
    commute_minutes: int | None = None
    days_to_contract_end: int | None = None


@dataclass(frozen=True)
class Reason:
    """One line of the sum: what, how much it weighs in log-odds, and the numbers behind it."""

    code: str
    weight: float
    values: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RiskIndex:
    """`index` is rounded to one decimal; the weights of `reasons` and the base sum to its log-odds exactly."""

    index: float
    tier: Tier
    reasons: tuple[Reason, ...]


def score(facts: Facts, *, base: float = DEFAULT_BASE) -> RiskIndex:
    reasons = tuple(reason for family in _FAMILIES for reason in family(facts) if reason.weight)
    log_odds = math.log(base / (1 - base)) + sum(reason.weight for reason in reasons)
    index = round(100 / (1 + math.exp(-log_odds)), 1)
    return RiskIndex(index, tier_of(index), tuple(sorted(reasons, key=lambda reason: -reason.weight)))


def tier_of(index: float) -> Tier:
    if index >= 80:
        return Tier.CRITICAL
    if index >= 60:
        return Tier.HIGH
    return Tier.MEDIUM if index >= 25 else Tier.LOW


def _performance(facts: Facts) -> Iterator[Reason]:
    """The largest of three views on the same fall, so that one fall is never counted twice."""
    ratios = list(facts.target_ratios)
    views = [*_drop(ratios), *_decline(ratios), *_under_target(ratios)]
    if views:
        yield max(views, key=lambda reason: reason.weight)


def _drop(ratios: list[float]) -> Iterator[Reason]:
    if len(ratios) < 4:
        return
    baseline = sum(ratios[-4:-1]) / 3
    if baseline > 0 and ratios[-1] < baseline:
        drop = min((baseline - ratios[-1]) / baseline, 0.5)
        yield Reason("performance_drop", 5.0 * drop, {"drop_percent": round(100 * drop, 1)})


def _decline(ratios: list[float]) -> Iterator[Reason]:
    months = _declining_months(ratios)
    weight = {0: 0.0, 1: 0.0, 2: 1.40, 3: 3.1209}.get(months, 3.30)
    yield Reason("performance_decline", weight, {"months": months})


def _declining_months(ratios: list[float]) -> int:
    months = 0
    for earlier, later in zip(reversed(ratios[:-1]), reversed(ratios), strict=False):
        if later >= earlier:
            break
        months += 1
    return months


def _under_target(ratios: list[float]) -> Iterator[Reason]:
    last = ratios[-2:]
    if len(last) == 2 and all(ratio < 0.80 for ratio in last):
        shortfall = sum(0.80 - ratio for ratio in last) / 2
        yield Reason(
            "performance_under_target", 2.20 + 2.0 * shortfall, {"first": last[0] * 100, "second": last[1] * 100}
        )


def _leave(facts: Facts) -> Iterator[Reason]:
    extra = min(max(facts.extra_personal_leaves or 0, 0), 6)
    yield Reason("personal_leave", 0.25 * extra, {"extra": extra})


def _attempt(facts: Facts) -> Iterator[Reason]:
    months = facts.months_since_attempt
    if months is None:
        return
    weight = next((weight for limit, weight in ((6, 1.90), (12, 1.72), (24, 1.00)) if months <= limit), 0.0)
    yield Reason("prior_attempt", weight, {"months": months})
    if facts.retained_by_raise:
        yield Reason("retained_by_raise", -0.30)


def _intent(facts: Facts) -> Iterator[Reason]:
    yield Reason("intent_voiced", 1.20 if facts.intent_voiced else 0.0)


def _career(facts: Facts) -> Iterator[Reason]:
    yield Reason("no_raise", 0.35 if _at_least(facts.months_since_raise, 24) else 0.0)
    yield Reason("no_promotion", 0.35 if _at_least(facts.months_since_promotion, 36) else 0.0)
    if facts.pay_percentile is not None:
        weight = 0.75 if facts.pay_percentile < 10 else 0.45 if facts.pay_percentile < 25 else 0.0
        yield Reason("low_pay", weight, {"percentile": facts.pay_percentile})


def _load(facts: Facts) -> Iterator[Reason]:
    hours = facts.monthly_overtime_hours or 0
    yield Reason("overtime", 0.80 if hours > 60 else 0.45 if hours > 36 else 0.0, {"hours": hours})
    yield Reason("commute", 0.20 if (facts.commute_minutes or 0) > 60 else 0.0)


def _tenure(facts: Facts) -> Iterator[Reason]:
    months = facts.tenure_months
    if months is None:
        return
    weight = next(
        (weight for limit, weight in ((3, 0.55), (12, 0.60), (24, 0.25), (60, 0.0)) if months <= limit), -0.45
    )
    yield Reason("tenure", weight, {"months": months})


def _surroundings(facts: Facts) -> Iterator[Reason]:
    yield Reason(
        "new_manager", 0.30 if facts.months_with_manager is not None and facts.months_with_manager <= 6 else 0.0
    )
    steps = min(int((facts.team_exit_share or 0) * 10), 3)
    yield Reason("team_exits", 0.30 * steps, {"share_percent": round(100 * (facts.team_exit_share or 0), 1)})


def _contract(facts: Facts) -> Iterator[Reason]:
    days = facts.days_to_contract_end
    if days is not None and 0 <= days <= 90:
        yield Reason("contract_end", 0.60, {"days": days})


def _at_least(months: int | None, limit: int) -> bool:
    return months is not None and months >= limit


_FAMILIES = (_performance, _leave, _attempt, _intent, _career, _load, _tenure, _surroundings, _contract)
