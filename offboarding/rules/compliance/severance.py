"""N, N+1 and 2N: LCL 40, 46, 47, 87, 97(3); REG 20, 25, 27. One page explains it: docs/algorithms/severance.md."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from ehr.lib.months import after_months, full_months
from offboarding.rules.compliance import service, wages
from offboarding.rules.compliance.lines import Line, factor, money, years
from offboarding.rules.compliance.service import Segment
from offboarding.rules.compliance.wages import WageBase
from offboarding.rules.grounds import GROUNDS

LAW_IN_FORCE = date(2008, 1, 1)
MOST_YEARS = Decimal(12)
"""Only where the cap bites as well (LCL 47(2))."""
SPLIT, CONTINUOUS = "SPLIT_2008", "CONTINUOUS"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class SeveranceFacts:
    ground: str
    hire_date: date
    last_day: date
    average: Fraction
    """Monthly gross over the window, exact."""
    city_avg_wage: Decimal
    min_wage: Decimal
    last_month_wage: Decimal | None = None
    pay_in_lieu: bool = False
    unlawful: bool = False
    prior_segments: Sequence[Segment] = ()
    renewal_refused_same_or_better: bool = False
    segmentation: str = SPLIT


@dataclass(frozen=True, kw_only=True)
class Severance:
    avg_wage: Decimal
    base_applied: Decimal
    cap_applied: bool
    floor_applied: bool
    years_pre2008: Decimal
    years_post2008: Decimal
    severance: Decimal
    pay_in_lieu: Decimal
    damages: Decimal
    total: Decimal
    codes: tuple[str, ...]
    advice: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Years:
    """Months' wages for each side of 2008-01-01, after their ceilings."""

    old: Decimal
    new: Decimal
    is_split: bool


def severance(facts: SeveranceFacts) -> Severance:
    base = wages.wage_base(average=facts.average, min_wage=facts.min_wage, city_average=facts.city_avg_wage)
    start, codes = service.merged_start(hire_date=facts.hire_date, prior_segments=facts.prior_segments)
    counted = _years(facts, start=start, base=base)
    paid = _paid(facts, base=base, counted=counted)
    codes |= base.codes | ({"I_SPLIT_2008"} if counted.is_split else set())
    codes |= {"W_UNLAWFUL_2N"} if facts.unlawful else set()
    amounts = {line.code: line.amount or NOTHING for line in paid}
    return Severance(
        avg_wage=yuan(base.average),
        base_applied=yuan(base.applied),
        cap_applied=base.is_capped,
        floor_applied=base.is_floored,
        years_pre2008=counted.old.quantize(Decimal("0.1")),
        years_post2008=counted.new.quantize(Decimal("0.1")),
        severance=amounts["severance"],
        pay_in_lieu=amounts["pay_in_lieu"],
        damages=amounts["damages"],
        total=sum(amounts.values(), NOTHING),
        codes=tuple(sorted(codes)),
        advice=_advice(facts, start=start, counted=counted),
        lines=(
            service.line_of(
                start=start,
                last_day=facts.last_day,
                counted=service.years_of(start=start, last_day=facts.last_day),
            ),
            *wages.lines_of(base),
            *paid,
        ),
    )


def is_payable(facts: SeveranceFacts) -> bool:
    """LCL 46: at expiry not when the same or better terms were offered and refused."""
    return GROUNDS[facts.ground].severance and not (facts.ground == "LCL44_1" and facts.renewal_refused_same_or_better)


def _years(facts: SeveranceFacts, *, start: date, base: WageBase) -> Years:
    is_split = start < LAW_IN_FORCE and not facts.unlawful and facts.segmentation == SPLIT
    new = service.years_of(start=max(start, LAW_IN_FORCE) if is_split else start, last_day=facts.last_day)
    return Years(
        old=_old_years(facts, start=start) if is_split else Decimal(0),
        new=min(new, MOST_YEARS) if base.is_capped else new,
        is_split=is_split,
    )


