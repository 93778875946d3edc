"""The months of pay that an average stands on, as far as payroll has closed them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ehr.lib.months import add_months, first_of_month

NONE = Decimal(0)
USUAL = Fraction(1, 5)
"""So far from the monthly wage a month may lie without being called unusual: the company's own measure, no law."""


@dataclass(frozen=True, kw_only=True)
class PaidMonth:
    month: date
    gross: Decimal
    overtime: Decimal = NONE
    """Also part of gross."""
    annual_bonus: Decimal = NONE
    """Also part of gross."""
    is_expected: bool = False
    """Not closed yet: the monthly wage stands in until it is."""

    @property
    def without_overtime(self) -> Decimal:
        return self.gross - self.overtime

    @property
    def regular(self) -> Decimal:
        return self.gross - self.overtime - self.annual_bonus


@dataclass(frozen=True, kw_only=True)
class PayOnFile:
    months: tuple[PaidMonth, ...]
    missing: tuple[date, ...]

    @property
    def has_expected(self) -> bool:
        return any(month.is_expected for month in self.months)

    def gross(self) -> list[Decimal]:
        return [month.gross for month in self.months]

    def without_overtime(self) -> list[Decimal]:
        return [month.without_overtime for month in self.months]

    def codes(self, *, monthly_wage: Decimal) -> Iterator[str]:
        """What somebody has to look at before the months are averaged: all of them count as they are (compliance 2.2)."""
        if any(is_short(month.regular, monthly_wage=monthly_wage) for month in self.months):
            yield "W_ABNORMAL_MONTHS"
        if sum(month.annual_bonus > 0 for month in self.months) > 1:
            yield "W_TWO_ANNUAL_BONUSES"

    def of(self, month: date) -> Decimal | None:
        return next((paid.gross for paid in self.months if paid.month == month), None)


def pay_on_file(
    *, window: Sequence[date], on_file: Iterable[PaidMonth], monthly_wage: Decimal | None, today: date
) -> PayOnFile:
    """What payroll closed is taken as it is. A month that can't be closed yet counts with the monthly wage; an older
    one that is not there is missing, never zero."""
    known: Mapping[date, PaidMonth] = {paid.month: paid for paid in on_file}
    first_open = add_months(first_of_month(today), -1)
    months, missing = [], []
    for month in window:
        if month in known:
            months.append(known[month])
        elif month >= first_open and monthly_wage is not None:
            months.append(PaidMonth(month=month, gross=monthly_wage, is_expected=True))
        else:
            missing.append(month)
    return PayOnFile(months=tuple(months), missing=tuple(missing))


def is_unusual(gross: Decimal, *, monthly_wage: Decimal) -> bool:
    """A month with a bonus or without work, which pay in lieu takes as it was (REG 20)."""
    return abs(Fraction(gross) - Fraction(monthly_wage)) > USUAL * Fraction(monthly_wage)


def is_short(regular: Decimal, *, monthly_wage: Decimal) -> bool:
    """A month of sick pay or of standing idle pulls the average down."""
    return regular < monthly_wage and is_unusual(regular, monthly_wage=monthly_wage)
