"""Income tax on the lump sum of an exit: TAX164 5(1). docs/algorithms/tax.md."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ehr.lib.money import yuan
from offboarding.rules.compliance.lines import Line, money
from offboarding.rules.compliance.tables import Tables, TaxBand

EXEMPT_TIMES = 3


@dataclass(frozen=True, kw_only=True)
class SeveranceTax:
    exempt_limit: Decimal
    exempt: Decimal
    taxable: Decimal
    rate: str
    quick_deduction: str
    tax: Decimal
    net: Decimal
    lines: tuple[Line, ...]


def tax_severance(
    *, total: Decimal, city_annual_avg_wage: Decimal, tables: Tables, as_of: date | None = None
) -> SeveranceTax:
    """All lump sums of one exit together: the exemption is given once. The excess is taxed alone, by the annual table."""
    limit = EXEMPT_TIMES * city_annual_avg_wage
    exempt, taxable = min(total, limit), max(total - limit, Decimal(0))
    band = _band(taxable, tables, as_of)
    tax = yuan(taxable * band.rate_percent / 100 - band.quick_deduction)
    formula = f"max(0, {money(total)} − {EXEMPT_TIMES} × {money(city_annual_avg_wage)}) = {money(taxable)}"
    if taxable:
        formula += f"; × {band.rate_percent}% − {band.quick_deduction} = {tax}"
    return SeveranceTax(
        exempt_limit=yuan(limit),
        exempt=yuan(exempt),
        taxable=yuan(taxable),
        rate=f"{band.rate_percent}%",
        quick_deduction=str(band.quick_deduction),
        tax=tax,
        net=yuan(total - tax),
        lines=(Line(code="severance_tax", formula=formula, article="TAX164 5(1)", amount=tax, row=band.id),),
    )


def _band(taxable: Decimal, tables: Tables, as_of: date | None) -> TaxBand:
    bands = tables.tax_bands_on(as_of)
    return next(band for band in bands if band.up_to is None or taxable <= band.up_to)
