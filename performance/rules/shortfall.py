"""Two months in a row under 80 % of the target: said once, when the second one is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ehr.lib.months import add_months

THRESHOLD = Decimal("0.80")
MONTHS = 2


@dataclass(frozen=True, kw_only=True)
class Run:
    """`month` is the one with which the run became long enough; `ratios` oldest first."""

    month: date
    ratios: tuple[Decimal, ...]


def runs(ratios: Mapping[date, Decimal], *, threshold: Decimal = THRESHOLD, months: int = MONTHS) -> list[Run]:
    """Oldest first. A month without a figure ends a run; 80 % itself is not under it; a longer run counts once."""
    found, length = [], 0
    for month in sorted(ratios):
        follows = add_months(month, -1) in ratios
        length = (length if follows else 0) + 1 if ratios[month] < threshold else 0
        if length == months:
            span = [add_months(month, -back) for back in reversed(range(months))]
            found.append(Run(month=month, ratios=tuple(ratios[one] for one in span)))
    return found
