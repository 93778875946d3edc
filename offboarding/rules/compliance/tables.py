"""Dated figures that change without the law: each row says since when it holds, from where, and who confirmed it.

A figure is looked up for the day it is needed for (the last day) at the place of performance (REG 14). What is not there is
an error that names the missing row, never zero and never the figure of another city.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ehr.lib.months import add_months
from offboarding.rules.compliance.days import CalendarYear, WorkCalendar
from offboarding.rules.compliance.rows import R, Row, RowMissing, newest_of

STALE_MONTHS = 18
UNUSABLE_FOR_SEVERANCE = "social_insurance"


@dataclass(frozen=True, kw_only=True)
class PlaceRow(Row):
    city: str
    adcode: str = ""


@dataclass(frozen=True, kw_only=True)
class CityRow(PlaceRow):
    monthly: Decimal


@dataclass(frozen=True, kw_only=True)
class AverageWage(CityRow):
    stat_year: int
    annual: Decimal | None = None
    calibre: str = "severance_and_tax"

    @property
    def for_tax(self) -> Decimal:
        """The published annual figure where there is one."""
        return self.annual if self.annual is not None else self.monthly * 12


@dataclass(frozen=True, kw_only=True)
class MinimumWage(CityRow):
    pass


@dataclass(frozen=True, kw_only=True)
class TaxBand(Row):
    up_to: Decimal | None
    """Inclusive upper end of the taxable amount; None for the last band."""
    rate_percent: int
    quick_deduction: Decimal


@dataclass(frozen=True, kw_only=True)
class DayCount(Row):
    monthly_paid_days: Decimal


@dataclass(frozen=True, kw_only=True)
class RetirementAge(Row):
    category: str
    base_years: int
    step: int
    """Every so many months of birth one month is added."""
    max_delay: int


@dataclass(frozen=True, kw_only=True)
class MedicalPeriod(Row):
    total_from: int
    company_from: int
    months: int
    window_months: int


@dataclass(frozen=True, kw_only=True)
class SecondTerm(PlaceRow):
    """How a place reads LCL 14(2)(3) when a second fixed term in a row ends."""

    practice: str
    """'blocks': an open-ended contract is due; 'warns': courts there leave the employer free to let it end."""


@dataclass(frozen=True, kw_only=True)
class SeveranceBasis(PlaceRow):
    """What courts of a place count into severance where the law leaves it open."""

    overtime: str
    """'counts' in the monthly wage, or is 'left_out'."""
    old_service: str
    """Before 2008 'split' off under the old rules (LCL 97(3)), or counted 'through'."""


C = TypeVar("C", bound=PlaceRow)


@dataclass(frozen=True, kw_only=True)
class Tables:
    average_wages: tuple[AverageWage, ...]
    minimum_wages: tuple[MinimumWage, ...]
    tax_bands: tuple[TaxBand, ...]
    day_counts: tuple[DayCount, ...]
    retirement_ages: tuple[RetirementAge, ...]
    medical_periods: tuple[MedicalPeriod, ...]
    second_terms: tuple[SecondTerm, ...]
    severance_bases: tuple[SeveranceBasis, ...]
    calendar: WorkCalendar

    def average_wage(self, *, city: str, as_of: date) -> AverageWage:
        usable = (row for row in self.average_wages if row.calibre != UNUSABLE_FOR_SEVERANCE)
        return _of_city(usable, "average_wages", city=city, as_of=as_of)

    def minimum_wage(self, *, city: str, as_of: date) -> MinimumWage:
        return _of_city(self.minimum_wages, "minimum_wages", city=city, as_of=as_of)

    def second_term_only_warns(self, *, city: str, as_of: date) -> bool:
        """The law's own words hold wherever no row says otherwise; one that nobody confirmed says nothing: unlike a wage
        there is something to go by without it, and it takes a right away."""
        row = _vouched(self.second_terms, city=city, as_of=as_of)
        return row is not None and row.practice == "warns"

    def severance_basis(self, *, city: str, as_of: date) -> SeveranceBasis | None:
        """None: overtime counts and service before 2008 is split off, as everywhere."""
        return _vouched(self.severance_bases, city=city, as_of=as_of)

    def tax_bands_on(self, as_of: date | None = None) -> list[TaxBand]:
        """Lowest first. Without a day the newest table."""
        newest = newest_of(self.tax_bands, as_of)
        if newest is None:
            raise RowMissing("tax_bands", as_of=as_of)
        return [row for row in self.tax_bands if row.effective_from == newest.effective_from]

    def day_count(self, as_of: date | None = None) -> DayCount:
        row = newest_of(self.day_counts, as_of)
        if row is None:
            raise RowMissing("day_counts", as_of=as_of)
        return row

    def retirement_age(self, *, category: str) -> RetirementAge:
        row = newest_of([row for row in self.retirement_ages if row.category == category], None)
        if row is None:
            raise RowMissing("retirement_ages", category=category)
        return row


def _of_city(rows: Iterable[C], table: str, *, city: str, as_of: date) -> C:
    row = newest_of([row for row in rows if city in (row.city, row.adcode)], as_of)
    if row is None:
        raise RowMissing(table, city=city, as_of=as_of)
    return row


def _vouched(rows: Iterable[C], *, city: str, as_of: date) -> C | None:
    return newest_of([row for row in rows if city in (row.city, row.adcode) and row.status != "unconfirmed"], as_of)


def doubts(row: Row, *, as_of: date) -> list[str]:
    """What has to be said about a figure that is used all the same."""
    found = []
    if add_months(row.effective_from, STALE_MONTHS) < as_of:
        found.append("W_REF_STALE")
    if isinstance(row, AverageWage) and row.stat_year < as_of.year - 1:
        found.append("W_REF_PROVISIONAL_YEAR")
    return found


def rows_of(tables: Tables) -> tuple[Row, ...]:
    return (
        *tables.average_wages,
        *tables.minimum_wages,
        *tables.tax_bands,
        *tables.day_counts,
        *tables.retirement_ages,
        *tables.medical_periods,
        *tables.second_terms,
        *tables.severance_bases,
    )


def unconfirmed(tables: Tables) -> list[Row]:
    """Rows somebody has to confirm before the product goes live."""
    return [row for row in rows_of(tables) if row.status != "confirmed"]


def read(data: Mapping[str, list[dict[str, Any]]], *, calendar: WorkCalendar | None = None) -> Tables:
    """From the rows as they stand in JSON."""
    years = tuple(CalendarYear.of(row) for row in data["calendar_years"])
    return Tables(
        average_wages=_rows(AverageWage, data["average_wages"]),
        minimum_wages=_rows(MinimumWage, data["minimum_wages"]),
        tax_bands=_rows(TaxBand, data["tax_bands"]),
        day_counts=_rows(DayCount, data["day_counts"]),
        retirement_ages=_rows(RetirementAge, data["retirement_ages"]),
        medical_periods=_rows(MedicalPeriod, data["medical_periods"]),
        second_terms=_rows(SecondTerm, data["second_terms"]),
        severance_bases=_rows(SeveranceBasis, data["severance_bases"]),
        calendar=calendar or WorkCalendar(years=years),
    )


AMOUNTS = frozenset({"monthly", "annual", "up_to", "quick_deduction", "monthly_paid_days"})


def _rows(kind: type[R], rows: list[dict[str, Any]]) -> tuple[R, ...]:
    return tuple(kind(**{name: _value(name, value) for name, value in row.items()}) for row in rows)


def _value(name: str, value: Any) -> Any:
    if name == "effective_from":
        return date.fromisoformat(value)
    return Decimal(value) if name in AMOUNTS and value is not None else value
