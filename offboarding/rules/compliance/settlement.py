"""The whole of an exit's pay: lump sum and its tax, leave, last wages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ehr.lib.money import yuan
from offboarding.rules.compliance.final_wage import FinalWage
from offboarding.rules.compliance.leave import LeavePayout
from offboarding.rules.compliance.lines import Line
from offboarding.rules.compliance.severance import NOTHING, Severance
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.compliance.tax import tax_severance


@dataclass(frozen=True, kw_only=True)
class Settlement:
    severance: Decimal
    pay_in_lieu: Decimal
    damages: Decimal
    ex_gratia: Decimal
    lump_sum: Decimal
    leave_days: int
    leave_extra_200pct: Decimal
    final_wage: Decimal
    severance_tax: Decimal
    gross_total: Decimal
    """Before any tax."""
    codes: tuple[str, ...]
    advice: tuple[str, ...]
    lines: tuple[Line, ...]


def settlement(
    *,
    severance: Severance,
    leave: LeavePayout | None,
    final_wage: FinalWage | None,
    city_annual_avg_wage: Decimal,
    tables: Tables,
    ex_gratia: Decimal = NOTHING,
    medical_subsidy: Decimal = NOTHING,
    as_of: date | None = None,
) -> Settlement:
    """+1, 2N, subsidy and ex gratia are taxed with the severance; leave and wages are wages of the month."""
    lump_sum = yuan(severance.total + medical_subsidy + ex_gratia)
    tax = tax_severance(total=lump_sum, city_annual_avg_wage=city_annual_avg_wage, tables=tables, as_of=as_of)
    leave_extra = leave.extra_200pct if leave else NOTHING
    wage = final_wage.amount if final_wage else NOTHING
    has_more_than_n = lump_sum != severance.severance
    return Settlement(
        severance=severance.severance,
        pay_in_lieu=severance.pay_in_lieu,
        damages=severance.damages,
        ex_gratia=yuan(ex_gratia),
        lump_sum=lump_sum,
        leave_days=leave.payable_days if leave else 0,
        leave_extra_200pct=leave_extra,
        final_wage=wage,
        severance_tax=tax.tax,
        gross_total=lump_sum + leave_extra + wage,
        codes=severance.codes,
        advice=tuple(sorted({*severance.advice, *(("W_TAX_SCOPE",) if has_more_than_n else ())})),
        lines=(
            *severance.lines,
            *by_hand("medical_subsidy", medical_subsidy, article="LCL 40(1)"),
            *by_hand("ex_gratia", ex_gratia, article="LCL 36"),
            *tax.lines,
            *(leave.lines if leave else ()),
            *(final_wage.lines if final_wage else ()),
        ),
    )


def by_hand(code: str, amount: Decimal, *, article: str) -> tuple[Line, ...]:
    """A sum that a person entered, such as one a province sets."""
    return (Line(code=code, formula=str(yuan(amount)), article=article, amount=yuan(amount)),) if amount else ()
