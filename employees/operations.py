"""What touches a person and an employment together."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ehr import record
from ehr.crypto.models import DataKey
from ehr.errors import Refused

from . import events
from .models import Employment, NumberingRule, PayMonth, Person
from .models.employment import grade_number
from .searching import pinyin, search_text

if TYPE_CHECKING:
    from ehr.identity.models import User
    from ehr.units.models import LegalEntity, OrgUnit


@transaction.atomic
def hire(
    *,
    person: Person,
    unit: OrgUnit,
    hire_date: date,
    by: User | None,
    at: datetime,
    employee_number: str = "",
    employer: LegalEntity | None = None,
    **facts: Any,
) -> Employment:
    """A new employment of a person, also of one who left before. Without a number the rule gives one."""
    number = employee_number or NumberingRule.in_force().take(unit=unit, hire_date=hire_date)[0]
    employment = Employment.objects.create(
        person=person,
        data_key=person.data_key,
        employee_number=number,
        unit=unit,
        employer=employer or _employer_of(unit),
        hire_date=hire_date,
        grade=grade_number(facts.get("grade_code", "")),
        search_text=search_text(name=person.name, number=number),
        **facts,
    )
    fact = events.Hired(employment_id=str(employment.pk), unit_id=str(unit.pk), hire_date=hire_date.isoformat())
    record.emit(fact, subject=employment, by=by, at=at)
    return employment


@transaction.atomic
def record_pay_month(
    *,
    employment: Employment,
    month: date,
    gross: Decimal,
    overtime: Decimal,
    annual_bonus: Decimal = Decimal(0),
    by: User | None,
    at: datetime,
) -> PayMonth:
    """What a month earned, written or corrected. The amounts stay under the key; the event only names the month."""
    if overtime > gross:
        raise Refused("overtime_above_gross", str(_("Overtime is part of gross pay.")), field="overtime")
    if overtime + annual_bonus > gross:
        words = _("The annual bonus is part of gross pay, beside the overtime.")
        raise Refused("annual_bonus_above_gross", str(words), field="annual_bonus")
    employment.pay_months.filter(month=month).delete()
    row = PayMonth.objects.create(
        employment=employment,
        data_key_id=employment.data_key_id,
        month=month,
        gross=str(gross),
        overtime=str(overtime),
        annual_bonus=str(annual_bonus) if annual_bonus else None,
    )
    fact = events.PayRecorded(employment_id=str(employment.pk), month=month.isoformat())
    record.emit(fact, subject=employment, by=by, at=at)
    return row


def _employer_of(unit: OrgUnit) -> LegalEntity:
    entity = unit.employer_entity()
    if entity is None:
        raise Refused("employer_missing", str(_("No employer is set for this unit or above it.")), field="employer")
    return entity


def register_person(*, name: str, **facts: Any) -> Person:
    """A person with an own data key, from the first row on."""
    return Person.objects.create(data_key=DataKey.issue(), name=name, name_pinyin=pinyin(name)[:200], **facts)
