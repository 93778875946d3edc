"""What may be claimed for months without a written contract (LCL 82): a risk to know of, in no sum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from employees.models import Contract, Employment

from ..models import Case
from ..models.reference_row import TablesVersion
from ..models.reference_tables import tables_of
from ..rules.compliance.double_wage import DoubleWage, double_wage


@dataclass(frozen=True, kw_only=True)
class Signing:
    signed: date | None
    """Of the first contract; one without a day was signed by its first. None: there is none on file."""
    tables: Any
    """The token of the tables in force, asked for in the same statement."""


def signing_of(case: Case) -> Signing:
    first = Contract.objects.filter(employment=OuterRef("pk")).order_by("start_date")
    signed = first.values(day=Coalesce(F("signed_date"), F("start_date")))[:1]
    asked = Employment.objects.values(signed=Subquery(signed), tables=Subquery(TablesVersion.tokens()))
    return Signing(**asked.get(pk=case.employment_id))


def second_wage(case: Case, signing: Signing) -> DoubleWage | None:
    """None where there is none, or no pay on file to count it by."""
    employment, last_day = case.employment, case.termination_date
    if last_day is None or not employment.base_pay or last_day < employment.hire_date:
        return None
    found = double_wage(
        hire_date=employment.hire_date,
        signed_date=signing.signed,
        last_day=last_day,
        monthly_wage=Decimal(employment.base_pay),
        tables=tables_of(signing.tables),
    )
    return found if found.amount else None
