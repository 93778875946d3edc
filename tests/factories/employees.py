"""People at work, valid by default: `employed("周远航", unit=…)`."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from ehr.units.models import LegalEntity, OrgUnit
from employees.models import Contract, Employment, Person
from employees.operations import hire, register_person
from employees.rules.id_numbers import check_character

AT = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)
_running = itertools.count(1)


def id_number(*, born: date = date(1990, 1, 1), nth: int | None = None) -> str:
    first = f"310101{born:%Y%m%d}{(nth or next(_running)) % 1000:03d}"
    return first + check_character(first)


def a_unit(name: str = "集团", *, code: str = "", parent: OrgUnit | None = None, **fields: Any) -> OrgUnit:
    fields.setdefault("kind", "department" if parent else "group")
    if parent is None and "legal_entity" not in fields:
        fields["legal_entity"] = LegalEntity.objects.get_or_create(code="E1", defaults={"name": "衡川集团有限公司"})[0]
    return OrgUnit.objects.create(code=code or f"U{next(_running)}", name=name, parent=parent, **fields)


def a_person(name: str = "温以宁", **facts: Any) -> Person:
    return register_person(name=name, **facts)


def employed(name: str = "温以宁", *, unit: OrgUnit, user: Any = None, **facts: Any) -> Employment:
    person = facts.pop("person", None) or a_person(name, user=user, **facts.pop("person_facts", {}))
    facts.setdefault("hire_date", date(2021, 4, 12))
    return hire(person=person, unit=unit, by=None, at=facts.pop("at", AT), **facts)


def a_contract(employment: Employment, **facts: Any) -> Contract:
    facts = {"start_date": employment.hire_date, "end_date": date(2027, 4, 11)} | facts
    return Contract.objects.create(employment=employment, **facts)
