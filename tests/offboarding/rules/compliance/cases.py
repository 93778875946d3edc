"""A person nobody protects, with every paper on file; a test changes the one thing it is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from offboarding.reference import shipped
from offboarding.rules.compliance.evidence import NEEDS
from offboarding.rules.compliance.facts import Contract, ContractType, Employee, GroundFacts, Probation
from offboarding.rules.compliance.ground_check import GroundCheck, ground_check

TABLES = shipped()
NOTICE = date(2026, 9, 1)
LAST_DAY = date(2026, 10, 1)
OPEN = Contract(type=ContractType.OPEN, start=date(2021, 3, 1))
PERSON = Employee(
    hire_date=date(2021, 3, 1), is_male=True, birth_date=date(1990, 6, 6), retire_category="M60", contract=OPEN
)
NEWCOMER = replace(
    PERSON,
    hire_date=date(2026, 5, 1),
    contract=Contract(type=ContractType.FIXED, start=date(2026, 5, 1), end=date(2029, 4, 30)),
    probation=Probation(start=date(2026, 5, 1), end=date(2026, 10, 31)),
)


def papers_of(ground: str) -> dict[str, date | None]:
    needs = NEEDS.get(ground)
    every = needs.must if needs else ()
    return {paper: None for need in every for paper in need.replace("+", "|").split("|")}


def facts(ground: str, *, person: Employee = PERSON, **changes: Any) -> GroundFacts:
    given = {
        "notice_date": NOTICE,
        "last_day": LAST_DAY,
        "has_union": True,
        "union_notice_date": date(2026, 8, 28),
        "evidence": papers_of(ground),
        "employee_signed": True,
    } | changes
    return GroundFacts(ground=ground, employee=person, **given)


def check(ground: str, *, person: Employee = PERSON, **changes: Any) -> GroundCheck:
    return ground_check(facts(ground, person=person, **changes), tables=TABLES)