def _old_years(facts: SeveranceFacts, *, start: date) -> Decimal:
    """Any part of a year counts as one (OLD481 5); the ceiling is the one of the ground."""
    full, months = divmod(full_months(start, LAW_IN_FORCE), 12)
    has_rest = months > 0 or after_months(start, 12 * full) < LAW_IN_FORCE
    counted, most = Decimal(full + has_rest), GROUNDS[facts.ground].most_years_before_2008
    return counted if most is None else min(counted, Decimal(most))


def _paid(facts: SeveranceFacts, *, base: WageBase, counted: Years) -> list[Line]:
    """2N stands in the place of N and +1, never beside them (REG 25)."""
    is_due = is_payable(facts) and not facts.unlawful
    return [
        _severance_line(base, counted) if is_due else _nothing("severance", "LCL 46"),
        _in_lieu(facts),
        _damages_line(base, counted) if facts.unlawful else _nothing("damages", "LCL 87"),
    ]


def _severance_line(base: WageBase, counted: Years) -> Line:
    amount = base.applied * Fraction(counted.new) + base.floored * Fraction(counted.old)
    before = f"{factor(base.floored)} × {years(counted.old)} + " if counted.is_split else ""
    formula = f"{before}{factor(base.applied)} × {years(counted.new)} = {money(amount)}"
    article = "LCL 46, 47, 97(3)" if counted.is_split else "LCL 46, 47"
    return Line(code="severance", formula=formula, article=article, amount=yuan(amount))


def _damages_line(base: WageBase, counted: Years) -> Line:
    amount = 2 * base.applied * Fraction(counted.new)
    formula = f"2 × {factor(base.applied)} × {years(counted.new)} = {money(amount)}"
    return Line(code="damages", formula=formula, article="LCL 48, 87, REG 25", amount=yuan(amount))


def _in_lieu(facts: SeveranceFacts) -> Line:
    """The wage of the month before, neither averaged nor capped (REG 20); a bargain under 36 is ex gratia."""
    if not (facts.pay_in_lieu and GROUNDS[facts.ground].allows_pay_in_lieu and not facts.unlawful):
        return _nothing("pay_in_lieu", "LCL 40")
    if facts.last_month_wage is None:
        raise ValueError("last_month_wage is needed for pay in lieu of notice (REG 20)")
    amount = yuan(facts.last_month_wage)
    return Line(code="pay_in_lieu", formula=str(amount), article="LCL 40, REG 20", amount=amount)


def _nothing(code: str, article: str) -> Line:
    return Line(code=code, formula="0.00", article=article, amount=NOTHING)


def _advice(facts: SeveranceFacts, *, start: date, counted: Years) -> tuple[str, ...]:
    found = []
    if service.is_on_the_edge(start=start, last_day=facts.last_day):
        found.append("W_BOUNDARY_1DAY")
    if counted.is_split and facts.ground == "LCL38":
        found.append("W_PRE2008_38")
    if facts.ground == "LCL44_1" and is_payable(facts):
        found.append("W_TAX_EXPIRY")
    return tuple(sorted(found))


def agreed_severance(lawful: Severance, *, agreed: Decimal) -> Severance:
    """Both signed for less than N: that stands unless there was coercion, fraud or gross unfairness (JI1 35), so the sum is
    theirs and the law's is shown beside it, with a warning."""
    if agreed >= lawful.severance:
        return lawful
    signed = Line(
        code="severance",
        formula=f"{money(agreed)} < {money(lawful.severance)}",
        article="LCL 36, JI1 35",
        amount=yuan(agreed),
    )
    return replace(
        lawful,
        severance=yuan(agreed),
        total=lawful.total - lawful.severance + yuan(agreed),
        codes=tuple(sorted({*lawful.codes, "W_BELOW_STATUTORY"})),
        lines=(*map(_as_compared, lawful.lines), signed),
    )


def _as_compared(line: Line) -> Line:
    if line.code != "severance":
        return line
    return Line(code="statutory_severance", formula=line.formula, article=line.article)
