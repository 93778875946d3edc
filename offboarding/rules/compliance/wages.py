"""The monthly wage that severance stands on: average, floor and cap. LCL 47, REG 14, 27."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.months import add_months, first_of_month, last_of_month
from offboarding.rules.compliance.lines import Line, factor, money

WINDOW_MONTHS = 12
CAP_TIMES = 3


@dataclass(frozen=True, kw_only=True)
class WageBase:
    average: Fraction
    floored: Fraction
    """Not under the minimum wage; not capped."""
    cap: Fraction
    floor: Fraction
    """The minimum wage of the place (REG 27)."""

    @property
    def is_floored(self) -> bool:
        return self.average < self.floor

    @property
    def is_capped(self) -> bool:
        """Higher than three times, not just as high (LCL 47(2))."""
        return self.floored > self.cap

    @property
    def applied(self) -> Fraction:
        return min(self.floored, self.cap)

    @property
    def codes(self) -> set[str]:
        found = {"I_CAP_3X": self.is_capped, "I_MIN_WAGE_FLOOR": self.is_floored}
        return {code for code, holds in found.items() if holds}


def wage_base(*, average: Fraction, min_wage: Decimal, city_average: Decimal) -> WageBase:
    floor = Fraction(min_wage)
    return WageBase(
        average=average,
        floored=max(average, floor),
        cap=CAP_TIMES * Fraction(city_average),
        floor=floor,
    )


def average_of(wages: Sequence[Decimal]) -> Fraction:
    """Over the months on the list: of a shorter service only those worked (REG 27)."""
    return sum((Fraction(wage) for wage in wages), Fraction(0)) / len(wages)


def window(*, last_day: date, hire_date: date) -> list[date]:
    """The twelve complete months before the last day, its own month only when it was completed; first days."""
    end = first_of_month(last_day) if last_day == last_of_month(last_day) else add_months(first_of_month(last_day), -1)
    months = [add_months(end, -n) for n in reversed(range(WINDOW_MONTHS))]
    return [month for month in months if month >= first_of_month(hire_date)]


def lines_of(base: WageBase) -> list[Line]:
    """The minimum wage stands there also where it changes nothing: the sum rests on its having been looked at."""
    floor = f"{factor(base.average)} {'<' if base.is_floored else '≥'} {money(base.floor)}"
    lines = [
        Line(code="average_wage", formula=money(base.average), article="LCL 47(3), REG 27"),
        Line(code="minimum_wage", formula=floor, article="REG 27"),
    ]
    if base.is_capped:
        formula = f"{factor(base.floored)} > {CAP_TIMES} × {money(base.cap / CAP_TIMES)} = {money(base.cap)}"
        lines.append(Line(code="cap", formula=formula, article="LCL 47(2)"))
    return lines
