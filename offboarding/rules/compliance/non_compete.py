"""Non-compete after the end: LCL 23, 24; JI1 36-39; JI2 13; the compliance guideline of 2025-09 (NC), which is no law."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from offboarding.rules.compliance.lines import Line, factor, money

MOST_MONTHS = 24
LEAST_SHARE = Fraction(30, 100)
LONG_TERM_MONTHS, LONG_TERM_SHARE = 12, Fraction(50, 100)
MONTHS_FOR_A_RELEASE = 3
UNPAID_MONTHS_TO_RESCIND = 3
MOST_PENALTY_TIMES = 5


@dataclass(frozen=True, kw_only=True)
class NonCompeteFacts:
    avg_wage: Decimal | Fraction | None
    """Not rounded. None where the pay of the last twelve months is not on file."""
    min_wage: Decimal | None
    """None where the place has no figure in force."""
    agreed_months: int
    agreed_monthly: Decimal | None
    has_secret_access: bool = True
    released_after_months: int | None = None
    """Months begun by then, the running one included: whoever is released in the last month is released early too."""
    unpaid_months_employer_cause: int = 0
    penalty: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class NonCompete:
    monthly_floor: Decimal
    """As far as it is known; a code says what it was measured without."""
    monthly_payable: Decimal
    effective_months: int
    guideline_min: Decimal
    total: Decimal
    release_extra: Decimal
    employee_may_rescind: bool
    codes: tuple[str, ...]
    advice: tuple[str, ...]
    lines: tuple[Line, ...]


def noncompete(facts: NonCompeteFacts) -> NonCompete:
    average = Fraction(facts.avg_wage or 0)
    floor = max(average * LEAST_SHARE, Fraction(facts.min_wage or 0))
    payable = floor if facts.agreed_monthly is None else Fraction(facts.agreed_monthly)
    months = min(facts.agreed_months, MOST_MONTHS)
    guideline = average * (LONG_TERM_SHARE if months > LONG_TERM_MONTHS else LEAST_SHARE)
    paid_months, extra_months = _paid_months(facts, months)
    total = yuan(payable * paid_months)
    return NonCompete(
        monthly_floor=yuan(floor),
        monthly_payable=yuan(payable),
        effective_months=months,
        guideline_min=yuan(guideline),
        total=total,
        release_extra=yuan(payable * extra_months),
        employee_may_rescind=facts.unpaid_months_employer_cause >= UNPAID_MONTHS_TO_RESCIND,
        codes=_codes(facts, floor=floor, guideline=guideline, payable=payable),
        advice=_advice(facts, payable * months),
        lines=(
            *_floor_line(facts, floor),
            Line(
                code="non_compete",
                formula=f"{factor(payable)} × {paid_months} = {total}",
                article="LCL 23, 24, JI1 36",
                amount=total,
            ),
        ),
    )


def _floor_line(facts: NonCompeteFacts, floor: Fraction) -> tuple[Line, ...]:
    """Where nothing was agreed, the greater of both is owed (JI1 36)."""
    if facts.agreed_monthly is not None or facts.avg_wage is None or facts.min_wage is None:
        return ()
    share = f"{int(LEAST_SHARE * 100)}% × {factor(facts.avg_wage)}"
    formula = f"max({share}, {money(facts.min_wage)}) = {money(floor)}"
    return (Line(code="non_compete_floor", formula=formula, article="JI1 36", amount=yuan(floor)),)


def _paid_months(facts: NonCompeteFacts, months: int) -> tuple[int, int]:
    """All of the term; after a release within it the months begun, and three more (JI1 39)."""
    ran = facts.released_after_months
    if ran is None or ran > months:
        return months, 0
    return ran + MONTHS_FOR_A_RELEASE, MONTHS_FOR_A_RELEASE


def _codes(facts: NonCompeteFacts, *, floor: Fraction, guideline: Fraction, payable: Fraction) -> tuple[str, ...]:
    known = facts.agreed_monthly is not None
    no_average, no_minimum = facts.avg_wage is None, facts.min_wage is None
    found = {
        "B_NC_NO_AVERAGE": no_average and not known,
        "B_NC_NO_MINIMUM": no_minimum and not known,
        "W_NC_NO_AVERAGE": no_average and known,
        "W_NC_NO_MINIMUM": no_minimum and known,
        "W_NC_OVER_24M": facts.agreed_months > MOST_MONTHS,
        "B_NC_INELIGIBLE": not facts.has_secret_access,
        "I_NC_NO_AGREED_COMP": facts.agreed_monthly is None,
        "W_NC_BELOW_30PCT": payable < floor,
        "W_NC_BELOW_GUIDELINE": payable < guideline,
    }
    return tuple(sorted(code for code, holds in found.items() if holds))


def _advice(facts: NonCompeteFacts, whole: Fraction) -> tuple[str, ...]:
    is_high = facts.penalty is not None and Fraction(facts.penalty) > MOST_PENALTY_TIMES * whole
    return ("W_NC_PENALTY_HIGH",) if is_high else ()
