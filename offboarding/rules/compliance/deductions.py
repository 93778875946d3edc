"""What may be kept back from a wage for a loss the employee caused: WPR 16. No deposit and no fine ever (LCL 25, 84)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan
from offboarding.rules.compliance.lines import Line, money

SHARE = Fraction(20, 100)


@dataclass(frozen=True, kw_only=True)
class DeductionCap:
    max_deduction: Decimal
    lines: tuple[Line, ...]


def deduction_cap(*, month_wage: Decimal, loss: Decimal, min_wage: Decimal) -> DeductionCap:
    """A fifth of the month's wage at most, and the rest not under the minimum wage."""
    share = Fraction(month_wage) * SHARE
    cap = yuan(max(Fraction(0), min(Fraction(loss), share, Fraction(month_wage) - Fraction(min_wage))))
    formula = f"min({money(loss)}, {money(month_wage)} × 20%, {money(month_wage)} − {money(min_wage)}) = {cap}"
    return DeductionCap(
        max_deduction=cap, lines=(Line(code="deduction_cap", formula=formula, article="WPR 16", amount=cap),)
    )
