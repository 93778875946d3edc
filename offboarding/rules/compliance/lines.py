"""One line of a calculation: how a number came about, by which article, from which row of a table."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ehr.lib.money import yuan


@dataclass(frozen=True, kw_only=True)
class Line:
    code: str
    formula: str
    article: str
    amount: Decimal | None = None
    row: str = ""


def money(amount: Decimal | Fraction | int) -> str:
    """How an amount stands in a formula."""
    return str(yuan(amount))


def factor(amount: Decimal | Fraction | int) -> str:
    """What the sum was counted with: marked where the cents that stand there were not, as 5833.33 for 70000 ÷ 12."""
    return money(amount) if yuan(amount) == amount else f"≈{money(amount)}"


def years(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.1")))
